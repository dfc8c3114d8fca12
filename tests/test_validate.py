"""The validator finds what SHACL finds: every kind of breach once, and pyshacl as the oracle for all of it."""

from __future__ import annotations

import random
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import SH

from kg_builder.errors import InputError, InvalidGraphError, OntologyError
from kg_builder.ontology import NEV, default_folder
from kg_builder.validate import ValidationReport, validate, validator

PREFIXES = """
@prefix : <https://example.org/data/> .
@prefix nev: <https://w3id.org/news-event#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

VALID = (
    PREFIXES
    + """
:event1 a nev:Resignation ; nev:report :report1 ; nev:resigner :minister ; nev:acceptedBy :king ;
    nev:post "وزارة المالية"@ar ;
    nev:status "accepted" ; nev:begin "2021-03-04"^^xsd:date ; nev:end "2021-03-04"^^xsd:date ; nev:place :capital ;
    nev:factuality nev:Actual ; nev:evidence :sentence1 ; prov:wasDerivedFrom :document ; nev:cause :event2 .
:king nev:accepts :event1 .
:event2 a nev:PriceChange ; nev:report :report2 ; nev:commodity "الخبز"@ar ; nev:changesFrom :amount1 ;
    nev:changesTo :amount2 ;
    nev:direction "rise" ; nev:begin "2021-02"^^xsd:gYearMonth ; nev:end "2021-02"^^xsd:gYearMonth ;
    nev:preferredBegin "2021-02"^^xsd:gYearMonth ; nev:factuality nev:Actual ; nev:evidence :sentence1 ;
    prov:wasDerivedFrom :document .
:event3 a nev:Curfew , nev:Decree ; nev:report :report3 ; nev:issuer :country ; nev:covers :capital ;
    nev:status "imposed" ;
    nev:factuality nev:Planned ; nev:evidence :sentence1 ; prov:wasDerivedFrom :document ; nev:attributedTo :agency .
:event4 a nev:Attack ; nev:report :report4 ; nev:attacker :crowd ; nev:target "سيارة"@ar , :police ;
    nev:weapon "حجارة"@ar ;
    nev:factuality nev:Claimed ; nev:evidence :sentence1 ; prov:wasDerivedFrom :document .
:event5 a nev:Injury ; nev:report :report5 ; nev:victim :crowd ; nev:victimCount 3 , 4 ; nev:preferredVictimCount 4 ;
    nev:countQualifier "atLeast" ; nev:factuality nev:Actual ; nev:evidence :sentence1 ; prov:wasDerivedFrom :document .
