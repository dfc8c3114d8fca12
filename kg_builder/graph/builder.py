"""Collects documents and gives the graph: a named graph for each document, and the default graph of events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from kg_builder import ontology as ontologies
from kg_builder.graph.document import Document, DocumentMaker
from kg_builder.graph.entity import amount_triples, entity_triples
from kg_builder.graph.events import event_triples
from kg_builder.graph.frames import frame
from kg_builder.graph.iri import DEFAULT_BASE, Minter
from kg_builder.graph.schema import Schema
from kg_builder.graph.vocab import PREFIXES
from kg_builder.model import Article, Report
from kg_builder.ontology import Ontology


class Builder:
    """The graph of a collection. Documents come in any order and the graph is the same.

    Only articles and reports are held; triples are made when asked for, one document at a time.
    """

    def __init__(self, base: str = DEFAULT_BASE, ontology: Ontology | None = None) -> None:
        self._minter = Minter.under(base)
        self._schema = Schema(ontology or ontologies.load())
        self._maker = DocumentMaker(self._minter, self._schema)
        self._documents: dict[str, Document] = {}
        self._default: list[ox.Triple] | None = None

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
        """Takes a document; the same again changes nothing. Returns the document's IRI."""
        document = self._maker.make(article, reports)
        self._documents[document.iri.value] = document
        self._default = None
        return document.iri.value

    def _sorted(self) -> list[Document]:
        return [self._documents[iri] for iri in sorted(self._documents)]

    def document_graph(self, iri: str) -> list[ox.Triple]:
        """The triples of one document's named graph."""
        return list(self._maker.graph(self._documents[iri]))

    def documents(self) -> Iterator[tuple[ox.NamedNode, list[ox.Triple]]]:
        """The named graphs with their names, in the order of their IRIs."""
        for document in self._sorted():
            yield document.iri, list(self._maker.graph(document))

    def default_graph(self) -> list[ox.Triple]:
        """Events, entities and amounts, with the documents and sentences that they point to; no triple twice.

        Made once and kept until the next document comes.
        """
        if self._default is None:
            self._default = self._make_default_graph()
        return self._default

    def _make_default_graph(self) -> list[ox.Triple]:
        documents = self._sorted()
        triples = dict.fromkeys(event_triples(documents, self._minter, self._schema))
        triples.update(dict.fromkeys(entity_triples(documents, self._schema)))
        triples.update(dict.fromkeys(amount_triples(documents)))
        for document in documents:
            triples.update(dict.fromkeys(self._maker.article_triples(document)))
            triples.update(dict.fromkeys(self._maker.span_triples(document)))
        return list(triples)

    def quads(self) -> Iterator[ox.Quad]:
        """Every quad: the default graph first, then the documents."""
        for triple in self.default_graph():
            yield ox.Quad(triple.subject, triple.predicate, triple.object)
        for name, triples in self.documents():
            for triple in triples:
                yield ox.Quad(triple.subject, triple.predicate, triple.object, name)

    def frames(self) -> Iterator[dict[str, Any]]:
        """Plain records, one a document, for people who want no RDF."""
        return (frame(document) for document in self._sorted())
