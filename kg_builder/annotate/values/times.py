"""The grammar of times: which cells together name a moment."""

from __future__ import annotations

from kg_builder.annotate.values.hours import read_clock, read_part
from kg_builder.annotate.values.line import Line
from kg_builder.annotate.values.moment import Moment
from kg_builder.annotate.values.numerals import cardinal

_FIELD = {"week": "rweek", "month": "rmonth", "year": "ryear", "decade": "rdecade", "century": "rcentury"}
_TIME_LINKS = frozenset(["in", "since", "until", "between", "before", "after"])


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
    if m.nth:
        return m.weekday is not None or any(x is not None for x in (m.month, m.rmonth, m.year, m.ryear, m.hijri))
    if m.edges:
        return any(
            x is not None
            for x in (m.month, m.rmonth, m.year, m.ryear, m.rweek, m.decade, m.century, m.rcentury, m.rdecade, m.hijri)
        )
    if m.decade is not None and line.link(end) == "from" and line.sense(end + 1).block == "age":
        return False
    return m.now or m.is_date() or (m.clock is not None)


def _first(line: Line, p: int, m: Moment) -> int:
    """The first words of a time; 0 when there are none."""
    sense, cell = line.sense(p), line.cells[p]
    if sense.date or sense.pair:
        return _date_cell(line, p, m)
    if sense.rday is not None or sense.night:
        return _relative_day(line, p, m)
    if sense.holiday:
        m.holiday = sense.holiday
        return p + 1
    if sense.edge:
        return _edge(line, p, m)
    if sense.link in ("before", "after", "since"):
        return _ago(line, p, m)
    if sense.link == "now":
        m.now = True
        return p + 1
    for rule in (_rolling, _nth, _weekday, _day_month, _month, _year, _quarter, _decade, _season, _relative, _named_day):
        end = rule(line, p, m)
        if end:
            return end
    if cell.sense.part:
        return read_part(line, p, m)
    return read_clock(line, p, m) or _bare_year(line, p, m)


def _more(line: Line, p: int, m: Moment) -> int:
    """Words that go on with the time from cell `p`; 0 when none do."""
    sense = line.sense(p)
    if sense.link == "open" and line.link(p + 1) == "match":
        return _after_link(line, p + 2, m)
    if sense.link in ("comma", "in", "from", "match", "dash") and sense.bound is None:
        if sense.link == "dash" and not (m.weekday is not None and line.day_number(p + 1)):
            return 0
        return _after_link(line, p + 1, m, comma=sense.link == "comma")
    return _after_link(line, p, m) if not line.cells[p].conj else 0


def _after_link(line: Line, p: int, m: Moment, comma: bool = False) -> int:
    sense = line.sense(p)
    if line.cells[p].conj:
        return 0
    if sense.date and not m.clock:
        return _date_cell(line, p, m) if m.month is None and m.year is None else 0
    if sense.rday is not None and m.rday is None and m.month is None and not comma and m.weekday is None:
        return _relative_day(line, p, m)
    if m.weekday is None and m.rday is None or (m.weekday is None and m.month is None):
        end = _weekday(line, p, m)
        if end:
            return end
    if m.day is None and m.month is None and m.hijri is None and not m.edges and not m.nth:
        end = _day_month(line, p, m) or _named_day(line, p, m)
        if end:
            return end
    if m.month is None and m.hijri is None and m.rmonth is None and m.rweek is None and not (comma and m.year):
        end = _month(line, p, m)
        if end:
            return end
    if line.link(p - 1) == "match" and m.month is None and (end := _day_month(line, p, m)):
        return end
    if m.month is not None and m.day is None and not m.edges and not m.nth and m.year is None and not comma:
        end = _day_after_month(line, p, m)
        if end:
            return end
    end = _year_after(line, p, m)
    if end or comma:
        return end
    end = _quarter(line, p, m) if m.quarter is None and m.half is None and m.month is None else 0
    end = end or (_decade(line, p, m) if m.century is None and m.edges or m.decade is not None else 0)
    end = end or (_relative(line, p, m) if _open_unit(m) else 0)
    return end or (read_part(line, p, m) if m.part is None else 0) or (read_clock(line, p, m) if m.clock is None else 0)


def _open_unit(m: Moment) -> bool:
    return m.rweek is None and m.rmonth is None and m.ryear is None and m.year is None


