"""The default graph as other tools want it: events with their values, entities with their names, one at a time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from kg_builder.ontology import NEV, Ontology, local_name
from kg_builder.store.export.vocabulary import Vocabulary
from kg_builder.store.local import LocalStore
from kg_builder.store.protocol import DEFAULT, Store, Term

RDF, RDFS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
SKOS, GEO = "http://www.w3.org/2004/02/skos/core#", "http://www.opengis.net/ont/geosparql#"
NIF, SCHEMA = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#", "https://schema.org/"
PROV = "http://www.w3.org/ns/prov#"
_POINT = re.compile(r"^\s*(?:<([^>]*)>\s*)?POINT\s*Z?\s*\(\s*(\S+)\s+(\S+?)(?:\s+\S+)?\s*\)\s*$", re.IGNORECASE)
_LATITUDE_FIRST = "EPSG/0/4326"

Values = Mapping[str, tuple[Term, ...]]


@dataclass(frozen=True, slots=True)
class Node:
    """A node and what the default graph says of it, by the local names of `nev:` properties, else by whole IRIs."""

    iri: str
    kind: str
    values: Values

    def texts(self, name: str) -> list[str]:
        """The values of a property as text, nodes as their IRIs."""
        return [str(getattr(term, "value", term)) for term in self.values.get(name, ())]

    def first(self, name: str) -> str:
        """The first value as text, "" where there is none."""
        return next(iter(self.texts(name)), "")

    def best(self, name: str) -> str:
        """The preferred value of an event as text, else the first, "" where there is none."""
        return self.first(f"preferred{name[0].upper()}{name[1:]}") or self.first(name)


class View:
    """Looks into a store; nothing is held but the IRIs of what is walked through, and short-lived caches."""

    def __init__(self, store: Store, ontology: Ontology) -> None:
        self.vocabulary = Vocabulary(ontology)
        self._store = _inner(store)
        self.node = lru_cache(maxsize=50_000)(self._node)

    def events(self) -> Iterator[Node]:
        """Every event, in the order of the IRIs."""
        return self._typed("Event")

    def entities(self) -> Iterator[Node]:
        """Every person, organisation and place, in the order of the IRIs."""
        found = {iri: None for kind in ("Person", "Organization", "Place") for iri in self._instances(kind)}
        return (self.node(iri) for iri in sorted(found))

    def amounts(self) -> Iterator[Node]:
        """Every amount, in the order of the IRIs."""
        return self._typed("Amount")

    def documents(self) -> Iterator[Node]:
        """Every document, in the order of the IRIs."""
        return self._typed("NewsArticle")

    def _typed(self, kind: str) -> Iterator[Node]:
        return (self.node(iri) for iri in sorted(self._instances(kind)))

    def _instances(self, kind: str) -> list[str]:
        found = self._store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(NEV + kind), DEFAULT)
        return [quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)]

    def _node(self, iri: str) -> Node:
        found: dict[str, list[Term]] = defaultdict(list)
        for quad in self._store.quads_for_pattern(ox.NamedNode(iri), None, None, DEFAULT):
            found[quad.predicate.value.removeprefix(NEV)].append(quad.object)
        values = {name: tuple(sorted(terms, key=str)) for name, terms in sorted(found.items())}
        types = [local_name(t.value) for t in values.get(RDF + "type", ()) if isinstance(t, ox.NamedNode)]
        return Node(iri, self.vocabulary.narrowest(types), values)

    def label(self, iri: str) -> str:
        """The name of an entity, Arabic first; "" where it has none."""
        found = self.node(iri).values.get(RDFS + "label", ())
        arabic = [t.value for t in found if isinstance(t, ox.Literal) and t.language == "ar"]
        return next(iter([*arabic, *(t.value for t in found if isinstance(t, ox.Literal))]), "")

    def shown(self, term: Term) -> str:
        """A value for a person: the name of an entity, an amount in a few words, the words of a literal."""
        if not isinstance(term, ox.NamedNode):
            return str(getattr(term, "value", term))
        node = self.node(term.value)
        if "value" in node.values:
            per = node.first("per")
            parts = (node.first("value"), node.first("currency") or node.first("unit"), f"per {per}" if per else "")
            return " ".join(part for part in parts if part)
        return self.label(term.value) or local_name(term.value)

    def sentence(self, event: Node) -> str:
        """The first sentence of evidence."""
        return next((self.node(iri).first(NIF + "anchorOf") for iri in event.texts("evidence")), "")

    def sources(self, event: Node) -> list[str]:
        """Who published the documents, else their identifiers."""
        documents = [self.node(iri) for iri in event.texts(PROV + "wasDerivedFrom")]
        told = (d.first(SCHEMA + "publisher") or d.first(SCHEMA + "identifier") for d in documents)
        return list(dict.fromkeys(name for name in told if name))

    def coordinates(self, place: str) -> tuple[float, float] | None:
        """Longitude and latitude of a place in degrees: its own, else those of what it is linked to."""
        node = self.node(place)
        for holder in (node, *map(self.node, [*node.texts(GEO + "hasGeometry"), *node.texts(SKOS + "exactMatch")])):
            for text in holder.texts(GEO + "asWKT"):
                if (point := point_of(text)) is not None:
                    return point
        return None


def point_of(text: str) -> tuple[float, float] | None:
    """Longitude and latitude of a WKT point (OGC GeoSPARQL 1.1, 8.5.1); None for what is no point on the globe."""
    found = _POINT.match(text)
    if not found:
        return None
    try:
        x, y = float(found[2]), float(found[3])
    except ValueError:
        return None
    if (found[1] or "").endswith(_LATITUDE_FIRST):
        x, y = y, x
    return (x, y) if abs(x) <= 180 and abs(y) <= 90 else None


def _inner(store: Store) -> ox.Store:
    """The store if it is in this process; the default graph of one that is not is fetched."""
    if isinstance(store, LocalStore):
        return store.inner
    fetched = ox.Store()
    fetched.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in store.triples(DEFAULT))
    return fetched
