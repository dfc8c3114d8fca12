"""A small Wikidata on the loopback: the API's JSON over HTTP, and a query service that is an Oxigraph server behind a
door that can be told to misbehave. Its land does not exist; the classes and properties are Wikidata's."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pyoxigraph as ox

from kg_builder.link.item import Item, Position

ENTITY = "http://www.wikidata.org/entity/"
HUMAN = "Q5"
LAND = Item("Q900001", "مملكة الوادي", "Kingdom of the Vale", ("الوادي", "Vale"), ("Q6256",), sitelinks=180,
            coordinates=(31.5, 35.25), inception="1946-05-25", population=1200000)  # fmt: skip
TOWN = Item("Q900002", "مرفأ الزهراء", "Zahra Harbour", ("الزهراء",), ("Q515",), "Q900001", (30.0, 34.75), 40,
            inception="1870", population=90000, geonames=7001)  # fmt: skip
HAMLET = Item("Q900003", "الزهراء", "Zahra", (), ("Q532",), "Q900001", (29.5, 35.0), 3)
OFFICE = Item("Q900010", "رئيس الوادي", "President of the Vale", (), ("Q4164871",), "Q900001", sitelinks=20)
MINISTRY = Item("Q900011", "وزير المياه", "Minister of Water", (), ("Q294414",), "Q900001", sitelinks=2)
OLD_HEAD = Item("Q900020", "سالم الراوي", "Salim al-Rawi", (), (HUMAN,), "Q900001", sitelinks=8,
                positions=(Position("Q900010", None, "1970-02", "1981-10-06"),))  # fmt: skip
HEAD = Item("Q900021", "كريم الحداد", "Karim al-Haddad", ("K. Haddad",), (HUMAN,), "Q900001", sitelinks=55,
            positions=(Position("Q900010", "Q900001", "2019-03-20", None),))  # fmt: skip
MINISTER = Item("Q900022", "سمر نجيب", "Samar Najib", (), (HUMAN,), "Q900001", sitelinks=6,
                positions=(Position("Q900011", None, "2015", "2020-06"),))  # fmt: skip
PARTY = Item("Q900030", "حزب النخيل", "Palm Party", (), ("Q7278",), "Q900001", sitelinks=9, inception="1998")
DEAD_PARTY = Item("Q900031", "حزب المرجان", "Coral Party", (), ("Q900300",), "Q900001", sitelinks=2,
                  inception="1950-03", dissolution="1991-12-16")  # fmt: skip
NAMELESS = Item("Q900032", "", "Nameless Party", (), ("Q7278",), "Q900001", sitelinks=1)
MILITIA = Item("Q900040", "جيش الفجر", "Dawn Army", (), ("Q17149090",), "Q900001", sitelinks=14)
COMPANY = Item("Q900050", "شركة السد", "Dam Company", (), ("Q4830453",), "Q900001", sitelinks=5)
SHOP = Item("Q900051", "شركة الرصيف", "Quay Company", (), ("Q4830453",), "Q900001", sitelinks=4)
KNOWN = (LAND, TOWN, HAMLET, OFFICE, MINISTRY, OLD_HEAD, HEAD, MINISTER, PARTY, DEAD_PARTY, NAMELESS, MILITIA, COMPANY,
         SHOP)  # fmt: skip
MOVED = {"Q900099": "Q900021", "Q900098": "Q900022"}
UNDER_THE_NEW_NAME = {"Q900098"}  # in the answer; services differ in what they do
ABOVE = {"Q900300": "Q7278", "Q7278": "Q43229", "Q900010": "Q48352", "Q900011": "Q83307"}  # P279


# --- as the API and the dump write it


def entity(item: Item, asked: str | None = None) -> dict[str, Any]:
    """The entity's JSON; `asked` is the identifier that redirects to it."""
    country = "P27" if HUMAN in item.classes else "P17"
    claims = {
        "P31": [_claim(_id_value(c)) for c in item.classes],
        country: [_claim(_id_value(item.country))] if item.country else [],
        "P39": [_claim(_id_value(p.office), _qualifiers(p)) for p in item.positions],
        "P571": [_claim(_time_value(item.inception))] if item.inception else [],
        "P576": [_claim(_time_value(item.dissolution))] if item.dissolution else [],
    }
    if item.coordinates:
        latitude, longitude = item.coordinates
        point = {
            "latitude": latitude,
            "longitude": longitude,
            "altitude": None,
            "precision": 1e-4,
            "globe": ENTITY + "Q2",
        }
        claims["P625"] = [_claim(point)]
    if item.population:
        claims["P1082"] = [
            _claim({"amount": f"+{item.population}", "unit": "1"}),
            _claim({"amount": "+1", "unit": "1"}, rank="deprecated"),
        ]
    if item.geonames:
        claims["P1566"] = [_claim(str(item.geonames))]
    claims["P18"] = [{"mainsnak": {"snaktype": "novalue", "property": "P18"}, "type": "statement", "rank": "normal"}]
    return {
        "type": "item",
        "id": item.qid,
        "labels": {lang: {"language": lang, "value": name} for lang, name in _labels(item)},
        "aliases": _aliases(item),
        "claims": {name: said for name, said in claims.items() if said},
        "sitelinks": {f"w{n}wiki": {"site": f"w{n}wiki", "title": "x", "badges": []} for n in range(item.sitelinks)},
    } | ({"redirects": {"from": asked, "to": item.qid}} if asked else {})


