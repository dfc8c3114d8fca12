"""Dates of events told from one another: «صادق الثلاثاء، بعد يومين من فوز …» dates the victory by Tuesday."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from kg_builder.extract.parse import COMMAS, Parse
from kg_builder.extract.times import Timed, interval
from kg_builder.model import EventTime, Report, Span

NEAR, FAR = 8, 30
"""Words before the lag among which stands the event that it dates, or the one whose date it counts from."""
NO_TIME = EventTime()


class Lag(Protocol):
    """So long before or after what its words end at."""

    @property
    def span(self) -> Span: ...
    def away(self, date: str, back: bool = False) -> str | None: ...


def told_from_each_other(
    parse: Parse, lags: Sequence[Lag], times: Sequence[Timed], triggers: Sequence[int], reports: Sequence[Report]
) -> list[Report]:
    """The reports of a sentence, the n-th with its trigger at word `triggers[n]`, dated by the lags between them.

    A time before the lag is that of what happened then, a time behind it that of what it is counted from.
    """
    dated = list(reports)
    for lag in lags:
        inside = [w.i for w in parse.words if w.start < lag.span.end and lag.span.start < w.end]
        other = _behind(parse, inside[-1] + 1, triggers) if inside else None
        if other is None:
            continue
        then, known = dated[triggers.index(other)].time, _day(dated[triggers.index(other)].time)
        if _ahead(then, lag) or then == NO_TIME:
            here = _beside(parse, times, inside[0]) or (known if _ahead(then, lag) else None)
            here = here or _last_date(dated, triggers, inside[0], lag)
            if here or _ahead(then, lag):
                _put(dated, triggers, other, lag.away(here, back=True) if here else None, lag.span)
        elif known:
            near = [t for t in triggers if inside[0] - NEAR <= t < inside[0]]
            if near and (dated[triggers.index(near[-1])].time in (NO_TIME, then)):
                _put(dated, triggers, near[-1], lag.away(known), lag.span)
    return dated


def _put(dated: list[Report], triggers: Sequence[int], i: int, date: str | None, span: Span) -> None:
    """Gives the reports of trigger `i` their date."""
    time = EventTime(date, date, span) if date else NO_TIME
    dated[:] = [replace(r, time=time) if t == i else r for t, r in zip(triggers, dated, strict=True)]


def _behind(parse: Parse, i: int, triggers: Sequence[int]) -> int | None:
    """The event that the lag counts from: the first named in the phrase that follows, which begins at word `i`."""
    if i >= len(parse.words):
        return None
    k = parse.at[i]
    return min((t for t in triggers if i <= t < (parse.phrases[k].end if k >= 0 else i + 1)), default=None)


def _beside(parse: Parse, times: Sequence[Timed], i: int) -> str | None:
    """The date of the time right before word `i`, with a comma between at most."""
    for timed in times:
        if timed.end <= i and all(w.norm in COMMAS for w in parse.words[timed.end:i]):
            begin, end = interval(timed, "Actual")
            return begin if begin == end and begin and begin[0] != "-" else None
    return None


def _last_date(dated: Sequence[Report], triggers: Sequence[int], i: int, lag: Lag) -> str | None:
    """The date of the last dated event before word `i`."""
    days = [(t, _day(r.time)) for t, r in zip(triggers, dated, strict=True) if i - FAR <= t < i and _ahead(r.time, lag)]
    return max(((t, day) for t, day in days if day), default=(i, None))[1]


def _ahead(time: EventTime, lag: Lag) -> bool:
    return time.span is not None and time.span.start < lag.span.start


def _day(time: EventTime) -> str | None:
    """The date of an event that was at one."""
    return time.begin if time.begin and time.begin == time.end and time.begin[0] != "-" else None
