"""Reads a graph from a file into memory, by its suffix."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg_builder.errors import InputError

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}


def load(path: Path | str) -> ox.Store:
    """The graph of a file; an `InputError` where it cannot be read as RDF."""
    path = Path(path)
    known = FORMATS.get(path.suffix.lower())
    if known is None:
        raise InputError(str(path), f"unknown format {path.suffix or 'without suffix'}; known are {' '.join(FORMATS)}")
    store = ox.Store()
    try:
        store.bulk_load(path=str(path), format=known)
    except (SyntaxError, ValueError) as error:
        raise InputError(str(path), f"not well-formed: {error}") from error
    except OSError as error:
        raise InputError(str(path), "no such file" if not path.exists() else str(error.strerror or error)) from error
    return store
