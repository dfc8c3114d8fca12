"""The graph as nodes and edges: entities, events, amounts and documents, joined by roles, causes and provenance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import pyoxigraph as ox

from kg_builder.ontology import NEV, local_name
from kg_builder.store.export.view import PROV, RDFS, SCHEMA, SKOS, Node, View
from kg_builder.store.protocol import Term

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NAMES = {
    RDFS + "label": "name",
    SKOS + "altLabel": "other_names",
    SKOS + "exactMatch": "wikidata",
    SCHEMA + "identifier": "identifier",
    SCHEMA + "headline": "headline",
    SCHEMA + "datePublished": "published",
    SCHEMA + "url": "url",
    SCHEMA + "publisher": "publisher",
    PROV + "wasDerivedFrom": "derived_from",
}
# Where in the text it stands is said by the RDF alone: one node for each word would drown the rest.
_LEFT_OUT = frozenset({"evidence", "trigger", "report", _RDF_TYPE})


@dataclass(frozen=True, slots=True)
class Vertex:
    """A node: its IRI, its classes (the narrowest first), and its attributes, several values joined by ` | `."""

    iri: str
    classes: tuple[str, ...]
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge with the local name of its property."""

    source: str
    target: str
    kind: str


def vertices(view: View) -> Iterator[Vertex]:
    """Every node."""
    for node in _nodes(view):
        yield Vertex(node.iri, _classes(node), _attributes(node))


def edges(view: View) -> Iterator[Edge]:
    """Every edge; both its ends are among the vertices."""
    known = {node.iri for node in _nodes(view)}
    for node in _nodes(view):
        for name, terms in node.values.items():
            if name not in _LEFT_OUT and not name.startswith("preferred"):
                for term in terms:
                    if isinstance(term, ox.NamedNode) and term.value in known:
                        yield Edge(node.iri, term.value, _NAMES.get(name, name))


def _nodes(view: View) -> Iterator[Node]:
    return chain(view.entities(), view.events(), view.amounts(), view.documents())


def _classes(node: Node) -> tuple[str, ...]:
    types = {local_name(iri) for iri in node.texts(_RDF_TYPE) if iri.startswith(NEV)}
    return (node.kind, *sorted(types - {node.kind}))


def _attributes(node: Node) -> dict[str, str]:
    """What is no edge, and the Wikidata item, which is no node here."""
    found: dict[str, str] = {}
    for name, terms in node.values.items():
        key = _NAMES.get(name, name)
        values = [_plain(term) for term in terms if _is_attribute(term) or key == "wikidata"]
        if values and name not in _LEFT_OUT and key.isidentifier():
            found[key] = " | ".join(values)
    return found


def _is_attribute(term: Term) -> bool:
    """Literals, and names of the vocabulary."""
    return isinstance(term, ox.Literal) or (isinstance(term, ox.NamedNode) and term.value.startswith(NEV))


def _plain(term: Term) -> str:
    value = str(getattr(term, "value", term))
    return local_name(value) if value.startswith(NEV) else value
