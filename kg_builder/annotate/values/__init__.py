"""Values in running text: times, money, percentages, numbers, ordinals, quantities and durations.

`load(ontology)` compiles the word lists; the `Finder` it gives reads the tokens of a document. Values are those of
`kg-builder annotate`. The longest reading wins; of two equally long ones a time, then an amount, then an ordinal.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain, takewhile
from typing import NamedTuple

from kg_builder.annotate.values.amounts import AmountReader
from kg_builder.annotate.values.cell import TAIL_LENGTH, Token
from kg_builder.annotate.values.cells import Reader
from kg_builder.annotate.values.currency import CurrencyChooser
from kg_builder.annotate.values.decimals import Decimals
from kg_builder.annotate.values.lags import Lag, read_lag
from kg_builder.annotate.values.line import Line
from kg_builder.annotate.values.ordinals import ordinal
from kg_builder.annotate.values.ranges import TimeFound
from kg_builder.annotate.values.resolve import Clock
from kg_builder.annotate.values.sense import fold
from kg_builder.annotate.values.spans import Reading, TimeReading, interpret, read_time
from kg_builder.annotate.values.words import Lexicon
from kg_builder.annotate.values.years import YearSet
from kg_builder.model import Mention, Span
from kg_builder.ontology import Ontology

__all__ = ["Finder", "Found", "Reading", "TimeReading", "load"]

_OPENING, _CLOSING, _NAME = frozenset("\"«“"), frozenset("\"»”"), 2  # a name in quotation marks, and its words
_SHORT = 3  # the longest words that begin with lam and are no noun with "to" before it
_CLAUSE, _NEXT = 20, 4  # tokens before and after "after two weeks" in which a verb tells the tense


class Found(NamedTuple):
    """The values of a document in the order of the text, both readings of its times, and what is told from events."""

    mentions: list[Mention]
    times: list[TimeReading]
    lags: list[Lag]


class Finder:
    """Finds values in the tokens of a document."""

    def __init__(self, ontology: Ontology) -> None:
        self._lexicon = Lexicon(ontology)
        self._reader = Reader(self._lexicon)

    def __call__(
        self,
        raws: Sequence[Token],
        reference: str | None,
        prefer: str = "past",
        country: str | None = None,
        text: str = "",
    ) -> list[Mention]:
        """The mentions alone; see `find`."""
        return self.find(raws, reference, prefer, country, text).mentions

    def find(
        self,
        raws: Sequence[Token],
        reference: str | None,
        prefer: str = "past",
        country: str | None = None,
        text: str = "",
    ) -> Found:
        """The values of a document.

        `raws` are its orthographic tokens; `reference` its ISO 8601 date or date and time; `prefer` "past" or "future",
        which day a bare weekday is; `country` the ISO 3166 code whose currency a bare noun means when the text names
        no country; `text` the original, needed only to skip marks on joined particles.
        """
        document = _Document(self._lexicon, raws, reference, prefer, country)
        for cells in self._reader.segments(raws, text):
            document.read(Line(cells, raws))
        return Found(document.mentions, document.times, document.lags)


class _Document:
    """The values of one document while they are being collected."""

    def __init__(
        self, lexicon: Lexicon, raws: Sequence[Token], reference: str | None, prefer: str, country: str | None
    ) -> None:
        self.lexicon = lexicon
        self.raws = raws
        self.prefer = prefer
        self.currencies = CurrencyChooser(lexicon, raws, country)
        self.decimals = Decimals(raws)
        now = _instant(reference)
        exact = bool(reference and "T" in reference)
        self.past, self.future = Clock(now, exact, False), Clock(now, exact, True)
        self.mentions: list[Mention] = []
        self.times: list[TimeReading] = []
        self.lags: list[Lag] = []
        self._told: Reading | None = None
        self._years = YearSet()

    def read(self, line: Line) -> None:
        """Collects the values of one line of cells, left to right, the longest first."""
        amounts = AmountReader(line, self.currencies.currency_of, self.decimals.with_comma)
        p, last = 0, len(line.cells) - TAIL_LENGTH
        if line.link(0) == "from" and not line.before(0):
            p = self._step(line, amounts, 0)  # at the very start "from a week" is a week ago, in speech
        while p < last:
            p = self._step(line, amounts, p) if line.cells[p].sense.starts else p + 1

    def _step(self, line: Line, amounts: AmountReader, p: int) -> int:
        time = read_time(line, p)
        if time and not self._counts_from_here(line, time):
            time = None
        reading = None
        if time:
            self._years.settle(line, time)
            reading = interpret(time, _span(line, time.begin, time.end), *self._clocks(line, time))
            if reading is None and time.first.ago:
                time = None  # a billion years ago is beyond any calendar: the duration is given
        amount = amounts.read(p)
        if amount and amount.number < 0 and amount.kind == "number":
            later = read_time(line, p + 1)
            amount = None if later and later.end >= amount.end else amount
        place = ordinal(line.cells, p) if line.sense(p).ordinal or line.cells[p].article else None
        end = max(time.end if time else 0, amount.end if amount else 0, place.end if place else 0)
        if time and time.end == end:
            if reading and not _named_after(line, time):
                self._told = reading.past
                self.times.append(reading)
                self.mentions.append(Mention("time", reading.span, reading.value(self.prefer)))
            return end
        if place and place.end == end and (amount is None or amount.kind == "number"):
            self.mentions.append(Mention("ordinal", _span(line, p, end), {"value": int(place.value)}))
            return end
        if amount is None:
            self.lags += [lag] if time is None and (lag := read_lag(line, p)) else []
            return p + 1
        if amount.kind != "number" or not _in_a_name(line, p):
            amount.bound = amount.bound or self._late_bound(line.cells[amount.end - 1].next)
            self.mentions.append(Mention(amount.kind, _span(line, amount.begin, amount.end), amount.value()))
        return end

    def _clocks(self, line: Line, time: TimeFound) -> tuple[Clock, Clock]:
        """The clocks of the text, or for "the following year" those of the time that was told before it."""
        told = self._told_for(time)
        if told is None:
            return self.past, self.future
        now = _instant(told + "-01-01"[len(told) - 4 :])
        return Clock(now, False, False), Clock(now, False, True)

    def _told_for(self, time: TimeFound) -> str | None:
        """The beginning of the time told before, when `time` counts from it and it is known finely enough."""
        told = self._told.begin if self._told and time.first.anaphoric else None
        return told if told and told[0] != "-" and len(told) >= time.first.anchor_length() else None

    def _counts_from_here(self, line: Line, time: TimeFound) -> bool:
        """Whether "after two weeks" counts from the day of the text, not from another event of the story.

        It does when the words say so, or when the clause speaks of the future. "The day after the feast" does not.
        """
        if time.first.same and self._told_for(time) is None:
            return False
        following = line.after(time.end - 1)
        if time.first.anaphoric and following.startswith("ل") and len(following) > _SHORT and not line.link(time.end):
            return False
        if time.first.sign <= 0 or self.prefer == "future" or time.first.from_now or time.first.anchor:
            return True
        start, stop = line.cells[time.begin].next - 2, line.cells[time.end - 1].next
        before = takewhile(_within_clause, (self.raws[i].norm for i in range(start, max(start - _CLAUSE, -1), -1)))
        after = takewhile(_within_clause, (raw.norm for raw in self.raws[stop : stop + _NEXT]))
        return any(self.lexicon.speaks_of_future(norm) for norm in chain(before, after))

    def _late_bound(self, index: int) -> str | None:
        """The bound that stands after the counted noun: "300 tents at least"."""
        for i in range(index + 1, min(index + 3, len(self.raws) - 1)):
            for phrase in self.lexicon.phrases.get(fold(self.raws[i].norm), ()):
                if phrase.sense.bound_after and phrase.rest == (fold(self.raws[i + 1].norm),):
                    return phrase.sense.bound
        return None


def _within_clause(norm: str) -> bool:
    return norm[0] not in ".!؟?؛\n"


def _span(line: Line, begin: int, end: int) -> Span:
    return Span(line.cells[begin].start, line.cells[end - 1].end)


def _named_after(line: Line, time: TimeFound) -> bool:
    """Whether something bears the name of the day: a square or a movement of 6 April."""
    first = time.first
    return line.sense(time.begin - 1).block == "named" and first.day is not None and first.year is None


def _in_a_name(line: Line, p: int) -> bool:
    """Whether a figure is part of a name (F35, Covid-19, Stoxx 600) or the number of a telephone."""
    cell, raws = line.cells[p], line.raws
    digits = cell.sense.digits
    if digits is None:
        return False
    if digits.isdigit() and (line.sense(p - 1).block == "numbered" or _ends_quoted_name(line, p)):
        return True
    if digits[:1] == "0" and digits.isdigit() and len(digits) > 5:
        return True
    i = cell.next - 1
    while i > 0 and raws[i].start > cell.start:
        i -= 1
    if raws[i].start < cell.start:
        return raws[i].norm[0].isascii() and raws[i].norm[0].isalpha()
    if i > 0 and raws[i - 1].end == cell.start:
        before = raws[i - 1]
        if before.norm in "-–_" and i > 1:
            return raws[i - 2].end == before.start and raws[i - 2].norm[-1].isalpha()
        return before.norm.isascii() and before.norm[-1].isalpha()
    return False


def _ends_quoted_name(line: Line, p: int) -> bool:
    """Whether the figure ends a short name in quotation marks."""
    raws, stop = line.raws, line.cells[p].next
    if stop >= len(raws) or raws[stop].norm not in _CLOSING:
        return False
    words = [raw.norm for raw in raws[max(0, stop - 2 - _NAME):stop - 1]]
    opening = max((i for i, norm in enumerate(words) if norm in _OPENING), default=None)
    return opening is not None and opening + 1 < len(words) and all(norm.isalpha() for norm in words[opening + 1:])


def _instant(reference: str | None) -> datetime | None:
    if not reference:
        return None
    try:
        return datetime.fromisoformat(reference[:19])
    except ValueError:
        try:
            return datetime.fromisoformat(reference[:10])
        except ValueError:
            return None


def load(ontology: Ontology) -> Finder:
    """The finder of values over the word lists of an ontology."""
    return Finder(ontology)
