"""Days of calendars: of the Hijri year (Umm al-Qura, through hijridate), nth weekdays, Easter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from hijridate import Hijri

from kg_builder.annotate.values.moment import Period, add_months, day_of, month_end, months_of, week_of, year_of


def valid(make: Callable[[int], Period | None], years: Iterable[int]) -> Iterator[Period | None]:
    """What `make` gives for the years in which there is such a day."""
    for year in years:
        try:
            yield make(year)
        except (ValueError, OverflowError):
            continue


def day_in(month: datetime, day: int) -> datetime | None:
    """That day of the month, if it has so many."""
    return month.replace(day=day) if day <= month_end(month.year, month.month).day else None


def nth_weekday(year: int, month: int, weekday: int, index: int) -> datetime:
    """The nth such weekday of a month, the last one for -1. Raises ValueError when there are fewer."""
    if index < 0:
        last = month_end(year, month)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = datetime(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (index - 1))
    if day.month != month:
        raise ValueError("no such weekday in the month")
    return day


def nth_in(period: Period | None, weekday: int, index: int) -> Period | None:
    """The nth such weekday of a period known by its days, the last for -1. Raises ValueError when there are fewer."""
    if period is None or period.begin is None or period.end is None:
        return None
    last = period.end - timedelta(days=(period.end.weekday() - weekday) % 7)
    first = period.begin + timedelta(days=(weekday - period.begin.weekday()) % 7)
    day = last if index < 0 else first + timedelta(weeks=index - 1)
    if day > period.end:
        raise ValueError("no such weekday in the period")
    return day_of(day)._replace(hijri=period.hijri)


def unit_in(whole: Period, index: int, unit: str) -> Period | None:
    """The nth day, week (begun within it) or month of a period, the last one for -1."""
    if whole.begin is None or whole.end is None:
        return None
    if unit == "day":
        day = whole.begin + timedelta(days=index - 1) if index > 0 else whole.end
        return day_of(day)._replace(hijri=whole.hijri)
    if unit == "week":
        monday = whole.begin + timedelta(days=-whole.begin.weekday() % 7)
        last = whole.end - timedelta(days=whole.end.weekday())
        return week_of(monday + timedelta(weeks=index - 1) if index > 0 else last)
    if unit == "month":
        first = add_months(whole.begin, index - 1 if index > 0 else 11)
        return months_of(first.year, first.month, first.month)
    return None


def quarter_from(today: datetime, shift: int) -> Period:
    """The quarter so many after (before, when negative) that of a day."""
    first = add_months(today.replace(day=1, month=(today.month - 1) // 3 * 3 + 1), 3 * shift)
    return months_of(first.year, first.month, first.month + 2, "quarter")


def hijri_period(year: int, month: int, day: int | None) -> Period | None:
    """A day or a whole month of the Umm al-Qura calendar; outside its tables the year alone."""
    if not 1343 <= year <= 1500:
        return hijri_year(year)
    if day is not None:
        return day_of(_gregorian(Hijri(year, month, day)))._replace(hijri=True)
    first = Hijri(year, month, 1)
    begin = _gregorian(first)
    return Period(begin, begin + timedelta(days=first.month_length() - 1), "day", hijri=True)


def hijri_year(year: int) -> Period:
    """A year of the Hijra as days, or for years outside the tables as the Gregorian year most of it falls in."""
    if 1343 <= year < 1500:
        begin, after = _gregorian(Hijri(year, 1, 1)), _gregorian(Hijri(year + 1, 1, 1))
        return Period(begin, after - timedelta(days=1), "day", hijri=True)
    return year_of(round(year * 0.970224 + 621.57))._replace(hijri=True)


def _gregorian(day: Hijri) -> datetime:
    return datetime(*day.to_gregorian().datetuple())


def easter(year: int) -> datetime:
    """Easter Sunday of the western churches (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return datetime(year, month, day + 1)


def near_weekday(day: datetime, weekday: int | None) -> datetime:
    """The day, or where it is not the weekday that is named, that weekday nearest to it.

    News is often dated a day after it was written: its "yesterday, Monday" is a Monday.
    """
    return day if weekday is None else day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)
