"""The grammar of distances in time: so long ago, the last three days, the first Monday of.

A rule gives the cell after its words, or 0.
"""

from __future__ import annotations

from kg_builder.annotate.values.days import day_month
from kg_builder.annotate.values.line import Line
from kg_builder.annotate.values.moment import Moment
from kg_builder.annotate.values.numerals import cardinal


def ago(line: Line, p: int, m: Moment) -> int:
    """So long ago, after so long; not "so long before something else"."""
    counted = distance(line, p)
    if counted is None:
        return 0
    parts, q = counted
    if line.link(q) == "from" and line.link(q + 1) == "now":
        m.from_now = True
        q += 2
    elif line.link(q) in ("from", "over", "other") and not _names_doer(line, q):
        return 0
    if line.link(p) == "from" and not line.clause_ends(q - 1):
        return 0
    m.ago, m.sign = tuple(parts), 1 if line.link(p) == "after" else -1
    return q


def bounded(line: Line, p: int) -> bool:
    """Whether what is counted from cell `p` on is only the least or the most."""
    return line.sense(p).bound in ("atLeast", "atMost") and not line.sense(p).bound_after


def _names_doer(line: Line, q: int) -> bool:
    """Whether "from" goes on with "before", which together name who did it."""
    return line.link(q) == "from" and line.link(q + 1) == "before" and line.span_of_time(q + 2) is None


def distance(line: Line, p: int) -> tuple[list[tuple[float, str]], int] | None:
    """How much time is counted from the word for before, after or since at cell `p`, and the cell after it."""
    q = p + 1
    if (line.link(p) == "after" and line.link(p - 1) == "over") or line.cells[p].clitic:
        return None
    if line.sense(q).bound and not line.sense(q).bound_after:
        q += 1
    parts: list[tuple[float, str]] = []
    while (found := line.span_of_time(q)) and (not parts or line.cells[q].conj):
        parts.append(found[:2])
        q = found[2]
    if not parts:
        return None
    half = line.sense(q)
    if half.role == "fraction" and line.cells[q].conj:
        parts[-1] = (parts[-1][0] + (half.number or 0), parts[-1][1])
        q += 2 if line.sense(q + 1).unit and line.cells[q + 1].article else 1
    merely = line.sense(q).block == "merely" or line.sense(q).bound_after
    return parts, q + (merely and line.link(q + 1) in ("from", "over"))


def rolling(line: Line, p: int, m: Moment) -> int:
    """The last three days, the coming two weeks."""
    cell = line.cells[p]
    count, unit, q = 0.0, "", p + 1
    if cell.sense.unit and cell.article and cell.sense.count in (0, 2):
        unit, count = cell.sense.unit, 2.0 if cell.sense.count == 2 else 0.0
        if not count:
            number = cardinal(line.cells, q) if line.bare(q) else None
            count, q = (number.value, number.end) if number else (0.0, q)
    elif cell.sense.link == "last" and (found := line.span_of_time(q)) and (found[0] > 1 or line.sense(q).role):
        m.rolling = (int(found[0]), found[1], -1)
        return found[2]
    elif cell.article and cell.sense.role:
        number = cardinal(line.cells, p)
        if number and line.sense(number.end).unit and line.bare(number.end):
            count, unit, q = number.value, line.sense(number.end).unit or "", number.end + 1
    shift = line.sense(q).shift
    if not count or not shift or not line.cells[q].article:
        return 0
    m.rolling, m.anaphoric = (int(count), unit, 1 if shift > 0 else -1), line.sense(q).anaphoric
    return q + 1


def week_around(line: Line, p: int, m: Moment) -> int:
    """The week of 16 September."""
    if line.sense(p).unit != "week" or line.sense(p).count != 1 or line.cells[p].article or not line.bare(p + 1):
        return 0
    m.week_of = True
    end = day_month(line, p + 1, m)
    if not end or m.bare_day:
        m.week_of, m.day, m.bare_day = False, None, False
        return 0
    return end


def nth(line: Line, p: int, m: Moment) -> int:
    """The first week of, the last Monday in: a place within a longer time that must follow."""
    cell, q = line.cells[p], p + 1
    index = -1 if cell.sense.link == "last" else cell.sense.ordinal
    if index and not cell.article:
        day = line.sense(q).unit == "day" and line.sense(q).count == 1
        inner = q + 1 if day and line.sense(q + 1).weekday is not None else q
        if line.sense(inner).weekday is not None and (
            line.link(inner + 1) in ("from", "in") or line.cells[inner + 1].clitic
        ):
            m.weekday, m.nth = line.sense(inner).weekday, (index, "weekday")
            return inner + 1
        unit = line.sense(q).unit
        if unit in ("day", "week", "month") and line.sense(q).count == 1 and not line.cells[q].article:
            m.nth = (index, unit)
            return q + 1 if line.link(q + 1) in ("from", "in") or line.cells[q + 1].clitic == "ب" else 0
        return 0
    if cell.article and cell.sense.unit in ("week", "month") and cell.sense.count == 1:
        nxt = line.cells[q]
        place = -1 if nxt.sense.link == "last" else nxt.sense.ordinal if nxt.article else None
        if place and line.link(q + 1) == "from":
            m.nth = (place, cell.sense.unit)
            return q + 1
    return 0
