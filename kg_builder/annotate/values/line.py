"""One stretch of cells with the tokens around it, and the small questions that both grammars ask of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg_builder.annotate.values.cell import END, Cell, Token
from kg_builder.annotate.values.numerals import cardinal
from kg_builder.annotate.values.ordinals import ordinal
from kg_builder.annotate.values.sense import Sense

_CLAUSE_END = frozenset('.!؟?؛،,\n)»"”:')
_DURATION = frozenset(["second", "minute", "hour", "day", "week", "month", "year", "decade", "century"])


@dataclass(slots=True)
class Line:
    """Cells of one segment, closed by `END`, and the tokens of the document they were made from."""

    cells: list[Cell]
    raws: Sequence[Token]

    def sense(self, p: int) -> Sense:
        """What cell `p` may mean; nothing before the first cell."""
        return self.cells[p].sense if p >= 0 else END.sense

    def link(self, p: int) -> str | None:
        """The kind of joining word that cell `p` is."""
        return self.cells[p].sense.link if p >= 0 else None

    def bare(self, p: int) -> bool:
        """Nothing is joined to the front of cell `p` but maybe the article."""
        cell = self.cells[p]
        return not cell.conj and not cell.clitic

    def after(self, p: int) -> str:
        """The token after cell `p`, "" at the end of the document."""
        if self.cells[p + 1].glued:
            return self.cells[p + 1].norm
        following = self.cells[p].next
        return self.raws[following].norm if 0 <= following < len(self.raws) else ""

    def before(self, p: int) -> str:
        """The token before cell `p`, "" at the start of the document."""
        start, i = self.cells[p].start, self.cells[p].next - 1
        while i >= 0 and self.raws[i].end > start:
            i -= 1
        return self.raws[i].norm if i >= 0 else ""

    def clause_ends(self, p: int) -> bool:
        """Whether the words after cell `p` cannot be what a number counts: the end, or punctuation."""
        following = self.after(p)
        return not following or following[0] in _CLAUSE_END

    def uncounted(self, p: int) -> bool:
        """Whether no indefinite noun follows cell `p`, so that a figure there may be a year."""
        following = self.after(p)
        if self.clause_ends(p) or following.startswith(("ال", "(", "-", "–", "/", "«")):
            return True
        nxt = self.sense(p + 1)
        return nxt.link is not None or nxt.month is not None or self.cells[p + 1].conj or nxt.bound is not None

    def plain(self, p: int) -> int | None:
        """The whole number that cell `p` writes in plain digits."""
        digits = self.cells[p].sense.digits
        return int(digits) if digits and digits.isdigit() and len(digits) < 5 and self.sense(p).role else None

    def day_number(self, p: int) -> tuple[int, int] | None:
        """A day of the month in digits or as an ordinal with its article: (day, cell after)."""
        if self.link(p) == "firstDay":
            month = self.sense(p + 2 if self.link(p + 1) == "from" else p + 1).month
            return (1, p + 1) if month is not None else None
        number = self.plain(p)
        if number is not None:
            return (number, p + 1) if 1 <= number <= 31 and len(self.cells[p].norm) <= 2 else None
        cell = self.cells[p]
        if (cell.article and cell.sense.role != "hundred") or cell.sense.ordinal == 1:
            found = ordinal(self.cells, p)
            if found and 1 <= found.value <= 31:
                return int(found.value), found.end
        return None

    def year_number(self, p: int, least: int = 1000, dated: bool = False) -> tuple[int, int, bool] | None:
        """A year in digits or words, with the mark of its era: (year, cell after, whether of the Hijra).

        `dated` tells that a month goes before, so that a lone letter mim is the era and not metres.
        """
        year, end = self.plain(p), p + 1
        if year is None:
            found = cardinal(self.cells, p) if self.sense(p).role in ("scale",) else None
            if found is None or found.figure or not 1000 <= found.value <= 2100:
                return None
            year, end = int(found.value), found.end
        if not least <= year <= 2200 or self.sense(end).role in ("scale", "scales"):
            return None
        if self.link(end) == "hijri":
            return year, end + 1, True
        if self.link(end) == "christian" and self._marks_era(end, year, dated):
            return year, end + 1, False
        return year, end, False

    def _marks_era(self, p: int, year: int, dated: bool) -> bool:
        if self.cells[p].norm != "م" or dated or self.clause_ends(p) or self.uncounted(p):
            return True
        return 1900 <= year <= 2050 and self.cells[p].start == self.cells[p - 1].end

    def span_of_time(self, p: int) -> tuple[float, str, int] | None:
        """A number of units of time, or one, or two of them: (how many, unit, cell after)."""
        sense = self.sense(p)
        if sense.count == 1 and self._names_a_date(p + 1):
            return None
        if sense.unit in _DURATION and sense.role is None and not self.cells[p].article:
            if sense.count == 2 and not self.sense(p).hour_word:
                return 2.0 * sense.factor, *self._unit(p)
            if sense.count == 1 and not sense.hour_word:
                name, end = self._unit(p)
                one = self.sense(end).role == "unit" and self.sense(end).number == 1 and self.bare(end)
                return 1.0 * sense.factor, name, end + one
            return None
        found = cardinal(self.cells, p) if sense.role else None
        if found is None:
            return None
        unit = self.sense(found.end)
        if unit.unit is None or not self.bare(found.end) or self.cells[found.end].article:
            return None
        return found.value * unit.factor, *self._unit(found.end)

    def _names_a_date(self, p: int) -> bool:
        """Whether cell `p` after the word for a day, month or year says which one."""
        sense = self.sense(p)
        named = sense.month or (sense.weekday is not None and self.cells[p].article) or sense.rday is not None
        return bool(self.bare(p) and (named or sense.date or self.plain(p)))

    def _unit(self, p: int) -> tuple[str, int]:
        name = self.sense(p).unit or ""
        return ("year" if name in ("decade", "century") else name), p + 1
