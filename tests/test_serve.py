"""The server as clients meet it: over real HTTP, from SPARQLWrapper, curl and rdflib; and what it refuses."""

from __future__ import annotations

import asyncio
import contextlib
import csv
import io
import json
import re
import shutil
import socket
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, N3, POST, POSTDIRECTLY, RDFXML, TSV, URLENCODED, XML, SPARQLWrapper

from kg_builder.cli import run
from kg_builder.errors import ExitCode
from kg_builder.ontology import NEV
from kg_builder.ontology import load as load_ontology
from kg_builder.serve import Limits, Pool, application
from kg_builder.serve import app as serve_app
from kg_builder.serve.guard import asks_elsewhere
from kg_builder.serve.job import Ask, Reply
from kg_builder.serve.negotiate import GRAPHS, HTML, RESULTS, negotiate

CASE = Path(__file__).parent / "cases" / "almaty" / "graph.trig"
DATA = "https://w3id.org/news-event/data/"
EVENT = "event/Resignation-cc8946e185d3"
REGIONS = {"مانغيستاو", "نور سلطان", "ألماتي"}
COVERED = f"""PREFIX nev: <{NEV}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    SELECT ?region WHERE {{ ?d nev:covers/rdfs:label ?region }}"""
CONSTRUCT = f"CONSTRUCT {{ ?d <{NEV}covers> ?place }} WHERE {{ ?d <{NEV}covers> ?place }}"
SLOW = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
EVIL = "<script>alert(1)</script>"


def served(*words: str) -> Iterator[str]:
    """The address of a server that the command started; the process ends with the test."""
    command = [sys.executable, "-m", "kg_builder", "serve", *words, "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        said = process.stderr.readline()
        found = re.search(r"http://\S+:\d+/", said)
        assert found, said
        yield found[0]
    finally:
        process.terminate()
        process.communicate(timeout=20)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The seed graph with one nasty name in it."""
    store = ox.Store()
    store.bulk_load(path=str(CASE), format=ox.RdfFormat.TRIG)
    store.add(ox.Quad(ox.NamedNode(f"{DATA}evil"), ox.NamedNode(str(rdflib.RDFS.label)), ox.Literal(EVIL)))
    graph = tmp_path_factory.mktemp("site") / "graph.nq"
    store.dump(str(graph), format=ox.RdfFormat.N_QUADS)
    yield from served(str(graph))


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on the folder of a store, with small limits and one friend."""
    folder = tmp_path_factory.mktemp("strict") / "store"
    store = ox.Store(str(folder))
    store.bulk_load(path=str(CASE), format=ox.RdfFormat.TRIG)
    store.flush()
    del store
    limits = ("--timeout", "1.5", "--max-result", "1", "--workers", "1", "--allow-origin", "https://friend.example")
    yield from served("--store", str(folder), *limits)


# --- clients


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("sent", [URLENCODED, POSTDIRECTLY])
def test_sparqlwrapper_selects(site: str, method: str, sent: str) -> None:
    client = SPARQLWrapper(site + "sparql")
    client.setQuery(COVERED)
    client.setMethod(method)
    client.setRequestMethod(sent)
    client.setReturnFormat(JSON)
    found = client.queryAndConvert()
    assert {row["region"]["value"] for row in found["results"]["bindings"]} == REGIONS
    assert {row["region"]["xml:lang"] for row in found["results"]["bindings"]} == {"ar"}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_sparqlwrapper_takes_every_form(site: str) -> None:
    client = SPARQLWrapper(site + "sparql")
    client.setQuery(COVERED)
    client.setReturnFormat(XML)
    assert {b.firstChild.data for b in client.queryAndConvert().getElementsByTagName("literal")} == REGIONS
    client.setReturnFormat(CSV)
    assert {row["region"] for row in csv.DictReader(io.StringIO(client.queryAndConvert().decode()))} == REGIONS
    client.setReturnFormat(TSV)
    assert client.queryAndConvert().decode().splitlines()[0] == "?region"
    client.setQuery(f"ASK {{ ?e a <{NEV}Protest> }}")
    client.setReturnFormat(JSON)
    assert client.queryAndConvert() == {"head": {}, "boolean": True}
    client.setQuery(CONSTRUCT)
    for form in (RDFXML, N3):
        client.setReturnFormat(form)
        made = client.queryAndConvert()
        graph = made if isinstance(made, rdflib.Graph) else rdflib.Graph().parse(data=made, format="turtle")
        assert len(graph) == 3


def test_rdflib_s_store_reads_it(site: str) -> None:
    graph = rdflib.Graph(SPARQLStore(site + "sparql"))
    assert {str(row[0]) for row in graph.query(COVERED)} == REGIONS
    event = rdflib.URIRef(DATA + EVENT)
    assert graph.value(event, rdflib.URIRef(NEV + "status")) == rdflib.Literal("accepted")
    assert (event, rdflib.RDF.type, rdflib.URIRef(NEV + "Resignation")) in graph


@pytest.fixture
def curl() -> str:
    found = shutil.which("curl")
    if found is None:
        pytest.skip("CURL IS NOT INSTALLED: nothing was tested with it")
    return found


@pytest.mark.parametrize(
    "how",
    [
        ("--get", "--data-urlencode", f"query={COVERED}"),
        ("--data-urlencode", f"query={COVERED}"),
        ("--data-binary", COVERED, "-H", "Content-Type: application/sparql-query"),
        ("--data-binary", COVERED, "-H", "Content-Type: application/sparql-query", "-H", "Transfer-Encoding: chunked"),
    ],
)
def test_curl_asks(site: str, curl: str, how: tuple[str, ...]) -> None:
    told = subprocess.run(
        [curl, "-sS", "--fail", "-H", "Accept: text/csv", *how, site + "sparql"], capture_output=True, check=True
    )
    assert set(told.stdout.decode().splitlines()[1:]) == REGIONS


# --- forms


@pytest.mark.parametrize("media_type", sorted(RESULTS))
def test_tables_in_every_form(site: str, media_type: str) -> None:
    answer = httpx.get(site + "sparql", params={"query": COVERED}, headers={"Accept": media_type})
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, media_type)
    assert answer.headers["vary"] == "Accept"
    found = ox.parse_query_results(answer.content, format=RESULTS[media_type]) if "csv" not in media_type else None
    rows = [row["region"].value for row in found] if found else answer.text.splitlines()[1:]
    assert set(rows) == REGIONS


