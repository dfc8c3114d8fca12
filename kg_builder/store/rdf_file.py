"""An RDF file as a store: read whole, changed in memory, written whole when it is closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import pyoxigraph as ox

from kg_builder.errors import InputError, OutputError
from kg_builder.store.files import check_target, write
from kg_builder.store.local import LocalStore
from kg_builder.store.protocol import DEFAULT, GraphName, Store
from kg_builder.store.read import FORMATS, load


class FileStore(LocalStore):
    """A file that need not be there yet. A `with` block that fails leaves the file as it was.

    Turtle, N-Triples and RDF/XML have no named graphs: `put` of one raises OutputError.
    """

    def __init__(self, path: Path) -> None:
        check_target(path)
        super().__init__(load(path) if path.exists() else ox.Store(), str(path))
        self._path = path
        self._named = FORMATS[path.suffix.lower()].supports_datasets
        self._changed = False

    def put(self, name: GraphName, triples: Iterable[ox.Triple]) -> None:
        if name != DEFAULT and not self._named:
            raise OutputError(f"{self.place}: {self._path.suffix} has no named graphs; .trig .nq .jsonld have")
        super().put(name, triples)
        self._changed = True

    def delete(self, name: GraphName) -> None:
        super().delete(name)
        self._changed = True

    def close(self) -> None:
        if self._changed:
            write(StoreSource(self, *_heading(self._path)), self._path)
        self._changed = False
        self.inner = ox.Store()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._changed = self._changed and kind is None
        self.close()


class StoreSource:
    """A store as a source for the writers of files."""

    def __init__(self, store: Store, base: str = "", prefixes: Mapping[str, str] | None = None) -> None:
        self._store = store
        self.base = base
        self.prefixes: Mapping[str, str] = prefixes or {}

    def documents(self) -> Iterator[tuple[ox.NamedNode, list[ox.Triple]]]:
        """The named graphs in the order of their names."""
        for name in self._store.counts():
            if isinstance(name, ox.NamedNode):
                yield name, list(self._store.triples(name))

    def default_graph(self) -> Iterable[ox.Triple]:
        """The triples of the default graph."""
        return self._store.triples(DEFAULT)

    def frames(self) -> Iterator[dict[str, Any]]:
        """None: plain records are made from reports, which a store does not keep."""
        raise OutputError("plain records cannot be made from a store; .ttl .trig .nq .nt .jsonld .rdf can")


def _heading(path: Path) -> tuple[str, dict[str, str]]:
    """The base and the prefixes that the file declares, to keep them when it is written again."""
    if not path.exists():
        return "", {}
    reader = ox.parse(path=str(path), format=FORMATS[path.suffix.lower()])
    try:
        next(iter(reader), None)
    except SyntaxError as error:
        raise InputError(str(path), f"not well-formed: {error}") from error
    return reader.base_iri or "", dict(reader.prefixes)
