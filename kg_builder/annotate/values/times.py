"""The grammar of times: which cells together name a moment."""

from __future__ import annotations

from kg_builder.annotate.values.dates import (
    bare_year,
    date_cell,
    day_after_month,
    month,
    spaced_date,
    year_after,
    year_named,
)
from kg_builder.annotate.values.days import day_month, named_day, relative_day, weekday
from kg_builder.annotate.values.distances import ago, bounded, distance, nth, rolling, week_around
from kg_builder.annotate.values.hours import read_clock, read_part
from kg_builder.annotate.values.line import Line
from kg_builder.annotate.values.moment import Moment
from kg_builder.annotate.values.units_of_time import decade, edge_of, quarter, relative, season

_RULES = (
    week_around,
    rolling,
    nth,
    weekday,
    day_month,
    month,
    year_named,
    quarter,
    decade,
    season,
    relative,
    named_day,
)
_NUMBER_RULES = (rolling, day_month, year_named)  # those that may begin with digits


def read_moment(line: Line, p: int) -> tuple[Moment, int] | None:
    """The moment whose words begin at cell `p`, as many words as go together, and the cell after it."""
    m = Moment()
    end = _first(line, p, m)
    if not end:
        return None
    while further := _more(line, end, m):
        end = further
    return (m, end) if _complete(line, m, end) else None


def _complete(line: Line, m: Moment, end: int) -> bool:
    if m.decade is not None and line.link(end) == "from" and line.sense(end + 1).block == "age":
        return False
    if m.nth:
        return m.weekday is not None or any(x is not None for x in (m.month, m.rmonth, m.year, m.ryear, m.hijri))
    if m.edges:
        return any(
            x is not None
            for x in (m.month, m.rmonth, m.year, m.ryear, m.rweek, m.decade, m.century, m.rcentury, m.rdecade, m.hijri)
        )
    return m.now or m.is_date() or (m.clock is not None)


def _first(line: Line, p: int, m: Moment) -> int:
    """The first words of a time; 0 when there are none."""
    sense, cell = line.sense(p), line.cells[p]
    if sense.date or sense.pair:
        return date_cell(line, p, m)
    if sense.digits is not None and (end := spaced_date(line, p, m)):
        return end
    if sense.rday is not None or sense.night:
        return relative_day(line, p, m)
    if sense.holiday:
        m.holiday = sense.holiday
        shifted = line.sense(p + 1).shift is not None and line.cells[p + 1].article
        m.month_shift = line.sense(p + 1).shift if shifted else None
        return p + 1 + shifted
    if sense.edge:
        return edge_of(line, p, m)
    if sense.link in ("before", "after", "since", "from"):
        return ago(line, p, m) or _apart(line, p, m)
    if sense.link == "now":
        m.now = True
        return p + 1
    for rule in _NUMBER_RULES if sense.digits is not None else _RULES:
        end = rule(line, p, m)
        if end:
            return end
    if cell.sense.part:
        return read_part(line, p, m)
    return read_clock(line, p, m) or bare_year(line, p, m)


def _apart(line: Line, p: int, m: Moment) -> int:
    """So long before or after a date: "two days before 5 March"."""
    counted = distance(line, p) if line.link(p) in ("before", "after") else None
    if counted is None or bounded(line, p + 1) or line.link(counted[1]) not in ("from", "over"):
        return 0
    read = read_moment(line, counted[1] + 1)
    if read is None or read[0].ago or not read[0].is_date():
        return 0
    m.anchor, m.ago, m.sign = read[0], tuple(counted[0]), 1 if line.link(p) == "after" else -1
    return read[1]


def _more(line: Line, p: int, m: Moment) -> int:
    """Words that go on with the time from cell `p`; 0 when none do."""
    sense = line.sense(p)
    if sense.zone is not None and m.clock and not m.zone:
        m.zone = sense.zone
        return p + 1
    if line.cells[p].conj:
        return 0
    if sense.link == "open" and line.link(p + 2) == "close" and m.weekday is None and m.is_date():
        weekday_too = line.sense(p + 1).weekday is not None and line.cells[p + 1].article
        return p + 3 if weekday_too and (m.rday is not None or m.day is not None) else 0
    if sense.link == "open" and line.link(p + 1) == "match":
        return _after_link(line, p + 2, m)
    if sense.link in ("comma", "in", "from", "match", "dash") and sense.bound is None:
        if sense.link == "dash" and not (m.weekday is not None and line.day_number(p + 1)):
            return 0
        return _after_link(line, p + 1, m, comma=sense.link == "comma")
    return _after_link(line, p, m)


def _after_link(line: Line, p: int, m: Moment, comma: bool = False) -> int:
    sense = line.sense(p)
    if line.cells[p].conj:
        return 0
    if sense.date and not m.clock:
        return date_cell(line, p, m) if m.month is None and m.year is None else 0
    if sense.digits is not None and m.month is None and m.year is None and (end := spaced_date(line, p, m)):
        return end
    if sense.rday is not None and m.rday is None and m.month is None and not comma and m.weekday is None:
        return relative_day(line, p, m)
    if (m.weekday is None and m.rday is None) or (m.weekday is None and m.month is None):
        end = weekday(line, p, m)
        if end:
            return end
    if m.day is None and m.month is None and m.hijri is None and not m.edges and not m.nth:
        end = day_month(line, p, m) or named_day(line, p, m)
        if end:
            return end
    if m.month is None and m.hijri is None and m.rmonth is None and m.rweek is None and not (comma and m.year):
        end = month(line, p, m)
        if end:
            return end
    if line.link(p - 1) == "match" and m.month is None and (end := day_month(line, p, m)):
        return end
    if m.month is not None and m.day is None and not m.edges and not m.nth and m.year is None and not comma:
        end = day_after_month(line, p, m)
        if end:
            return end
    end = year_after(line, p, m)
    if end or comma:
        return end
    end = quarter(line, p, m) if m.quarter is None and m.half is None and m.rquarter is None and m.month is None else 0
    end = end or (decade(line, p, m) if (m.century is None and m.edges) or m.decade is not None else 0)
    end = end or (relative(line, p, m) if _open_unit(m) else 0)
    return end or (read_part(line, p, m) if m.part is None else 0) or (read_clock(line, p, m) if m.clock is None else 0)


def _open_unit(m: Moment) -> bool:
    return m.rweek is None and m.rmonth is None and m.ryear is None and m.year is None
