"""Reads a Wikidata dump line by line: the JSON dump, truthy N-Triples, or items as JSON lines, packed or not."""

from kg_builder.link.dump.run import Outcome, index_dump

__all__ = ["Outcome", "index_dump"]
