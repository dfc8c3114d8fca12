"""Measures how many words of a corpus the lexicon knows, and shows chosen analyses in context for a check by hand.

Run as `python scripts/measure_coverage.py CORPUS.jsonl.gz [--types N] [--missing N] [--sample N --seed S]`. A word is
covered when the compiled lexicon analyses it; a guess by shape does not count, and names known from the gazetteer
alone are counted apart. `--sample` draws word types from the commonest and shows one place of each.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg_builder import ontology
from kg_builder.annotate import load
from kg_builder.annotate.morphology import Morphology, backoff
from kg_builder.annotate.morphology.lexicon import known_names
from kg_builder.annotate.tokens import tokenise

AROUND = 45  # characters of context on either side


def texts(path: Path) -> Iterator[str]:
    """The text of every document."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)["text"]


def count_words(path: Path) -> Counter[str]:
    """How often each spelling of Arabic letters occurs, the commonest first and ties in alphabetical order."""
    counts: Counter[str] = Counter()
    for text in texts(path):
        counts.update(raw.norm for raw in tokenise(text).raws if "\u0621" <= raw.norm[0] <= "\u064a")
    return Counter(dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))))


class Lexicon:
    """What is known of a word: "lexicon", "name" (of the gazetteer) or "" for a guess."""

    def __init__(self) -> None:
        loaded = ontology.load()
        self._morphology, self._names = Morphology(loaded), known_names(loaded)

    def source(self, word: str) -> str:
        """Where the word's analysis comes from."""
        if self._morphology.analyses(word):
            return "lexicon"
        return "name" if next(backoff.guesses(word, self._names))["pos"] == "PROPN" else ""


def report(name: str, counts: Counter[str], sources: dict[str, str]) -> None:
    """A line with the shares of types and of tokens."""
    cells = []
    for source in ("lexicon", "name"):
        types = sum(sources[word] == source for word in counts)
        tokens = sum(count for word, count in counts.items() if sources[word] == source)
        cells.append(f"{source} {types / len(counts):.4f} of types, {tokens / counts.total():.4f} of tokens")
    print(f"{name:>8} ({len(counts)} types): {'; '.join(cells)}")


def show_sample(path: Path, words: list[str]) -> None:
    """For each word one place at random, with the analysis chosen there."""
    places: dict[str, list[tuple[str, int]]] = {word: [] for word in words}
    for text in texts(path):
        for raw in tokenise(text).raws:
            if raw.norm in places:
                places[raw.norm].append((text, raw.start))
    annotator = load(ontology.load())
    for number, word in enumerate(words, 1):
        text, start = random.choice(places[word])
        doc = annotator.words_of(text)
        end = next(raw.end for raw in tokenise(text).raws if raw.start == start)
        chosen = [t for t in doc if start <= t.idx < end]
        analysis = " + ".join(f"{t.norm_}/{t.pos_}/{t.lemma_}" + (f"[{t.morph}]" if t.morph else "") for t in chosen)
        around = f"{text[max(0, start - AROUND) : start]}«{text[start:end]}»{text[end : end + AROUND]}"
        print(f"{number}. {word}: {analysis}\n    {' '.join(around.split())}")


def main() -> None:
    """Print the shares, then what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--types", type=int, default=5000, help="how many of the commonest word types")
    parser.add_argument("--missing", type=int, default=0, help="list so many of the commonest unknown words")
    parser.add_argument("--sample", type=int, default=0, help="show so many words in context")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    counts, lexicon = count_words(given.corpus), Lexicon()
    sources = {word: lexicon.source(word) for word in counts}
    common = Counter(dict(counts.most_common(given.types)))
    report("common", common, sources)
    report("all", counts, sources)
    unknown = [word for word in counts if sources[word] != "lexicon"]
    for word in unknown[: given.missing]:
        print(f"{counts[word]:6} {word} {sources[word]}")
    random.seed(given.seed)
    if given.sample:
        show_sample(given.corpus, random.sample(list(common), given.sample))


if __name__ == "__main__":
    main()
