"""Candidates of an event noun: its genitive, adjectives and complements, and what governs or describes it."""

from __future__ import annotations

from collections.abc import Iterator

from kg_builder.extract.arguments import Arguments, companion_phrase
from kg_builder.extract.candidate import Candidate, Ranges
from kg_builder.extract.genitive import GenitiveSlots, companion_genitives
from kg_builder.extract.governor import GovernedSlots
from kg_builder.extract.match import Match
from kg_builder.extract.parse import COMMAS, HARD, Parse

REACH = 5
"""How many phrases after a noun may still be its complements."""


class NominalSlots:
    """Lists the candidates of a match on a noun."""

    def __init__(self, arguments: Arguments) -> None:
        self.arguments = arguments
        self.grammar = arguments.grammar
        self.genitive = GenitiveSlots(arguments)
        self.governed = GovernedSlots(arguments)

    def __call__(self, parse: Parse, match: Match, ranges: Ranges) -> Iterator[Candidate]:
        slots, k = match.construction.slots, parse.at[match.i]
        if k < 0:
            yield from self._as_preposition(parse, match)
            return
        own = list(self._after(parse, k))
        bare = [p for p in own if not parse.phrases[p].prep]
        with_prep = [p for p in own if parse.phrases[p].prep]
        yield from self.genitive(parse, match, k, own, ranges)
        yield from companion_phrase(parse, match, slots.get("companionRole"), *match.companions)
        yield from companion_genitives(parse, match)
        yield from self._adjectives(parse, match, k)
        yield from self.arguments.prepositional(parse, match, with_prep, ranges, set(match.companions.values()))
        yield from self.arguments.second(parse, slots, bare)
        yield from self.governed.lent(parse, match, k, ranges)
        yield from self.governed.described(parse, match, k, ranges)
        yield from self.arguments.results(parse, match, ranges)
        if "clause" in slots:
            yield from self._noun_clause(parse, slots["clause"], k)

    def _as_preposition(self, parse: Parse, match: Match) -> Iterator[Candidate]:
        """«بتهمة الفساد»: the noun is part of a preposition, and the phrase behind is its genitive."""
        slots = match.construction.slots
        role = slots.get("genitive") or slots.get("patient")
        for k, phrase in enumerate(parse.phrases if role else ()):
            if role and phrase.prep and phrase.prep_start <= match.i < phrase.start and phrase.first == k:
                for n, conjunct in enumerate(parse.conjuncts(k)):
                    start = parse.phrases[conjunct].start
                    yield self.arguments.texts.candidate(
                        parse, role, start, len(parse.words), "genitive", conjunct, n)

    def _after(self, parse: Parse, k: int) -> Iterator[int]:
        """The phrases after a noun's phrase that may complement it: up to a verb, a stop or a second comma."""
        words, commas = parse.words, 0
        position = parse.phrases[k].end
        for n in range(k + 1, min(k + 1 + REACH, len(parse.phrases))):
            phrase = parse.phrases[n]
            for i in range(position, phrase.begin):
                word = words[i]
                commas += word.norm in COMMAS
                if word.is_verb or word.norm in HARD or commas > 1 or word.norm in self.grammar.subordinators:
                    return
            yield n
            position = phrase.end

    def _adjectives(self, parse: Parse, match: Match, k: int) -> Iterator[Candidate]:
        """Nationalities tell who acts; another adjective fills a role only where the construction says so."""
        slots, phrase = match.construction.slots, parse.phrases[k]
        for j in range(match.i + 1, phrase.end):
            word = parse.words[j]
            if word.lemma in self.grammar.nationalities and word.pos in {"ADJ", "NOUN"}:
                role = slots.get("agent") or slots.get("either")
                if role:
                    yield Candidate(role, j, j + 1, "nationality", k)
            elif word.pos == "ADJ" and "adjectiveRole" in slots:
                yield Candidate(slots["adjectiveRole"], j, j + 1, "adjective", k)

    def _noun_clause(self, parse: Parse, role: str, k: int) -> Iterator[Candidate]:
        """The clause right after the noun's phrase («إعلان الشركة أن …»)."""
        end = parse.phrases[k].end
        for j in range(end, min(end + 2, len(parse.words))):
            if parse.words[j].norm in self.grammar.complementizers:
                yield self.arguments.texts.candidate(parse, role, j + 1, len(parse.words), "clause")
                return
