"""How and when a graph was made, as `prov:Activity`: the only thing in it that may differ between two runs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg_builder.graph import literals
from kg_builder.graph import vocab as v
from kg_builder.graph.iri import Minter, digest


@dataclass(frozen=True, slots=True)
class Run:
    """`version` of the program, `lexicon`: hash of the ontology, `options` as given, `started`: ISO 8601 in UTC."""

    version: str
    lexicon: str
    options: str
    started: str

    def triples(self, minter: Minter, documents: Iterable[ox.NamedNode]) -> Iterator[ox.Triple]:
        """The activity and the documents it read."""
        parts = (self.version, self.lexicon, self.options, self.started)
        node = ox.NamedNode(f"{minter.base}run/{digest(*parts)}")
        yield ox.Triple(node, v.TYPE, v.ACTIVITY)
        yield ox.Triple(node, v.nev("version"), literals.token(self.version))
        yield ox.Triple(node, v.nev("lexicon"), literals.token(self.lexicon))
        yield ox.Triple(node, v.nev("options"), literals.token(self.options))
        if started := literals.time(self.started):
            yield ox.Triple(node, v.STARTED, started)
        for document in documents:
            yield ox.Triple(node, v.USED, document)


def past(triples: Iterable[ox.Triple], documents: Collection[ox.NamedNode]) -> Iterator[ox.Triple]:
    """What earlier runs left, of the documents that are still there; nothing of a run that has none left."""
    known = [t for t in triples if t.predicate != v.USED or t.object in documents]
    alive = {t.subject for t in known if t.predicate == v.USED}
    return (t for t in known if t.subject in alive)
