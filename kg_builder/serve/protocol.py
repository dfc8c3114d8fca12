"""The SPARQL 1.1 Protocol (W3C, 2013), the part that reads: from an HTTP request to a job, or to a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

import pyoxigraph as ox

from kg_builder.serve.guard import asks_elsewhere
from kg_builder.serve.job import Ask, Reply
from kg_builder.serve.negotiate import GRAPHS, RESULTS, negotiate
from kg_builder.serve.saved import Term

FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
MOST_FIELDS = 100


@dataclass(frozen=True, slots=True)
class Request:
    """What the protocol looks at. `query` is the part of the address behind the question mark."""

    method: str
    query: str = ""
    content_type: str = ""
    accept: str = ""
    body: bytes = b""


def job_of(request: Request) -> Ask | Reply:
    """The query as a job; a Reply for what is no query, changes something, or asks elsewhere."""
    try:
        pairs = _pairs(request)
    except ValueError as error:
        return Reply.error(400, f"the request is malformed: {error}")
    if isinstance(pairs, Reply):
        return pairs
    if any(name in {"update", "using-graph-uri", "using-named-graph-uri"} for name, _ in pairs):
        return Reply.error(403, "this endpoint is for reading: it takes no updates")
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) != 1:
        return Reply.error(400, f"there must be one query, and there are {len(queries)}")
    graphs = {kind: tuple(v for n, v in pairs if n == kind) for kind in ("default-graph-uri", "named-graph-uri")}
    for iri in (*graphs["default-graph-uri"], *graphs["named-graph-uri"]):
        if not is_iri(iri):
            return Reply.error(400, f"{iri}: not the IRI of a graph")
    return ask(queries[0], request.accept, graphs=(graphs["default-graph-uri"], graphs["named-graph-uri"]))


def ask(
    text: str,
    accept: str,
    bindings: dict[str, Term] | None = None,
    graphs: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
) -> Ask | Reply:
    """A query as a job, unless it asks other servers, or no form of the answer would be welcome."""
    if asks_elsewhere(text):
        return Reply.error(403, "SERVICE is refused: this endpoint asks no other server")
    results, graph = negotiate(accept, list(RESULTS)), negotiate(accept, list(GRAPHS))
    if results is None and graph is None:
        return Reply.error(406, f"there is this only as {' '.join(dict.fromkeys([*RESULTS, *GRAPHS]))}")
    return Ask(text, results, graph, bindings or {}, *graphs)


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI."""
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def fields(text: str) -> list[tuple[str, str]]:
    """The fields of a form or of an address. Raises ValueError for what is not UTF-8, or for too many."""
    return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)


def _pairs(request: Request) -> Sequence[tuple[str, str]] | Reply:
    if request.method in {"GET", "HEAD"}:
        return fields(request.query)
    if request.method != "POST":
        return Reply.error(405, f"{request.method}: this endpoint takes GET and POST")
    kind = request.content_type.split(";")[0].strip().lower()
    if kind == FORM:
        return fields(request.body.decode("utf-8"))
    if kind == DIRECT:
        return [*fields(request.query), ("query", request.body.decode("utf-8"))]
    if kind == UPDATE:
        return Reply.error(403, "this endpoint is for reading: it takes no updates")
    return Reply.error(415, f"{kind or 'no content type'}: a query is sent as {DIRECT} or {FORM}")
