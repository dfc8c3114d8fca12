"""A name and what somebody is, side by side in one role: "the minister, X" and "X, the minister" are one person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from kg_builder.model import Entity, Filler, Report, Span
from kg_builder.resolve.mentions import Occurrence, is_nameless

Key = tuple[Span, Entity]
_BESIDE = re.compile(r"\W{1,3}")
_NO_BREAK = re.compile(r"[^\n.؟?!؛;:/-]*")
_ACTORS = frozenset({"subject", "object"})
_MAY_NAME = frozenset({"Person", "Group", "Organization"})


def appositions(
    text: str, reports: Iterable[Report], found: Mapping[Key, Occurrence]
) -> Iterator[tuple[Occurrence, Occurrence]]:
    """Pairs of a phrase that names nobody and the person's name beside it.

    Both fill one role of one report, and nothing but blanks, a comma or a bracket stands between them. A row of such
    phrases with two names in it is a list, and gives nothing.
    """
    for report in reports:
        for fillers in _by_role(report):
            for row in _rows(text, fillers):
                members = [found[f.span, f.value] for f in row if isinstance(f.value, Entity)]
                named = [m for m in members if m.named]
                if len(named) == 1:
                    yield from ((m, named[0]) for m in members if m is not named[0] and _describes(m))


def _describes(mention: Occurrence) -> bool:
    return mention.kind in _MAY_NAME and is_nameless(mention)


def _by_role(report: Report) -> Iterator[list[Filler]]:
    roles: dict[str, list[Filler]] = {}
    for filler in (*report.fillers, *report.attribution):
        if isinstance(filler.value, Entity):
            roles.setdefault(filler.role, []).append(filler)
    yield from (sorted(fillers, key=lambda f: f.span) for fillers in roles.values() if len(fillers) > 1)


def _rows(text: str, fillers: Sequence[Filler]) -> Iterator[list[Filler]]:
    """The runs of fillers that stand side by side."""
    row = [fillers[0]]
    for first, second in pairwise(fillers):
        if not _beside(text, first, second):
            yield row
            row = []
        row.append(second)
    yield row


def _beside(text: str, first: Filler, second: Filler) -> bool:
    """Whether nothing parts two fillers; a subject and an object with no sign between them are two."""
    between = text[first.span.end : second.span.start]
    if {first.slot, second.slot} == _ACTORS and not between.strip():
        return False
    return bool(_BESIDE.fullmatch(between) and _NO_BREAK.fullmatch(between))
