"""Links of a graph that is there already, and what Wikidata says of the entities linked to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg_builder.graph import vocab as v
from kg_builder.graph.document import Document
from kg_builder.graph.naming import Naming
from kg_builder.model import Entity

Answer = Callable[[Collection[Entity], str, str | None], Mapping[Entity, Entity]]
"""Entities of a document, its text and its date → the entities with their links."""
_LINKS = (v.EXACT_MATCH, v.CLOSE_MATCH, v.CURRENCY_ENTITY)


@dataclass(frozen=True, slots=True)
class Details:
    """What Wikidata says of an entity: labels by language, QIDs of classes and country, latitude and longitude, the
    number in GeoNames."""

    qid: str
    labels: Mapping[str, str]
    classes: tuple[str, ...] = ()
    country: str | None = None
    coordinates: tuple[float, float] | None = None
    geonames: int | None = None


def link_document(document: Document, answer: Answer, currency: Callable[[str], str | None]) -> None:
    """Links the names of a document anew, by the words it is quoted with; the IRIs of its entities stay."""
    entities = {node: _entity(naming) for node, naming in document.names.items()}
    text = "\n".join(quote.words for _, quote in sorted(document.quotes.items(), key=lambda item: item[1].span))
    linked = answer(list(entities.values()), text, document.article.date)
    for node, entity in entities.items():
        naming = document.names[node]
        naming.qids = ()
        naming.candidates.clear()
        naming.link(linked[entity])
    for node, amount in document.amounts.items():
        document.amounts[node] = replace(amount, qid=currency(amount.currency) if amount.currency else None)


def _entity(naming: Naming) -> Entity:
    return Entity(min(naming.kinds), min(naming.labels), naming.names, naming.generic)


def linked(rows: Iterable[v.Row]) -> list[str]:
    """The QIDs that entities and amounts are linked to, in order."""
    found = {value.value for _, link, value in rows if link in _LINKS and isinstance(value, ox.NamedNode)}
    return sorted(iri.removeprefix(v.WIKIDATA) for iri in found if iri.startswith(v.WIKIDATA))


def detail_triples(details: Details) -> Iterator[ox.Triple]:
    """The entity under its Wikidata IRI: names, classes, country, place on earth, and the same in GeoNames."""
    node = _wikidata(details.qid)
    for language, label in sorted(details.labels.items()):
        yield ox.Triple(node, v.LABEL, ox.Literal(label, language=language))
    for qid in details.classes:
        yield ox.Triple(node, ox.NamedNode(v.DIRECT + "P31"), _wikidata(qid))
    if details.country:
        yield ox.Triple(node, ox.NamedNode(v.DIRECT + "P17"), _wikidata(details.country))
    if details.coordinates:
        latitude, longitude = details.coordinates
        point = ox.Literal(f"POINT({longitude:.4f} {latitude:.4f})", datatype=ox.NamedNode(v.GEO + "wktLiteral"))
        yield ox.Triple(node, ox.NamedNode(v.GEO + "asWKT"), point)
    if details.geonames:
        yield ox.Triple(node, v.EXACT_MATCH, ox.NamedNode(f"{v.GEONAMES}{details.geonames}/"))


def _wikidata(qid: str) -> ox.NamedNode:
    return ox.NamedNode(v.WIKIDATA + qid)
