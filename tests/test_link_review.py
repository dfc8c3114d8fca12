"""What people decide about links: sheets out and back, a reconciliation service, and what Wikidata lacks."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from handmade import Text, entity
from hypothesis import given, settings
from hypothesis import strategies as st
from wikidata_stand_in import Fault, StandIn

from kg_builder.cli import run
from kg_builder.errors import InputError
from kg_builder.graph import Builder
from kg_builder.link.decisions import Decision, Decisions, read, written
from kg_builder.link.online.cache import AnswerCache
from kg_builder.link.online.courier import Courier, Manners, Unavailable
from kg_builder.link.online.web import Web
from kg_builder.link.review import sheet
from kg_builder.link.review.met import Met, item_class, met
from kg_builder.link.review.quickstatements import Statements
from kg_builder.link.review.reconcile import Reconciler
from kg_builder.link.review.sheet import Candidate
from kg_builder.model import Entity, Report
from kg_builder.ontology import NEV
from kg_builder.ontology import load as load_ontology
from kg_builder.store import write

HEAD = entity("Person", "كريم الحداد", "الرئيس كريم الحداد", qid="Q900021")
POET = entity("Person", "عمر الساقي", "الشاعر")
PORT = entity("City", "مرفأ الزهراء", qid="Q900002")
CROWD = entity("Group", "المتظاهرون", generic=True)
ONE = Text(
    "توفي عمر الساقي في مرفأ الزهراء.\nوالتقى كريم الحداد المتظاهرين.",
    "one", "2021-05-10", url="https://one.example/1?a=b", source="الأولى", title='رحيل "شاعر" | اليوم',
)  # fmt: skip
TWO = Text("ونعت البلاد الشاعر عمر الساقي بعد وفاته في مرفأ الزهراء.", "two", "2021-05-11", url="https://two.example/2")
DAY = ("2021-05-10", "2021-05-10")


def told_one(factuality: str = "Actual") -> list[Report]:
    return [
        ONE.report("Death", "توفي", {"victim": [POET], "place": [PORT]}, DAY, factuality=factuality),
        ONE.report("Meeting", "التقى", {"participant": [HEAD, CROWD]}),
    ]


def told_two(day: tuple[str, str] = DAY) -> list[Report]:
    return [TWO.report("Death", "وفاته", {"victim": [POET], "place": [PORT]}, day)]


def graph(one: list[Report], two: list[Report]) -> ox.Store:
    builder = Builder()
    builder.add(ONE.article, one)
    builder.add(TWO.article, two)
    store = ox.Store()
    store.extend(builder.quads())
    return store


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return graph(told_one(), told_two())


# --- who is met in a graph


def test_entities_are_met_with_the_sentence_that_names_them(store: ox.Store) -> None:
    found = {m.name: m for m in met(store)}
    assert list(found) == ["عمر الساقي", "مرفأ الزهراء", "المتظاهرون", "كريم الحداد"]
    poet, head = found["عمر الساقي"], found["كريم الحداد"]
    assert poet == Met(poet.iri, "عمر الساقي", ("الشاعر",), "Person", "Person", None, (),
                       "توفي عمر الساقي في مرفأ الزهراء.", 2, 1)  # fmt: skip
    assert (head.qid, head.context) == ("Q900021", "والتقى كريم الحداد المتظاهرين.")
    assert (found["مرفأ الزهراء"].kind, found["مرفأ الزهراء"].family) == ("City", "Place")


def test_a_graph_without_documents_of_its_own_says_the_same(store: ox.Store) -> None:
    bare = ox.Store()
    bare.extend(quad for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    assert met(bare) == met(store)


# --- sheets


def test_a_sheet_shows_what_people_need_to_choose(store: ox.Store) -> None:
    head = next(m for m in met(store) if m.name == "كريم الحداد")
    text = sheet.written([(head, [Candidate("Q900021", "Karim al-Haddad", 0.987), Candidate("Q9", "K|H", 0.1)])])
    [row] = csv.DictReader(io.StringIO(text))
    assert row == {
        "name": "كريم الحداد", "other_names": "الرئيس كريم الحداد", "kind": "Person", "documents": "1", "events": "1",
        "context": "والتقى كريم الحداد المتظاهرين.", "chosen": "Q900021", "only_where": "", "entity": head.iri,
        "candidates": "Q900021 Karim al-Haddad 0.99 | Q9 K/H 0.10",
    }  # fmt: skip


def fill(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["name,chosen,only_where,note", *rows]), encoding="utf-8")
    return path


def test_what_people_chose_comes_back(tmp_path: Path) -> None:
    path = fill(tmp_path / "s.csv", "عمر,Q5,,x", "زيد,nil,في  القاهرة,", "ليلى,,,", "سلمى,http://www.wikidata.org/entity/Q7,,",
                '"a, b",wd:Q8,,')  # fmt: skip
    chosen = [("عمر", "", "Q5"), ("زيد", "في  القاهرة", None), ("سلمى", "", "Q7"), ("a, b", "", "Q8")]
    assert sheet.decisions(path) == [Decision(*each) for each in chosen]


def test_a_sheet_may_come_back_with_tabs_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "s.tsv"
    path.write_text("chosen\tname\nQ5\tعمر\n", encoding="utf-8-sig")
    assert sheet.decisions(path) == [Decision("عمر", "", "Q5")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,chosen\nx,Q5\ny,five\n", "s.csv:3: 'five' is neither a QID (Q232) nor NIL"),
        ("a,b\n", "s.csv: no column name, chosen; known are name, other_names, kind, "),
        ("", "s.csv: no column name, chosen; known are name, "),
        ('name,chosen\n"x,Q5\n', "s.csv: cannot be read as .csv: unexpected end of data"),
        (b"name,chosen\n\xff,Q5\n", "s.csv: cannot be read as .csv: 'utf-8' codec"),
        (None, "s.csv: No such file or directory"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_one_line(tmp_path: Path, text: str | bytes | None, message: str) -> None:
    path = tmp_path / "s.csv"
    if text is not None:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError) as caught:
        sheet.decisions(path)
    assert str(caught.value).removeprefix(f"{tmp_path}/").startswith(message)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\t=1", " =1", "\r=1", "'=1", "''-1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    [shown] = sheet.escaped([cell])
    assert shown.startswith("'") and sheet.plain(shown) == cell.strip()


@given(st.text())
def test_an_escaped_cell_comes_back(cell: str) -> None:
    [shown] = sheet.escaped([cell])
    assert shown[:1] not in set("=+-@＝＋－＠\t\r")
    assert sheet.plain(shown) == " ".join(cell.split())


NAMES = st.text(min_size=1).map(lambda text: " ".join(text.split())).filter(bool)


@settings(max_examples=40)
@given(NAMES, st.text(), st.none() | st.integers(1, 999).map("Q{}".format))
def test_a_choice_goes_from_sheet_to_sheet(
    tmp_path_factory: pytest.TempPathFactory, name: str, context: str, qid: str | None
) -> None:
    text = sheet.written([(Met("urn:x", name, (), "Person", "Person", qid, context=context), [])])
    path = tmp_path_factory.mktemp("sheets") / "s.csv"
    path.write_text(text, encoding="utf-8", newline="")
    assert sheet.decisions(path) == ([Decision(name, "", qid)] if qid else [])


# --- links.tsv


def test_decisions_are_written_in_order_each_once_and_read_back(tmp_path: Path) -> None:
    given_decisions = [Decision("ب", "", None), Decision("ا\tا", "في\nالقاهرة", "Q1"), Decision("ب", "", None)]
    path = tmp_path / "links.tsv"
    path.write_text("# by hand\n\n" + written(given_decisions), encoding="utf-8")
    assert written(given_decisions) == "ا ا\tفي القاهرة\tQ1\nب\t\tNIL\n"
    assert read(path) == [Decision("ا ا", "في القاهرة", "Q1"), Decision("ب", "", None)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("عمر\tQ5", "links.tsv:2: three columns are wanted: a name, words of its document or nothing, a QID or NIL"),
        ("\t\tQ5", "links.tsv:2: three columns are wanted"),
        ("عمر\t\tP5", "links.tsv:2: 'P5' is neither a QID (Q232) nor NIL"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "links.tsv"
    path.write_text(f"زيد\t\tNIL\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value).removeprefix(f"{tmp_path}/").startswith(message)


def test_the_longest_context_decides_and_spelling_does_not_matter() -> None:
    known = Decisions([Decision("عُمر الساقي", "", "Q1"), Decision("عمر الساقي", "في القاهرة", None),
                       Decision("ليلى", "تونس", "Q2")])  # fmt: skip
    assert known.decided("عمر الساقى", "قال عمر الساقي") == Decision("عُمر الساقي", "", "Q1")
    assert known.decided("عمر الساقي", "قال عمر في\n القاهرةِ") == Decision("عمر الساقي", "في القاهرة", None)
    assert known.decided("ليلى", "في بغداد") is None
    assert known.decided("زيد", "") is None


# --- a reconciliation service


@pytest.fixture
def service() -> Iterator[StandIn]:
    house = StandIn()
    yield house
    house.close()


def reconciler(service: StandIn, cache: Path) -> Reconciler:
    manners = Manners(timeout=2.0, interval=0.0, attempts=2, first_wait=0.01)
    return Reconciler(service.reconcile, Web("tests", manners.timeout), Courier(AnswerCache(cache), manners))


def test_names_get_their_candidates_in_batches(service: StandIn, tmp_path: Path) -> None:
    asked = [("الزهراء", None), ("لا أحد", None), ("كريم الحداد", "Q5"), ("كريم الحداد", "Q515")]
    town, hamlet = Candidate("Q900002", "Zahra Harbour", 0.7), Candidate("Q900003", "Zahra", 1.0)
    head = Candidate("Q900021", "Karim al-Haddad", 1.0)
    assert reconciler(service, tmp_path / "c").candidates(asked) == [[town, hamlet], [], [head], []]
    assert [(s.method, sorted(s.parameters)) for s in service.seen] == [
        ("GET", []),
        ("POST", ["queries"]),
        ("POST", ["queries"]),
    ]
    assert json.loads(service.seen[2].parameters["queries"]) == {
        "q0": {"query": "كريم الحداد", "limit": 5, "type": "Q5"},
        "q1": {"query": "كريم الحداد", "limit": 5, "type": "Q515"},
    }


def test_a_second_review_asks_nobody(service: StandIn, tmp_path: Path) -> None:
    first = reconciler(service, tmp_path / "c").candidates([("الزهراء", None)])
    service.close()
    assert reconciler(service, tmp_path / "c").candidates([("الزهراء", None)]) == first


@pytest.mark.parametrize(
    ("faults", "reason"),
    [
        ([Fault(404)], "HTTP 404 Not Found"),
        ([Fault(503)] * 2, "HTTP 503 Service Unavailable"),
        ([Fault(200, "<html>")] * 2, "malformed answer, JSONDecodeError: "),
        ([Fault(), *[Fault(200, '{"q1": {}}')] * 2], "malformed answer, KeyError: 'q0'"),
        ([Fault(200, '{"versions": ["9"]}')], "speaks version 9 of the protocol; known are 0.1, 0.2"),
        (
            [Fault(200, '{"versions": ["0.2"], "identifierSpace": "https://d-nb.info/gnd/"}')],
            "its identifiers are those of https://d-nb.info/gnd/, not of Wikidata",
        ),
    ],
)
def test_a_service_that_is_of_no_use_is_told(
    service: StandIn, tmp_path: Path, faults: list[Fault], reason: str
) -> None:
    service.faults += faults
    with pytest.raises(Unavailable) as caught:
        reconciler(service, tmp_path / "c").candidates([("الزهراء", None)])
    assert caught.value.place == service.reconcile
    assert caught.value.reason.startswith(reason)


def test_kinds_have_classes_of_wikidata() -> None:
    ontology = load_ontology()
    assert [item_class(ontology, kind) for kind in ("Person", "Organization", "City", "Nothing")] == [
        "Q5", "Q43229", "Q515", None,
    ]  # fmt: skip


# --- what Wikidata lacks

FIRST = 'S854\t"https://one.example/1?a=b"\tS577\t+2021-05-10T00:00:00Z/11\tS1476\tar:"رحيل \'شاعر\' / اليوم"'
SECOND = '!S854\t"https://two.example/2"\tS577\t+2021-05-11T00:00:00Z/11'
CREATED = ["CREATE", 'LAST\tLar\t"عمر الساقي"', f"LAST\tP31\tQ5\t{FIRST}\t{SECOND}"]
PLACE_AND_DAY = [f"LAST\tP20\tQ900002\t{FIRST}\t{SECOND}", f"LAST\tP570\t+2021-05-10T00:00:00Z/11\t{FIRST}\t{SECOND}"]


def lacking(store: ox.Store, known: str = "", **more: object) -> list[str]:
    ontology = load_ontology()
    writer = Statements(lambda kind: item_class(ontology, kind), lambda name: name == known, **more)  # type: ignore[arg-type]
    return writer.written(store, met(store)).splitlines()


def test_who_is_unknown_to_wikidata_is_created_with_references(store: ox.Store) -> None:
    assert lacking(store) == CREATED + PLACE_AND_DAY


def test_the_day_of_reading_is_told_when_it_is_known(store: ox.Store) -> None:
    read_on = "\tS813\t+2022-01-01T00:00:00Z/11"
    assert lacking(store, retrieved="2022-01-01")[2] == f"LAST\tP31\tQ5\t{FIRST}{read_on}\t{SECOND}{read_on}"


def test_who_may_be_known_is_not_created(store: ox.Store) -> None:
    assert lacking(store, known="عمر الساقي") == []


def test_what_too_few_report_is_left_out(store: ox.Store) -> None:
    assert lacking(store, support=3) == []


def known_person() -> ox.Store:
    known = entity("Person", "عمر الساقي", qid="Q42")
    one = [ONE.report("Death", "توفي", {"victim": [known], "place": [PORT]}, DAY)]
    two = [TWO.report("Death", "وفاته", {"victim": [known], "place": [PORT]}, DAY)]
    return graph(one, two)


def test_a_known_person_gets_statements_alone() -> None:
    assert lacking(known_person()) == [line.replace("LAST", "Q42") for line in PLACE_AND_DAY]


@pytest.mark.parametrize("factuality", ["Claimed", "Denied", "Planned", "Possible"])
def test_what_is_not_sure_is_left_out(factuality: str) -> None:
    assert lacking(graph(told_one(factuality), told_two())) == []
    for doubted in (graph(told_one(), told_two()), known_person()):
        doubt = f"INSERT {{ ?e nev:factuality nev:{factuality} }} WHERE {{ ?e a nev:Death }}"
        doubted.update(doubt, prefixes={"nev": NEV})
        assert lacking(doubted) == []


def test_a_day_that_reports_disagree_on_is_left_out() -> None:
    other_day = graph(told_one(), told_two(("2021-05-09", "2021-05-09")))
    said = [line.split("\t")[1] for line in lacking(other_day, support=1) if line.startswith("LAST")]
    assert said == ["Lar", "P31", "Lar", "P31", "P20"]  # the crowd of one document, and the poet


# --- commands


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[str]]:
    code = run([str(argument) for argument in arguments])
    return code, capsys.readouterr().err.splitlines()


def test_reviewed_sheets_become_decisions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    links = tmp_path / "links.tsv"
    links.write_text("عُمر\t\tQ1\nعمر\tفي القاهرة\tQ2\n", encoding="utf-8")
    one = fill(tmp_path / "1.csv", "عمر,NIL,,", "زيد,Q3,,")
    two = fill(tmp_path / "2.csv", "زيد,Q4,,", "ليلى,,,")
    assert told(capsys, "wikidata", "decide", one, two, "-o", links) == (
        0, [f"kg-builder: {links}: 3 decisions of 2 sheets, 3 in all"],
    )  # fmt: skip
    assert links.read_text(encoding="utf-8") == "زيد\t\tQ4\nعمر\t\tNIL\nعمر\tفي القاهرة\tQ2\n"


def test_a_sheet_that_fails_leaves_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, links = fill(tmp_path / "1.csv", "عمر,Q5,,"), tmp_path / "links.tsv"
    assert told(capsys, "wikidata", "decide", good, tmp_path / "no.csv", "-o", links) == (
        1,
        [f"kg-builder: {tmp_path}/no.csv: No such file or directory",
         f"kg-builder: {links}: 1 decisions of 1 sheets, 1 in all"],
    )  # fmt: skip
    before = links.read_text(encoding="utf-8")
    assert told(capsys, "wikidata", "decide", tmp_path / "no.csv", "-o", links)[0] == 3
    assert links.read_text(encoding="utf-8") == before


@pytest.fixture
def unlinked(tmp_path: Path) -> Path:
    builder = Builder()
    for text, reports in ((ONE, told_one()), (TWO, told_two())):
        builder.add(text.article, [without_links(report) for report in reports])
    return write(builder, tmp_path / "graph.trig")


def without_links(report: Report) -> Report:
    fillers = [
        replace(f, value=replace(f.value, qid=None)) if isinstance(f.value, Entity) else f for f in report.fillers
    ]
    return replace(report, fillers=tuple(fillers))


def test_people_review_the_names_of_a_graph_and_their_word_counts(
    unlinked: Path,
    service: StandIn,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KG_BUILDER_WIKIDATA_CACHE", str(tmp_path / "cache.sqlite"))
    review, links, again = tmp_path / "names.csv", tmp_path / "links.tsv", tmp_path / "again.ttl"
    assert told(capsys, "link", unlinked, "--review", review, "--reconcile", service.reconcile) == (
        0, [f"kg-builder: {review}: 4 names"],
    )  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(review.read_text(encoding="utf-8"))))
    assert {row["name"]: row["candidates"] for row in rows} == {
        "عمر الساقي": "", "المتظاهرون": "", "كريم الحداد": "Q900021 Karim al-Haddad 1.00", "مرفأ الزهراء": "",
    }  # fmt: skip
    for row in rows:
        row["chosen"] = {"عمر الساقي": "Q77", "المتظاهرون": "NIL"}.get(row["name"], "")
    with review.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert told(capsys, "wikidata", "decide", review, "-o", links)[0] == 0
    assert told(capsys, "link", unlinked, "--links", links, "-o", again)[0] == 0
    assert "skos:exactMatch wd:Q77" in again.read_text(encoding="utf-8")


def test_what_wikidata_lacks_is_written_from_a_graph(
    unlinked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "lacking.txt"
    asked = ["link", unlinked, "--quickstatements", target, "--retrieved"]
    assert told(capsys, *asked, "2022-01-01") == (0, [f"kg-builder: {target}: 7 commands"])
    lines = target.read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[:3] for line in lines] == [
        ["CREATE"], ["LAST", "Lar", '"عمر الساقي"'], ["LAST", "P31", "Q5"],
        ["LAST", "P570", "+2021-05-10T00:00:00Z/11"],
        ["CREATE"], ["LAST", "Lar", '"مرفأ الزهراء"'], ["LAST", "P31", "Q515"],
    ]  # fmt: skip
    assert told(capsys, *asked, "soon")[0] == 2
    assert told(capsys, *asked, "2022-01-01", "--support", "1") == (
        2, ["kg-builder: --support 1: what one source alone says is not for Wikidata; 2 or more are wanted"],
    )  # fmt: skip
