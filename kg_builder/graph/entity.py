"""Entities of all documents put together: one node, its best name, its other names, its classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg_builder.graph import literals
from kg_builder.graph import vocab as v
from kg_builder.graph.document import Document
from kg_builder.graph.iri import decimal_text
from kg_builder.graph.schema import Schema
from kg_builder.model import Amount, Entity


@dataclass(slots=True)
class _Pool:
    labels: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    qids: set[str] = field(default_factory=set)

    def add(self, entities: Iterable[Entity]) -> None:
        """Counts what one document knows of the entity; a document has one voice for the label."""
        known = tuple(entities)
        self.labels.update({entity.label for entity in known})
        self.names.update(name for entity in known for name in (entity.label, *entity.names))
        self.kinds.update(entity.kind for entity in known)
        self.qids.update(entity.qid for entity in known if entity.qid)

    def label(self) -> str:
        """The label most documents give; of equals the longest, then the first in code point order."""
        return min(self.labels, key=lambda name: (-self.labels[name], -len(name), name))


def entity_triples(documents: Iterable[Document], schema: Schema) -> Iterator[ox.Triple]:
    """Names, classes and links of every entity that the documents mention."""
    pools: dict[ox.NamedNode, _Pool] = {}
    for document in documents:
        for node, entities in document.entities.items():
            pools.setdefault(node, _Pool()).add(entities)
    for node, pool in pools.items():
        yield from _describe(node, pool, schema)


def _describe(node: ox.NamedNode, pool: _Pool, schema: Schema) -> Iterator[ox.Triple]:
    classes = {name for kind in pool.kinds for name in (kind, *schema.superclasses(kind))}
    for name in sorted(classes):
        yield ox.Triple(node, v.TYPE, v.nev(name))
    label = pool.label()
    yield ox.Triple(node, v.LABEL, literals.text(label))
    for other in sorted(pool.names - {label}):
        yield ox.Triple(node, v.ALT_LABEL, literals.text(other))
    for qid in sorted(pool.qids):
        yield ox.Triple(node, v.EXACT_MATCH, ox.NamedNode(v.WIKIDATA + qid))


def amount_triples(documents: Iterable[Document]) -> Iterator[ox.Triple]:
    """Every amount that the documents mention, once."""
    amounts = {node: amount for document in documents for node, amount in document.amounts.items()}
    for node, amount in amounts.items():
        yield from _amount(node, amount)


def _amount(node: ox.NamedNode, amount: Amount) -> Iterator[ox.Triple]:
    yield ox.Triple(node, v.TYPE, v.AMOUNT)
    yield ox.Triple(node, v.nev("value"), ox.Literal(decimal_text(amount.value), datatype=v.DECIMAL))
    for name, value in (("currency", amount.currency), ("unit", amount.unit), ("per", amount.per)):
        if value:
            yield ox.Triple(node, v.nev(name), literals.token(value))