@pytest.mark.parametrize("media_type", sorted(GRAPHS))
def test_graphs_in_every_form(site: str, media_type: str) -> None:
    answer = httpx.get(site + "sparql", params={"query": CONSTRUCT}, headers={"Accept": media_type})
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, media_type)
    assert len(set(ox.parse(answer.content, format=GRAPHS[media_type]))) == 3


def test_a_table_is_no_graph(site: str) -> None:
    for query, accept in ((COVERED, "text/turtle"), (CONSTRUCT, "text/csv"), (COVERED, "image/png")):
        answer = httpx.get(site + "sparql", params={"query": query}, headers={"Accept": accept})
        assert (answer.status_code, answer.text[:22]) == (406, "there is this only as ")


def test_the_dataset_of_the_protocol(site: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"

    def counted(**params: str) -> int:
        answer = httpx.get(site + "sparql", params={"query": count, **params})
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    document = f"{DATA}document/article-903385194b11"
    graph = ox.Store()
    graph.bulk_load(path=str(CASE), format=ox.RdfFormat.TRIG)
    assert counted(**{"default-graph-uri": document}) == len(
        list(graph.quads_for_pattern(None, None, None, ox.NamedNode(document)))
    )
    bad = httpx.get(site + "sparql", params={"query": count, "named-graph-uri": "no iri"})
    assert (bad.status_code, bad.text) == (400, "no iri: not the IRI of a graph\n")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("text/turtle;q=0.5, application/ld+json", "application/ld+json"),
        ("text/*;q=0.1, text/turtle;q=0.3", "text/turtle"),
        ("text/html;q=0, text/*", "text/turtle"),
        ("TEXT/Turtle ; Q=1", "text/turtle"),
        ("text/turtle;q=nonsense", None),
        ("image/png", None),
        (",,,", None),
    ],
)
def test_negotiation(accept: str, chosen: str | None) -> None:
    assert negotiate(accept, [HTML, *GRAPHS]) == chosen


