"""Under which names one document knows an entity: kept in the document's graph, so that entities can be put together
again when documents come or go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg_builder.graph import literals
from kg_builder.graph import vocab as v
from kg_builder.model import Entity

Fill = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]
_ENTITY = "entity/"
_MARK = "#name="
_ITEM = "&item="
Few = tuple[str, ...]


def few(*words: str) -> Few:
    """The words in order, each once."""
    return words if len(words) == 1 else tuple(sorted(set(words)))


@dataclass(slots=True)
class Naming:
    """What one document knows of an entity: best names, all names, kinds, its Wikidata identifier, and what it may be
    there with which probability. A generic one names nobody in particular.

    Names, kinds and identifiers are few, none twice, in order: as tuples they take a fifth of the memory of sets.
    """

    labels: Few = ()
    names: Few = ()
    kinds: Few = ()
    qids: Few = ()
    candidates: dict[str, float] = field(default_factory=dict)
    generic: bool = True

    def add(self, entity: Entity) -> None:
        """Takes one more mention of it."""
        self.labels = few(*self.labels, entity.label)
        self.names = few(*self.names, entity.label, *entity.names)
        self.kinds = few(*self.kinds, entity.kind)
        self.link(entity)
        self.generic = self.generic and entity.generic

    def link(self, entity: Entity) -> None:
        """Takes the links of the entity."""
        if entity.qid:
            self.qids = few(*self.qids, entity.qid)
        for link in entity.links:
            self.candidates[link.qid] = max(link.confidence, self.candidates.get(link.qid, 0.0))


def naming_triples(
    document: ox.NamedNode,
    names: Mapping[ox.NamedNode, Naming],
    fills: Iterable[Fill],
    same: Mapping[ox.NamedNode, ox.NamedNode],
) -> Iterator[v.Row]:
    """The names a document uses. Where it has several for one entity, also which of them fills which role."""
    known = defaultdict[ox.NamedNode, list[ox.NamedNode]](list)
    for local in names:
        known[same.get(local, local)].append(local)
    for entity, locals_ in known.items():
        for local in locals_:
            yield from _describe(naming_node(document, local), entity, names[local])
    doubled = {local for locals_ in known.values() if len(locals_) > 1 for local in locals_}
    for report, role, value in fills if doubled else ():
        if value in doubled and isinstance(value, ox.NamedNode):
            yield naming_node(document, value), v.FILLS, slot(report, role)


def _describe(node: ox.NamedNode, entity: ox.NamedNode, naming: Naming) -> Iterator[v.Row]:
    yield node, v.TYPE, v.NAMING
    yield node, v.NAME_OF, entity
    for kind in naming.kinds:
        yield node, v.NAME_KIND, v.nev(kind)
    for label in naming.labels:
        yield node, v.MAIN_NAME, literals.text(label)
    for name in naming.names:
        if name not in naming.labels:
            yield node, v.OTHER_NAME, literals.text(name)
    for qid in naming.qids:
        yield node, v.NAME_LINK, ox.NamedNode(v.WIKIDATA + qid)
    for qid, surety in sorted(naming.candidates.items()):
        candidate = ox.NamedNode(node.value + _ITEM + qid)
        yield candidate, v.TYPE, v.CANDIDATE
        yield candidate, v.CANDIDATE_OF, node
        yield candidate, v.MEANS, ox.NamedNode(v.WIKIDATA + qid)
        yield candidate, v.SURETY, literals.decimal(round(surety, 4))
    if naming.generic:
        yield node, v.GENERIC, literals.TRUE


def naming_node(document: ox.NamedNode, local: ox.NamedNode) -> ox.NamedNode:
    """`…document/X#name=person/…`, after the document's own entity `…entity/person/…`."""
    return ox.NamedNode(document.value + _MARK + local.value.rpartition(_ENTITY)[2])


def local_entity(naming: ox.NamedNode) -> ox.NamedNode:
    """The inverse of `naming_node`: the entity as the document alone would name it."""
    document, _, rest = naming.value.rpartition(_MARK)
    return ox.NamedNode(document.rpartition("document/")[0] + _ENTITY + rest)


def slot(report: ox.NamedNode, role: ox.NamedNode) -> ox.NamedNode:
    """`…report/…#resigner`: the place that a role has in a report."""
    return ox.NamedNode(f"{report.value}#{role.value.rpartition('#')[2]}")
