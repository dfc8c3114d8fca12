"""A time as the words give it, before the day of the text is known, and the period it comes to."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

_YEARLY = frozenset(["year", "decade", "century"])
_MONTHLY = frozenset(["month", "quarter", "half", "season"])
_DAILY = frozenset(["day", "week", "weekend"])
NO_YEAR = 2000  # a leap year, so that 29 February can stand in it


@dataclass(slots=True)
class Moment:
    """What the words say: absolute fields, offsets from the day of the text (`r…`), and how to pick within a unit."""

    year: int | None = None
    ryear: int | None = None
    month: int | None = None
    rmonth: int | None = None
    month_shift: int | None = None
    day: int | None = None
    rweek: int | None = None
    weekday: int | None = None
    weekday_shift: int | None = None
    rday: int | None = None
    hijri: tuple[int | None, int, int | None] | None = None
    nth: tuple[int, str] | None = None
    edges: list[str] = field(default_factory=list)
    part: tuple[int, int] | None = None
    clock: tuple[int, int | None, int | None] | None = None
    season: int | None = None
    quarter: int | None = None
    rquarter: int | None = None
    half: int | None = None
    decade: int | None = None
    century: int | None = None
    rcentury: int | None = None
    rdecade: int | None = None
    holiday: tuple[str, int, int] | None = None
    ago: tuple[tuple[float, str], ...] | None = None
    sign: int = 0
    from_now: bool = False
    anchor: Moment | None = None  # what `ago` counts from, when not from the day of the text
    rolling: tuple[int, str, int] | None = None
    now: bool = False
    week_of: bool = False  # the week around the day, "the week of 16 September"
    zone: str = ""
    anaphoric: bool = False
    same: bool = False  # of the month or year that was told before, "the same year"
    bare_day: bool = False

    def is_date(self) -> bool:
        """Whether some field above the hour is known."""
        return any(getattr(self, k) is not None for k in _DATE_FIELDS)

    def has_year(self) -> bool:
        """Whether the words tell its year, by itself or from another."""
        return any(x is not None for x in (self.year, self.ryear, self.month_shift, self.hijri))

    def anchor_length(self) -> int:
        """How many characters of an ISO 8601 date must be known to count from it."""
        if self.rday is not None or self.weekday is not None or self.rweek is not None:
            return len("2000-01-01")
        return len("2000-01") if self.rmonth is not None else len("2000")


_DATE_FIELDS = [
    "year",
    "ryear",
    "month",
    "rmonth",
    "day",
    "rweek",
    "weekday",
    "rday",
    "hijri",
    "season",
    "quarter",
    "rquarter",
    "half",
    "decade",
    "century",
    "rcentury",
    "rdecade",
    "holiday",
    "ago",
    "rolling",
    "nth",
]


class Period(NamedTuple):
    """First and last unit of a time at its grain; an open end is None."""

    begin: datetime | None
    end: datetime | None
    grain: str
    yearless: bool = False
    hijri: bool = False
    zone: str = ""

    def text(self, moment: datetime | None) -> str | None:
        """ISO 8601 at the grain; without its year when none is known."""
        if moment is None:
            return None
        day = f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
        if self.yearless:
            return f"--{moment.month:02}" if self.grain == "month" else f"--{moment.month:02}-{moment.day:02}"
        if self.grain in _YEARLY:
            return day[:4]
        if self.grain in _MONTHLY:
            return day[:7]
        return day if self.grain in _DAILY else f"{day}T{moment:%H:%M:%S}{self.zone}"


def month_end(year: int, month: int) -> datetime:
    """The last day of a month."""
    return datetime(year, month, calendar.monthrange(year, month)[1])


def add_months(day: datetime, months: int) -> datetime:
    """The same day so many months later, the last of the month when there is none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def year_of(first: int, last: int | None = None, grain: str = "year") -> Period:
    """The period of whole years."""
    return Period(datetime(first, 1, 1), datetime(last or first, 12, 31), grain)


def months_of(year: int, first: int, last: int, grain: str = "month") -> Period:
    """The period of whole months; `last` may run over the end of the year."""
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return Period(datetime(year, first, 1), month_end(end_year, end_month), grain)


def day_of(day: datetime) -> Period:
    """The period of one day."""
    return Period(day, day, "day")


def week_of(day: datetime) -> Period:
    """The week, Monday to Sunday, around a day."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6), "week")
