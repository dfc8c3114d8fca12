"""The grammar of times with two ends."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg_builder.annotate.values.line import Line
from kg_builder.annotate.values.moment import Moment
from kg_builder.annotate.values.times import read_moment


@dataclass(frozen=True, slots=True)
class TimeFound:
    """The cells of a time: one moment, or from `first` to `last`; `opener` is since or until when an end is open."""

    begin: int
    end: int
    first: Moment
    last: Moment | None = None
    opener: str | None = None


def read_range(line: Line, p: int, opener: str | None) -> TimeFound | None:
    """The time with two ends that begins at cell `p`; `opener` is the kind of the word before it."""
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
    dated = (
        line.link(p) == "this"
        or line.sense(p).clock
        or line.sense(p).month
        or line.sense(p).date
        or line.sense(p).unit
        or day
    )
    if opener not in ("from", "between", "since") and not dated:
        return None
    first = read_moment(line, p)
    if not first or first[0].ago or first[0].rolling:
        return None
    if not first[0].is_date():
        dashed = line.link(first[1]) == "dash" and line.sense(first[1] + 1).clock is not None
        return _hours(line, p, first, "from" if dashed else opener) if dashed or opener in ("from", "between") else None
    if first[0].rweek is not None and (found := _days_of_week(line, p, first)):
        return found
    whole = first[0].month is not None and first[0].day is not None
    nxt = _connector(line, first[1], opener, loose=whole)
    return _second(line, p, nxt, first[0]) if nxt else None


def _days_of_week(line: Line, p: int, read: tuple[Moment, int]) -> TimeFound | None:
    """Next week from Tuesday to Thursday, between Wednesday and Friday."""
    week, e = read
    first = week
    if week.weekday is None and line.link(e) == "between":
        day = read_moment(line, e + 1)
        if day is None or day[0].weekday is None:
            return None
        first, e = replace(week, weekday=day[0].weekday), day[1]
    nxt = _connector(line, e, "between", loose=True)
    last = read_moment(line, nxt) if nxt and first.weekday is not None else None
    if last is None or last[0].weekday is None or last[0].month:
        return None
    return TimeFound(p, last[1], first, replace(first, weekday=last[0].weekday))


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
    read = read_moment(line, nxt) or _year_alone(line, nxt, first)
    if read is None or read[0].ago or read[0].rolling or not _alike(first, read[0]):
        return None
    last = read[0]
    if first.year is None and first.month is not None and last.month is not None:
        first.year, first.ryear = last.year, last.ryear
    elif first.year is not None and last.month is not None and not last.has_year():
        last.year = first.year
    if first.day is None and last.day and first.month and line.link(nxt - 1) != "dash":
        return TimeFound(p, read[1], first, last)
    return TimeFound(p, read[1], first, last)


def _year_alone(line: Line, p: int, first: Moment) -> tuple[Moment, int] | None:
    """A later year after "between the middle of 2007 and", where nothing but a year is expected."""
    found = line.year_number(p) if first.year and first.month is None and first.day is None else None
    return (Moment(year=found[0]), found[1]) if found and first.year and found[0] > first.year else None


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
    paired = line.sense(p - 1).unit == "year" and line.sense(p - 1).count == 2
    if (opener in ("from", "between") and not paired and not line.uncounted(nxt)) or not year >= 1800:
        return None
    return TimeFound(p, nxt + 1, Moment(year=year), Moment(year=last))


def _with_day(moment: Moment, day: int) -> Moment:
    if moment.hijri and moment.month is None:
        return replace(moment, hijri=(day, *moment.hijri[1:]), weekday=None)
    return replace(moment, day=day, weekday=None)


def _connector(line: Line, e: int, opener: str | None, loose: bool) -> int | None:
    """The cell where the second end begins, when cell `e` joins two ends; `loose` asks for no opening word."""
    link = line.link(e)
    bare = not line.cells[e].conj or (link == "until" and opener in ("from", "since"))
    if link in ("to", "until") and bare and (loose or opener in ("from", "since", "between")):
        q = e + 1
        return q + 1 if line.link(q) == "in" else q
    if link == "dash" and (loose or opener in ("from", "since", "between", "in")):
        return e + 1
    if line.cells[e].conj and opener == "between":
        return e
    if line.cells[e].clitic == "ل" and opener == "from":
        return e
    return None
