"""Wikidata online, against a stand-in that speaks HTTP: what is asked, what comes, and what if it fails."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.utils import formatdate
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
import stamina
from handmade import Text
from handmade import entity as named
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from servers import Oxigraph
from wikidata_stand_in import (
    COMPANY,
    DEAD_PARTY,
    HAMLET,
    HEAD,
    KNOWN,
    LAND,
    MILITIA,
    MINISTER,
    MINISTRY,
    OFFICE,
    OLD_HEAD,
    PARTY,
    SHOP,
    TOWN,
    Fault,
    StandIn,
    entity,
    turtle,
)

from kg_builder.cli import run
from kg_builder.errors import InputError, OptionError
from kg_builder.graph import Builder
from kg_builder.graph.vocab import RDFS, SKOS
from kg_builder.link import lines
from kg_builder.link.index import Index
from kg_builder.link.item import Item, Position
from kg_builder.link.online import packs
from kg_builder.link.online.candidates import Live, Online
from kg_builder.link.online.courier import Manners, Unavailable, seconds_to_wait
from kg_builder.link.online.entity import entity as read_entity
from kg_builder.link.online.entity import item
from kg_builder.link.online.service import WIKIDATA_API, WIKIDATA_SPARQL, Service, service
from kg_builder.link.online.sparql import bind
from kg_builder.store import load, write

QUICK = Manners(timeout=2.0, interval=0.0, attempts=3, first_wait=0.01, longest_wait=2.0)
GOOD, EMPTY = Fault(), '{"search": []}'


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = Oxigraph(tmp_path_factory.mktemp("wikidata"))
    server.start()
    httpx.post(server.url + "/store?default", content=turtle().encode(), headers={"Content-Type": "text/turtle"})
    yield server.url
    server.kill()


@pytest.fixture
def wiki(oxigraph: str) -> Iterator[StandIn]:
    house = StandIn(oxigraph)
    yield house
    house.close()


@pytest.fixture
def ask(wiki: StandIn, tmp_path: Path) -> Callable[..., Online]:
    """Makes clients of the stand-in that share one cache."""

    def make(manners: Manners = QUICK, roots: tuple[str, ...] = ()) -> Online:
        return Online(at(wiki, tmp_path / "cache.sqlite"), roots, manners)

    return make


def at(wiki: StandIn, cache: Path) -> Service:
    return Service(wiki.api, wiki.sparql, cache, "mailto:tests@example.org")


# --- what comes back


def test_a_name_gives_all_that_is_known_of_who_bears_it(ask: Callable[..., Online]) -> None:
    assert list(ask().find("كريم الحداد")) == [HEAD]


def test_those_who_share_a_name_come_best_known_first(ask: Callable[..., Online]) -> None:
    assert list(ask().find("الزهراء")) == [TOWN, HAMLET]


def test_a_name_that_is_only_the_beginning_of_another_finds_nothing(ask: Callable[..., Online]) -> None:
    assert list(ask().find("كريم")) == []


def test_where_arabic_knows_nobody_english_is_asked(ask: Callable[..., Online], wiki: StandIn) -> None:
    assert list(ask().find("Karim al-Haddad")) == [HEAD]
    assert [seen.parameters.get("language") for seen in wiki.seen] == ["ar", "en", None]
    assert list(ask().find("لا أحد")) == []
    assert [seen.parameters.get("language") for seen in wiki.seen[3:]] == ["ar"]


def test_an_identifier_gives_its_item_and_one_that_moved_the_new_one(ask: Callable[..., Online]) -> None:
    assert [ask().get(qid) for qid in ("Q900001", "Q900099", "Q900098")] == [LAND, HEAD, MINISTER]


@pytest.mark.parametrize("qid", ["Q899999", "Q99999999999", "P31", "Q", "كريم"])
def test_what_is_no_item_is_none(ask: Callable[..., Online], qid: str) -> None:
    assert ask().get(qid) is None


def test_the_client_says_who_it_is_and_minds_the_lag(ask: Callable[..., Online], wiki: StandIn) -> None:
    ask().get("Q900001")
    [seen] = wiki.seen
    assert seen.headers["User-Agent"] == "kg-builder/0.1.0 (mailto:tests@example.org)"
    assert "gzip" in seen.headers["Accept-Encoding"]
    assert seen.parameters == {
        "action": "wbgetentities", "format": "json", "ids": "Q900001", "languages": "ar|en", "maxlag": "5",
        "props": "labels|aliases|claims|sitelinks",
    }  # fmt: skip


def test_items_are_also_of_the_classes_above_their_own(ask: Callable[..., Online]) -> None:
    online = ask(roots=("Q7278", "Q43229", "Q5"))
    assert online.get("Q900031") == structs.replace(DEAD_PARTY, classes=("Q900300", "Q7278", "Q43229"))
    assert online.get("Q900021") == HEAD
    assert online.failures == 0


def test_without_the_query_service_classes_stay_narrow(
    ask: Callable[..., Online], wiki: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    wiki.faults += [GOOD, Fault(403), GOOD, Fault(403)]
    online = ask(roots=("Q7278",))
    assert [online.get(qid) for qid in ("Q900031", "Q900021")] == [DEAD_PARTY, HEAD]
    assert (online.failures, [record.getMessage() for record in caplog.records]) == (
        2, [f"{wiki.sparql}: HTTP 403 Forbidden; classes of items stay as narrow as they are"],
    )  # fmt: skip


# --- when it does not go well


@pytest.mark.parametrize(
    "fault",
    [
        Fault(429, headers={"Retry-After": "0"}),
        Fault(503),
        Fault(500),
        Fault(0),
        Fault(200, '{"error": {"code": "maxlag", "info": "6 seconds lagged", "lag": 6}}'),
        Fault(200, '{"error": {"code": "ratelimited", "info": "slow down"}}', {"MediaWiki-API-Error": "ratelimited"}),
        Fault(200, "<html>not JSON"),
        Fault(200, '{"search": [{"id": "Q1"}]}'),
        Fault(200, "[]"),
        Fault(200, '{"search": null}'),
        Fault(200, EMPTY, {"Content-Encoding": "gzip"}),
    ],
    ids=["429", "503", "500", "dropped", "maxlag", "ratelimited", "no json", "no match", "a list", "null", "no gzip"],
)
def test_a_failure_that_passes_is_waited_out(ask: Callable[..., Online], wiki: StandIn, fault: Fault) -> None:
    wiki.faults += [fault, fault]
    assert list(ask().find("كريم الحداد")) == [HEAD]
    assert len(wiki.seen) == 4


@pytest.mark.parametrize(
    ("fault", "reason", "requests"),
    [
        (Fault(503), "HTTP 503 Service Unavailable", 2),
        (Fault(403), "HTTP 403 Forbidden", 1),
        (Fault(404), "HTTP 404 Not Found", 1),
        (Fault(200, '{"error": {"code": "badtoken", "info": "Bad."}}'), "badtoken: Bad.", 1),
        (Fault(200, "no"), "malformed answer, JSONDecodeError: Expecting value: line 1 column 1 (char 0)", 2),
        (Fault(429, headers={"Retry-After": "3600"}), "HTTP 429 Too Many Requests", 1),
        (Fault(200, EMPTY, delay=0.4), "no answer in 0.2 s", 2),
        (Fault(200, EMPTY, drip=0.05), "no answer in 0.2 s", 2),
    ],
    ids=["503", "403", "404", "error", "malformed", "an hour", "timeout", "drip"],
)
def test_a_failure_that_stays_is_told(
    ask: Callable[..., Online], wiki: StandIn, fault: Fault, reason: str, requests: int
) -> None:
    wiki.faults += [fault] * 3
    online = ask(replace(QUICK, timeout=0.2, attempts=2))
    with pytest.raises(Unavailable) as caught:
        online.find("كريم الحداد")
    assert caught.value.place == wiki.api
    assert caught.value.reason.replace("no whole answer", "no answer") == reason
    assert len(wiki.seen) == requests


def test_a_slow_answer_is_an_answer(ask: Callable[..., Online], wiki: StandIn) -> None:
    wiki.faults.append(Fault(delay=0.3))
    assert ask().get("Q900001") == LAND
    assert len(wiki.seen) == 1


@pytest.mark.parametrize("header", ["1", "date"])
def test_retry_after_is_obeyed(ask: Callable[..., Online], wiki: StandIn, header: str) -> None:
    told = formatdate(time.time() + 2, usegmt=True) if header == "date" else header
    wiki.faults.append(Fault(429, headers={"Retry-After": told}))
    ask().get("Q900001")
    first, second = (seen.at for seen in wiki.seen)
    assert 0.95 <= second - first < 3


def test_maxlag_waits_as_long_as_told(ask: Callable[..., Online], wiki: StandIn) -> None:
    body = '{"error": {"code": "maxlag", "info": "Waiting for db1: 6.2 seconds lagged.", "lag": 6.2}}'
    wiki.faults.append(Fault(200, body, {"Retry-After": "1", "MediaWiki-API-Error": "maxlag"}))
    ask().get("Q900001")
    first, second = (seen.at for seen in wiki.seen)
    assert second - first >= 0.95


def test_requests_keep_their_distance(ask: Callable[..., Online], wiki: StandIn) -> None:
    online = ask(replace(QUICK, interval=0.3))
    for known in (LAND, TOWN, HEAD):
        online.get(known.qid)
    moments = [seen.at for seen in wiki.seen]
    assert len(moments) == 3
    assert all(later - earlier >= 0.2 for earlier, later in pairwise(moments))


def test_who_fails_again_and_again_is_left_alone(ask: Callable[..., Online], wiki: StandIn) -> None:
    wiki.faults += [Fault(503)] * 99
    online = ask(replace(QUICK, attempts=2, patience=2))
    for name in ("كريم الحداد", "سمر نجيب", "مملكة الوادي"):
        with pytest.raises(Unavailable):
            online.find(name)
    assert len(wiki.seen) == 4


def test_after_a_rest_it_is_asked_again(ask: Callable[..., Online], wiki: StandIn) -> None:
    wiki.faults += [Fault(403)]
    online = ask(replace(QUICK, patience=1, rest=0.2))
    for _ in range(2):
        with pytest.raises(Unavailable):
            online.get("Q900001")
    assert len(wiki.seen) == 1
    time.sleep(0.25)
    assert online.get("Q900001") == LAND


def test_one_failure_among_answers_silences_nobody(ask: Callable[..., Online], wiki: StandIn) -> None:
    online = ask(replace(QUICK, patience=2))
    for qid in ("Q900001", "Q900002", "Q900003"):
        wiki.faults.append(Fault(403))
        with pytest.raises(Unavailable):
            online.get(qid)
        assert online.get(qid) is not None


# --- the cache


def test_a_second_run_asks_nobody(ask: Callable[..., Online], wiki: StandIn) -> None:
    def run() -> list[object]:
        online = ask()
        return [*map(online.find, ("الزهراء", "كريم الحداد", "لا أحد")), online.get("Q900099"), online.get("Q899999")]

    first = run()
    asked = len(wiki.seen)
    wiki.close()
    assert run() == first
    assert len(wiki.seen) == asked


def test_the_order_of_the_questions_does_not_matter_to_the_cache(ask: Callable[..., Online], wiki: StandIn) -> None:
    names = ["مرفأ الزهراء", "الزهراء", "كريم الحداد"]
    for name in names:
        ask().find(name)
    wiki.close()
    online = ask()
    assert [list(online.find(name)) for name in reversed(names)] == [[HEAD], [TOWN, HAMLET], [TOWN]]


def test_failures_are_not_kept(ask: Callable[..., Online], wiki: StandIn) -> None:
    wiki.faults += [Fault(200, "no")] * 3
    with pytest.raises(Unavailable):
        ask().get("Q900001")
    assert ask().get("Q900001") == LAND


def test_another_wikibase_has_answers_of_its_own(ask: Callable[..., Online], wiki: StandIn, tmp_path: Path) -> None:
    ask().get("Q900001")
    other = StandIn()
    other.faults.append(Fault(200, '{"entities": {"Q900001": {"id": "Q900001", "missing": ""}}}'))
    assert Online(at(other, tmp_path / "cache.sqlite"), manners=QUICK).get("Q900001") is None
    other.close()


@pytest.mark.parametrize("spoilt", ["folder", "garbage", "body"])
def test_a_cache_that_cannot_be_used_does_no_harm(
    ask: Callable[..., Online], tmp_path: Path, caplog: pytest.LogCaptureFixture, spoilt: str
) -> None:
    path = tmp_path / "cache.sqlite"
    if spoilt == "folder":
        path.mkdir()
    elif spoilt == "garbage":
        path.write_bytes(b"no database" * 999)
    else:
        ask().get("Q900001")
        with sqlite3.connect(path) as file:
            file.execute("UPDATE answer SET body = x'00'")
        file.close()
    online = ask()
    assert (online.get("Q900001"), online.get("Q900002")) == (LAND, TOWN)
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [str(path)]


# --- linking goes on


def test_linking_asks_the_service(ask: Callable[..., Online]) -> None:
    live = Live(ask())
    assert (list(live.find("الزهراء")), live.get("Q900001"), live.failures) == ([TOWN, HAMLET], LAND, 0)


def test_linking_goes_on_without_the_service_and_one_line_says_so(
    ask: Callable[..., Online], wiki: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    wiki.close()
    live = Live(ask(replace(QUICK, attempts=1)))
    assert (list(live.find("الزهراء")), live.get("Q900001"), list(live.holders("Q900010"))) == ([], None, [])
    assert live.failures == 3
    [line] = [record.getMessage() for record in caplog.records]
    assert line.startswith(f"{wiki.api}: ConnectError: ") and line.endswith("; linking goes on offline")


def test_an_office_has_its_holders(ask: Callable[..., Online]) -> None:
    assert list(ask().holders("Q900010")) == [OLD_HEAD, HEAD]
    assert list(ask().holders("Q900030")) == []


# --- packs


# Offices are also of the classes that they are kinds of.
POST = structs.replace(OFFICE, classes=("Q48352", "Q4164871"))
SEAT = structs.replace(MINISTRY, classes=("Q83307", "Q294414"))


def pack(wiki: StandIn, cache: Path, name: str, roots: tuple[str, ...] = (), **given: str) -> list[Item]:
    return list(packs.fetch(packs.find(name), given, at(wiki, cache), roots, QUICK))


@pytest.mark.parametrize(
    ("name", "given", "found"),
    [
        ("heads", {}, [POST, HEAD]),
        ("heads", {"since": "2030-01-01"}, [POST, HEAD]),
        ("ministers", {"country": "Q900001"}, [SEAT, MINISTER]),
        ("ministers", {"country": "wd:Q900001", "since": "2021-01-01"}, []),
        ("ministers", {"country": "Q900002"}, []),
        ("parties", {}, [PARTY, DEAD_PARTY]),
        ("armed-groups", {}, [MILITIA]),
        ("companies", {}, [COMPANY]),
        ("companies", {"wikis": "4"}, [COMPANY, SHOP]),
    ],
)
def test_a_pack_gives_its_items_whole(
    wiki: StandIn, tmp_path: Path, name: str, given: dict[str, str], found: list[Item]
) -> None:
    assert pack(wiki, tmp_path / "c", name, **given) == found


def test_items_of_a_pack_are_also_of_the_classes_above(wiki: StandIn, tmp_path: Path) -> None:
    found = pack(wiki, tmp_path / "c", "parties", ("Q43229", "Q7278"))
    assert [item.classes for item in found] == [("Q7278", "Q43229"), ("Q900300", "Q43229", "Q7278")]


def test_a_pack_of_which_the_classes_are_not_known_is_none(wiki: StandIn, tmp_path: Path) -> None:
    wiki.faults += [GOOD, GOOD, Fault(403)]
    with pytest.raises(Unavailable, match="did not say of what kind 1 classes are"):
        pack(wiki, tmp_path / "c", "parties", ("Q7278",))


def test_every_pack_is_tested() -> None:
    assert [known.name for known in packs.packs()] == ["armed-groups", "companies", "heads", "ministers", "parties"]


def test_a_pack_comes_from_the_cache_the_second_time(wiki: StandIn, tmp_path: Path) -> None:
    first = pack(wiki, tmp_path / "c", "parties")
    wiki.close()
    assert pack(wiki, tmp_path / "c", "parties") == first == [PARTY, DEAD_PARTY]


def test_the_query_service_is_asked_in_sparql_and_politely(wiki: StandIn, tmp_path: Path) -> None:
    pack(wiki, tmp_path / "c", "parties")
    assert [(s.method, s.path) for s in wiki.seen] == [("GET", "/sparql"), ("POST", "/sparql")]
    assert {s.headers["User-Agent"] for s in wiki.seen} == {"kg-builder/0.1.0 (mailto:tests@example.org)"}
    assert {s.headers["Accept-Encoding"] for s in wiki.seen} == {"gzip"}


@pytest.mark.parametrize(
    "fault",
    [
        Fault(429, headers={"Retry-After": "0"}),
        Fault(503),
        Fault(500),
        Fault(0),
        Fault(200, "no"),
        Fault(200, "{}", {"Content-Encoding": "gzip"}),
    ],
)
def test_the_query_service_may_fail_and_recover(wiki: StandIn, tmp_path: Path, fault: Fault) -> None:
    wiki.faults += [fault, GOOD, fault]
    assert pack(wiki, tmp_path / "c", "companies") == [COMPANY]
    assert len(wiki.seen) == 4


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault(503), "HTTP 503 Service Unavailable"),
        (Fault(403), "HTTP 403 Forbidden"),
        (Fault(400, "MALFORMED QUERY"), "QueryBadFormed"),
        (Fault(500), "HTTP 500, the question may ask too much"),
        (Fault(200, EMPTY, delay=1.2), "no answer in 0.3 s"),
        (Fault(200, EMPTY, drip=0.1), "no whole answer in 0.3 s"),
    ],
    ids=["503", "403", "400", "500", "timeout", "drip"],
)
def test_a_query_service_that_keeps_failing_is_told(wiki: StandIn, tmp_path: Path, fault: Fault, reason: str) -> None:
    wiki.faults.append(fault)
    manners = replace(QUICK, timeout=0.3, attempts=1)
    with pytest.raises(Unavailable) as caught:
        list(packs.fetch(packs.find("parties"), {}, at(wiki, tmp_path / "c"), manners=manners))
    assert (caught.value.place, caught.value.reason) == (wiki.sparql, reason)


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("kings", {}, "kings: no such pack; known are armed-groups, companies, heads, ministers, parties"),
        ("parties", {"since": "1990-01-01"}, "parties: no parameter since; known: none"),
        ("ministers", {}, "ministers: needs country; known: country (an item), since (a day; 1990-01-01 unless given)"),
        (
            "ministers",
            {"country": "Q1 } UNION { ?item ?p ?o"},
            "--set country=Q1 } UNION { ?item ?p ?o: an item (Q232), a day (1990-01-01) or a whole number is wanted",
        ),
    ],
)
def test_a_wrong_pack_or_parameter_is_one_line(
    wiki: StandIn, tmp_path: Path, name: str, given: dict[str, str], message: str
) -> None:
    with pytest.raises(OptionError) as caught:
        pack(wiki, tmp_path / "c", name, **given)
    assert str(caught.value) == message
    assert wiki.seen == []


def test_a_term_stays_a_term_whatever_it_holds() -> None:
    import pyoxigraph as ox

    text = 'SELECT ?name WHERE { VALUES ?name { "x" } }'
    for words in ('"} DROP ALL {', "\\u0022 }", "{}\n", "\\"):
        bound = bind(text, {"name": [ox.Literal(words)]})
        assert [row["name"] for row in ox.Store().query(bound)] == [ox.Literal(words)]


# --- forms


def test_an_entity_is_read_as_it_was_written() -> None:
    assert [item(read_entity(entity(known))) for known in KNOWN] == list(KNOWN)


def test_the_best_rank_counts_and_unknown_values_do_not() -> None:
    def said(value: str | None, rank: str) -> dict[str, object]:
        snak = {"snaktype": "value", "datavalue": {"value": {"id": value}}} if value else {"snaktype": "somevalue"}
        return {"mainsnak": snak, "rank": rank}

    claims = {"P31": [said("Q1", "deprecated"), said("Q2", "normal"), said("Q3", "preferred")],
              "P17": [said(None, "preferred"), said("Q4", "normal")]}  # fmt: skip
    assert item(read_entity({"id": "Q9", "claims": claims})) == Item("Q9", classes=("Q3",), country="Q4")


NAMES = st.text(min_size=1)
QIDS = st.integers(1, 10**9).map("Q{}".format)
POSITIONS = st.builds(Position, QIDS, st.none() | QIDS, st.none() | st.just("1991-12"), st.none() | st.just("2020"))
ITEMS = st.builds(
    Item, QIDS, st.text(), st.text(), st.lists(NAMES).map(tuple), st.lists(QIDS).map(tuple), st.none() | QIDS,
    st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)), st.integers(0, 400),
    st.lists(POSITIONS).map(tuple), st.none() | st.just("1991"), st.none() | st.just("2001-02-03"),
    st.none() | st.integers(1),
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(ITEMS, max_size=4))
def test_items_survive_as_lines(items: list[Item]) -> None:
    told = [lines.dump(item) for item in items]
    assert all("\n" not in line for line in told)
    assert list(lines.read(told, "x")) == items


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "items.jsonl:2: no item: Input data was truncated"),
        (
            '{"qid": "Q1", "name": "x"}',
            "items.jsonl:2: no item: Object contains unknown field `name`; known keys are aliases, ",
        ),
        ("{}", "items.jsonl:2: no item: "),
        ("[]", "items.jsonl:2: no item: "),
    ],
)
def test_a_line_that_is_no_item_is_named(line: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        list(lines.read(["", line], "items.jsonl"))
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [(None, None), ("", None), ("120", 120.0), ("soon", None), ("Fri, 31 Dec 1999 23:59:59 GMT", 0.0)],
)
def test_retry_after_in_its_forms(header: str | None, seconds: float | None) -> None:
    assert seconds_to_wait(header) == seconds


def test_addresses_come_from_the_command_line_then_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in [name for name in os.environ if name.startswith("KG_BUILDER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KG_BUILDER_CACHE", str(tmp_path))
    assert service() == Service(
        WIKIDATA_API, WIKIDATA_SPARQL, tmp_path / "wikidata.sqlite", "https://w3id.org/news-event"
    )
    monkeypatch.setenv("KG_BUILDER_WIKIDATA_API", "http://one/api")
    monkeypatch.setenv("KG_BUILDER_WIKIDATA_SPARQL", "http://two/sparql")
    monkeypatch.setenv("KG_BUILDER_WIKIDATA_CACHE", str(tmp_path / "x"))
    monkeypatch.setenv("KG_BUILDER_CONTACT", "mailto:me@example.org")
    assert service() == Service("http://one/api", "http://two/sparql", tmp_path / "x", "mailto:me@example.org")
    assert service("http://three/api").api == "http://three/api"
    with pytest.raises(OptionError, match=r"--wikidata-sparql ftp://x: not an http or https address"):
        service(sparql="ftp://x")
    monkeypatch.setenv("KG_BUILDER_CONTACT", "me\r\nX: y")
    with pytest.raises(OptionError, match="a mail address or a web address is wanted"):
        service()


# --- the command


@pytest.fixture
def settings_of(wiki: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """The stand-in as the environment's Wikidata."""
    monkeypatch.setenv("KG_BUILDER_WIKIDATA_API", wiki.api)
    monkeypatch.setenv("KG_BUILDER_WIKIDATA_SPARQL", wiki.sparql)
    monkeypatch.setenv("KG_BUILDER_WIKIDATA_CACHE", str(tmp_path / "cache.sqlite"))
    return wiki