@given(st.text())
def test_negotiation_takes_anything(accept: str) -> None:
    assert negotiate(accept, list(GRAPHS)) in {None, *GRAPHS}


# --- IRIs


def test_a_node_is_html_or_rdf(site: str) -> None:
    page = httpx.get(site + EVENT, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="ar" dir="rtl">' in page.text
    assert "<h1 dir=\"auto\">استقالة · resignation</h1>" in page.text
    assert f'href="/node?iri={quote(DATA + "entity/person/qasm-jwmart-twkayf-9c5c2eb453ea", safe="")}"' in page.text
    rdf = httpx.get(site + EVENT, headers={"Accept": "application/n-triples"})
    store = ox.Store()
    store.bulk_load(path=str(CASE), format=ox.RdfFormat.TRIG)
    node = ox.NamedNode(DATA + EVENT)
    about = {q.triple for q in store.quads_for_pattern(node, None, None, None)}
    about |= {q.triple for q in store.quads_for_pattern(None, None, node, ox.DefaultGraph())}
    assert {q.triple for q in ox.parse(rdf.content, format=ox.RdfFormat.N_TRIPLES)} == about


def test_every_link_of_a_page_leads_somewhere(site: str) -> None:
    page = httpx.get(site + EVENT, headers={"Accept": "text/html"}).text
    links = sorted({link for link in re.findall(r'href="(/node[^"]+)"', page) if "news-event%23" not in link})
    assert len(links) >= 8
    for link in links:
        assert httpx.get(site + link[1:], headers={"Accept": "text/html"}).status_code == 200, link


def test_what_is_not_there_is_404(site: str) -> None:
    for path in ("event/None-1", "favicon.ico", "node?iri=http://e.org/none", "node?iri=no%20iri", "node"):
        assert httpx.get(site + path).status_code == 404, path
    assert httpx.get(site + EVENT, headers={"Accept": "image/png"}).status_code == 406


# --- pages


def test_the_page_offers_the_questions_in_both_languages(site: str) -> None:
    page = httpx.get(site)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "من قبل استقالة من" in page.text and "Who accepted whose resignation" in page.text
    assert "wikidata-labels" not in page.text
    form = httpx.get(site, params={"saved": "events-near"}).text
    assert [m for m in re.findall(r'name="p-(\w+)"', form)] == ["region", "date", "days"]
    assert 'name="p-days" dir="auto" value="7"' in form
    assert httpx.get(site + "style.css").headers["content-type"] == "text/css; charset=utf-8"


def test_the_page_answers(site: str) -> None:
    own = httpx.get(site, params={"query": COVERED}).text
    assert all(f"<td dir=\"auto\">{region}</td>" in own for region in REGIONS)
    saved = httpx.get(site, params={"saved": "place-timeline", "run": "1", "p-place": "الماتي"}).text
    assert "StateOfEmergency" in saved and 'value="الماتي"' in saved
    graph = httpx.get(site, params={"query": CONSTRUCT}).text
    assert "<pre dir=\"ltr\">@prefix" in graph
    ask = httpx.get(site, params={"query": "ASK { ?s ?p ?o }"}).text
    assert "<td dir=\"auto\">true</td>" in ask


def test_the_page_says_what_is_wrong(site: str) -> None:
    for params, status, problem in (
        ({"query": "SELECT"}, 400, "not a SPARQL query"),
        ({"saved": "emergencies-in-force", "run": "1"}, 400, "needs date"),
        ({"saved": "emergencies-in-force", "run": "1", "p-date": "soon"}, 400, "not a day"),
        ({"query": "SELECT * { SERVICE <http://e.org/> { ?s ?p ?o } }"}, 403, "SERVICE is refused"),
    ):
        answer = httpx.get(site, params=params)
        assert answer.status_code == status
        assert problem in answer.text and 'role="alert"' in answer.text


def test_nothing_that_is_shown_is_markup(site: str) -> None:
    for answer in (
        httpx.get(site, params={"query": f"SELECT * {{ ?s ?p '{EVIL}' }}"}),
        httpx.get(site, params={"query": "SELECT ?o { ?s ?p ?o FILTER(CONTAINS(STR(?o), 'alert')) }"}),
        httpx.get(site, params={"saved": "person-timeline", "run": "1", "p-person": f'"{EVIL}'}),
        httpx.get(site + "node", params={"iri": f"{DATA}evil"}, headers={"Accept": "text/html"}),
        httpx.get(site + "node", params={"iri": f"{DATA}{EVIL}"}),
        httpx.get(site, params={"saved": EVIL}),
    ):
        assert EVIL not in answer.text or answer.headers["content-type"].startswith("text/plain")
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_saved_questions_by_address(site: str) -> None:
    listed = httpx.get(site + "queries").json()
    assert {"person-timeline", "causes"} <= {one["name"] for one in listed}
    assert all(one["title"]["ar"] and one["title"]["en"] for one in listed)
    answer = httpx.get(site + "queries/events-near", params={"region": "ألماتي", "date": "2022-01-10", "days": "0"})
    assert [row["type"]["value"] for row in answer.json()["results"]["bindings"]] == ["StateOfEmergency"]
    wrong = httpx.get(site + "queries/events-near", params={"region": "ألماتي", "date": "2022"})
    assert (wrong.status_code, wrong.text) == (400, "events-near: date=2022: not a day; date is YYYY-MM-DD\n")
    for unknown in ("nothing", "wikidata-labels", "%2e%2e%2fREADME.md"):
        assert httpx.get(f"{site}queries/{unknown}").status_code == 404


# --- refusals


UPDATE = f"INSERT DATA {{ <{DATA}x> <{DATA}y> <{DATA}z> }}"


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"method": "POST", "data": {"update": UPDATE}}, 403),
        ({"method": "POST", "content": UPDATE, "headers": {"Content-Type": "application/sparql-update"}}, 403),
        ({"method": "POST", "content": UPDATE, "headers": {"Content-Type": "application/sparql-query"}}, 400),
        ({"method": "GET", "params": {"query": UPDATE}}, 400),
        ({"method": "GET", "params": {"update": UPDATE}}, 403),
        ({"method": "POST", "data": {"query": f"SELECT * {{}} ; {UPDATE}"}}, 400),
        ({"method": "PUT", "content": "<a:a> <a:b> <a:c> ."}, 405),
        ({"method": "DELETE"}, 405),
        ({"method": "PATCH", "content": "x"}, 405),
    ],
)
def test_updates_are_refused(site: str, how: dict, status: int) -> None:
    assert httpx.request(url=site + "sparql", **how).status_code == status
    asked = httpx.get(site + "sparql", params={"query": f"ASK {{ <{DATA}x> ?p ?o }}"})
    assert asked.json()["boolean"] is False


