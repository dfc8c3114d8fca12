"""The ontology is whole: every event folder says all it must, and nothing in it is a typo. The checks can fail."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, RDFS, SH, SKOS

from kg_builder.errors import OntologyError
from kg_builder.ontology import LEX, NEV, default_folder, ontology_files, turtle
from kg_builder.validate import lint

FOLDER = default_folder()
EVENTS = sorted(p for p in (FOLDER / "events").iterdir() if p.is_dir())
TYPES = re.findall(
    r"\w+",
    """
    Resignation Appointment Dismissal Election GovernmentFormation Decree StateOfEmergency Curfew Ban Sanction
    Legislation Arrest Release Sentence PriceChange Protest Clash Attack Death Injury Movement Deployment Flight
    Meeting Visit Agreement Ceasefire Appeal Condemnation Accusation Threat Aid Disaster
    """,
)
ROLES = re.findall(
    r"\w+",
    """
    resigner post submittedTo acceptedBy rejectedBy appointee appointer dismissed dismisser office candidate winner
    formateur government issuer covers target subject arrester detainee charge releaser released court defendant
    penalty commodity changesFrom changesTo changesBy direction protester against demand party attacker weapon
    victim victimCount agent mover cargo origin destination fleesFrom participant visitor host speaker addressee
    accused donor recipient amount kind magnitude place attributedTo
    """,
)
EXAMPLES, COUNTER_EXAMPLES = 5, 2
Nev, Lex = rdflib.Namespace(NEV), rdflib.Namespace(LEX)


@pytest.fixture(scope="session")
def graph() -> rdflib.Graph:
    """Everything but the word lists."""
    total = rdflib.Graph()
    for path in ontology_files(FOLDER):
        if path.parent != FOLDER / "words":
            total.parse(path)
    return total


def test_the_ontology_keeps_to_its_own_rules() -> None:
    assert lint().text() == ""


def test_every_class_and_role_of_the_contract_is_there(graph: rdflib.Graph) -> None:
    assert {str(t).removeprefix(NEV) for t in graph.subjects(RDF.type, Nev.EventType)} == set(TYPES)
    assert {str(t).removeprefix(NEV) for t in graph.subjects(RDF.type, Nev.Role)} == set(ROLES)
    assert len(EVENTS) == len(TYPES) == 33


def test_our_terms_have_labels_and_definitions_in_both_languages(graph: rdflib.Graph) -> None:
    shapes = {SH.NodeShape, SH.PropertyShape}
    terms = {
        s for s in graph.subjects(RDF.type) if str(s).startswith(NEV) and not shapes & set(graph.objects(s, RDF.type))
    }
    assert len(terms) > 120
    for term in terms:
        for predicate in (RDFS.label, SKOS.definition):
            languages = Counter(getattr(text, "language", None) for text in graph.objects(term, predicate))
            assert languages == {"ar": 1, "en": 1}, (term, predicate)


def test_concepts_of_other_schemes_have_a_code_and_names(graph: rdflib.Graph) -> None:
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 70
    for concept in concepts:
        assert {getattr(text, "language", None) for text in graph.objects(concept, SKOS.prefLabel)} == {"ar", "en"}
        assert len(list(graph.objects(concept, SKOS.notation))) == len(list(graph.objects(concept, SKOS.inScheme))) == 1


# rdflib is slow on the long word lists
SHORT = [path for path in sorted(FOLDER.rglob("*.ttl")) if path.stat().st_size < 60_000]


@pytest.mark.parametrize("path", SHORT, ids=lambda p: p.relative_to(FOLDER).as_posix())
def test_two_parsers_read_the_same(path: Path) -> None:
    assert len(rdflib.Graph().parse(path)) == len(set(ox.parse(path=path, format=ox.RdfFormat.TURTLE))) > 0


@pytest.mark.parametrize("folder", EVENTS, ids=lambda p: p.name)
def test_event_folder_has_examples_and_counter_examples(folder: Path) -> None:
    assert shortage(folder / "examples.ttl") == []


def shortage(path: Path) -> list[str]:
    """What a file of examples has too little of."""
    if not path.is_file():
        return ["no examples.ttl"]
    told = rdflib.Graph().parse(path)
    found = list(told.subjects(RDF.type, Lex.Example))
    counter = [example for example in found if (example, Lex.report, None) not in told]
    wanted = [(len(found) - len(counter), EXAMPLES, "examples"), (len(counter), COUNTER_EXAMPLES, "counter-examples")]
    missing = [f"{count} {name}, {least} needed" for count, least, name in wanted if count < least]
    missing += [f"{example}: no text" for example in found if len(list(told.objects(example, Lex.text))) != 1]
    return missing + [f"{example}: no reason" for example in counter if not list(told.objects(example, Lex.reason))]


def test_the_whole_ontology_is_one_turtle_document() -> None:
    apart = sum(len(list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))) for path in ontology_files(FOLDER))
    assert len(list(ox.parse(input=turtle(), format=ox.RdfFormat.TURTLE))) == apart > 5000
    assert turtle().count("@prefix nev:") == 1


def test_one_prefix_for_two_namespaces_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("@prefix x: <urn:a:> .\nx:a x:b x:c .\n", encoding="utf-8")
    (tmp_path / "b.ttl").write_text("@prefix x: <urn:b:> .\nx:a x:b x:c .\n", encoding="utf-8")
    with pytest.raises(OntologyError, match="prefix x: is <urn:a:> in another file"):
        turtle(tmp_path)


# --- the checks can fail: a folder that is whole but for one thing, and what is said of it

WHOLE = """
@prefix nev: <https://w3id.org/news-event#> .
@prefix lex: <https://w3id.org/news-event/lex#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
nev:Wedding a owl:Class , owl:NamedIndividual , nev:EventType ; rdfs:subClassOf nev:Event ;
    rdfs:label "زفاف"@ar , "wedding"@en ;
    skos:definition "رجل وامرأة يتزوجان"@ar , "Two people get married."@en ;
    lex:role nev:spouse .
