"""A name and what somebody is, side by side in one role: "the minister, X" and "X, the minister" are one person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, permutations
from operator import attrgetter

from kg_builder.model import Entity, Filler, Report, Span
from kg_builder.resolve.mentions import Occurrence, is_nameless

Key = tuple[Span, Entity]
_BESIDE = re.compile(r"\W{1,3}")
_BLANK = re.compile(r"[،,]?\s|،")
_NO_BREAK = re.compile(r"[^\n.؟?!؛;:/-]*")
_ACTORS = frozenset({"subject", "object"})
_MAY_NAME = frozenset({"Person", "Group", "Organization"})


def appositions(
    text: str, reports: Iterable[Report], found: Mapping[Key, Occurrence]
) -> Iterator[tuple[Occurrence, Occurrence]]:
    """Pairs of a phrase that names nobody and the person's name beside it.

    Both fill one role of one report, and nothing but blanks, a comma or a bracket stands between them. A row of such
    phrases with two names in it is a list, and gives nothing. A name that fills no role is found too, behind the
    phrase, or before an office.
    """
    names = [mention for mention in found.values() if mention.named]
    starts, ends = ({place(m.span): m for m in names} for place in (attrgetter("start"), attrgetter("end")))
    for report in reports:
        mine = [found[f.span, f.value] for f in (*report.fillers, *report.attribution) if isinstance(f.value, Entity)]
        for phrase in (m for m in mine if m.kind == "Person" and is_nameless(m)):
            if name := _free_name(text, phrase, starts, ends if phrase.office else {}, mine):
                yield phrase, name
        for fillers in _by_role(report):
            for row in _rows(text, fillers):
                members = [found[f.span, f.value] for f in row if isinstance(f.value, Entity)]
                named = [m for m in members if m.named]
                if len(named) == 1:
                    yield from ((m, named[0]) for m in members if m is not named[0] and _describes(m))


def _free_name(
    text: str,
    phrase: Occurrence,
    starts: Mapping[int, Occurrence],
    ends: Mapping[int, Occurrence],
    mine: Sequence[Occurrence],
) -> Occurrence | None:
    """The one name at either side of a phrase, with a blank or a comma between, that is no part of what fills a role
    of the report."""
    begin, end = phrase.span.start, phrase.span.end
    near = [starts[end + n] for n in (1, 2) if end + n in starts and _BLANK.fullmatch(text, end, end + n)]
    near += [ends[begin - n] for n in (1, 2) if begin - n in ends and _BLANK.fullmatch(text, begin - n, begin)]
    free = [name for name in near if not any(m.named and _overlap(m.span, name.span) for m in mine)]
    return free[0] if len(free) == 1 else None


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def rivals(text: str, reports: Iterable[Report], found: Mapping[Key, Occurrence]) -> dict[Occurrence, set[Occurrence]]:
    """Who fills one role of one report with whom, but does not stand beside: they are several."""
    several: dict[Occurrence, set[Occurrence]] = {}
    for report in reports:
        for fillers in _by_role(report):
            rows = [
                [found[f.span, f.value] for f in row if isinstance(f.value, Entity)] for row in _rows(text, fillers)
            ]
            for one, other in permutations(rows, 2):
                for mention in one:
                    several.setdefault(mention, set()).update(other)
    return several


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
