"""Noun phrases with their prepositions: head, genitive chain, adjectives, title and name, coordination."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg_builder.extract.grammar import Grammar
from kg_builder.extract.words import NOMINAL, Word

OPENING, CLOSING = frozenset("\"«“”'(["), frozenset("\"»”“')]")
MAX_QUOTED = 6


@dataclass(slots=True)
class Phrase:
    """Words `start:end` of a sentence with `head` among them; `prep` is the (compound) preposition before it or ""."""

    start: int
    end: int
    head: int
    prep: str = ""
    prep_start: int = -1
    pron: bool = False
    first: int = -1
    """Index of the first conjunct, itself when the phrase is not coordinated."""
    lead: int = -1
    """Where a bound before it begins («ما لا يقل عن»), -1 when there is none."""

    @property
    def begin(self) -> int:
        """Where the phrase begins with its preposition and bound."""
        return self.prep_start if self.prep else self.lead if self.lead >= 0 else self.start


class Chunker:
    """Finds the phrases of a sentence from left to right."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar

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
        prep, bound = self._preposition(words, i)
        start = self._after_bound(words, bound) if bound < len(words) else bound
        if start >= len(words) or words[start].time:
            return None
        demonstrative = self._demonstrative(words, start)
        if words[start].pos == "PRON" and not demonstrative and words[start].norm not in self.grammar.relatives:
            clitic = words[start].glued and start > 0
            if prep or (clitic and words[start - 1].is_verb):
                return Phrase(start, start + 1, start, prep, i, pron=True)
            return None
        if not self._opens(words, start):
            return None
        phrase = self._noun_phrase(words, start)
        phrase.prep, phrase.prep_start = prep, i if prep else -1
        phrase.lead = bound if bound < start else -1
        return phrase

    def _after_bound(self, words: Sequence[Word], i: int) -> int:
        """The numeral after «ما لا يقل عن», «أكثر من» and their like; `i` itself when there is none."""
        found = self.grammar.bounds.match(words, i)
        after = i + found[0] if found else i
        return after if after < len(words) and words[after].pos == "NUM" else i

    def _preposition(self, words: Sequence[Word], i: int) -> tuple[str, int]:
        """The preposition at `i` (or "") and where its complement starts."""
        if self._after_bound(words, i) != i:
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

    def _opens(self, words: Sequence[Word], i: int) -> bool:
        word = words[i]
        if word.pos in NOMINAL:
            return True
        if (word.pos == "DET" or self._demonstrative(words, i)) and i + 1 < len(words):
            return words[i + 1].pos in NOMINAL
        return word.norm in OPENING and i + 1 < len(words) and words[i + 1].pos in NOMINAL and bool(
            self._quoted_end(words, i))

    @staticmethod
    def _demonstrative(words: Sequence[Word], i: int) -> bool:
        """«هذه» before a definite noun belongs to its phrase."""
        word = words[i]
        return word.feats.get("PronType") == "Dem" and i + 1 < len(words) and words[i + 1].definite

    def _quoted_end(self, words: Sequence[Word], i: int) -> int:
        """The index after a short quotation of nominals that opens at `i`, or 0."""
        for j in range(i + 1, min(i + 2 + MAX_QUOTED, len(words))):
            if words[j].norm in CLOSING and j > i + 1:
                return j + 1
            if words[j].is_verb or words[j].pos == "PUNCT":
                return 0
        return 0

    def _noun_phrase(self, words: Sequence[Word], start: int) -> Phrase:
        i = start
        if words[i].pos == "DET" or self._demonstrative(words, i):
            i += 1
        if words[i].norm in OPENING:
            end = self._quoted_end(words, i)
            return Phrase(start, end, i + 1)
        head = i
        i = self._entity_end(words, i)
        while i < len(words):
            nxt = self._extend(words, head, i)
            if nxt == i:
                break
            i = nxt
        head = self._real_head(words, head, i)
        return Phrase(start, i, head)

    def _real_head(self, words: Sequence[Word], head: int, end: int) -> int:
        """The noun counted by a leading numeral; otherwise the first noun."""
        while words[head].pos == "NUM" and head + 1 < end and words[head + 1].pos in {"NOUN", "PROPN", "NUM"}:
            head += 1
        return head

    @staticmethod
    def _entity_end(words: Sequence[Word], i: int) -> int:
        j = i + 1
        if words[i].ent:
            while j < len(words) and words[j].ent == words[i].ent and not words[j].ent_start:
                j += 1
        return j

    def _extend(self, words: Sequence[Word], head: int, i: int) -> int:
        """The end of the phrase when the word at `i` belongs to it; `i` itself when it does not."""
        word, last = words[i], words[i - 1]
        if word.time or last.lemma in self.grammar.manners:
            return i + 1 if word.pos == "ADJ" and not word.time and not word.definite else i
        if word.pos == "PRON":
            return i + 1 if word.glued and last.pos in NOMINAL else i
        if word.pos in {"NOUN", "PROPN", "NUM"} and not word.glued:
            return self._nominal(words, head, i)
        if word.pos == "DET" and i + 1 < len(words) and words[i + 1].pos in NOMINAL:
            return i + 2 if self._open(words, head, i) else i
        if word.pos == "ADJ":
            return i + 1 if self._modifies(words, head, i) or self._substantive(words, head, i) else i
        if word.norm in OPENING and self._may_quote(words, head, i):
            return self._quoted_end(words, i) or i
        if word.norm == "و" and last.pos == "ADJ" and i + 1 < len(words):
            twin = words[i + 1]
            return i + 2 if twin.pos == "ADJ" and twin.definite == last.definite and not twin.participle else i
        if word.norm == "_" and i + 1 < len(words) and words[i + 1].pos in NOMINAL:
            return i + 2
        if self._complement(words, head, i):
            return self._noun_phrase(words, i + 1).end
        bound = self._after_bound(words, i)
        if bound != i and self._open(words, head, i):
            return bound + 1
        if word.norm in {"من", "ل"} and self._partitive(words, head, i):
            inner = self._noun_phrase(words, i + 1) if self._opens(words, i + 1) else None
            return inner.end if inner else i
        return i

    def _nominal(self, words: Sequence[Word], head: int, i: int) -> int:
        word, last = words[i], words[i - 1]
        after_number = last.pos == "NUM" and word.pos in {"NOUN", "NUM"}
        if accusative(word) and not any(w.pos == "NUM" for w in words[head:i]):
            return i
        if word.lemma in self.grammar.adjectives and self._modifies(words, head, i) and last.definite and word.definite:
            return i + 1
        if after_number or (self._open(words, head, i) and not self._starts_predicate(words, head, i)):
            return self._entity_end(words, i)
        named = any(w.ent == "PERSON" for w in words[head:i])
        name = (word.ent == "PERSON" and not (named and word.ent_start)) or (
            word.pos == "PROPN" and not word.ent and not named)
        titled = any(words[k].lemma in self.grammar.titles for k in range(head, i)) or (
            words[head].definite and self.grammar.sort_of(words[head]) == "Person")
        if name and (titled or last.pos == "PROPN"):
            return self._entity_end(words, i)
        if word.participle and self._modifies(words, head, i):
            return i + 1
        return i

    def _starts_predicate(self, words: Sequence[Word], head: int, i: int) -> bool:
        """An indefinite subject before an object that carries its own pronoun is no genitive chain."""
        follows = i + 1 < len(words) and words[i + 1].pos == "PRON" and words[i + 1].glued
        return follows and words[i].masdar and self.grammar.sort_of(words[head]) == "Person"

    @staticmethod
    def _open(words: Sequence[Word], head: int, i: int) -> bool:
        """Whether the chain of genitives still waits for its last link."""
        last = words[i - 1]
        if last.pos == "PROPN" or last.ent:
            return words[i].pos == "PROPN" and not words[i].ent_start
        if last.pos not in {"NOUN", "ADJ"} or last.definite or _full_plural(last) or accusative(last):
            return False
        return last.pos != "ADJ" or i - 1 == head

    def _modifies(self, words: Sequence[Word], head: int, i: int) -> bool:
        """Whether the adjective or participle at `i` agrees with the phrase so far."""
        word = words[i]
        chain = [w for w in words[head:i] if w.pos in {"NOUN", "PROPN", "NUM", "ADJ"}]
        if not chain or words[i - 1].pos == "PUNCT":
            return False
        closed = any(w.definite or w.ent or w.pos == "PROPN" for w in chain) or words[i - 1].pos == "PRON"
        if not any(_agrees(noun, word) for noun in chain):
            return False
        if word.definite:
            return closed
        if word.feats.get("Case") == "Acc" and words[i - 1].feats.get("Case") != "Acc" and word.participle:
            return False
        return not closed

    def _substantive(self, words: Sequence[Word], head: int, i: int) -> bool:
        """«إصابة آخرين»: an adjective that does not agree with the noun right before it is its genitive."""
        last = words[i - 1]
        return last.pos == "NOUN" and self._open(words, head, i) and not _agrees(last, words[i])

    def _may_quote(self, words: Sequence[Word], head: int, i: int) -> bool:
        last = words[i - 1]
        if last.masdar and not (last.definite or accusative(last) or _full_plural(last)):
            return True
        sort = self.grammar.sort_of(words[i - 1]) or self.grammar.sort_of(words[head])
        return sort in {"Organization", "Force", "Place", "Facility", "Group", "Text"} or words[i - 1].norm == "ال"

    def _partitive(self, words: Sequence[Word], head: int, i: int) -> bool:
        if i + 1 >= len(words):
            return False
        if words[i].norm == "ل":
            return False
        if self._member(words, head, i):
            return True
        counted = any(w.pos == "NUM" for w in words[head:i])
        if words[i - 1].definite:
            return False
        quantity = {words[head].lemma, words[i - 1].lemma} & self.grammar.quantifiers
        return (counted or bool(quantity)) and words[i + 1].pos in NOMINAL

    def _complement(self, words: Sequence[Word], head: int, i: int) -> bool:
        """«الأمين العام للمنظمة», «العقود الآجلة للخام», «المتحدث باسم الجيش»: a complement tied by a preposition."""
        if i + 1 >= len(words) or words[i + 1].time or not self._opens(words, i + 1):
            return False
        if words[i].norm == "ب":
            return words[i + 1].lemma == "اسم"
        office = words[head].lemma in self.grammar.titles or self.grammar.sort_of(words[head]) != "Person"
        return words[i].norm == "ل" and words[i - 1].pos == "ADJ" and words[head].definite and office and (
            words[i + 1].definite or bool(words[i + 1].ent) or words[i + 1].pos == "PROPN")

    def _member(self, words: Sequence[Word], head: int, i: int) -> bool:
        """«مسلحون من الجماعة»: people of a body."""
        people = self.grammar.sort_of(words[head]) == "Person" or words[head].participle
        bodies = {"Force", "Organization", "Group", "Government"}
        return people and not words[i - 1].definite and self.grammar.sort_of(words[i + 1]) in bodies

    def _coordinate(self, words: Sequence[Word], phrases: list[Phrase], phrase: Phrase) -> None:
        index = len(phrases)
        phrase.first = index
        if not phrases or phrase.pron or phrases[-1].pron:
            return
        before = phrases[-1]
        gap = words[before.end:phrase.begin]
        joined = bool(gap) and gap[-1].norm in {"و", "أو"} and all(w.norm in {"و", "أو", "،", ","} for w in gap)
        listed = len(gap) == 1 and gap[0].norm in {"،", ","} and before.first != index - 1 and False
        if (joined or listed) and phrase.prep in {"", before.prep} and not self._new_clause(words, before, phrase):
            phrase.first = before.first
            if not phrase.prep:
                phrase.prep, phrase.prep_start = before.prep, phrase.start

    def _new_clause(self, words: Sequence[Word], before: Phrase, phrase: Phrase) -> bool:
        """A nominal after «و» starts a clause when a verb follows it at once and it agrees with that verb."""
        comma = any(w.norm in {"،", ","} for w in words[before.end:phrase.begin])
        follows = phrase.end < len(words) and (
            words[phrase.end].is_verb or words[phrase.end].norm in self.grammar.perfect | {"لم", "لن", "لا"})
        return comma and follows


def accusative(word: Word) -> bool:
    """Whether the word ends in the alef of an indefinite accusative, which ends its chain and is no subject's."""
    return word.text.endswith(("اً", "ًا", "ً")) or (word.norm == word.lemma + "ا" and not word.definite)


def _full_plural(word: Word) -> bool:
    """A sound plural or dual with its final nun, which falls off before a genitive."""
    return word.feats.get("Number") in {"Plur", "Dual"} and word.norm.endswith(("ون", "ين", "ان")) and (
        not word.lemma.endswith(word.norm[-2:]))


def _agrees(noun: Word, adjective: Word) -> bool:
    """Agreement of an adjective, as far as the features are known: plurals of things take the feminine singular."""
    number, gender = adjective.feats.get("Number"), adjective.feats.get("Gender")
    of_noun = noun.feats.get("Number")
    if noun.pos in {"NUM", "PROPN"} or noun.ent or not number or not of_noun:
        return True
    if number in {"Plur", "Dual"}:
        return of_noun != "Sing" or noun.pos == "ADJ"
    if of_noun == "Sing":
        return not gender or noun.feats.get("Gender") in {None, gender}
    return gender != "Masc" or of_noun == "Dual"
