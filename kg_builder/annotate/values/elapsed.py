"""Periods counted from now: so long ago, the next three weeks."""

from __future__ import annotations

from datetime import datetime, timedelta

from kg_builder.annotate.values.moment import Period, add_months, day_of, months_of, year_of

_SECONDS = {"second": 1, "minute": 60, "hour": 3600}


_DAYS = {"day": 1, "week": 7}


_MONTHS = {"month": 1, "year": 12, "decade": 120, "century": 1200}


_GRAINS = ("year", "month", "day", "hour")


def ago(now: datetime, exact: bool, parts: tuple[tuple[float, str], ...], sign: int) -> Period | None:
    """The time so long before (`sign` -1) or after now: an instant, a day, or a year when whole years are counted."""
    moment, grain = now, "year"
    if not exact and sign < 0 and all(unit in _SECONDS for _, unit in parts):
        moment = now + timedelta(hours=23)  # some hours ago was today, when nothing else is known
    for count, unit in parts:
        moment, fine = _moved(moment, sign * count, unit)
        grain = min(grain, fine, key=("hour", "day", "year").index)
    if grain == "hour":
        return Period(moment, moment, "second") if exact else day_of(moment.replace(hour=0, minute=0, second=0))
    if grain == "year":
        return year_of(moment.year)
    return day_of(moment.replace(hour=0, minute=0, second=0))


def apart(anchor: Period, parts: tuple[tuple[float, str], ...], sign: int) -> Period | None:
    """The time so long before (`sign` -1) or after another.

    None when it is counted in units finer than that other time is known by. Whole years from a day tell the year.
    """
    finest = max((_grain(unit) for _, unit in parts), key=_GRAINS.index)
    known = anchor.grain if anchor.grain in _GRAINS else "day" if anchor.grain in ("hour", "minute") else None
    if anchor.begin is None or (anchor.begin != anchor.end and known == "day") or anchor.yearless or known is None:
        return None
    if _GRAINS.index(finest) > _GRAINS.index(known):
        return None
    moment = anchor.begin
    for count, unit in parts:
        moment, _ = _moved(moment, sign * count, unit)
    if known == "month":
        return months_of(moment.year, moment.month, moment.month)
    whole = known == "year" or (finest == "year" and all(count == int(count) for count, _ in parts))
    return year_of(moment.year) if whole else day_of(moment.replace(hour=0, minute=0, second=0))


def _grain(unit: str) -> str:
    """The grain of a time counted in such units."""
    return "hour" if unit in _SECONDS else "day" if unit in _DAYS else "month" if unit == "month" else "year"


def _moved(moment: datetime, count: float, unit: str) -> tuple[datetime, str]:
    if unit in _SECONDS:
        return moment + timedelta(seconds=count * _SECONDS[unit]), "hour"
    if unit in _DAYS:
        return moment + timedelta(days=count * _DAYS[unit]), "day"
    months = round(count * _MONTHS[unit])
    return add_months(moment, months), "day" if unit == "month" or months % 12 else "year"


def rolling(now: datetime, exact: bool, count: int, unit: str, sign: int) -> Period | None:
    """The last or next so many units: calendar weeks and years, else counted from today."""
    today = now.replace(hour=0, minute=0, second=0)
    if unit in _SECONDS:
        other = now + timedelta(seconds=sign * count * _SECONDS[unit])
        first, last = sorted((now, other))
        if exact:
            return Period(first, last, "second")
        return Period(first.replace(hour=0, minute=0, second=0), last.replace(hour=0, minute=0, second=0), "day")
    if unit in ("year", "decade", "century"):
        size = _MONTHS[unit] // 12
        start = today.year // size * size
        if sign < 0:
            return year_of(start - count * size, start - 1)
        return year_of(start + size, start + size * (count + 1) - 1)
    first, last = _rolling_days(today, count, unit, sign)
    return Period(first, last, "day")


def _rolling_days(today: datetime, count: int, unit: str, sign: int) -> tuple[datetime, datetime]:
    one = timedelta(days=1)
    if unit == "month":
        other = add_months(today, sign * count)
        return (other, today - one) if sign < 0 else (today + one, other)
    if unit == "week":
        monday = today - timedelta(days=today.weekday())
        if sign < 0:
            return monday - timedelta(weeks=count), monday - one
        return monday + timedelta(weeks=1), monday + timedelta(weeks=count + 1) - one
    return (today - count * one, today - one) if sign < 0 else (today + one, today + count * one)
