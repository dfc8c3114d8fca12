"""From reports to RDF: the only place that mints IRIs and writes triples, and the merge of reports into events."""

from kg_builder.graph.builder import Builder
from kg_builder.graph.iri import DEFAULT_BASE

__all__ = ["DEFAULT_BASE", "Builder"]