nev:spouse a owl:ObjectProperty , nev:Role ; rdfs:domain nev:EventOrReport ; rdfs:range nev:Agent ;
    rdfs:label "الزوج"@ar , "spouse"@en ;
    skos:definition "من يتزوج"@ar , "Who gets married."@en .
nev:spouseShape a sh:PropertyShape ; sh:targetSubjectsOf nev:spouse ; sh:hasValue nev:spouse ;
    sh:path ( [ sh:alternativePath ( rdf:type nev:eventType ) ] [ sh:zeroOrMorePath rdfs:subClassOf ] lex:role ) .
nev:WeddingShape a sh:NodeShape ; sh:targetClass nev:Wedding ;
    sh:property [ sh:path nev:spouse ; sh:node nev:AgentValue ] .
nev:WeddingReportShape a sh:NodeShape ; sh:targetNode nev:Wedding ;
    sh:property [ sh:path [ sh:inversePath nev:eventType ] ; sh:node nev:WeddingShape ] .
nev:Wedding lex:construction
    [ lex:verb "تزوج" ; lex:subject nev:spouse ; lex:prep [ lex:word "من" ; lex:role nev:spouse ] ] .
"""

FAULTS = [
    ('"زفاف"@ar , ', "", "needs one label @ar and one @en"),
    ('"wedding"@en', '"wedding"@fr', "needs one label @ar and one @en"),
    ('"Two people get married."@en', '"زواج"@ar', "needs one definition @ar and one @en"),
    ("rdfs:subClassOf nev:Event ;", "rdfs:subClassOf nev:Happening ;", "an event type is below nev:Event"),
    ("sh:targetClass nev:Wedding ;", "", "needs a shape for its events"),
    ("sh:targetNode nev:Wedding ;", "", "needs a shape for its reports"),
    ("lex:construction", "lex:constructoin", "needs at least one construction"),
    ("lex:construction", "lex:constructoin", "no term of the ontology: https://w3id.org/news-event/lex#constructoin"),
    ('lex:verb "تزوج"', 'lex:word "تزوج"', "a construction has a carrier"),
    ('lex:word "من" ; ', "", "a prepositional slot has a word and a role that is defined"),
    (
        "lex:subject nev:spouse",
        "lex:subject nev:victim",
        "a construction fills a role that the type does not have: victim",
    ),
    ("lex:subject nev:spouse", "lex:subject nev:spuose", "no term of the ontology: https://w3id.org/news-event#spuose"),
    ("lex:subject nev:spouse", "lex:subjekt nev:spouse", "lex#subjekt → https://w3id.org/news-event/lex#subject?"),
    ("rdfs:range nev:Agent", "rdfs:range nev:Person", "a role has one rdfs:range, of those that core.ttl lists"),
    ("sh:targetSubjectsOf nev:spouse ;", "", "needs the shape that ties it to the types that have it"),
    ("owl:NamedIndividual , nev:EventType", "owl:NamedIndividual", "type.ttl that defines one event type"),
]


@pytest.fixture(scope="session")
def rest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An ontology with the core and the vocabulary alone, and one event type that shares roles."""
    folder = tmp_path_factory.mktemp("ontology")
    for name in ("core.ttl", "lexicon.ttl", "event-type.shacl.ttl"):
        shutil.copy(FOLDER / name, folder)
    return folder


def said_of(text: str, rest: Path) -> set[str]:
    """What is said of an event folder with this type.ttl that is not said of the folder as it should be."""
    path = rest / "events" / "wedding" / "type.ttl"
    path.parent.mkdir(parents=True, exist_ok=True)
    found = []
    for content in (WHOLE, text):
        path.write_text(content, encoding="utf-8")
        found.append({violation.en for violation in lint(rest).violations})
    assert not any("wedding" in line.lower() or "spouse" in line for line in found[0]), "the whole folder is refused"
    return found[1] - found[0]


@pytest.mark.parametrize(("whole", "broken", "message"), FAULTS)
def test_a_broken_folder_is_refused(rest: Path, whole: str, broken: str, message: str) -> None:
    text = WHOLE.replace(whole, broken)
    assert text != WHOLE
    assert any(message in line for line in said_of(text, rest)), message


def test_a_folder_without_a_type_is_refused(tmp_path: Path) -> None:
    (tmp_path / "events" / "nothing").mkdir(parents=True)
    assert [v.node for v in lint(tmp_path).violations] == ["nothing"]


def test_too_few_examples_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "examples.ttl"
    head = "@prefix lex: <https://w3id.org/news-event/lex#> .\n"
    good = '[] a lex:Example ; lex:text "جملة"@ar ; lex:report [] .\n'
    bad = '[] a lex:Example ; lex:text "جملة"@ar ; lex:reason "no event"@en .\n'
    path.write_text(head + good * EXAMPLES + bad * COUNTER_EXAMPLES, encoding="utf-8")
    assert shortage(path) == []
    path.write_text(head + good * EXAMPLES + bad, encoding="utf-8")
    assert shortage(path) == ["1 counter-examples, 2 needed"]
    path.write_text(head + good + bad * COUNTER_EXAMPLES, encoding="utf-8")
    assert shortage(path) == ["1 examples, 5 needed"]
    path.write_text(head + good * EXAMPLES + bad.replace("reason", "note") * 2, encoding="utf-8")
    assert [line.split(": ")[1] for line in shortage(path)] == ["no reason"] * 2
    path.unlink()
    assert shortage(path) == ["no examples.ttl"]
