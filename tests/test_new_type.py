"""An event type that nobody thought of: two Turtle files in a folder of one's own, and no line of Python."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg_builder.cli import run
from kg_builder.errors import ExitCode
from kg_builder.ontology import LEX, NEV, RDF_TYPE, default_folder
from kg_builder.validate import lint

PREFIXES = """
@prefix nev:  <https://w3id.org/news-event#> .
@prefix lex:  <https://w3id.org/news-event/lex#> .
@prefix owl:  <http://www.w3.org/2002/07/owl#> .
@prefix rdf:  <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh:   <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd:  <http://www.w3.org/2001/XMLSchema#> .
"""

TYPE = """
nev:Inauguration a owl:Class , owl:NamedIndividual , nev:EventType ; rdfs:subClassOf nev:Event ;
    rdfs:label "تدشين"@ar , "inauguration"@en ;
    skos:definition "تدشين منشأة"@ar , "A facility is opened for use."@en ;
    lex:role nev:opener , nev:opened .

nev:opener a owl:ObjectProperty , nev:Role ; rdfs:domain nev:EventOrReport ; rdfs:range nev:Agent ;
    rdfs:label "المُدشِّن"@ar , "opener"@en ;
    skos:definition "من يدشّن المنشأة"@ar , "Who opens the facility."@en .
nev:openerShape a sh:PropertyShape ; sh:targetSubjectsOf nev:opener ; sh:hasValue nev:opener ;
    sh:path ( [ sh:alternativePath ( rdf:type nev:eventType [ sh:inversePath lex:construction ] ) ]
              [ sh:zeroOrMorePath rdfs:subClassOf ] lex:role ) .

nev:opened a owl:DatatypeProperty , nev:Role ; rdfs:domain nev:EventOrReport ; rdfs:range rdf:langString ;
    rdfs:label "المُدشَّن"@ar , "opened"@en ;
    skos:definition "ما يُدشَّن"@ar , "What is opened."@en .
nev:openedShape a sh:PropertyShape ; sh:targetSubjectsOf nev:opened ; sh:hasValue nev:opened ;
    sh:path ( [ sh:alternativePath ( rdf:type nev:eventType [ sh:inversePath lex:construction ] ) ]
              [ sh:zeroOrMorePath rdfs:subClassOf ] lex:role ) .

nev:InaugurationShape a sh:NodeShape ; sh:targetClass nev:Inauguration ;
    sh:property [ sh:path nev:opener ; sh:node nev:AgentValue ] .
nev:InaugurationReportShape a sh:NodeShape ; sh:targetNode nev:Inauguration ;
    sh:property [ sh:path [ sh:inversePath nev:eventType ] ; sh:node nev:InaugurationShape ] .

nev:Inauguration lex:construction
    [ lex:verb "دشن" ; lex:subject nev:opener ; lex:object nev:opened ] ,
    [ lex:noun "تدشين" ; lex:agent nev:opener ; lex:patient nev:opened ] .
"""

SENTENCE = "دشن رئيس البلدية الجسر يوم الاثنين."
EXAMPLES = f"""
[] a lex:Example ; lex:text "{SENTENCE}"@ar ; lex:date "2022-01-05"^^xsd:date ;
    lex:report [ a nev:Inauguration ; nev:opener "رئيس البلدية" ; nev:opened "الجسر" ;
                 nev:begin "2022-01-03"^^xsd:date ] .
[] a lex:Example ; lex:text "دشنت الحكومة المطار."@ar ; lex:date "2022-01-05"^^xsd:date ;
    lex:report [ a nev:Inauguration ; nev:opener "الحكومة" ; nev:opened "المطار" ] .
[] a lex:Example ; lex:text "زار رئيس البلدية الجسر."@ar ; lex:date "2022-01-05"^^xsd:date ;
    lex:reason "a visit, nothing is opened"@en .
"""

EVENT = ox.NamedNode(NEV + "Event")
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled ontology with one more event folder."""
    copy = tmp_path_factory.mktemp("ours") / "ontology"
    shutil.copytree(default_folder(), copy)
    new = copy / "events" / "inauguration"
    new.mkdir()
    (new / "type.ttl").write_text(PREFIXES + TYPE, encoding="utf-8")
    (new / "examples.ttl").write_text(PREFIXES + EXAMPLES, encoding="utf-8")
    return copy


