"""What a push believes, and what it does not: journals, stores that forgot, and places that cannot be written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest
from test_store_contract import NODE, ODD, ONE, TWO, many

from kg_builder.errors import InputError, OutputError
from kg_builder.store import DEFAULT, GraphName, LocalStore, open_store
from kg_builder.store.push import Journal, Pushed, push
from kg_builder.store.rdf_file import StoreSource

GRAPHS: dict[GraphName, list[ox.Triple]] = {DEFAULT: ODD, ONE: ODD[:4], TWO: ODD[2:9]}


def source() -> StoreSource:
    store = LocalStore.memory()
    for name, triples in GRAPHS.items():
        store.put(name, triples)
    return StoreSource(store)


class Notes(LocalStore):
    """A store in memory that notes what is put; `forgets` so many times what it was given for ONE."""

    def __init__(self, forgets: int = 0) -> None:
        super().__init__(ox.Store())
        self.given: list[GraphName] = []
        self._forgets = forgets

    def put(self, name: GraphName, triples: object) -> None:
        self.given.append(name)
        if name == ONE and self._forgets:
            self._forgets -= 1
            return
        super().put(name, triples)  # type: ignore[arg-type]


def broken_off(store: Notes, journal: Path) -> None:
    """The state after a push that was killed at its very end."""
    kept = Journal(journal)
    push(source(), store, kept)
    for line in finished(journal):
        kept.add(*line)
    store.given.clear()


def finished(journal: Path) -> list[tuple[GraphName, str]]:
    """The lines that a whole push writes."""
    seen: list[tuple[GraphName, str]] = []

    class Watching(Journal):
        def add(self, name: GraphName, digest: str) -> None:
            seen.append((name, digest))

    push(source(), LocalStore.memory(), Watching(journal))
    return seen


def test_documents_come_first_and_the_default_graph_last(tmp_path: Path) -> None:
    store = Notes()
    assert push(source(), store, Journal(tmp_path / "j")) == Pushed(3, 0, len(ODD) + 4 + 7)
    assert store.given == [TWO, ONE, DEFAULT]
    assert not (tmp_path / "j").exists()


def test_what_has_arrived_is_not_sent_again(tmp_path: Path) -> None:
    store = Notes()
    broken_off(store, tmp_path / "j")
    assert push(source(), store, Journal(tmp_path / "j")) == Pushed(0, 3, len(ODD) + 4 + 7)
    assert store.given == []


def test_the_journal_is_not_believed_where_the_store_holds_less(tmp_path: Path) -> None:
    store = Notes()
    broken_off(store, tmp_path / "j")
    store.inner.clear_graph(ONE)
    assert push(source(), store, Journal(tmp_path / "j")).skipped == 2
    assert store.given == [ONE]


def test_other_content_is_sent(tmp_path: Path) -> None:
    store = Notes()
    broken_off(store, tmp_path / "j")
    changed = LocalStore.memory()
    for name, triples in {**GRAPHS, ONE: ODD[1:5]}.items():
        changed.put(name, triples)
    assert push(StoreSource(changed), store, Journal(tmp_path / "j")).skipped == 2
    assert set(store.triples(ONE)) == set(ODD[1:5])


def test_a_torn_line_of_the_journal_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    store = Notes()
    broken_off(store, tmp_path / "j")
    text = (tmp_path / "j").read_text()
    assert json.loads(text.splitlines()[-1])[0] == ""
    (tmp_path / "j").write_text(text[:-20])
    assert push(source(), store, Journal(tmp_path / "j")).skipped == 2
    assert store.given == [DEFAULT]


def test_what_a_store_forgot_is_sent_once_more(tmp_path: Path) -> None:
    store = Notes(forgets=1)
    push(source(), store, Journal(tmp_path / "j"))
    assert store.given == [TWO, ONE, DEFAULT, ONE]
    assert set(store.triples(ONE)) == set(GRAPHS[ONE])


def test_a_store_that_keeps_on_forgetting_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"two|واحد.* holds 0 triples, not the 4 sent"):
        push(source(), Notes(forgets=2), Journal(tmp_path / "j"))
    assert (tmp_path / "j").exists()


def test_a_journal_that_cannot_be_written_or_read(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="journal cannot be written"):
        push(source(), LocalStore.memory(), Journal(Path("/proc/nowhere/j")))
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="journal cannot be read"):
        Journal(tmp_path / "folder")


def test_each_place_has_a_journal_of_its_own(tmp_path: Path) -> None:
    names = {Journal.of(place, tmp_path).path for place in ("http://a/", "http://a", "http://b", "a")}
    assert len(names) == 3


# --- places


def test_a_folder_can_be_asked_while_another_asks(tmp_path: Path) -> None:
    place = str(tmp_path / "db")
    with open_store(place) as store:
        store.put(ONE, ODD)
    with open_store(place, read_only=True) as one, open_store(place, read_only=True) as two:
        assert one.counts() == two.counts() == {ONE: len(ODD)}
        with pytest.raises(OutputError, match="opened for reading only"):
            one.put(ONE, [])
        with pytest.raises(OutputError, match="opened for reading only"):
            one.delete(ONE)


def test_two_cannot_write_to_one_folder(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "db")), pytest.raises(OutputError, match="another process has it open"):
        open_store(str(tmp_path / "db"))


@pytest.mark.parametrize("place", ["db", "no/such/folder", "graph.ttl"])
def test_a_store_that_is_not_there_cannot_be_asked(place: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no store there|no such file") as caught:
        open_store(str(tmp_path / place), read_only=True)
    assert str(tmp_path / place) in str(caught.value)
    assert not (tmp_path / place).exists()


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "db").write_text("x")
    with pytest.raises(OutputError, match="cannot be opened as a store") as caught:
        open_store(str(tmp_path / "db"))
    assert "\n" not in str(caught.value)


def test_a_file_keeps_its_prefixes_and_stays_as_it_was_when_the_work_fails(tmp_path: Path) -> None:
    path = tmp_path / "g.trig"
    path.write_text("@prefix e: <https://e.org/> .\ne:a e:b e:c .\n")
    with open_store(str(path)) as store:
        store.put(ONE, [ox.Triple(NODE("https://e.org/x"), NODE("https://e.org/y"), ox.Literal("نص", language="ar"))])
    written = path.read_text(encoding="utf-8")
    assert "@prefix e: <https://e.org/> ." in written
    assert 'e:x e:y "نص"@ar' in written
    with pytest.raises(ZeroDivisionError), open_store(str(path)) as store:
        store.put(ONE, [])
        raise ZeroDivisionError
    assert path.read_text(encoding="utf-8") == written


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf"])
def test_formats_without_named_graphs_say_so(suffix: str, tmp_path: Path) -> None:
    with open_store(str(tmp_path / f"g.{suffix}")) as store:
        store.put(DEFAULT, ODD)
        with pytest.raises(OutputError, match=r"has no named graphs; \.trig \.nq \.jsonld have"):
            store.put(ONE, ODD)
    with open_store(str(tmp_path / f"g.{suffix}"), read_only=True) as store:
        assert set(store.triples(DEFAULT)) == set(ODD)


# --- no room, no permission

FULL = """
import resource, sys
from test_store_contract import ONE, many
from kg_builder.errors import OutputError
from kg_builder.store import open_store
store = open_store(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    store.put(ONE, many(int(sys.argv[2])))
except OutputError as error:
    print(error)
"""


@pytest.mark.parametrize("count", [20_000, 40_000])
def test_a_full_disk_is_one_clear_line_and_loses_nothing(count: int, tmp_path: Path) -> None:
    place = str(tmp_path / "db")
    with open_store(place) as store:
        store.put(ONE, ODD)
    ran = subprocess.run(
        [sys.executable, "-c", FULL, place, str(count)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.startswith(f"{place}: cannot be written: ")
    assert ran.stdout.endswith("File too large\n")
    with open_store(place) as store:
        assert set(store.triples(ONE)) == set(ODD)
        store.put(ONE, many(10))
        assert store.counts() == {ONE: 10}


@contextmanager
def nobody() -> Iterator[Path]:
    """As a user who may write nowhere but in folders of his own; the path of a folder that is not."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        with open_store(str(folder / "db")) as store:
            store.put(ONE, ODD)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        was_root = os.geteuid() == 0
        if was_root:
            os.seteuid(65534)
        try:
            yield folder
        finally:
            if was_root:
                os.seteuid(0)
            for path in [folder, *folder.rglob("*")]:
                path.chmod(0o755)


def test_a_place_without_permission() -> None:
    with nobody() as folder:
        for place in ("db", "new", "new.nq"):
            path = str(folder / place)
            with pytest.raises(OutputError, match="ermission denied") as caught, open_store(path) as store:
                store.put(ONE, ODD)
            assert path in str(caught.value)
            assert "\n" not in str(caught.value)
        with open_store(str(folder / "db"), read_only=True) as store:
            assert set(store.triples(ONE)) == set(ODD)
