"""The grammar of months, years and dates in figures. A rule gives the cell after its words, or 0."""

from __future__ import annotations

from kg_builder.annotate.values.line import Line
from kg_builder.annotate.values.moment import Moment

_PARTICLES = frozenset("وفبل")
_TIME_LINKS = frozenset(["in", "since", "until", "between", "before", "after"])


def date_cell(line: Line, p: int, m: Moment) -> int:
    sense = line.sense(p)
    if sense.pair:
        return _slash_date(line, p, m)
    year, month, day = sense.date or (None, None, None)
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return 0
    if year is not None and 1300 <= year <= 1500 and day is not None:
        m.hijri = (day, month or 1, year)
    else:
        m.year, m.month, m.day = year, month, day
    if sense.clock:
        m.clock = sense.clock
    return p + 2 if m.hijri and line.link(p + 1) == "hijri" else p + 1


def spaced_date(line: Line, p: int, m: Moment) -> int:
    """28/ 10/ 1436: figures with spaces around the slashes."""
    if line.link(p + 1) != "slash" or line.link(p + 3) != "slash":
        return 0
    day, month_, year = line.plain(p), line.plain(p + 2), line.plain(p + 4)
    if not day or not month_ or not year or not (day <= 31 and month_ <= 12 and 1300 <= year <= 2200):
        return 0
    if year <= 1500:
        m.hijri = (day, month_, year)
    else:
        m.day, m.month, m.year = day, month_, year
    return p + 6 if line.link(p + 5) == "hijri" else p + 5


def _slash_date(line: Line, p: int, m: Moment) -> int:
    """4/22 and 22/4 are days; 5/3 is one only where a day is expected."""
    first, second = line.sense(p).pair or (0, 0)
    if not (1 <= min(first, second) <= 12 and max(first, second) <= 31):
        return 0
    expected = (
        line.link(p - 1) in ("in", "since", "until") or line.sense(p - 1).unit == "day" or line.sense(p - 1).weekday
    )
    if max(first, second) <= 12 and not (
        expected or "0" in (line.cells[p].norm[0], line.cells[p].norm.split("/")[1][0])
    ):
        return 0
    m.day, m.month = (second, first) if second > 12 else (first, second)
    return p + 1


def month(line: Line, p: int, m: Moment, of_day: bool = False) -> int:
    named = line.sense(p).unit == "month" and line.sense(p).count == 1
    q = p + 1 if named else p
    sense = line.sense(q)
    if sense.month is None:
        return _month_number(line, q, m, of_day or bool(m.edges) or m.nth is not None) if named else 0
    if line.cells[q].conj and q == p and of_day:
        return 0
    end = _other_name(line, q)
    strong = named or of_day or bool(m.edges) or bool(m.nth) or not sense.weak or end > q + 1
    shifted = line.sense(end).shift is not None and (line.cells[end].article or abs(line.sense(end).shift or 0) == 2)
    if not strong and not shifted and line.year_number(end, 1300) is None and not line.cells[q].clitic:
        known = line.link(q - 1) in _TIME_LINKS and not (sense.hijri and sense.month in (2, 7))
        if not known:
            return 0
    if sense.hijri:
        m.hijri = (m.day, sense.month, None)
        if m.month is None:
            m.day = None
    else:
        m.month = sense.month
    if shifted:
        m.month_shift = line.sense(end).shift
        return end + 1
    return end


def _other_name(line: Line, p: int) -> int:
    """Past a month and the same month under its other name, after a slash or in parentheses."""
    month, q = line.sense(p).month, p + 1
    mark = line.link(q)
    if mark in ("slash", "dash", "open") and line.sense(q + 1).month == month:
        return q + 3 if mark == "open" and line.link(q + 2) == "close" else q + 2
    return q + 1 if line.sense(q).month == month and line.bare(q) and not line.sense(q).hijri else q


