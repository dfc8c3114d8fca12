"""What follows a predicate, from left to right: bare phrases, prepositional phrases, object pronoun, clause."""

from __future__ import annotations

from collections.abc import Sequence

from kg_builder.extract.grammar import Grammar
from kg_builder.extract.openings import bears_object
from kg_builder.extract.parse import COMMAS, HARD, QUOTES, Frame, Parse, Phrase
from kg_builder.extract.words import Word

CLOSING_QUOTES = frozenset({'"', "»", "”"})
MAX_COMMAS = 3
MAX_BRACKET = 15


class Scan:
    """Gives a frame the phrases after its predicate, up to where the clause closes."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar

    def __call__(self, parse: Parse, frame: Frame) -> None:
        words, commas, i = parse.words, 0, frame.i + 1
        while i < len(words):
            k = parse.at[i]
            if k >= 0 and parse.phrases[k].end > frame.i:
                phrase = parse.phrases[k]
                if self._circumstance(parse, phrase, frame):
                    break
                if phrase.start > frame.i:
                    self._take(parse, frame, k, commas)
                i = phrase.end
                continue
            aside = _after_time(words, i)
            if aside:
                i = aside
                continue
            step = self._step(parse, frame, i)
            if step is None:
                break
            commas += step == "comma"
            if commas > MAX_COMMAS:
                break
            i = _after_bracket(words, i) if words[i].norm == "(" else i + 1
        frame.stop = i

    def _circumstance(self, parse: Parse, phrase: Phrase, frame: Frame) -> bool:
        """An indefinite accusative participle opens a clause of its own («محذرا», «مطالبين»)."""
        word = parse.words[phrase.head]
        if phrase.head <= frame.i or phrase.prep or not word.participle or word.definite or not word.verb_lemma:
            return False
        if self.grammar.sort_of(word) is not None:
            return False
        before = parse.words[phrase.start - 1].norm if phrase.start else ""
        return (before in COMMAS or word.norm.endswith("ا") or word.norm.endswith("ين")) and phrase.head == phrase.start

    def _step(self, parse: Parse, frame: Frame, i: int) -> str | None:
        """How the scan goes on over a word outside phrases: None closes it."""
        word, words = parse.words[i], parse.words
        if word.norm in COMMAS:
            return "comma"
        if word.norm in HARD or word.norm in self.grammar.relatives:
            return None
        if word.norm in QUOTES and self.says(parse, frame):
            frame.clause = (i + 1, self._clause_end(parse, i))
            return None
        if word.norm == ":" or word.norm in self.grammar.complementizers:
            frame.clause = (i + 1, self._clause_end(parse, i + 1))
            return None
        if word.is_verb:
            return None
        if word.norm in self.grammar.clause_coordinators and i + 1 < len(words):
            return None if words[i + 1].is_verb or self._nominal_clause(parse, i + 1) else "and"
        if word.pos != "ADP" and self.grammar.boundaries.match(words, i):
            return None
        return "skip"

    def says(self, parse: Parse, frame: Frame) -> bool:
        """Whether the predicate is a verb of saying."""
        return "say" in self.grammar.classes_of(parse.words[frame.i])

    def _nominal_clause(self, parse: Parse, i: int) -> bool:
        """«و» before a phrase that is not coordinated opens a clause when a verb comes soon after it."""
        k = parse.at[i]
        if k < 0 or parse.phrases[k].prep or parse.phrases[k].first != k:
            return parse.words[i].norm in self.grammar.clause_openers
        return True

    def _clause_end(self, parse: Parse, i: int) -> int:
        """The end of the clause that starts at `i`: the next hard stop, or the sentence's end."""
        quoted = i < len(parse.words) and parse.words[i].norm in QUOTES
        for j in range(i + quoted, len(parse.words)):
            if parse.words[j].norm in HARD or (quoted and parse.words[j].norm in CLOSING_QUOTES):
                return j
        return len(parse.words)

    def _take(self, parse: Parse, frame: Frame, k: int, commas: int) -> None:
        phrase = parse.phrases[k]
        if phrase.pron and not phrase.prep:
            if phrase.start == frame.i + 1 or (
                    phrase.start == frame.i + 2 and bears_object(parse.words, frame.i + 1)):
                frame.object, frame.object_how = k, "pronoun"
        elif phrase.prep:
            (frame.loose if self._of_participle(parse, frame, k) else frame.preps).append(k)
        elif phrase.first == k and not self._among(parse, k):
            (frame.late if commas and frame.bare else frame.bare).append(k)

    def _among(self, parse: Parse, k: int) -> bool:
        """«بينهم طفلان» names some of those told of before: it is no argument of the verb."""
        before = parse.phrases[k - 1] if k else None
        return (before is not None and before.pron and before.prep in self.grammar.uses("among")
                and before.end == parse.phrases[k].begin)

    def _of_participle(self, parse: Parse, frame: Frame, k: int) -> bool:
        """A phrase right behind a definite participle is that one's complement («الرافضين لارتفاع الأسعار»)."""
        phrase = parse.phrases[k]
        last = parse.words[phrase.begin - 1]
        before = parse.phrases[k - 1] if k else None
        one_of_many = last.feats.get("Number") == "Plur" or phrase.prep in self.grammar.uses("complement")
        return (last.participle and last.definite and bool(last.verb_lemma) and last.i != frame.i
                and not last.ent and one_of_many
                and before is not None and before.end == phrase.begin and before.head != last.i)


def _after_time(words: Sequence[Word], i: int) -> int:
    """The word after a time set off by commas («أعلنت الوزارة، السبت، مقتل …»), which interrupts nothing; 0 if none."""
    j = i + 1
    while words[i].norm in COMMAS and j < len(words) and words[j].time:
        j += 1
    return j + 1 if i + 1 < j < len(words) and words[j].norm in COMMAS else 0


def _after_bracket(words: Sequence[Word], i: int) -> int:
    """The word after the bracket that opens at `i`; the next word when it does not close soon."""
    return next((j + 1 for j in range(i, min(i + MAX_BRACKET, len(words))) if words[j].norm == ")"), i + 1)
