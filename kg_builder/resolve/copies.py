"""Text that repeats itself: what a repeated line says is told once, with every copy as evidence.

A pasted-twice article must give the reports of one copy. So reports from a copy are laid over those of the first
before anything else looks at them, and nothing in a copy can change who is meant in the first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kg_builder.model import Mention, Report, Span

_LEAST_WORDS = 4


class Copies:
    """The lines of a text, each with the shift that leads to its first copy."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._shifts: list[int] = []
        first: dict[str, int] = {}
        begin = 0
        for line in text.splitlines(keepends=True):
            start = begin + len(line) - len(line.lstrip())
            words = line.strip()
            origin = first.setdefault(words, start) if len(words.split()) >= _LEAST_WORDS else start
            self._starts.append(begin)
            self._shifts.append(origin - start)
            begin += len(line)

    def first(self, span: Span) -> Span:
        """The same characters in the first copy of their line; the span itself when there is no earlier one."""
        shift = self._shifts[bisect_right(self._starts, span.start) - 1] if self._starts else 0
        return Span(span.start + shift, span.end + shift)

    def is_copy(self, span: Span) -> bool:
        """Whether the span stands in a line that stood in the text before."""
        return self.first(span) != span


def once(mentions: Sequence[Mention], copies: Copies) -> list[Mention]:
    """The mentions outside repeated lines."""
    return [mention for mention in mentions if not copies.is_copy(mention.span)]


def fold_copies(reports: Sequence[Report], copies: Copies) -> tuple[list[Report], list[int]]:
    """The reports without those of repeated lines, whose sentences become evidence of the first.

    Also returns, for every report given, its index in the result. `cause` still counts in the input.
    """
    kept: list[Report] = []
    where: list[int] = []
    known: dict[tuple[str, Span, int], int] = {}
    twins: Counter[tuple[str, Span]] = Counter()
    for report in reports:
        twins[report.type, report.trigger] += 1
        key = (report.type, copies.first(report.trigger), twins[report.type, report.trigger])
        index = known.setdefault(key, len(kept))
        where.append(index)
        if index == len(kept):
            kept.append(report)
        else:
            evidence = tuple(sorted({*kept[index].evidence, *report.evidence}))
            kept[index] = replace(kept[index], evidence=evidence)
    return kept, where
