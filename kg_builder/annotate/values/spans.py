"""Times with two ends or an open one, and their readings to the past and to the future."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from kg_builder.annotate.values.line import Line
from kg_builder.annotate.values.moment import Moment, Period
from kg_builder.annotate.values.ranges import TimeFound, read_range
from kg_builder.annotate.values.resolve import Clock
from kg_builder.annotate.values.times import read_moment
from kg_builder.model import Span

_OPENERS = frozenset(["since", "until", "ago", "for", "after"])


@dataclass(frozen=True, slots=True)
class Reading:
    """A time at its grain, ISO 8601; an open end is None."""

    begin: str | None
    end: str | None
    grain: str


@dataclass(frozen=True, slots=True)
class TimeReading:
    """A time met in the text, read to the past and to the future of the reference.

    `ambiguous` tells that the two differ (a bare weekday, a day without its year); `anaphoric` that the words count
    from a day told of before ("the following day"); `opener` is "since" or "until" when an end is open, "ago",
    "for" or "after" for a distance in time ("for" when it lasts until now); `calendar` is "gregorian" or "hijri".
    `rough` tells that the words mean no day exactly, only its month or its year ("early in May", "two months ago").
    """

    span: Span
    past: Reading
    future: Reading
    ambiguous: bool
    anaphoric: bool
    opener: str | None
    calendar: str
    rough: bool = False

    def reading(self, prefer: str) -> Reading:
        """The reading to the "past" or the "future"."""
        return self.future if prefer == "future" else self.past

    def value(self, prefer: str) -> dict[str, str]:
        """The value of a `time` mention."""
        chosen = self.reading(prefer)
        value = {k: v for k, v in (("begin", chosen.begin), ("end", chosen.end), ("grain", chosen.grain)) if v}
        return value | ({"calendar": "hijri"} if self.calendar == "hijri" else {})


def read_time(line: Line, p: int) -> TimeFound | None:
    """The time that begins at cell `p`: a range when two ends are told, else one moment."""
    opener = line.link(p - 1) if line.link(p) in (None, "this", "now") else None
    if line.link(p) == "now" and opener == "to":
        opener = "until"
    sense = line.sense(p)
    pair = sense.unit in ("year", "day", "month") and sense.count == 2 and line.cells[p].norm.endswith("ي")
    q = p + 1 if pair else p
    found = read_range(line, q, "between" if pair else opener)
    if found:
        return replace(found, begin=p)
    if pair:
        return None
    listed = line.link(p - 1) == "in" or (line.cells[p].conj and p > 0 and line.plain(p - 1) is not None)
    read = _listed_day(line, p) if listed else None
    read = read or read_moment(line, p) or _day_dash_month(line, p)
    if read is None:
        return None
    read = _by_so_long(line, p, *read)
    if read[0].anchor:
        opener = None
    elif read[0].ago:
        opener = "after" if read[0].sign > 0 else "for" if line.link(p) == "since" else "ago"
    lasting = opener == "since" and line.link(read[1]) in ("until", "to") and line.link(read[1] + 1) == "now"
    return TimeFound(p, read[1] + 2 * lasting, read[0], None, opener if opener in _OPENERS else None)


def _by_so_long(line: Line, p: int, moment: Moment, end: int) -> tuple[Moment, int]:
    """Two days before 5 March, said the other way round: "before 5 March by two days"."""
    side, by = line.link(p - 1), line.span_of_time(end) if line.cells[end].clitic == "ب" else None
    if side not in ("before", "after") or by is None or moment.ago or not moment.is_date():
        return moment, end
    return Moment(anchor=moment, ago=(by[:2],), sign=1 if side == "after" else -1), by[2]


def _listed_day(line: Line, p: int) -> tuple[Moment, int] | None:
    """ "on the 5th, and 12 March": a day whose month stands with the last of the list."""
    day, nxt = line.plain(p), line.cells[p + 1]
    if not day or day > 31 or not nxt.conj or nxt.clitic or line.plain(p + 1) is None:
        return None
    last = _listed_day(line, p + 1) or read_moment(line, p + 1)
    if last is None or not last[0].day or not last[0].month or day >= last[0].day:
        return None
    return replace(last[0], day=day, weekday=None), p + 1


def _day_dash_month(line: Line, p: int) -> tuple[Moment, int] | None:
    """ "on 22-4", "on 4.22": only after a preposition and before the end of the clause."""
    if line.link(p - 1) != "in":
        return None
    first, second, end = line.plain(p), line.plain(p + 2), p + 3
    if line.link(p + 1) != "dash" or not line.cells[p + 1].glued:
        parts = (line.sense(p).digits or "").split(".")
        if len(parts) != 2 or not all(x.isdigit() for x in parts):
            return None
        first, second, end = int(parts[0]), int(parts[1]), p + 1
    if not first or not second or not (min(first, second) <= 12 < max(first, second) <= 31):
        return None
    if line.after(end - 1) not in ("", "."):
        return None
    return Moment(month=min(first, second), day=max(first, second)), end


def interpret(found: TimeFound, span: Span, past: Clock, future: Clock) -> TimeReading | None:
    """Both readings of a time; None when no reference tells what it is."""
    readings = [_resolve(found, clock) for clock in (past, future)]
    if readings[0] is None or readings[1] is None:
        return None
    before, after = (_reading(p, found.opener) for p in readings if p)
    calendar = "hijri" if readings[0].hijri else "gregorian"
    rough = found.last is None and _rough(found.first, readings[0].grain)
    return TimeReading(span, before, after, before != after, found.first.anaphoric, found.opener, calendar, rough)


def _rough(moment: Moment, grain: str) -> bool:
    edged = bool(moment.edges) and "weekend" not in moment.edges
    return edged or (moment.ago is not None and grain == "day" and all(unit == "month" for _, unit in moment.ago))


def _reading(period: Period, opener: str | None) -> Reading:
    begin = None if opener == "until" else period.text(period.begin)
    end = None if opener == "since" else period.text(period.end)
    return Reading(begin, end, period.grain)


def _resolve(found: TimeFound, clock: Clock) -> Period | None:
    first = clock.resolve(found.first)
    if found.last is None or first is None:
        return first
    last = clock.resolve(found.last)
    if last is None or first.begin is None or last.end is None:
        return None
    if last.end < first.begin and not first.yearless:
        last = _later(found, clock, first, last)
        if last is None or last.end is None or last.end < first.begin:
            return None
    return Period(first.begin, last.end, last.grain, first.yearless, first.hijri, first.zone or last.zone)


def _later(found: TimeFound, clock: Clock, first: Period, last: Period) -> Period | None:
    """The second end again, seen from the first: the weekday after it, the date in its year or the next."""
    assert found.last and first.begin
    if not found.last.is_date() and last.begin and last.end:
        one = timedelta(days=1)
        return last._replace(begin=last.begin + one, end=last.end + one)
    if found.last.weekday is not None and found.last.month is None:
        return Clock(first.begin, False, True).resolve(found.last)
    for year in (first.begin.year, first.begin.year + 1):
        again = clock.resolve(replace(found.last, year=year, ryear=None))
        if again and again.end and again.end >= first.begin:
            return again
    return None
