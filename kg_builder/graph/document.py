"""One document as RDF: its named graph, with the sentences that are evidence, the reports of what happened, and the
names under which the document knows whom it speaks of."""

from __future__ import annotations

import pickle
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from kg_builder.graph import literals
from kg_builder.graph import vocab as v
from kg_builder.graph.copies import signature
from kg_builder.graph.iri import Minter
from kg_builder.graph.naming import Naming, naming_triples
from kg_builder.graph.schema import Schema
from kg_builder.model import Amount, Article, Entity, Filler, FillerValue, Report, Span

Term = ox.NamedNode | ox.Literal
Pair = tuple[ox.NamedNode, Term]
Same = Mapping[ox.NamedNode, ox.NamedNode]  # an entity as one document names it → the entity as all documents know it
_TEXT = "langString"
_QUOTED = {kind.value: kind for kind in (v.SENTENCE, v.PHRASE)}
_NODE_KINDS = {"Agent": "Group", "AgentOrPlace": "Group", "Place": "Place"}


@dataclass(frozen=True, slots=True)
class Told:
    """A report: its IRI, the local name of its event type, and everything it says, as (property, term) pairs without
    repeats. Entities are named here as the document alone names them."""

    iri: ox.NamedNode
    kind: str
    pairs: tuple[Pair, ...]
    confidence: ox.Literal
    rule: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of the original text: where it stands, its words, and whether it is a sentence, a phrase or both."""

    span: Span
    words: str
    kinds: tuple[ox.NamedNode, ...]


@dataclass(slots=True)
class Document:
    """An article (its text left out), its IRI, its reports, and the entities, amounts and stretches of text that they
    mention. `packed` are the records it was made from, of which a collection has too many to hold them as they are; a
    document read back from a graph has none."""

    article: Article
    iri: ox.NamedNode
    signature: str
    told: tuple[Told, ...] = ()
    packed: bytes = b""
    names: dict[ox.NamedNode, Naming] = field(default_factory=dict)
    amounts: dict[ox.NamedNode, Amount] = field(default_factory=dict)
    quotes: dict[ox.NamedNode, Quote] = field(default_factory=dict)

    @property
    def reports(self) -> tuple[Report, ...]:
        """The records it was made from, unpacked."""
        found: tuple[Report, ...] = pickle.loads(zlib.decompress(self.packed)) if self.packed else ()
        return found


class DocumentMaker:
    """Turns articles and their reports into `Document`s. Stateless but for caches."""

    def __init__(self, minter: Minter, schema: Schema) -> None:
        self._minter = minter
        self._schema = schema

    def make(self, article: Article, reports: Iterable[Report]) -> Document:
        """The document of an article; reports keep their order, so that `cause` still counts in it."""
        iri = ox.NamedNode(self._minter.document(article))
        published = article.date and literals.time(article.date)
        head = replace(article, text="", date=published.value if published else None)
        document = Document(head, iri, signature(article.text))
        told = tuple(reports)
        document.quotes = self._quotes(document, told, article.text)
        return self._having(document, told)

    def anew(self, document: Document, reports: Iterable[Report]) -> Document:
        """The document with other reports, which quote what its own did."""
        fresh = Document(document.article, document.iri, document.signature, quotes=document.quotes)
        return self._having(fresh, tuple(reports))

    def _having(self, document: Document, reports: tuple[Report, ...]) -> Document:
        iris = [ox.NamedNode(iri) for iri in self._report_iris(document, reports)]
        document.told = tuple(
            self._tell(document, report, iri, iris) for iri, report in zip(iris, reports, strict=True)
        )
        _share_nodes(document)
        document.packed = zlib.compress(pickle.dumps(reports, pickle.HIGHEST_PROTOCOL), 1)
        return document

    def _tell(self, document: Document, report: Report, iri: ox.NamedNode, iris: list[ox.NamedNode]) -> Told:
        pairs = tuple(dict.fromkeys(self._pairs(document, report, iris)))
        return Told(iri, report.type, pairs, literals.decimal(round(report.confidence, 4)), report.rule)

    def _quotes(self, document: Document, reports: Sequence[Report], text: str) -> dict[ox.NamedNode, Quote]:
        found = {(span, v.SENTENCE.value) for report in reports for span in report.evidence}
        found |= {(report.trigger, v.PHRASE.value) for report in reports}
        kinds: dict[Span, list[ox.NamedNode]] = {}
        for span, kind in sorted(found):
            kinds.setdefault(span, []).append(_QUOTED[kind])
        return {self._span(document, s): Quote(s, text[s.start : s.end], tuple(k)) for s, k in kinds.items()}

    def _report_iris(self, document: Document, reports: Sequence[Report]) -> list[str]:
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
        yield v.FACTUALITY, v.nev(report.factuality)
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

    def local(self, document: ox.NamedNode, entity: Entity) -> ox.NamedNode:
        """The entity as the document by itself names it."""
        owner = document.value if entity.generic else None
        return ox.NamedNode(self._minter.entity(entity, self._schema.family(entity.kind), owner))

    def _entity(self, document: Document, entity: Entity) -> ox.NamedNode:
        node = self.local(document.iri, entity)
        document.names.setdefault(node, Naming()).add(entity)
        return node

    def _span(self, document: Document, span: Span) -> ox.NamedNode:
        return ox.NamedNode(self._minter.span(document.iri.value, span))

    def article_triples(self, document: Document) -> Iterator[v.Row]:
        """What is known of the article itself."""
        article, node = document.article, document.iri
        yield node, v.TYPE, v.NEWS_ARTICLE
        yield node, v.IDENTIFIER, literals.token(article.id)
        yield node, v.schema_org("inLanguage"), literals.token("ar")
        if article.title:
            yield node, v.HEADLINE, literals.text(article.title)
        if published := article.date and literals.time(article.date):
            yield node, v.PUBLISHED, published
        if article.url:
            yield node, v.URL, literals.token(article.url)
        if article.source:
            yield node, v.PUBLISHER, literals.token(article.source)

    def span_triples(self, document: Document) -> Iterator[v.Row]:
        """The sentences used as evidence and the phrases that are triggers, each with its offsets and its words."""
        for node, quote in document.quotes.items():
            for kind in quote.kinds:
                yield node, v.TYPE, kind
            yield node, v.BEGIN_INDEX, literals.integer(quote.span.start)
            yield node, v.END_INDEX, literals.integer(quote.span.end)
            yield node, v.ANCHOR_OF, literals.text(quote.words)
            yield node, v.REFERENCE_CONTEXT, document.iri

    def report_triples(self, document: Document, same: Same) -> Iterator[v.Row]:
        """The reports, each with its type, its source, and how it was found."""
        for told in document.told:
            yield told.iri, v.TYPE, v.REPORT
            yield told.iri, v.EVENT_TYPE, v.nev(told.kind)
            yield told.iri, v.DERIVED_FROM, document.iri
            yield told.iri, v.CONFIDENCE, told.confidence
            if told.rule:
                yield told.iri, v.RULE, literals.token(told.rule)
            for predicate, value in dict.fromkeys(known_as(told.pairs, same)):
                yield told.iri, predicate, value

    def graph(self, document: Document, same: Same) -> Iterator[v.Row]:
        """The whole named graph of a document."""
        yield from self.span_triples(document)
        yield from self.own_triples(document, same)

    def own_triples(self, document: Document, same: Same) -> Iterator[v.Row]:
        """Its named graph without the stretches of text, of which the default graph says all."""
        yield from self.article_triples(document)
        if document.signature:
            yield document.iri, v.SIGNATURE, literals.token(document.signature)
        yield from self.report_triples(document, same)
        fills = ((told.iri, predicate, value) for told in document.told for predicate, value in told.pairs)
        yield from naming_triples(document.iri, document.names, fills, same)


def _share_nodes(document: Document) -> None:
    """One record for each entity and stretch of text, however many reports speak of it."""
    known: dict[Term, Term] = {node: node for node in (*document.quotes, *document.names, *document.amounts)}
    document.told = tuple(replace(t, pairs=tuple((p, known.get(o, o)) for p, o in t.pairs)) for t in document.told)


def known_as(pairs: Iterable[Pair], same: Same) -> Iterator[Pair]:
    """The pairs with the entities that all documents know in place of those of one document."""
    for predicate, value in pairs:
        yield predicate, same.get(value, value) if isinstance(value, ox.NamedNode) else value


def _time_pairs(report: Report) -> Iterator[Pair]:
    for name, moment in (("begin", report.time.begin), ("end", report.time.end)):
        if moment and (literal := literals.time(moment)):
            yield v.nev(name), literal


def _said(report: Report) -> str:
    """A text that orders reports by what they say and never by when they were found."""
    fillers = sorted(f"{f.role}={f.value!r}@{f.span.start}" for f in (*report.fillers, *report.attribution))
    return repr((report.time.begin, report.time.end, report.factuality, report.status, report.rule, fillers))
