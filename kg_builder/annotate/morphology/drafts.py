"""Readings whose parts are not made yet: what the choice by context needs to know, and what the parts are made of."""

from __future__ import annotations

from typing import NamedTuple

from kg_builder.annotate.morphology.classes import Shape
from kg_builder.annotate.morphology.reading import Analysis, Reading, parts


class Draft(NamedTuple):
    """A reading before its parts are made: its cost and its classes."""

    cost: float
    shape: Shape
    analysis: Analysis

    def rank(self) -> tuple[float, str]:
        """What a reading is sorted by: its cost; of those that cost the same, what it is."""
        known = self.analysis
        return self.cost, f"{known.lex} {self.shape.pos} {known.verb} {known.features.form} {known.diac}"

    def reading(self, word: str) -> Reading:
        """The reading with its parts."""
        _, entry, exit_, chain, gender = self.shape[:5]
        known = self.analysis
        made = parts(word, self.shape.pos, known.features, known.lex, known.verb)
        return Reading(made, entry, exit_, self.cost, known.lex, chain, int(known.features.form or 0), gender)
