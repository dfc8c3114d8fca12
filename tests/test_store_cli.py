"""Stores on the command line: build and push write to them, query, show and validate ask them."""

from __future__ import annotations

from pathlib import Path

import pytest
from servers import Server
from test_cli import put, said

from kg_builder.errors import ExitCode
from kg_builder.store import open_store

TRIG = """
@prefix e: <https://example.org/data/> .
@prefix nev: <https://w3id.org/news-event#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
e:salma a nev:Person ; rdfs:label "سلمى"@ar .
e:doc { e:doc a nev:NewsArticle ; <https://schema.org/identifier> "doc" . }
"""
BAD = """
@prefix e: <https://example.org/data/> .
@prefix nev: <https://w3id.org/news-event#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
e:doc { e:report a nev:Report ; nev:eventType nev:Protest ; nev:factuality nev:Real ; nev:evidence e:sentence .
        e:sentence a nif:Sentence ; nif:anchorOf "تظاهر العشرات"@ar . }
"""
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


@pytest.fixture(params=["folder", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "folder":
        return str(tmp_path / "db")
    server = request.getfixturevalue("oxigraph")
    assert isinstance(server, Server)
    with open_store(server.url) as store:
        for name in store.counts():
            store.delete(name)
    return server.url


def test_push_and_ask(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    graph, question = put(tmp_path / "g.trig", TRIG), put(tmp_path / "q.rq", COUNT)
    code, _, lines = said(capsys, "push", graph, "--store", place)
    assert (code, lines) == (ExitCode.OK, [f"{place}: 2 graphs written, 4 triples in all"])
    assert said(capsys, "query", question, "--store", place)[:2] == (ExitCode.OK, "n\n2\n")
    assert said(capsys, "validate", "--store", place)[:2] == (ExitCode.OK, f"{place}: conforms\n")
    assert said(capsys, "show", "--store", place)[0] == ExitCode.OK


def test_the_environment_names_the_store_to_ask(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(capsys, "push", put(tmp_path / "g.trig", TRIG), "--store", place)
    monkeypatch.setenv("KG_BUILDER_STORE", place)
    assert said(capsys, "query", put(tmp_path / "q.rq", COUNT))[:2] == (ExitCode.OK, "n\n2\n")
    empty = put(tmp_path / "empty.nt", "")
    assert said(capsys, "query", put(tmp_path / "q.rq", COUNT), empty)[:2] == (ExitCode.OK, "n\n0\n")


def test_build_to_a_store_and_to_a_file(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    news = put(tmp_path / "news.txt", "استقال الوزير سالم النجار يوم الأحد.")
    code, _, _ = said(capsys, "build", news, "--store", place, "-o", tmp_path / "g.nq")
    assert code == ExitCode.OK
    with open_store(place, read_only=True) as store, open_store(str(tmp_path / "g.nq"), read_only=True) as written:
        assert set(store.quads()) == set(written.quads()) != set()


def test_violations_name_the_sentence_in_both_languages(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "push", put(tmp_path / "g.trig", BAD), "--store", place)
    code, out, lines = said(capsys, "validate", "--store", place, "--report", tmp_path / "report.ttl")
    assert code == ExitCode.INVALID_GRAPH
    told = out.splitlines()
    at = next(i for i, line in enumerate(told) if line.startswith("factuality: "))
    assert told[at + 1].startswith("    درجة الوقوع: ")
    assert all("<https://w3id.org/news-event#Real>" in line for line in told[at : at + 2])
    assert all("«تظاهر العشرات»" in line for line in told[at : at + 2])
    assert lines == [f"{place}: {len(told) // 2} violations of the shapes"]
    assert "sh:ValidationReport" in (tmp_path / "report.ttl").read_text(encoding="utf-8")


def test_nothing_to_ask(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for command in (["show"], ["validate"], ["query", put(tmp_path / "q.rq", COUNT)]):
        code, _, lines = said(capsys, *command)
        assert (code, lines) == (
            ExitCode.USAGE,
            ["no graph to ask: give a GRAPH, or --store with a folder or a server"],
        )


def test_a_report_that_cannot_be_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, lines = said(capsys, "validate", put(tmp_path / "g.trig", TRIG), "--report", "/proc/no/report.ttl")
    assert code == ExitCode.OUTPUT
    assert len(lines) == 1


def test_a_store_that_cannot_be_written_is_told_before_the_work(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, _, lines = said(capsys, "build", tmp_path / "no-such-news.txt", "--store", "/proc/no/db")
    assert code == ExitCode.OUTPUT
    assert lines[0].startswith("/proc/no/db: cannot be opened as a store")


def test_no_password_on_the_command_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    address = "http://reader:s3cret@127.0.0.1:1"
    code, out, lines = said(capsys, "push", put(tmp_path / "g.trig", TRIG), "--store", address)
    assert code == ExitCode.USAGE
    assert "s3cret" not in out + "".join(lines)


def test_push_says_while_it_waits_for_a_server(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg_builder.store.remote.server.FIRST_PATIENCE", 1.5)
    code, _, lines = said(capsys, "push", put(tmp_path / "g.trig", TRIG), "--store", "http://127.0.0.1:9")
    assert code == ExitCode.OUTPUT
    assert "Connection refused; asking again in" in lines[0]
    assert lines[-1] == "http://127.0.0.1:9/query: the server does not answer: Connection refused"
