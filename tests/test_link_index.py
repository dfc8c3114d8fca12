"""The index: what a dump says is found again by name, spelling, identifier and office; broken lines and broken runs."""

from __future__ import annotations

import bz2
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from kg_builder.cli import run
from kg_builder.errors import ExitCode, InputError, OptionError
from kg_builder.link.dump import index_dump
from kg_builder.link.dump import run as dump_run
from kg_builder.link.index import Index, write_index
from kg_builder.link.index.layout import FORMAT, KIND, MAGIC
from kg_builder.link.index.record import decode, encode
from kg_builder.link.item import Item, Position
from kg_builder.link.lines import dump as line_of

ROOTS = {"Person": ["Q5"], "City": ["Q515"], "Office": ["Q4164871"]}
TOKAYEV = Item(
    "Q366829",
    "قاسم جومارت توكاييف",
    "Kassym-Jomart Tokayev",
    ("توكاييف",),
    ("Q5",),
    "Q232",
    sitelinks=90,
    positions=(Position("Q15059890", "Q232", "2019-03-20"), Position("Q1162163", None, "2013-10-16", "2019-03-19")),
)
ALMATY = Item(
    "Q35493", "ألماتي", "Almaty", (), ("Q515",), "Q232", (43.25, 76.9), 120, (), "1854", None, 2_000_000, 1526384
)
SMALL = Item("Q99", "ألماتي", "Almaty village", (), ("Q515",), sitelinks=2)


def made(tmp_path: Path, *items: Item) -> Index:
    path = tmp_path / "some.idx"
    assert write_index(items, path) == len(items)
    return Index(path)


# --- what is in comes out


def test_items_are_found_by_every_name_in_any_spelling(tmp_path: Path) -> None:
    index = made(tmp_path, TOKAYEV, ALMATY)
    assert index.find("توكاييف") == index.find("توكايف") == index.find("Kassym-Jomart Tokayev") == [TOKAYEV]
    assert index.find("الماتي") == index.find("اَلماتي") == [ALMATY]
    assert index.find("لندن") == index.find("") == []


def test_of_equals_the_better_known_comes_first(tmp_path: Path) -> None:
    assert made(tmp_path, SMALL, ALMATY).find("ألماتي") == [ALMATY, SMALL]


def test_of_many_namesakes_the_best_known_are_found(tmp_path: Path) -> None:
    namesakes = [Item(f"Q{n}", "الزاوية", sitelinks=n % 50) for n in range(1, 200)]
    best = sorted(namesakes, key=lambda item: (-item.sitelinks, int(item.qid[1:])))
    assert made(tmp_path, *namesakes, ALMATY).find("الزاوية") == best[:8]


def test_another_transliteration_is_found_apart(tmp_path: Path) -> None:
    index = made(tmp_path, Item("Q232", "كازاخستان"))
    assert index.find("كزخستان") == []
    assert [item.qid for item in index.find_alike("كزخستان")] == ["Q232"]
    assert index.find_alike("كان") == []


def test_items_are_found_by_identifier_and_by_office(tmp_path: Path) -> None:
    index = made(tmp_path, TOKAYEV, ALMATY, SMALL)
    assert index.get("Q35493") == ALMATY
    assert index.get("Q35494") is index.get("Q1") is None
    assert index.holders("Q15059890") == [TOKAYEV]
    assert index.holders("Q5") == []
    assert list(index) == [SMALL, ALMATY, TOKAYEV]


def test_of_several_with_one_identifier_the_last_counts(tmp_path: Path) -> None:
    path = tmp_path / "twice.idx"
    assert write_index([SMALL, Item("Q99", "اسم آخر")], path) == 1
    assert Index(path).get("Q99") == Item("Q99", "اسم آخر")


names = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)
dates = st.none() | st.dates().map(lambda day: day.isoformat())
qids = st.integers(1, 2**31).map(lambda n: f"Q{n}")


@given(
    st.builds(
        Item,
        qid=qids,
        label_ar=names,
        label_en=names,
        aliases=st.lists(names, max_size=4).map(tuple),
        classes=st.lists(qids, max_size=4).map(tuple),
        country=st.none() | qids,
        coordinates=st.none()
        | st.tuples(st.integers(-900, 900), st.integers(-1800, 1800)).map(lambda p: (p[0] / 10, p[1] / 10)),
        sitelinks=st.integers(0, 400),
        positions=st.lists(st.builds(Position, qids, st.none() | qids, dates, dates), max_size=3).map(tuple),
        inception=dates,
        dissolution=dates,
        population=st.none() | st.integers(0, 10**10),
        geonames=st.none() | st.integers(1, 10**8),
    )
)
def test_a_record_says_what_the_item_says(item: Item) -> None:
    assert decode(encode(item)) == item


