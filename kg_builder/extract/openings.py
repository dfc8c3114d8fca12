"""What may stand before a noun phrase or open it: prepositions, bounds of numerals, demonstratives, quotation marks."""

from __future__ import annotations

from collections.abc import Sequence

from kg_builder.extract.grammar import Grammar
from kg_builder.extract.words import NOMINAL, Word

OPENING, CLOSING = frozenset("\"«“”'(["), frozenset("\"»”“')]")
MAX_QUOTED = 6


class Openings:
    """Looks at the words where a phrase may begin."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self._bounds = grammar.bounds.starts
        self._prepositions = grammar.prepositions.starts

    def after_bound(self, words: Sequence[Word], i: int) -> int:
        """The numeral after «ما لا يقل عن», «أكثر من» and their like; `i` itself when there is none."""
        if words[i].norm not in self._bounds:
            return i
        found = self.grammar.bounds.match(words, i)
        after = i + found[0] if found else i
        return after if after < len(words) and words[after].pos == "NUM" else i

    def after_each(self, words: Sequence[Word], i: int) -> int:
        """The noun after «كل من» and its like; `i` itself when there is none."""
        found = self.grammar.distributors.match(words, i)
        after = i + found[0] if found else i
        return after if after < len(words) and words[after].pos in NOMINAL else i

    def preposition(self, words: Sequence[Word], i: int) -> tuple[str, int]:
        """The preposition at `i` (or "") and where its complement starts."""
        if words[i].pos != "ADP" and words[i].norm not in self._prepositions:
            return "", i
        if self.after_bound(words, i) != i:
            return "", i
        compound = self.grammar.prepositions.match(words, i)
        if compound and i + compound[0] < len(words) and not self._is_noun_use(words, i, compound[0]):
            return compound[1], i + compound[0]
        if words[i].pos == "ADP":
            nxt = i + 1
            inner = self.grammar.prepositions.match(words, nxt) if nxt < len(words) else None
            if inner and words[nxt].pos == "ADP" and nxt + inner[0] < len(words):
                return f"{words[i].norm} {inner[1]}", nxt + inner[0]
            return words[i].lemma or words[i].norm, nxt
        return "", i

    @staticmethod
    def _is_noun_use(words: Sequence[Word], i: int, length: int) -> bool:
        return length == 1 and words[i].pos in {"VERB", "PROPN", "PUNCT"}

    def opens(self, words: Sequence[Word], i: int) -> bool:
        """Whether a noun phrase may begin at `i`."""
        word = words[i]
        if word.pos in NOMINAL:
            return True
        if (word.pos == "DET" or demonstrative(words, i)) and i + 1 < len(words):
            return words[i + 1].pos in NOMINAL
        return word.norm in OPENING and i + 1 < len(words) and words[i + 1].pos in NOMINAL and bool(
            quoted_end(words, i))


def demonstrative(words: Sequence[Word], i: int) -> bool:
    """«هذه» before a definite noun belongs to its phrase."""
    return words[i].feats.get("PronType") == "Dem" and i + 1 < len(words) and words[i + 1].definite


def bears_object(words: Sequence[Word], i: int) -> bool:
    """«إياه»: the word that carries a pronoun in the accusative, where nothing else may."""
    return words[i].pos == "PRON" and not words[i].glued and i > 0 and words[i].feats.get("PronType") != "Rel"


def quoted_end(words: Sequence[Word], i: int) -> int:
    """The index after a short quotation of nominals that opens at `i`, or 0."""
    for j in range(i + 1, min(i + 2 + MAX_QUOTED, len(words))):
        if words[j].norm in CLOSING and j > i + 1:
            return j + 1
        if words[j].is_verb or words[j].pos == "PUNCT":
            return 0
    return 0
