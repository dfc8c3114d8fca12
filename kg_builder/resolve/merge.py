"""Reports of one happening told in several places of a document, put together. Apart when unsure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg_builder.model import Report, Span
from kg_builder.resolve.combine import mention, supplement, unite
from kg_builder.resolve.nested import Nested, nested
from kg_builder.resolve.points import (
    ALONE,
    ANOTHER,
    BARE,
    DOUBTFUL,
    ECHO,
    ENOUGH,
    LEXEME,
    OTHER_MOOD,
    REFERS,
    REFERS_ANEW,
    TOGETHER,
    WIDER,
    Points,
    compare,
)
from kg_builder.resolve.profile import Profile
from kg_builder.resolve.tellings import Telling
from kg_builder.resolve.types import Types
from kg_builder.resolve.words import Words

_DOUBT = {"Actual", "Possible"}


@dataclass(slots=True)
class Happening:
    """Reports joined so far: as one, what it says, its words, and where it was mentioned last."""

    report: Report
    profile: Profile
    lexemes: frozenset[str]
    members: list[int]
    last: Span


def merge(text: str, reports: Sequence[Report], words: Words, types: Types) -> tuple[list[Report], list[int]]:
    """One report for one happening, in text order; and for every report given, its index in the result."""
    happenings: list[Happening] = []
    places = nested(text, reports, words)
    for index in sorted(range(len(reports)), key=lambda i: (reports[i].trigger, i)):
        telling = Telling.of(text, reports[index], words)
        if (found := _find(happenings, telling, types, places)) is None:
            span = telling.report.trigger
            happenings.append(Happening(telling.report, telling.profile, telling.lexemes, [index], span))
        else:
            _join(*found, index, telling, types)
    happenings.sort(key=lambda happening: happening.report.trigger)
    where = {index: position for position, h in enumerate(happenings) for index in h.members}
    return [happening.report for happening in happenings], [where[index] for index in range(len(reports))]


def _find(
    happenings: Sequence[Happening], telling: Telling, types: Types, places: Nested
) -> tuple[Happening, Points] | None:
    """The happening that a report most likely tells of, the nearest of equals; None when none is likely enough."""
    possible = [happening for happening in happenings if _possible(happening.report, telling, types)]
    found = [(happening, _points(happening, telling, len(possible) == 1, types, places)) for happening in possible]
    likely = [(happening, points) for happening, points in found if points.total >= ENOUGH]
    return max(likely, key=lambda pair: (pair[1].total, pair[0].last), default=None)


def _points(happening: Happening, telling: Telling, alone: bool, types: Types, places: Nested) -> Points:
    """The points of what both say, and of how the second is told."""
    a, b = happening.report, telling.report
    points = compare(happening.profile, telling.profile, types, telling.refers, places)
    agree = points.agree
    if happening.lexemes & telling.lexemes:
        points.good += LEXEME
    if alone:
        points.good += ALONE
    if _echoes(a, happening.profile) or _echoes(b, telling.profile):
        points.good += ECHO
    if telling.another:
        points.bad += ANOTHER
    elif telling.refers:
        points.good += REFERS if agree else REFERS_ANEW
    elif telling.is_bare:
        points.good += BARE
    if types.narrower(a.type, b.type) == b.type != a.type:
        points.bad += WIDER
    if {a.factuality, b.factuality} == _DOUBT and not telling.refers:
        points.bad += OTHER_MOOD
    if not telling.refers and {a.evidence[0]} & {*b.evidence}:
        points.bad += TOGETHER
    return points


def _echoes(report: Report, profile: Profile) -> bool:
    """Whether a report is doubtful and says little."""
    return report.confidence < DOUBTFUL and profile.is_mere


def _possible(happening: Report, telling: Telling, types: Types) -> bool:
    """Whether type and mood allow that they are one. A definite noun says nothing of whether it happened, but for a
    denial."""
    other = telling.report
    moods = {happening.factuality, other.factuality}
    mood = len(moods) == 1 or moods in ({"Actual", "Claimed"}, _DOUBT) or (telling.refers and "Denied" not in moods)
    status = happening.status == other.status or happening.status is None or other.status is None
    return mood and status and types.narrower(happening.type, other.type) is not None


def _join(happening: Happening, points: Points, index: int, telling: Telling, types: Types) -> None:
    """Puts them together; what a doubtful report says in passing is not taken over."""
    first, second = happening.report, telling.report
    adds = points.told or (points.agree and second.confidence >= DOUBTFUL)
    whole = points.agree and (points.told or telling.refers)
    combine = unite if adds and whole else supplement if adds else mention
    kind = types.narrower(first.type, second.type) or first.type
    happening.report = replace(combine(first, second), type=kind)
    happening.lexemes |= telling.lexemes
    happening.profile = Profile.of(happening.report, happening.lexemes)
    happening.members.append(index)
    happening.last = telling.report.trigger
