"""The graph as an `rdflib.Dataset`, for the Python API."""

from __future__ import annotations

import pyoxigraph as ox
import rdflib

from kg_builder.graph.builder import Builder
from kg_builder.graph.vocab import PREFIXES


def to_dataset(builder: Builder) -> rdflib.Dataset:
    """All quads of a builder; the default graph is the dataset's default graph."""
    dataset = rdflib.Dataset()
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace, override=True)
    dataset.parse(data=ox.serialize(builder.quads(), format=ox.RdfFormat.N_QUADS), format="nquads")
    return dataset
