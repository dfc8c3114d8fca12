"""Events, put together from their reports: what they agree on or add up to, and where they disagree, all of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg_builder.graph import vocab as v
from kg_builder.graph.document import Document, Term
from kg_builder.graph.iri import Minter
from kg_builder.graph.merge import Claim, claim, clusters
from kg_builder.graph.schema import Schema
from kg_builder.ontology import NEV


def event_triples(documents: Iterable[Document], minter: Minter, schema: Schema) -> Iterator[ox.Triple]:
    """Every event of the documents."""
    groups = clusters([claim(told, document, schema) for document in documents for told in document.told])
    events: dict[ox.NamedNode, ox.NamedNode] = {}
    for group in groups:
        node = ox.NamedNode(minter.event(group[0].told.report.type, group[0].iri))
        events.update((item.told.iri, node) for item in group)
    for group in groups:
        yield from _event(events[group[0].told.iri], group, events, schema)


def _event(
    node: ox.NamedNode, group: tuple[Claim, ...], events: dict[ox.NamedNode, ox.NamedNode], schema: Schema
) -> Iterator[ox.Triple]:
    kind = group[0].told.report.type
    for name in (kind, *schema.superclasses(kind)):
        yield ox.Triple(node, v.TYPE, v.nev(name))
    for item in group:
        yield ox.Triple(node, v.HAS_REPORT, item.told.iri)
        yield ox.Triple(node, v.DERIVED_FROM, item.document.iri)
    for predicate, supporters in _values(group).items():
        for value in supporters:
            yield from _statement(node, predicate, value, events, schema)
        if len(supporters) > 1 and (marker := schema.preferred(predicate.value.removeprefix(NEV))):
            yield ox.Triple(node, v.nev(marker), best_supported(supporters))


def _statement(
    node: ox.NamedNode, predicate: ox.NamedNode, value: Term, events: dict[ox.NamedNode, ox.NamedNode], schema: Schema
) -> Iterator[ox.Triple]:
    if predicate == v.CAUSE and isinstance(value, ox.NamedNode):
        value = events[value]
    yield ox.Triple(node, predicate, value)
    inverse = schema.inverses.get(predicate.value.removeprefix(NEV))
    if inverse and isinstance(value, ox.NamedNode):
        yield ox.Triple(value, v.nev(inverse), node)


def _values(group: tuple[Claim, ...]) -> dict[ox.NamedNode, dict[Term, list[Claim]]]:
    found: dict[ox.NamedNode, dict[Term, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for item in group:
        for predicate, value in item.told.pairs:
            found[predicate][value].append(item)
    return found


def best_supported(supporters: dict[Term, list[Claim]]) -> Term:
    """The value most reports give; of equals the surer, the later told, the more precise, the last in code points."""

    def rank(value: Term) -> tuple[int, float, int, int, str]:
        claims = supporters[value]
        surety = round(sum(c.told.report.confidence for c in claims), 6)
        return len(claims), surety, max(c.published or 0 for c in claims), len(value.value), value.value

    return max(supporters, key=rank)
