"""A process that answers queries from a store on disk, one at a time, until it is ended."""

from __future__ import annotations

import contextlib
import io
import os
import signal
from itertools import islice
from multiprocessing.connection import Connection

import pyoxigraph as ox

from kg_builder.ontology import NEV, XSD
from kg_builder.serve.job import Answer, Ask, Describe, Job, Reply, Statements
from kg_builder.serve.negotiate import GRAPHS, RESULTS

MOST_INCOMING = 500
"""Triples to a node that are shown: a country may have thousands."""
PREFIXES = {
    "nev": NEV,
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": XSD,
}
_LABELS = tuple(
    ox.NamedNode(iri)
    for iri in (
        PREFIXES["rdfs"] + "label",
        PREFIXES["schema"] + "headline",
        PREFIXES["nif"] + "anchorOf",
        PREFIXES["schema"] + "identifier",
    )
)
_ARTICLE = ox.NamedNode(NEV + "NewsArticle")
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


class TooLarge(Exception):
    """A result that grew beyond its limit."""


class Bounded(io.BytesIO):
    """A buffer that takes so many bytes and no more."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: object) -> int:
        """As of any stream; raises TooLarge."""
        written = super().write(data)  # type: ignore[arg-type]
        if self.tell() > self._limit:
            raise TooLarge
        return written


def work(folder: str, connection: Connection, most_bytes: int, most_memory: int) -> None:
    """Answer what comes over the connection, for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # whoever runs out of memory prints a page of addresses; what is wrong with a query is said in its Reply
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    _limit_memory(most_memory)
    store = ox.Store.read_only(folder)
    with contextlib.suppress(EOFError, OSError):
        while True:
            connection.send(answer(store, connection.recv(), most_bytes))


def _limit_memory(most: int) -> None:
    """A query that needs more ends its process. Where the system has no such limit, none is set."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))  # not RLIMIT_AS: files are mapped, and arenas reserved


def answer(store: ox.Store, job: Job, most_bytes: int) -> Answer:
    """The answer to one job; what is wrong with it is a Reply too."""
    try:
        if isinstance(job, Ask):
            return _ask(store, job, most_bytes)
        return _describe(store, job) if isinstance(job, Describe) else _base(store)
    except SyntaxError as error:
        return Reply.error(400, f"not a SPARQL query: {str(error).partition(', [')[0]}")
    except TooLarge:
        return Reply.error(413, f"the result has more than {most_bytes} bytes: ask for less, with LIMIT")
    except (ValueError, RuntimeError, OSError) as error:
        return Reply.error(400, f"the query cannot be carried out: {error}")
    except MemoryError:
        return Reply.error(503, "the query needs too much memory")
    except Exception as error:  # a fault of ours ends one query and not the worker
        return Reply.error(500, f"internal error, {type(error).__name__}: {error}")


def _ask(store: ox.Store, job: Ask, most_bytes: int) -> Reply:
    dataset: dict[str, list[ox.NamedNode]] = {}
    if job.default_graphs or job.named_graphs:
        dataset["default_graph"] = [ox.NamedNode(iri) for iri in job.default_graphs]
        dataset["named_graphs"] = [ox.NamedNode(iri) for iri in job.named_graphs]
    bindings = {ox.Variable(name): term for name, term in job.bindings.items()}
    found = store.query(job.text, substitutions=bindings, **dataset)  # type: ignore[arg-type]
    is_graph = isinstance(found, ox.QueryTriples)
    media_type = job.graph if is_graph else job.results
    if media_type is None:
        known = GRAPHS if is_graph else RESULTS
        return Reply.error(406, f"there is this only as {' '.join(known)}")
    out = Bounded(most_bytes)
    try:
        if isinstance(found, ox.QueryTriples):
            ox.serialize(found, out, format=GRAPHS[media_type], prefixes=PREFIXES)
        else:
            found.serialize(out, format=RESULTS[media_type])
    except (OSError, TooLarge) as error:
        if out.tell() > most_bytes:
            raise TooLarge from error
        raise
    return Reply(200, _with_charset(media_type), out.getvalue())


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _describe(store: ox.Store, job: Describe) -> Reply | Statements:
    node = ox.NamedNode(job.iri)
    outgoing = list(dict.fromkeys(q.triple for q in store.quads_for_pattern(node, None, None, None)))
    pointing = store.quads_for_pattern(None, None, node, ox.DefaultGraph())
    incoming = [q.triple for q in islice(pointing, MOST_INCOMING)]
    if not outgoing and not incoming:
        return Reply.error(404, f"{job.iri}: nothing is said of it here")
    if job.graph is not None:
        triples = sorted({*outgoing, *incoming}, key=str)
        body = ox.serialize(triples, format=GRAPHS[job.graph], prefixes=PREFIXES) or b""
        return Reply(200, _with_charset(job.graph), body)
    seen = [t.subject for t in incoming] + [t.object for t in outgoing] + [node]
    labels = {n.value: _label(store, n) for n in seen if isinstance(n, ox.NamedNode)}
    return Statements(
        tuple(sorted(((t.predicate.value, t.object) for t in outgoing), key=str)),
        tuple(sorted((t.subject.value, t.predicate.value) for t in incoming if isinstance(t.subject, ox.NamedNode))),
        {iri: label for iri, label in labels.items() if label},
    )


def _label(store: ox.Store, node: ox.NamedNode) -> str:
    for predicate in _LABELS:
        values = [q.object for q in store.quads_for_pattern(node, predicate, None, None)]
        texts = sorted((v.language != "ar", v.value) for v in values if isinstance(v, ox.Literal))
        if texts:
            return texts[0][1]
    return ""


def _base(store: ox.Store) -> str:
    """As a document's IRI shows it; "" for a graph without documents."""
    for quad in store.quads_for_pattern(None, _TYPE, _ARTICLE, ox.DefaultGraph()):
        if isinstance(quad.subject, ox.NamedNode):
            return quad.subject.value.rpartition("document/")[0]
    return ""
