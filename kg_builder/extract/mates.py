"""Who acts in the clauses about a trigger: the subject of the verb before, and what opens it all."""

from __future__ import annotations

from collections.abc import Iterator

from kg_builder.extract.agreement import Agreement
from kg_builder.extract.arguments import named
from kg_builder.extract.candidate import ENTITY_RANGES, Candidate, Ranges
from kg_builder.extract.grammar import Grammar
from kg_builder.extract.match import Match
from kg_builder.extract.parse import HARD, Parse, verbs_before

DOERS, AFFECTED = ("subject", "agent", "either"), ("object", "patient", "genitive", "self")
"""Slots of who does it, and of whom it befalls where nobody does."""


class Mates:
    """Finds subjects of other clauses for the doer of an event."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.agreement = Agreement(grammar)

    def __call__(self, parse: Parse, match: Match, ranges: Ranges) -> Iterator[Candidate]:
        slots = match.construction.slots
        passive = match.form == "passive"
        role = next((slots[key] for key in (AFFECTED if passive else (*DOERS, *AFFECTED))
                     if ranges.get(slots.get(key, "")) in ENTITY_RANGES), None)
        for slot, k in self._subjects(parse, match) if role else ():
            phrase = parse.phrases[k]
            if role and not (phrase.pron or phrase.start <= match.i < phrase.end or parse.head(k).masdar):
                yield from named(parse, role, k, slot)

    def _subjects(self, parse: Parse, match: Match) -> Iterator[tuple[str, int]]:
        """Each with the name of its slot: what opens the clause, and the subject of the verb before."""
        before = next((f for f in verbs_before(parse, match.i) if f.subject is not None), None)
        topic = self._topic(parse, match.i)
        if topic is not None and self._agrees(parse, match, topic):
            yield "mate-topic", topic
        if before is not None and before.subject is not None and self._agrees(parse, match, before.subject):
            yield "mate-subject" if before.stop > match.i else "mate-earlier", before.subject

    def _agrees(self, parse: Parse, match: Match, k: int) -> bool:
        return not parse.words[match.i].is_verb or self.agreement.verb(parse, match.i, k, post=False)

    def _topic(self, parse: Parse, i: int) -> int | None:
        """The bare phrase that opens the clause after «أن», or the sentence."""
        for j in range(i - 1, -1, -1):
            word = parse.words[j]
            if word.norm in HARD:
                return None
            if word.norm in self.grammar.complementizers or j == 0:
                start = j if j == 0 and parse.at[0] >= 0 else j + 1
                k = parse.at[start] if start < i else -1
                return k if k >= 0 and not parse.phrases[k].prep and parse.phrases[k].end <= i else None
        return None
