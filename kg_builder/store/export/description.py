"""What a dataset holds, as VoID and DCAT: counts, vocabularies, time, sources, licence, and what made it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg_builder.errors import OptionError
from kg_builder.ontology import NEV, XSD
from kg_builder.store.protocol import Store, Term
from kg_builder.store.query import run_query
from kg_builder.store.question import Query
from kg_builder.store.turtle import TurtleWriter

VOID, DCAT, DCTERMS = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"
PROV, SKOS, FOAF = "http://www.w3.org/ns/prov#", "http://www.w3.org/2004/02/skos/core#", "http://xmlns.com/foaf/0.1/"
PREFIXES = {"void": VOID, "dcat": DCAT, "dcterms": DCTERMS, "prov": PROV, "foaf": FOAF, "nev": NEV, "xsd": XSD}
VOCABULARIES = (
    NEV,
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    PROV,
    SKOS,
    "https://schema.org/",
)
_COUNTS = {
    "triples": "SELECT (COUNT(*) AS ?n) WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }",
    "entities": f"SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s a ?c . FILTER(STRSTARTS(STR(?c), '{NEV}')) }}",
    "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }",
    "distinctObjects": "SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }",
    "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }",
    "classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { { ?s a ?c } UNION { GRAPH ?g { ?s a ?c } } }",
}
_CLASSES = (
    f"""SELECT ?c (COUNT(?s) AS ?n) WHERE {{ ?s a ?c . FILTER(STRSTARTS(STR(?c), "{NEV}")) }} GROUP BY ?c ORDER BY ?c"""
)
_PROPERTIES = f"""SELECT ?p (COUNT(*) AS ?n) WHERE {{ ?s ?p ?o . FILTER(STRSTARTS(STR(?p), "{NEV}")) }}
    GROUP BY ?p ORDER BY ?p"""
_DAYS = """PREFIX schema: <https://schema.org/> SELECT (MIN(STR(?d)) AS ?first) (MAX(STR(?d)) AS ?last)
    WHERE { ?a schema:datePublished ?d }"""
_PUBLISHERS = """PREFIX schema: <https://schema.org/>
    SELECT DISTINCT ?who WHERE { ?a schema:publisher ?who } ORDER BY STR(?who)"""
_WIKIDATA = "http://www.wikidata.org/entity/"
_LINKS = f"""SELECT (COUNT(*) AS ?n) WHERE {{
    ?e <{SKOS}exactMatch> ?item . FILTER(STRSTARTS(STR(?item), "{_WIKIDATA}"))
}}"""
_RUNS = f"SELECT ?run WHERE {{ ?run a <{PROV}Activity> }} ORDER BY ?run"
_SOME = f"SELECT ?d WHERE {{ ?d a <{NEV}NewsArticle> }} ORDER BY ?d LIMIT 1"

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

Told = Iterator[tuple[str, Term]]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the graph itself cannot say: the dataset's IRI, its title, its licence, where it is, what made it."""

    iri: str = ""
    title: str = ""
    licence: str = ""
    download: str = ""
    endpoint: str = ""
    software: str = ""


def describe(store: Store, facts: Facts) -> str:
    """The description as Turtle, byte-stable. Raises OptionError for what is no IRI."""
    dataset = _iri(facts.iri or f"{_base(store)}dataset")
    triples = [ox.Triple(dataset, _iri(p), o) for p, o in _said(store, facts, dataset)]
    parts = [
        *_partitions(store, dataset),
        *_linkset(store, dataset),
        *_made(store, facts, dataset),
        *_period(store, dataset),
    ]
    writer = TurtleWriter(PREFIXES, "")
    return writer.head() + "".join(writer.graph([*triples, *parts]))


