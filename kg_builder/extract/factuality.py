"""Factuality and phase by rule: what the scope of a trigger says of it."""

from __future__ import annotations

from collections.abc import Sequence

from kg_builder.extract.grammar import Grammar
from kg_builder.extract.scope import Level

EFFECT_OF_CLASS = (
    ("deny", "Denied"), ("refuse", "Denied"), ("prevent", "Denied"), ("fail", "Denied"), ("claim", "Claimed"),
    ("plan", "Planned"), ("modal-possible", "Possible"), ("must", "Possible"), ("want", "Possible"),
    ("attempt", "Possible"),
)
UNDOING = frozenset({"refuse", "prevent", "fail"})
COMPLEMENT = frozenset({"object", "clause", "modal", "genitive"})
"""Relations under which a predicate decides whether what depends on it is so, besides some prepositions."""
CARRIERS = frozenset({"light", "phase-start", "phase-continue", "phase-end", "auxiliary"})
POSSIBLE = frozenset({"might", "conditional", "modal:Possible", "adj:Possible"})
CLAIMED = frozenset({"adj:Claimed", "modal:Claimed"})
PHASES = {"phase-start": "started", "phase-continue": "continued", "phase-end": "ended"}


class Factuality:
    """Judges the levels over a trigger."""

    def __init__(self, grammar: Grammar) -> None:
        self.complement = COMPLEMENT | _relations(grammar, "decided")
        self.undone = frozenset({"object", "clause", "genitive"}) | _relations(grammar, "undone")
        self.planned = frozenset({"future", "modal:Planned", "adj:Planned"}) | _relations(grammar, "planned")

    def __call__(self, levels: Sequence[Level]) -> str:
        """Factuality by rule, from the trigger outwards: the first mark or class that is not neutral decides."""
        for depth, level in enumerate(levels):
            if depth and not self._reaches(levels, depth):
                return "Actual"
            found = self._of_marks(level) or (self._of_class(level) if depth else None)
            if found:
                return found
        return "Actual"

    def certain(self, levels: Sequence[Level]) -> str | None:
        """What the trigger's own negation or tense, or a denial or claim right over it, leaves no doubt about."""
        own = self._of_marks(levels[0])
        if own and "pos:verb" in levels[0].marks:
            return own
        above = levels[1] if len(levels) > 1 and self._reaches(levels, 1) else None
        if above is not None and {"deny", "claim"} & above.classes and "negated" not in above.marks:
            return self._of_class(above)
        return None

    def _reaches(self, levels: Sequence[Level], depth: int) -> bool:
        """Whether the predicate at `depth` bears on the truth of what stands under it."""
        level, below = levels[depth], levels[depth - 1]
        if depth == 1 and "presupposed" in below.marks:
            return False
        if level.relation == "subject":
            return bool(level.classes & CARRIERS) or "passive" in level.marks
        return level.relation in self.complement

    def _of_marks(self, level: Level) -> str | None:
        """What the marks of a level say of the trigger, the strongest first."""
        if "negated" in level.marks:
            return "Denied"
        if level.marks & POSSIBLE:
            return "Possible"
        if level.marks & self.planned:
            return "Planned"
        return "Claimed" if level.marks & CLAIMED else None

    def _of_class(self, level: Level) -> str | None:
        """The effect of a governing verb; one refuses or prevents its object («رفض الإفراج»), not what «ل» adds."""
        undone = level.relation in self.undone
        return next((effect for name, effect in EFFECT_OF_CLASS
                     if name in level.classes and (undone or name not in UNDOING)), None)


def _relations(grammar: Grammar, use: str) -> frozenset[str]:
    return frozenset(f"prep:{preposition}" for preposition in grammar.uses(use))


def phase(levels: Sequence[Level]) -> str | None:
    """The status that a verb of beginning, going on or ending gives to what stands under it."""
    for level in levels[1:3]:
        if level.relation in {"subject", "object", "genitive"}:
            found = next((PHASES[c] for c in PHASES if c in level.classes), None)
            if found:
                return found
    return None


def features(levels: Sequence[Level]) -> list[str]:
    """What a model may look at: marks, classes and lemmas by depth; in an order that no run changes, for sums."""
    found: list[str] = []
    for depth, level in enumerate(levels[:3]):
        found += [f"s{depth}:{mark}" for mark in sorted(level.marks)]
        found += [f"s{depth}:class:{c}" for c in sorted(level.classes)]
        if depth:
            relation = level.relation.partition(":")[0]
            found += [f"s{depth}:rel:{level.relation}", f"s{depth}:lemma:{level.lemma}"]
            found += [f"s{depth}:{relation}:{mark}" for mark in sorted(level.marks - {"pos:verb", "pos:noun"})]
            found += [f"s{depth}:{relation}:class:{c}" for c in sorted(level.classes)]
    return found
