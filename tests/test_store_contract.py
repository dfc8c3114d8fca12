"""One suite for every store: what is put in comes out, is replaced, deleted, kept and asked alike, wherever it lies.

Oxigraph and Virtuoso are real servers, started on the loopback. Each is used twice: with whole graphs sent to it, and
with updates alone. Where Virtuoso is not installed its tests are skipped, loudly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from servers import PASSWORD
from test_graph import NEWS, PRICE, RESIGNATION, documents

from kg_builder.errors import KgBuilderError
from kg_builder.graph import Builder
from kg_builder.model import Article, Report
from kg_builder.store import DEFAULT, GraphName, LocalStore, Query, Store, load, open_store, run_query, write
from kg_builder.store.protocol import STAGING
from kg_builder.store.push import Journal, push
from kg_builder.store.rdf_file import StoreSource
from kg_builder.store.remote.credentials import PASSWORD as PASSWORD_VARIABLE
from kg_builder.store.remote.credentials import USER
from kg_builder.store.remote.endpoints import GRAPHS

NODE, XSD = ox.NamedNode, "http://www.w3.org/2001/XMLSchema#"
ONE, TWO = NODE("https://example.org/document/واحد"), NODE("https://example.org/document/two#char=1,2")
KINDS = ("trig", "nq", "jsonld", "memory", "embedded", "oxigraph", "oxigraph-updates", "virtuoso", "virtuoso-updates")


def literal(text: str, kind: str) -> ox.Literal:
    return ox.Literal(text, datatype=NODE(XSD + kind))


LITERALS = [
    ox.Literal("قال «نعم» \"و\" 'لا'\n\t\\ ‏😀", language="ar"),
    ox.Literal("أسطر\u2028بلا\u0085نهاية", language="ar"),
    ox.Literal("مصر", language="ar-EG"),
    ox.Literal("مصر", language="ar"),
    ox.Literal("Egypt", language="en"),
    ox.Literal("مصر"),
    ox.Literal(""),
    literal("2022-01-05", "date"),
    literal("--01-05", "gMonthDay"),
    literal("2018-03", "gYearMonth"),
    literal("2018", "gYear"),
    literal("2022-01-05T18:30:00+03:00", "dateTime"),
    literal("60", "integer"),
    literal("0.12", "decimal"),
    literal("true", "boolean"),
]
ODD = [ox.Triple(NODE(f"https://example.org/شيء/{i}"), NODE("https://e.org/p"), v) for i, v in enumerate(LITERALS)]


def many(count: int) -> list[ox.Triple]:
    """Triples of subjects with five values each."""
    predicates = [NODE(f"https://e.org/p{i}") for i in range(5)]
    subjects = [NODE(f"https://e.org/s{i}") for i in range(count // 5)]
    return [ox.Triple(s, p, ox.Literal(f"نص {s.value}", language="ar")) for s in subjects for p in predicates]


@dataclass
class Place:
    """A store to test: what opens it, again and again, and whether it outlives being closed."""

    kind: str
    open: Callable[[], Store]
    lasts: bool = True


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    kind = str(request.param)
    server, _, updates = kind.partition("-")
    if kind == "memory":
        store = LocalStore.memory()
        return Place(kind, lambda: store, lasts=False)
    if server not in {"oxigraph", "virtuoso"}:
        name = "store" if kind == "embedded" else f"graph.{kind}"
        return Place(kind, lambda: open_store(str(tmp_path / name)))
    url = request.getfixturevalue(server).url
    monkeypatch.setenv(GRAPHS, "none" if updates else "")
    monkeypatch.setenv(USER, "dba")
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)
    with open_store(url) as old:
        for name in ours(old):
            old.delete(name)
    return Place(kind, lambda: open_store(url))


def ours(store: Store) -> dict[GraphName, int]:
    """The sizes of the graphs but those that a server has of its own."""
    return {name: n for name, n in store.counts().items() if name == DEFAULT or "//e" in str(name)}


def test_every_literal_comes_back_as_it_was(place: Place) -> None:
    with place.open() as store:
        store.put(DEFAULT, ODD)
        store.put(ONE, ODD[:3])
        assert ours(store) == {DEFAULT: len(ODD), ONE: 3}
        assert list(ours(store)) == [DEFAULT, ONE]
        assert set(store.triples(DEFAULT)) == set(ODD)
        assert set(store.triples(ONE)) == set(ODD[:3])
        assert {q for q in store.quads() if q.graph_name == ONE} == {
            ox.Quad(t.subject, t.predicate, t.object, ONE) for t in ODD[:3]
        }


def test_put_replaces_one_graph_and_no_other(place: Place) -> None:
    with place.open() as store:
        store.put(DEFAULT, ODD)
        store.put(ONE, ODD)
        store.put(TWO, ODD)
        store.put(ONE, [*ODD[2:5], *ODD[2:5]])
        assert set(store.triples(ONE)) == set(ODD[2:5])
        assert ours(store) == {DEFAULT: len(ODD), ONE: 3, TWO: len(ODD)}
        store.put(DEFAULT, ODD[:2])
        store.put(TWO, [])
        assert ours(store) == {DEFAULT: 2, ONE: 3}


def test_delete_takes_away_one_graph(place: Place) -> None:
    with place.open() as store:
        store.put(DEFAULT, ODD)
        store.put(ONE, ODD)
        store.put(TWO, ODD[:1])
        store.delete(ONE)
        store.delete(NODE("https://example.org/document/never"))
        assert ours(store) == {DEFAULT: len(ODD), TWO: 1}
        store.delete(DEFAULT)
        assert ours(store) == {TWO: 1}


def test_it_is_kept(place: Place) -> None:
    if not place.lasts:
        pytest.skip("memory ends with the process")
    with place.open() as store:
        store.put(DEFAULT, ODD)
        store.put(ONE, ODD[:4])
    with place.open() as store:
        assert set(store.triples(DEFAULT)) == set(ODD)
        assert ours(store) == {DEFAULT: len(ODD), ONE: 4}


def test_a_hundred_thousand_triples(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than a server is sent at once, so that the graph grows in parts; with updates alone, in more of them."""
    monkeypatch.setattr("kg_builder.store.remote.server.WHOLE", 60_000)
    monkeypatch.setattr("kg_builder.store.remote.server.PART", 40_000)
    count = 12_000 if place.kind.endswith("updates") or place.kind in {"trig", "jsonld"} else 100_000
    triples = many(count)
    with place.open() as store:
        store.put(ONE, ODD)
        store.put(DEFAULT, triples[:10])
        store.put(DEFAULT, triples)
        assert ours(store) == {DEFAULT: count, ONE: len(ODD)}
        if place.kind in {"oxigraph", "virtuoso"}:  # to read them all back takes longer than all other tests
            assert ask(store, "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }") == [(str(count // 5),)]
            last = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
            assert len(ask(store, last, s=triples[-1].subject)) == len(ask(store, last, s=triples[0].subject)) == 5
        else:
            assert set(store.triples(DEFAULT)) == set(triples)
        assert not any(STAGING in str(name) for name in store.counts())


def ask(store: Store, text: str, **given: ox.NamedNode | ox.Literal | str) -> list[tuple[str, ...]]:
    return sorted(run_query(Query("q", "", "", text), store, given).values())


def test_questions(place: Place) -> None:
    with place.open() as store:
        store.put(DEFAULT, ODD)
        store.put(ONE, ODD[:2])
        numbered = "SELECT ?s ?v WHERE { ?s <https://e.org/p> ?v }"
        assert ask(store, numbered, v=literal("--01-05", "gMonthDay")) == [("https://example.org/شيء/8",)]
        assert ask(store, numbered, v=ox.Literal("مصر", language="ar")) == [("https://example.org/شيء/3",)]
        assert ask(store, numbered, v='x" } UNION { ?s ?p ?o } #') == []
        assert ask(store, "ASK { ?s <https://e.org/p> 60 }") == [("true",)]
        assert ask(store, "ASK { ?s <https://e.org/p> 61 }") == [("false",)]
        in_one = "SELECT ?s ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
        assert ask(store, in_one, g=ONE) == [(t.subject.value,) for t in ODD[:2]]
        assert ask(store, in_one, g=TWO) == []
        assert ask(store, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }") == [(str(len(ODD)),)]
        since = f"SELECT ?o ?day WHERE {{ ?s ?p ?o FILTER(DATATYPE(?o) = <{XSD}date> && ?o >= ?day) }}"
        assert ask(store, since, day="2022-01-05") == [("2022-01-05",)]
        assert ask(store, since, day="2022-01-06") == []
        made = f"CONSTRUCT {{ ?s <https://e.org/q> ?o }} WHERE {{ GRAPH {ONE} {{ ?s ?p ?o }} }}"
        assert ask(store, made) == sorted((t.subject.value, "https://e.org/q", t.object.value) for t in ODD[:2])


def test_what_is_no_question_is_one_clear_line(place: Place) -> None:
    with place.open() as store, pytest.raises(KgBuilderError) as caught:
        ask(store, "SELECT nonsense")
    assert "\n" not in str(caught.value)


def test_a_push_goes_on_where_it_stopped(place: Place, tmp_path: Path) -> None:
    source = LocalStore.memory()
    graphs = {DEFAULT: ODD, **{NODE(f"https://example.org/document/{i}"): ODD[: i + 1] for i in range(6)}}
    for name, triples in graphs.items():
        source.put(name, triples)
    journal = tmp_path / "journal"
    with pytest.raises(InterruptedError), place.open() as store:
        push(Cut(source, after=4), store, Journal(journal))
    assert journal.exists()
    with place.open() as store:
        done = push(StoreSource(source), store, Journal(journal))
        assert ours(store) == {name: len(triples) for name, triples in graphs.items()}
        assert all(set(store.triples(name)) == set(triples) for name, triples in graphs.items())
    written_at_the_end = not place.lasts or place.kind in {"trig", "nq", "jsonld"}
    assert done.skipped == (0 if written_at_the_end else 4)
    assert not journal.exists()


class Cut(StoreSource):
    """A source that fails in the middle."""

    def __init__(self, store: Store, after: int) -> None:
        super().__init__(store)
        self._after = after

    def documents(self) -> Iterator[tuple[ox.NamedNode, list[ox.Triple]]]:
        yield from islice(super().documents(), self._after)
        raise InterruptedError


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents())
def test_any_document_comes_back(place: Place, told: tuple[Article, list[Report]]) -> None:
    builder = Builder()
    builder.add(*told)
    ((name, triples),) = builder.documents()
    with place.open() as store:
        store.put(name, triples)
        assert set(store.triples(name)) == set(triples)


class Ours(StoreSource):
    """The graphs of a store but those that the server has of its own."""

    def documents(self) -> Iterator[tuple[ox.NamedNode, list[ox.Triple]]]:
        return ((name, triples) for name, triples in super().documents() if "//e" in name.value)


def test_n_quads_pass_through_unchanged(place: Place, tmp_path: Path) -> None:
    builder = Builder("https://example.org/data/")
    builder.add(NEWS.article, [RESIGNATION, PRICE])
    builder.add(replace(NEWS.article, id="b", text=NEWS.article.text + " \n"), [RESIGNATION])
    before = write(builder, tmp_path / "before.nq")
    with place.open() as store:
        push(StoreSource(LocalStore(load(before))), store, Journal(tmp_path / "journal"))
        after = write(Ours(store), tmp_path / "after.nq")
    assert after.read_bytes() == before.read_bytes()