def _month_number(line: Line, q: int, m: Moment, expected: bool) -> int:
    """The number of a month after the word for month: "month 3", "the eighth month"."""
    cell = line.cells[q]
    number = line.plain(q)
    if number is None and cell.article and cell.sense.ordinal and expected:
        number = cell.sense.ordinal
    elif (
        number is None
        and cell.sense.role in ("unit", "ten")
        and cell.sense.number != 1
        and not cell.article
        and line.bare(q)
    ):
        number = int(cell.sense.number or 0)
    if number is None or not 1 <= number <= 12 or line.cells[q].conj or line.sense(q + 1).unit not in (None, "year"):
        return 0
    m.month = number
    return q + 1


def day_after_month(line: Line, p: int, m: Moment) -> int:
    """July 13; September the twenty-first."""
    named = line.sense(p - 2).unit == "month" and line.sense(p - 1).month is not None
    found = line.day_number(p) if line.bare(p) and line.link(p - 1) not in ("from", "in") else None
    if found is None or m.month_shift is not None or named:
        return 0
    day, end = found
    if line.plain(p) is not None and not (line.clause_ends(end - 1) or line.link(end)):
        return 0
    m.day = day
    return end


def year_named(line: Line, p: int, m: Moment) -> int:
    """ "the year 2018", "in 1440 of the Hijra"."""
    sense = line.sense(p)
    named = sense.unit == "year" and sense.count == 1 and sense.factor == 1
    if not named:
        found = line.year_number(p)
        return set_year(m, found) if found and found[2] and m.year is None else 0
    found = line.year_number(p + 1, 10 if line.link(p + 2) == "hijri" else 100) if line.bare(p + 1) else None
    return set_year(m, found) if found else 0


def set_year(m: Moment, found: tuple[int, int, bool]) -> int:
    year, end, hijri = found
    if m.hijri and m.hijri[2] is None and m.month is None and (hijri or 1300 <= year <= 1500):
        m.hijri = (m.hijri[0], m.hijri[1], year)
    elif hijri:
        m.hijri = m.hijri or (None, 0, year)
    elif 1400 <= year <= 1460 and m.month is None:
        m.hijri = (None, 0, year)
    else:
        m.year = year
    return end


def year_after(line: Line, p: int, m: Moment) -> int:
    if (
        m.year is not None
        or m.ryear is not None
        or (m.rday is not None and m.month is None and not m.hijri)
        or m.rweek is not None
        or (m.month is None and m.hijri and m.hijri[2])
    ):
        return 0
    end = year_named(line, p, m)
    if end:
        return end
    dated = m.month is not None or m.hijri or m.season or m.quarter or m.half or m.holiday
    found = line.year_number(p, dated=True) if dated and line.bare(p) else None
    if found is None or line.sense(found[1]).noun or line.sense(found[1]).measure:
        return 0
    return set_year(m, found)


def bare_year(line: Line, p: int, m: Moment) -> int:
    """A figure that no noun follows and that can be a year."""
    cell = line.cells[p]
    if cell.clitic == "ب" or cell.article or cell.sense.role not in ("digits", "scale"):
        return 0
    found = line.year_number(p)
    if found is None or line.sense(found[1]).role or line.sense(found[1]).unit or line.sense(found[1]).noun:
        return 0
    year, end, _ = found
    linked = line.link(p - 1) in ("in", "since", "until", "before", "after")
    linked = linked and (line.sense(p - 1).bound != "atMost" or year > 2000)
    last = end - 1
    if line.link(last) == "christian" and last > p:
        fits = True
    elif cell.sense.role == "scale":
        fits = line.link(p - 1) == "in" and line.clause_ends(last)
    elif linked:
        bare = line.uncounted(last) or (2000 < year <= 2050 and line.after(last)[0] in _PARTICLES)
        fits = 1000 <= year <= 2100 and (bare or (1900 <= year <= 2099 and line.link(p - 1) not in ("after", "until")))
    else:
        before = line.before(p)
        heads = line.link(end) == "dash" and not line.sense(end + 1).role and before in ("", ".")
        worded = heads or (bool(before) and (before[0].isalpha() or before in '()«"،'))
        fits = (
            1900 <= year <= 2050
            and worded
            and line.uncounted(last)
            and line.link(end) != "from"
            and line.sense(p - 1).block != "number"
        )
    if not fits or line.sense(end).code or line.link(end) == "percent" or line.sense(p - 1).code:
        return 0
    return set_year(m, found)