def test_a_pack_is_written_as_lines_or_as_an_index(
    settings_of: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed, index = tmp_path / "ministers.jsonl", tmp_path / "ministers.idx"
    for path, count in ((listed, 2), (index, 2)):
        assert run(["wikidata", "pack", "ministers", "--set", "country=Q900001", "-o", str(path)]) == 0
        assert capsys.readouterr().err == f"kg-builder: {path}: {count} items\n"
    assert list(lines.read(listed.read_text(encoding="utf-8").splitlines(), "x")) == [SEAT, MINISTER]
    assert list(Index(index)) == [SEAT, MINISTER]


def test_a_pack_that_cannot_be_fetched_writes_nothing(
    settings_of: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings_of.faults.append(Fault(403))
    path = tmp_path / "parties.jsonl"
    assert run(["wikidata", "pack", "parties", "-o", str(path)]) == 3
    assert capsys.readouterr().err == f"kg-builder: {settings_of.sparql}: HTTP 403 Forbidden\n"
    assert not path.exists()


def test_without_the_extra_a_line_says_so(tmp_path: Path) -> None:
    code = "import sys; sys.modules['stamina'] = None; from kg_builder.cli import run; sys.exit(run(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", code, "wikidata", "pack", "parties", "-o", "x.jsonl"], cwd=tmp_path, capture_output=True
    )
    assert done.returncode == 2
    needs = "asking Wikidata over the network needs stamina: pip install 'kg-builder[server]'"
    assert done.stderr.decode() == f"kg-builder: {needs}\n"


