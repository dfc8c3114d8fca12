"""How a phrase stands to a trigger: complement of its noun, of its verb, of what governs it, of another event."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from kg_builder.extract.grammar import SORT_GROUPS, Grammar
from kg_builder.extract.parse import COMMAS, Frame, Parse
from kg_builder.extract.scope import Level

LOOSE = frozenset({"free", "event", "opens"})
"""Ways of standing that tie a phrase to no part of the trigger's clause."""
STEPS = 6
"""How many complements of a noun, one behind the other, are followed."""
OPENINGS = frozenset({"(", ":"})


@dataclass(slots=True)
class Takers:
    """Which predicates take which phrase, and as what; made once for a sentence."""

    by_phrase: dict[int, list[tuple[Frame, str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, parse: Parse) -> Takers:
        takers = cls()
        for frame in parse.frames.values():
            for k in (*frame.preps, *frame.loose):
                takers.by_phrase.setdefault(k, []).append((frame, "prep"))
            for noun, how in ((frame.subject, "subject"), (frame.object, "object")):
                if noun is not None and not (frame.relative and noun == frame.antecedent):
                    takers.by_phrase.setdefault(noun, []).append((frame, how))
        return takers

    def nearest(self, parse: Parse, k: int) -> tuple[Frame, str] | None:
        """The predicate nearest to the phrase that takes it."""
        start = parse.phrases[k].start
        found = self.by_phrase.get(parse.phrases[k].first, ())
        return min(found, key=lambda taken: (abs(taken[0].i - start), taken[0].i), default=None)


@dataclass(slots=True)
class Standpoint:
    """A trigger with what governs it, from which the other phrases are seen."""

    parse: Parse
    trigger: int
    levels: Sequence[Level]
    takers: Takers
    events: Collection[int]
    """The other triggers of the sentence."""
    own: int = -1
    """The phrase that holds the trigger."""
    behind: dict[int, int] = field(default_factory=dict)
    """The complements of the trigger's own phrase, with how many stand before them."""
    depths: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.own = self.parse.at[self.trigger]
        self.depths = {level.i: depth for depth, level in reversed(list(enumerate(self.levels)))}
        self.behind = _complements(self.parse, self.own) if self.own >= 0 else {}

    def __call__(self, k: int) -> tuple[str, str]:
        """How phrase `k` stands to the trigger, in short and more closely; one of `LOOSE` when nothing ties them."""
        first = self.parse.phrases[k].first
        if first in self.behind:
            return "np", f"np{min(self.behind[first], 3)}"
        taken = self._taken(first)
        if taken:
            return taken
        if self._is_antecedent(first):
            return "antecedent", ""
        if _opens(self.parse, k):
            return "opens", ""
        return ("event" if self._of_event(first) else "free"), ""

    def _taken(self, k: int) -> tuple[str, str] | None:
        """Taken by the trigger's own predicate, by one that describes its noun, or by one over it."""
        found = []
        for frame, how in self.takers.by_phrase.get(k, ()):
            depth = self.depths.get(frame.i)
            if depth == 0:
                found.append((0, "own" if how == "prep" else "own-" + how, how))
            elif self._describes(frame):
                found.append((1, "described", how))
            elif depth is not None:
                relation = self.levels[1].relation.split(":")[0]
                found.append((1 + depth, "over" if how == "prep" else "over-" + how, f"{depth}-{relation}-{how}"))
        return min(found)[1:] if found else None

    def _describes(self, frame: Frame) -> bool:
        """Whether the predicate stands in a relative clause of the trigger's noun («الهجوم الذي وقع في …»)."""
        return frame.relative and self.own >= 0 and frame.antecedent == self.parse.phrases[self.own].first

    def _is_antecedent(self, k: int) -> bool:
        frames = (self.parse.frames.get(level.i) for level in self.levels[:2])
        return any(f is not None and f.relative and f.antecedent == k for f in frames)

    def _of_event(self, k: int) -> bool:
        """Whether another event takes the phrase, as complement of its noun or of its verb."""
        if any(frame.i in self.events for frame, _ in self.takers.by_phrase.get(k, ())):
            return True
        phrases = self.parse.phrases
        return k > 0 and phrases[k - 1].end == phrases[k].begin and any(
            phrases[k - 1].start <= i < phrases[k - 1].end for i in self.events)


def attachment(grammar: Grammar, parse: Parse, takers: Takers, k: int, events: Collection[int]) -> list[str]:
    """What the phrase stands right behind, and which predicate takes it: what it may be a complement of."""
    taken = takers.nearest(parse, k)
    found = [f"behind:{_before(grammar, parse, k, events)}"]
    if taken is not None:
        word = parse.words[taken[0].i]
        found += [f"taken:{taken[1]}:{word.lemma}", f"taken:{taken[1]}:{taken[0].i in events}"]
    return found


def _before(grammar: Grammar, parse: Parse, k: int, events: Collection[int]) -> str:
    """What kind of word or phrase stands right before phrase `k`, or before the first of those joined to it."""
    begin = parse.phrases[parse.phrases[k].first].begin
    if not begin:
        return "^"
    last = parse.words[begin - 1]
    m = parse.at[begin - 1]
    if m < 0:
        return ("event-" if last.is_verb and last.i in events else "") + last.pos
    if any(parse.phrases[m].start <= i < parse.phrases[m].end for i in events):
        return "event"
    sort = grammar.sort_of(parse.head(m))
    return "time" if last.time else SORT_GROUPS.get(sort or "", "masdar" if parse.head(m).masdar else "thing")


def _complements(parse: Parse, own: int) -> dict[int, int]:
    """The prepositional phrases right behind a phrase, one behind the other, each with its number."""
    found = {}
    for n, k in enumerate(range(own + 1, min(own + 1 + STEPS, len(parse.phrases))), 1):
        phrase, before = parse.phrases[k], parse.phrases[k - 1]
        if phrase.first == k:
            if phrase.begin != before.end or not phrase.prep:
                break
            found[k] = n
    return found


def _opens(parse: Parse, k: int) -> bool:
    """A phrase that opens the sentence, set off by a comma or colon, or before an agency in brackets."""
    phrase = parse.phrases[k]
    if phrase.begin > 1 or phrase.end >= len(parse.words):
        return False
    after = parse.words[phrase.end].norm
    return after in OPENINGS or after in COMMAS
