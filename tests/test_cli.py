"""The command line: what it prints, where, and with which exit code. Nothing a user does gives a traceback."""

from __future__ import annotations

import gzip
import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg_builder.cli import run
from kg_builder.errors import ExitCode

TEXT = "قدم وزير النقل استقالته إلى رئيس الوزراء يوم الاثنين."
NEV = "https://w3id.org/news-event#"
ROOT = Path(__file__).parent.parent


def put(path: Path, data: str | bytes) -> str:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, list[str]]:
    """Exit code, standard output, and the lines on stderr without the program's name."""
    code = run([str(a) for a in arguments])
    streams = capsys.readouterr()
    assert "Traceback" not in streams.err
    lines = streams.err.splitlines()
    assert all(line.startswith("kg-builder: ") for line in lines), lines
    return code, streams.out, [line.removeprefix("kg-builder: ") for line in lines]


@pytest.fixture
def news(tmp_path: Path) -> str:
    return put(tmp_path / "news.txt", TEXT)


# --- start


def test_help_comes_at_once() -> None:
    """In half a second of work; time spent waiting for other programs does not count."""

    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "kg_builder", "--help"], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(3)) < 0.5


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from kg_builder.cli import run; run(['--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert {"spacy", "rdflib", "camel_tools", "numpy"} & set(done.stdout.split()) == set()


# --- mistakes


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--date", "soon"], "--date: 'soon' is no date (known: 2022-01-05, "),
        (["--prefer-dates", "never"], "--prefer-dates never: known are past, future"),
        (["--format", "pdf"], "--format pdf: known are txt, jsonl, csv, feed, html, warc"),
        (["--encoding", "klingon"], "--encoding klingon: unknown; known are utf-8, "),
        (["--encoding", "base64"], "--encoding base64: unknown; known are utf-8, "),
        (["--column", "body"], "--column body: write FIELD=NAME, where FIELD is one of id, title, "),
        (["--column", "body=text"], "--column body=text: write FIELD=NAME, where FIELD is one of id, title, "),
        (["--base", "not an iri"], "--base not an iri: not an absolute IRI"),
        (["--ontology", "/no/such/folder"], "/no/such/folder: no such ontology folder"),
        (["--nonsense"], "No such option: --nonsense (see kg-builder build --help)"),
    ],
)
def test_unknown_values(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, news: str, options: list[str], message: str
) -> None:
    code, out, lines = said(capsys, "build", news, "-o", tmp_path / "a.ttl", *options)
    assert (code, out, len(lines)) == (ExitCode.USAGE, "", 1)
    assert lines[0].startswith(message)
    assert not (tmp_path / "a.ttl").exists()


def test_no_such_command(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, lines = said(capsys, "bild")
    assert code == ExitCode.USAGE
    assert lines[0].startswith("No such command 'bild'")


def test_no_output_named(capsys: pytest.CaptureFixture[str], news: str) -> None:
    code, _, lines = said(capsys, "build", news)
    message = "nowhere to write: give -o FILE, or --store or --into with a folder or a server"
    assert (code, lines) == (ExitCode.USAGE, [message])


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("a.xyz", "a.xyz: unknown format .xyz; known are .ttl .trig .nq .nt .jsonld .rdf .jsonl"),
        ("a", "a: unknown format without suffix; known are .ttl"),
        ("news.txt/a.ttl", "news.txt/a.ttl: cannot be written"),
    ],
)
def test_outputs_that_cannot_be(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, news: str, target: str, message: str
) -> None:
    code, _, lines = said(capsys, "build", news, "-o", tmp_path / target)
    assert (code, len(lines)) == (ExitCode.OUTPUT, 1)
    assert lines[0].startswith(f"{tmp_path}/{message}")


