"""Noun phrases: head, genitive chain, adjectives, title and name, complements."""

from __future__ import annotations

from collections.abc import Sequence

from kg_builder.extract.grammar import Grammar
from kg_builder.extract.openings import OPENING, Openings, demonstrative, quoted_end
from kg_builder.extract.parse import Phrase
from kg_builder.extract.ties import Ties, entity_end
from kg_builder.extract.words import NOMINAL, Word


class NounPhrases:
    """Finds how far the noun phrase reaches that begins at a word."""

    def __init__(self, grammar: Grammar, openings: Openings) -> None:
        self.grammar = grammar
        self.openings = openings
        self.ties = Ties(grammar, openings)

    def __call__(self, words: Sequence[Word], start: int) -> Phrase:
        i = start
        if words[i].pos == "DET" or demonstrative(words, i):
            i += 1
        if words[i].norm in OPENING:
            end = quoted_end(words, i)
            return Phrase(start, end, i + 1)
        head = i
        i = entity_end(words, i)
        while i < len(words):
            nxt = self._extend(words, head, i)
            if nxt == i:
                break
            i = nxt
        head = self._real_head(words, head, i)
        return Phrase(start, i, head)

    @staticmethod
    def _real_head(words: Sequence[Word], head: int, end: int) -> int:
        """The noun counted by a leading numeral; otherwise the first noun."""
        while words[head].pos == "NUM" and head + 1 < end and words[head + 1].pos in {"NOUN", "PROPN", "NUM"}:
            head += 1
        return head

    def _extend(self, words: Sequence[Word], head: int, i: int) -> int:
        """The end of the phrase when the word at `i` belongs to it; `i` itself when it does not."""
        word, last, ties = words[i], words[i - 1], self.ties
        if word.time or last.lemma in self.grammar.manners:
            return i + 1 if word.pos == "ADJ" and not word.time and not word.definite else i
        if word.pos == "PRON":
            return i + 1 if word.glued and last.pos in NOMINAL else i
        if word.norm in self.grammar.postposed and last.pos in {"NOUN", "ADJ"} and not last.definite:
            return i + 1
        if word.pos in {"NOUN", "PROPN", "NUM"} and not word.glued:
            return ties.nominal(words, head, i)
        if word.pos == "DET" and i + 1 < len(words) and words[i + 1].pos in NOMINAL:
            return i + 2 if ties.open(words, head, i) else i
        if word.pos == "ADJ":
            if ties.unlisted_name(words, head, i):
                return i + 2
            return i + 1 if ties.modifies(words, head, i) or ties.substantive(words, head, i) else i
        return self._extend_over(words, head, i)

    def _extend_over(self, words: Sequence[Word], head: int, i: int) -> int:
        """The same for what is no noun or adjective itself: quotation, «و» of adjectives, preposition, bound."""
        word, last, ties = words[i], words[i - 1], self.ties
        following = words[i + 1] if i + 1 < len(words) else None
        if word.norm in OPENING and ties.may_quote(words, head, i):
            return quoted_end(words, i) or i
        if word.norm == "و" and last.pos == "ADJ" and following is not None:
            twin = following.pos == "ADJ" and following.definite == last.definite and not following.participle
            return i + 2 if twin else i
        if word.norm == "_" and following is not None and following.pos in NOMINAL:
            return i + 2
        if ties.complement(words, head, i):
            return self(words, i + 1).end
        bound = self.openings.after_bound(words, i)
        if bound != i and ties.open(words, head, i):
            return bound + 1
        if word.norm in self.grammar.uses("partitive") and ties.partitive(words, head, i):
            return self(words, i + 1).end if self.openings.opens(words, i + 1) else i
        return i
