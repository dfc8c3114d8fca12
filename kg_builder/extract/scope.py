"""What governs a trigger, outwards: the verbs and nouns that it depends on, each with what marks it.

Factuality follows the scope: a word counts only where it stands over the trigger.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg_builder.extract.governor import governor
from kg_builder.extract.grammar import SORT_GROUPS, Grammar
from kg_builder.extract.marks import Marks
from kg_builder.extract.match import Match
from kg_builder.extract.parse import HARD, Parse

MAX_DEPTH = 4
MAX_TO_COMPLEMENTIZER = 6
"""Words between a complementizer and the predicate of its clause."""


@dataclass(frozen=True, slots=True)
class Level:
    """One predicate over the trigger (the trigger itself at depth 0): where it stands, its relation, what marks it."""

    i: int
    lemma: str
    relation: str
    marks: frozenset[str]
    classes: frozenset[str] = frozenset()


class ScopeFinder:
    """Climbs from a trigger to the predicates that govern it."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.marks = Marks(grammar)

    def __call__(self, parse: Parse, match: Match) -> list[Level]:
        levels = [self._level(parse, match.i, "self")]
        i = match.i
        seen = {i}
        while len(levels) < MAX_DEPTH:
            above = self._above(parse, i)
            if above is None or above[0] in seen:
                break
            i = above[0]
            if self._names_someone(parse, i):
                break
            seen.add(i)
            levels.append(self._level(parse, i, above[1]))
            if self._describes(parse, i):
                break
        return levels

    def _level(self, parse: Parse, i: int, relation: str) -> Level:
        marks = frozenset(self.marks(parse, i))
        modal = self.grammar.modality.match(parse.words, i) if relation == "modal" else None
        marks |= {f"modal:{modal[1]}"} if modal else frozenset()
        if not self._predicative(parse, i):
            return Level(i, parse.words[i].lemma, relation, marks)
        lemma = parse.words[i].verb_lemma
        return Level(i, lemma, relation, marks, self.grammar.verb_classes.get(lemma, frozenset()))

    def _names_someone(self, parse: Parse, i: int) -> bool:
        """Whether the word names an agent or a place, over which nothing is said of the trigger."""
        return not parse.words[i].is_verb and self.grammar.sort_of(parse.words[i]) in SORT_GROUPS

    @staticmethod
    def _describes(parse: Parse, i: int) -> bool:
        """A definite participle that describes a noun: what governs the noun does not govern its clause."""
        k = parse.at[i]
        word = parse.words[i]
        return word.participle and word.definite and k >= 0 and parse.phrases[k].head != i

    def _predicative(self, parse: Parse, i: int) -> bool:
        """Whether the word says what its verb says: a verb, a masdar, a participle that is no noun by itself."""
        word = parse.words[i]
        return word.is_verb or (bool(word.verb_lemma) and (word.masdar or word.participle)
                                and self.grammar.sort_of(word) is None)

    def _above(self, parse: Parse, i: int) -> tuple[int, str] | None:
        """The predicate right over word `i`, and what the word is to it."""
        word = parse.words[i]
        if word.is_verb:
            return self._over_clause(parse, i)
        k = parse.at[i]
        if k < 0:
            return None
        inner = _inside(parse, i, k)
        if inner is not None:
            return inner, "genitive"
        over = governor(parse, k)
        nominal = _noun_before(parse, k)
        if nominal is not None and over is not None and self._names_someone(parse, nominal):
            nominal = None
        if nominal is not None and (over is None or nominal > over.frame.i):
            return nominal, f"prep:{parse.phrases[k].prep}"
        if over is not None:
            return over.frame.i, over.relation
        return self._over_clause(parse, i)

    def _over_clause(self, parse: Parse, i: int) -> tuple[int, str] | None:
        """The predicate whose complement clause holds word `i`, or the modal phrase before أن."""
        holds = [f for f in parse.frames.values() if f.clause and f.clause[0] <= i < f.clause[1] and f.i < i]
        best = max(holds, key=lambda f: f.i, default=None)
        modal = self._modal_before(parse, i, best.i if best else -1)
        if modal is not None:
            return modal, "modal"
        return (best.i, "clause") if best else None

    def _modal_before(self, parse: Parse, i: int, floor: int) -> int | None:
        """«من المقرر أن», «يجب أن»: the word before the complementizer of the clause."""
        for j in range(i - 1, max(floor, i - MAX_TO_COMPLEMENTIZER, -1), -1):
            word = parse.words[j]
            if word.norm in self.grammar.complementizers and j > 0:
                j -= parse.words[j - 1].pos == "ADV" and j > 1  # «من المقرر أيضا أن»
                modal = parse.words[j - 1].pos not in {"ADP", "CCONJ", "PUNCT", "PRON"}
                return j - 1 if j - 1 > floor and modal else None
            if word.norm in HARD or word.is_verb:
                return None
        return None


def _inside(parse: Parse, i: int, k: int) -> int | None:
    """The noun just before in the same chain of genitives."""
    j = i - 1
    return j if j >= parse.phrases[k].start and parse.words[j].pos == "NOUN" else None


def _noun_before(parse: Parse, k: int) -> int | None:
    """The noun whose complement the prepositional phrase `k` is: the head of the phrase just before it."""
    phrase = parse.phrases[parse.phrases[k].first]
    index = parse.phrases[k].first
    if not phrase.prep or index == 0:
        return None
    before = parse.phrases[index - 1]
    if before.pron or phrase.begin - before.end > 0:
        return None
    return before.head