def _date_cell(line: Line, p: int, m: Moment) -> int:
    sense = line.sense(p)
    if sense.pair:
        return _slash_date(line, p, m)
    year, month, day = sense.date or (None, None, None)
    if month is not None and not 1 <= month <= 12 or day is not None and not 1 <= day <= 31:
        return 0
    if year is not None and 1300 <= year <= 1500 and day is not None:
        m.hijri = (day, month or 1, year)
    else:
        m.year, m.month, m.day = year, month, day
    if sense.clock:
        m.clock = sense.clock
    return p + 1


def _slash_date(line: Line, p: int, m: Moment) -> int:
    """4/22 and 22/4 are days; 5/3 is one only where a day is expected."""
    first, second = line.sense(p).pair or (0, 0)
    if not (1 <= min(first, second) <= 12 and max(first, second) <= 31):
        return 0
    expected = line.link(p - 1) in ("in", "since", "until") or line.sense(p - 1).unit == "day" or line.sense(p - 1).weekday
    if max(first, second) <= 12 and not (expected or "0" in (line.cells[p].norm[0], line.cells[p].norm.split("/")[1][0])):
        return 0
    m.day, m.month = (second, first) if second > 12 else (first, second)
    return p + 1


def _relative_day(line: Line, p: int, m: Moment) -> int:
    sense = line.sense(p)
    if sense.night:
        shift = line.sense(p + 1).shift if line.cells[p + 1].article or line.sense(p + 1).shift == -2 else None
        m.rday, m.part = shift or 0, (20, 23)
        return p + 1 if shift is None else p + 2
    after = line.sense(p + 1)
    if sense.dependent and not (m.part or line.sense(p - 1).unit == "day" or line.sense(p - 1).part or line.cells[p].clitic):
        return 0
    if sense.rday == 0 and fold_is_today(line, p):
        if (line.cells[p + 1].article or after.link == "last") and (after.ordinal or after.link == "last"):
            m.nth = (-1 if after.link == "last" else after.ordinal or 1, "day")
            return p + 2 if line.link(p + 2) in ("from", "in") else 0
        if after.shift is not None and line.cells[p + 1].article:
            m.rday, m.anaphoric = after.shift, after.anaphoric
            return p + 2
        if after.block == "after" or after.rday == 2 or line.sense(p - 1).block == "before":
            m.rday = after.rday
            return p + 2 if after.rday == 2 else 0
    m.rday = sense.rday
    return p + 1


def fold_is_today(line: Line, p: int) -> bool:
    """Whether the cell is the word for today, which may also be "the day" of a count."""
    return line.cells[p].norm.endswith("ليوم")


def _edge(line: Line, p: int, m: Moment) -> int:
    edge = line.sense(p).edge or ""
    if line.cells[p].article:
        return 0
    m.edges.append(edge)
    q = p + 1
    if edge == "weekend":
        shift = line.sense(q).shift
        m.rweek = shift or 0
        return q if shift is None else q + 1
    if line.sense(q).edge:
        return 0
    for rule in (_month, _year, _decade, _season):
        end = rule(line, q, m)
        if end:
            return end
    return _relative(line, q, m, implicit=True)


def _weekday(line: Line, p: int, m: Moment) -> int:
    cell = line.cells[p]
    sense = cell.sense
    if sense.unit == "day" and sense.count in (1, 2) and line.sense(p + 1).weekday is not None and line.cells[p + 1].article:
        return _weekday(line, p + 1, m)
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
    if nxt.sense.shift is not None and nxt.article or nxt.sense.shift in (-2, 2):
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
    if found is None or line.sense(q + comma).ordinal == 1 and not line.cells[q + comma].article:
        number = cardinal(line.cells, q + 1) if line.link(q) == "in" else None
        if number and 1 <= number.value <= 31 and line.clause_ends(number.end - 1):
            m.day = int(number.value)
            return number.end
        return 0
    day, end = found
    plain = line.plain(q + comma) is not None
    if line.link(end) in ("from", "in") and (plain or day > 5 or comma) or line.sense(end).month:
        return 0
    if plain or day > 5:
        if plain and not (line.clause_ends(end - 1) or line.link(end)):
            return 0
        m.day = day
        return end
    if not comma:
        m.nth = (day, "weekday")
    return end if not comma else 0


