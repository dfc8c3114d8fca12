"""The article of the demo, whole: its headline facts, its evidence, and that three copies of it are as good as one."""

from __future__ import annotations

import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg_builder.cli import run
from kg_builder.errors import ExitCode

NEV = "https://w3id.org/news-event#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
PREFIX = f"PREFIX nev: <{NEV}> PREFIX nif: <{NIF}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
COPIES = 3
ROOT = Path(__file__).parent.parent


def built(article: Path, out: Path) -> Path:
    assert run(["build", str(article), "--date", "2022-01-05", "--reproducible", "-o", str(out)]) == ExitCode.OK
    return out


@pytest.fixture(scope="module")
def turtle(almaty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(almaty, tmp_path_factory.mktemp("almaty") / "almaty.ttl")


@pytest.fixture(scope="module")
def graph(turtle: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=str(turtle), format=ox.RdfFormat.TURTLE)
    return store


def rows(graph: ox.Store, where: str, names: str) -> set[tuple[str, ...]]:
    """The distinct answers of a one-line question, as plain text."""
    found = graph.query(f"{PREFIX}SELECT DISTINCT {names} WHERE {{ {where} }}")
    return {tuple(value.value for value in row) for row in found}  # type: ignore[union-attr]


# --- headlines


def test_who_accepts_which_resignation(graph: ox.Store) -> None:
    where = "?p nev:accepts ?r . ?r a nev:Resignation ; nev:resigner [ rdfs:label ?government ] . ?p rdfs:label ?who"
    assert rows(graph, where, "?who ?government") == {("قاسم جومارت توكاييف", "الحكومة")}


def test_which_regions_the_emergency_covers(graph: ox.Store) -> None:
    where = "?d a nev:StateOfEmergency ; nev:covers [ rdfs:label ?region ]"
    assert rows(graph, where, "?region") == {("مانغيستاو",), ("نور سلطان",), ("ألماتي",)}


def test_from_when_to_when_the_emergency_lasts(graph: ox.Store) -> None:
    where = "?d nev:covers ?region ; nev:begin ?begin ; nev:end ?end"
    assert rows(graph, where, "?begin ?end") == {("2022-01-05", "2022-01-19")}


def test_from_what_to_what_the_price_changes(graph: ox.Store) -> None:
    where = (
        "?change nev:changesFrom [ nev:value ?a ; nev:currency ?c ; nev:per ?per ] ; "
        "nev:changesTo [ nev:value ?b ; nev:currency ?c ; nev:per ?per ]"
    )
    found = {(Decimal(a), Decimal(b), c, per) for a, b, c, per in rows(graph, where, "?a ?b ?c ?per")}
    assert found == {
        (Decimal(60), Decimal(120), "KZT", "litre"),
        (Decimal("0.12"), Decimal("0.24"), "EUR", "litre"),
    }


def test_each_headline_is_there_once(graph: ox.Store) -> None:
    for kind, role in (("Resignation", "acceptedBy"), ("StateOfEmergency", "covers"), ("PriceChange", "changesFrom")):
        assert len(rows(graph, f"?e a nev:{kind} ; nev:{role} ?x", "?e")) == 1, kind


# --- evidence


def test_every_evidence_and_trigger_is_what_stands_in_the_article(graph: ox.Store, almaty: Path) -> None:
    text = almaty.read_bytes().decode()
    cited = rows(graph, "?x nev:evidence|nev:trigger ?span", "?span")
    where = "?span nif:beginIndex ?begin ; nif:endIndex ?end ; nif:anchorOf ?words"
    spans = rows(graph, where, "?span ?begin ?end ?words")
    assert len(cited) > 20
    assert cited <= {(span,) for span, *_ in spans}
    assert [span for span, begin, end, words in spans if text[int(begin) : int(end)] != words] == []


def test_every_event_has_a_trigger_and_every_copy_as_evidence(graph: ox.Store) -> None:
    for (event,) in rows(graph, "?event nev:report ?report", "?event"):
        assert rows(graph, f"<{event}> nev:trigger ?span", "?span"), event
        assert len(rows(graph, f"<{event}> nev:evidence ?span", "?span")) % COPIES == 0, event


# --- copies


def facts(path: Path) -> set[ox.Quad]:
    """What a graph says but for the sentences it cites as evidence."""
    told = set(ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS))
    evidence = {quad.object for quad in told if quad.predicate.value == NEV + "evidence"}
    return {quad for quad in told if not {quad.subject, quad.object} & evidence}


def test_three_copies_say_what_one_says(almaty: Path, tmp_path: Path) -> None:
    lines = almaty.read_text(encoding="utf-8").splitlines(keepends=True)
    one = tmp_path / "article.txt"
    one.write_text("".join(lines[: len(lines) // COPIES]), encoding="utf-8")
    assert [line.strip() for line in lines] == [line.strip() for line in lines[: len(lines) // COPIES]] * COPIES
    of_one, of_three = (facts(built(path, tmp_path / f"{path.parent.name}.nq")) for path in (one, almaty))
    assert len(of_one) > 200
    assert of_one ^ of_three == set()


# --- other readers


def test_the_graph_conforms(turtle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", str(turtle)]) == ExitCode.OK
    assert capsys.readouterr().out.endswith("conforms\n")


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper is not installed")
def test_rapper_reads_as_many_triples(turtle: Path, graph: ox.Store) -> None:
    command = ["rapper", "-q", "-i", "turtle", "-o", "ntriples", str(turtle)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr, len(set(done.stdout.splitlines()))) == (0, "", len(graph))


# --- the README


def readme() -> list[str]:
    return [line.strip() for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()]


def test_the_questions_of_the_readme_have_answers(graph: ox.Store) -> None:
    questions = [line for line in readme() if line.startswith("SELECT ")]
    assert len(questions) == 3
    for question in questions:
        assert list(graph.query(PREFIX + question)), question  # type: ignore[arg-type]


def test_the_table_of_the_readme_is_what_comes_out(turtle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "price-changes", str(turtle)]) == ExitCode.OK
    real = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    start = next(i for i, line in enumerate(readme()) if line.startswith("commodity "))
    shown = [re.split(r" {2,}", line) for line in readme()[start : start + 1 + len(real)] if "──" not in line]
    assert shown == real


def test_the_lines_of_the_readme_are_what_comes_out(turtle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", str(turtle)]) == ExitCode.OK
    real = set(capsys.readouterr().out.splitlines()) | {line.strip() for line in turtle.read_text().splitlines()}
    shown = [line for line in readme() if line.startswith(("├──", "└──", "nev:", "prov:", "<event/"))]
    shown = [line for line in shown if "lex:" not in line and "…" not in line.partition("char=")[2]]
    assert len(shown) > 15
    assert [line for line in shown if line not in real] == []