def test_what_is_no_index_is_said(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.idx"
    wrong.write_text("something else")
    for path in (wrong, tmp_path / "missing.idx"):
        with pytest.raises(OptionError, match=str(path)):
            Index(path)


@pytest.mark.parametrize("number", [FORMAT - 1, FORMAT + 1])
def test_an_index_of_another_format_is_to_be_built_anew(tmp_path: Path, number: int) -> None:
    made(tmp_path, ALMATY)
    path = tmp_path / "some.idx"
    path.write_bytes(path.read_bytes().replace(MAGIC, KIND + b"%d\n" % number, 1))
    told = (
        rf"{path}: an index of format {number}, .* reads format {FORMAT}; build it anew with kg-builder wikidata index"
    )
    with pytest.raises(OptionError, match=told):
        Index(path)


def test_an_index_that_breaks_off_is_none(tmp_path: Path) -> None:
    path = tmp_path / "some.idx"
    path.write_bytes(MAGIC)
    with pytest.raises(OptionError, match="not an index"):
        Index(path)


# --- dumps


def value(kind: str, content: Any) -> dict[str, Any]:
    return {"snaktype": "value", "property": "P0", "datavalue": {"type": kind, "value": content}}


def said(*snaks: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"mainsnak": snak, "rank": "normal", "type": "statement", "references": [{"snaks": {}}]} for snak in snaks]


def item_value(qid: str) -> dict[str, Any]:
    return value("wikibase-entityid", {"entity-type": "item", "numeric-id": int(qid[1:]), "id": qid})


def day_value(day: str) -> dict[str, Any]:
    return value("time", {"time": f"+{day}T00:00:00Z", "precision": 11})


def entity(qid: str, arabic: str, cls: str, **claims: list[dict[str, Any]]) -> str:
    labels = {"ar": {"language": "ar", "value": arabic}} if arabic else {}
    told = {
        "type": "item",
        "id": qid,
        "labels": labels | {"en": {"language": "en", "value": f"name of {qid}"}},
        "aliases": [],
        "claims": {"P31": said(item_value(cls))} | claims,
        "sitelinks": {"arwiki": {"site": "arwiki", "title": arabic, "badges": []}},
    }
    return json.dumps(told, ensure_ascii=False)


def president() -> str:
    held = said(item_value("Q15059890"))
    held[0]["qualifiers"] = {"P580": [day_value("2019-03-20")]}
    return entity("Q366829", "قاسم جومارت توكاييف", "Q5", P39=held, P27=said(item_value("Q232")))


def dump_lines() -> list[str]:
    place = value("globecoordinate", {"latitude": 43.25, "longitude": 76.9})
    return [
        "[",
        president() + ",",
        entity("Q35493", "ألماتي", "Q1549591", P625=said(place), P1082=said(value("quantity", {"amount": "+2000000"})))
        + ",",
        entity("Q1549591", "", "Q16889133", P279=said(item_value("Q515"))) + ",",
        entity("Q7", "شيء آخر", "Q7777") + ",",
        entity("Q8", "", "Q5"),
        "]",
    ]


def dumped(tmp_path: Path, lines: list[str], name: str = "dump.json") -> tuple[Index, Any, list[InputError]]:
    path, told = tmp_path / name, list[InputError]()
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    outcome = index_dump(str(path), tmp_path / "out.idx", ROOTS, told.append)
    return Index(tmp_path / "out.idx"), outcome, told


def test_a_json_dump_gives_what_has_an_arabic_name_and_a_class_of_news(tmp_path: Path) -> None:
    index, outcome, told = dumped(tmp_path, dump_lines())
    assert [item.qid for item in index] == ["Q35493", "Q366829"]
    assert (outcome.lines, outcome.broken, outcome.items, told) == (7, 0, 2, [])
    tokayev, almaty = index.get("Q366829"), index.get("Q35493")
    assert tokayev and tokayev.positions == (Position("Q15059890", None, "2019-03-20"),)
    assert tokayev.country == "Q232" and tokayev.sitelinks == 1
    assert almaty and (almaty.coordinates, almaty.population) == ((43.25, 76.9), 2_000_000)
    assert index.kinds == {"Q1549591": ["City"], "Q5": ["Person"]}


@pytest.mark.parametrize(
    "name,pack",
    [("dump.json.gz", gzip.compress), ("dump.json.bz2", bz2.compress), ("dump.json.zst", zstandard.compress)],
)
def test_packed_dumps_are_read(tmp_path: Path, name: str, pack: Any) -> None:
    (tmp_path / name).write_bytes(pack("\n".join(dump_lines()).encode()))
    assert index_dump(str(tmp_path / name), tmp_path / "out.idx", ROOTS).items == 2


def test_broken_lines_are_told_and_left_out(tmp_path: Path) -> None:
    lines = dump_lines()
    lines[1] = '{"id":"Q1","labels":{"ar":{"language":"ar"'
    lines[5] = "no entity at all"
    index, outcome, told = dumped(tmp_path, lines)
    assert [item.qid for item in index] == ["Q35493"]
    assert outcome.broken == 2
    assert [error.place.rpartition(":")[2] for error in told] == ["2", "6"]


