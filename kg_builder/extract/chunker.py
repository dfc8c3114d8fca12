"""Cuts a sentence into noun phrases with their prepositions, and ties the coordinated ones together."""

from __future__ import annotations

from collections.abc import Sequence

from kg_builder.extract.grammar import Grammar
from kg_builder.extract.openings import Openings, bears_object, demonstrative
from kg_builder.extract.parse import Phrase
from kg_builder.extract.phrases import NounPhrases
from kg_builder.extract.words import Word

LIST_COMMAS = frozenset({"،", ","})


class Chunker:
    """Finds the phrases of a sentence from left to right."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.openings = Openings(grammar)
        self.noun_phrase = NounPhrases(grammar, self.openings)

    def __call__(self, words: Sequence[Word]) -> list[Phrase]:
        phrases: list[Phrase] = []
        i = 0
        while i < len(words):
            phrase = self._phrase_at(words, i)
            if phrase is None:
                i += 1
                continue
            self._coordinate(words, phrases, phrase)
            phrases.append(phrase)
            i = phrase.end
        return phrases

    def _phrase_at(self, words: Sequence[Word], i: int) -> Phrase | None:
        """The phrase that begins at `i` with its preposition or bound, or None."""
        prep, bound = self.openings.preposition(words, i)
        if bound + 1 < len(words) and words[bound].norm == "#" and prep:  # «على #فلان»
            bound += 1
        each = self.openings.after_each(words, bound) if bound < len(words) else bound
        start = self.openings.after_bound(words, each) if each < len(words) else each
        if start >= len(words) or words[start].time:
            return None
        pronoun = words[start].pos == "PRON" and words[start].norm not in self.grammar.relatives
        if pronoun and not demonstrative(words, start):
            clitic = words[start].glued and start > 0 and (words[start - 1].is_verb or bears_object(words, start - 1))
            return Phrase(start, start + 1, start, prep, i, pron=True) if prep or clitic else None
        if not self.openings.opens(words, start):
            return None
        phrase = self.noun_phrase(words, start)
        phrase.prep, phrase.prep_start = prep, i if prep else -1
        phrase.lead = bound if bound < start else -1
        return phrase

    def _coordinate(self, words: Sequence[Word], phrases: list[Phrase], phrase: Phrase) -> None:
        """Ties a phrase to the one before it when only «و», «أو» and commas stand between; they share a preposition."""
        index = len(phrases)
        phrase.first = index
        if not phrases or phrase.pron or phrases[-1].pron:
            return
        before = phrases[-1]
        links = self.grammar.phrase_coordinators
        gap = words[before.end:phrase.begin]
        joined = bool(gap) and gap[-1].norm in links and all(w.norm in links or w.norm in LIST_COMMAS for w in gap)
        if joined and phrase.prep in {"", before.prep} and not self._new_clause(words, before, phrase):
            phrase.first = before.first
            if not phrase.prep:
                phrase.prep, phrase.prep_start = before.prep, phrase.start

    def _new_clause(self, words: Sequence[Word], before: Phrase, phrase: Phrase) -> bool:
        """A nominal after «و» starts a clause when a verb follows it at once and it agrees with that verb."""
        comma = any(w.norm in LIST_COMMAS for w in words[before.end:phrase.begin])
        follows = phrase.end < len(words) and (
            words[phrase.end].is_verb or words[phrase.end].norm in self.grammar.verb_openers)
        return comma and follows
