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
from pathlib import Path

from kg_builder import ontology
from kg_builder.annotate.morphology import Morphology
from kg_builder.annotate.morphology.classes import class_of, upos
from kg_builder.annotate.morphology.frequency import TABLE, class_key, inflection_key, lemma_key
from kg_builder.annotate.tokens import tokenise

ROUNDS = 12
LEMMA_FLOOR, INFLECTION_FLOOR = 0.3, 0.1

Option = tuple[str, str, float, str]


def count_words(path: Path) -> Counter[str]:
    """How often each spelling of Arabic letters occurs."""
    counts: Counter[str] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            counts.update(r.norm for r in tokenise(json.loads(line)["text"]).raws if "\u0621" <= r.norm[0] <= "\u064a")
    return counts


def options(morphology: Morphology, word: str) -> list[Option]:
    """The readings of a word as (lemma, inflection, weight, class)."""
    return [
        (
            lemma_key(a),
            inflection_key(a),
            math.exp(-float(a["doubt"]) - float(a.get("price", 0))),
            class_key(class_of(a, upos(a)[0])),
        )
        for a in morphology.merged(word)
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


def main() -> None:
    """Count, estimate, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    counts = count_words(parser.parse_args().corpus)
    morphology = Morphology(ontology.load())
    words = [(count, found) for word, count in sorted(counts.items()) if (found := options(morphology, word))]
    rows = sorted((key, -math.log(share)) for table in estimate(words) for key, share in table.items())
    text = "".join(f"{key}\t{value:.1f}\n" for key, value in rows)
    TABLE.write_bytes(gzip.compress(text.encode(), mtime=0))
    known = sum(count for count, _ in words) / sum(counts.values())
    print(f"{len(rows)} rows, {TABLE.stat().st_size} bytes, {known:.4f} of tokens known")


if __name__ == "__main__":
    main()
