"""Graphs in files and stores: writing by suffix, loading, and asking."""

from kg_builder.store.files import check_target, write
from kg_builder.store.source import GraphSource

__all__ = ["GraphSource", "check_target", "write"]
