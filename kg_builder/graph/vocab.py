"""The names of the contract as RDF terms: the namespaces, and the few properties the code itself must say."""

from __future__ import annotations

import pyoxigraph as ox

from kg_builder.ontology import NEV, XSD

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
WIKIDATA = "http://www.wikidata.org/entity/"

PREFIXES = {
    "nev": NEV,
    "nif": NIF,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "wd": WIKIDATA,
    "xsd": XSD,
}

TYPE = ox.NamedNode(RDF + "type")
LABEL = ox.NamedNode(RDFS + "label")
ALT_LABEL = ox.NamedNode(SKOS + "altLabel")
EXACT_MATCH = ox.NamedNode(SKOS + "exactMatch")
DERIVED_FROM = ox.NamedNode(PROV + "wasDerivedFrom")

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
RULE = ox.NamedNode(NEV + "rule")

BEGIN_INDEX = ox.NamedNode(NIF + "beginIndex")
END_INDEX = ox.NamedNode(NIF + "endIndex")
ANCHOR_OF = ox.NamedNode(NIF + "anchorOf")
REFERENCE_CONTEXT = ox.NamedNode(NIF + "referenceContext")

STRING = ox.NamedNode(XSD + "string")
INTEGER = ox.NamedNode(XSD + "integer")
DECIMAL = ox.NamedNode(XSD + "decimal")


def nev(name: str) -> ox.NamedNode:
    """A name of the news-event vocabulary, e.g. `nev("place")`."""
    return ox.NamedNode(NEV + name)
