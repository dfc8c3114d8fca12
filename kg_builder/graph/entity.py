"""Entities of all documents put together: one node, its best name, its other names, its classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg_builder.config import CLOSE_LINK
from kg_builder.graph import literals
from kg_builder.graph import vocab as v
from kg_builder.graph.document import Document
from kg_builder.graph.identity import Identities
from kg_builder.graph.iri import decimal_text
from kg_builder.graph.naming import Naming
from kg_builder.graph.schema import Schema
from kg_builder.model import Amount


@dataclass(slots=True)
class _Pool:
    labels: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    qids: set[str] = field(default_factory=set)
    candidates: dict[str, float] = field(default_factory=dict)
    short: set[str] = field(default_factory=set)

    def add(self, naming: Naming, is_short: bool) -> None:
        """Counts what one document knows of the entity; a document has one voice for each label."""
        self.labels.update(naming.labels)
        self.names.update(naming.labels, naming.names)
        self.kinds.update(naming.kinds)
        self.qids.update(naming.qids)
        for qid, surety in naming.candidates.items():
            self.candidates[qid] = max(surety, self.candidates.get(qid, 0.0))
        if is_short:
            self.short.update(naming.labels)

    def label(self) -> str:
        """The full name most documents give; of equals the longest, then the first in code point order."""
        return min(self.labels, key=lambda name: (name in self.short, -self.labels[name], -len(name), name))


def entity_triples(documents: Iterable[Document], schema: Schema, identities: Identities) -> Iterator[ox.Triple]:
    """Names, classes and links of every entity that the documents mention."""
    pools: dict[ox.NamedNode, _Pool] = {}
    for document in documents:
        for local, naming in document.names.items():
            entity = identities.same.get(local, local)
            pools.setdefault(entity, _Pool()).add(naming, local in identities.short)
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
    yield from _links(node, pool)


def _links(node: ox.NamedNode, pool: _Pool) -> Iterator[ox.Triple]:
    """An exact match where all documents that link the name agree, else close ones; the likeliest with its surety."""
    if len(pool.qids) == 1:
        yield ox.Triple(node, v.EXACT_MATCH, ox.NamedNode(v.WIKIDATA + min(pool.qids)))
        return
    for qid in sorted(pool.qids):
        yield ox.Triple(node, v.CLOSE_MATCH, ox.NamedNode(v.WIKIDATA + qid))
    best = min(pool.candidates, key=lambda qid: (-pool.candidates[qid], qid), default="")
    if best and not pool.qids and pool.candidates[best] >= CLOSE_LINK:
        yield ox.Triple(node, v.CLOSE_MATCH, ox.NamedNode(v.WIKIDATA + best))
        yield ox.Triple(node, v.SURETY, literals.decimal(round(pool.candidates[best], 4)))


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
    if amount.qid:
        yield ox.Triple(node, v.CURRENCY_ENTITY, ox.NamedNode(v.WIKIDATA + amount.qid))
