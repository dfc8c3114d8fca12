"""The year of a day or a month whose words give none, where an earlier time of the sentence sets it."""

from __future__ import annotations

from kg_builder.annotate.values.line import Line
from kg_builder.annotate.values.moment import Moment
from kg_builder.annotate.values.ranges import TimeFound

_SENTENCE_END = frozenset(".!؟?؛\n")


class YearSet:
    """The year that a sentence has set so far.

    A year at the head of the sentence holds for what is added to it ("In 2012 …, and in March …"), any other only for
    the date joined to it ("on 5 March 2012 and 7 April") and a later day of its month: any other date without its
    year is one of the news.
    """

    def __init__(self) -> None:
        self._head: int | None = None
        self._last: Moment | None = None
        self._stop = 0

    def settle(self, line: Line, time: TimeFound) -> None:
        """Gives a time its year when the sentence has set it, and remembers the year that it tells itself."""
        moment, start = time.first, line.cells[time.begin].next - 1
        if any(raw.norm in _SENTENCE_END for raw in line.raws[self._stop:start]):
            self._head, self._last = None, None
        if time.last is None and moment.month and not moment.has_year():
            moment.year = self._year_of(line, time.begin, start, moment)
        elif moment.year and _heads_sentence(line, time.begin, start):
            self._head = moment.year
        self._stop, self._last = line.cells[time.end - 1].next, moment if moment.year and moment.month else None

    def _year_of(self, line: Line, p: int, start: int, moment: Moment) -> int | None:
        """The year of the time at cell `p`, when it is joined by "and" or in the month told right before."""
        last, led = self._last, p > 0 and line.link(p - 1) == "in" and line.cells[p - 1].conj
        if last and start <= self._stop + 1 and (led or line.cells[p].conj):
            return last.year
        if last and moment.month == last.month and moment.weekday is None and moment.rday is None:
            return last.year if last.day and (moment.day or 0) > last.day else None
        return self._head if led else None


def _heads_sentence(line: Line, p: int, start: int) -> bool:
    """Whether nothing but its preposition stands before the time in its sentence."""
    before = start - (line.link(p - 1) in ("in", "since"))
    return before <= 0 or line.raws[before - 1].norm in _SENTENCE_END