def _labels(item: Item) -> list[tuple[str, str]]:
    return [(lang, name) for lang, name in (("ar", item.label_ar), ("en", item.label_en)) if name]


def _aliases(item: Item) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for name in item.aliases:
        found.setdefault(_language(name), []).append({"language": _language(name), "value": name})
    return found


def _language(name: str) -> str:
    return "en" if name.isascii() else "ar"


def _claim(value: Any, qualifiers: dict[str, Any] | None = None, rank: str = "normal") -> dict[str, Any]:
    return {"mainsnak": _snak(value), "type": "statement", "rank": rank, "qualifiers": qualifiers or {}}


def _snak(value: Any) -> dict[str, Any]:
    return {"snaktype": "value", "datavalue": {"value": value}}


def _id_value(qid: str) -> dict[str, Any]:
    return {"entity-type": "item", "numeric-id": int(qid[1:]), "id": qid}


def _time_value(date: str) -> dict[str, Any]:
    stamp = date + "-00" * ((10 - len(date)) // 3)
    return {
        "time": f"+{stamp}T00:00:00Z",
        "precision": {4: 9, 7: 10, 10: 11}[len(date)],
        "calendarmodel": ENTITY + "Q1985727",
    }


def _qualifiers(position: Position) -> dict[str, Any]:
    told = {"P642": position.of and _id_value(position.of), "P580": position.begin and _time_value(position.begin),
            "P582": position.end and _time_value(position.end)}  # fmt: skip
    return {name: [_snak(value)] for name, value in told.items() if value}


def hit(item: Item, text: str, kind: str, language: str) -> dict[str, Any]:
    """One of the results of a search."""
    match = {"type": kind, "language": language, "text": text}
    return {"id": item.qid, "title": item.qid, "concepturi": ENTITY + item.qid, "label": item.label_en, "match": match}


# --- as the query service knows it

PREFIXES = """
PREFIX wd: <http://www.wikidata.org/entity/> PREFIX wds: <http://www.wikidata.org/entity/statement/>
PREFIX wdv: <http://www.wikidata.org/value/> PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX p: <http://www.wikidata.org/prop/> PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX psv: <http://www.wikidata.org/prop/statement/value/> PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX pqv: <http://www.wikidata.org/prop/qualifier/value/> PREFIX wikibase: <http://wikiba.se/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX geo: <http://www.opengis.net/ont/geosparql#>
"""


def turtle() -> str:
    """All that is known, in the RDF of Wikidata's query service."""
    kinds = [f"wd:{narrow} wdt:P279 wd:{wide} ." for narrow, wide in ABOVE.items()]
    return PREFIXES + "\n".join([*kinds, *(line for item in KNOWN for line in _triples(item))])


def _triples(item: Item) -> Iterator[str]:
    country = "P27" if HUMAN in item.classes else "P17"
    it = f"wd:{item.qid}"
    yield f"{it} wikibase:sitelinks {item.sitelinks} ."
    yield from (f"{it} rdfs:label {ox.Literal(name, language=lang)} ." for lang, name in _labels(item))
    yield f"{it} rdfs:label {ox.Literal(item.label_en, language='fr')} ."
    yield from (f"{it} skos:altLabel {ox.Literal(name, language=_language(name))} ." for name in item.aliases)
    yield from (f"{it} wdt:P31 wd:{name} ." for name in item.classes)
    if item.country:
        yield f"{it} wdt:{country} wd:{item.country} ."
    if item.coordinates:
        latitude, longitude = item.coordinates
        yield f'{it} wdt:P625 "Point({longitude} {latitude})"^^geo:wktLiteral .'
    if item.population:
        yield f"{it} wdt:P1082 {item.population}.0 ."
    if item.geonames:
        yield f'{it} wdt:P1566 "{item.geonames}" .'
    for name, date in (("P571", item.inception), ("P576", item.dissolution)):
        if date:
            said = f"wds:{item.qid}-{name}"
            yield f"{it} p:{name} {said} . {said} a wikibase:BestRank ; psv:{name} {_moment(date)} ."
    for number, position in enumerate(item.positions):
        yield from _held(it, f"wds:{item.qid}-P39-{number}", position)


def _held(it: str, said: str, position: Position) -> Iterator[str]:
    yield f"{it} p:P39 {said} . {said} ps:P39 wd:{position.office} ; wikibase:rank wikibase:NormalRank ."
    if position.of:
        yield f"{said} pq:P642 wd:{position.of} ."
    for name, date in (("P580", position.begin), ("P582", position.end)):
        if date:
            yield f"{said} pq:{name} {_stamp(date)} ; pqv:{name} {_moment(date)} ."


def _stamp(date: str) -> str:
    return f'"{date}{"-01" * ((10 - len(date)) // 3)}T00:00:00Z"^^xsd:dateTime'


def _moment(date: str) -> str:
    return f"[ wikibase:timeValue {_stamp(date)} ; wikibase:timePrecision {_time_value(date)['precision']} ]"


# --- the server


@dataclass(frozen=True)
class Fault:
    """What happens to one request instead of its answer: a status with headers and a body, or a dropped connection.

    `delay` seconds pass before the answer; with `drip` it then comes a byte each so many seconds.
    """

    status: int | None = None
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0


@dataclass(frozen=True)
class Seen:
    """A request as it came: when, where, with which parameters and headers."""

    at: float
    method: str
    path: str
    parameters: dict[str, str]
    headers: dict[str, str]


class StandIn:
    """Serves until closed. `faults` are used up by the next requests, one each; `seen` is what was asked."""

    def __init__(self, oxigraph: str = "") -> None:
        self.oxigraph = oxigraph
        self.faults: list[Fault] = []
        self.seen: list[Seen] = []
        self._client = httpx.Client(verify=False)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"house": self}))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.api, self.sparql, self.reconcile = self.url + "/w/api.php", self.url + "/sparql", self.url + "/reconcile"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """End it: from now on nobody listens on its port."""
        self._server.shutdown()
        self._server.server_close()
        self._client.close()

    def answer(self, seen: Seen) -> tuple[int, str]:
        """Status and body of a request that meets no fault."""
        asked = seen.parameters
        if seen.path == "/sparql":
            headers = {"Accept": "application/sparql-results+json", "Content-Type": "application/sparql-query"}
            got = self._client.post(self.oxigraph + "/query", content=asked["query"].encode(), headers=headers)
            return got.status_code, got.text
        if seen.path == "/reconcile":
            return 200, json.dumps(reconciled(asked))
        actions = {"wbsearchentities": search, "wbgetentities": entities}
        if asked.get("action") not in actions or asked.get("format") != "json":
            return 200, json.dumps({"error": {"code": "badvalue", "info": "Unrecognized value for parameter"}})
        return 200, json.dumps(actions[asked["action"]](asked))