def test_no_permission_to_write(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, news: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    code, _, lines = said(capsys, "build", news, "-o", tmp_path / "a.ttl")
    assert (code, lines) == (
        ExitCode.OUTPUT,
        [f"{tmp_path}/a.ttl: cannot be written, no permission in {tmp_path}"],
    )


# --- bad inputs


BAD: dict[str, tuple[str, str | bytes, str]] = {
    "empty": ("a.txt", "", "a.txt: empty file"),
    "binary": ("a.txt", b"%PDF-1.4\n%\xe2\xe3", "a.txt: a binary file (PDF), not text"),
    "no Arabic": ("a.txt", "Nothing but English.", "a.txt: no Arabic in it"),
    "wrong encoding": ("a.txt", bytes(range(0x80, 0xC0)), "a.txt: neither UTF-8 nor another encoding that fits (kn"),
    "NUL bytes": ("a.txt", TEXT + "\0", f"a.txt: `text` has U+0000 at {len(TEXT)}, which no text may hold"),
    "truncated gzip": (
        "a.txt.gz",
        gzip.compress(TEXT.encode())[:-12],
        "a.txt.gz: compressed data is cut off or broken (",
    ),
    "broken JSON": ("a.jsonl", '{"text": \n', "a.jsonl:1: broken JSON at column 9: Expecting value"),
    "bad date": ("a.jsonl", json.dumps({"text": TEXT, "date": "1/2"}), "a.jsonl:1: `date`: '1/2' is no date (known: "),
    "CSV without the column": ("a.csv", "id,body\n1,x\n", "a.csv: no column `text`; columns: id, body (name one with"),
    "unknown kind": ("a.docx", "x", "a.docx: unknown kind of file (.docx); known: .txt .jsonl"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_input_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path, case: str) -> None:
    name, data, message = BAD[case]
    code, out, lines = said(capsys, "build", put(tmp_path / name, data), "-o", tmp_path / "out.ttl")
    assert (code, out) == (ExitCode.NO_INPUT, "")
    assert lines[0].startswith(f"{tmp_path}/{message}")
    assert lines[1:] == ["no document could be read, so nothing was written"]
    assert not (tmp_path / "out.ttl").exists()


def test_a_missing_input(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, lines = said(capsys, "build", tmp_path / "no.txt", "-o", tmp_path / "out.ttl")
    assert (code, lines[0]) == (ExitCode.NO_INPUT, f"{tmp_path}/no.txt: no such file")


def test_a_line_of_200_megabytes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        for _ in range(200):
            file.write("خبر ".encode() * 150_000)
    code, _, lines = said(capsys, "build", path, "-o", tmp_path / "out.ttl")
    path.unlink()
    assert (code, lines[0]) == (ExitCode.NO_INPUT, f"{path}: one document of more than 16 MiB")


def test_the_rest_goes_on(capsys: pytest.CaptureFixture[str], tmp_path: Path, news: str) -> None:
    bad = [put(tmp_path / f"{i}{name}", data) for i, (name, data, _) in enumerate(BAD.values())]
    code, out, lines = said(capsys, "build", *bad, news, "-o", tmp_path / "out.nq")
    assert (code, out, len(lines)) == (ExitCode.SOME_INPUT_FAILED, "", len(BAD))
    graph = list(ox.parse(path=str(tmp_path / "out.nq"), format=ox.RdfFormat.N_QUADS))
    documents = {q.object.value for q in graph if q.predicate.value == "https://schema.org/identifier"}
    assert documents == {"news"}


def test_a_document_that_breaks_a_stage(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg_builder.pipeline import Pipeline

    whole = Pipeline.reports

    def break_on_first(self: Pipeline, doc: object) -> object:
        if "الأول" in doc.text:  # type: ignore[attr-defined]
            raise KeyError("xyz")
        return whole(self, doc)  # type: ignore[arg-type]

    monkeypatch.setattr(Pipeline, "reports", break_on_first)
    rows = [{"id": "one", "text": "الخبر الأول."}, {"id": "two", "text": TEXT}]
    path = put(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)))
    code, _, lines = said(capsys, "build", path, "-o", tmp_path / "out.nq")
    assert (code, len(lines)) == (ExitCode.SOME_INPUT_FAILED, 1)
    assert lines[0].startswith("one: left out, a stage failed on it: KeyError: 'xyz' (")


def test_a_graph_that_breaks_its_shapes_is_not_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, news: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg_builder.graph import Builder

    event, kind = ox.NamedNode("https://example.org/e"), ox.NamedNode(NEV + "Resignation")
    wrong = ox.Triple(event, ox.NamedNode(NEV + "direction"), ox.Literal("sideways"))
    typed = ox.Triple(event, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), kind)
    monkeypatch.setattr(Builder, "default_rows", lambda _: iter([typed, wrong]))
    monkeypatch.setattr(Builder, "documents", lambda _: iter(()))
    code, _, lines = said(capsys, "build", news, "-o", tmp_path / "out.ttl")
    assert (code, len(lines)) == (ExitCode.INVALID_GRAPH, 1)
    assert not (tmp_path / "out.ttl").exists()


def test_an_error_of_ours_is_one_line_too(
    capsys: pytest.CaptureFixture[str], news: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg_builder.cli.making.build", lambda *_: 1 // 0)
    code, _, lines = said(capsys, "build", news, "-o", "x.ttl")
    assert code == ExitCode.INTERNAL
    where = "(KG_BUILDER_DEBUG=1 shows where)"
    assert lines == [f"internal error, ZeroDivisionError: integer division or modulo by zero {where}"]


# --- what comes out


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, almaty: Path) -> Path:
    path = tmp_path_factory.mktemp("graph") / "almaty.trig"
    assert run(["build", str(almaty), "--date", "2022-01-05", "--reproducible", "-o", str(path)]) == ExitCode.OK
    return path


def test_every_format_holds_the_same(tmp_path: Path, almaty: Path, graph: Path) -> None:
    names = ["a.ttl", "a.nt", "a.nq", "a.jsonld", "a.rdf", "a.jsonl"]
    options = [o for name in names for o in ("-o", str(tmp_path / name))]
    assert run(["build", str(almaty), "--date", "2022-01-05", "--reproducible", *options]) == ExitCode.OK
    whole = set(ox.parse(path=str(graph), format=ox.RdfFormat.TRIG))
    default = {q.triple for q in whole if isinstance(q.graph_name, ox.DefaultGraph)}
    assert set(ox.parse(path=str(tmp_path / "a.nq"), format=ox.RdfFormat.N_QUADS)) == whole
    assert {q.triple for q in ox.parse(path=str(tmp_path / "a.ttl"), format=ox.RdfFormat.TURTLE)} == default
    assert len(whole) > len(default) > 100


def test_two_runs_give_the_same_bytes(tmp_path: Path, almaty: Path, graph: Path) -> None:
    again = tmp_path / "again.trig"
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    command = ["build", str(almaty), "--date", "2022-01-05", "--reproducible", "-o", str(again)]
    subprocess.run([sys.executable, "-m", "kg_builder", *command], check=True, env=environment)
    assert again.read_bytes() == graph.read_bytes()


def test_base(tmp_path: Path, news: str) -> None:
    path = tmp_path / "a.nt"
    assert run(["build", news, "--base", "https://example.org/kg", "-o", str(path)]) == ExitCode.OK
    assert "<https://example.org/kg/document/news-" in path.read_text(encoding="utf-8")


def test_annotate_prints_a_line_for_each_document(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = "بلغ السعر 60 دولارا يوم الأحد."
    rows = [{"id": str(i), "text": text, "date": "2022-01-05"} for i in range(2)]
    code, out, _ = said(capsys, "annotate", put(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows))))
    lines = [json.loads(line) for line in out.splitlines()]
    assert (code, [line["id"] for line in lines]) == (ExitCode.OK, ["0", "1"])
    found = {m["kind"]: m for m in lines[0]["mentions"]}
    value = {"value": 60, "currency": "USD"}
    assert found["money"] == {"kind": "money", "begin": 10, "end": 19, "text": "60 دولارا", "value": value}
    assert found["time"]["value"]["begin"] == "2022-01-02"


