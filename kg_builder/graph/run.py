"""How and when a graph was made, as a `prov:Activity`: the only thing in it that may differ between two runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg_builder.graph import literals
from kg_builder.graph import vocab as v
from kg_builder.graph.iri import Minter, digest


@dataclass(frozen=True, slots=True)
class Run:
    """`version` of the program, `lexicon`: hash of the ontology, `options` as given; `started` and `ended` are ISO
    8601 in UTC."""

    version: str
    lexicon: str
    options: str
    started: str
    ended: str

    def triples(self, minter: Minter, documents: Iterable[ox.NamedNode]) -> Iterator[ox.Triple]:
        """The activity and what it went through."""
        parts = (self.version, self.lexicon, self.options, self.started)
        node = ox.NamedNode(f"{minter.base}run/{digest(*parts)}")
        yield ox.Triple(node, v.TYPE, v.ACTIVITY)
        yield ox.Triple(node, v.nev("version"), literals.token(self.version))
        yield ox.Triple(node, v.nev("lexicon"), literals.token(self.lexicon))
        yield ox.Triple(node, v.nev("options"), literals.token(self.options))
        for predicate, moment in ((v.STARTED, self.started), (v.ENDED, self.ended)):
            if literal := literals.time(moment):
                yield ox.Triple(node, predicate, literal)
        for document in documents:
            yield ox.Triple(node, v.USED, document)
