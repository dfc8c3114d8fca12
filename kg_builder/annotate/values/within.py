"""Parts of a period: its end, its evening, an hour of its day."""

from __future__ import annotations

from datetime import datetime, timedelta

from kg_builder.annotate.values.moment import Moment, Period, day_of, months_of, year_of


def edged(period: Period, edge: str, today: datetime | None) -> Period | None:
    """The beginning, middle, end or rest of a period."""
    begin, end = period.begin, period.end
    if begin is None or end is None:
        return period
    if edge == "rest":
        return Period(today, end, "day") if today and begin <= today <= end else period
    if edge == "weekend":
        saturday = begin + timedelta(days=5 - begin.weekday())
        return Period(saturday, saturday + timedelta(days=1), "weekend")
    if period.hijri and period.grain == "day" and begin != end:
        return _edge_of_days(period, begin, end, edge)
    if period.grain == "month":
        first, last = {
            "begin": (1, 1),
            "early": (1, 10),
            "middle": (15, 15),
            "late": (21, end.day),
            "half1": (1, 15),
            "half2": (16, end.day),
        }[edge]
        return Period(begin.replace(day=first), begin.replace(day=last), "day", period.yearless)
    if period.grain == "year":
        return months_of(
            begin.year,
            *{"begin": (1, 6), "early": (1, 6), "middle": (6, 7), "late": (7, 12), "half1": (1, 6), "half2": (7, 12)}[
                edge
            ],
        )
    if period.grain in ("decade", "century"):
        size = end.year - begin.year + 1
        if edge in ("half1", "half2"):
            middle = begin.year + size // 2
            return year_of(begin.year, middle - 1) if edge == "half1" else year_of(middle, end.year)
        third = size // 3
        offset = {"begin": 0, "early": 0, "middle": third, "late": size - third}[edge]
        return year_of(begin.year + offset, begin.year + offset + third - 1)
    return period


def _edge_of_days(period: Period, begin: datetime, end: datetime, edge: str) -> Period:
    """The same parts of a month or a year of another calendar, which is known by its days."""
    length = (end - begin).days
    halves = {"half1": (0, length // 2), "half2": (length // 2 + 1, length)}
    parts = {"begin": (0, 0), "early": (0, 9), "middle": (14, 14), "late": (20, length)}
    if length > 31:
        parts = {"begin": (0, 176), "early": (0, 176), "middle": (148, 206), "late": (177, length)}
    first, last = (parts | halves)[edge]
    return period._replace(begin=begin + timedelta(days=first), end=begin + timedelta(days=last))


def hours(m: Moment, period: Period | None, today: datetime | None) -> Period | None:
    """The hour or the part of the day that is told, on the day of the period or today."""
    if period is None:
        if m.is_date() or today is None:
            return None
        period = day_of(today)
    if period.grain != "day" or period.begin is None or period.yearless:
        return period
    if m.clock is None:
        first, last = m.part or (0, 23)
        return Period(period.begin.replace(hour=first), period.begin.replace(hour=last), "hour", hijri=period.hijri)
    hour, minute, second = m.clock
    if m.part and hour <= 12:
        hour = _half_of_day(hour, m.part)
    grain = "second" if second is not None else "minute" if minute is not None else "hour"
    at = period.begin + timedelta(hours=hour, minutes=minute or 0, seconds=second or 0)
    return Period(at, at, grain, hijri=period.hijri, zone=m.zone)


def _half_of_day(hour: int, part: tuple[int, int]) -> int:
    """The hour of 24 that "three in the afternoon" or "twelve at night" is."""
    begin, _ = part
    if begin < 12:
        return hour % 12
    if begin == 12:
        return hour if hour >= 10 else hour + 12
    if begin >= 20:
        return hour % 12 + 12 if 6 <= hour < 12 else hour % 12
    return hour % 12 + 12