def test_prefer_dates(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", json.dumps({"text": "الاجتماع يوم الأحد.", "date": "2022-01-05"}))
    _, out, _ = said(capsys, "annotate", path, "--prefer-dates", "future")
    (time_mention,) = (m for m in json.loads(out)["mentions"] if m["kind"] == "time")
    assert time_mention["value"]["begin"] == "2022-01-09"


def test_explain_names_the_construction_and_the_slots(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "explain", "قبل الرئيس استقالة الحكومة.", "--date", "2022-01-05")
    assert code == ExitCode.OK
    assert "Resignation" in out
    assert "acceptedBy" in out
    assert "subject" in out
    assert "1 event" in out


def test_explain_wants_arabic(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, lines = said(capsys, "explain", "hello")
    assert (code, out, lines) == (ExitCode.NO_INPUT, "", ["the sentence: no Arabic in it"])


def test_types_lists_every_event_type(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "types")
    folders = [p for p in (ROOT / "ontology" / "events").iterdir() if p.is_dir()]
    heads = [line for line in out.splitlines() if line[:1].isalpha()]
    assert code == ExitCode.OK
    assert len(folders) > 10
    assert len(heads) >= len(folders)


def test_ontology_is_one_turtle_document(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "ontology")
    triples = list(ox.parse(out.encode(), format=ox.RdfFormat.TURTLE))
    assert code == ExitCode.OK
    assert ox.NamedNode(NEV + "Resignation") in {t.subject for t in triples}


def test_validate(capsys: pytest.CaptureFixture[str], tmp_path: Path, graph: Path) -> None:
    assert said(capsys, "validate", graph) == (ExitCode.OK, f"{graph}: conforms\n", [])
    bad = put(tmp_path / "bad.ttl", f'<https://example.org/e> a <{NEV}PriceChange> ; <{NEV}direction> "sideways" .')
    code, out, lines = said(capsys, "validate", bad)
    assert code == ExitCode.INVALID_GRAPH
    assert "sideways" in out
    assert lines[0].endswith("violations of the shapes")


def test_query_from_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path, graph: Path) -> None:
    text = f"# Who accepts\nSELECT DISTINCT ?who WHERE {{ ?who <{NEV}accepts> ?what }}"
    code, out, _ = said(capsys, "query", put(tmp_path / "q.rq", text), graph)
    assert code == ExitCode.OK
    assert out.splitlines()[0] == "who"
    assert len(out.splitlines()) == 2


def test_query_mistakes(capsys: pytest.CaptureFixture[str], tmp_path: Path, graph: Path) -> None:
    broken = put(tmp_path / "q.rq", "SELECT ?x WHERE {")
    code, _, lines = said(capsys, "query", broken, graph)
    assert code == ExitCode.NO_INPUT
    assert "not SPARQL: " in lines[0]
    code, _, lines = said(capsys, "query", "nonsense", graph)
    assert code == ExitCode.USAGE
    assert lines[0].startswith("nonsense: neither a file nor a bundled query; known are ")
    good = put(tmp_path / "q.rq", "SELECT ?x WHERE { ?x ?y ?z }")
    code, _, lines = said(capsys, "query", good, graph, "w=1")
    assert (code, lines) == (ExitCode.USAGE, ["q: no parameter w; known: none"])
    code, _, lines = said(capsys, "query", good, graph, "x=")
    assert (code, lines) == (ExitCode.USAGE, ["x=: write KEY=VALUE"])
    code, _, lines = said(capsys, "query", good, graph, "--format", "xls")
    assert (code, lines) == (ExitCode.USAGE, ["--format xls: known are table csv tsv json ttl"])


@pytest.mark.parametrize("command", ["validate", "show"])
def test_graphs_that_cannot_be_read(capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str) -> None:
    code, _, lines = said(capsys, command, tmp_path / "no.ttl")
    assert (code, len(lines)) == (ExitCode.NO_INPUT, 1)
    code, _, lines = said(capsys, command, put(tmp_path / "bad.ttl", "<a> <b> ;"))
    assert (code, len(lines)) == (ExitCode.NO_INPUT, 1)
    assert "not well" in lines[0]


def test_queries_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "queries")
    assert code == ExitCode.OK
    head, *rows = (line.split("\t") for line in out.splitlines())
    assert head == ["query", "asks", "parameters"]
    assert {row[0] for row in rows} == {path.stem for path in (ROOT / "queries").glob("*.rq")}


