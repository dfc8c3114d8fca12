"""So long before or after something that is no date: "two days after his election"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kg_builder.annotate.values.distances import bounded, distance
from kg_builder.annotate.values.elapsed import apart
from kg_builder.annotate.values.line import Line
from kg_builder.annotate.values.moment import Period, day_of, months_of, year_of
from kg_builder.model import Span

_SHORT = {"second": 43200, "minute": 720, "hour": 12}
"""So many of them are half a day: what is less apart is taken to be of one day."""


@dataclass(frozen=True, slots=True)
class Lag:
    """The words from "before" or "after" to what it is before or after.

    `parts` counts units, none where no number is told ("some days", "more than a year"); `sign` is 1 for after.
    """

    span: Span
    parts: tuple[tuple[float, str], ...]
    sign: int

    def away(self, date: str, back: bool = False) -> str | None:
        """The date so far from another, ISO 8601; with `back` the other from the one. None when it is too vague."""
        if not self.parts:
            return None
        parts = tuple(part for part in self.parts if part[0] > _SHORT.get(part[1], 0))
        if not parts:
            return date
        period = apart(_period(date), parts, -self.sign if back else self.sign)
        if period is None:
            return None
        monthly = period.grain == "day" and all(unit == "month" for _, unit in parts)
        return (period.text(period.begin) or "")[: 7 if monthly else 10]


def _period(date: str) -> Period:
    year, month, day = (int(part) for part in (date + "-01-01")[:10].split("-"))
    if len(date) > len("2000-01"):
        return day_of(datetime(year, month, day))
    return months_of(year, month, month) if len(date) > len("2000") else year_of(year)


def read_lag(line: Line, p: int) -> Lag | None:
    """The lag whose "before" or "after" is cell `p`."""
    counted = (distance(line, p) or _uncounted(line, p)) if line.link(p) in ("before", "after") else None
    if counted is None or line.link(counted[1]) not in ("from", "over"):
        return None
    parts = () if bounded(line, p + 1) else tuple(counted[0])
    return Lag(Span(line.cells[p].start, line.cells[counted[1]].end), parts, 1 if line.link(p) == "after" else -1)


def _uncounted(line: Line, p: int) -> tuple[list[tuple[float, str]], int] | None:
    """Days, weeks, years without their number."""
    sense = line.sense(p + 1)
    return ([], p + 2) if sense.unit and sense.count == 0 and not line.cells[p + 1].article else None
