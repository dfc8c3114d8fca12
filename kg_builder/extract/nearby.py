"""Candidates near by that no slot reaches: understood from the context, if the ranker thinks so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kg_builder.extract.arguments import entity_roles, has_number
from kg_builder.extract.candidate import Candidate, Ranges
from kg_builder.extract.grammar import SORT_GROUPS, Grammar
from kg_builder.extract.match import Match
from kg_builder.extract.parse import Parse
from kg_builder.extract.texts import MAX_TEXT
from kg_builder.extract.words import NOMINAL

CONTEXT = 6
"""Agents and places that are looked at."""
UNKNOWN = 2
"""Subjects and objects of unknown sort that are looked at."""


class Nearby:
    """Looks around a trigger."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar

    def entities(self, parse: Parse, match: Match, ranges: Ranges) -> Iterator[Candidate]:
        """Agents and places, nearest first."""
        roles = entity_roles(match.construction.slots, ranges)
        if not roles:
            return
        near = sorted(range(len(parse.phrases)), key=lambda k: abs(parse.phrases[k].start - match.i))
        for k in islice((k for k in near if self._is_entity(parse, k, match.i)), CONTEXT):
            phrase = parse.phrases[k]
            place = SORT_GROUPS.get(self.grammar.sort_of(parse.words[phrase.head]) or "") == "place"
            for role in roles:
                if not (place and ranges[role] == "Agent"):
                    yield Candidate(role, phrase.start, phrase.end, "context", k, abs(phrase.start - match.i))
        arguments = {k for f in parse.frames.values() for k in (f.subject, f.object)}
        for k in islice((k for k in near if k in arguments and self._may_be_somebody(parse, k, match.i)), UNKNOWN):
            phrase = parse.phrases[k]
            for role in roles:
                yield Candidate(role, phrase.start, phrase.end, "context", k, abs(phrase.start - match.i))

    @staticmethod
    def amounts(parse: Parse, match: Match, ranges: Ranges) -> Iterator[Candidate]:
        """Phrases with a numeral near by, for the roles that want an amount."""
        roles = [r for r in dict.fromkeys(match.construction.slots.values()) if ranges.get(r) == "Amount"]
        near = [k for k, p in enumerate(parse.phrases) if roles and abs(p.start - match.i) < MAX_TEXT * 2
                and has_number(parse, k)]
        for k in near:
            phrase = parse.phrases[k]
            for role in roles:
                yield Candidate(role, phrase.start, phrase.end, f"near:{phrase.prep}", k, abs(phrase.start - match.i))

    def _may_be_somebody(self, parse: Parse, k: int, trigger: int) -> bool:
        """A subject or object of which the lexicon knows nothing, and that is no doing."""
        phrase = parse.phrases[k]
        head = parse.words[phrase.head]
        return (self.grammar.sort_of(head) is None and head.pos in NOMINAL and not head.masdar and not head.time
                and not phrase.pron and not phrase.start <= trigger < phrase.end)

    def _is_entity(self, parse: Parse, k: int, trigger: int) -> bool:
        phrase = parse.phrases[k]
        sort = self.grammar.sort_of(parse.words[phrase.head])
        return sort in SORT_GROUPS and not phrase.pron and not phrase.start <= trigger < phrase.end
