"""Estimates how often lemmas and inflections are met, from raw news text, and writes `frequency.tsv.gz`.

Run as `python scripts/build_frequencies.py CORPUS.jsonl.gz` (one JSON object a line with a `text`). Nothing of the
text is kept: only shares of lemmas and of inflections, rounded. Deterministic.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from kg_builder import ontology
from kg_builder.annotate.disambiguate import choose
from kg_builder.annotate.morphology import Morphology, Reading, frequency
from kg_builder.annotate.morphology.classes import class_of, upos
from kg_builder.annotate.morphology.frequency import TABLE, class_key, inflection_key, lemma_key, nature_key
from kg_builder.annotate.tokens import tokenise
from kg_builder.annotate.words import symbol_reading

ROUNDS = 12
PASSES = 2
LEMMA_FLOOR, INFLECTION_FLOOR = 0.3, 0.1
NATURE_FLOOR = 3

Option = tuple[str, str, float, str]


def sentences(path: Path) -> Iterator[list[str]]:
    """The normalised orthographic words of each sentence."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            tokens = tokenise(json.loads(line)["text"])
            for begin, end in pairwise([*sorted(tokens.starts), len(tokens.raws)]):
                yield [raw.norm for raw in tokens.raws[begin:end]]


def _arabic(word: str) -> bool:
    return "\u0621" <= word[0] <= "\u064a"


def count_words(found: list[list[str]]) -> Counter[str]:
    """How often each spelling of Arabic letters occurs."""
    return Counter(word for words in found for word in words if _arabic(word))


def options(morphology: Morphology, word: str) -> list[Option]:
    """The readings of a word as (lemma, inflection, weight, class)."""
    return [
        (
            lemma_key(a.lex, a.features.pos),
            inflection_key(record),
            math.exp(-a.doubt - float(record.get("price", 0))),
            class_key(class_of(record, upos(record)[0])),
        )
        for a in morphology.merged(word)
        for record in (a.record(),)
    ]


def estimate(words: list[tuple[int, list[Option]]]) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """Shares of lemmas, of inflections among words of their kind, and of classes, after some rounds of maximisation."""
    lemma: dict[str, float] = {key: 1.0 for _, found in words for key, _, _, _ in found}
    inflection: dict[str, float] = {key: 1.0 for _, found in words for _, key, _, _ in found}
    classes: Counter[str] = Counter()
    for _ in range(ROUNDS):
        lemmas: Counter[str] = Counter(dict.fromkeys(lemma, LEMMA_FLOOR))
        inflections: Counter[str] = Counter(dict.fromkeys(inflection, INFLECTION_FLOOR))
        classes.clear()
        for count, found in words:
            weights = [lemma[a] * inflection[b] * w for a, b, w, _ in found]
            scale = count / sum(weights)
            for (a, b, _, c), weight in zip(found, weights, strict=True):
                classes[c] += weight * scale
                lemmas[a] += weight * scale
                inflections[b] += weight * scale
        total = sum(lemmas.values())
        kinds: Counter[str] = Counter()
        for key, value in inflections.items():
            kinds[key.split(":")[0]] += value
        lemma = {key: value / total for key, value in lemmas.items()}
        inflection = {key: value / kinds[key.split(":")[0]] for key, value in inflections.items()}
    return lemma, inflection, {key: value / classes.total() for key, value in classes.items()}


def chosen(morphology: Morphology, found: list[list[str]]) -> Iterator[Reading]:
    """The readings that context chooses, with the table as it stands."""
    known: dict[str, tuple[Reading, ...]] = {}
    for words in found:
        for word in words:
            if word not in known:
                known[word] = morphology.readings(word) if _arabic(word) else (symbol_reading(word),)
        yield from choose([known[word] for word in words])


def natures(readings: Iterator[Reading]) -> dict[str, float]:
    """Shares of each nominal's uses as noun and as adjective."""
    uses: Counter[tuple[str, str]] = Counter()
    for reading in readings:
        uses.update((p.lemma, p.pos) for p in reading.parts if p.lemma == reading.lemma and p.pos in {"NOUN", "ADJ"})
    found = {}
    for lemma in sorted({lemma for lemma, _ in uses}):
        total = uses[lemma, "NOUN"] + uses[lemma, "ADJ"]
        if total >= NATURE_FLOOR:
            for pos in ("NOUN", "ADJ"):
                found[nature_key(lemma, pos)] = (uses[lemma, pos] + 0.5) / (total + 1)
    return found


def write(table: dict[str, float]) -> None:
    """Costs, rounded, in the order of their keys; what was read of an older table is forgotten."""
    text = "".join(f"{key}\t{-math.log(share):.1f}\n" for key, share in sorted(table.items()))
    TABLE.write_bytes(gzip.compress(text.encode(), mtime=0))
    frequency.forget()


def main() -> None:
    """Count, estimate, write; then count in context, and write again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    text = list(sentences(parser.parse_args().corpus))
    counts = count_words(text)
    morphology = Morphology(ontology.load())
    words = [(count, found) for word, count in sorted(counts.items()) if (found := options(morphology, word))]
    table = {key: share for part in estimate(words) for key, share in part.items()}
    write(table)
    for _ in range(PASSES):
        table |= natures(chosen(morphology, text))
        write(table)
    known = sum(count for count, _ in words) / sum(counts.values())
    print(f"{len(table)} rows, {TABLE.stat().st_size} bytes, {known:.4f} of tokens known")


if __name__ == "__main__":
    main()