@pytest.fixture
def unlinked(tmp_path: Path) -> Path:
    """A graph that names two whom only the stand-in knows."""
    text = Text("التقى كريم الحداد وفدا في مرفأ الزهراء.", "a", "2021-05-10")
    head, port = named("Person", "كريم الحداد"), named("City", "مرفأ الزهراء")
    builder = Builder()
    builder.add(text.article, [text.report("Meeting", "التقى", {"participant": [head], "place": [port]})])
    return write(builder, tmp_path / "graph.trig")


def linked(path: Path) -> dict[str, str]:
    """Name → QID of what is linked."""
    text = "SELECT ?name ?item { ?e rdfs:label ?name ; skos:exactMatch ?item }"
    namespaces = {"rdfs": RDFS, "skos": SKOS}
    return {
        row["name"].value: row["item"].value.rpartition("/")[2] for row in load(path).query(text, prefixes=namespaces)
    }


def test_a_graph_is_linked_online_and_the_second_time_from_the_cache(
    settings_of: StandIn, unlinked: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "1.ttl", tmp_path / "2.ttl"
    assert run(["link", str(unlinked), "--link", "online", "-o", str(first)]) == 0
    assert linked(first) == {"كريم الحداد": "Q900021", "مرفأ الزهراء": "Q900002"}
    settings_of.close()
    assert run(["link", str(unlinked), "--link", "online", "-o", str(second)]) == 0
    assert second.read_bytes() == first.read_bytes()


def test_linking_goes_on_offline_and_the_exit_code_says_so(
    settings_of: StandIn,
    unlinked: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings_of.close()
    other = "http://127.0.0.1:9/api"
    target = tmp_path / "x.ttl"
    stamina.set_testing(True)
    try:
        code = run(["link", str(unlinked), "--link", "online", "--wikidata-api", other, "-o", str(target)])
    finally:
        stamina.set_testing(False)
    assert (code, linked(target)) == (1, {})
    assert [record.getMessage() for record in caplog.records] == [
        f"{other}: ConnectError: [Errno 111] Connection refused; linking goes on offline"
    ]
    last = capfd.readouterr().err.splitlines()[-1]
    assert re.fullmatch(r"kg-builder: \d+ questions about names were not answered, so links may be missing", last)


@pytest.mark.parametrize("name", ["taken.jsonl", "taken.idx"])
def test_a_pack_that_cannot_be_written_is_one_line(
    settings_of: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / name).mkdir()
    assert run(["wikidata", "pack", "parties", "-o", str(tmp_path / name)]) == 5
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"kg-builder: {tmp_path / name}: cannot be written")
