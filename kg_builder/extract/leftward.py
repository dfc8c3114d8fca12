"""What stands before a verb: the subject of a nominal clause, or the antecedent that the verb describes."""

from __future__ import annotations

from itertools import takewhile

from kg_builder.extract.agreement import Agreement
from kg_builder.extract.grammar import Grammar
from kg_builder.extract.parse import HARD, Frame, Parse
from kg_builder.extract.pronouns import may_stand_for

MAX_TO_ANTECEDENT = 12
"""Words that may stand between an antecedent and its relative pronoun."""


class Leftward:
    """Looks to the left of a verb."""

    def __init__(self, grammar: Grammar, agreement: Agreement) -> None:
        self.grammar = grammar
        self.agreement = agreement

    def __call__(self, parse: Parse, frame: Frame) -> tuple[int | None, str]:
        """The phrase before the verb that is its subject, or the antecedent of its relative pronoun."""
        words, i = parse.words, frame.i - 1
        while i >= 0:
            word, k = words[i], parse.at[i]
            if word.norm in self.grammar.relatives and k < 0:
                return self._antecedent(parse, i), "antecedent"
            if k >= 0:
                phrase = parse.phrases[k]
                if phrase.pron and not phrase.prep:
                    return None, ""
                if (phrase.prep or resumed(parse, frame, k)) and self._asyndetic(parse, frame, k):
                    return k, "modified"
                if not phrase.prep and phrase.first == k and self.agreement.verb(parse, frame.i, k, post=False):
                    if not self._taken(parse, k, frame.i):
                        return k, self._how_before(parse, k, frame)
                    return None, ""
                i = phrase.begin - 1
                continue
            if not self._transparent(parse, i):
                return None, ""
            i -= 1
        return None, ""

    def _asyndetic(self, parse: Parse, frame: Frame, k: int) -> bool:
        """An indefinite phrase right before the verb is described by it («على مسيرة خرجت …»)."""
        phrase = parse.phrases[k]
        adjacent = phrase.end == frame.i and not phrase.pron
        return adjacent and indefinite(parse, k) and (
            self.agreement.verb(parse, frame.i, k, post=False) or frame.object is not None or resumed(parse, frame, k))

    def _how_before(self, parse: Parse, k: int, frame: Frame) -> str:
        adjacent = parse.phrases[k].end == frame.i
        bare_relative = adjacent and indefinite(parse, k)
        return "modified" if bare_relative else "before"

    def _transparent(self, parse: Parse, i: int) -> bool:
        """Whether a search to the left may pass the word."""
        word = parse.words[i]
        if word.is_verb:
            classes = self.grammar.classes_of(word)
            return word.lemma in self.grammar.past_auxiliaries or "auxiliary" in classes
        if word.norm in HARD or word.norm == ":":
            return False
        if word.norm in self.grammar.clause_coordinators or word.norm in self.grammar.complementizers:
            return False
        return not (word.pos not in {"ADP", "PUNCT"} and self.grammar.boundaries.match(parse.words, i))

    def _taken(self, parse: Parse, k: int, verb: int) -> bool:
        """Whether an earlier verb has the phrase as its object or its subject after it."""
        for frame in parse.frames.values():
            if frame.i < verb and parse.words[frame.i].is_verb and frame.object == k:
                return not indefinite(parse, k)
        return False

    def _antecedent(self, parse: Parse, relative: int) -> int | None:
        """The nearest phrase before a relative pronoun that agrees with it."""
        pronoun = parse.words[relative]
        best = None
        for k in range(len(parse.phrases) - 1, -1, -1):
            phrase = parse.phrases[k]
            if phrase.end > relative or phrase.pron:
                continue
            if relative - phrase.end > MAX_TO_ANTECEDENT:
                break
            best = k if best is None else best
            if not indefinite(parse, k) and self.agreement.relative(parse, pronoun, k):
                return k
        return best


def resumed(parse: Parse, frame: Frame, k: int) -> bool:
    """Whether the pronoun behind the verb's preposition takes the phrase up («جروح أصيب بها», «طلبا تقدمت به»)."""
    for p in frame.preps[:1]:
        phrase = parse.phrases[p]
        if phrase.pron and phrase.start <= frame.i + 2:
            return may_stand_for(parse, phrase.start, k)
    return False


def indefinite(parse: Parse, k: int) -> bool:
    """Whether the phrase up to its complements names nothing definite."""
    words = list(takewhile(lambda w: w.pos != "ADP", parse.words[parse.phrases[k].start:parse.phrases[k].end]))
    return not any(w.definite or w.ent or w.pos in {"PROPN", "PRON"} for w in words)
