"""Graphs in files and stores: writing by suffix, loading, keeping and asking."""

from kg_builder.store.files import check_target, write
from kg_builder.store.local import LocalStore
from kg_builder.store.places import open_store
from kg_builder.store.protocol import DEFAULT, GraphName, Store
from kg_builder.store.query import run_query
from kg_builder.store.question import Query, bundled, find
from kg_builder.store.read import load
from kg_builder.store.source import GraphSource
from kg_builder.store.table import Table

__all__ = [
    "DEFAULT",
    "GraphName",
    "GraphSource",
    "LocalStore",
    "Query",
    "Store",
    "Table",
    "bundled",
    "check_target",
    "find",
    "load",
    "open_store",
    "run_query",
    "write",
]
