"""Measures how merging grows with the collection, on documents made up from a seed.

    bench_merging.py [--sizes 1000,2000,4000,…] [--most-slope S]

Every happening is told by one to four documents of two days, each in sentences of its own out of a vocabulary in which
few words are common and most are rare, as in news; people come back over the years. Seconds are those of the processor
for putting entities together, finding copies, and comparing and joining reports; not for writing triples.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta

from kg_builder.graph import Builder
from kg_builder.graph.builder import Claims, Comparer, Identifier, Merger, copies, ordinal
from kg_builder.model import Article, Entity, EventTime, Filler, Report, Span

LETTERS = "ابتجحدرزسشصطعفقكلمنهوي"
KINDS = {"Attack": ("attacker", "target"), "Meeting": ("participant", "participant"), "Resignation": ("resigner",)}
PER_DAY = 25  # happenings


def main(sizes: list[int], most_slope: float | None) -> int:
    rows = []
    for size in sizes:
        reports, events, seconds = measure(size)
        rows.append((size, seconds))
        each = 1000 * seconds / size
        told = f"{size:7,} documents {reports:8,} reports {events:8,} events {seconds:8.2f} s"
        print(
            f"{told}  {each:5.2f} s a thousand  {'█' * max(1, round(20 * each * sizes[0] / 1000 / rows[0][1]))}",
            flush=True,
        )
    (first, fast), (last, slow) = rows[0], rows[-1]
    slope = math.log(slow / fast) / math.log(last / first) if last > first else 1.0
    print(f"time grows with the {slope:.2f}th power of the collection (1 is linear)")
    return int(most_slope is not None and slope > most_slope)


def measure(size: int) -> tuple[int, int, float]:
    """Reports, events, and seconds of the processor for merging a collection of so many documents."""
    builder = Builder()
    for article, reports in collection(size):
        builder.add(article, reports)
    documents = builder._sorted()
    start = time.process_time()
    found = Identifier(builder._minter, builder._schema, builder._keys, builder._lists).identify(documents)
    copies.groups(copies.Printing(d.iri.value, d.signature, ordinal(d.article.date)) for d in documents)
    claims = Claims(documents, found.same)
    clusters = Merger(claims, Comparer(claims.rarity, builder._schema)).clusters()
    seconds = time.process_time() - start
    return sum(len(cluster.claims) for cluster in clusters), len(clusters), seconds


def collection(size: int) -> Iterator[tuple[Article, list[Report]]]:
    """Documents with their reports; the first ones are the same for every size."""
    dice = random.Random(1)
    words = ["".join(dice.choices(LETTERS, k=dice.randint(3, 7))) for _ in range(20_000)]
    names = [" ".join(dice.choices(words[200:4000], k=2)) for _ in range(1500)]
    made = happening = 0
    while made < size:
        day = date(2015, 1, 1) + timedelta(days=happening // PER_DAY)
        happening += 1
        kind = dice.choice(sorted(KINDS))
        who = [names[min(int(dice.paretovariate(0.6)), len(names)) - 1] for _ in KINDS[kind]]
        theme = dice.choices(words[500:], k=8)
        for _ in range(min(dice.choice((1, 1, 2, 3, 4)), size - made)):
            yield _document(made, day + timedelta(days=dice.randint(0, 1)), kind, who, theme, words, dice)
            made += 1


def _document(
    number: int, day: date, kind: str, who: list[str], theme: list[str], words: list[str], dice: random.Random
) -> tuple[Article, list[Report]]:
    """A document that tells the happening in its first sentence, and something of its own in two others."""
    sentences, reports, start = [], [], 0
    for told in (kind, *dice.choices(sorted(KINDS), k=2)):
        mine = who if not sentences else [f"{dice.choice(words)} {dice.choice(words)}"]
        filling = dice.sample(theme, 5) if not sentences else []
        common = [words[min(int(dice.paretovariate(0.5)), len(words)) - 1] for _ in range(14)]
        line = " ".join([told, *mine, *filling, *common])
        fillers = tuple(
            Filler(role, Entity("Person", name), Span(start, start + len(told)), "made up")
            for role, name in zip(KINDS[told], mine, strict=False)
        )
        trigger, sentence = Span(start, start + len(told)), Span(start, start + len(line))
        reports.append(Report(told, trigger, (sentence,), fillers, EventTime(), rule="made up"))
        sentences.append(line)
        start += len(line) + 1
    return Article(f"made-up-{number}", "\n".join(sentences), date=day.isoformat()), reports


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,2000,4000,10000,20000,40000", help="numbers of documents")
    parser.add_argument("--most-slope", type=float, help="fail when time grows with a higher power")
    options = parser.parse_args()
    sys.exit(main([int(size) for size in options.sizes.split(",")], options.most_slope))
