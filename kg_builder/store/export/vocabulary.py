"""What exports need to know of the ontology: the narrowest class, labels, roles in their order, the types of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import pyoxigraph as ox

from kg_builder.ontology import LEX, NEV, Ontology, local_name

ACLED = "https://w3id.org/news-event/acled/"
DEATH = "http://www.wikidata.org/entity/Q4"
_RDFS, _SKOS = "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2004/02/skos/core#"
_SCHEMA = "https://schema.org/"
_MATCHES = tuple(_SKOS + kind for kind in ("exactMatch", "closeMatch", "narrowMatch", "relatedMatch", "broadMatch"))
_ACTORS = frozenset({"Agent", "AgentOrPlace", "Thing"})
_WHERE = frozenset(_SCHEMA + name for name in ("location", "fromLocation", "toLocation"))


class Vocabulary:
    """Look-ups by local name in the `nev:` namespace."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._narrowest: dict[tuple[str, ...], str] = {}

    def objects(self, name: str, predicate: str) -> list[str]:
        """The IRIs that a term of ours has under a predicate, in file order."""
        found = self._ontology.objects(ox.NamedNode(NEV + name), predicate)
        return [term.value for term in found if isinstance(term, ox.NamedNode)]

    def label(self, name: str, language: str) -> str:
        """The label of a class or property in a language, else its local name."""
        found = self._ontology.objects(ox.NamedNode(NEV + name), _RDFS + "label")
        return next((t.value for t in found if isinstance(t, ox.Literal) and t.language == language), name)

    def above(self, name: str) -> Iterator[str]:
        """The classes above one, nearest first."""
        for parent in self.objects(name, _RDFS + "subClassOf"):
            if parent.startswith(NEV):
                yield local_name(parent)
                yield from self.above(local_name(parent))

    def narrowest(self, types: Iterable[str]) -> str:
        """Of the classes of one node, that which no other is below; "" for none."""
        key = tuple(sorted(types))
        if key not in self._narrowest:
            broader = {parent for name in key for parent in self.above(name)}
            self._narrowest[key] = next((name for name in key if name not in broader), next(iter(key), ""))
        return self._narrowest[key]

    def roles(self, kind: str) -> list[str]:
        """The roles of an event type in the order of its definition, those of the classes above it behind."""
        return list(
            dict.fromkeys(local_name(r) for name in (kind, *self.above(kind)) for r in self.objects(name, LEX + "role"))
        )

    def actors(self, kind: str) -> list[str]:
        """The roles of those who do it or undergo it: not where it is, and not who tells it."""
        shared = set(self.objects("Event", LEX + "role"))
        return [r for r in self.roles(kind) if NEV + r not in shared and self._acts(r)]

    def _acts(self, role: str) -> bool:
        ranges = {local_name(iri) for iri in self.objects(role, _RDFS + "range")}
        return bool(ranges & _ACTORS) and not _WHERE & set(self._matches(role))

    def _matches(self, name: str) -> list[str]:
        return [iri for predicate in _MATCHES for iri in self.objects(name, predicate)]

    def is_death(self, kind: str) -> bool:
        """Whether the victims of the type are dead: its class is that of death."""
        return DEATH in self.objects(kind, _SKOS + "closeMatch")

    def acled(self, kind: str) -> tuple[str, str]:
        """ACLED's event type and sub-event type; "" where several or none answer to ours."""
        close = [iri for iri in self.objects(kind, _SKOS + "closeMatch") if iri.startswith(ACLED)]
        found = close or [iri for iri in self._matches(kind) if iri.startswith(ACLED)]
        parents = {iri: next(iter(self._broader.get(iri, ())), "") for iri in found}
        types = {parent or iri for iri, parent in parents.items()}
        subtypes = [iri for iri, parent in parents.items() if parent]
        return (
            self._notation[types.pop()] if len(types) == 1 else "",
            self._notation[subtypes[0]] if len(subtypes) == 1 and not types else "",
        )

    @cached_property
    def _broader(self) -> dict[str, list[str]]:
        return {
            c.value: [str(getattr(o, "value", "")) for o in self._ontology.objects(c, _SKOS + "broader")]
            for c in self._concepts()
        }

    @cached_property
    def _notation(self) -> dict[str, str]:
        return {
            c.value: next(
                (o.value for o in self._ontology.objects(c, _SKOS + "notation") if isinstance(o, ox.Literal)), ""
            )
            for c in self._concepts()
        }

    def _concepts(self) -> list[ox.NamedNode]:
        found = self._ontology.subjects(_SKOS + "Concept")
        return [c for c in found if isinstance(c, ox.NamedNode) and c.value.startswith(ACLED)]