def search(asked: dict[str, str]) -> dict[str, Any]:
    """`wbsearchentities`: whose label or alias in the language begins so."""
    language, wanted = asked["language"], asked["search"].casefold()
    found = []
    for item in KNOWN:
        names = [("label", name) for lang, name in _labels(item) if lang == language]
        names += [("alias", name) for name in item.aliases if _language(name) == language]
        match = next(((kind, name) for kind, name in names if name.casefold().startswith(wanted)), None)
        if match:
            found.append(hit(item, match[1], match[0], language))
    return {"searchinfo": {"search": asked["search"]}, "search": found[: int(asked["limit"])], "success": 1}


def entities(asked: dict[str, str]) -> dict[str, Any]:
    """`wbgetentities`: by identifier, redirects followed."""
    known = {item.qid: item for item in KNOWN}
    ids = asked["ids"].split("|")
    if beyond := [qid for qid in ids if len(qid) > 10]:
        return {"error": {"code": "no-such-entity", "info": f"Could not find an entity with the ID {beyond[0]!r}."}}
    found: dict[str, Any] = {}
    for qid in ids:
        if qid in MOVED:
            key = MOVED[qid] if qid in UNDER_THE_NEW_NAME else qid
            found[key] = entity(known[MOVED[qid]], asked=qid)
        else:
            found[qid] = entity(known[qid]) if qid in known else {"id": qid, "missing": ""}
    return {"entities": found, "success": 1}


