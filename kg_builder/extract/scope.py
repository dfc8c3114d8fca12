"""What governs a trigger, outwards: negation, tense, modality, the verbs and nouns that it depends on.

Factuality follows the scope: a word counts only where it stands over the trigger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg_builder.extract.clauses import COMMAS, HARD, Frame, Parse
from kg_builder.extract.grammar import SORT_GROUPS, Grammar
from kg_builder.extract.match import Match
from kg_builder.extract.slots import SlotFinder

MAX_DEPTH = 4


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

    def __init__(self, grammar: Grammar, slots: SlotFinder) -> None:
        self.grammar = grammar
        self.slots = slots

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
        word = parse.words[i]
        lemma = word.verb_lemma if self._predicative(parse, i) else word.lemma
        classes = self.grammar.verb_classes.get(lemma, frozenset()) if self._predicative(parse, i) else frozenset()
        return Level(i, lemma, relation, frozenset(self._marks(parse, i)), classes)

    def _names_someone(self, parse: Parse, i: int) -> bool:
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

    # --- marks on one predicate

    def _marks(self, parse: Parse, i: int) -> set[str]:
        word = parse.words[i]
        marks = {f"pos:{'verb' if word.is_verb else 'noun'}"}
        if word.is_verb:
            marks |= self._verb_marks(parse, i)
        else:
            marks |= self._noun_marks(parse, i)
        return marks

    def _verb_marks(self, parse: Parse, i: int) -> set[str]:
        word = parse.words[i]
        marks = {f"aspect:{word.feats.get('Aspect', '')}"}
        frame = parse.frames.get(i)
        if frame is not None and (frame.passive or frame.open_voice):
            marks.add("passive")
        imperfect = word.feats.get("Aspect") == "Imp"
        for j in range(i - 1, max(-1, i - 4), -1):
            before = parse.words[j]
            if before.is_verb and before.lemma == "كان":
                marks.add("was")
                continue
            if before.norm in self.grammar.future:
                marks.add("future")
            elif before.norm in self.grammar.perfect:
                marks.add("might" if imperfect else "perfect")
            elif self.grammar.negators.get(before.norm) == "verb":
                marks |= {"negated", f"neg:{before.norm}"}
            elif before.norm in self.grammar.complementizers:
                marks.add("subordinate")
                break
            elif before.norm == "ل" and imperfect:
                marks.add("purpose")
                break
            elif before.pos not in {"PART", "AUX", "ADV", "CCONJ"}:
                break
        marks |= self._conditional(parse, i)
        return marks

    def _conditional(self, parse: Parse, i: int) -> set[str]:
        for j in range(i - 1, max(-1, i - 8), -1):
            if parse.words[j].norm in HARD or (parse.words[j].norm in COMMAS and i - j > 1):
                break
            found = self.grammar.conditionals.match(parse.words, j)
            if found and not (found[0] == 1 and parse.words[j].norm in self.grammar.complementizers and j > 0):
                return {"conditional"}
        return set()

    def _noun_marks(self, parse: Parse, i: int) -> set[str]:
        k = parse.at[i]
        marks: set[str] = set()
        if k < 0:
            return marks
        phrase = parse.phrases[k]
        marks.add(f"prep:{phrase.prep}" if phrase.start == i or phrase.head == i else "prep:inside")
        for j in range(i + 1, phrase.end):
            found = self.grammar.modality.match(parse.words, j)
            if found:
                marks.add(f"adj:{found[1]}")
        before = [phrase.begin - 1, phrase.begin - 2] if phrase.start == i else [i - 1]
        for j in before:
            if j >= 0 and self.grammar.negators.get(parse.words[j].norm) == "noun":
                marks.add("negated")
        if self.grammar.functions.get(phrase.prep) == "before" and phrase.prep.endswith("دون"):
            marks.add("negated")
        if i > 0 and self.grammar.negators.get(parse.words[i - 1].norm) == "noun":
            marks.add("negated")
        marks |= self._modal_phrase(parse, phrase.begin if phrase.start == i else i)
        if parse.words[i].definite:
            marks.add("definite")
        if self._presupposed(parse, i, k):
            marks.add("presupposed")
        return marks

    def _modal_phrase(self, parse: Parse, end: int) -> set[str]:
        """«من المقرر خفض …»: a modal expression that ends right before the word."""
        for j in (end - 2, end - 1):
            found = self.grammar.modality.match(parse.words, j) if j >= 0 else None
            if found and j + found[0] == end:
                return {f"modal:{found[1]}"}
        return set()

    def _presupposed(self, parse: Parse, i: int, k: int) -> bool:
        """A definite event noun that takes no complement refers to something known («الهجوم», «الغارات»)."""
        word, phrase = parse.words[i], parse.phrases[k]
        if not word.definite or (i + 1 < phrase.end and parse.words[i + 1].pos == "PRON"):
            return False
        after = parse.phrases[k + 1] if k + 1 < len(parse.phrases) else None
        complement = after is not None and after.prep in {"عن", "على", "ب", "ل", "من"} and after.begin == phrase.end
        return word.feats.get("Number") == "Plur" or not complement

    # --- the predicate above

    def _above(self, parse: Parse, i: int) -> tuple[int, str] | None:
        word = parse.words[i]
        if word.is_verb:
            return self._over_clause(parse, i)
        k = parse.at[i]
        if k < 0:
            return None
        inner = self._inside(parse, i, k)
        if inner is not None:
            return inner, "genitive"
        governor = self.slots.governor(parse, k)
        nominal = self._nominal(parse, k)
        if nominal is not None and (governor is None or nominal > governor.frame.i):
            return nominal, f"prep:{parse.phrases[k].prep}"
        if governor is not None:
            return governor.frame.i, governor.relation
        return self._over_clause(parse, i)

    @staticmethod
    def _inside(parse: Parse, i: int, k: int) -> int | None:
        """The noun just before in the same chain of genitives."""
        j = i - 1
        return j if j >= parse.phrases[k].start and parse.words[j].pos == "NOUN" else None

    def _nominal(self, parse: Parse, k: int) -> int | None:
        """The noun whose complement the prepositional phrase `k` is: the head of the phrase just before it."""
        phrase = parse.phrases[parse.phrases[k].first]
        index = parse.phrases[k].first
        if not phrase.prep or index == 0:
            return None
        before = parse.phrases[index - 1]
        if before.pron or phrase.begin - before.end > 0:
            return None
        return before.head

    def _over_clause(self, parse: Parse, i: int) -> tuple[int, str] | None:
        """The predicate whose complement clause holds word `i`, or the modal phrase before أن."""
        best: Frame | None = None
        for frame in parse.frames.values():
            if frame.clause and frame.clause[0] <= i < frame.clause[1] and frame.i < i and (
                    best is None or frame.i > best.i):
                best = frame
        modal = self._modal_before(parse, i, best.i if best else -1)
        if modal is not None:
            return modal, "modal"
        return (best.i, "clause") if best else None

    def _modal_before(self, parse: Parse, i: int, floor: int) -> int | None:
        """«من المقرر أن», «يجب أن»: the word before the complementizer of the clause."""
        for j in range(i - 1, max(floor, i - 6, -1), -1):
            word = parse.words[j]
            if word.norm in self.grammar.complementizers and j > 0:
                modal = parse.words[j - 1].pos not in {"ADP", "CCONJ", "PUNCT", "PRON"}
                return j - 1 if j - 1 > floor and modal else None
            if word.norm in HARD or word.is_verb:
                return None
        return None


EFFECT_OF_CLASS = (
    ("deny", "Denied"), ("refuse", "Denied"), ("prevent", "Denied"), ("fail", "Denied"), ("claim", "Claimed"),
    ("plan", "Planned"), ("modal-possible", "Possible"), ("must", "Possible"), ("want", "Possible"),
    ("attempt", "Possible"),
)
COMPLEMENT = frozenset({"object", "clause", "modal", "genitive", "prep:إلى", "prep:ب", "prep:ل", "prep:على", "prep:عن"})
"""Relations under which a predicate decides whether what depends on it is so; «بعد», «خلال» … presuppose it."""
CARRIERS = frozenset({"light", "phase-start", "phase-continue", "phase-end", "auxiliary"})


def decide(levels: Sequence[Level]) -> str:
    """Factuality by rule, from the trigger outwards: the first mark or class that is not neutral decides."""
    for depth, level in enumerate(levels):
        if depth and not _reaches(levels, depth):
            return "Actual"
        found = _of_marks(level) or (_of_class(level) if depth else None)
        if found:
            return found
    return "Actual"


PHASES = {"phase-start": "started", "phase-continue": "continued", "phase-end": "ended"}


def phase(levels: Sequence[Level]) -> str | None:
    """The status that a verb of beginning, going on or ending gives to what stands under it."""
    for level in levels[1:3]:
        if level.relation in {"subject", "object", "genitive"}:
            found = next((PHASES[c] for c in PHASES if c in level.classes), None)
            if found:
                return found
    return None


def certain(levels: Sequence[Level]) -> str | None:
    """What the trigger's own negation or tense, or a verb of denial or claim right over it, leaves no doubt about."""
    own = _of_marks(levels[0])
    if own and "pos:verb" in levels[0].marks:
        return own
    above = levels[1] if len(levels) > 1 and _reaches(levels, 1) else None
    if above is not None and {"deny", "claim"} & above.classes and "negated" not in above.marks:
        return _of_class(above)
    return None


