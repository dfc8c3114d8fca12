"""The grammar of days: weekdays, today and yesterday, days of a month. A rule gives the cell after its words, or 0."""

from __future__ import annotations

from kg_builder.annotate.values.dates import date_cell, month
from kg_builder.annotate.values.line import Line
from kg_builder.annotate.values.moment import Moment
from kg_builder.annotate.values.numerals import cardinal
from kg_builder.annotate.values.ordinals import ordinal
from kg_builder.annotate.values.units_of_time import relative


def relative_day(line: Line, p: int, m: Moment) -> int:
    sense = line.sense(p)
    if sense.night:
        if line.sense(p + 1).block == "after":
            return 0
        shift = line.sense(p + 1).shift if line.cells[p + 1].article or line.sense(p + 1).shift == -2 else None
        m.rday, m.part = shift or 0, (20, 23)
        return p + 1 if shift is None else p + 2
    after = line.sense(p + 1)
    if sense.dependent and not _tomorrow(line, p, m):
        return 0
    if sense.spoken and not line.clause_ends(p) and line.sense(p + 1).part is None:
        return 0
    if sense.rday == 0:
        place = ordinal(line.cells, p + 1) if line.cells[p + 1].article else None
        if place or after.link == "last":
            m.nth = (int(place.value) if place else -1, "day")
            end = place.end if place else p + 2
            return end if line.link(end) in ("from", "in") else 0
        if after.shift is not None and line.cells[p + 1].article:
            m.rday, m.anaphoric = after.shift, after.anaphoric
            return p + 2
        if after.block == "after" or after.rday == 2 or line.sense(p - 1).block == "before":
            m.rday = after.rday
            return p + 2 if after.rday == 2 else 0
    m.rday = sense.rday
    return p + 1


def _tomorrow(line: Line, p: int, m: Moment) -> bool:
    """Whether the word for tomorrow, also a name, stands among other words of time."""
    before, after = line.sense(p - 1), line.sense(p + 1)
    dated = m.part or before.unit == "day" or before.part or (after.weekday is not None and line.cells[p + 1].article)
    return bool(dated or line.cells[p].clitic or (before.link in ("since", "until") and not line.cells[p].article))


def weekday(line: Line, p: int, m: Moment) -> int:
    cell = line.cells[p]
    sense = cell.sense
    if (
        sense.unit == "day"
        and sense.count in (1, 2)
        and line.sense(p + 1).weekday is not None
        and line.cells[p + 1].article
    ):
        return weekday(line, p + 1, m)
    if sense.weekday is None:
        return 0
    q = p + 1
    week = line.sense(q).unit == "week" and line.cells[q].article
    if not cell.article:
        if not week:
            return 0
    elif line.sense(q).role == "ten" and line.bare(q):
        return 0
    m.weekday = sense.weekday
    nxt = line.cells[q]
    if (nxt.sense.shift is not None and nxt.article) or nxt.sense.shift in (-2, 2):
        m.weekday_shift, m.anaphoric = nxt.sense.shift, m.anaphoric or nxt.sense.anaphoric
        return q + 1
    return _ordinal_after_weekday(line, q, m) or q


def _ordinal_after_weekday(line: Line, q: int, m: Moment) -> int:
    """The ordinal after a weekday is its place in a month, or the day of the month when it is beyond the fifth."""
    if line.link(q) == "last" and line.link(q + 1) in ("from", "in"):
        m.nth = (-1, "weekday")
        return q + 1
    comma = line.link(q) in ("comma", "in")
    found = line.day_number(q + comma)
    if found is None or (line.sense(q + comma).ordinal == 1 and not line.cells[q + comma].article):
        number = cardinal(line.cells, q + 1) if line.link(q) == "in" else None
        if number and 1 <= number.value <= 31 and line.clause_ends(number.end - 1):
            m.day = int(number.value)
            return number.end
        return 0
    day, end = found
    if line.sense(end).part is not None and line.bare(end):
        return 0
    plain = line.plain(q + comma) is not None
    if (line.link(end) in ("from", "in") and (plain or day > 5 or comma)) or line.sense(end).month:
        return 0
    if plain or day > 5:
        if plain and not (line.clause_ends(end - 1) or line.link(end)):
            return 0
        m.day = day
        return end
    if not comma:
        m.nth = (day, "weekday")
    return end if not comma else 0


def named_day(line: Line, p: int, m: Moment) -> int:
    """ "the day" before a relative day, or before the number of a day."""
    sense = line.sense(p)
    if sense.unit != "day" or sense.count != 1 or line.cells[p].article:
        return 0
    q = p + 1
    if line.sense(q).rday is not None:
        return relative_day(line, q, m)
    end = date_cell(line, q, m) if line.sense(q).date or line.sense(q).pair else day_month(line, q, m)
    if end:
        return end
    day = line.plain(q)
    if day and 1 <= day <= 31 and (line.clause_ends(q) or line.link(q + 1)):
        m.day = day
        return q + 1
    return 0


def day_month(line: Line, p: int, m: Moment) -> int:
    found = line.day_number(p)
    if found is None:
        return 0
    day, q = found
    if line.sense(p).ordinal and not line.cells[p].article and line.sense(q).month is None:
        return 0
    later = line.link(q) == "in" and line.sense(q + 1).unit == "month" and line.sense(q + 2).shift is not None
    if line.link(q) == "from" or later:
        q += 1
    old, m.day = m.day, day
    end = month(line, q, m, of_day=True)
    if not end and (line.sense(q).unit == "month" or (line.link(q) == "this" and line.sense(q + 1).unit == "month")):
        end = relative(line, q, m, implicit=line.link(q - 1) == "from")
    if not end:
        m.day = old
        return _day_alone(line, p, m)
    return end


def _day_alone(line: Line, p: int, m: Moment) -> int:
    """ "on the 15th" with nothing after it that could be counted."""
    day = line.plain(p)
    if day is None or m.is_date() or line.link(p - 1) != "in" or line.cells[p].conj or not 1 <= day <= 31:
        return 0
    following = line.after(p)
    if following not in ("", ".") or line.cells[p].norm == "0":
        return 0
    m.day, m.bare_day = day, True
    return p + 1
