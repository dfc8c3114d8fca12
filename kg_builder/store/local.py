"""Stores inside this process: in memory, or embedded Oxigraph in a folder on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from kg_builder.errors import InputError, OutputError
from kg_builder.store.protocol import DEFAULT, Answer, GraphName, Term, is_staging, sorted_counts


class LocalStore:
    """A pyoxigraph store as a `Store`. `inner` is the store itself, for what the protocol does not have."""

    def __init__(self, inner: ox.Store, place: str = "memory", read_only: bool = False) -> None:
        self.inner = inner
        self.place = place
        self._read_only = read_only

    @classmethod
    def memory(cls) -> Self:
        """An empty store that is gone with the process."""
        return cls(ox.Store())

    @classmethod
    def embedded(cls, folder: Path, read_only: bool = False) -> Self:
        """The store in a folder, made if it is not there.

        Read-only takes no lock, so that several can ask at once; it raises InputError where there is no store.
        Raises OutputError where another process writes, or the place cannot be written.
        """
        try:
            if read_only:
                return cls(ox.Store.read_only(str(folder)), str(folder), True)
            folder.parent.mkdir(parents=True, exist_ok=True)
            return cls(ox.Store(str(folder)), str(folder))
        except (OSError, RuntimeError, ValueError) as error:
            raise _refused(folder, read_only, error) from error

    def put(self, name: GraphName, triples: Iterable[ox.Triple]) -> None:
        # In one transaction, 1.5 GB for a million triples; a bulk load aside and a MOVE take five times as long.
        text = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
        data = text if name == DEFAULT else f"GRAPH {name} {{ {text} }}"
        with self._writing():
            self.inner.update(f"{_clear(name)} ; INSERT DATA {{ {data} }}")

    def delete(self, name: GraphName) -> None:
        with self._writing():
            self.inner.remove_graph(name)

    def counts(self) -> dict[GraphName, int]:
        named = self.inner.query("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
        default = self.inner.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
        assert isinstance(named, ox.QuerySolutions) and isinstance(default, ox.QuerySolutions)
        found = [(DEFAULT, int(row["n"].value)) for row in default]
        return sorted_counts([*found, *((row["g"], int(row["n"].value)) for row in named)])

    def triples(self, name: GraphName) -> Iterator[ox.Triple]:
        return (quad.triple for quad in self.inner.quads_for_pattern(None, None, None, name))

    def quads(self) -> Iterator[ox.Quad]:
        return (quad for quad in self.inner if not is_staging(quad.graph_name))

    def query(self, query: str, /, *, substitutions: dict[ox.Variable, Term] | None = None) -> Answer:
        return self.inner.query(query, substitutions=substitutions)

    def close(self) -> None:
        if not self._read_only and self.place != "memory":
            with self._writing():
                self.inner.flush()
        self.inner = ox.Store()  # the folder's lock goes with the last reference to its store

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self._read_only:
            raise OutputError(f"{self.place}: opened for reading only")
        try:
            yield
        except (OSError, RuntimeError) as error:
            raise OutputError(f"{self.place}: cannot be written: {_reason(error)}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _clear(name: GraphName) -> str:
    return "CLEAR DEFAULT" if name == DEFAULT else f"DROP SILENT GRAPH {name}"


def _refused(folder: Path, read_only: bool, error: Exception) -> InputError | OutputError:
    if read_only:
        missing = "no store there" if not (folder / "CURRENT").exists() else f"cannot be opened: {_reason(error)}"
        return InputError(str(folder), missing)
    reason = "another process has it open" if "lock" in str(error).lower() else _reason(error)
    return OutputError(f"{folder}: cannot be opened as a store: {reason}")


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()).removeprefix("IO error: ")
