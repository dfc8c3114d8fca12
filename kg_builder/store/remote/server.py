"""A SPARQL 1.1 server as a store: whole graphs by the Graph Store Protocol, else by UPDATE in batches.

A graph of some size grows beside the one it takes the place of, under a name made from its content, and is moved when
it is whole. So a reader never sees half of it, and a transfer that breaks off goes on with what is there already.
A server whose default graph is the union of all named ones (Virtuoso) keeps ours in `EVENTS`, which queries are given
as their default graph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from kg_builder.errors import OutputError
from kg_builder.store.protocol import DEFAULT, STAGING, Answer, GraphName, Term, is_staging, sorted_counts
from kg_builder.store.remote.bind import bind
from kg_builder.store.remote.connection import FIRST_PATIENCE, PATIENCE, Connection, UnansweredError
from kg_builder.store.remote.endpoints import Endpoints, discover

EVENTS = ox.NamedNode("https://w3id.org/news-event/default-graph")
WHOLE, PART = 1_000_000, 100_000
"""Triples of a graph that is sent in one request (200 MB), and of a part of a bigger one, which costs a MOVE more."""
BATCH = 1_000
"""Triples of one INSERT DATA; Virtuoso takes no more than some 5,000."""
_PAGE = 10_000
_BOOLEAN = ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
_GENID = "https://w3id.org/news-event/.well-known/genid/"


class ServerStore:
    """The store behind `endpoints`. Blank nodes of graphs that are sent in parts become IRIs (RDF 1.1, section 3.5)."""

    def __init__(self, endpoints: Endpoints, connection: Connection) -> None:
        self.endpoints = endpoints
        self._connection = connection

    @classmethod
    def connect(cls, address: str, patience: float = PATIENCE) -> Self:
        """The store at an address; `patience` is for how many seconds a server may be away.

        Raises OutputError where no SPARQL server answers, OptionError for credentials in the address.
        """
        connection = Connection(address, min(patience, FIRST_PATIENCE))
        store = cls(discover(address, connection), connection)
        connection.patience = patience
        return store

    def put(self, name: GraphName, triples: Iterable[ox.Triple]) -> None:
        lines = _lines(triples)
        limit = WHOLE if self.endpoints.graphs else BATCH
        if len(lines) <= limit:
            self._replace(self._iri(name), lines)
        else:
            self._grow(self._iri(name), [_without_blanks(line) for line in lines])

    def delete(self, name: GraphName) -> None:
        self._update(_clear(self._iri(name)))

    def counts(self) -> dict[GraphName, int]:
        found: list[tuple[GraphName, int]] = []
        if not self.endpoints.union:
            found.append((DEFAULT, self._number("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")))
        return sorted_counts([*found, *((self._name(iri), count) for iri, count in self._named())])

    def triples(self, name: GraphName) -> Iterator[ox.Triple]:
        pattern = _within(self._iri(name), "?s ?p ?o")
        total = self._number(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
        rows = self._rows(f"SELECT ?s ?p ?o WHERE {{ {pattern} }}")
        found = {_triple(row) for row in (rows if len(rows) == total else self._paged(pattern))}
        if len(found) != total:
            raise OutputError(f"{self.endpoints.query}: gives {len(found)} of the {total} triples of {name}")
        return iter(found)

    def quads(self) -> Iterator[ox.Quad]:
        for name in self.counts():
            for triple in self.triples(name):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, name)

    def query(self, query: str, /, *, substitutions: dict[ox.Variable, Term] | None = None) -> Answer:
        default = EVENTS.value if self.endpoints.union else None
        return self._connection.query(self.endpoints.query, bind(query, substitutions or {}), default)

    def close(self) -> None:
        self._connection.close()

    def _iri(self, name: GraphName) -> ox.NamedNode | None:
        """The graph's own name there; None is the server's default graph."""
        return name if isinstance(name, ox.NamedNode) else EVENTS if self.endpoints.union else None

    def _name(self, iri: ox.NamedNode) -> GraphName:
        return DEFAULT if self.endpoints.union and iri == EVENTS else iri

    def _replace(self, iri: ox.NamedNode | None, lines: list[str]) -> None:
        if self.endpoints.graphs and lines:
            self._send("PUT", iri, lines)
        else:
            insert = f" ; INSERT DATA {{ {_within(iri, ''.join(lines))} }}" if lines else ""
            self._update(_clear(iri) + insert)

    def _grow(self, iri: ox.NamedNode | None, lines: list[str]) -> None:
        """Send the parts that are not there yet, see that all have come, and put the whole in its place."""
        staging = _staging(iri, lines)
        size = PART if self.endpoints.graphs else BATCH
        there = self._started(staging)
        for start in range(there - there % size, len(lines), size):
            self._add(staging, lines[start : start + size])
        came = self._size(staging)
        if came != len(lines):
            self._update(_clear(staging))
            raise OutputError(f"{self.endpoints.update}: {came} of {len(lines)} triples came; they were dropped again")
        self._move(staging, iri, len(lines))

    def _started(self, staging: ox.NamedNode) -> int:
        """How much of a graph is there from an earlier try; what is there of others is dropped."""
        found = {iri: count for iri, count in self._named() if is_staging(iri)}
        for iri in found.keys() - {staging}:
            self._update(_clear(iri))
        return found.get(staging, 0)

    def _add(self, iri: ox.NamedNode, lines: list[str]) -> None:
        if self.endpoints.graphs:
            self._send("POST", iri, lines)
        else:
            self._update(f"INSERT DATA {{ {_within(iri, ''.join(lines))} }}")

    def _move(self, staging: ox.NamedNode, iri: ox.NamedNode | None, size: int) -> None:
        """A move whose answer is lost may have been done: a second one would find nothing and leave nothing."""
        update = f"MOVE GRAPH {staging} TO {'DEFAULT' if iri is None else f'GRAPH {iri}'}"
        try:
            self._update(update, once=True)
        except UnansweredError:
            if self._size(staging) == size:
                self._update(update, once=True)
            elif self._size(iri) != size:
                raise

    def _send(self, method: str, iri: ox.NamedNode | None, lines: list[str]) -> None:
        assert self.endpoints.graphs is not None
        graph = {"default": ""} if iri is None else {"graph": iri.value}
        body, kind = "".join(lines).encode(), {"Content-Type": "text/turtle"}
        self._connection.send(method, self.endpoints.graphs, params=graph, content=body, headers=kind)

    def _update(self, text: str, once: bool = False) -> None:
        if self.endpoints.update is None:
            raise OutputError(f"{self.endpoints.query}: the server takes no updates")
        self._connection.update(self.endpoints.update, text, once)

    def _named(self) -> Iterator[tuple[ox.NamedNode, int]]:
        """Each named graph with its size, by pages that no server cuts short."""
        last = ""
        while True:
            rows = self._rows(
                "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } "
                f"FILTER(STR(?g) > {ox.Literal(last)}) }} GROUP BY ?g ORDER BY STR(?g) LIMIT {_PAGE}"
            )
            for row in rows:
                yield row["g"], int(row["n"].value)
            if len(rows) < _PAGE:
                return
            last = rows[-1]["g"].value

    def _paged(self, pattern: str) -> Iterator[ox.QuerySolution]:
        """All triples, for a server that cuts answers short: subject by subject, because without an order the second
        page may repeat the first."""
        last, full = "", True
        while full:
            beyond = f"FILTER(STR(?s) > {ox.Literal(last)})"
            page = self._rows(f"SELECT ?s ?p ?o WHERE {{ {pattern} {beyond} }} ORDER BY STR(?s) LIMIT {_PAGE}")
            full = len(page) == _PAGE
            whole = [row for row in page if row["s"] != page[-1]["s"]] if full else page
            yield from whole
            full = full and bool(whole)
            last = whole[-1]["s"].value if whole else last

    def _size(self, iri: ox.NamedNode | None) -> int:
        return self._number(f"SELECT (COUNT(*) AS ?n) WHERE {{ {_within(iri, '?s ?p ?o')} }}")

    def _number(self, query: str) -> int:
        return int(self._rows(query)[0]["n"].value)

    def _rows(self, query: str) -> list[ox.QuerySolution]:
        found = self._connection.query(self.endpoints.query, query)
        assert isinstance(found, ox.QuerySolutions)
        return list(found)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _lines(triples: Iterable[ox.Triple]) -> list[str]:
    """N-Triples, which are Turtle and the inside of INSERT DATA too: each once, sorted."""
    written = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    return sorted({line.decode() for line in written.splitlines(keepends=True)})


def _without_blanks(line: str) -> str:
    """A blank node by an IRI of its own, because its name does not reach from one request into the next."""
    if "_:" not in line:
        return line
    triple = next(iter(ox.parse(line, format=ox.RdfFormat.N_TRIPLES))).triple
    subject, value = (
        ox.NamedNode(_GENID + term.value) if isinstance(term, ox.BlankNode) else term
        for term in (triple.subject, triple.object)
    )
    return f"{subject} {triple.predicate} {value} .\n"


def _staging(iri: ox.NamedNode | None, lines: list[str]) -> ox.NamedNode:
    digest = hashlib.sha256("".join([f"{iri}\n", *lines]).encode()).hexdigest()
    return ox.NamedNode(STAGING + digest[:24])


def _triple(row: ox.QuerySolution) -> ox.Triple:
    """Virtuoso answers a boolean with 1 or 0, whatever it was given."""
    value = row["o"]
    if isinstance(value, ox.Literal) and value.datatype == _BOOLEAN:
        value = ox.Literal({"1": "true", "0": "false"}.get(value.value, value.value), datatype=_BOOLEAN)
    return ox.Triple(row["s"], row["p"], value)


def _within(iri: ox.NamedNode | None, body: str) -> str:
    return body if iri is None else f"GRAPH {iri} {{ {body} }}"


def _clear(iri: ox.NamedNode | None) -> str:
    return "CLEAR DEFAULT" if iri is None else f"DROP SILENT GRAPH {iri}"
