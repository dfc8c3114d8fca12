"""Every saved question against its expected table, on a small graph made by hand; and the runner."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pyoxigraph as ox
import pytest
from handmade import Text, amount, entity

from kg_builder.errors import InputError, OptionError
from kg_builder.graph import Builder
from kg_builder.model import Filler
from kg_builder.ontology import NEV
from kg_builder.store import Query, bundled, find, run_query

HEAD = entity("Person", "كريم الحداد", "الرئيس كريم الحداد", qid="Q1")
MINISTER = entity("Person", "سمر نجيب")
ENVOY = entity("Person", "جون فيلد")
CABINET = entity("Government", "الحكومة", generic=True)
NORTH, SOUTH = entity("Region", "الشمال الأعلى"), entity("Region", "الجنوب الأدنى")
PORT = entity("City", "مرفأ الزهراء")
REBELS = entity("Force", "جيش الفجر")
AGENCY = entity("Organization", "وكالة المدى")

ONE = Text(
    "قبل كريم الحداد استقالة سمر نجيب من وزارة المالية.\n"
    "وفرض كريم الحداد حالة الطوارئ في الشمال الأعلى والجنوب الأدنى.\n"
    "وارتفع سعر الخبز من 2 إلى 3 دنانير للكيلوغرام بسبب الحرب.\n"
    "وقصف جيش الفجر مرفأ الزهراء فقتل 5 أشخاص.\n"
    "ويلتقي كريم الحداد جون فيلد غدا.",
    "one", "2021-05-10", title="يوم طويل",
)  # fmt: skip
TWO = Text(
    "قتل 8 أشخاص في قصف جيش الفجر مرفأ الزهراء.\n"
    "ونفى جيش الفجر القصف، ودان كريم الحداد الهجوم.\n"
    "والتقى كريم الحداد جون فيلد في مرفأ الزهراء.",
    "two", "2021-05-11",
)  # fmt: skip
DAY, EVE = ("2021-05-10", "2021-05-10"), ("2021-05-09", "2021-05-09")
ATTACK = {"attacker": [REBELS], "target": [PORT]}


def told_one() -> list:
    death = ONE.report("Death", "فقتل", {"victimCount": [5], "agent": [REBELS], "place": [PORT]}, EVE, cause=3)
    return [
        ONE.report("Resignation", "استقالة", {"resigner": [MINISTER], "acceptedBy": [HEAD], "post": ["وزارة المالية"]},
                   DAY, status="accepted"),
        ONE.report("StateOfEmergency", "فرض", {"issuer": [HEAD], "covers": [NORTH, SOUTH]},
                   ("2021-05-10", "2021-05-20"), status="imposed"),
        ONE.report("PriceChange", "ارتفع", {
            "commodity": ["سعر الخبز"], "direction": ["rise"], "changesFrom": [amount("2", "JOD", per="kilogram")],
            "changesTo": [amount("3", "JOD", per="kilogram")]}),
        ONE.report("Attack", "قصف", {**ATTACK, "place": [PORT]}, EVE),
        death,
        ONE.report("Meeting", "يلتقي", {"participant": [HEAD, ENVOY]}, ("2021-05-11", "2021-05-11"),
                   factuality="Planned"),
    ]  # fmt: skip


def told_two() -> list:
    said = (Filler("attributedTo", AGENCY, TWO.span("قتل"), "test"),)
    return [
        TWO.report("Death", "قتل", {"victimCount": [8], "agent": [REBELS], "place": [PORT]}, EVE, attribution=said),
        TWO.report("Attack", "القصف", ATTACK, factuality="Denied"),
        TWO.report("Condemnation", "دان", {"speaker": [HEAD], "target": [REBELS]}, ("2021-05-11", "2021-05-11")),
        TWO.report("Meeting", "التقى", {"participant": [HEAD, ENVOY], "place": [PORT]}),
    ]


@pytest.fixture(scope="module")
def store() -> ox.Store:
    builder = Builder()
    builder.add(ONE.article, told_one())
    builder.add(TWO.article, told_two())
    store = ox.Store()
    store.extend(builder.quads())
    return store


def event(store: ox.Store, pattern: str) -> str:
    (row,) = store.query(f"SELECT ?e {{ ?e {pattern} }}", prefixes={"nev": NEV})
    return row["e"].value


def line(text: Text, number: int) -> str:
    return text.text.split("\n")[number]


def at(trigger: str) -> str:
    """Where a trigger stands in the second document."""
    return str(TWO.span(trigger).start)


Rows = list[tuple[str, ...]]
EXPECTED: dict[str, tuple[Mapping[str, str], Rows]] = {
    "accepted-resignations": ({}, [("كريم الحداد", "سمر نجيب", "وزارة المالية", "2021-05-10")]),
    "decree-regions": ({}, [
        ("StateOfEmergency", "كريم الحداد", "الجنوب الأدنى", "2021-05-10", "2021-05-20", "imposed"),
        ("StateOfEmergency", "كريم الحداد", "الشمال الأعلى", "2021-05-10", "2021-05-20", "imposed"),
    ]),
    "price-changes": ({}, [("سعر الخبز", "rise", "2", "3", "JOD", "kilogram", "1.5", "")]),
    "price-series": ({"commodity": "الخبز"}, [("", "سعر الخبز", "rise", "2", "3", "", "JOD", "one")]),
    "document-timeline": ({"id": "two"}, [
        ("2021-05-09", "2021-05-09", "Death", "Actual", line(TWO, 0), at("قتل")),
        ("2021-05-11", "2021-05-11", "Condemnation", "Actual", line(TWO, 1), at("دان")),
        ("2021-05-11", "2021-05-11", "Meeting", "Actual", line(TWO, 2), at("التقى")),
        ("", "", "Attack", "Denied", line(TWO, 1), at("القصف")),
    ]),
    "about-person": ({"person": "سمر"}, [
        ("سمر نجيب", "resigner", "Resignation", "2021-05-10", "Actual", line(ONE, 0), "one"),
    ]),
    "place-timeline": ({"place": "الشمال"}, [
        ("2021-05-10", "2021-05-20", "StateOfEmergency", "الشمال الأعلى", "Actual", "StateOfEmergency"),
    ]),
    "type-timeline": ({"type": "nev:Condemnation"}, [("2021-05-11", "2021-05-11", "Actual", "", "", "Condemnation")]),
    "emergencies-in-force": ({"date": "2021-05-20"}, [
        ("StateOfEmergency", "الجنوب الأدنى", "كريم الحداد", "2021-05-10", "2021-05-20"),
        ("StateOfEmergency", "الشمال الأعلى", "كريم الحداد", "2021-05-10", "2021-05-20"),
    ]),
    "casualties": ({}, [("Death", "مرفأ الزهراء", "2021-05-09", "5", "8", "8", "2", "Death")]),
    "contradictions": ({}, [
        ("Death", "victimCount", "8", "true", "two"), ("Death", "victimCount", "5", "false", "one"),
        ("Meeting", "factuality", NEV + "Actual", "true", "two"),
        ("Meeting", "factuality", NEV + "Planned", "false", "one"),
    ]),
    "who-said-what": ({}, [("كريم الحداد", "Condemnation", "جيش الفجر", "", "2021-05-11")]),
    "who-met-whom": ({}, [("كريم الحداد", "جون فيلد", "1")]),
    "causes": ({}, [("Death", "Attack", "Death", "Attack")]),
    "positions": ({}, [("سمر نجيب", "وزارة المالية", "Resignation", "2021-05-10", "Actual")]),
    "most-linked": ({}, [
        ("جيش الفجر", "Organization", "4"), ("كريم الحداد", "Person", "4"), ("مرفأ الزهراء", "Place", "4"),
        ("الجنوب الأدنى", "Place", "1"), ("الشمال الأعلى", "Place", "1"), ("جون فيلد", "Person", "1"),
        ("سمر نجيب", "Person", "1"), ("وكالة المدى", "Organization", "1"),
    ]),
    "unlinked-names": ({}, [
        ("جيش الفجر", "Organization", "4"), ("مرفأ الزهراء", "Place", "4"), ("الجنوب الأدنى", "Place", "1"),
        ("الشمال الأعلى", "Place", "1"), ("جون فيلد", "Person", "1"), ("سمر نجيب", "Person", "1"),
        ("وكالة المدى", "Organization", "1"),
    ]),
    "documents": ({}, [("one", "يوم طويل", "2021-05-10", "6"), ("two", "", "2021-05-11", "4")]),
    "sources-named": ({}, [("وكالة المدى", "1")]),
    "denials": ({}, [("Attack", "Denied", "", line(TWO, 1), "two")]),
    "planned": ({}, []),
}  # fmt: skip


def short(value: str) -> str:
    """An event's IRI by its type, because its hash is nobody's expectation."""
    return value.rsplit("/", 1)[-1].rpartition("-")[0] if "/event/" in value else value


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_question(name: str, store: ox.Store) -> None:
    params, rows = EXPECTED[name]
    assert [tuple(map(short, row)) for row in run_query(name, store, params).values()] == rows


def test_planned_is_what_nothing_later_told_as_done() -> None:
    builder = Builder()
    builder.add(ONE.article, told_one())
    store = ox.Store()
    store.extend(builder.quads())
    assert run_query("planned", store).values() == [("2021-05-11", "Meeting", line(ONE, 4), "one")]


def test_evidence_of_one_event(store: ox.Store) -> None:
    table = run_query("event-evidence", store, {"event": event(store, "a nev:Death")})
    assert table.columns == ("id", "headline", "published", "from", "to", "sentence")
    start = ONE.text.index(line(ONE, 3))
    assert table.values() == [
        ("one", "يوم طويل", "2021-05-10", str(start), str(start + len(line(ONE, 3))), line(ONE, 3)),
        ("two", "", "2021-05-11", "0", str(len(line(TWO, 0))), line(TWO, 0)),
    ]


def test_every_bundled_question_is_tested_and_has_a_heading() -> None:
    questions = bundled()
    assert {q.name for q in questions} == {*EXPECTED, "event-evidence"}
    assert len(questions) >= 22
    for question in questions:
        assert question.title and not question.title.startswith("PREFIX")
        assert question.text.splitlines()[1].startswith("# parameters: ")
        given = EXPECTED.get(question.name, ({"event": ""}, []))[0]
        assert question.needed == set(given)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_no_question_answers_without_a_graph(name: str) -> None:
    assert run_query(name, ox.Store(), EXPECTED[name][0]).values() == []


# --- the runner


def test_parameters_are_terms_and_never_text(store: ox.Store) -> None:
    nasty = 'x") } ; DROP ALL ; SELECT * { ?s ?p ?o FILTER(STR(?s) != "'
    assert run_query("about-person", store, {"person": nasty}).values() == []
    with pytest.raises(OptionError, match="not an IRI"):
        run_query("event-evidence", store, {"event": "<http://x y> } DROP ALL {"})
    assert len(store) > 100


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("nev:Death", ox.NamedNode(NEV + "Death")),
        ("<http://e.org/x>", ox.NamedNode("http://e.org/x")),
        ("2021-05-10", ox.Literal("2021-05-10", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))),
        ("12", ox.Literal("12", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))),
        ('"نص"@ar', ox.Literal("نص", language="ar")),
        ("كلام: هنا", ox.Literal("كلام: هنا")),
        ("foo:bar", ox.Literal("foo:bar")),
    ],
)
def test_a_parameter_s_kind_is_seen_in_its_writing(value: str, term: object) -> None:
    same = Query("same", "", "value (anything)", "SELECT ?value ?s WHERE { ?s ?p ?o FILTER(SAMETERM(?o, ?value)) }")
    store = ox.Store()
    place = ox.NamedNode("http://e.org/s")
    store.add(ox.Quad(place, place, term))  # type: ignore[arg-type]
    store.add(ox.Quad(ox.NamedNode("http://e.org/other"), place, ox.Literal("other")))
    assert run_query(same, store, {"value": value}).values() == [("http://e.org/s",)]


def test_missing_and_unknown_parameters_are_named(store: ox.Store) -> None:
    with pytest.raises(OptionError, match=r"about-person: needs person; known: person \(words of the name\)"):
        run_query("about-person", store)
    with pytest.raises(OptionError, match="causes: no parameter colour; known: none"):
        run_query("causes", store, {"colour": "red"})


def test_formats(store: ox.Store) -> None:
    table = run_query("sources-named", store)
    assert table.csv() == "source,events\r\nوكالة المدى,1\r\n"
    assert json.loads(table.json()) == {
        "head": {"vars": ["source", "events"]},
        "results": {"bindings": [{
            "source": {"type": "literal", "value": "وكالة المدى", "xml:lang": "ar"},
            "events": {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
        }]},
    }  # fmt: skip


def test_ask_and_construct_are_tables_too(store: ox.Store) -> None:
    ask = Query("q", "", "", f"ASK {{ ?e a <{NEV}Death> }}")
    assert run_query(ask, store).values() == [("true",)]
    made = Query("q", "", "", f"CONSTRUCT {{ ?e a <{NEV}Death> }} WHERE {{ ?e a <{NEV}Death> }}")
    assert [row[2] for row in run_query(made, store).values()] == [NEV + "Death"]


def test_unknown_names_and_bad_sparql_are_one_clear_line(tmp_path, store: ox.Store) -> None:
    with pytest.raises(OptionError, match="no-such: neither a file nor a bundled query; known are about-person, "):
        find("no-such")
    bad = tmp_path / "bad.rq"
    bad.write_text("# Bad\n# parameters: none\nSELECT WHERE")
    with pytest.raises(InputError, match="bad: not SPARQL"):
        run_query(str(bad), store)
    with pytest.raises(InputError, match="cannot be read"):
        find(str(tmp_path))


def test_another_graph_gives_another_table() -> None:
    builder = Builder()
    first, *rest = told_one()
    builder.add(ONE.article, [replace(first, fillers=first.fillers[:1]), *rest])
    store = ox.Store()
    store.extend(builder.quads())
    assert run_query("accepted-resignations", store).values() == []
