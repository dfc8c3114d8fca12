"""Whether a word belongs to the noun phrase before it: genitive chain, adjective, name, complement, quotation."""

from __future__ import annotations

from collections.abc import Sequence

from kg_builder.extract.agreement import accusative, adjective_agrees, full_plural
from kg_builder.extract.grammar import SORT_GROUPS, Grammar
from kg_builder.extract.openings import Openings
from kg_builder.extract.words import NOMINAL, Word

NAMED_BODIES = frozenset({"Organization", "Force", "Place", "Facility", "Group", "Text"})
BODIES = frozenset({"Force", "Organization", "Group", "Government"})


class Ties:
    """Ties of a word `i` to the phrase that begins at `head` and reaches up to it."""

    def __init__(self, grammar: Grammar, openings: Openings) -> None:
        self.grammar = grammar
        self.openings = openings

    def nominal(self, words: Sequence[Word], head: int, i: int) -> int:
        """The end of the phrase when the noun, name or numeral at `i` belongs to it; `i` itself when it does not."""
        word, last = words[i], words[i - 1]
        after_number = last.pos == "NUM" and word.pos in {"NOUN", "NUM"}
        if word.pos == "NUM" and last.participle and not last.definite and i - 1 == head:  # «متراجعة 25 سنتا»
            return i
        counted = last.pos == "NUM" or (not word.masdar and any(w.pos == "NUM" for w in words[head:i]))
        if accusative(word) and not counted:
            return i
        if word.lemma in self.grammar.adjectives and self.modifies(words, head, i) and last.definite and word.definite:
            return i + 1
        if after_number or (self.open(words, head, i) and not self._starts_predicate(words, head, i)):
            return entity_end(words, i)
        if self._names(words, head, i):
            return entity_end(words, i)
        return i + 1 if word.participle and self.modifies(words, head, i) else i

    def _names(self, words: Sequence[Word], head: int, i: int) -> bool:
        """Whether a person's name begins or goes on at `i`, after a title, one who is told by his office, or a name."""
        word, named = words[i], any(w.ent == "PERSON" for w in words[head:i])
        if word.ent == "PERSON":
            name = not (named and word.ent_start)
        else:
            name = word.pos == "PROPN" and not word.ent and not named
        return name and (words[i - 1].pos == "PROPN" or self._titled(words, head, i))

    def unlisted_name(self, words: Sequence[Word], head: int, i: int) -> bool:
        """«وزير النقل سامي الخطيب»: an indefinite adjective between an office and a surname is a first name."""
        word, last = words[i], words[i - 1]
        if word.definite or accusative(word) or not last.definite or i + 1 >= len(words):
            return False
        surname = words[i + 1]
        closes = surname.pos == "PROPN" or (surname.definite and surname.pos in {"NOUN", "ADJ"})
        return closes and not surname.glued and not surname.time and any(
            w.lemma in self.grammar.titles for w in words[head:i])

    def _titled(self, words: Sequence[Word], head: int, i: int) -> bool:
        titles = any(w.lemma in self.grammar.titles for w in words[head:i])
        return titles or (words[head].definite and self.grammar.sort_of(words[head]) == "Person")

    def _starts_predicate(self, words: Sequence[Word], head: int, i: int) -> bool:
        """An indefinite subject before an object that carries its own pronoun is no genitive chain."""
        follows = i + 1 < len(words) and words[i + 1].pos == "PRON" and words[i + 1].glued
        return follows and words[i].masdar and self.grammar.sort_of(words[head]) == "Person"

    @staticmethod
    def open(words: Sequence[Word], head: int, i: int) -> bool:
        """Whether the chain of genitives still waits for its last link."""
        last = words[i - 1]
        if last.pos == "PROPN" or last.ent:
            return words[i].pos == "PROPN" and not words[i].ent_start
        if last.pos not in {"NOUN", "ADJ"} or last.definite or full_plural(last) or accusative(last):
            return False
        return last.pos != "ADJ" or i - 1 == head

    def modifies(self, words: Sequence[Word], head: int, i: int) -> bool:
        """Whether the adjective or participle at `i` agrees with the phrase so far."""
        word = words[i]
        chain = [w for w in words[head:i] if w.pos in {"NOUN", "PROPN", "NUM", "ADJ"}]
        if not chain or words[i - 1].pos == "PUNCT":
            return False
        closed = any(w.definite or w.ent or w.pos == "PROPN" for w in chain) or words[i - 1].pos == "PRON"
        if not any(adjective_agrees(noun, word) for noun in chain):
            return False
        if word.definite:
            return closed
        if word.feats.get("Case") == "Acc" and words[i - 1].feats.get("Case") != "Acc" and word.participle:
            return False
        return not closed

    def substantive(self, words: Sequence[Word], head: int, i: int) -> bool:
        """«إصابة آخرين»: an adjective that does not agree with the noun right before it is its genitive."""
        last = words[i - 1]
        return last.pos == "NOUN" and self.open(words, head, i) and not adjective_agrees(last, words[i])

    def may_quote(self, words: Sequence[Word], head: int, i: int) -> bool:
        last = words[i - 1]
        if last.masdar and not (last.definite or accusative(last) or full_plural(last)):
            return True
        sort = self.grammar.sort_of(words[i - 1]) or self.grammar.sort_of(words[head])
        return sort in NAMED_BODIES or words[i - 1].norm == "ال"

    def partitive(self, words: Sequence[Word], head: int, i: int) -> bool:
        if i + 1 >= len(words):
            return False
        if self._member(words, head, i):
            return True
        counted = any(w.pos == "NUM" or w.norm in self.grammar.postposed for w in words[head:i])
        place = SORT_GROUPS.get(self.grammar.sort_of(words[i + 1]) or "") == "place"  # «نزح الآلاف من القرية»
        several = i - 1 == head and not place and words[head].lemma in self.grammar.quantifiers
        if not several and (words[i - 1].definite or words[i - 1].pos == "PRON"):  # «في الوقت ذاته من …»
            return False
        quantity = {words[head].lemma, words[i - 1].lemma} & self.grammar.quantifiers
        return (counted or bool(quantity)) and words[i + 1].pos in NOMINAL

    def _member(self, words: Sequence[Word], head: int, i: int) -> bool:
        """«مسلحون من الجماعة»: people of a body."""
        people = self.grammar.sort_of(words[head]) == "Person" or words[head].participle
        return people and not words[i - 1].definite and self.grammar.sort_of(words[i + 1]) in BODIES

    def complement(self, words: Sequence[Word], head: int, i: int) -> bool:
        """«الأمين العام للمنظمة», «العقود الآجلة للخام», «المتحدث باسم الجيش»: a complement tied by a preposition."""
        if i + 1 >= len(words) or words[i + 1].time or not self.openings.opens(words, i + 1):
            return False
        if words[i].norm == "ب":
            return words[i + 1].lemma in self.grammar.tying_nouns
        office = words[head].lemma in self.grammar.titles or self.grammar.sort_of(words[head]) != "Person"
        return words[i].norm == "ل" and words[i - 1].pos == "ADJ" and words[head].definite and office and (
            words[i + 1].definite or bool(words[i + 1].ent) or words[i + 1].pos == "PROPN")


def entity_end(words: Sequence[Word], i: int) -> int:
    j = i + 1
    if words[i].ent:
        while j < len(words) and words[j].ent == words[i].ent and not words[j].ent_start:
            j += 1
    return j