def _named_day(line: Line, p: int, m: Moment) -> int:
    """ "the day" before a relative day, or before the number of a day."""
    sense = line.sense(p)
    if sense.unit != "day" or sense.count != 1 or line.cells[p].article:
        return 0
    q = p + 1
    if line.sense(q).rday is not None:
        return _relative_day(line, q, m)
    end = _date_cell(line, q, m) if line.sense(q).date or line.sense(q).pair else _day_month(line, q, m)
    if end:
        return end
    day = line.plain(q)
    if day and 1 <= day <= 31 and (line.clause_ends(q) or line.link(q + 1)):
        m.day = day
        return q + 1
    return 0


def _day_month(line: Line, p: int, m: Moment) -> int:
    found = line.day_number(p)
    if found is None:
        return 0
    day, q = found
    if line.sense(p).ordinal and not line.cells[p].article and line.sense(q).month is None:
        return 0
    if line.link(q) in ("from", "in"):
        q += 1
    old, m.day = m.day, day
    end = _month(line, q, m, of_day=True)
    if not end and (line.sense(q).unit == "month" or line.link(q) == "this" and line.sense(q + 1).unit == "month"):
        end = _relative(line, q, m)
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


def _month(line: Line, p: int, m: Moment, of_day: bool = False) -> int:
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
    elif number is None and cell.sense.role in ("unit", "ten") and cell.sense.number != 1 and not cell.article and line.bare(q):
        number = int(cell.sense.number or 0)
    if number is None or not 1 <= number <= 12 or line.cells[q].conj or line.sense(q + 1).unit not in (None, "year"):
        return 0
    m.month = number
    return q + 1


def _day_after_month(line: Line, p: int, m: Moment) -> int:
    """July 13; September the twenty-first."""
    found = line.day_number(p) if line.bare(p) and line.link(p - 1) not in ("from", "in") else None
    if found is None or m.month_shift is not None:
        return 0
    day, end = found
    if line.plain(p) is not None and not (line.clause_ends(end - 1) or line.link(end)):
        return 0
    m.day = day
    return end


def _year(line: Line, p: int, m: Moment) -> int:
    """ "the year 2018", "in 1440 of the Hijra"."""
    sense = line.sense(p)
    named = sense.unit == "year" and sense.count == 1 and sense.factor == 1
    if not named:
        found = line.year_number(p)
        return _set_year(m, found) if found and found[2] and m.year is None else 0
    found = line.year_number(p + 1, 10 if line.link(p + 2) == "hijri" else 100) if line.bare(p + 1) else None
    return _set_year(m, found) if found else 0


def _set_year(m: Moment, found: tuple[int, int, bool]) -> int:
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


def _year_after(line: Line, p: int, m: Moment) -> int:
    if m.year is not None or m.ryear is not None or m.rday is not None or m.rweek is not None or m.hijri and m.hijri[2]:
        return 0
    end = _year(line, p, m)
    if end:
        return end
    dated = m.month is not None or m.hijri or m.season or m.quarter or m.half or m.holiday
    found = line.year_number(p) if dated and line.bare(p) else None
    if found is None or line.sense(found[1]).noun or line.sense(found[1]).measure:
        return 0
    return _set_year(m, found)


def _bare_year(line: Line, p: int, m: Moment) -> int:
    """A figure that no noun follows and that can be a year."""
    cell = line.cells[p]
    if cell.clitic == "ب" or cell.article or cell.sense.role not in ("digits", "scale"):
        return 0
    found = line.year_number(p)
    if found is None or line.sense(found[1]).role or line.sense(found[1]).unit or line.sense(found[1]).noun:
        return 0
    year, end, _ = found
    linked = line.link(p - 1) in ("in", "since", "until", "before", "after") and line.sense(p - 1).bound != "atMost"
    last = end - 1
    if cell.sense.role == "scale":
        fits = line.link(p - 1) == "in" and line.clause_ends(last)
    elif linked:
        fits = 1000 <= year <= 2100 and (line.uncounted(last) or 1900 <= year <= 2099 and line.link(p - 1) != "after")
    else:
        before = line.before(p)
        worded = bool(before) and (before[0].isalpha() or before in "()«\"،")
        fits = 1900 <= year <= 2050 and worded and line.uncounted(last) and line.sense(p - 1).block != "number"
    if not fits or line.sense(end).code or line.link(end) == "percent" or line.sense(p - 1).code:
        return 0
    return _set_year(m, found)


