"""Stores behind a SPARQL 1.1 server: what is said over HTTP, with whose credentials, and what comes back."""

from kg_builder.store.remote.server import ServerStore

__all__ = ["ServerStore"]
