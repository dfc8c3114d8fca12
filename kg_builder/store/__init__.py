"""Graphs in files and stores: writing by suffix, loading, and asking."""

from kg_builder.store.files import check_target, write
from kg_builder.store.query import Query, Table, bundled, find, run_query
from kg_builder.store.read import load
from kg_builder.store.source import GraphSource

__all__ = ["GraphSource", "Query", "Table", "bundled", "check_target", "find", "load", "run_query", "write"]
