"""Each export opened by a reader of its own, on the seed graph and on one made by hand; VoID and DCAT."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import geojson
import networkx
import pyoxigraph as ox
import pytest
import rdflib
from handmade import Text, amount, entity
from hypothesis import given
from hypothesis import strategies as st

from kg_builder.cli import run
from kg_builder.errors import ExitCode, OptionError
from kg_builder.graph import Builder
from kg_builder.ontology import NEV
from kg_builder.ontology import load as load_ontology
from kg_builder.store import LocalStore, load
from kg_builder.store.export import KINDS
from kg_builder.store.export.acled import COLUMNS
from kg_builder.store.export.description import Facts, describe
from kg_builder.store.export.sheet import guarded, rows, unguarded
from kg_builder.store.export.view import View, point_of
from kg_builder.store.export.vocabulary import Vocabulary

CASE = Path(__file__).parent / "cases" / "almaty" / "graph.trig"
GEO, DATA = "http://www.opengis.net/ont/geosparql#", "https://w3id.org/news-event/data/"
NEWS = Text(
    "قتل جيش الفجر 7 أشخاص في مرفأ الزهراء في بلاد الشمس.\n"
    "=HYPERLINK(\"http://e.org\") قال كريم الحداد.\n"
    "والتقى كريم الحداد سمر نجيب وجون فيلد في آذار.\n"
    "وارتفع سعر الخبز 3 دنانير.",
    "+one", "2021-05-10", title="@يوم", source="-المدى",
)  # fmt: skip
REBELS = entity("Force", "جيش الفجر")
HEAD, MINISTER, ENVOY = (entity("Person", name) for name in ("كريم الحداد", "سمر نجيب", "جون فيلد"))
PORT, LAND = entity("City", "مرفأ الزهراء"), entity("Country", "بلاد الشمس")


@pytest.fixture(scope="module")
def handmade() -> LocalStore:
    builder = Builder()
    builder.add(NEWS.article, [
        NEWS.report("Death", "قتل", {"victimCount": [7], "agent": [REBELS], "victim": [], "place": [PORT, LAND]},
                    ("2021-05-09", "2021-05-09")),
        NEWS.report("Appeal", "قال", {"speaker": [HEAD], "demand": ["=cmd()"]}, factuality="Denied"),
        NEWS.report("Meeting", "التقى", {"participant": [HEAD, MINISTER, ENVOY]}, ("2021-03", "2021-03"), status=None),
        NEWS.report("PriceChange", "ارتفع", {"commodity": ["سعر الخبز"], "changesBy": [amount("3", "JOD")]}),
    ])  # fmt: skip
    store = LocalStore.memory()
    store.inner.extend(builder.quads())
    store.inner.update(f"""
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        INSERT {{ ?p skos:exactMatch <http://www.wikidata.org/entity/Q5> .
                  <http://www.wikidata.org/entity/Q5> <{GEO}asWKT> "Point(35.5 33.9)"^^<{GEO}wktLiteral> }}
        WHERE {{ ?p rdfs:label "{PORT.label}"@ar }}""")
    return store


@pytest.fixture(scope="module")
def seed() -> LocalStore:
    return LocalStore(load(CASE))


def written(store: LocalStore, kind: str, folder: Path) -> Path:
    """The export, made by the command from a file."""
    graph = folder / "graph.nq"
    store.inner.dump(str(graph), format=ox.RdfFormat.N_QUADS)
    assert run(["export", str(graph), "--to", kind, "-o", str(folder / "out")]) == ExitCode.OK
    return folder / "out"


def sheet(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


# --- ACLED


def test_acled_rows(handmade: LocalStore, tmp_path: Path) -> None:
    found = {row["sub_event_type"]: row for row in sheet(written(handmade, "acled-csv", tmp_path))}
    assert set(found) == {"Death", "Appeal", "Meeting", "Price change"}
    death = {name: value for name, value in found["Death"].items() if value}
    assert death.pop("event_id_cnty").startswith("Death-")
    assert death.pop("event_iri").startswith(f"{DATA}event/Death-")
    assert death == {
        "event_date": "2021-05-09", "year": "2021", "time_precision": "1", "event_type": "Death",
        "sub_event_type": "Death", "actor1": "جيش الفجر", "country": "بلاد الشمس", "location": "مرفأ الزهراء",
        "latitude": "33.9", "longitude": "35.5", "geo_precision": "1", "source": "'-المدى", "fatalities": "7",
        "notes": "قتل جيش الفجر 7 أشخاص في مرفأ الزهراء في بلاد الشمس.", "factuality": "Actual",
    }  # fmt: skip
    meeting = found["Meeting"]
    assert (meeting["event_date"], meeting["year"], meeting["time_precision"]) == ("2021-03-15", "2021", "3")
    actors = [meeting["actor1"], meeting["actor2"], meeting["assoc_actor_2"]]
    assert sorted(actors) == sorted([HEAD.label, MINISTER.label, ENVOY.label])
    assert (found["Appeal"]["event_date"], found["Appeal"]["factuality"]) == ("", "Denied")
    assert found["Appeal"]["notes"].startswith("'=HYPERLINK(")


def test_acled_has_its_columns_and_every_event_of_the_seed(seed: LocalStore, tmp_path: Path) -> None:
    found = sheet(written(seed, "acled-csv", tmp_path))
    assert tuple(found[0]) == COLUMNS
    assert len(found) == len({row["event_iri"] for row in found}) == 13
    (clash,) = (row for row in found if row["event_type"] == "Battles")
    assert [clash[name] for name in ("disorder_type", "sub_event_type", "actor1", "actor2", "location", "status")] == [
        "Political violence", "Armed clash", "المتظاهرون", "رجال الشرطة", "ألماتي", "continued",
    ]  # fmt: skip
    (attack,) = (row for row in found if row["event_type"] == "Attack")
    assert (attack["actor1"], attack["actor2"], attack["disorder_type"]) == ("المتظاهرون", "قوات الأمن", "")


@pytest.mark.parametrize(
    ("kind", "types"),
    [
        ("Clash", ("Battles", "Armed clash")),
        ("Protest", ("Protests", "")),
        ("Attack", ("", "")),
        ("Arrest", ("Strategic developments", "Arrests")),
        ("Resignation", ("", "")),
    ],
)
def test_acled_types_are_those_of_the_ontology_where_one_answers(kind: str, types: tuple[str, str]) -> None:
    assert Vocabulary(load_ontology()).acled(kind) == types


def test_actors_come_from_the_ontology() -> None:
    known = Vocabulary(load_ontology())
    assert known.actors("Attack") == ["attacker", "target"]
    assert known.actors("Visit") == ["visitor", "host"]
    assert known.actors("Ceasefire") == ["party"]
    assert known.narrowest(["Event", "Decree", "StateOfEmergency"]) == "StateOfEmergency"


# --- GeoJSON


def test_geojson_is_valid_and_has_the_events_with_coordinates(handmade: LocalStore, tmp_path: Path) -> None:
    found = geojson.loads(written(handmade, "geojson", tmp_path).read_text(encoding="utf-8"))
    assert isinstance(found, geojson.FeatureCollection)
    assert found.is_valid, found.errors()
    (feature,) = found.features
    assert feature.id.startswith(f"{DATA}event/Death-")
    assert feature.geometry == geojson.Point([35.5, 33.9])
    assert feature.properties == {
        "type": "Death", "label_ar": "وفاة", "label_en": "death", "places": ["مرفأ الزهراء"], "begin": "2021-05-09",
        "end": "2021-05-09", "factuality": "Actual", "sentence": NEWS.text.split("\n")[0], "sources": ["-المدى"],
        "victimCount": ["7"], "agent": ["جيش الفجر"], "place": ["بلاد الشمس", "مرفأ الزهراء"],
    }  # fmt: skip


def test_geojson_without_coordinates_is_an_empty_collection(seed: LocalStore, tmp_path: Path) -> None:
    found = geojson.loads(written(seed, "geojson", tmp_path).read_text(encoding="utf-8"))
    assert found.is_valid and found.features == []


@pytest.mark.parametrize(
    ("wkt", "point"),
    [
        ("POINT(76.9 43.2)", (76.9, 43.2)),
        ("Point (76.9 43.2)", (76.9, 43.2)),
        ("<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(43.2 76.9)", (76.9, 43.2)),
        ("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(76.9 43.2)", (76.9, 43.2)),
        ("POINT Z (76.9 43.2 700)", (76.9, 43.2)),
        ("POINT(200 43)", None),
        ("POINT(x y)", None),
        ("POLYGON((0 0, 1 1, 1 0, 0 0))", None),
    ],
)
def test_points_of_wkt(wkt: str, point: tuple[float, float] | None) -> None:
    assert point_of(wkt) == point


# --- networks


def links(store: LocalStore) -> Counter[str]:
    """How often each property joins two nodes that exports show, counted by SPARQL."""
    shown = "VALUES ?class { nev:Event nev:Person nev:Organization nev:Place nev:Amount nev:NewsArticle }"
    answer = store.query(f"""PREFIX nev: <{NEV}> SELECT ?p (COUNT(*) AS ?n) WHERE {{
        {{ SELECT DISTINCT ?a {{ {shown} ?a a ?class }} }} ?a ?p ?b . {{ SELECT DISTINCT ?b {{ {shown} ?b a ?class }} }}
        FILTER(!STRSTARTS(STR(?p), "{NEV}preferred"))
    }} GROUP BY ?p""")
    names = {"http://www.w3.org/ns/prov#wasDerivedFrom": "derived_from"}
    return Counter({names.get(r["p"].value, r["p"].value.removeprefix(NEV)): int(r["n"].value) for r in answer})


@pytest.mark.parametrize("name", ["seed", "handmade"])
def test_graphml_is_read_by_networkx(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    store = request.getfixturevalue(name)
    graph = networkx.read_graphml(written(store, "graphml", tmp_path), force_multigraph=True)
    assert graph.is_directed()
    assert Counter(data["kind"] for _, _, data in graph.edges(data=True)) == links(store)
    view = View(store, load_ontology())
    every = [*view.events(), *view.entities(), *view.amounts(), *view.documents()]
    assert set(graph.nodes) == {node.iri for node in every}
    for event in view.events():
        assert graph.nodes[event.iri]["class"] == event.kind
        assert graph.nodes[event.iri]["factuality"] in {"Actual", "Planned", "Denied"}
    for item in view.entities():
        assert graph.nodes[item.iri]["name"] == view.label(item.iri)


@pytest.mark.parametrize("name", ["seed", "handmade"])
def test_neo4j_sheets_agree_with_each_other_and_with_the_graph(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    store = request.getfixturevalue(name)
    folder = written(store, "neo4j", tmp_path)
    nodes, edges = sheet(folder / "nodes.csv"), sheet(folder / "relationships.csv")
    known = {row["iri:ID"]: row[":LABEL"].split(";") for row in nodes}
    assert len(known) == len(nodes)
    assert {row[":START_ID"] for row in edges} | {row[":END_ID"] for row in edges} <= set(known)
    capitals = {"ACCEPTED_BY": "acceptedBy", "CHANGES_FROM": "changesFrom", "CHANGES_TO": "changesTo"}
    capitals |= {"CHANGES_BY": "changesBy", "FLEES_FROM": "fleesFrom", "DERIVED_FROM": "derived_from"}
    assert Counter(capitals.get(r[":TYPE"], r[":TYPE"].lower()) for r in edges) == links(store)
    (event,) = store.query(f"SELECT ?e {{ ?e a <{NEV}{'Clash' if name == 'seed' else 'Death'}> }}")
    assert known[event["e"].value] == (["Clash", "Event"] if name == "seed" else ["Death", "Event"])


def test_neo4j_texts_come_back(handmade: LocalStore, tmp_path: Path) -> None:
    nodes = sheet(written(handmade, "neo4j", tmp_path) / "nodes.csv")
    (appeal,) = (row for row in nodes if row[":LABEL"].startswith("Appeal"))
    assert (appeal["demand"], unguarded(appeal["demand"])) == ("'=cmd()", "=cmd()")
    (article,) = (row for row in nodes if row[":LABEL"] == "NewsArticle")
    assert [unguarded(article[name]) for name in ("identifier", "headline", "publisher")] == ["+one", "@يوم", "-المدى"]


# --- OpenRefine


def test_openrefine_sheet(handmade: LocalStore, tmp_path: Path) -> None:
    found = sheet(written(handmade, "openrefine", tmp_path))
    assert [(row["name"], row["kind"], row["events"], row["wikidata"]) for row in found] == [
        ("كريم الحداد", "Person", "2", ""), ("بلاد الشمس", "Country", "1", ""), ("جون فيلد", "Person", "1", ""),
        ("جيش الفجر", "Force", "1", ""), ("سمر نجيب", "Person", "1", ""), ("مرفأ الزهراء", "City", "1", "Q5"),
    ]  # fmt: skip
    assert {row["name"]: unguarded(row["sentence"]) for row in found}["سمر نجيب"] == NEWS.text.split("\n")[2]


# --- JSON-LD


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:Dataset.contexts is deprecated:DeprecationWarning")
@pytest.mark.parametrize("name", ["seed", "handmade"])
def test_json_ld_goes_round(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    store = request.getfixturevalue(name)
    path = written(store, "jsonld", tmp_path)
    assert set(ox.parse(path=str(path), format=ox.RdfFormat.JSON_LD)) == set(store.inner)
    dataset = rdflib.Dataset()
    dataset.parse(path, format="json-ld")
    assert set(ox.parse(dataset.serialize(format="nquads"), format=ox.RdfFormat.N_QUADS)) == set(store.inner)


def test_json_ld_reads_like_records(seed: LocalStore, tmp_path: Path) -> None:
    whole = json.loads(written(seed, "jsonld", tmp_path).read_text(encoding="utf-8"))
    (resignation,) = (node for node in whole["@graph"] if "/event/Resignation-" in node["id"])
    person = f"{DATA}entity/person/qasm-jwmart-twkayf-9c5c2eb453ea"
    kept = {name: resignation[name] for name in ("type", "acceptedBy", "begin", "factuality", "status")}
    assert kept == {
        "type": ["Event", "Resignation"], "acceptedBy": person, "begin": "2022-01-05", "factuality": "Actual",
        "status": "accepted",
    }  # fmt: skip
    (label,) = (node["label"] for node in whole["@graph"] if node["id"] == person)
    assert label == "قاسم جومارت توكاييف"


# --- sheets


@given(st.text())
def test_a_guarded_text_is_no_formula_and_comes_back(text: str) -> None:
    cell = guarded(text)
    assert isinstance(cell, str)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(cell) == text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_formulas_are_guarded_and_numbers_are_not(text: str) -> None:
    assert guarded(text) == "'" + text
    assert (guarded(-3.5), guarded(7), guarded("نص")) == (-3.5, 7, "نص")


def test_sheets_are_read_back_whatever_is_in_them() -> None:
    body = [['قال "نعم"', "a,b", "سطر\nآخر"], ["", "=x", "'"]]
    text = b"".join(rows(["a", "b", "c"], body)).decode()
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert read == [["a", "b", "c"], body[0], ["", "'=x", "'"]]


# --- the command


def test_unknown_kinds_and_places_are_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["export", str(CASE), "--to", "excel", "-o", str(tmp_path / "x")]) == ExitCode.USAGE
    known = "acled-csv geojson graphml jsonld neo4j openrefine"
    assert capsys.readouterr().err == f"kg-builder: --to excel: known are {known}\n"
    assert " ".join(KINDS) == known
    (tmp_path / "file").touch()
    assert run(["export", str(CASE), "--to", "neo4j", "-o", str(tmp_path / "file")]) == ExitCode.OUTPUT
    assert "is a file; neo4j is a folder of nodes.csv and relationships.csv" in capsys.readouterr().err
    assert run(["export", str(CASE), "--to", "geojson", "-o", "/proc/no/x"]) == ExitCode.OUTPUT
    assert run(["export", str(tmp_path / "no.ttl"), "--to", "geojson", "-o", str(tmp_path / "x")]) == ExitCode.NO_INPUT


@pytest.mark.parametrize("kind", ["acled-csv", "geojson", "graphml", "openrefine", "jsonld"])
def test_the_same_graph_gives_the_same_bytes(kind: str, handmade: LocalStore, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    first = written(handmade, kind, tmp_path / "a").read_bytes()
    backwards = LocalStore.memory()
    for quad in reversed(list(handmade.inner)):
        backwards.inner.add(quad)
    assert written(backwards, kind, tmp_path / "b").read_bytes() == first


# --- VoID and DCAT

VOID, DCTERMS = rdflib.Namespace("http://rdfs.org/ns/void#"), rdflib.Namespace("http://purl.org/dc/terms/")
DCAT, PROV = rdflib.Namespace("http://www.w3.org/ns/dcat#"), rdflib.Namespace("http://www.w3.org/ns/prov#")
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture
def described(tmp_path: Path) -> rdflib.Graph:
    out = tmp_path / "void.ttl"
    told = ["--licence", LICENCE, "--title", "Almaty", "--download", "https://e.org/almaty.trig"]
    assert run(["describe", str(CASE), "-o", str(out), *told]) == ExitCode.OK
    return rdflib.Graph().parse(out)


def test_the_description_counts_what_is_there(described: rdflib.Graph, seed: LocalStore) -> None:
    (dataset,) = described.subjects(rdflib.RDF.type, VOID.Dataset)
    every = list(seed.inner)
    expected = {
        "triples": len(every),
        "distinctSubjects": len({q.subject for q in every}),
        "distinctObjects": len({q.object for q in every}),
        "properties": len({q.predicate for q in every}),
    }
    assert {name: described.value(dataset, VOID[name]).toPython() for name in expected} == expected  # type: ignore[union-attr]
    parts = {
        str(described.value(part, VOID["class"])).removeprefix(NEV): described.value(part, VOID.entities)
        for part in described.objects(dataset, VOID.classPartition)
    }
    assert [int(parts[name]) for name in ("Event", "PriceChange", "Person", "NewsArticle")] == [13, 2, 1, 1]


def test_the_description_has_licence_time_and_provenance(described: rdflib.Graph) -> None:
    (dataset,) = described.subjects(rdflib.RDF.type, DCAT.Dataset)
    assert described.value(dataset, DCTERMS.license) == rdflib.URIRef(LICENCE)
    assert described.value(dataset, DCTERMS.title) == rdflib.Literal("Almaty", lang="en")
    period = described.value(dataset, DCTERMS.temporal)
    assert str(described.value(period, DCAT.startDate)) == str(described.value(period, DCAT.endDate)) == "2022-01-05"
    agent = described.value(described.value(dataset, PROV.wasGeneratedBy), PROV.wasAssociatedWith)
    assert str(described.value(agent, rdflib.FOAF.name)).startswith("kg-builder ")
    assert str(described.value(dataset, VOID.dataDump)) == "https://e.org/almaty.trig"
    assert not [node for triple in described for node in triple if isinstance(node, rdflib.BNode)]


def test_nothing_is_said_of_a_licence_that_nobody_gave(seed: LocalStore) -> None:
    assert "license" not in describe(seed, Facts())
    with pytest.raises(OptionError, match=r"^CC BY: not an absolute IRI$"):
        describe(seed, Facts(licence="CC BY"))


def test_the_runs_that_the_graph_tells_of_are_named() -> None:
    store = LocalStore.memory()
    store.inner.update(f"INSERT DATA {{ <{DATA}run/1> a <{PROV}Activity> . <{DATA}run/2> a <{PROV}Activity> }}")
    told = rdflib.Graph().parse(data=describe(store, Facts(iri="http://e.org/d")), format="turtle")
    made_by = {str(run) for run in told.objects(rdflib.URIRef("http://e.org/d"), PROV.wasGeneratedBy)}
    assert made_by == {f"{DATA}run/1", f"{DATA}run/2", "http://e.org/d#extraction"}


def test_an_empty_graph_can_be_described() -> None:
    told = rdflib.Graph().parse(data=describe(LocalStore.memory(), Facts(iri="http://e.org/d")), format="turtle")
    assert told.value(rdflib.URIRef("http://e.org/d"), VOID.triples) == rdflib.Literal(0)
