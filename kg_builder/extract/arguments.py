"""Candidates that verbs and nouns have alike: prepositional phrases, second objects, companions, results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg_builder.extract.candidate import ENTITY_RANGES, TEXT_RANGES, Candidate, Ranges
from kg_builder.extract.grammar import Grammar
from kg_builder.extract.match import Match
from kg_builder.extract.parse import Frame, Parse
from kg_builder.extract.texts import MAX_TEXT, Slots, Texts, next_slot


class Arguments:
    """Lists candidates from the phrases around a trigger, whatever its form."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.texts = Texts(grammar)

    def prepositional(
        self, parse: Parse, match: Match, preps: Sequence[int], ranges: Ranges, taken: set[int]
    ) -> Iterator[Candidate]:
        """Phrases whose preposition the construction, or grammar, gives a role; `taken` words are companions."""
        slots = match.construction.slots
        for far, k in enumerate(preps):
            phrase = parse.phrases[k]
            if any(phrase.start <= i < phrase.end for i in taken) or phrase.first != k:
                continue
            for role in self._prep_roles(slots, phrase.prep):
                if ranges.get(role) in TEXT_RANGES:
                    limit = next_slot(parse, slots, role, k)
                    yield self.texts.candidate(parse, role, phrase.start, limit, f"prep:{phrase.prep}", k, far)
                    yield from self._listed(parse, role, k, limit, f"prep:{phrase.prep}")
                    continue
                for conjunct in parse.conjuncts(k):
                    yield _whole(parse, role, conjunct, f"prep:{phrase.prep}", far)

    def _listed(self, parse: Parse, role: str, k: int, limit: int, slot: str) -> Iterator[Candidate]:
        """What is told in words goes on behind «و»: each of the phrases by itself."""
        for n, conjunct in enumerate(parse.conjuncts(k)[1:], 1):
            start = parse.phrases[conjunct].start
            if start < limit:
                yield self.texts.candidate(parse, role, start, limit, slot, conjunct, n)

    def _prep_roles(self, slots: Slots, prep: str) -> Iterator[str]:
        """The roles that a preposition may give its phrase."""
        role = self._prep_role(slots, prep)
        other = slots.get(f"also:{prep}")
        yield from (r for r in (role, other) if r is not None)

    def _prep_role(self, slots: Slots, prep: str) -> str | None:
        """The role that a preposition gives its phrase, by the construction or by grammar."""
        exact = slots.get(f"prep:{prep}")
        if exact:
            return exact
        if prep in self.grammar.uses("mutual") and "either" in slots:
            return slots["either"]
        if prep == "ل" and "patient" in slots:
            return slots["patient"]
        if self.grammar.functions.get(prep) == "agent":
            return slots.get("subject") or slots.get("agent")
        return None

    def second(self, parse: Parse, slots: Slots, bare: Sequence[int]) -> Iterator[Candidate]:
        """The second object: the first of the bare phrases that are neither subject nor object."""
        role = slots.get("second")
        if role and bare:
            yield self.texts.candidate(parse, role, parse.phrases[bare[0]].start, len(parse.words), "second", bare[0])

    def results(self, parse: Parse, match: Match, ranges: Ranges) -> Iterator[Candidate]:
        """Amounts in a clause of result: «ارتفع السعر … ليصل إلى 5 دولارات»."""
        amounts = {slot: role for slot, role in match.construction.slots.items() if ranges.get(role) == "Amount"}
        frame = _result(parse, match.i) if amounts else None
        if frame is None:
            return
        for goal in self.grammar.uses("goal"):
            if frame.object is not None and f"prep:{goal}" in amounts:
                yield _whole(parse, amounts[f"prep:{goal}"], frame.object, "result:object")
        for k in frame.preps:
            prep = parse.phrases[k].prep
            if amounts.get(f"prep:{prep}"):
                yield _whole(parse, amounts[f"prep:{prep}"], k, f"result:{prep}")


def entity_roles(slots: Slots, ranges: Ranges) -> list[str]:
    """The roles of a construction that agents or places fill."""
    return [role for role in dict.fromkeys(slots.values()) if ranges.get(role) in ENTITY_RANGES]


def named(parse: Parse, role: str, k: int, slot: str) -> Iterator[Candidate]:
    """The phrase `k` and those coordinated with it."""
    for n, conjunct in enumerate(parse.conjuncts(k)):
        yield _whole(parse, role, conjunct, slot, n)


def _whole(parse: Parse, role: str, k: int, slot: str, far: int = 0) -> Candidate:
    return Candidate(role, parse.phrases[k].start, parse.phrases[k].end, slot, k, far)


def _result(parse: Parse, i: int) -> Frame | None:
    """The first verb after word `i`, not far, that «ل» makes a result."""
    near = (f for f in parse.frames.values() if i < f.i < i + MAX_TEXT * 2)
    return next((f for f in near if parse.words[f.i - 1].norm == "ل"), None)


def companion_phrase(parse: Parse, match: Match, role: str | None, *places: str) -> Iterator[Candidate]:
    """The phrase that a companion heads, from the companion on."""
    for place in places if role else ():
        i = match.companions[place]
        k = parse.at[i]
        if role and k >= 0:
            yield Candidate(role, i, parse.phrases[k].end, "companion", k)


def has_number(parse: Parse, k: int) -> bool:
    """Whether a numeral stands in the phrase."""
    phrase = parse.phrases[k]
    return any(w.numeral for w in parse.words[phrase.start:phrase.end])