@pytest.mark.parametrize("path", ["", "node?iri=http://e.org/", "queries", "event/x", "style.css"])
def test_pages_take_no_writing(site: str, path: str) -> None:
    for method in ("POST", "PUT", "DELETE"):
        assert httpx.request(method, site + path).status_code == 405


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?e . SERVICE ?e { ?a ?b ?c } }",
        "PREFIX e: <http://127.0.0.1:9/> SELECT * { SERVICE e:x { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x { ?s ?p ?o } SERVICE :x { ?s ?p ?o } }",
        "SELECT * { FILTER EXISTS { SERVICE<http://127.0.0.1:9/>{ ?s ?p ?o } } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p \"# \" . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '''x'' ''' . # y\n SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)  # fmt: skip
def test_other_servers_are_not_asked(site: str, query: str) -> None:
    answer = httpx.get(site + "sparql", params={"query": query})
    assert (answer.status_code, answer.text) == (403, "SERVICE is refused: this endpoint asks no other server\n")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p 'SERVICE <http://e.org/>' } # SERVICE",
        "PREFIX service: <http://e.org/SERVICE> SELECT * { ?s service:SERVICE ?o }",
        "SELECT * { ?s <http://e.org/SERVICE> \"\"\"a \"SERVICE\" b\"\"\"@en-SERVICE }",
    ],
)  # fmt: skip
def test_the_word_service_may_stand_elsewhere(query: str) -> None:
    ox.Store().query(query)
    assert not asks_elsewhere(query)


