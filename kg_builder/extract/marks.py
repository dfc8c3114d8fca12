"""What marks one predicate: negation, tense, modality, condition, the preposition before it."""

from __future__ import annotations

from kg_builder.extract.grammar import Grammar
from kg_builder.extract.parse import COMMAS, HARD, Parse

BEFORE_VERB, BEFORE_CONDITION = 4, 8
"""How far before a verb its particles, and the word of its condition, may stand."""
PARTICLES = frozenset({"PART", "AUX", "ADV", "CCONJ"})


class Marks:
    """Collects the marks of a predicate, such as "negated", "future", "adj:Planned"."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar

    def __call__(self, parse: Parse, i: int) -> set[str]:
        if parse.words[i].is_verb:
            return {"pos:verb"} | self._of_verb(parse, i) | self._conditional(parse, i)
        return {"pos:noun"} | (self._of_noun(parse, i) if parse.at[i] >= 0 else set())

    def _of_verb(self, parse: Parse, i: int) -> set[str]:
        aspect, frame = parse.words[i].feats.get("Aspect", ""), parse.frames.get(i)
        marks = {f"aspect:{aspect}"}
        if frame is not None and (frame.passive or frame.open_voice):
            marks.add("passive")
        for j in range(i - 1, max(-1, i - BEFORE_VERB), -1):
            found, further = self._of_particle(parse, j, aspect == "Imp")
            marks |= found
            if not further:
                break
        return marks

    def _of_particle(self, parse: Parse, j: int, imperfect: bool) -> tuple[set[str], bool]:
        """The marks that a word before a verb gives it, and whether words further before may give more."""
        before, grammar = parse.words[j], self.grammar
        if before.is_verb and before.lemma in grammar.past_auxiliaries:
            return {"was"}, True
        if before.norm in grammar.future:
            return {"future"}, True
        if before.norm in grammar.perfect:
            return {"might" if imperfect else "perfect"}, True
        if grammar.negators.get(before.norm) == "verb":
            return {"negated", f"neg:{before.norm}"}, True
        if before.norm in grammar.complementizers:
            return {"subordinate"}, False
        if before.norm == "ل" and imperfect:
            return {"purpose"}, False
        return set(), before.pos in PARTICLES

    def _conditional(self, parse: Parse, i: int) -> set[str]:
        """Whether a word of condition stands before the verb in its clause."""
        for j in range(i - 1, max(-1, i - BEFORE_CONDITION), -1):
            if parse.words[j].norm in HARD or (parse.words[j].norm in COMMAS and i - j > 1):
                break
            found = self.grammar.conditionals.match(parse.words, j)
            if found and not (found[0] == 1 and parse.words[j].norm in self.grammar.complementizers and j > 0):
                return {"conditional"}
        return set()

    def _of_noun(self, parse: Parse, i: int) -> set[str]:
        phrase = parse.phrases[parse.at[i]]
        marks = {f"prep:{phrase.prep}" if i in {phrase.start, phrase.head} else "prep:inside"}
        after = (self.grammar.modality.match(parse.words, j) for j in range(i + 1, self._described_to(parse, i)))
        marks |= {f"adj:{found[1]}" for found in after if found}
        marks |= self._modal_phrase(parse, phrase.begin if phrase.start == i else i)
        if self._negated(parse, i):
            marks.add("negated")
        if parse.words[i].definite:
            marks.add("definite")
        if self._presupposed(parse, i):
            marks.add("presupposed")
        return marks

    @staticmethod
    def _described_to(parse: Parse, i: int) -> int:
        """Where the words end that may describe the noun: its phrase, and a predicate after it («الزيارة مقررة …»)."""
        phrase, words = parse.phrases[parse.at[i]], parse.words
        tells = phrase.end < len(words) and words[phrase.end].pos == "ADJ" and not words[phrase.end].definite
        return phrase.end + (tells and phrase.head == i and words[i].definite)

    def _negated(self, parse: Parse, i: int) -> bool:
        """Whether a negator stands before the noun or its phrase, or is the preposition itself («دون»)."""
        phrase, grammar = parse.phrases[parse.at[i]], self.grammar
        places = [i - 1, phrase.begin - 1, phrase.begin - 2] if phrase.start == i else [i - 1]
        if any(j >= 0 and grammar.negators.get(parse.words[j].norm) == "noun" for j in places):
            return True
        return grammar.functions.get(phrase.prep) == "before" and grammar.negators.get(phrase.prep) == "noun"

    def _modal_phrase(self, parse: Parse, end: int) -> set[str]:
        """«من المقرر خفض …»: a modal expression that ends right before the word."""
        for j in (end - 2, end - 1):
            found = self.grammar.modality.match(parse.words, j) if j >= 0 else None
            if found and j + found[0] == end:
                return {f"modal:{found[1]}"}
        return set()

    def _presupposed(self, parse: Parse, i: int) -> bool:
        """A definite event noun that takes no complement refers to something known («الهجوم», «الغارات»)."""
        word, phrase = parse.words[i], parse.phrases[parse.at[i]]
        if not word.definite or (i + 1 < phrase.end and parse.words[i + 1].pos == "PRON"):
            return False
        k = parse.at[i] + 1
        after = parse.phrases[k] if k < len(parse.phrases) else None
        complement = after is not None and after.begin == phrase.end and (
            after.prep in self.grammar.uses("complement"))
        return word.feats.get("Number") == "Plur" or not complement
