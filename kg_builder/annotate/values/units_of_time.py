"""The grammar of quarters, seasons, decades, of "last week" and "the end of".

A rule gives the cell after its words, or 0.
"""

from __future__ import annotations

from kg_builder.annotate.values.dates import month, set_year, year_named
from kg_builder.annotate.values.line import Line
from kg_builder.annotate.values.moment import Moment
from kg_builder.annotate.values.ordinals import ordinal

_FIELD = {"week": "rweek", "month": "rmonth", "year": "ryear", "decade": "rdecade", "century": "rcentury"}


def quarter(line: Line, p: int, m: Moment) -> int:
    cell, nxt = line.cells[p], line.cells[p + 1]
    named = cell.sense.year_part if cell.article else None
    divisor = named or (cell.sense.divisor if cell.sense.role == "fraction" and cell.article else None)
    which = -1 if nxt.sense.link == "last" else nxt.sense.ordinal if nxt.article else None
    if divisor == 4 and not which and not named:
        return _relative_quarter(line, p, m)
    if divisor not in (2, 4) or not which or which > divisor:
        return 0
    which = divisor if which < 0 else which
    if divisor == 2 and line.link(p + 2) == "from" and not _year_follows(line, p + 3):
        m.edges.append(f"half{which}")
        return _inner(line, p + 3, m)
    if divisor == 4:
        m.quarter = which
    else:
        m.half = which
    q = p + 2
    if (divisor == 2 or named) and not (line.link(q) == "from" or line.year_number(q) or line.sense(q).unit == "year"):
        return 0
    if line.sense(q).shift is not None and line.cells[q].article:
        m.month_shift = line.sense(q).shift
        return q + 1
    return q


def _relative_quarter(line: Line, p: int, m: Moment) -> int:
    """This quarter, the last quarter."""
    nxt = line.cells[p + 1]
    shift = nxt.sense.shift if nxt.article else None
    if shift is None and line.link(p - 1) != "this":
        return 0
    m.rquarter = shift or 0
    return p + 1 if shift is None else p + 2


def decade(line: Line, p: int, m: Moment) -> int:
    sense = line.sense(p)
    if sense.unit == "decade" and sense.count == 1 and line.sense(p + 1).decade:
        p, sense = p + 1, line.sense(p + 1)
    if (place := _nth_decade(line, p)) and m.decade is None:
        m.decade = 10 * (place[0] - 1)
        return _century(line, place[1] + 1, m)
    if sense.decade is not None and m.decade is None:
        m.decade = sense.decade
        p += 1
        q = p + 1 if line.link(p) == "from" else p
        return _century(line, q, m) or p
    return _century(line, p, m)


def _year_follows(line: Line, p: int) -> bool:
    p += line.link(p) == "this"
    return line.sense(p).unit == "year" or line.year_number(p) is not None


def _nth_decade(line: Line, p: int) -> tuple[int, int] | None:
    """The third decade of a century that follows: (3, cell of "of")."""
    cell = line.cells[p]
    if cell.sense.unit != "decade" or not cell.article or cell.sense.count != 1:
        return None
    found = ordinal(line.cells, p + 1) if line.cells[p + 1].article else None
    if found is None or not 1 <= found.value <= 10 or line.link(found.end) != "from":
        return None
    return int(found.value), found.end


def _century(line: Line, p: int, m: Moment) -> int:
    cell = line.cells[p]
    if cell.sense.unit != "century" or not cell.article:
        return 0
    found = line.day_number(p + 1)
    if found and line.plain(p + 1) is None and found[0] <= 25:
        m.century = found[0]
        return found[1]
    return relative(line, p, m)


def season(line: Line, p: int, m: Moment) -> int:
    cell = line.cells[p]
    if cell.sense.season is None:
        return 0
    q = p + 1
    shift = line.sense(q).shift if line.cells[q].article else None
    this = line.link(p - 1) == "this"
    if shift is not None or (this and cell.article):
        m.season, m.month_shift = cell.sense.season, shift or 0
        return q + (shift is not None)
    m.season = cell.sense.season
    end = 0
    if not cell.article:
        found = line.year_number(q)
        end = set_year(m, found) if found and line.bare(q) else year_named(line, q, m) or relative(line, q, m)
    if not end or (m.year is None and m.ryear is None):
        m.season = None
        return 0
    return end


def relative(line: Line, p: int, m: Moment, implicit: bool = False) -> int:
    """Last week, this month, the coming year; after "the end of" also the plain "the month"."""
    this, same = line.link(p) == "this", line.link(p) == "same"
    q = p + (this or same)
    cell = line.cells[q]
    if this and cell.article and cell.sense.part:
        m.rday, m.part = 0, cell.sense.part
        return q + 1
    if this and cell.sense.night:
        m.rday, m.part = 0, (20, 23)
        return q + 1
    if this and cell.sense.rday == 0:
        m.rday = 0
        return q + 1
    if this and cell.article and cell.sense.divisor == 4:
        return _relative_quarter(line, q, m)
    if this and cell.sense.season and cell.article:
        m.season, m.month_shift = cell.sense.season, 0
        return q + 1
    if not cell.article or cell.sense.unit not in _FIELD or cell.sense.count != 1 or cell.sense.role:
        return 0
    after = line.cells[q + 1]
    shift = after.sense.shift if after.article or after.sense.shift in (-2, 2) else None
    named = after.sense.shift == 0 and after.sense.anaphoric and not same
    if (same or named) and cell.sense.unit in ("month", "year"):
        if line.link(q + 1 + named) == "from":
            return 0  # the same month of another year
        setattr(m, _FIELD[cell.sense.unit], 0)
        m.anaphoric = m.same = True
        return q + 1 + named
    if shift is None and not this and (not implicit or after.sense.block == "after"):
        return 0
    setattr(m, _FIELD[cell.sense.unit or ""], shift or 0)
    m.anaphoric = m.anaphoric or (shift is not None and after.sense.anaphoric)
    return q + 1 if shift is None else q + 2


def edge_of(line: Line, p: int, m: Moment) -> int:
    edge = line.sense(p).edge or ""
    if line.cells[p].article:
        return 0
    m.edges.append(edge)
    q = p + 1
    if edge == "weekend":
        shift = line.sense(q).shift
        m.rweek = shift or 0
        return q if shift is None else q + 1
    return 0 if line.sense(q).edge else _inner(line, q, m)


def _inner(line: Line, q: int, m: Moment) -> int:
    """The time that an edge or a half is of."""
    for rule in (month, year_named, decade, season):
        end = rule(line, q, m)
        if end:
            return end
    figure = line.year_number(q) if line.bare(q) and not line.cells[q].article else None
    if figure and 1900 <= figure[0] <= 2100 and line.uncounted(figure[1] - 1):
        return set_year(m, figure)
    return relative(line, q, m, implicit=True)