def _said(store: Store, facts: Facts, dataset: ox.NamedNode) -> Told:
    for kind in (VOID + "Dataset", DCAT + "Dataset"):
        yield _TYPE.value, _iri(kind)
    yield DCTERMS + "title", ox.Literal(facts.title or "Events in Arabic news", language="en")
    yield DCTERMS + "language", _iri("http://id.loc.gov/vocabulary/iso639-1/ar")
    for name, query in _COUNTS.items():
        yield VOID + name, ox.Literal(_number(store, query))
    yield from ((VOID + "vocabulary", _iri(vocabulary)) for vocabulary in VOCABULARIES)
    yield VOID + "uriSpace", ox.Literal(_base(store))
    for iri, predicate in ((facts.licence, DCTERMS + "license"), (facts.endpoint, VOID + "sparqlEndpoint")):
        if iri:
            yield predicate, _iri(iri)
    if facts.download:
        yield VOID + "dataDump", _iri(facts.download)
        yield DCAT + "distribution", _part(dataset, "distribution")
    for (publisher,) in _rows(store, _PUBLISHERS):
        yield DCTERMS + "source", publisher if isinstance(publisher, ox.NamedNode) else ox.Literal(publisher.value)


def _partitions(store: Store, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    """How many of each class and property, on nodes with IRIs: no blank nodes."""
    kinds = (("class", _CLASSES, "entities"), ("property", _PROPERTIES, "triples"))
    for kind, query, counted in kinds:
        for term, count in _rows(store, query):
            part = _part(dataset, f"{kind}-{term.value.removeprefix(NEV)}")
            yield ox.Triple(dataset, _iri(f"{VOID}{kind}Partition"), part)
            yield ox.Triple(part, _iri(VOID + kind), term)
            yield ox.Triple(part, _iri(VOID + counted), ox.Literal(int(count.value)))


def _linkset(store: Store, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    links = _part(dataset, "wikidata")
    told: dict[str, Term] = {
        "target": _iri(_WIKIDATA),
        "subjectsTarget": dataset,
        "linkPredicate": _iri(SKOS + "exactMatch"),
        "triples": ox.Literal(_number(store, _LINKS)),
    }
    yield ox.Triple(links, _TYPE, _iri(VOID + "Linkset"))
    yield ox.Triple(dataset, _iri(VOID + "subset"), links)
    yield from (ox.Triple(links, _iri(VOID + name), value) for name, value in told.items())


def _made(store: Store, facts: Facts, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    """Provenance: an activity of the software, and the runs that the graph itself tells of; and the file."""
    for (told,) in _rows(store, _RUNS):
        yield ox.Triple(dataset, _iri(PROV + "wasGeneratedBy"), told)
    run, maker = _part(dataset, "extraction"), _part(dataset, "software")
    yield ox.Triple(dataset, _iri(PROV + "wasGeneratedBy"), run)
    yield ox.Triple(run, _TYPE, _iri(PROV + "Activity"))
    yield ox.Triple(run, _iri(PROV + "wasAssociatedWith"), maker)
    yield ox.Triple(maker, _TYPE, _iri(PROV + "SoftwareAgent"))
    yield ox.Triple(maker, _iri(FOAF + "name"), ox.Literal(facts.software or "kg-builder"))
    if facts.download:
        file = _part(dataset, "distribution")
        yield ox.Triple(file, _TYPE, _iri(DCAT + "Distribution"))
        yield ox.Triple(file, _iri(DCAT + "downloadURL"), _iri(facts.download))


def _period(store: Store, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    """From the first day of publication to the last."""
    for first, last in _rows(store, _DAYS):
        period = _part(dataset, "period")
        yield ox.Triple(dataset, _iri(DCTERMS + "temporal"), period)
        yield ox.Triple(period, _TYPE, _iri(DCTERMS + "PeriodOfTime"))
        for name, day in (("startDate", first), ("endDate", last)):
            yield ox.Triple(period, _iri(DCAT + name), ox.Literal(day.value[:10], datatype=_iri(XSD + "date")))


def _base(store: Store) -> str:
    """Where the instance data lives, as a document's IRI shows it."""
    return next((row[0].value.rpartition("document/")[0] for row in _rows(store, _SOME)), "")


def _part(dataset: ox.NamedNode, name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{dataset.value}#{name}")


def _number(store: Store, query: str) -> int:
    return next((int(row[0].value) for row in _rows(store, query)), 0)


def _rows(store: Store, query: str) -> Iterable[tuple[ox.NamedNode | ox.Literal, ...]]:
    """The rows that have a value in each column."""
    for row in run_query(Query("describe", "", "", query), store).rows:
        if all(isinstance(term, ox.NamedNode | ox.Literal) for term in row):
            yield row  # type: ignore[misc]


def _iri(value: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(value)
    except ValueError as error:
        raise OptionError(f"{value}: not an absolute IRI") from error
