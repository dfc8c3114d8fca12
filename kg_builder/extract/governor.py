"""Candidates that a noun gets from the clause that it stands in, or from the clause that describes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg_builder.extract.arguments import Arguments, named
from kg_builder.extract.candidate import Candidate, Ranges
from kg_builder.extract.match import Match
from kg_builder.extract.parse import Frame, Parse


@dataclass(frozen=True, slots=True)
class Governor:
    """The predicate that a noun trigger's phrase is an argument of, and as what ("subject", "object", "prep:من")."""

    frame: Frame
    relation: str


def governor(parse: Parse, k: int) -> Governor | None:
    """The predicate that the phrase `k` is an argument of: the nearest whose scan took it."""
    first = parse.phrases[k].first
    for frame in sorted(parse.frames.values(), key=lambda f: (parse.words[f.i].definite,
                                                              abs(f.i - parse.phrases[k].start))):
        if parse.at[frame.i] == k and frame.i >= parse.phrases[k].start:
            continue
        for relation, phrase in (("object", frame.object), ("subject", frame.subject)):
            if phrase == first and not (frame.relative and phrase == frame.antecedent):
                return Governor(frame, relation)
        if first in frame.preps:
            return Governor(frame, f"prep:{parse.phrases[first].prep}")
    return None


class GovernedSlots:
    """Lists the arguments that other predicates lend to a noun."""

    def __init__(self, arguments: Arguments) -> None:
        self.arguments = arguments

    def lent(self, parse: Parse, match: Match, k: int, ranges: Ranges) -> Iterator[Candidate]:
        """Arguments that a governing verb lends to the noun: «شنّت القوات هجوما على …», «قرّرت الحكومة تمديد …»."""
        over = governor(parse, k)
        if over is None:
            return
        frame, slots = over.frame, match.construction.slots
        if over.relation != "subject" and frame.subject is not None and (frame.open_voice or not frame.passive):
            role = slots.get("agent") or slots.get("either") or slots.get("patient") or slots.get("genitive")
            if role and not parse.phrases[k].start <= parse.phrases[frame.subject].head < parse.phrases[k].end:
                yield from named(parse, role, frame.subject, f"governor-{over.relation.split(':')[0]}")
        if over.relation in {"object", "subject"}:
            later = [p for p in frame.preps if p > k]
            yield from self.arguments.prepositional(parse, match, later, ranges, set())
            if over.relation == "object" and frame.object is not None and frame.object != k and "patient" in slots:
                yield from named(parse, slots["patient"], frame.object, "governor-object")

    def described(self, parse: Parse, match: Match, k: int, ranges: Ranges) -> Iterator[Candidate]:
        """A relative clause or participle on the noun: «الهجوم الذي شنّته القوات», «العقوبات المفروضة على …»."""
        slots = match.construction.slots
        for frame in parse.frames.values():
            if not frame.relative or frame.i <= match.i or k not in {frame.antecedent, frame.subject}:
                continue
            if frame.object == k and frame.subject is not None and frame.subject != k:
                role = slots.get("agent") or slots.get("either")
                if role:
                    yield from named(parse, role, frame.subject, "relative-subject")
            elif frame.subject == k and frame.object is not None and "patient" in slots:
                yield from named(parse, slots["patient"], frame.object, "relative-object")
            yield from self.arguments.prepositional(parse, match, frame.preps, ranges, set())