def test_show(capsys: pytest.CaptureFixture[str], graph: Path) -> None:
    code, out, _ = said(capsys, "show", graph)
    assert code == ExitCode.OK
    assert "2022-01-05 to 2022-01-19" in out
    assert "60 KZT per litre" in out
    assert "توكاييف" in out


# --- from Python


def test_the_python_door() -> None:
    import kg_builder

    dataset = kg_builder.build([kg_builder.Article("x", TEXT, date="2022-01-05")])
    rows = list(dataset.query(f"SELECT ?e WHERE {{ ?e a <{NEV}Resignation> }}"))
    assert len(rows) == 1


def test_the_spacy_component() -> None:
    import spacy

    nlp = spacy.blank("ar")
    nlp.add_pipe("news_events")
    doc = nlp(TEXT)
    assert "Resignation" in [report.type for report in doc._.reports]


def test_a_closed_pipe_is_no_error() -> None:
    command = f"{sys.executable} -m kg_builder ontology | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# --- what the README says


def test_the_readme_names_every_command_and_every_exit_code() -> None:
    import typer

    from kg_builder.cli import INTERRUPTED
    from kg_builder.cli.app import app

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"^\| `([a-z]+)[ `]", readme, re.MULTILINE))
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", readme, re.MULTILINE)}
    assert commands == set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    assert codes == {int(code) for code in ExitCode} | {INTERRUPTED}