def _quarter(line: Line, p: int, m: Moment) -> int:
    cell, nxt = line.cells[p], line.cells[p + 1]
    divisor = cell.sense.divisor if cell.sense.role == "fraction" and cell.article else None
    which = nxt.sense.ordinal if nxt.article else -1 if nxt.sense.link == "last" else None
    if divisor not in (2, 4) or not which or which > divisor:
        return 0
    which = divisor if which < 0 else which
    if divisor == 4:
        m.quarter = which
    else:
        m.half = which
    q = p + 2
    if divisor == 2 and not (line.link(q) == "from" or line.year_number(q) or line.sense(q).unit == "year"):
        return 0
    if line.sense(q).shift is not None and line.cells[q].article:
        m.month_shift = line.sense(q).shift
        return q + 1
    return q


def _decade(line: Line, p: int, m: Moment) -> int:
    sense = line.sense(p)
    if sense.unit == "decade" and sense.count == 1 and line.sense(p + 1).decade:
        p, sense = p + 1, line.sense(p + 1)
    if sense.decade is not None and m.decade is None:
        m.decade = sense.decade
        p += 1
        q = p + 1 if line.link(p) == "from" else p
        return _century(line, q, m) or p
    return _century(line, p, m)


def _century(line: Line, p: int, m: Moment) -> int:
    cell = line.cells[p]
    if cell.sense.unit != "century" or not cell.article:
        return 0
    found = line.day_number(p + 1)
    if found and line.plain(p + 1) is None and found[0] <= 25:
        m.century = found[0]
        return found[1]
    return _relative(line, p, m)


def _season(line: Line, p: int, m: Moment) -> int:
    cell = line.cells[p]
    if cell.sense.season is None:
        return 0
    q = p + 1
    shift = line.sense(q).shift if line.cells[q].article else None
    this = line.link(p - 1) == "this"
    if shift is not None or this and cell.article:
        m.season, m.month_shift = cell.sense.season, shift or 0
        return q + (shift is not None)
    m.season = cell.sense.season
    end = 0
    if not cell.article:
        found = line.year_number(q)
        end = _set_year(m, found) if found and line.bare(q) else _year(line, q, m) or _relative(line, q, m)
    if not end or (m.year is None and m.ryear is None):
        m.season = None
        return 0
    return end


def _relative(line: Line, p: int, m: Moment, implicit: bool = False) -> int:
    """Last week, this month, the coming year; after "the end of" also the plain "the month"."""
    this = line.link(p) == "this"
    q = p + this
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
    if this and cell.sense.season and cell.article:
        m.season, m.month_shift = cell.sense.season, 0
        return q + 1
    if not cell.article or cell.sense.unit not in _FIELD or cell.sense.count != 1 or cell.sense.role:
        return 0
    after = line.cells[q + 1]
    shift = after.sense.shift if after.article or after.sense.shift in (-2, 2) else None
    if shift is None and not this and not implicit:
        return 0
    setattr(m, _FIELD[cell.sense.unit or ""], shift or 0)
    m.anaphoric = m.anaphoric or (shift is not None and after.sense.anaphoric)
    return q + 1 if shift is None else q + 2


def _ago(line: Line, p: int, m: Moment) -> int:
    """So long ago, after so long; not "so long before something else"."""
    q = p + 1
    if line.link(p) == "after" and line.link(p - 1) == "over" or line.cells[p].clitic:
        return 0
    if line.sense(q).bound and not line.sense(q).bound_after:
        q += 1
    parts: list[tuple[float, str]] = []
    while (found := line.span_of_time(q)) and (not parts or line.cells[q].conj):
        parts.append(found[:2])
        q = found[2]
    if not parts:
        return 0
    half = line.sense(q)
    if half.role == "fraction" and line.cells[q].conj:
        parts[-1] = (parts[-1][0] + (half.number or 0), parts[-1][1])
        q += 2 if line.sense(q + 1).unit and line.cells[q + 1].article else 1
    if line.link(q) == "from":
        if line.link(q + 1) != "now":
            return 0
        q += 2
    m.ago, m.sign = tuple(parts), 1 if line.link(p) == "after" else -1
    return q


def _rolling(line: Line, p: int, m: Moment) -> int:
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


def _nth(line: Line, p: int, m: Moment) -> int:
    """The first week of, the last Monday in: a place within a longer time that must follow."""
    cell, q = line.cells[p], p + 1
    index = -1 if cell.sense.link == "last" else cell.sense.ordinal
    if index and not cell.article:
        day = line.sense(q).unit == "day" and line.sense(q).count == 1
        inner = q + 1 if day and line.sense(q + 1).weekday is not None else q
        if line.sense(inner).weekday is not None and (line.link(inner + 1) in ("from", "in") or line.cells[inner + 1].clitic):
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