def test_injection_through_parameters(site: str) -> None:
    nasty = "x\") } } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } ; DROP ALL #"
    answer = httpx.get(site + "queries/person-timeline", params={"person": nasty})
    assert answer.json()["results"]["bindings"] == []
    answer = httpx.get(site + "queries/event-evidence", params={"event": "http://e.org/> } DROP ALL {"})
    assert (answer.status_code, answer.text.endswith(": not an IRI\n")) == (400, True)
    assert len(httpx.get(site + "queries/decree-regions").json()["results"]["bindings"]) == 3


def raw(address: str, data: bytes) -> bytes:
    """What a server answers to these very bytes; what it had answered when it closed the door on the rest of them."""
    parts, found = urlsplit(address), b""
    with (
        socket.create_connection((parts.hostname, parts.port), timeout=20) as connection,
        contextlib.suppress(ConnectionResetError, BrokenPipeError),
    ):
        connection.sendall(data)
        while piece := connection.recv(65536):
            found += piece
    return found


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "/style.css/../../app.py",
        "/....//....//etc/passwd", "/%00/etc/passwd", "/\\..\\..\\etc\\passwd", "//etc/passwd", "/file:///etc/passwd",
        "/templates/base.html", "/node?iri=file:///etc/passwd", "/queries/..%2f..%2fREADME.md",
        "/?saved=../../README.md", "http://127.0.0.1/etc/passwd", "/%ff%fe",
    ],
)  # fmt: skip
def test_path_tricks_find_nothing(site: str, path: str) -> None:
    answer = raw(site, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    assert answer.split()[1] in {b"404", b"400"}
    assert b"root:" not in answer and b"import" not in answer and b"kg-builder" not in answer.split(b"\r\n\r\n", 1)[1]


def test_oversize_requests_are_refused(site: str) -> None:
    large = "SELECT * { ?s ?p ?o } #" + "x" * Limits().request
    direct = {"Content-Type": "application/sparql-query"}
    assert httpx.post(site + "sparql", content=large, headers=direct).status_code == 413
    assert httpx.post(site + "sparql", content=iter([large.encode()] * 3), headers=direct).status_code == 413
    claimed = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n"
    assert raw(site, claimed).split()[1] == b"413"
    assert httpx.get(site + "sparql", params={"query": large[: serve_app.MOST_ADDRESS + 99]}).status_code == 414
    head = raw(site, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 900_000 + b"\r\n\r\n")
    assert head == b"" or head.split()[1] == b"400"
    many = "&".join(f"default-graph-uri=http://e.org/{n}" for n in range(200))
    assert httpx.get(f"{site}sparql?query=ASK%7B%7D&{many}").status_code == 400


def test_malformed_requests_are_refused(site: str) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert httpx.post(site + "sparql", content=b"query=%ff%fe", headers=form).status_code == 400
    assert httpx.post(site + "sparql", content=b"\xff\xfe", headers=form).status_code == 400
    assert httpx.get(site + "sparql").status_code == 400
    assert httpx.get(site + "sparql?query=ASK%7B%7D&query=ASK%7B%7D").status_code == 400
    assert httpx.get(site + "?query=%ff").status_code == 400
    assert httpx.post(site + "sparql", content="x", headers={"Content-Type": "text/plain"}).status_code == 415
    assert raw(site, b"nonsense\r\n\r\n").split()[1] == b"400"
    bad = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\nConnection: close\r\n\r\n"
    assert raw(site, bad).split()[1] == b"400"


def test_slow_queries_are_stopped_and_others_go_on(strict: str) -> None:
    answer = httpx.get(strict + "sparql", params={"query": SLOW}, timeout=30)
    assert (answer.status_code, answer.text) == (503, "the query took longer than 1.5 s and was stopped\n")
    for _ in range(20):
        again = httpx.get(strict + "sparql", params={"query": COVERED}, timeout=30)
        if again.status_code == 200:
            break
    assert {row["region"]["value"] for row in again.json()["results"]["bindings"]} == REGIONS


def test_large_results_are_stopped(strict: str) -> None:
    for form in ("text/csv", "application/sparql-results+json"):
        params = {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"}
        answer = httpx.get(strict + "sparql", params=params, headers={"Accept": form}, timeout=30)
        assert (answer.status_code, answer.text[:34]) == (413, "the result has more than 1048576 b")


def test_other_sites_may_not_read_unless_they_are_allowed(site: str, strict: str) -> None:
    def allowed(server: str, origin: str) -> str | None:
        answer = httpx.get(server + "sparql", params={"query": "ASK {}"}, headers={"Origin": origin}, timeout=30)
        return answer.headers.get("access-control-allow-origin")

    assert allowed(site, "https://friend.example") is None
    assert allowed(strict, "https://friend.example") == "https://friend.example"
    assert allowed(strict, "https://foe.example") is None


def test_it_listens_on_the_loopback_and_answers_to_its_names_alone(site: str) -> None:
    assert urlsplit(site).hostname == "127.0.0.1"
    assert httpx.get(site, headers={"Host": "foe.example"}).status_code == 400
    for name in ("localhost", "127.0.0.1", f"localhost:{urlsplit(site).port}"):
        assert httpx.get(site, headers={"Host": name}).status_code == 200


# --- inside


def test_a_body_that_does_not_arrive_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(serve_app, "BODY_WITHIN", 0.05)
    app = application(Pool(tmp_path, Limits()), [], load_ontology())
    sent: list[dict] = []

    async def receive() -> dict:
        await asyncio.sleep(3600)
        return {}

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/sparql", "raw_path": b"/sparql", "query_string": b"",
        "headers": [(b"host", b"localhost")], "http_version": "1.1", "scheme": "http", "server": ("localhost", 80),
    }  # fmt: skip
    asyncio.run(asyncio.wait_for(app(scope, receive, send), 20))
    assert sent[0]["status"] == 408


def test_a_query_that_takes_too_much_memory_ends_alone(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    store = ox.Store(str(folder))
    store.bulk_load(path=str(CASE), format=ox.RdfFormat.TRIG)
    store.flush()
    del store
    form = "application/sparql-results+json"
    cross = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    # in the evaluation, which ends the process, and in the result, which does not
    greedy = (f"SELECT (GROUP_CONCAT(STR(?c)) AS ?n) {cross}", f"SELECT * {cross}")
    with Pool(folder, Limits(timeout=60, memory=200 * 1024**2, workers=1, result=1024**3)) as pool:
        for query in greedy:
            refused = pool.ask(Ask(query, form, None))
            assert isinstance(refused, Reply)
            assert (refused.status, refused.body) == (503, b"the query needs too much memory\n")
        answer = pool.ask(Ask("ASK { ?s ?p ?o }", form, None))
        assert isinstance(answer, Reply)
        assert json.loads(answer.body) == {"head": {}, "boolean": True}


def test_the_page_is_well_formed(site: str) -> None:
    for path in ("", "?saved=events-near", EVENT):
        text = httpx.get(site + path, headers={"Accept": "text/html"}).text
        ET.fromstring(re.sub(r"<!DOCTYPE html>|<(meta|link|input)([^>]*)>", r"", text))


# --- the command


def test_mistakes_of_the_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert run(["serve", str(CASE), "--port", port]) == ExitCode.OUTPUT
    assert capsys.readouterr().err.startswith(f"kg-builder: 127.0.0.1:{port}: cannot listen there: ")
    assert run(["serve"]) == ExitCode.USAGE
    assert run(["serve", "--store", "http://e.org/"]) == ExitCode.USAGE
    assert "has an endpoint already" in capsys.readouterr().err
    assert run(["serve", str(tmp_path / "no.ttl")]) == ExitCode.NO_INPUT
    (tmp_path / "empty").mkdir()
    assert run(["serve", str(tmp_path / "empty")]) == ExitCode.NO_INPUT
