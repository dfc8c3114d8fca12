"""What the graph needs to know of the ontology: superclasses, families, inverses, single-valued properties."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache

import pyoxigraph as ox

from kg_builder.graph.vocab import RDFS
from kg_builder.ontology import LEX, NEV, Ontology, local_name

OWL = "http://www.w3.org/2002/07/owl#"
FAMILIES = ("Person", "Organization", "Place")
_ROOTS = frozenset({"Event", *FAMILIES})
# What the contract itself lays down; an ontology adds to it by rdfs:subClassOf and owl:inverseOf.
SUPERCLASSES = {
    **dict.fromkeys(("Government", "Group", "Force"), "Organization"),
    **dict.fromkeys(("Country", "Region", "City", "Facility"), "Place"),
}
INVERSES = {"acceptedBy": "accepts"}


class Schema:
    """Look-ups by local name in the `nev:` namespace."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._above: dict[str, tuple[str, ...]] = {}

    def superclasses(self, kind: str) -> tuple[str, ...]:
        """The classes above `kind` up to Event or its family, nearest first, itself left out."""
        if kind not in self._above:
            self._above[kind] = tuple(dict.fromkeys(self._climb(kind, frozenset({kind}))))
        return self._above[kind]

    def _climb(self, kind: str, seen: frozenset[str]) -> Iterator[str]:
        if kind in _ROOTS:
            return
        stated = [local_name(o.value) for o in self._objects(kind, RDFS + "subClassOf") if o.value.startswith(NEV)]
        parents = [parent for parent in [*stated, SUPERCLASSES.get(kind)] if parent and parent not in seen]
        yield from parents
        for parent in parents:
            yield from self._climb(parent, seen | {parent})

    def _objects(self, name: str, predicate: str) -> Iterator[ox.NamedNode]:
        found = self._ontology.objects(ox.NamedNode(NEV + name), predicate)
        return (term for term in found if isinstance(term, ox.NamedNode))

    def family(self, kind: str) -> str:
        """The broad kind under which names are compared: Person, Organization, Place, or the kind itself."""
        return next((name for name in (kind, *self.superclasses(kind)) if name in FAMILIES), kind)

    @cached_property
    def inverses(self) -> dict[str, str]:
        """Property → its inverse, for those that the default graph states both ways."""
        stated = {
            local_name(subject.value): inverse.value.removeprefix(NEV)
            for subject in self._properties("ObjectProperty")
            for inverse in self._objects(local_name(subject.value), OWL + "inverseOf")
        }
        return {**{v: k for k, v in stated.items()}, **stated, **INVERSES}

    @cached_property
    def identifying(self) -> frozenset[str]:
        """The roles whose fillers tell two happenings of one type apart."""
        return frozenset(local_name(role.value) for role in self._properties("IdentifyingRole", NEV))

    @cached_property
    def collective(self) -> frozenset[str]:
        """The identifying roles that several fill together, so that one of them alone tells nothing apart."""
        return frozenset(local_name(role.value) for role in self._properties("CollectiveRole", NEV))

    @lru_cache(maxsize=1024)  # noqa: B019
    def identified_by(self, kind: str) -> frozenset[str]:
        """The identifying roles that an event type and its superclasses have."""
        classes = (kind, *self.superclasses(kind))
        roles = {local_name(role.value) for name in classes for role in self._objects(name, LEX + "role")}
        return self.identifying & roles

    @lru_cache(maxsize=1024)  # noqa: B019 - a schema lives as long as the process
    def preferred(self, name: str) -> str | None:
        """The property that marks the best of several values; None when an event may well have several."""
        return next((local_name(o.value) for o in self._objects(name, NEV + "preferredProperty")), None)

    @lru_cache(maxsize=1024)  # noqa: B019
    def range(self, role: str) -> str | None:
        """The local name of what may fill a role, as the ontology says."""
        return next((local_name(o.value) for o in self._objects(role, RDFS + "range")), None)

    def _properties(self, kind: str, namespace: str = OWL) -> list[ox.NamedNode]:
        found = self._ontology.subjects(namespace + kind)
        return [p for p in found if isinstance(p, ox.NamedNode) and p.value.startswith(NEV)]
