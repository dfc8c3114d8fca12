"""Measures merging across documents against sentences that were found by search and labelled by hand.

    measure_merging.py --corpus NEWS.jsonl.gz [--whole] [--errors] [--least]

tests/cases/merging/events.tsv: the words that carry an event, by article and offsets, and which of them mean one event.
tests/cases/merging/persons.tsv: the same of names of persons. The texts themselves are not part of the project.
Pairs are of different outlets, at most two days apart; what one article says of one event in several places counts
once, because that is decided inside the article. The graph is of the articles with labels alone, or with `--whole` of
the whole corpus, which tells better how rare a word is. `--least` ends with 1 when a figure is below the aim.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

from kg_builder.errors import InputError
from kg_builder.graph import Builder
from kg_builder.graph.spelling import name_key
from kg_builder.model import Article, Entity, Report
from kg_builder.pipeline import load
from kg_builder.read import articles

CASES = Path(__file__).parent.parent / "tests" / "cases" / "merging"
DAYS = 2
AIMS = {"events": (0.95, 0.70), "persons": (0.98, 0.85)}


@dataclass(frozen=True)
class Item:
    """A labelled stretch of an article. `type` is an event type, or Person."""

    group: str
    type: str
    article: str
    begin: int
    end: int


def items(path: Path) -> list[Item]:
    """The labelled stretches of a file."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t")
        return [Item(r["group"], r["type"], r["article"], int(r["begin"]), int(r["end"])) for r in rows]


class Found:
    """Where the graph puts a labelled stretch: the events or the person there."""

    def __init__(self, builder: Builder, told: dict[str, tuple[Article, list[Report]]]) -> None:
        self.articles = {article.id: article for article, _ in told.values()}
        self._told = {article.id: (iri, reports) for iri, (article, reports) in told.items()}
        self._builder = builder
        self._events: dict[str, str] = {}
        self._labels: dict[str, set[str]] = defaultdict(set)
        for triple in builder.default_graph():
            name = triple.predicate.value.rsplit("#", 1)[-1]
            if name == "report":
                self._events[triple.object.value] = triple.subject.value

    def nodes(self, item: Item) -> set[str]:
        """The nodes of the graph; empty when extraction found nothing there."""
        iri, reports = self._told[item.article]
        return set(self._person(item, iri, reports) if item.type == "Person" else self._event(item, iri, reports))

    def _event(self, item: Item, document: str, reports: list[Report]) -> Iterator[str]:
        """By the word that carries it; failing that, by the sentence: a report of several sentences has that word in
        one of them alone."""
        told = [
            (self._events[iri], report)
            for iri, report in zip(self._builder.reports(document), reports, strict=True)
            if report.type == item.type
        ]
        carried = [event for event, r in told if r.trigger.start < item.end and item.begin < r.trigger.end]
        yield from carried or (event for event, r in told if _tells_elsewhere(r, item))

    def _person(self, item: Item, document: str, reports: list[Report]) -> Iterator[str]:
        """By the name: one happening told in several sentences keeps the place of a name in one of them alone."""
        name = set(name_key(self.articles[item.article].text[item.begin : item.end]).split())
        for report in reports:
            for who in (filler.value for filler in (*report.fillers, *report.attribution)):
                named = isinstance(who, Entity) and who.kind == "Person" and not who.generic
                if named and any(name <= set(name_key(known).split()) for known in (who.label, *who.names)):
                    yield self._builder.entity_iri(document, who)


def _tells_elsewhere(report: Report, item: Item) -> bool:
    """Whether the item stands in a sentence of the report, and the report's trigger in none of these."""
    told = [s for s in report.evidence if s.start <= item.begin and item.end <= s.end]
    return bool(told) and not any(s.start <= report.trigger.start < s.end for s in told)


def pairs(labelled: Iterable[Item], known: dict[str, Article]) -> Iterator[tuple[Item, Item]]:
    """Pairs of one type, by different outlets, that are near in time."""
    for a, b in combinations(sorted(labelled, key=lambda item: (item.article, item.begin, item.end)), 2):
        x, y = known[a.article], known[b.article]
        if a.type == b.type and x.source != y.source and abs(_day(x) - _day(y)) <= DAYS:
            yield a, b


def _day(article: Article) -> int:
    return date.fromisoformat((article.date or "")[:10]).toordinal()


def measure(name: str, labelled: list[Item], found: Found, errors: bool) -> bool:
    """Prints precision and recall of the pairs; whether both reach the aim."""
    told = defaultdict[tuple[str, str], set[str]](set)
    for item in labelled:
        told[item.group, item.article] |= found.nodes(item)
    labelled = list({(item.group, item.article): item for item in labelled}.values())
    right = wrong = missed = unseen = 0
    for a, b in pairs(labelled, found.articles):
        x, y = told[a.group, a.article], told[b.group, b.article]
        same, joined = a.group == b.group, bool(x & y)
        right += same and joined
        wrong += joined and not same
        unseen += same and not (x and y)
        missed += same and not joined
        if errors and same != joined:
            verdict = "wrong " if joined else "missed" if x and y else "unseen"
            print(verdict, a.type, *(f"{i.group}|{i.article}:{i.begin}-{i.end}" for i in (a, b)))
    precision = right / (right + wrong) if right + wrong else 1.0
    recall, seen = right / (right + missed), right / (right + missed - unseen)
    groups = {i.group for i in labelled}
    several = {a.group for a, b in pairs(labelled, found.articles) if a.group == b.group}
    print(f"{name}: {len(several)} groups told by several outlets, {len(groups)} in all, {len(labelled)} mentions")
    print(f"  pairs of one: {right + missed}, joined rightly {right}, wrongly {wrong}")
    print(f"  precision {precision:.3f}, recall {recall:.3f}; of what was extracted on both sides {seen:.3f}")
    return precision >= AIMS[name][0] and recall >= AIMS[name][1]


def main(corpus: Path, whole: bool, errors: bool, least: bool) -> int:
    if not corpus.exists():
        print(f"no corpus at {corpus}")
        return 0
    sets = {name: items(CASES / f"{name}.tsv") for name in AIMS if (CASES / f"{name}.tsv").exists()}
    wanted = {item.article for labelled in sets.values() for item in labelled}
    pipeline, told = load(), {}
    builder = pipeline.builder()
    for article in articles([str(corpus)]):
        if not isinstance(article, InputError) and (whole or article.id in wanted):
            reports = pipeline(article)
            iri = builder.add(article, reports)
            if article.id in wanted:
                told[iri] = article, reports
    found = Found(builder, told)
    good = [measure(name, labelled, found, errors) for name, labelled in sets.items()]
    return int(least and not all(good))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--whole", action="store_true", help="judge the labels inside the graph of the whole corpus")
    parser.add_argument("--errors", action="store_true", help="list the pairs that are wrong or missed")
    parser.add_argument("--least", action="store_true", help="fail below the aim")
    options = parser.parse_args()
    sys.exit(main(options.corpus, options.whole, options.errors, options.least))
