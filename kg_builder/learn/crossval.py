"""Cross-validation of the ranker: `python -m kg_builder.learn.crossval GOLD.jsonl [--folds 5] [--rules]`.

Prints precision, recall and F1 of events and roles on held-out documents, and the accuracy of dates and factuality.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg_builder import annotate, extract, ontology
from kg_builder.extract.rank import Ranker
from kg_builder.learn.events import train
from kg_builder.learn.gold import Document, Frame, Teacher, batches, listed, read_gold, same_value
from kg_builder.model import Filler, Report


class Tally:
    """Counts of hits, misses and extras of events, of roles, by type, and of single values."""

    def __init__(self) -> None:
        self.events: Counter[str] = Counter()
        self.roles: Counter[str] = Counter()
        self.by_type: dict[str, Counter[str]] = defaultdict(Counter)
        self.by_role: dict[str, Counter[str]] = defaultdict(Counter)
        self.single: dict[str, Counter[bool]] = defaultdict(Counter)
        self.calibration: dict[int, Counter[bool]] = defaultdict(Counter)

    def add(self, gold: Frame, reports: Sequence[Report]) -> None:
        """Counts one document: reports aligned with gold events of their type by most fillers in common."""
        cells = sorted(((sum(1 for _ in hits(g, r)), -i, -j) for i, g in enumerate(gold["events"])
                        for j, r in enumerate(reports) if g["type"] == r.type), reverse=True)
        pairs: dict[int, int] = {}
        for _, i, j in cells:
            if -i not in pairs and -j not in pairs.values():
                pairs[-i] = -j
        for i, event in enumerate(gold["events"]):
            if not event.get("maybe"):
                self._event(event, reports[pairs[i]] if i in pairs else None)
        for j, report in enumerate(reports):
            if j not in pairs.values():
                self._extra(report)
            self.calibration[int(report.confidence * 10)][j in pairs.values()] += 1

    def _event(self, event: Frame, report: Report | None) -> None:
        key = "fn" if report is None else "tp"
        self.events[key] += 1
        self.by_type[event["type"]][key] += 1
        wanted = {(role, str(v)) for role, values in event.get("roles", {}).items() for v in values}
        found = set() if report is None else set(hits(event, report))
        for role, _ in wanted:
            self.by_role[role]["want"] += 1
        for role, _ in found:
            self.by_role[role]["hit"] += 1
        self.roles["tp"] += len(found)
        self.roles["fn"] += len(wanted) - len(found)
        if report is None:
            return
        right = sum(1 for f in fillers(report) if any(_is(f, role, v) for role, v in _all(event)))
        self.roles["fp"] += len(fillers(report)) - right
        for f in fillers(report):
            if not any(_is(f, role, v) for role, v in _all(event)):
                self.by_role[f.role]["wrong"] += 1
        have = {"begin": report.time.begin, "end": report.time.end, "factuality": report.factuality,
                "status": report.status}
        for name, value in have.items():
            if event.get(name):
                self.single[name][event[name] == value] += 1

    def _extra(self, report: Report) -> None:
        self.events["fp"] += 1
        self.by_type[report.type]["fp"] += 1
        self.roles["fp"] += len(fillers(report))

    def __str__(self) -> str:
        lines = [f"events {_prf(self.events)}", f"roles  {_prf(self.roles)}"]
        lines += [f"{k:10} {v[True] / (v[True] + v[False]):.3f} of {v.total()}" for k, v in self.single.items()]
        lines += [f"  {t:20} {_prf(c)}" for t, c in sorted(self.by_type.items())]
        lines += [f"  role {r:14} {dict(c)}" for r, c in sorted(self.by_role.items(), key=lambda rc: -rc[1]["want"])]
        lines += [f"  confidence {k / 10:.1f}: {c[True] / c.total():.2f} of {c.total()}"
                  for k, c in sorted(self.calibration.items())]
        return "\n".join(lines)


def fillers(report: Report) -> list[Filler]:
    """Every filler, attribution included, as the graph has them: one of each value."""
    seen: dict[tuple[str, str], Filler] = {}
    for filler in (*report.fillers, *report.attribution):
        seen.setdefault((filler.role, str(filler.value)), filler)
    return list(seen.values())


def hits(event: Frame, report: Report) -> Iterator[tuple[str, str]]:
    """The gold values that the report has."""
    for role, values in event.get("roles", {}).items():
        for value in values:
            if any(_is(f, role, value) for f in fillers(report)):
                yield role, str(value)


def _is(filler: Filler, role: str, value: object) -> bool:
    return filler.role == role and same_value(value, filler)


def _all(event: Frame) -> Iterator[tuple[str, object]]:
    for part in ("roles", "optional"):
        for role, values in event.get(part, {}).items():
            yield from ((role, v) for v in listed(values))


def _prf(c: Counter[str]) -> str:
    p, r = c["tp"] / max(1, c["tp"] + c["fp"]), c["tp"] / max(1, c["tp"] + c["fn"])
    return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f} (tp {c['tp']} fp {c['fp']} fn {c['fn']})"


def cross_validate(teacher: Teacher, documents: Sequence[Document], folds: int, rules: bool = False) -> Tally:
    """The tally over every document, each read with weights that never saw it."""
    tally = Tally()
    for taught, held in batches(documents, folds):
        teacher.extractor.ranker = Ranker() if rules else train(teacher, taught)
        for document in held:
            tally.add(document.gold, read(teacher, document))
    return tally


def read(teacher: Teacher, document: Document) -> list[Report]:
    """The reports of a document under the extractor's present ranker."""
    for reading in document.readings:
        teacher.extractor.weigh(reading.proposals)
    return [r for reading in document.readings for r in teacher.extractor.reports(reading)]


def main() -> None:
    """Command line of the cross-validation."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--rules", action="store_true", help="without weights, for comparison")
    args = parser.parse_args()
    graph = ontology.load()
    teacher = Teacher(extract.load(graph, Ranker()), annotate.load(graph))
    documents = [teacher.read(gold) for gold in read_gold(args.gold)]
    print(cross_validate(teacher, documents, args.folds, args.rules))


if __name__ == "__main__":
    main()
