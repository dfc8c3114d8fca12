"""Times with two ends or an open one, and their readings to the past and to the future."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg_builder.annotate.values.line import Line
from kg_builder.annotate.values.moment import Moment, Period
from kg_builder.annotate.values.resolve import Clock
from kg_builder.annotate.values.times import read_moment
from kg_builder.model import Span

_OPENERS = frozenset(["since", "until", "ago", "for", "after"])


@dataclass(frozen=True, slots=True)
class TimeFound:
    """The cells of a time: one moment, or from `first` to `last`; `opener` is since or until when an end is open."""

    begin: int
    end: int
    first: Moment
    last: Moment | None = None
    opener: str | None = None


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
    """

    span: Span
    past: Reading
    future: Reading
    ambiguous: bool
    anaphoric: bool
    opener: str | None
    calendar: str

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
    opener = line.link(p - 1) if not line.sense(p).link or line.sense(p).link == "this" else None
    sense = line.sense(p)
    pair = sense.unit in ("year", "day", "month") and sense.count == 2 and line.cells[p].norm.endswith("ي")
    q = p + 1 if pair else p
    found = _range(line, q, "between" if pair else opener)
    if found:
        return replace(found, begin=p)
    if pair:
        return None
    read = read_moment(line, p) or _day_dash_month(line, p)
    if read is None:
        return None
    if read[0].ago:
        opener = "after" if read[0].sign > 0 else "for" if line.link(p) == "since" else "ago"
    return TimeFound(p, read[1], read[0], None, opener if opener in _OPENERS else None)


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


def _range(line: Line, p: int, opener: str | None) -> TimeFound | None:
    year = line.plain(p) if not line.cells[p].sense.date else None
    if year and 1000 <= year <= 2100 and (found := _years(line, p, year, opener)):
        return found
    day = line.day_number(p) if line.sense(p).role or line.sense(p).ordinal else None
    if day and (nxt := _connector(line, day[1], opener, loose=True)):
        last = read_moment(line, nxt)
        if last and last[0].day and (last[0].month or last[0].rmonth is not None or last[0].hijri):
            return TimeFound(p, last[1], _with_day(last[0], day[0]), last[0])
        if last and last[0].hijri and last[0].hijri[0] and last[0].hijri[1]:
            return TimeFound(p, last[1], _with_day(last[0], day[0]), last[0])
    dated = line.sense(p).month or line.sense(p).date or line.sense(p).unit or day
    if opener not in ("from", "between", "since") and not dated:
        return None
    first = read_moment(line, p)
    if not first or first[0].ago or first[0].rolling:
        return None
    if not first[0].is_date():
        return _hours(line, p, first, opener) if opener in ("from", "between") else None
    whole = first[0].month is not None and first[0].day is not None
    nxt = _connector(line, first[1], opener, loose=whole)
    return _second(line, p, nxt, first[0]) if nxt else None


def _hours(line: Line, p: int, first: tuple[Moment, int], opener: str | None) -> TimeFound | None:
    """From one hour to another; the day told after the second is that of both."""
    nxt = _connector(line, first[1], opener, loose=False)
    last = read_moment(line, nxt) if nxt else None
    if last is None or not first[0].clock or not last[0].clock:
        return None
    part = first[0].part or last[0].part
    return TimeFound(p, last[1], replace(last[0], clock=first[0].clock, part=part), last[0])


def _second(line: Line, p: int, nxt: int, first: Moment) -> TimeFound | None:
    day = line.plain(nxt)
    if first.month and first.day and day and first.day < day <= 31:
        last = replace(first, day=day, weekday=None)
        found = read_moment(line, nxt)
        if not (found and found[0].month):
            end = nxt + 1
            year = line.year_number(end)
            if year and first.year is None:
                first.year = last.year = year[0]
                end = year[1]
            return TimeFound(p, end, first, last)
    read = read_moment(line, nxt)
    if read is None or read[0].ago or read[0].rolling or not _alike(first, read[0]):
        return None
    last = read[0]
    if first.year is None and first.month is not None and last.month is not None:
        first.year, first.ryear = last.year, last.ryear
    if first.day is None and last.day and first.month and line.link(nxt - 1) != "dash":
        return TimeFound(p, read[1], first, last)
    return TimeFound(p, read[1], first, last)


def _alike(first: Moment, last: Moment) -> bool:
    """Whether two moments can be the ends of one range: of one kind, or both whole dates."""
    if first.weekday is not None and first.month is None:
        return last.weekday is not None
    if first.rday is not None:
        return last.is_date()
    if first.month is not None:
        return last.month is not None
    if first.hijri:
        return last.hijri is not None
    return any(
        getattr(first, k) is not None and getattr(last, k) is not None
        for k in ("year", "ryear", "rmonth", "rweek", "decade", "century", "holiday")
    )


def _years(line: Line, p: int, year: int, opener: str | None) -> TimeFound | None:
    nxt = _connector(line, p + 1, opener, loose=True)
    if nxt is None and line.link(p + 1) == "slash":
        nxt = p + 2
    last = line.plain(nxt) if nxt is not None else None
    if nxt is None or last is None or not year < last <= 2100:
        return None
    if (line.link(nxt - 1) == "slash" and last != year + 1) or (not opener and line.link(nxt - 1) == "to"):
        return None
    if line.sense(nxt + 1).noun or line.sense(nxt + 1).role or line.sense(nxt + 1).measure or line.sense(nxt + 1).unit:
        return None
    if (opener in ("from", "between") and not line.uncounted(nxt)) or not year >= 1800:
        return None
    return TimeFound(p, nxt + 1, Moment(year=year), Moment(year=last))


def _with_day(moment: Moment, day: int) -> Moment:
    if moment.hijri and moment.month is None:
        return replace(moment, hijri=(day, *moment.hijri[1:]), weekday=None)
    return replace(moment, day=day, weekday=None)


def _connector(line: Line, e: int, opener: str | None, loose: bool) -> int | None:
    """The cell where the second end begins, when cell `e` joins two ends; `loose` asks for no opening word."""
    link = line.link(e)
    if link in ("to", "until") and not line.cells[e].conj and (loose or opener in ("from", "since", "between")):
        q = e + 1
        return q + 1 if line.link(q) == "in" else q
    if link == "dash" and (loose or opener in ("from", "since", "between", "in")):
        return e + 1
    if line.cells[e].conj and opener == "between":
        return e
    if line.cells[e].clitic == "ل" and opener == "from":
        return e
    return None


def interpret(found: TimeFound, span: Span, past: Clock, future: Clock) -> TimeReading | None:
    """Both readings of a time; None when no reference tells what it is."""
    readings = [_resolve(found, clock) for clock in (past, future)]
    if readings[0] is None or readings[1] is None:
        return None
    before, after = (_reading(p, found.opener) for p in readings if p)
    calendar = "hijri" if readings[0].hijri else "gregorian"
    return TimeReading(span, before, after, before != after, found.first.anaphoric, found.opener, calendar)


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
    return Period(first.begin, last.end, last.grain, first.yearless, first.hijri)


def _later(found: TimeFound, clock: Clock, first: Period, last: Period) -> Period | None:
    """The second end again, seen from the first: the weekday after it, the date in its year or the next."""
    assert found.last and first.begin
    if found.last.weekday is not None and found.last.month is None:
        return Clock(first.begin, False, True).resolve(found.last)
    for year in (first.begin.year, first.begin.year + 1):
        again = clock.resolve(replace(found.last, year=year, ryear=None))
        if again and again.end and again.end >= first.begin:
            return again
    return None
