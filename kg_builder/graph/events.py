"""Events, put together from their reports: what they agree on or add up to, and where they disagree, all of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg_builder.graph import literals
from kg_builder.graph import vocab as v
from kg_builder.graph.claim import Claim
from kg_builder.graph.document import Same, Term, known_as
from kg_builder.graph.iri import Minter
from kg_builder.graph.merge import Cluster, Join
from kg_builder.graph.schema import Schema
from kg_builder.ontology import NEV


@dataclass(frozen=True, slots=True)
class EventMaker:
    """Makes events of clusters. `same` says which entities are one; `originals` leads from a copy to the document it
    is a copy of, because copies count once."""

    minter: Minter
    schema: Schema
    same: Same
    originals: Mapping[str, str]

    def triples(self, clusters: Iterable[Cluster]) -> Iterator[ox.Triple]:
        """Every event."""
        clusters = list(clusters)
        nodes = {claim.told.iri: self._node(cluster) for cluster in clusters for claim in cluster.claims}
        for cluster in clusters:
            yield from self._event(cluster, nodes)

    def _node(self, cluster: Cluster) -> ox.NamedNode:
        first = cluster.claims[0]
        return ox.NamedNode(self.minter.event(first.told.kind, first.iri))

    def _event(self, cluster: Cluster, nodes: Mapping[ox.NamedNode, ox.NamedNode]) -> Iterator[ox.Triple]:
        kind, node = cluster.claims[0].told.kind, nodes[cluster.claims[0].told.iri]
        for name in (kind, *self.schema.superclasses(kind)):
            yield ox.Triple(node, v.TYPE, v.nev(name))
        for claim in cluster.claims:
            yield ox.Triple(node, v.HAS_REPORT, claim.told.iri)
            yield ox.Triple(node, v.DERIVED_FROM, claim.document.iri)
        if cluster.joins:
            yield ox.Triple(node, v.SOURCE_COUNT, literals.integer(len(set(map(self._origin, cluster.claims)))))
        for join in cluster.joins:
            yield from self._merge(node, join)
        for predicate, supporters in self._values(cluster).items():
            for value in supporters:
                yield from self._statement(node, predicate, value, nodes)
            if len(supporters) > 1 and (marker := self.schema.preferred(predicate.value.removeprefix(NEV))):
                yield ox.Triple(node, v.nev(marker), self._best_supported(supporters))

    def _merge(self, event: ox.NamedNode, join: Join) -> Iterator[ox.Triple]:
        merge = ox.NamedNode(self.minter.merge(join.first.iri, join.second.iri))
        yield ox.Triple(event, v.MERGED_BECAUSE, merge)
        yield ox.Triple(merge, v.TYPE, v.MERGE)
        yield ox.Triple(merge, v.SCORE, literals.decimal(join.score))
        for claim in (join.first, join.second):
            yield ox.Triple(merge, v.JOINS, claim.told.iri)
        for reason in dict.fromkeys(join.reasons):
            yield ox.Triple(merge, v.REASON, v.nev(reason))

    def _statement(
        self, node: ox.NamedNode, predicate: ox.NamedNode, value: Term, nodes: Mapping[ox.NamedNode, ox.NamedNode]
    ) -> Iterator[ox.Triple]:
        if predicate == v.CAUSE and isinstance(value, ox.NamedNode):
            value = nodes[value]
        yield ox.Triple(node, predicate, value)
        inverse = self.schema.inverses.get(predicate.value.removeprefix(NEV))
        if inverse and isinstance(value, ox.NamedNode):
            yield ox.Triple(value, v.nev(inverse), node)

    def _values(self, cluster: Cluster) -> dict[ox.NamedNode, dict[Term, list[Claim]]]:
        found: dict[ox.NamedNode, dict[Term, list[Claim]]] = defaultdict(lambda: defaultdict(list))
        for claim in cluster.claims:
            for predicate, value in dict.fromkeys(known_as(claim.told.pairs, self.same)):
                found[predicate][value].append(claim)
        return found

    def _best_supported(self, supporters: dict[Term, list[Claim]]) -> Term:
        """The value most sources give, copies of one text being one; of equals the surer, the later told, the more
        precise, the last in code points."""

        def rank(value: Term) -> tuple[int, float, int, int, str]:
            claims = supporters[value]
            surest: dict[str, float] = defaultdict(float)
            for claim in claims:
                origin = self._origin(claim)
                surest[origin] = max(surest[origin], float(claim.told.confidence.value))
            latest = max(c.published or 0 for c in claims)
            return len(surest), round(sum(surest.values()), 6), latest, len(value.value), str(value)

        return max(supporters, key=rank)

    def _origin(self, claim: Claim) -> str:
        iri = claim.document.iri.value
        return self.originals.get(iri, iri)
