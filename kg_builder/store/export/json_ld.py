"""JSON-LD 1.1 that reads like plain records: its context gives each property a short name and a kind."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from kg_builder.ontology import NEV, XSD, local_name
from kg_builder.store.protocol import DEFAULT, Store, Term

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_STRING = XSD + "string"
_IRI, _WORD = "@id", "@vocab"


class Context:
    """Names and kinds for the predicates that a graph has: a kind holds where all values of a predicate share it."""

    def __init__(self, prefixes: Mapping[str, str], triples: Iterable[ox.Triple]) -> None:
        self._prefixes = dict(sorted(prefixes.items()))
        kinds: dict[str, set[str]] = defaultdict(set)
        for triple in triples:
            kinds[triple.predicate.value].add(_kind(triple.object))
        kinds.pop(_TYPE, None)
        self.kinds = {predicate: found.pop() if len(found) == 1 else "" for predicate, found in kinds.items()}
        self.names: dict[str, str] = {}
        for predicate in sorted(kinds, key=lambda p: (not p.startswith(NEV), p)):
            short = local_name(predicate)
            taken = not short.isidentifier() or short in self._prefixes or short in self.names.values()
            self.names[predicate] = self.compact(predicate) if taken else short

    def compact(self, iri: str) -> str:
        """An IRI by its prefix, whole where it has none."""
        for prefix, namespace in self._prefixes.items():
            if iri.startswith(namespace) and iri[len(namespace) :].replace("_", "").replace("-", "").isalnum():
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    def document(self) -> dict[str, Any]:
        """The value of `@context`."""
        terms = {name: self._definition(predicate) for predicate, name in self.names.items() if ":" not in name}
        return {
            "@version": 1.1,
            "@vocab": NEV,
            "id": "@id",
            "type": "@type",
            **self._prefixes,
            **dict(sorted(terms.items())),
        }

    def _definition(self, predicate: str) -> dict[str, str]:
        kind = self.kinds[predicate]
        if kind.startswith("@") and kind not in {_IRI, _WORD}:
            return {"@id": self.compact(predicate), "@language": kind[1:]}
        return {"@id": self.compact(predicate), **({"@type": self.compact(kind)} if kind and kind != _STRING else {})}

    def value(self, predicate: str, term: Term) -> Any:
        """A value in the shortest form that the context allows."""
        kind = self.kinds[predicate] if ":" not in self.names[predicate] else ""
        if not isinstance(term, ox.Literal):
            iri = term.value if isinstance(term, ox.NamedNode) else str(term)
            return (local_name(iri) if kind == _WORD else iri) if kind in {_IRI, _WORD} else {"@id": iri}
        if kind == _kind(term):
            return term.value
        if term.language:
            return {"@value": term.value, "@language": term.language}
        return {"@value": term.value, "@type": self.compact(term.datatype.value)}


def _kind(term: Term) -> str:
    """`@vocab` for a name of ours, `@id` for other nodes, `@ar` for Arabic words, else the datatype."""
    if isinstance(term, ox.Literal):
        return f"@{term.language}" if term.language else term.datatype.value
    return _WORD if isinstance(term, ox.NamedNode) and _is_word(term.value) else _IRI


def _is_word(iri: str) -> bool:
    return iri.startswith(NEV) and iri[len(NEV) :].isidentifier()


def json_ld(store: Store, prefixes: Mapping[str, str]) -> Iterator[bytes]:
    """The whole dataset, a node a line: the default graph, then the graph of each document."""
    context = Context(prefixes, (quad.triple for quad in store.quads()))
    head = json.dumps(context.document(), ensure_ascii=False, indent=1)
    yield f'{{"@context": {head},\n"@graph": ['.encode()
    separator = "\n"
    for node in _lines(store, context):
        yield (separator + json.dumps(node, ensure_ascii=False)).encode()
        separator = ",\n"
    yield b"\n]}\n"


def _lines(store: Store, context: Context) -> Iterator[dict[str, Any]]:
    yield from _nodes(store.triples(DEFAULT), context)
    for name in store.counts():
        if isinstance(name, ox.NamedNode):
            yield {"id": name.value, "@graph": list(_nodes(store.triples(name), context))}


def _nodes(triples: Iterable[ox.Triple], context: Context) -> Iterator[dict[str, Any]]:
    nodes: dict[str, dict[str, Any]] = {}
    for triple in sorted(triples, key=str):
        subject = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else str(triple.subject)
        node = nodes.setdefault(subject, {"id": subject})
        if triple.predicate.value == _TYPE and isinstance(triple.object, ox.NamedNode):
            iri = triple.object.value
            _add(node, "type", local_name(iri) if _is_word(iri) else context.compact(iri))
        else:
            predicate = triple.predicate.value
            _add(node, context.names.get(predicate, predicate), context.value(predicate, triple.object))
    yield from nodes.values()


def _add(node: dict[str, Any], name: str, value: Any) -> None:
    """One value stands alone, several in a list."""
    if name not in node:
        node[name] = value
    elif isinstance(node[name], list):
        node[name].append(value)
    else:
        node[name] = [node[name], value]
