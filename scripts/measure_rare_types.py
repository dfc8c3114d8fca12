"""Measures the event types that are rare in gold, on sentences found by their words and labelled by hand.

    measure_rare_types.py CORPUS [--type CLASS] [--errors]

`rare_types.tsv` beside this file names each sentence by article and offsets, with the type it was looked up for, how
many events of that type it reports, their triggers (offsets in the article, for people; not scored) and their
factuality (one for each event; `A|B`: either is right). The texts are not part of the project: CORPUS holds the
articles. A sentence is read as a document of its own, with the date of its article. Precision and recall count the
events of the type it was looked up for. Factuality is measured on the sentences that report one event, where one
was found.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg_builder.model import Article, Report
from kg_builder.pipeline import Pipeline
from kg_builder.read import articles

LABELS = Path(__file__).with_name("rare_types.tsv")


@dataclass(frozen=True)
class Labelled:
    """A sentence of an article, and what it reports of one event type."""

    article: str
    begin: int
    end: int
    type: str
    events: int
    factuality: tuple[frozenset[str], ...]


@dataclass
class Score:
    """Events that are right, found and there; factualities that are right and compared."""

    right: int = 0
    found: int = 0
    gold: int = 0
    factuality: int = 0
    compared: int = 0

    def add(self, label: Labelled, reports: list[Report]) -> None:
        """Count what was found of the label's type."""
        self.right += min(len(reports), label.events)
        self.found += len(reports)
        self.gold += label.events
        if len(reports) == label.events == 1:
            self.compared += 1
            self.factuality += reports[0].factuality in label.factuality[0]

    def __add__(self, other: Score) -> Score:
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return Score(*(mine + its for mine, its in pairs))

    def __str__(self) -> str:
        precision, recall = _share(self.right, self.found), _share(self.right, self.gold)
        f1 = _share(2 * self.right, self.found + self.gold)
        told = _share(self.factuality, self.compared)
        return f"{self.gold:5} {self.found:6} {precision:10.2f} {recall:7.2f} {f1:6.2f} {told:11.2f}"


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def labels(path: Path = LABELS) -> list[Labelled]:
    """The labelled sentences of a file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [_label(row) for row in csv.DictReader(stream, delimiter="\t")]


def _label(row: Mapping[str, str]) -> Labelled:
    factuality = tuple(frozenset(told.split("|")) for told in row["factuality"].split())
    place = row["article"], int(row["begin"]), int(row["end"])
    return Labelled(*place, row["class"], int(row["events"]), factuality)


def sentences(corpus: str, wanted: Iterable[Labelled]) -> dict[Labelled, Article]:
    """Each labelled sentence that the corpus holds, as a document."""
    by_article = defaultdict(list)
    for label in wanted:
        by_article[label.article].append(label)
    return {
        label: replace(article, id=f"{article.id}#{label.begin}", title="", text=article.text[label.begin : label.end])
        for article in articles([corpus])
        if isinstance(article, Article)
        for label in by_article.get(article.id, ())
    }


def main() -> int:
    """Print the figures by type and over all, and with --errors where they fail; 1 when a sentence is not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--type")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    wanted = [label for label in labels() if options.type in (None, label.type)]
    texts, pipeline = sentences(options.corpus, wanted), Pipeline()
    scores: dict[str, Score] = defaultdict(Score)
    for label in (label for label in wanted if label in texts):
        reports = [report for report in pipeline(texts[label]) if report.type == label.type]
        scores[label.type].add(label, reports)
        if options.errors and len(reports) != label.events:
            print(f"{label.article}\t{label.begin}\t{label.type}: {label.events} there, {len(reports)} found")
    print(f"{'type':22}{'there':>5} {'found':>6} {'precision':>10} {'recall':>7} {'F1':>6} {'factuality':>11}")
    for name, score in sorted(scores.items()):
        print(f"{name:22}{score}")
    print(f"{'all':22}{sum(scores.values(), Score())}")
    missing = [label for label in wanted if label not in texts]
    if missing:
        print(f"{len(missing)} sentences are not in {options.corpus}, first {missing[0].article}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
