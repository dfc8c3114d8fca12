"""One document as RDF: its named graph, with the sentences that are evidence and the reports of what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg_builder.graph import literals
from kg_builder.graph import vocab as v
from kg_builder.graph.iri import Minter
from kg_builder.graph.schema import Schema
from kg_builder.model import Amount, Article, Entity, Filler, FillerValue, Report, Span

Term = ox.NamedNode | ox.Literal
Pair = tuple[ox.NamedNode, Term]
_TEXT = "langString"
_NODE_KINDS = {"Agent": "Group", "AgentOrPlace": "Group", "Place": "Place"}


@dataclass(frozen=True, slots=True)
class Told:
    """A report with its IRI and everything it says, as (property, term) pairs without repeats."""

    iri: ox.NamedNode
    report: Report
    pairs: tuple[Pair, ...]


@dataclass(slots=True)
class Document:
    """An article, its IRI, its reports, and the entities, amounts and stretches of text that they mention."""

    article: Article
    iri: ox.NamedNode
    told: tuple[Told, ...] = ()
    entities: dict[ox.NamedNode, list[Entity]] = field(default_factory=dict)
    amounts: dict[ox.NamedNode, Amount] = field(default_factory=dict)

    def anchor(self, span: Span) -> str:
        """The characters of the original text that the span covers."""
        return self.article.text[span.start : span.end]


class DocumentMaker:
    """Turns articles and their reports into `Document`s. Stateless but for caches."""

    def __init__(self, minter: Minter, schema: Schema) -> None:
        self._minter = minter
        self._schema = schema

    def make(self, article: Article, reports: Iterable[Report]) -> Document:
        """The document of an article; reports keep their order, so that `cause` still counts in it."""
        document = Document(article, ox.NamedNode(self._minter.document(article)))
        reports = tuple(reports)
        iris = [ox.NamedNode(iri) for iri in self._report_iris(document, reports)]
        document.told = tuple(
            Told(iri, report, tuple(dict.fromkeys(self._pairs(document, report, iris))))
            for iri, report in zip(iris, reports, strict=True)
        )
        return document

    def _report_iris(self, document: Document, reports: tuple[Report, ...]) -> list[str]:
        """Reports of one type on one trigger are told apart by their rank in the order of what they say."""
        twins: Counter[tuple[str, Span]] = Counter()
        iris: dict[int, str] = {}
        for index in sorted(range(len(reports)), key=lambda i: _said(reports[i])):
            key = (reports[index].type, reports[index].trigger)
            iris[index] = self._minter.report(document.iri.value, *key, twin=twins[key])
            twins[key] += 1
        return [iris[index] for index in range(len(reports))]

    def _pairs(self, document: Document, report: Report, iris: list[ox.NamedNode]) -> Iterator[Pair]:
        for filler in report.fillers:
            yield from self._filler(document, filler.role, filler)
        for filler in report.attribution:
            yield from self._filler(document, "attributedTo", filler)
        yield from _time_pairs(report)
        yield v.nev("factuality"), v.nev(report.factuality)
        if report.status:
            yield v.nev("status"), literals.token(report.status)
        if report.cause is not None:
            yield v.CAUSE, iris[report.cause]
        for span in report.evidence:
            yield v.EVIDENCE, self._span(document, span)
        yield v.TRIGGER, self._span(document, report.trigger)

    def _filler(self, document: Document, role: str, filler: Filler) -> Iterator[Pair]:
        yield v.nev(role), self._term(document, role, filler.value)
        if filler.qualifier:
            yield v.nev("countQualifier"), literals.token(filler.qualifier)

    def _term(self, document: Document, role: str, value: FillerValue) -> Term:
        if isinstance(value, Entity):
            return self._entity(document, value) if self._schema.range(role) != _TEXT else literals.text(value.label)
        if isinstance(value, Amount):
            node = ox.NamedNode(self._minter.amount(value))
            document.amounts[node] = value
            return node
        if isinstance(value, int):
            return literals.integer(value)
        return self._words(document, role, value)

    def _words(self, document: Document, role: str, words: str) -> Term:
        """Words for a role that wants a node name somebody of whom no more is known."""
        wanted = self._schema.range(role)
        if wanted in _NODE_KINDS:
            return self._entity(document, Entity(_NODE_KINDS[wanted], words, generic=True))
        return literals.token(words) if wanted == "string" else literals.words_or_number(words)

    def _entity(self, document: Document, entity: Entity) -> ox.NamedNode:
        family = self._schema.family(entity.kind)
        owner = document.iri.value if entity.generic and not entity.qid else None
        node = ox.NamedNode(self._minter.entity(entity, family, owner))
        document.entities.setdefault(node, []).append(entity)
        return node

    def _span(self, document: Document, span: Span) -> ox.NamedNode:
        return ox.NamedNode(self._minter.span(document.iri.value, span))

    def article_triples(self, document: Document) -> Iterator[ox.Triple]:
        """What is known of the article itself."""
        article, node = document.article, document.iri
        yield ox.Triple(node, v.TYPE, v.NEWS_ARTICLE)
        yield ox.Triple(node, _schema_org("identifier"), literals.token(article.id))
        yield ox.Triple(node, _schema_org("inLanguage"), literals.token("ar"))
        if article.title:
            yield ox.Triple(node, _schema_org("headline"), literals.text(article.title))
        if published := article.date and literals.time(article.date):
            yield ox.Triple(node, _schema_org("datePublished"), published)
        if article.url:
            yield ox.Triple(node, _schema_org("url"), literals.token(article.url))
        if article.source:
            yield ox.Triple(node, _schema_org("publisher"), literals.token(article.source))

    def span_triples(self, document: Document) -> Iterator[ox.Triple]:
        """The sentences used as evidence and the phrases that are triggers, each with its offsets and its words."""
        kinds = {(span, v.SENTENCE) for told in document.told for span in told.report.evidence}
        kinds |= {(told.report.trigger, v.PHRASE) for told in document.told}
        for span, kind in sorted(kinds, key=lambda pair: (pair[0], pair[1].value)):
            node = self._span(document, span)
            yield ox.Triple(node, v.TYPE, kind)
            yield ox.Triple(node, v.BEGIN_INDEX, literals.integer(span.start))
            yield ox.Triple(node, v.END_INDEX, literals.integer(span.end))
            yield ox.Triple(node, v.ANCHOR_OF, literals.text(document.anchor(span)))
            yield ox.Triple(node, v.REFERENCE_CONTEXT, document.iri)

    def report_triples(self, document: Document) -> Iterator[ox.Triple]:
        """The reports, each with its type, its source, and how it was found."""
        for told in document.told:
            yield ox.Triple(told.iri, v.TYPE, v.REPORT)
            yield ox.Triple(told.iri, v.EVENT_TYPE, v.nev(told.report.type))
            yield ox.Triple(told.iri, v.DERIVED_FROM, document.iri)
            yield ox.Triple(told.iri, v.CONFIDENCE, literals.decimal(round(told.report.confidence, 4)))
            if told.report.rule:
                yield ox.Triple(told.iri, v.RULE, literals.token(told.report.rule))
            for predicate, value in told.pairs:
                yield ox.Triple(told.iri, predicate, value)

    def graph(self, document: Document) -> Iterator[ox.Triple]:
        """The whole named graph of a document; a span that is sentence and phrase at once says its offsets once."""
        yield from self.article_triples(document)
        yield from dict.fromkeys(self.span_triples(document))
        yield from self.report_triples(document)


def _time_pairs(report: Report) -> Iterator[Pair]:
    for name, moment in (("begin", report.time.begin), ("end", report.time.end)):
        if moment and (literal := literals.time(moment)):
            yield v.nev(name), literal


def _schema_org(name: str) -> ox.NamedNode:
    return ox.NamedNode(v.SCHEMA + name)


def _said(report: Report) -> str:
    """A text that orders reports by what they say and never by when they were found."""
    fillers = sorted(f"{f.role}={f.value!r}@{f.span.start}" for f in (*report.fillers, *report.attribution))
    return repr((report.time.begin, report.time.end, report.factuality, report.status, report.rule, fillers))