def examples(folder: Path) -> list[tuple[str, dict[str, str]]]:
    """Each sentence of the new folder with the properties of its report; none for a counter-example."""
    store = ox.Store()
    store.load(path=str(folder / "events" / "inauguration" / "examples.ttl"), format=ox.RdfFormat.TURTLE)
    found = []
    for quad in store.quads_for_pattern(None, ox.NamedNode(LEX + "text"), None):
        reports = [q.object for q in store.quads_for_pattern(quad.subject, ox.NamedNode(LEX + "report"), None)]
        about = [q for report in reports for q in store.quads_for_pattern(report, None, None)]
        found.append((quad.object.value, {q.predicate.value: q.object.value for q in about if q.predicate != RDF_TYPE}))
    return found


def told(path: Path) -> list[dict[str, str]]:
    """What a graph says of its inaugurations, entities by their labels."""
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    labels = {q.subject: q.object.value for q in store.quads_for_pattern(None, LABEL, None)}
    events = [q.subject for q in store.quads_for_pattern(None, RDF_TYPE, ox.NamedNode(NEV + "Inauguration"))]
    return [
        {q.predicate.value: labels.get(q.object, q.object.value) for q in store.quads_for_pattern(event, None, None)}
        for event in events
        if any(store.quads_for_pattern(event, RDF_TYPE, EVENT))
    ]


def test_the_ontology_with_the_new_folder_is_whole(folder: Path) -> None:
    assert lint(folder).text() == ""


def test_the_new_type_is_read_written_and_valid(folder: Path, tmp_path: Path) -> None:
    sentences = examples(folder)
    assert [bool(expected) for _, expected in sentences].count(True) == 2 < len(sentences)
    for number, (text, expected) in enumerate(sentences):
        article, graph = tmp_path / f"{number}.txt", tmp_path / f"{number}.ttl"
        article.write_text(text, encoding="utf-8")
        options = ["--date", "2022-01-05", "--ontology", str(folder)]
        assert run(["build", str(article), "-o", str(graph), *options]) == ExitCode.OK
        assert run(["validate", str(graph), "--ontology", str(folder)]) == ExitCode.OK
        events = told(graph)
        assert len(events) == bool(expected), text
        assert [expected.items() <= event.items() for event in events] == [True] * len(events), (text, events)


def test_without_the_folder_there_is_no_such_event(tmp_path: Path) -> None:
    article, graph = tmp_path / "a.txt", tmp_path / "a.ttl"
    article.write_text(SENTENCE, encoding="utf-8")
    assert run(["build", str(article), "-o", str(graph)]) == ExitCode.OK
    assert told(graph) == []


def test_it_is_listed_and_explained(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["types", "--ontology", str(folder)]) == ExitCode.OK
    assert "Inauguration  تدشين  inauguration" in capsys.readouterr().out
    assert run(["explain", SENTENCE, "--ontology", str(folder)]) == ExitCode.OK
    assert "Inauguration/verb" in capsys.readouterr().out


def test_it_is_shown(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article, graph = tmp_path / "a.txt", tmp_path / "a.trig"
    article.write_text(SENTENCE, encoding="utf-8")
    assert run(["build", str(article), "-o", str(graph), "--ontology", str(folder)]) == ExitCode.OK
    assert run(["show", str(graph), "--ontology", str(folder)]) == ExitCode.OK
    shown = capsys.readouterr().out
    assert "inauguration  تدشين  Actual" in shown
    assert "opener  رئيس البلدية" in shown


@pytest.mark.parametrize(("sentence", "factuality"), [
    ("ولم يدشن رئيس البلدية الجسر بعد.", "Denied"),
    ("سيدشن رئيس البلدية الجسر الأسبوع المقبل.", "Planned"),
    ("وقد يدشن رئيس البلدية الجسر.", "Possible"),
])
def test_negation_and_plan_reach_the_new_type(folder: Path, tmp_path: Path, sentence: str, factuality: str) -> None:
    article, graph = tmp_path / "a.txt", tmp_path / "a.ttl"
    article.write_text(sentence, encoding="utf-8")
    assert run(["build", str(article), "-o", str(graph), "--ontology", str(folder)]) == ExitCode.OK
    assert [event[NEV + "factuality"] for event in told(graph)] == [NEV + factuality]
