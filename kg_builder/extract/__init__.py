"""Finds events in annotated text: constructions of the lexicon over a general Arabic grammar."""

from __future__ import annotations

from kg_builder.extract.extractor import Extractor
from kg_builder.extract.rank import Ranker, load_weights
from kg_builder.ontology import Ontology

__all__ = ["Extractor", "Ranker", "load", "load_weights"]


def load(ontology: Ontology, ranker: Ranker | None = None) -> Extractor:
    """The extractor of an ontology, with the bundled weights unless a ranker is given."""
    return Extractor(ontology, load_weights() if ranker is None else ranker)
