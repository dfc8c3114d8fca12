"""Candidates that are told in words («… إلى وقف القتال فورا»): where the text ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg_builder.extract.candidate import TEXT_RANGES, Candidate, Ranges
from kg_builder.extract.grammar import Grammar
from kg_builder.extract.match import Match
from kg_builder.extract.parse import COMMAS, HARD, Parse

MAX_TEXT = 14
"""Words that a text may have."""
Slots = Mapping[str, str]
"""From a slot of a construction to the role that it fills."""


class Texts:
    """Measures texts."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar

    def candidate(
        self, parse: Parse, role: str, start: int, limit: int, slot: str, k: int = -1, far: int = 0
    ) -> Candidate:
        """The text that begins at `start`, for a role."""
        return Candidate(role, start, self.end(parse, start, limit), slot, k, far)

    def end(self, parse: Parse, start: int, limit: int) -> int:
        """The end of a phrase told in words: the next comma, stop, new clause or relative, or `MAX_TEXT` words on."""
        words = parse.words
        for j in range(start + 1, min(limit, start + MAX_TEXT, len(words))):
            word = words[j]
            if word.norm in HARD or word.norm in COMMAS or word.norm == ":":
                return j
            if word.norm in self.grammar.clause_coordinators and j + 1 < len(words) and words[j + 1].is_verb:
                return j
            if word.time or (j > start + 1 and self._sets_scene(parse, j)):
                return j
            if j > start + 1 and j in parse.borders and word.norm not in self.grammar.inner_boundaries:
                return j
        return min(limit, start + MAX_TEXT, len(words))

    def _sets_scene(self, parse: Parse, j: int) -> bool:
        """A preposition of time, cause, source or concession ends what a phrase says («… بعد الهجوم»)."""
        after = next((p for p in parse.phrases if p.prep and p.prep_start == j), None)
        if after is None:
            return False
        uses, functions = self.grammar.uses, self.grammar.functions
        return after.prep in uses("scene") or after.prep in uses("aside") or functions.get(after.prep) == "cause"

    def lengths(
        self, parse: Parse, candidate: Candidate, match: Match, ranges: Ranges
    ) -> Iterator[Candidate]:
        """A text as found, and the other length it may have: its noun phrase alone, or all that complements it.

        That reaches up to what another slot wants, or to where the clause ends when this follows at once.
        """
        yield candidate
        if ranges.get(candidate.role) not in TEXT_RANGES or candidate.phrase < 0:
            return
        short = parse.phrases[candidate.phrase].end
        if candidate.start < short < candidate.end:
            yield replace(candidate, end=short, slot=candidate.slot + "<")
        elif short == candidate.end:
            end = self.end(parse, candidate.start, len(parse.words))
            limit = next_slot(parse, match.construction.slots, candidate.role, candidate.phrase)
            end = min(end, limit) if limit > short else end
            if not short <= match.i < end:  # what stands before its verb does not reach over it
                yield replace(candidate, end=end, slot=candidate.slot + ">")


def next_slot(parse: Parse, slots: Slots, role: str, k: int) -> int:
    """Where the next phrase after `k` begins that another slot of the construction wants."""
    measure = slots.get("measure", slots.get("second", role)) != role
    for phrase in parse.phrases[k + 1:]:
        counted = measure and parse.words[phrase.start].numeral
        if slots.get(f"prep:{phrase.prep}", role) != role if phrase.prep else counted:
            return phrase.begin
    return len(parse.words)
