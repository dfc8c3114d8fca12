"""Hours, minutes and parts of the day."""

from __future__ import annotations

import re

from kg_builder.annotate.values.line import Line
from kg_builder.annotate.values.moment import Moment
from kg_builder.annotate.values.numerals import cardinal
from kg_builder.annotate.values.ordinals import ordinal

_FIGURES = re.compile("([01]?[0-9]|2[0-3])([.,،]?)([0-5][0-9])")


def read_part(line: Line, p: int, m: Moment) -> int:
    """The part of a day at cell `p`, also "this evening"; the cell after it, or 0."""
    this = line.link(p) == "this"
    cell = line.cells[p + this]
    if cell.sense.night and (this or m.clock):
        m.part = (20, 23)
        return p + this + 1
    if cell.sense.part is None or (this and not cell.article):
        return 0
    if cell.article and not this and not m.clock and not cell.clitic and line.link(p - 1) != "in":
        return 0
    m.part = cell.sense.part
    q = p + this + 1
    # "the night of Friday to Saturday" is that of the first
    joint = line.link(q + 1) in ("dash", "slash", "to")
    first, second = line.cells[q], line.cells[q + 1 + joint]
    bare = line.bare(q + 1 + joint)
    if first.sense.weekday is not None and second.sense.weekday is not None and bare and m.weekday is None:
        m.weekday = first.sense.weekday
        return q + 2 + joint
    return q


def read_clock(line: Line, p: int, m: Moment) -> int:
    """The hour at cell `p`, "15:30" or "the third in the afternoon"; the cell after it, or 0."""
    cell = line.cells[p]
    if cell.sense.clock:
        m.clock = cell.sense.clock
        return p + 1
    q = p + 1 if cell.sense.hour_word else p
    named = cell.sense.hour_word
    if named and line.sense(q).clock:
        m.clock = line.sense(q).clock
        return q + 1
    figure = _written(line, q, named)
    if figure:
        m.clock = figure
        return q + 1
    found = _hour(line, q, named)
    if found is None:
        return 0
    hour, end = found
    minute, after = _minutes(line, end)
    if minute is not None and minute < 0:
        hour, minute = hour - 1, 60 + minute
    if not named and minute is None and not _part_follows(line, end):
        return 0
    if not named and not _part_follows(line, after) and not cell.article:
        return 0
    m.clock = (hour, minute, None)
    return after if minute is not None else end


def _written(line: Line, p: int, named: bool) -> tuple[int, int, None] | None:
    """An hour that figures write without a colon: 1.30 after the word for hour, 13,00 and 0400 before a time zone."""
    zoned = line.sense(p + 1).zone is not None
    match = _FIGURES.fullmatch(line.sense(p).digits or "") if named or zoned else None
    if match is None or not (zoned or match[2]):
        return None
    return int(match[1]), int(match[3]), None


def _part_follows(line: Line, p: int) -> bool:
    q = p + 1 if line.link(p) in ("from", "in", "this") else p
    return line.sense(q).part is not None or (line.sense(q).night and q > p) or line.sense(p).zone is not None


def _hour(line: Line, p: int, named: bool) -> tuple[int, int] | None:
    cell = line.cells[p]
    if cell.conj and named:
        return None
    if cell.article and cell.sense.role == "unit" and cell.sense.number == 1:
        return 1, p + 1
    found = ordinal(line.cells, p) if cell.article else None
    if found is None and named and cell.sense.role and line.bare(p):
        found = cardinal(line.cells, p, join=False)
    if found is None or found.value != int(found.value) or not 0 < found.value <= 24:
        return None
    return int(found.value), found.end


def _minutes(line: Line, p: int) -> tuple[int | None, int]:
    """Minutes past the hour (negative before it) and the cell after them; None when none are told."""
    cell = line.cells[p]
    before = cell.sense.link == "except"
    q = p + 1 if before else p
    if not before and not cell.conj:
        return None, p
    sign, sense = (-1 if before else 1), line.sense(q)
    if sense.role == "fraction":
        return sign * round(60 * (sense.number or 0)), q + 1
    found = cardinal(line.cells, q)
    if found and line.sense(found.end).unit == "minute" and 0 < found.value < 60:
        return sign * int(found.value), found.end + 1
    return None, p
