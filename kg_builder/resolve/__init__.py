"""Inside one document: who is who, and which reports tell of one happening."""

from kg_builder.resolve.resolution import resolve, resolved_entities

__all__ = ["resolve", "resolved_entities"]
