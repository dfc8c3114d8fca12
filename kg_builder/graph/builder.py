"""Collects documents and gives the graph: a named graph for each document, and the default graph of events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import starmap
from typing import Any

import pyoxigraph as ox

from kg_builder import ontology as ontologies
from kg_builder.errors import OutputError
from kg_builder.graph import copies, keys, stored
from kg_builder.graph.claim import Claims, ordinal
from kg_builder.graph.compare import Comparer
from kg_builder.graph.document import Document, DocumentMaker
from kg_builder.graph.entity import amount_triples, entity_triples
from kg_builder.graph.events import EventMaker
from kg_builder.graph.frames import frame
from kg_builder.graph.identity import Identifier, Identities
from kg_builder.graph.iri import DEFAULT_BASE, Minter
from kg_builder.graph.linking import Answer, Details, detail_triples, link_document, linked
from kg_builder.graph.lists import Lists
from kg_builder.graph.merge import Merger
from kg_builder.graph.run import Run, past
from kg_builder.graph.schema import Schema
from kg_builder.graph.vocab import PREFIXES, Row
from kg_builder.model import Article, Entity, Report
from kg_builder.ontology import Ontology


class Builder:
    """The graph of a collection. Documents come in any order and the graph is the same.

    Only what documents say is held; triples are made when asked for, one document at a time. `lists` is the user's
    word on what is one and what is not. With a `run` the graph tells how and when it was made. Runs that a graph which
    is taken tells of are told on, of the documents left of them, unless the graph is not to tell of any (`tells_runs`).
    """

    def __init__(
        self,
        base: str = DEFAULT_BASE,
        ontology: Ontology | None = None,
        lists: Lists | None = None,
        run: Run | None = None,
        tells_runs: bool = True,
    ) -> None:
        ontology = ontology or ontologies.load()
        self._minter = Minter.under(base)
        self._schema = Schema(ontology)
        self._keys = keys.load(ontology)
        self._lists = lists or Lists()
        self._run = run
        self._tells_runs = tells_runs
        self._maker = DocumentMaker(self._minter, self._schema)
        self._documents: dict[str, Document] = {}
        self._taken: dict[str, set[str]] = {}
        self._past: list[ox.Triple] = []
        self._details: list[ox.Triple] = []
        self._identities: Identities | None = None
        self._whole: list[Row] | None = None

    @property
    def base(self) -> str:
        """The IRI below which all instance data lives."""
        return self._minter.base

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Prefixes for writers."""
        return PREFIXES

    def __len__(self) -> int:
        """The number of documents."""
        return len(self._documents)

    def add(self, article: Article, reports: Iterable[Report]) -> str:
        """Takes a document; the same again changes nothing. Returns the document's IRI.

        A document of the same identifier that was taken from a graph gives way to it.
        """
        document = self._maker.make(article, reports)
        self._drop(self._taken.pop(article.id, ()))
        self._documents[document.iri.value] = document
        self._changed()
        return document.iri.value

    def take(self, quads: Iterable[ox.Quad]) -> list[str]:
        """Takes the documents of a graph built before; their IRIs. Raises InputError for one that cannot be gone on
        with."""
        graph = stored.read(quads, self._minter)
        for document in graph.documents:
            self._documents[document.iri.value] = document
            self._taken.setdefault(document.article.id, set()).add(document.iri.value)
        self._past = graph.runs
        self._changed()
        return [document.iri.value for document in graph.documents]

    def link(self, answer: Answer, currency: Callable[[str], str | None]) -> None:
        """Links the entities and currencies of all documents anew; their IRIs stay."""
        for document in self._documents.values():
            link_document(document, answer, currency)
        self._changed()

    def linked(self) -> list[str]:
        """The QIDs that entities and currencies are linked to, in order."""
        return linked(self._made())

    def describe(self, details: Iterable[Details]) -> None:
        """Puts what Wikidata says of linked entities into the default graph, in place of what was there."""
        self._details = [triple for one in details for triple in detail_triples(one)]

    def forget(self, identifier: str) -> int:
        """Takes the documents of an identifier away; how many there were."""
        found = [iri for iri, document in self._documents.items() if document.article.id == identifier]
        self._taken.pop(identifier, None)
        self._drop(found)
        return len(found)

    def identifiers(self) -> list[str]:
        """The identifiers of all documents, in order."""
        return sorted({document.article.id for document in self._documents.values()})

    def _drop(self, iris: Iterable[str]) -> None:
        for iri in iris:
            del self._documents[iri]
        self._changed()

    def _changed(self) -> None:
        self._identities = self._whole = None

    def _sorted(self) -> list[Document]:
        return [self._documents[iri] for iri in sorted(self._documents)]

    def reports(self, document: str) -> dict[str, Report]:
        """A document's reports by IRI, in the order in which they were given; none of one taken from a graph."""
        found = self._documents[document]
        return dict(zip((told.iri.value for told in found.told), found.reports, strict=False))

    def tell_anew(self, document: str, reports: Iterable[Report]) -> None:
        """Gives a document other reports, on the same words as its own."""
        self._documents[document] = self._maker.anew(self._documents[document], reports)
        self._changed()

    def entity_iri(self, document: str, entity: Entity) -> str:
        """The IRI under which all documents know an entity that one of them names."""
        local = self._maker.local(ox.NamedNode(document), entity)
        return self._identified().same.get(local, local).value

    def documents(self) -> Iterator[tuple[ox.NamedNode, list[ox.Triple]]]:
        """The named graphs with their names, in the order of their IRIs."""
        same = self._identified().same
        for document in self._sorted():
            yield document.iri, list(starmap(ox.Triple, self._maker.graph(document, same)))

    def own_rows(self) -> Iterator[tuple[ox.NamedNode, Iterator[Row]]]:
        """The named graphs without the stretches of text, of which the default graph says all."""
        same = self._identified().same
        return ((document.iri, self._maker.own_triples(document, same)) for document in self._sorted())

    def default_graph(self) -> Iterator[ox.Triple]:
        """Events, entities and amounts, with the documents and sentences that they point to; no triple twice."""
        return starmap(ox.Triple, self.default_rows())

    def default_rows(self) -> Iterator[Row]:
        """The default graph as subjects, predicates and objects: the documents and sentences are made anew each time,
        because they are nearly half of it; the rest is kept until the next document comes."""
        yield from self._made()
        yield from self._repeated()

    def known_rows(self) -> Iterator[Row]:
        """The default graph without events, which cost most: all that a document's graph points to is in it."""
        yield from map(_row, self._known())
        yield from self._repeated()

    def _known(self) -> Iterator[ox.Triple]:
        documents = self._sorted()
        yield from entity_triples(documents, self._schema, self._identified())
        yield from amount_triples(documents)

    def _repeated(self) -> Iterator[Row]:
        for document in self._sorted():
            yield from self._maker.article_triples(document)
            yield from self._maker.span_triples(document)
        yield from map(_row, self._details)

    def _identified(self) -> Identities:
        if self._identities is None:
            identifier = Identifier(self._minter, self._schema, self._keys, self._lists)
            self._identities = identifier.identify(self._sorted())
        return self._identities

    def _made(self) -> list[Row]:
        if self._whole is None:
            self._whole = list(_told_once(self._default()))
        return self._whole

    def _default(self) -> Iterator[ox.Triple]:
        """What only the collection as a whole can tell, which leaves out what a document says of itself."""
        documents = self._sorted()
        printed = copies.groups(copies.Printing(d.iri.value, d.signature, ordinal(d.article.date)) for d in documents)
        yield from self._events(documents, copies.originals(printed))
        yield from self._known()
        yield from copies.triples(printed)
        yield from self._runs(documents)

    def _events(self, documents: list[Document], originals: Mapping[str, str]) -> Iterator[ox.Triple]:
        """The triples of the events; what merging holds to find them is gone when they are made."""
        same = self._identified().same
        claims = Claims(documents, same)
        merger = Merger(claims, Comparer(claims.rarity, self._schema), self._lists)
        events = EventMaker(self._minter, self._schema, same, originals)
        clusters = merger.clusters()
        del merger
        yield from events.triples(clusters)

    def _runs(self, documents: list[Document]) -> Iterator[ox.Triple]:
        if self._tells_runs:
            taken = set().union(*self._taken.values())
            yield from past(self._past, {d.iri for d in documents if d.iri.value in taken})
            if self._run:
                yield from self._run.triples(self._minter, (d.iri for d in documents if d.iri.value not in taken))

    def quads(self) -> Iterator[ox.Quad]:
        """Every quad: the default graph first, then the documents."""
        yield from starmap(ox.Quad, self.default_rows())
        same = self._identified().same
        for document in self._sorted():
            yield from (ox.Quad(*row, document.iri) for row in self._maker.graph(document, same))

    def frames(self) -> Iterator[dict[str, Any]]:
        """Plain records, one a document, for people who want no RDF. Raises OutputError for a document taken from a
        graph, which has no order of words left."""
        if self._taken:
            raise OutputError("plain records cannot be made of a graph that was built before, only of its documents")
        return (frame(document) for document in self._sorted())


def _row(triple: ox.Triple) -> Row:
    return triple.subject, triple.predicate, triple.object


def _told_once(triples: Iterable[ox.Triple]) -> dict[Row, None]:
    """The triples in order, none twice, with one record for each term."""
    known: dict[Any, Any] = {}
    share = known.setdefault
    rows = map(_row, triples)
    return {(share(s, s), share(p, p), share(o, o)): None for s, p, o in rows}