def reconciled(asked: dict[str, str]) -> dict[str, Any]:
    """A reconciliation service of version 0.2: its manifest, or the candidates of a batch of queries."""
    if "queries" not in asked:
        return {"versions": ["0.2"], "name": "Stand-in", "identifierSpace": ENTITY, "schemaSpace": ENTITY,
                "defaultTypes": [{"id": "Q35120", "name": "entity"}], "batchSize": 2}  # fmt: skip
    return {key: {"result": _matches(query)} for key, query in json.loads(asked["queries"]).items()}


def _matches(query: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for item in KNOWN:
        score = 100.0 if query["query"] == item.label_ar else 70.0 if query["query"] in item.aliases else 0.0
        fits = query.get("type") in (None, *item.classes)
        if score and fits:
            types = [{"id": name, "name": name} for name in item.classes]
            found.append(
                {"id": item.qid, "name": item.label_en, "type": types, "score": score, "match": score == 100.0}
            )
    return found[: query.get("limit", 3)]


class _Handler(BaseHTTPRequestHandler):
    house: StandIn
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._serve("")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

    def _serve(self, body: str) -> None:
        parts = urlsplit(self.path)
        asked = {k: v[-1] for k, v in {**parse_qs(parts.query), **parse_qs(body)}.items()}
        seen = Seen(time.monotonic(), self.command, parts.path, asked, dict(self.headers))
        self.house.seen.append(seen)
        fault = self.house.faults.pop(0) if self.house.faults else Fault()
        time.sleep(fault.delay)
        if fault.status == 0:
            self.close_connection = True
            return
        status, text = (fault.status, fault.body) if fault.status else self.house.answer(seen)
        body, packed = text.encode(), {}
        if "gzip" in self.headers.get("Accept-Encoding", "") and not fault.status:
            body, packed = gzip.compress(body), {"Content-Encoding": "gzip"}
        self._write(status, body, replace(fault, headers={**packed, **fault.headers}))

    def _write(self, status: int, body: bytes, fault: Fault) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": "application/json",
            **fault.headers,
            "Content-Length": str(len(body)),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            for start in range(0, len(body), 1 if fault.drip else len(body) or 1):
                self.wfile.write(body[start : start + (1 if fault.drip else len(body))])
                time.sleep(fault.drip)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""
