"""JSON-LD with a context: keys as in Turtle, one node a line, named graphs as `@graph` members."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from kg_builder.store.source import GraphSource

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_STRING = "http://www.w3.org/2001/XMLSchema#string"


class _Names:
    """Compact IRIs by the context's prefixes."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes
        self._known: dict[str, str] = {}

    def compact(self, iri: str) -> str:
        if iri not in self._known:
            self._known[iri] = self._shorten(iri)
        return self._known[iri]

    def _shorten(self, iri: str) -> str:
        for prefix, namespace in self._prefixes.items():
            if iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri


def json_ld(source: GraphSource) -> Iterator[bytes]:
    """The whole dataset, node by node in the order of the IRIs."""
    names = _Names(source.prefixes)
    context = json.dumps(dict(sorted(source.prefixes.items())), ensure_ascii=False)
    yield f'{{"@context": {context},\n"@graph": [\n'.encode()
    separator = ""
    for line in _lines(source, names):
        yield (separator + line).encode()
        separator = ",\n"
    yield b"\n]}\n"


def _lines(source: GraphSource, names: _Names) -> Iterator[str]:
    for node in _nodes(source.default_graph(), names):
        yield json.dumps(node, ensure_ascii=False)
    for name, triples in source.documents():
        yield json.dumps({"@id": name.value, "@graph": list(_nodes(triples, names))}, ensure_ascii=False)


def _nodes(triples: Iterable[ox.Triple], names: _Names) -> Iterator[dict[str, Any]]:
    nodes: dict[str, dict[str, Any]] = {}
    for triple in sorted(triples, key=str):
        subject = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else str(triple.subject)
        node = nodes.setdefault(subject, {"@id": subject})
        if triple.predicate.value == _TYPE and isinstance(triple.object, ox.NamedNode):
            node.setdefault("@type", []).append(names.compact(triple.object.value))
        else:
            node.setdefault(names.compact(triple.predicate.value), []).append(_value(triple.object, names))
    yield from nodes.values()


def _value(term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple, names: _Names) -> Any:
    if not isinstance(term, ox.Literal):
        return {"@id": names.compact(term.value) if isinstance(term, ox.NamedNode) else str(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == _STRING:
        return term.value
    return {"@value": term.value, "@type": names.compact(term.datatype.value)}
