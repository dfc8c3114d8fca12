"""The year of a day or a month whose words give none, where an earlier time of the sentence sets it."""

from __future__ import annotations

from kg_builder.annotate.values.line import Line
from kg_builder.annotate.values.ranges import TimeFound

_SENTENCE_END = frozenset(".!؟?؛\n")


class YearSet:
    """The year that a sentence has set so far.

    A year at the head of the sentence holds for what is added to it ("In 2012 …, and in March …"), any other only for
    the date joined to it ("on 5 March 2012 and 7 April"): further off, a date without its year is one of the news.
    """

    def __init__(self) -> None:
        self._year: int | None = None
        self._heads, self._dated = False, False
        self._stop = 0

    def settle(self, line: Line, time: TimeFound) -> None:
        """Gives a time its year when the sentence has set it, and remembers the year that it tells itself."""
        moment, start = time.first, line.cells[time.begin].next - 1
        if any(raw.norm in _SENTENCE_END for raw in line.raws[self._stop:start]):
            self._year, self._heads = None, False
        if self._year and time.last is None and moment.month and not moment.has_year():
            if self._goes_on(line, time.begin, start):
                moment.year = self._year
        elif moment.year and not self._heads:
            self._year, self._heads = moment.year, _heads_sentence(line, time.begin, start)
        self._stop, self._dated = line.cells[time.end - 1].next, moment.year is not None and moment.month is not None

    def _goes_on(self, line: Line, p: int, start: int) -> bool:
        """Whether the time at cell `p` is joined by "and", with its preposition or without."""
        led = p > 0 and line.link(p - 1) == "in" and line.cells[p - 1].conj
        listed = self._dated and start <= self._stop + 1 and (led or line.cells[p].conj)
        return (led and self._heads) or listed


def _heads_sentence(line: Line, p: int, start: int) -> bool:
    """Whether nothing but its preposition stands before the time in its sentence."""
    before = start - (line.link(p - 1) in ("in", "since"))
    return before <= 0 or line.raws[before - 1].norm in _SENTENCE_END
