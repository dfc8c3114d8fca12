"""The times of a sentence, and when an event was that one of them tells: which reading the tense wants, which ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kg_builder.extract.grammar import Grammar
from kg_builder.extract.parse import Parse
from kg_builder.extract.scope import Level
from kg_builder.model import EventTime, Span

VAGUE_GRAINS = frozenset({"week", "hour-of-week", "season", "decade", "century"})
FUTURE = frozenset({"Planned", "Possible"})
HALVES = frozenset({("01", "06"), ("07", "12")})
WHOLE, FROM, UNTIL = "whole", "from", "until"
"""What a time is to an event: all its time, its beginning, its end."""


class Interval(Protocol):
    """An interval of ISO 8601 stamps; None where it is open."""

    @property
    def begin(self) -> str | None: ...
    @property
    def end(self) -> str | None: ...
    @property
    def grain(self) -> str: ...


class TimeReading(Protocol):
    """What the annotation says of a time: its span, and how it reads to the past and to the future."""

    @property
    def span(self) -> Span: ...
    @property
    def ambiguous(self) -> bool: ...
    @property
    def rough(self) -> bool: ...
    @property
    def opener(self) -> str | None: ...
    @property
    def past(self) -> Interval: ...
    @property
    def future(self) -> Interval: ...


@dataclass(frozen=True, slots=True)
class Timed:
    """A time with the words `start:end` of the sentence that say it; `last` is the other end of «اليوم وغدا»."""

    reading: TimeReading
    start: int
    end: int
    date: str | None = None
    """The day of the text."""
    last: TimeReading | None = None


def in_sentence(grammar: Grammar, parse: Parse, readings: Sequence[TimeReading], date: str | None) -> list[Timed]:
    """The times whose words lie in the sentence, in order; vague ones ("last week") are left out."""
    found: list[Timed] = []
    for reading in readings:
        inside = [w.i for w in parse.words if w.start < reading.span.end and reading.span.start < w.end]
        if not inside or reading.past.grain in VAGUE_GRAINS:
            continue
        timed = Timed(reading, inside[0], inside[-1] + 1, date)
        if found and _joined(grammar, parse, found[-1], timed):
            timed = Timed(found[-1].reading, found[-1].start, timed.end, date, reading)
            found.pop()
        found.append(timed)
    return found


def _joined(grammar: Grammar, parse: Parse, one: Timed, other: Timed) -> bool:
    """Whether two times of one grain, one after the other, stand joined by «و» or «أو»."""
    between_them = [w.norm for w in parse.words[one.end:other.start]]
    if one.last or len(between_them) != 1 or between_them[0] not in grammar.phrase_coordinators:
        return False
    begin, end = one.reading.past.begin, other.reading.past.end
    return bool(begin and end and begin < end) and one.reading.past.grain == other.reading.past.grain


def interval(timed: Timed, factuality: str) -> tuple[str | None, str | None]:
    """Begin and end at the precision of dates: the future reading for what is to come, the past one otherwise.

    A weekday that is the day of the text is that day in either tense.
    """
    ends = [_ends(reading, factuality, timed.date) for reading in (timed.reading, timed.last) if reading is not None]
    return ends[0][0], ends[-1][1]


def _ends(reading: TimeReading, factuality: str, date: str | None) -> tuple[str | None, str | None]:
    coming = factuality in FUTURE or reading.opener == "until"
    today = date is not None and _date(reading.past.begin or reading.past.end) == date[:10]
    chosen = reading.future if reading.ambiguous and coming and not today else reading.past
    return _coarser(_date(chosen.begin), _date(chosen.end), reading.rough)


def event_time(timed: Timed, factuality: str, extent: str | None) -> EventTime:
    """When the event was, by what the time is to it (`WHOLE`, `FROM`, `UNTIL`); as the words say where None.

    Where the words name both a beginning and an end («من 5 إلى 19 يناير»), they say it all.
    """
    begin, end = interval(timed, factuality)
    if begin and end and begin != end:
        return EventTime(begin, end, timed.reading.span)
    if extent == WHOLE:
        begin, end = begin or end, end or begin
    elif extent == FROM:
        begin, end = begin or end, None
    elif extent == UNTIL:
        begin, end = None, end or begin
    return EventTime(begin, end, timed.reading.span)


def extent_told(timed: Timed, factuality: str, begin: str | None, end: str | None) -> str | None:
    """What the time is to an event that is known to last from `begin` to `end`; None when it is another time."""
    return next((extent for extent in (WHOLE, FROM, UNTIL) if (begin or end) and (
        (time := event_time(timed, factuality, extent)).begin, time.end) == (begin, end)), None)


def _coarser(begin: str | None, end: str | None, rough: bool) -> tuple[str | None, str | None]:
    """Rough words ("the end of May", "two months ago") tell the month or the year only, halves the year."""
    if rough:
        return _rounded(begin), _rounded(end)
    if begin and end and len(begin) == len(end) == 7 and begin[:4] == end[:4] and (begin[5:], end[5:]) in HALVES:
        return begin[:4], end[:4]
    return begin, end


def _rounded(date: str | None) -> str | None:
    return date.rpartition("-")[0] or date if date else None


def _date(stamp: str | None) -> str | None:
    return stamp.split("T")[0] if stamp else None


def by_rule(levels: Sequence[Level]) -> str | None:
    """The extent where none was learnt: the subject of a verb of beginning begins then."""
    begins = any("phase-start" in level.classes and level.relation in {"subject", "object"} for level in levels[1:2])
    return FROM if begins else None
