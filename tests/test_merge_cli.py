"""`build --into`, `forget`, `why` and the lists, as commands over files and stores."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg_builder.cli import run
from kg_builder.errors import ExitCode

FIRST = {
    "id": "one",
    "source": "left",
    "date": "2021-03-03",
    "text": "استقال وزير المالية كريم الحداد من منصبه يوم الثلاثاء. وقتل خمسة أشخاص في انفجار وقع في النور.",
}
SECOND = {
    "id": "two",
    "source": "right",
    "date": "2021-03-03",
    "text": "أعلن كريم الحداد استقالته من منصب وزير المالية الثلاثاء. وقتل 7 أشخاص في انفجار في النور يوم الاثنين.",
}
ANEW = {**SECOND, "text": "عين كريم الحداد رئيسا للوزراء."}
BARE = "--reproducible"


def put(path: Path, *rows: dict[str, str]) -> str:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return str(path)


def told(*command: object) -> None:
    assert run([str(part) for part in command]) == ExitCode.OK


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Graphs built from scratch: of the first document, of both, and of both with the second anew."""
    place = tmp_path_factory.mktemp("graphs")
    for name, rows in (("first", (FIRST,)), ("both", (FIRST, SECOND)), ("anew", (FIRST, ANEW))):
        told("build", put(place / f"{name}.jsonl", *rows), "-o", place / f"{name}.nq", BARE)
    put(place / "second.jsonl", SECOND)
    put(place / "new.jsonl", ANEW)
    return place


def lines(path: Path) -> list[bytes]:
    return sorted(path.read_bytes().splitlines())


def test_documents_come_change_and_go_as_if_built_at_once(folder: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph.nq"
    told("build", folder / "second.jsonl", "--into", graph, BARE)
    told("build", folder / "first.jsonl", "--into", graph, BARE)
    assert lines(graph) == lines(folder / "both.nq")
    told("build", folder / "new.jsonl", "--into", graph, BARE)
    assert lines(graph) == lines(folder / "anew.nq")
    told("forget", "two", "--from", graph)
    assert lines(graph) == lines(folder / "first.nq")


def test_a_store_goes_on_too(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    told("build", folder / "both.jsonl", "--into", store, BARE)
    told("build", folder / "new.jsonl", "--into", store, BARE)
    assert sorted(map(str, ox.Store.read_only(str(store)))) == sorted(map(str, ox.parse(path=str(folder / "anew.nq"))))
    told("forget", "two", "--from", store)
    assert sorted(map(str, ox.Store.read_only(str(store)))) == sorted(map(str, ox.parse(path=str(folder / "first.nq"))))


def test_why_shows_reports_sentences_and_reasons_and_how_to_part_them(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told("why", "Death", "--graph", folder / "both.nq")
    shown = capsys.readouterr().out
    assert FIRST["text"].partition(". ")[2] in shown
    assert SECOND["text"].partition(". ")[2] in shown
    for words in ("one  left  2021-03-03", "two  right", "reports 1 and 2 are one, score", "similar words"):
        assert words in shown
    pair = [line.split()[-1] for line in shown.splitlines() if "/Death-" in line and "http" not in line]
    (tmp_path / "apart.tsv").write_text("\t".join(pair), encoding="utf-8")
    apart = tmp_path / "apart.nq"
    told("build", folder / "both.jsonl", "-o", apart, BARE, "--must-not-merge", tmp_path / "apart.tsv")
    assert run(["why", "Death", "--graph", str(apart)]) == ExitCode.USAGE
    assert "Death: means several events" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        (["why", "Nothing", "--graph", "both.nq"], "Nothing: no such event in"),
        (["forget", "nobody", "--from", "both.nq"], "nobody: no such document in"),
        (["forget", "one", "--from", "nowhere.nq"], "no such file"),
        (["build", "first.jsonl", "--into", "graph.ttl"], "holds no graphs of documents; known are .nq .trig .jsonld"),
        (["build", "first.jsonl", "--into", "both.nq", "-o", "a.jsonl"], "plain records are made of texts"),
        (["build", "first.jsonl", "--into", "both.nq", "--base", "https://example.org/"], "give --base https://w3id"),
        (["build", "first.jsonl", "-o", "a.nq", "--same-as", "first.jsonl"], "first.jsonl:1: not two names"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    folder: Path,
    command: list[str],
    complaint: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(folder)
    before = (folder / "both.nq").read_bytes()
    assert run(command) != ExitCode.OK
    assert complaint in capsys.readouterr().err
    assert (folder / "both.nq").read_bytes() == before


def test_a_graph_tells_of_its_run_unless_it_is_to_be_reproducible(folder: Path, tmp_path: Path) -> None:
    timed = tmp_path / "timed.nq"
    told("build", folder / "both.jsonl", "-o", timed)
    extra = set(lines(timed)) - set(lines(folder / "both.nq"))
    assert set(lines(folder / "both.nq")) < set(lines(timed))
    names = {line.split()[1].decode().strip("<>").replace("/", "#").rpartition("#")[2] for line in extra}
    assert names == {"type", "version", "lexicon", "options", "startedAtTime", "used"}


@pytest.mark.parametrize("command", ["link", "forget"])
def test_who_changes_a_graph_leaves_what_it_says_of_its_runs(folder: Path, tmp_path: Path, command: str) -> None:
    timed, later = tmp_path / "timed.nq", tmp_path / "later.nq"
    told("build", folder / "both.jsonl", "-o", timed)
    if command == "link":
        told("link", timed, "-o", later)
    else:
        later.write_bytes(timed.read_bytes())
        told("forget", "two", "--from", later)
    before, after = ({line for line in lines(path) if b"/run/" in line} for path in (timed, later))
    used = {line for line in before if b"ns/prov#used" in line}
    assert len(used) == 2
    assert before - used == after - {line for line in after if b"ns/prov#used" in line} != set()
    assert len(after & used) == (2 if command == "link" else 1)