:minister a nev:Person ; rdfs:label "سامي الحداد"@ar ; skos:altLabel "الحداد"@ar , "الوزير"@ar .
:king a nev:Person ; rdfs:label "الملك"@ar ; skos:exactMatch <http://www.wikidata.org/entity/Q42> .
:crowd a nev:Group ; rdfs:label "المتظاهرون"@ar .
:police a nev:Force ; rdfs:label "الشرطة"@ar .
:agency a nev:Organization ; rdfs:label "وكالة"@ar .
:country a nev:Country ; rdfs:label "البلاد"@ar .
:capital a nev:City ; rdfs:label "العاصمة"@ar .
:amount1 a nev:Amount ; nev:value 2.5 ; nev:currency "JOD" ; nev:per "kilogram" .
:amount2 a nev:Amount ; nev:value "12"^^xsd:decimal ; nev:unit "percent" .
GRAPH :document {
    :document a nev:NewsArticle ; schema:identifier "a1" ; schema:headline "خبر"@ar ; schema:inLanguage "ar" ;
        schema:datePublished "2021-03-05"^^xsd:date ; schema:url <https://example.org/a1> ; schema:publisher "الأيام" .
    :sentence1 a nif:Sentence ; nif:beginIndex 0 ; nif:endIndex 12 ; nif:anchorOf "قبل الملك ذلك" ;
        nif:referenceContext :document .
    :trigger1 a nif:Phrase ; nif:beginIndex 0 ; nif:endIndex 3 ; nif:anchorOf "قبل" ; nif:referenceContext :document .
    :report1 a nev:Report ; nev:eventType nev:Resignation ; nev:resigner :minister ; nev:acceptedBy :king ;
        nev:status "accepted" ;
        nev:begin "2021-03-04"^^xsd:date ; nev:end "2021-03-04"^^xsd:date ; nev:factuality nev:Actual ;
        nev:evidence :sentence1 ;
        nev:trigger :trigger1 ; nev:confidence 0.9 ; nev:rule "Resignation/1" ; prov:wasDerivedFrom :document ;
        nev:cause :report2 .
    :report2 a nev:Report ; nev:eventType nev:PriceChange ; nev:changesFrom :amount1 ; nev:direction "rise" ;
        nev:factuality nev:Actual ; nev:evidence :sentence1 ; nev:trigger :trigger1 ; nev:confidence 1.0 ;
        nev:rule "PriceChange/1" ; prov:wasDerivedFrom :document .
    :report3 a nev:Report ; nev:eventType nev:Curfew ; nev:issuer :country ; nev:status "imposed" ;
        nev:factuality nev:Planned ;
        nev:evidence :sentence1 ; nev:trigger :trigger1 ; nev:confidence 0.5 ; nev:rule "Curfew/1" ;
        prov:wasDerivedFrom :document ;
        nev:begin "2021"^^xsd:gYear ; nev:end "2021-03-09"^^xsd:date .
    :report4 a nev:Report ; nev:eventType nev:Attack ; nev:target "سيارة"@ar ; nev:factuality nev:Claimed ;
        nev:evidence :sentence1 ;
        nev:trigger :trigger1 ; nev:confidence 0.5 ; nev:rule "Attack/1" ; prov:wasDerivedFrom :document .
    :report5 a nev:Report ; nev:eventType nev:Injury ; nev:victimCount 3 ; nev:countQualifier "about" ;
        nev:factuality nev:Actual ;
        nev:evidence :sentence1 ; nev:trigger :trigger1 ; nev:confidence 0.25 ; nev:rule "Injury/1" ;
        prov:wasDerivedFrom :document .
}
"""
)

# (what to add, what to take away, the node that is wrong, its property, the constraint that says so)
BREACHES = [
    (":event1 nev:status 'lost' .", "", "event1", "status", "In"),
    (":report1 nev:status 'lost' .", ":report1 nev:status 'accepted' .", "report1", "status", "In"),
    (":report1 nev:status 'submitted' .", "", "report1", "status", "MaxCount"),
    (":report2 nev:status 'imposed' .", "", "report2", "status", "MaxCount"),
    (":report3 nev:status 'ended' .", ":report3 nev:status 'imposed' .", "report3", "status", "In"),
    (":report1 nev:resigner :capital .", "", "report1", "resigner", "Node"),
    (":event1 nev:resigner 'الوزير'@ar .", "", "event1", "resigner", "Node"),
    (":event1 nev:post 'minister'@en .", "", "event1", "post", "Node"),
    (":event1 nev:post 'وزارة' .", "", "event1", "post", "Node"),
    (":event1 nev:post ''@ar .", "", "event1", "post", "Node"),
    (":event3 nev:covers :amount1 .", "", "event3", "covers", "Node"),
    (":report4 nev:target 5 .", "", "report4", "target", "Node"),
    (":event2 nev:changesBy 5 .", "", "event2", "changesBy", "Node"),
    (":report2 nev:direction 'up' .", ":report2 nev:direction 'rise' .", "report2", "direction", "In"),
    (":report5 nev:victimCount '3' .", ":report5 nev:victimCount 3 .", "report5", "victimCount", "Node"),
    (":event5 nev:victimCount -1 .", "", "event5", "victimCount", "Node"),
    (":event5 nev:preferredVictimCount 3 .", "", "event5", "preferredVictimCount", "MaxCount"),
    (":report5 nev:countQualifier 'nearly' .", "", "report5", "countQualifier", "In"),
    (":event1 nev:place :king .", "", "event1", "place", "Node"),
    (":event1 nev:begin '2021-02-30'^^xsd:date .", "", "event1", "begin", "Node"),
    (":event1 nev:begin '2021-02-03' .", "", "event1", "begin", "Node"),
    (":report1 nev:end '2021-03-01'^^xsd:date .", ":report1 nev:end '2021-03-04'^^xsd:date .", "report1", None, "Or"),
    (":report1 nev:begin '2021-03-01'^^xsd:date .", "", "report1", "begin", "MaxCount"),
    ("", ":report1 nev:factuality nev:Actual .", "report1", "factuality", "MinCount"),
    (":event1 nev:factuality nev:Actually .", "", "event1", "factuality", "Node"),
    ("", ":event1 nev:evidence :sentence1 .", "event1", "evidence", "MinCount"),
    (":report1 nev:evidence :trigger1 .", "", "report1", "evidence", "Class"),
    ("", ":event1 nev:report :report1 .", "event1", "report", "MinCount"),
    ("", ":report1 nev:trigger :trigger1 .", "report1", "trigger", "MinCount"),
    (
        ":report1 nev:eventType nev:Resigning .",
        ":report1 nev:eventType nev:Resignation .",
        "report1",
        "eventType",
        "Class",
    ),
    (":report1 nev:eventType nev:Attack .", "", "report1", "eventType", "MaxCount"),
    (":report1 nev:confidence 1.5 .", ":report1 nev:confidence 0.9 .", "report1", "confidence", "MaxInclusive"),
    (":report1 nev:confidence 0.1 .", "", "report1", "confidence", "MaxCount"),
    ("", ":report1 nev:rule 'Resignation/1' .", "report1", "rule", "MinCount"),
    ("", ":report1 a nev:Report .", "report1", None, "Class"),
    (":report1 nev:attacker :crowd .", "", "report1", None, "HasValue"),
    (":event4 nev:candidate :king .", "", "event4", None, "HasValue"),
    (":king nev:accepts :event2 .", ":king nev:accepts :event1 .", "king", None, "HasValue"),
    ("", ":king rdfs:label 'الملك'@ar .", "king", "label", "MinCount"),
    (":king rdfs:label 'القائد'@ar .", "", "king", "label", "MaxCount"),
    (":king skos:altLabel 'king'@en .", "", "king", "altLabel", "Node"),
    (":king skos:exactMatch <http://example.org/Q1> .", "", "king", "exactMatch", "Pattern"),
    (":amount1 nev:unit 'percent' .", "", "amount1", None, "Not"),
    (":amount1 nev:currency 'dinar' .", ":amount1 nev:currency 'JOD' .", "amount1", "currency", "Pattern"),
    (":amount1 nev:value 3 .", ":amount1 nev:value 2.5 .", "amount1", "value", "Datatype"),
    ("", ":document schema:identifier 'a1' .", "document", "identifier", "MinCount"),
    (":document schema:datePublished 'today' .", "", "document", "datePublished", "Or"),
    (":sentence1 nif:endIndex 0 .", ":sentence1 nif:endIndex 12 .", "sentence1", "beginIndex", "LessThan"),
    (":trigger1 nif:beginIndex -1 .", ":trigger1 nif:beginIndex 0 .", "trigger1", "beginIndex", "MinInclusive"),
    ("", ":sentence1 nif:referenceContext :document .", "sentence1", "referenceContext", "MinCount"),
    ("[] a nev:City ; rdfs:label 'مدينة'@ar .", "", None, None, "NodeKind"),
]


def triples(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(input=PREFIXES + turtle, format=ox.RdfFormat.TRIG)]


@cache
def valid() -> tuple[ox.Triple, ...]:
    return tuple(dict.fromkeys(triples(VALID)))


def changed(added: str, removed: str) -> list[ox.Triple]:
    gone = set(triples(removed))
    assert gone <= set(valid()), "the example takes away what is not there"
    return [t for t in valid() if t not in gone] + triples(added)


Outcome = tuple[str, str | None, str | None, str]


def own(rows: Iterable[ox.Triple]) -> set[Outcome]:
    """The results of our checker, as comparable records."""
    found = validator().results((t.subject, t.predicate, t.object) for t in rows)
    return {(plain(r.focus), r.path and plain(r.path), r.value and plain(r.value), r.component) for r in found}


def plain(term: object) -> str:
    if isinstance(term, ox.BlankNode | rdflib.BNode):
        return "_:"
    return str(term if isinstance(term, rdflib.term.Node) else getattr(term, "value", term))


@cache
def shapes() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in [default_folder() / "core.ttl", *sorted(default_folder().glob("events/*/type.ttl"))]:
        graph.parse(path)
    return graph


def oracle(rows: Iterable[ox.Triple]) -> set[Outcome]:
    """The results of pyshacl, as the same records."""
    data = rdflib.Graph().parse(data=ox.serialize(rows, format=ox.RdfFormat.N_TRIPLES), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes(), ont_graph=shapes())
    assert isinstance(report, rdflib.Graph)
    return {outcome(report, node) for root in report.subjects(SH.conforms) for node in report.objects(root, SH.result)}


def outcome(report: rdflib.Graph, node: rdflib.term.Node) -> Outcome:
    path, value = report.value(node, SH.resultPath), report.value(node, SH.value)
    component = str(report.value(node, SH.sourceConstraintComponent)).removeprefix(str(SH))
    return (
        plain(report.value(node, SH.focusNode)),
        str(path) if isinstance(path, rdflib.URIRef) else None,
        None if value is None else plain(value),
        component.removesuffix("ConstraintComponent"),
    )


def test_valid_graph_conforms() -> None:
    assert own(valid()) == oracle(valid()) == set()
    assert validate(valid()).conforms


@pytest.mark.parametrize(("added", "removed", "node", "path", "component"), BREACHES)
def test_breach_is_found_and_named(
    added: str, removed: str, node: str | None, path: str | None, component: str
) -> None:
    violations = validate(changed(added, removed)).violations
    found = {
        (v.node.removeprefix("https://example.org/data/"), v.path and local(v.path), v.constraint) for v in violations
    }
    assert any((node is None or n == node) and p == path and c == component for n, p, c in found), found
    assert all(v.ar and v.en and v.ar != v.en for v in violations)


def local(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def test_agrees_with_pyshacl_on_every_breach() -> None:
    """One graph with many breaches, far apart, in each of four parts: pyshacl takes a second for each graph."""
    for part in range(4):
        rows = list(valid())
        for added, removed, *_ in BREACHES[part::4]:
            gone = set(triples(removed))
            rows = [row for row in rows if row not in gone] + triples(added)
        assert own(rows) == oracle(rows) != set()


@pytest.mark.parametrize("seed", range(4))
def test_agrees_with_pyshacl_on_random_damage(seed: int) -> None:
    """Statements dropped, and objects and subjects swapped, at random."""
    dice = random.Random(seed)
    rows = [row for row in valid() if dice.random() > 0.15]
    others = dice.sample(rows, 24)
    rows += [ox.Triple(a.subject, b.predicate, b.object) for a, b in zip(others[:6], others[6:12], strict=True)]
    rows += [ox.Triple(a.subject, a.predicate, b.object) for a, b in zip(others[12:18], others[18:], strict=True)]
    assert own(rows) == oracle(rows) != set()


def test_message_names_the_sentence_in_both_languages() -> None:
    report = validate(changed(":report1 nev:resigner :capital .", ""))
    (violation,) = [v for v in report.violations if v.path == NEV + "resigner"]
    assert violation.en.startswith(
        "resigner: must be a person, organization, group or force: <https://example.org/data/capital>"
    )
    assert violation.ar.startswith("المستقيل: يجب أن يكون شخصا")
    assert violation.sentence == "قبل الملك ذلك"
    assert "https://example.org/data/report1" in violation.en
    assert "«قبل الملك ذلك»" in report.text("ar")


def test_the_shacl_report_says_what_pyshacl_says() -> None:
    """Result by result, with a message in both languages for each, and in the same bytes every time."""
    rows = changed(":report1 nev:resigner :capital . :king rdfs:label 'القائد'@ar . :event1 nev:status 'lost' .", "")
    written = validate(rows).turtle()
    report = rdflib.Graph().parse(data=written, format="turtle")
    (root,) = report.subjects(rdflib.RDF.type, SH.ValidationReport)
    assert report.value(root, SH.conforms) == rdflib.Literal(False)
    results = list(report.objects(root, SH.result))
    assert {outcome(report, node) for node in results} == oracle(rows) != set()
    for node in results:
        assert report.value(node, SH.resultSeverity) == SH.Violation
        messages = {m.language: str(m) for m in report.objects(node, SH.resultMessage) if isinstance(m, rdflib.Literal)}
        assert messages.keys() == {"ar", "en"}
    assert any("«قبل الملك ذلك»" in str(m) for m in report.objects(None, SH.resultMessage))
    assert validate(rows).turtle() == written


def test_the_shacl_report_of_what_conforms() -> None:
    report = rdflib.Graph().parse(data=validate(valid()).turtle(), format="turtle")
    assert set(report.predicate_objects()) == {
        (rdflib.RDF.type, SH.ValidationReport),
        (SH.conforms, rdflib.Literal(True)),
    }


@pytest.mark.parametrize("suffix", ["trig", "nq", "jsonld", "ttl", "nt", "rdf"])
def test_files_of_every_format(tmp_path: Path, suffix: str) -> None:
    form = ox.RdfFormat.from_extension(suffix)
    assert form is not None
    broken = changed("", ":king rdfs:label 'الملك'@ar .")
    path = tmp_path / f"graph.{suffix}"
    path.write_bytes(ox.serialize(broken, format=form))
    assert validate(path) == validate(str(path)) == validate(broken) != ValidationReport(())


def test_rdflib_graphs_and_datasets() -> None:
    broken = changed(":report1 nev:end '2021-03-01'^^xsd:date .", ":report1 nev:end '2021-03-04'^^xsd:date .")
    text = ox.serialize(broken, format=ox.RdfFormat.N_TRIPLES)
    graph = rdflib.Graph().parse(data=text, format="nt")
    dataset = rdflib.Dataset()
    dataset.graph("https://example.org/g").parse(data=text, format="nt")
    assert (
        set(validate(graph).violations)
        == set(validate(dataset).violations)
        == set(validate(broken).violations)
        != set()
    )


def test_parts_one_at_a_time_give_the_same_as_the_whole() -> None:
    """The default graph and each document's, as a builder gives them; the default graph repeats sources."""
    rows = changed(":report1 nev:resigner :capital . :king rdfs:label 'القائد'@ar . :event1 nev:status 'lost' .", "")
    repeated = {t for t in rows if t.subject.value.endswith(("sentence1", "document"))}
    document = [t for t in rows if t.subject.value.rsplit("/", 1)[-1].startswith(("report", "trigger", "doc", "sent"))]
    default = [t for t in rows if t not in document or t in repeated]
    parts = validator().check_parts(default, [(None, document)])
    assert {(v.node, v.path, v.value, v.constraint) for v in parts.violations} == {
        (v.node, v.path, v.value, v.constraint) for v in validate(rows).violations
    }
    assert len(parts.violations) == 3


def test_turtle_of_the_default_graph_conforms_alone() -> None:
    """The Turtle output has the events without their reports, sentences and documents."""
    default = [
        q.triple for q in ox.parse(input=VALID, format=ox.RdfFormat.TRIG) if isinstance(q.graph_name, ox.DefaultGraph)
    ]
    assert len(default) < len(valid())
    assert validate(default).conforms


def test_what_must_be_right_and_is_not_is_told_in_one_line() -> None:
    with pytest.raises(InvalidGraphError, match="needs a known factuality") as error:
        validate(changed("", ":report1 nev:factuality nev:Actual .")).require()
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("none.ttl", None, "No such file"),
        ("graph.txt", "", "unknown graph format"),
        ("bad.nq", "<a> <b>", "not well formed"),
    ],
)
def test_unreadable_input(tmp_path: Path, name: str, content: str | None, reason: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        validate(path)


def test_unknown_shacl_is_refused(tmp_path: Path) -> None:
    """A constraint that the checker cannot keep must not pass as kept."""
    (tmp_path / "x.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:closed true .", encoding="utf-8"
    )
    with pytest.raises(OntologyError, match="sh:closed is not supported"):
        validator(tmp_path)