def test_a_dump_that_breaks_off_in_its_packing_is_said(tmp_path: Path) -> None:
    whole = gzip.compress("\n".join(dump_lines() * 50).encode())
    (tmp_path / "cut.json.gz").write_bytes(whole[:-40])
    with pytest.raises(InputError, match=r"cut\.json\.gz: broken data"):
        index_dump(str(tmp_path / "cut.json.gz"), tmp_path / "out.idx", ROOTS)


WD, RDFS = "http://www.wikidata.org/", "http://www.w3.org/2000/01/rdf-schema#"
NT = f"""\
<https://www.wikidata.org/wiki/Special:EntityData/Q35493> <http://wikiba.se/ontology#sitelinks> "120"^^<x:integer> .
<{WD}entity/Q35493> <{RDFS}label> "\\u0623\\u0644\\u0645\\u0627\\u062A\\u064A"@ar .
<{WD}entity/Q35493> <{RDFS}label> "Almaty"@en .
<{WD}entity/Q35493> <http://www.w3.org/2004/02/skos/core#altLabel> "ألما \\"آتا\\""@ar .
<{WD}entity/Q35493> <{WD}prop/direct/P31> <{WD}entity/Q515> .
<{WD}entity/Q35493> <{WD}prop/direct/P17> <{WD}entity/Q232> .
<{WD}entity/Q35493> <{WD}prop/direct/P625> "Point(76.9 43.25)"^^<x:wktLiteral> .
<{WD}entity/Q35493> <{WD}prop/direct/P1566> "1526384" .
this is no triple
<{WD}entity/Q366829> <{RDFS}label> "توكاييف"@ar .
<{WD}entity/Q366829> <{WD}prop/direct/P31> <{WD}entity/Q5> .
<{WD}entity/Q366829> <{WD}prop/direct/P39> <{WD}entity/Q15059890> .
<{WD}entity/Q3> <{RDFS}label> "nur deutsch"@de .
"""


def test_truthy_triples_give_the_same_items(tmp_path: Path) -> None:
    index, outcome, told = dumped(tmp_path, NT.splitlines(), "truthy.nt")
    almaty = Item(
        "Q35493", "ألماتي", "Almaty", ('ألما "آتا"',), ("Q515",), "Q232", (43.25, 76.9), 120, geonames=1526384
    )
    assert list(index) == [
        almaty,
        Item("Q366829", "توكاييف", classes=("Q5",), positions=(Position("Q15059890"),)),
    ]
    assert outcome.broken == 1 and told[0].place.endswith("truthy.nt:9")


def test_items_as_json_lines_are_a_dump_too(tmp_path: Path) -> None:
    index, _, _ = dumped(tmp_path, [line_of(ALMATY), line_of(TOKAYEV)], "pack.jsonl")
    assert list(index) == [ALMATY, TOKAYEV]


# --- a run that is broken off


class Stop(Exception):
    pass


@pytest.mark.parametrize("name,lines", [("dump.json", dump_lines()), ("truthy.nt", NT.splitlines())])
@pytest.mark.parametrize("stop_at", [2, 3, 5])
def test_a_broken_run_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, lines: list[str], stop_at: int
) -> None:
    whole, _, _ = dumped(tmp_path, lines, name)
    expected = list(whole)
    monkeypatch.setattr(dump_run, "CHECKPOINT", 1)
    real = dump_run.lines

    def cut(dump: str) -> Iterator[bytes]:
        for number, line in enumerate(real(dump), 1):
            if number == stop_at:
                raise Stop
            yield line

    monkeypatch.setattr(dump_run, "lines", cut)
    with pytest.raises(Stop):
        index_dump(str(tmp_path / name), tmp_path / "again.idx", ROOTS)
    monkeypatch.setattr(dump_run, "lines", real)
    outcome = index_dump(str(tmp_path / name), tmp_path / "again.idx", ROOTS)
    assert list(Index(tmp_path / "again.idx")) == expected
    assert 0 < outcome.skipped < stop_at or (name.endswith("nt") and outcome.skipped == 0)
    assert not (tmp_path / "again.idx.part").exists()


# --- the command


def test_the_command_says_how_it_went(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dump, out = tmp_path / "dump.json", tmp_path / "wikidata.idx"
    dump.write_text("\n".join([*dump_lines()[:-1], "broken"]), encoding="utf-8")
    assert run(["wikidata", "index", str(dump), "-o", str(out)]) == ExitCode.SOME_INPUT_FAILED
    errors = capsys.readouterr().err
    assert f"{dump}:7: left out" in errors
    assert "2 items of 7 lines, 1 broken" in errors
    assert run(["wikidata", "index", str(dump), "-o", str(out), "--all"]) == ExitCode.SOME_INPUT_FAILED
    assert len(Index(out)) == 3


def test_the_command_refuses_what_is_no_dump(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.txt"
    other.write_text("نص\n", encoding="utf-8")
    assert run(["wikidata", "index", str(other), "-o", str(tmp_path / "x.idx")]) == ExitCode.NO_INPUT
    assert "known are the JSON dump" in capsys.readouterr().err
    assert run(["wikidata", "index", "x", "-o", "y", "--all", "--classes", "z"]) == ExitCode.USAGE
