"""What resolution asks of the event types: which is the narrower of two, and whose part nobody plays twice."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from kg_builder.ontology import LEX, NEV, NamedNode, Ontology, Term, local_name

_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"


class Types:
    """Look-ups by local name."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._above: dict[str, frozenset[str]] = {}
        self.once = _names(ontology.subjects(LEX + "OnceRole"))
        self.collective = _names(ontology.subjects(NEV + "CollectiveRole"))

    def narrower(self, first: str, second: str) -> str | None:
        """The type of a happening that is told as both; None when neither type is above the other."""
        if second in self._superclasses(first):
            return first
        return second if first in self._superclasses(second) else None

    def _superclasses(self, kind: str) -> frozenset[str]:
        """The type and those above it, but for Event, which is above all."""
        if kind not in self._above:
            names = _names(self._ontology.objects(NamedNode(NEV + kind), _SUBCLASS)) - {"Event"}
            self._above[kind] = frozenset({kind}).union(*(self._superclasses(name) for name in names))
        return self._above[kind]


def _names(terms: Iterable[Term]) -> frozenset[str]:
    return frozenset(local_name(term.value) for term in terms if isinstance(term, NamedNode))


@lru_cache(maxsize=4)
def types_of(ontology: Ontology) -> Types:
    """The look-ups of an ontology, made once."""
    return Types(ontology)
