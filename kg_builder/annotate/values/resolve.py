"""Which period a `Moment` is, seen from the day of the text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from hijridate import Gregorian

from kg_builder.annotate.values.almanac import (
    day_in,
    easter,
    hijri_period,
    hijri_year,
    near_weekday,
    nth_in,
    nth_weekday,
    quarter_from,
    unit_in,
    valid,
)
from kg_builder.annotate.values.elapsed import ago, apart, rolling
from kg_builder.annotate.values.moment import NO_YEAR, Moment, Period, add_months, day_of, months_of, week_of, year_of
from kg_builder.annotate.values.within import edged, hours


class Clock:
    """Resolves moments against a reference time, ambiguous ones to the past or to the future."""

    def __init__(self, now: datetime | None, exact: bool, future: bool) -> None:
        self.now = now
        self.exact = exact
        self.future = future
        self.today = now.replace(hour=0, minute=0, second=0) if now else None

    def resolve(self, m: Moment) -> Period | None:
        """The period, or None when the reference it needs is missing or there is no such day."""
        try:
            period = self._date(m)
            for edge in reversed(m.edges):
                period = edged(period, edge, self.today) if period else None
            if m.week_of and period and period.begin:
                return week_of(period.begin)
            if m.part or m.clock:
                period = hours(m, period, self.today)
            return period
        except (ValueError, OverflowError):
            return None

    def _date(self, m: Moment) -> Period | None:
        if m.now:
            return Period(self.now, self.now, "second" if self.exact else "day") if self.now else None
        if m.ago and m.anchor:
            anchor = self.resolve(m.anchor)
            return apart(anchor, m.ago, m.sign) if anchor else None
        if m.ago:
            return ago(self.now, self.exact, m.ago, m.sign) if self.now else None
        if m.rolling:
            return rolling(self.now, self.exact, *m.rolling) if self.now else None
        if m.holiday:
            return self._holiday(m)
        if m.century is not None or m.rcentury is not None or m.decade is not None or m.rdecade is not None:
            return self._decade(m)
        if m.nth and m.nth[1] != "weekday":
            return self._nth_unit(m)
        if m.month is None and m.rmonth is None and m.hijri:
            whole = self._hijri(m)
            return nth_in(whole, m.weekday, m.nth[0]) if m.nth and m.weekday is not None else whole
        return self._calendar_date(m)

    def _calendar_date(self, m: Moment) -> Period | None:
        if m.rday is not None and m.day is None:
            return day_of(near_weekday(self.today + timedelta(days=m.rday), m.weekday)) if self.today else None
        if m.rweek is not None:
            return self._in_week(m)
        if m.weekday is not None and m.day is None:
            return self._weekday(m)
        year = self._year(m)
        if m.rquarter is not None:
            return quarter_from(self.today, m.rquarter) if self.today else None
        if m.season or m.quarter or m.half:
            return self._part_of_year(m, year)
        if m.month is not None:
            return self._in_month(m, year)
        if m.rmonth is not None:
            return self._in_relative_month(m, year)
        if m.day is not None:
            return self._day_alone(m)
        return year_of(year) if year else None

    def _year(self, m: Moment) -> int | None:
        if m.year is not None:
            return m.year
        if m.ryear is not None and self.today:
            return self.today.year + m.ryear
        return None

    def _pick(self, options: Iterator[Period | None], shift: int | None = None) -> Period | None:
        """Of periods in order of time the last begun by today, or the first not over; `shift` excludes today."""
        assert self.today
        best: Period | None = None
        future = self.future if shift is None else shift > 0
        for period in options:
            if period is None or period.begin is None or period.end is None:
                continue
            if future and (period.begin > self.today if shift else period.end >= self.today):
                return period
            if not future and (period.end < self.today if shift else period.begin <= self.today):
                best = period
        return best

    def _in_month(self, m: Moment, year: int | None) -> Period | None:
        month = m.month or 1
        if year is None and m.month_shift == 0 and self.today:
            year = self.today.year
        if year is not None:
            return self._of_month(m, year, month)
        if self.today is None:
            found = self._of_month(m, NO_YEAR, month) if m.nth is None else None
            return found._replace(yearless=True) if found else None
        first = self.today.year - 1
        if m.month_shift and m.day is not None:
            return self._pick(valid(lambda y: self._of_month(m, y, month), range(first, first + 8)), m.month_shift)
        if m.month_shift:
            whole = self._pick((months_of(y, month, month) for y in range(first, first + 4)), m.month_shift)
            return self._of_month(m, whole.begin.year, month) if whole and whole.begin else None
        return self._pick(valid(lambda y: self._of_month(m, y, month), range(first, first + 8)))

    def _in_relative_month(self, m: Moment, year: int | None) -> Period | None:
        if self.today is None:
            return None
        there = add_months(self.today.replace(day=1), m.rmonth or 0)
        return self._of_month(m, year or there.year, there.month)

    def _of_month(self, m: Moment, year: int, month: int) -> Period | None:
        if m.nth and m.weekday is not None:
            return day_of(nth_weekday(year, month, m.weekday, m.nth[0]))
        if m.day is not None:
            return day_of(datetime(year, month, m.day))
        return months_of(year, month, month)

    def _day_alone(self, m: Moment) -> Period | None:
        if self.today is None:
            return None
        day, first = m.day or 1, self.today.replace(day=1)
        months = [add_months(first, k) for k in (range(-2, 1) if not self.future else range(3))]
        if m.weekday is not None:
            near = [add_months(first, k) for k in (0, -1, 1)]
            fit = [d for d in (day_in(x, day) for x in near) if d and d.weekday() == m.weekday]
            if fit:
                return day_of(fit[0])
        return self._pick(day_of(d) if d else None for d in (day_in(x, day) for x in months))

    def _weekday(self, m: Moment) -> Period | None:
        weekday = m.weekday or 0
        if m.nth or m.month or m.rmonth is not None:
            return self._weekday_in_month(m)
        if self.today is None:
            return None
        ahead = (weekday - self.today.weekday()) % 7
        shift = m.weekday_shift
        if shift == 0:
            return day_of(self.today + timedelta(days=weekday - self.today.weekday()))
        if (shift is not None and shift > 0) or (shift is None and self.future):
            return day_of(self.today + timedelta(days=(ahead or 7) + 7 * (max(shift or 1, 1) - 1)))
        back = (-ahead) % 7
        return day_of(self.today - timedelta(days=(back or 7 if shift else back) + 7 * (max(-(shift or -1), 1) - 1)))

    def _weekday_in_month(self, m: Moment) -> Period | None:
        if m.month is not None:
            return self._in_month(m, self._year(m))
        if m.rmonth is None:
            m.rmonth = 0
        return self._in_relative_month(m, self._year(m))

    def _in_week(self, m: Moment) -> Period | None:
        if self.today is None:
            return None
        week = week_of(self.today + timedelta(days=7 * (m.rweek or 0)))
        if m.weekday is not None and week.begin:
            return day_of(week.begin + timedelta(days=m.weekday))
        return week

    def _part_of_year(self, m: Moment, year: int | None) -> Period | None:
        def of(y: int) -> Period:
            if m.season:
                return months_of(y, *{1: (12, 14), 2: (3, 5), 3: (6, 8), 4: (9, 11)}[m.season], "season")
            size, index, grain = (3, m.quarter, "quarter") if m.quarter else (6, m.half or 1, "half")
            return months_of(y, (index - 1) * size + 1, index * size, grain)

        if year is not None:
            return of(year)
        if self.today is None:
            return None
        if m.month_shift == 0:
            return of(self.today.year)
        return self._pick((of(y) for y in range(self.today.year - 2, self.today.year + 3)), m.month_shift)

    def _decade(self, m: Moment) -> Period | None:
        this = self.today.year if self.today else 2000
        century = m.century
        if century is None and m.rcentury is not None:
            century = (this - 1) // 100 + 1 + m.rcentury
        if m.rdecade is not None:
            first = this // 10 * 10 + 10 * m.rdecade
            return year_of(first, first + 9, "decade")
        if m.decade is None:
            return year_of((century or 1) * 100 - 99, (century or 1) * 100, "century")
        first = ((century - 1) * 100 if century else 1900) + m.decade
        return year_of(first, first + 9, "decade")

    def _nth_unit(self, m: Moment) -> Period | None:
        index, unit = m.nth or (1, "day")
        inner = Moment(
            year=m.year, ryear=m.ryear, month=m.month, rmonth=m.rmonth, month_shift=m.month_shift, hijri=m.hijri
        )
        if not inner.is_date():
            return None
        whole = self._date(inner)
        return unit_in(whole, index, unit) if whole else None

    def _hijri(self, m: Moment) -> Period | None:
        day, month, year = m.hijri or (None, 1, None)
        if year is not None:
            return hijri_period(year, month, day) if month else hijri_year(year)
        known = self._year(m)
        if known is None and self.today is None:
            return None
        middle = Gregorian(known, 7, 1) if known else Gregorian.fromdate(self.today or datetime.now())
        around = range(middle.to_hijri().year - 1, middle.to_hijri().year + 3)
        options = valid(lambda y: hijri_period(y, month, day), around)
        if known is not None:
            return next((p for p in options if p and p.begin and p.begin.year == known), None)
        return self._pick(options, m.month_shift or None)

    def _holiday(self, m: Moment) -> Period | None:
        cal, month, day = m.holiday or ("gregorian", 1, 1)
        if cal == "hijri":
            found = self._hijri(Moment(year=m.year, ryear=m.ryear, month_shift=m.month_shift, hijri=(day, month, None)))
            return found._replace(hijri=False) if found else None
        year = self._year(m)
        if cal == "gregorian":
            return self._in_month(Moment(month=month, day=day, month_shift=m.month_shift), year)
        if year is not None:
            return day_of(easter(year) + timedelta(days=day))
        if self.today is None:
            return None
        this = self.today.year
        return self._pick((day_of(easter(y) + timedelta(days=day)) for y in range(this - 1, this + 3)), m.month_shift)
