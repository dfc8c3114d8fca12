"""What is written is read back as it was, in every format; files appear whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from handmade import Text, amount, entity
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_graph import NEWS, PRICE, RESIGNATION, documents

from kg_builder.errors import InputError, OutputError
from kg_builder.graph import Builder
from kg_builder.ontology import NEV
from kg_builder.store import Query, check_target, load, run_query, write
from kg_builder.store.files import WRITERS

NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
WHOLE, DEFAULT_ONLY = (".trig", ".nq", ".jsonld"), (".ttl", ".nt", ".rdf")
ODD = Text('قال "سعيد\\ناصر"\tإن <الخبر> & ‏«صحيح» 😀.', 'odd "id" \\ ناصر', title="سطر\nآخر", url="https://e.org/a?b=ج")


def sample() -> Builder:
    builder = Builder()
    builder.add(NEWS.article, [RESIGNATION, PRICE])
    builder.add(ODD.article, [ODD.report("Appeal", "قال", {"speaker": [entity("Person", '"سعيد\\ناصر"')]})])
    return builder


def quads(path: Path) -> set[ox.Quad]:
    return set(load(path))


def expected(builder: Builder, suffix: str) -> set[ox.Quad]:
    found = set(builder.quads())
    return found if suffix in WHOLE else {quad for quad in found if isinstance(quad.graph_name, ox.DefaultGraph)}


@pytest.mark.parametrize("suffix", [*WHOLE, *DEFAULT_ONLY])
def test_what_is_written_is_read_back(suffix: str, tmp_path: Path) -> None:
    builder = sample()
    assert quads(write(builder, tmp_path / f"g{suffix}")) == expected(builder, suffix)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(documents(), max_size=3))
def test_any_graph_is_read_back(tmp_path: Path, collection: list[Any]) -> None:
    builder = Builder()
    for article, found in collection:
        builder.add(article, found)
    for suffix in (*WHOLE, *DEFAULT_ONLY):
        assert quads(write(builder, tmp_path / f"g{suffix}")) == expected(builder, suffix)


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_the_bytes_do_not_depend_on_the_order_of_documents(suffix: str, tmp_path: Path) -> None:
    forth, back = Builder(), Builder()
    told = [(NEWS.article, [RESIGNATION, PRICE]), (ODD.article, [ODD.report("Appeal", "قال")])]
    for article, found in told:
        forth.add(article, found)
    for article, found in reversed(told):
        back.add(article, found)
    one, other = write(forth, tmp_path / f"one{suffix}"), write(back, tmp_path / f"other{suffix}")
    assert one.read_bytes() == other.read_bytes()
    assert one.stat().st_size > 500


def test_n_quads_pass_through_a_store_unchanged(tmp_path: Path) -> None:
    path = write(sample(), tmp_path / "g.nq")
    lines = ox.serialize(load(path), format=ox.RdfFormat.N_QUADS)
    assert lines is not None
    assert sorted(lines.splitlines()) == sorted(path.read_bytes().splitlines())


def test_turtle_reads_well(tmp_path: Path) -> None:
    text = write(sample(), tmp_path / "g.ttl").read_text(encoding="utf-8")
    first = text.split("\n\n")[1]
    assert first.startswith("# قبل الرئيس سامي النجار استقالة الحكومة يوم الأربعاء.\n<event/Resignation-")
    assert "nev:acceptedBy <entity/person/" in first
    assert 'rdfs:label "سامي النجار"@ar' in text
    assert "\\u" not in text


def test_frames_are_plain_records(tmp_path: Path) -> None:
    lines = write(sample(), tmp_path / "g.jsonl").read_text(encoding="utf-8").splitlines()
    by_id = {record["id"]: record for record in map(json.loads, lines)}
    assert set(by_id) == {"a", ODD.article.id}
    resignation, price = by_id["a"]["events"]
    assert resignation["roles"]["acceptedBy"] == [
        {"label": "سامي النجار", "kind": "Person", "names": ["الرئيس سامي النجار"]}
    ]
    assert resignation["trigger"] == {"text": "استقالة", "begin": 23, "end": 30}
    assert price["roles"]["changesFrom"][0] == {"value": 60, "currency": "KZT", "per": "litre"}
    assert "status" not in price


def needs(program: str, package: str) -> pytest.MarkDecorator:
    reason = f"{program.upper()} IS NOT INSTALLED (apt-get install {package}): no other reader has read what we write"
    return pytest.mark.skipif(shutil.which(program) is None, reason=reason)


SYNTAXES = {".ttl": "turtle", ".nt": "ntriples", ".rdf": "rdfxml", ".nq": "nquads", ".trig": "trig"}


@needs("rapper", "raptor2-utils")
@pytest.mark.parametrize("suffix", sorted(SYNTAXES))
def test_rapper_reads_it(suffix: str, tmp_path: Path) -> None:
    builder = sample()
    path = write(builder, tmp_path / f"g{suffix}")
    command = ["rapper", "-q", "-i", SYNTAXES[suffix], "-o", "ntriples", path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    read = {quad.triple for quad in ox.parse(done.stdout, format=ox.RdfFormat.N_TRIPLES)}
    assert read == {quad.triple for quad in expected(builder, suffix)}


@needs("roqet", "rasqal-utils")
def test_roqet_answers_as_we_do(tmp_path: Path) -> None:
    path = write(sample(), tmp_path / "g.ttl")
    question = f"SELECT ?e ?words WHERE {{ ?e <{NEV}evidence> ?s . ?s <{NIF}anchorOf> ?words }}"
    done = subprocess.run(
        ["roqet", "-q", "-r", "csv", "-D", path, "-e", question], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    rows = list(csv.reader(done.stdout.splitlines(keepends=True)))[1:]
    assert sorted(map(tuple, rows)) == sorted(run_query(Query("q", "", "", question), load(path)).values())
    assert len(rows) == 3


# --- places that cannot be written or read


def test_an_unknown_suffix_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"unknown format \.xlsx; known are \.ttl"):
        check_target(tmp_path / "g.xlsx")
    with pytest.raises(OutputError, match="without suffix"):
        check_target(tmp_path / "g")


def test_a_directory_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "g.ttl").mkdir()
    with pytest.raises(OutputError, match="is a directory"):
        write(sample(), tmp_path / "g.ttl")


def test_a_file_in_the_place_of_a_folder_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("x")
    with pytest.raises(OutputError, match=r"g\.ttl: cannot be written: "):
        write(sample(), tmp_path / "f" / "g.ttl")


class Broken(Builder):
    """A source whose disk ends in the middle."""

    def documents(self) -> Iterator[tuple[ox.NamedNode, list[ox.Triple]]]:
        yield from list(super().documents())[:1]
        raise OSError(28, "No space left on device")


def test_a_write_that_breaks_off_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "g.trig"
    path.write_text("old")
    broken = Broken()
    broken.add(NEWS.article, [RESIGNATION])
    with pytest.raises(OutputError, match="No space left on device"):
        write(broken, path)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["g.trig"]


def test_folders_are_made_and_the_mode_is_the_usual_one(tmp_path: Path) -> None:
    path = write(sample(), tmp_path / "deep" / "er" / "g.nq")
    plain = tmp_path / "plain"
    plain.touch()
    assert path.stat().st_mode == plain.stat().st_mode


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [("g.ttl", "<a> <b> .", "not well-formed"), ("g.txt", "", "unknown format"), ("g.nq", None, "no such file")],
)
def test_what_cannot_be_read_is_one_clear_line(name: str, text: str | None, message: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=message) as caught:
        load(tmp_path / name)
    assert "\n" not in str(caught.value)
    assert name in str(caught.value)


def test_amount_of_a_foreign_unit_keeps_its_word(tmp_path: Path) -> None:
    builder = Builder()
    builder.add(NEWS.article, [NEWS.report("PriceChange", "ارتفع", {"changesBy": [amount("5", unit="برميل")]})])
    assert '"برميل"' in write(builder, tmp_path / "g.ttl").read_text(encoding="utf-8")