def _reaches(levels: Sequence[Level], depth: int) -> bool:
    """Whether the predicate at `depth` bears on the truth of what stands under it."""
    level, below = levels[depth], levels[depth - 1]
    if depth == 1 and "presupposed" in below.marks:
        return False
    if level.relation == "subject":
        return bool(level.classes & CARRIERS) or "passive" in level.marks
    return level.relation in COMPLEMENT


def _of_marks(level: Level) -> str | None:
    if "negated" in level.marks:
        return "Denied"
    if level.marks & {"might", "conditional", "modal:Possible", "adj:Possible"}:
        return "Possible"
    if level.marks & {"future", "modal:Planned", "adj:Planned", "prep:حتى"}:
        return "Planned"
    return "Claimed" if level.marks & {"adj:Claimed", "modal:Claimed"} else None


def _of_class(level: Level) -> str | None:
    """The effect of a governing verb; what one refuses or prevents is its object («رفض الإفراج»), not what «ل» adds."""
    undone = level.relation in {"object", "clause", "prep:في", "genitive"}
    return next((effect for name, effect in EFFECT_OF_CLASS
                 if name in level.classes and (undone or name not in {"refuse", "prevent", "fail"})), None)


def features(levels: list[Level]) -> list[str]:
    """What a model may look at: marks, classes and lemmas by depth."""
    found: list[str] = []
    for depth, level in enumerate(levels[:3]):
        found += [f"s{depth}:{mark}" for mark in level.marks]
        found += [f"s{depth}:class:{c}" for c in level.classes]
        if depth:
            found += [f"s{depth}:rel:{level.relation}", f"s{depth}:lemma:{level.lemma}"]
    return found
