"""The names of the contract as RDF terms: the namespaces, and the few properties the code itself must say."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from kg_builder.ontology import NEV, XSD

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
WIKIDATA = "http://www.wikidata.org/entity/"
DIRECT = "http://www.wikidata.org/prop/direct/"
GEO = "http://www.opengis.net/ont/geosparql#"
GEONAMES = "https://sws.geonames.org/"
ITSRDF = "http://www.w3.org/2005/11/its/rdf#"

Row = tuple[ox.NamedNode | ox.BlankNode | ox.Triple, ox.NamedNode, ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple]
"""A triple as its terms, which cost a copy each to take out of an `ox.Triple`."""

PREFIXES = {
    "geo": GEO,
    "itsrdf": ITSRDF,
    "nev": NEV,
    "nif": NIF,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "wd": WIKIDATA,
    "wdt": DIRECT,
    "xsd": XSD,
}

TYPE = ox.NamedNode(RDF + "type")
LABEL = ox.NamedNode(RDFS + "label")
ALT_LABEL = ox.NamedNode(SKOS + "altLabel")
EXACT_MATCH = ox.NamedNode(SKOS + "exactMatch")
CLOSE_MATCH = ox.NamedNode(SKOS + "closeMatch")
DERIVED_FROM = ox.NamedNode(PROV + "wasDerivedFrom")
PRIMARY_SOURCE = ox.NamedNode(PROV + "hadPrimarySource")
ALTERNATE_OF = ox.NamedNode(PROV + "alternateOf")
ACTIVITY = ox.NamedNode(PROV + "Activity")
STARTED = ox.NamedNode(PROV + "startedAtTime")
USED = ox.NamedNode(PROV + "used")

IDENTIFIER = ox.NamedNode(SCHEMA + "identifier")
HEADLINE = ox.NamedNode(SCHEMA + "headline")
PUBLISHED = ox.NamedNode(SCHEMA + "datePublished")
URL = ox.NamedNode(SCHEMA + "url")
PUBLISHER = ox.NamedNode(SCHEMA + "publisher")

REPORT = ox.NamedNode(NEV + "Report")
NEWS_ARTICLE = ox.NamedNode(NEV + "NewsArticle")
AMOUNT = ox.NamedNode(NEV + "Amount")
SENTENCE = ox.NamedNode(NIF + "Sentence")
PHRASE = ox.NamedNode(NIF + "Phrase")

EVENT_TYPE = ox.NamedNode(NEV + "eventType")
HAS_REPORT = ox.NamedNode(NEV + "report")
EVIDENCE = ox.NamedNode(NEV + "evidence")
TRIGGER = ox.NamedNode(NEV + "trigger")
CAUSE = ox.NamedNode(NEV + "cause")
CONFIDENCE = ox.NamedNode(NEV + "confidence")
FACTUALITY = ox.NamedNode(NEV + "factuality")
BEGIN = ox.NamedNode(NEV + "begin")
RULE = ox.NamedNode(NEV + "rule")
SIGNATURE = ox.NamedNode(NEV + "signature")
SOURCE_COUNT = ox.NamedNode(NEV + "sourceCount")

NAMING = ox.NamedNode(NEV + "Naming")
NAME_OF = ox.NamedNode(NEV + "nameOf")
NAME_KIND = ox.NamedNode(NEV + "nameKind")
NAME_LINK = ox.NamedNode(NEV + "nameLink")
MAIN_NAME = ox.NamedNode(NEV + "mainName")
OTHER_NAME = ox.NamedNode(NEV + "otherName")
GENERIC = ox.NamedNode(NEV + "generic")
FILLS = ox.NamedNode(NEV + "fills")
CANDIDATE = ox.NamedNode(NEV + "LinkCandidate")
CANDIDATE_OF = ox.NamedNode(NEV + "candidateOf")
MEANS = ox.NamedNode(ITSRDF + "taIdentRef")
SURETY = ox.NamedNode(ITSRDF + "taConfidence")
CURRENCY_ENTITY = ox.NamedNode(NEV + "currencyEntity")

MERGE = ox.NamedNode(NEV + "Merge")
MERGED_BECAUSE = ox.NamedNode(NEV + "mergedBecause")
JOINS = ox.NamedNode(NEV + "joins")
SCORE = ox.NamedNode(NEV + "score")
REASON = ox.NamedNode(NEV + "reason")

BEGIN_INDEX = ox.NamedNode(NIF + "beginIndex")
END_INDEX = ox.NamedNode(NIF + "endIndex")
ANCHOR_OF = ox.NamedNode(NIF + "anchorOf")
REFERENCE_CONTEXT = ox.NamedNode(NIF + "referenceContext")

STRING = ox.NamedNode(XSD + "string")
INTEGER = ox.NamedNode(XSD + "integer")
DECIMAL = ox.NamedNode(XSD + "decimal")


@cache
def nev(name: str) -> ox.NamedNode:
    """A name of the news-event vocabulary, e.g. `nev("place")`."""
    return ox.NamedNode(NEV + name)


def schema_org(name: str) -> ox.NamedNode:
    """A name of schema.org, e.g. `schema_org("inLanguage")`."""
    return ox.NamedNode(SCHEMA + name)
