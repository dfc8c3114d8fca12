"""What could fill each role of a match: the phrases that stand where the construction, or grammar, puts it."""

from __future__ import annotations

from collections.abc import Iterator

from kg_builder.extract.arguments import Arguments
from kg_builder.extract.candidate import Candidate, Ranges
from kg_builder.extract.grammar import Grammar
from kg_builder.extract.match import Match
from kg_builder.extract.nearby import Nearby
from kg_builder.extract.nominal import NominalSlots
from kg_builder.extract.parse import Parse
from kg_builder.extract.verbal import VerbalSlots

__all__ = ["Candidate", "SlotFinder"]
VERBAL_FORMS = frozenset({"verb", "passive", "participle"})


class SlotFinder:
    """Lists the candidates of a match, nearest first."""

    def __init__(self, grammar: Grammar) -> None:
        arguments = Arguments(grammar)
        self.texts = arguments.texts
        self.verbal = VerbalSlots(arguments)
        self.nominal = NominalSlots(arguments)
        self.nearby = Nearby(grammar)

    def __call__(self, parse: Parse, match: Match, ranges: Ranges) -> list[Candidate]:
        seen: dict[tuple[str, int, int], Candidate] = {}
        for candidate in self._found(parse, match, ranges):
            for reading in self.texts.lengths(parse, candidate, ranges):
                seen.setdefault((reading.role, reading.start, reading.end), reading)
        return list(seen.values())

    def _found(self, parse: Parse, match: Match, ranges: Ranges) -> Iterator[Candidate]:
        """Every candidate; one that is found twice counts as what it is first."""
        by_form = self.verbal if match.form in VERBAL_FORMS else self.nominal
        yield from by_form(parse, match, ranges)
        if "self" in match.construction.slots:
            yield _own(parse, match)
        yield from self.nearby.entities(parse, match, ranges)
        yield from self.nearby.amounts(parse, match, ranges)


def _own(parse: Parse, match: Match) -> Candidate:
    """The trigger's own phrase, for a role that the event noun itself fills."""
    k = parse.at[match.i]
    role = match.construction.slots["self"]
    if k < 0:
        return Candidate(role, match.i, match.i + 1, "self", -1)
    phrase = parse.phrases[k]
    inside = parse.words[match.i - 1].pos in {"NOUN", "ADJ"} and match.i > phrase.start
    return Candidate(role, match.i if inside else phrase.start, phrase.end, "self", k)
