"""Where a server takes queries, updates and whole graphs, found out from its one address."""

from __future__ import annotations

import os
from dataclasses import dataclass

import pyoxigraph as ox

from kg_builder.errors import OutputError
from kg_builder.store.remote.connection import Connection, RefusedError

UPDATE, GRAPHS = "KG_BUILDER_STORE_UPDATE", "KG_BUILDER_STORE_GRAPHS"
"""Environment variables with other addresses for updates and for the Graph Store Protocol ("none": there is none)."""

_SERVICE = "http://www.w3.org/ns/sparql-service-description#"
_QUERIES = ("/query", "/sparql", "")
_UPDATES = ("/update", "/sparql-auth", "/statements", "")
_STORES = ("/store", "/data", "/sparql-graph-crud-auth", "/rdf-graphs/service")
"""Below the address of a server: as Oxigraph, Fuseki, Virtuoso, RDF4J and GraphDB have them."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The addresses of one server. `update` and `graphs` are None where it takes no updates, or no whole graphs.

    `union` says that its default graph is made of all named ones, so that nothing can be kept in it alone.
    """

    query: str
    update: str | None = None
    graphs: str | None = None
    union: bool = False


def discover(address: str, connection: Connection) -> Endpoints:
    """Ask the server under each address known until one answers.

    Raises OutputError where none does, or the server does not answer at all.
    """
    root = address.rstrip("/")
    for suffix in ("/query", "/sparql"):
        root = root.removesuffix(suffix)
    query = next((root + path for path in _QUERIES if _is_query(root + path, connection)), None)
    if query is None:
        raise OutputError(f"{address}: no SPARQL 1.1 server answers at {', '.join(root + path for path in _QUERIES)}")
    update = next((root + path for path in _UPDATES if _takes(connection, "POST", root + path)), None)
    graphs = next((root + path for path in _STORES if _takes(connection, "GET", root + path)), None)
    is_rdf4j = update is not None and update.endswith("/statements")  # whose default graph is all graphs, unsaid
    return _overruled(Endpoints(query, update, graphs, is_rdf4j or _is_union(query, connection)))


def _overruled(found: Endpoints) -> Endpoints:
    graphs = os.environ.get(GRAPHS) or found.graphs
    return Endpoints(
        found.query, os.environ.get(UPDATE) or found.update, None if graphs == "none" else graphs, found.union
    )


def _is_query(url: str, connection: Connection) -> bool:
    try:
        connection.query(url, "ASK {}")
    except RefusedError as error:
        if error.status in {401, 403}:
            raise
        return False
    except OutputError as error:
        if "no answer to SPARQL" in str(error):
            return False
        raise
    return True


def _takes(connection: Connection, method: str, url: str) -> bool:
    """Whether there is something at the address: an update of nothing, or a graph store asked for no graph.

    Nothing is changed by it; a mistake and a wrong password are answers too, a missing page is none.
    """
    data = {"update": ""} if method == "POST" else None
    return connection.status(method, url, data=data) not in {404, 405, 501}


def _is_union(url: str, connection: Connection) -> bool:
    """What the server's description says of its default graph; no description says nothing."""
    try:
        response = connection.send("GET", url, headers={"Accept": "text/turtle"})
        statements = list(ox.parse(response.content, format=ox.RdfFormat.TURTLE, base_iri=url))
    except (RefusedError, SyntaxError):
        return False
    return any(
        s.predicate.value == _SERVICE + "feature" and getattr(s.object, "value", "") == _SERVICE + "UnionDefaultGraph"
        for s in statements
    )
