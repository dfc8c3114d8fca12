"""Which time of the sentence is the event's, and which reading of it the tense wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kg_builder.extract.distance import between
from kg_builder.extract.grammar import Grammar
from kg_builder.extract.parse import Parse
from kg_builder.extract.scope import Level
from kg_builder.model import EventTime, Span

EDGE_DAYS = frozenset({"01", "10", "11", "20", "21", "28", "29", "30", "31"})
EDGE_MONTHS = frozenset({("01", "06"), ("07", "12"), ("01", "04"), ("05", "08"), ("09", "12")})
VAGUE_GRAINS = frozenset({"week", "hour-of-week", "season", "decade", "century"})


class Interval(Protocol):
    """An interval of ISO 8601 stamps; None where it is open."""

    @property
    def begin(self) -> str | None: ...
    @property
    def end(self) -> str | None: ...
    @property
    def grain(self) -> str: ...


class TimeReading(Protocol):
    """What the annotation says of a time: its span, and how it reads to the past and to the future."""

    @property
    def span(self) -> Span: ...
    @property
    def ambiguous(self) -> bool: ...
    @property
    def past(self) -> Interval: ...
    @property
    def future(self) -> Interval: ...


@dataclass(frozen=True, slots=True)
class Timed:
    """A time with the words `start:end` of the sentence that say it."""

    reading: TimeReading
    start: int
    end: int


def in_sentence(parse: Parse, readings: Sequence[TimeReading]) -> list[Timed]:
    """The times whose words lie in the sentence, in order; vague ones ("last week") are left out."""
    found = []
    for reading in readings:
        inside = [w.i for w in parse.words if w.start < reading.span.end and reading.span.start < w.end]
        if inside and reading.past.grain not in VAGUE_GRAINS:
            found.append(Timed(reading, inside[0], inside[-1] + 1))
    return found


def event_time(timed: Timed, factuality: str, starts: bool = False) -> EventTime:
    """The interval at the precision of dates: future reading for planned events, past otherwise.

    `starts` tells that the time is that of a beginning («اندلعت … الأحد»), so that the end stays open.
    """
    reading = timed.reading
    interval = reading.future if reading.ambiguous and factuality == "Planned" else reading.past
    begin, end = _coarser(_date(interval.begin), _date(interval.end))
    end = None if starts and begin == end else end
    return EventTime(begin, end, reading.span)


def _coarser(begin: str | None, end: str | None) -> tuple[str | None, str | None]:
    """An edge of a month or a year ("the end of May") is known to the month or the year only."""
    if not begin or not end or begin == end:
        return begin, end
    if len(begin) == len(end) == 10 and begin[:7] == end[:7] and begin[8:] in EDGE_DAYS and end[8:] in EDGE_DAYS:
        return begin[:7], end[:7]
    if len(begin) == len(end) == 7 and begin[:4] == end[:4] and (begin[5:], end[5:]) in EDGE_MONTHS:
        return begin[:4], end[:4]
    return begin, end


def _date(stamp: str | None) -> str | None:
    return stamp.split("T")[0] if stamp else None


def starts(levels: Sequence[Level]) -> bool:
    """Whether the trigger is the subject of a verb of beginning."""
    return any("phase-start" in level.classes and level.relation in {"subject", "object"} for level in levels[1:2])


def features(
    grammar: Grammar, parse: Parse, timed: Timed, trigger: int, levels: Sequence[Level], triggers: Sequence[int],
    others: Sequence[Timed],
) -> list[str]:
    """What speaks for or against a time as that of the trigger; `others` are all times of the sentence."""
    found = between(grammar, parse, trigger, timed.start, triggers)
    frame = parse.frames.get(trigger)
    over = [parse.frames[level.i] for level in levels if level.i in parse.frames]
    if frame is not None and trigger < timed.start < frame.stop:
        found.append("in-frame")
    if any(f.i < timed.start < f.stop for f in over[:1]):
        found.append("in-governor")
    k = parse.at[trigger]
    if k >= 0 and parse.phrases[k].start <= timed.start < parse.phrases[k].end:
        found.append("in-phrase")
    before = parse.words[timed.start - 1].norm if timed.start else "^"
    found += [f"before:{before}", f"grain:{timed.reading.past.grain}", f"pos:{parse.words[trigger].pos}"]
    nearest = min(triggers, key=lambda t: (abs(t - timed.start), t))
    if nearest == trigger:
        found += ["nearest", f"nearest:{found[0]}", f"nearest:{found[1]}"]
    if trigger == max((t for t in triggers if t < timed.start), default=-1):
        found.append("last-before")
    if any(level.classes & {"say"} for level in levels[1:]):
        found.append("reported")
    found += _rivals(timed, trigger, others)
    predicate = next((f for f in reversed(parse.frames.values()) if f.i < timed.start), None)
    return found + _predicate(grammar, parse, predicate.i if predicate else -1, trigger, levels)


def _rivals(timed: Timed, trigger: int, others: Sequence[Timed]) -> list[str]:
    """How many other times there are, and whether one is nearer."""
    far = abs(timed.start - trigger)
    nearer = any(abs(o.start - trigger) < far for o in others if o is not timed)
    return [f"times:{min(len(others), 4)}", f"nearer-time:{nearer}:{timed.start > trigger}"]


def _predicate(grammar: Grammar, parse: Parse, i: int, trigger: int, levels: Sequence[Level]) -> list[str]:
    """What the last predicate before the time is to the trigger: itself, one over it, or a stranger."""
    if i < 0:
        return ["told-of:nothing"]
    word = parse.words[i]
    over = next((f"over{d}" for d, level in enumerate(levels) if level.i == i), "stranger")
    classes = grammar.verb_classes.get(word.lemma if word.is_verb else word.verb_lemma, frozenset())
    kind = "say" if "say" in classes else "light" if "light" in classes else "other"
    return [f"told-of:{over}", f"told-of:{over}:{kind}", f"told-of:{kind}:{i < trigger}"]
