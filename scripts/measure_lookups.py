"""Measures how long an index takes to find a name: the names that news mentions, and those that most items share.

    measure_lookups.py INDEX --corpus NEWS.jsonl.gz [--articles N]

A look-up is `Index.find`: from a name to its items, unpacked, compared with the name and in order. Each is measured
with no block unpacked before, the best of nine.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from kg_builder.config import Config
from kg_builder.link.index import Index
from kg_builder.model import Article, Entity
from kg_builder.normalise import name_key
from kg_builder.pipeline import Pipeline

SHARED = 100
TIMES = 9


def mentioned(corpus: Path, articles: int) -> Iterator[str]:
    """The names that the reports of articles hold, as often as they hold them."""
    pipeline = Pipeline(Config(link="off"))
    with gzip.open(corpus, "rt", encoding="utf-8") as file:
        for record in map(json.loads, islice(file, articles)):
            for report in pipeline(Article(record["id"], record["text"], record.get("title") or "")):
                values = (filler.value for filler in (*report.fillers, *report.attribution))
                yield from (value.label for value in values if isinstance(value, Entity))


def shared(index: Index) -> list[str]:
    """The names that most items bear."""
    counts = Counter(key for item in index for key in {name_key(item.label_ar), *map(name_key, item.aliases)})
    return [name for name, _ in counts.most_common(SHARED)]


def seconds(path: Path, find: Callable[[Index], Callable[[str], object]], names: Iterable[str]) -> list[float]:
    index = Index(path)
    return sorted(min(once(index, find(index), name) for _ in range(TIMES)) for name in names)


def once(index: Index, find: Callable[[str], object], name: str) -> float:
    index.forget()
    begin = time.perf_counter()
    find(name)
    return time.perf_counter() - begin


def figures(found: list[float]) -> str:
    middle, most = found[len(found) // 2], found[len(found) * 99 // 100]
    shown = {"mean": sum(found) / len(found), "median": middle, "99 %": most, "worst": found[-1]}
    return f"{len(found)} look-ups: " + ", ".join(f"{name} {value * 1e6:.1f} µs" for name, value in shown.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=100)
    given = parser.parse_args()
    names = list(mentioned(given.corpus, given.articles))
    print("mentions of news", figures(seconds(given.index, lambda index: index.find, names)))
    print("  as they may be spelt", figures(seconds(given.index, lambda index: index.find_alike, names)))
    print("names most shared", figures(seconds(given.index, lambda index: index.find, shared(Index(given.index)))))


if __name__ == "__main__":
    main()
