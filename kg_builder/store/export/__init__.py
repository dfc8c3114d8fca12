"""A graph in the formats of other tools."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from kg_builder.errors import OptionError, OutputError
from kg_builder.ontology import Ontology
from kg_builder.store.export.acled import acled
from kg_builder.store.export.geojson import geojson
from kg_builder.store.export.graphml import graphml
from kg_builder.store.export.json_ld import json_ld
from kg_builder.store.export.neo4j import nodes, relationships
from kg_builder.store.export.openrefine import openrefine
from kg_builder.store.export.view import View
from kg_builder.store.files import write_chunks
from kg_builder.store.protocol import Store

FILES: dict[str, Callable[[View], Iterable[bytes]]] = {
    "acled-csv": acled,
    "geojson": geojson,
    "graphml": graphml,
    "openrefine": openrefine,
}
FOLDERS: dict[str, Mapping[str, Callable[[View], Iterable[bytes]]]] = {
    "neo4j": {"nodes.csv": nodes, "relationships.csv": relationships},
}
KINDS = tuple(sorted([*FILES, *FOLDERS, "jsonld"]))


def export(store: Store, kind: str, path: Path, ontology: Ontology, prefixes: Mapping[str, str]) -> list[Path]:
    """Write the graph as `kind` to a file, or to the files of a folder; what was written.

    Raises OptionError for a kind that is not known, OutputError for a place that cannot be written.
    """
    if kind == "jsonld":
        return [write_chunks(path, json_ld(store, prefixes))]
    view = View(store, ontology)
    if kind in FILES:
        return [write_chunks(path, FILES[kind](view))]
    if kind not in FOLDERS:
        raise OptionError(f"--to {kind}: known are {' '.join(KINDS)}")
    if path.exists() and not path.is_dir():
        raise OutputError(f"{path}: is a file; {kind} is a folder of {' and '.join(FOLDERS[kind])}")
    return [write_chunks(path / name, write(view)) for name, write in FOLDERS[kind].items()]
