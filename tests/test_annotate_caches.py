"""What annotation remembers: it must never change what it says, and never grow without bound."""

from __future__ import annotations

from kg_builder import ontology
from kg_builder.annotate.morphology.classes import SIGNATURE
from kg_builder.annotate.morphology.database import database
from kg_builder.annotate.morphology.reading import features_of

LEXICAL = {"verb", "form", "ud"}  # features that no class of words depends on


def test_shapes_of_analyses_know_every_feature_of_the_database() -> None:
    data = database(ontology.load())
    tables = (data.prefix_hash, data.stem_hash, data.suffix_hash)
    packed = {entry["bw"] for table in tables for entries in table.values() for _, entry in entries}
    assert {name for line in packed for name in features_of(line)} <= LEXICAL.union(SIGNATURE)
