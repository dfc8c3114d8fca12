"""The compiled morphology in the cache folder: processes that start at once, and files that are gone or damaged."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg_builder.annotate.kept import kept
from kg_builder.ontology import Ontology, default_folder

database = importlib.import_module("kg_builder.annotate.morphology.database")  # the package has a function of this name

CODE = (
    "from kg_builder import annotate, model, ontology\n"
    "print([t.norm_ for t in annotate.load(ontology.load())(model.Article('a', 'وللحكومة'))])"
)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KG_BUILDER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path / "cache"


def test_a_kept_table_has_one_record_for_values_that_are_alike(cache: Path) -> None:
    def make() -> list[tuple[object, ...]]:
        return [(letters.lower(), float("1.5"), number) for letters, number in (("AB", 1), ("AB", True), ("AB", 1.0))]

    kept("twins", "0", make)
    (word, half, one), (same_word, same_half, true), (*_, float_one) = kept("twins", "0", list)
    assert [word, half, one, true, float_one] == ["ab", 1.5, 1, True, 1.0]
    assert [type(one), type(true), type(float_one)] == [int, bool, float]
    assert word is same_word and half is same_half


@pytest.fixture
def small(tmp_path: Path) -> Ontology:
    """An ontology with few words, quick to compile."""
    words = tmp_path / "ontology" / "words"
    words.mkdir(parents=True)
    for name in ("function-words.ttl", "verbs-10.ttl"):
        shutil.copy(default_folder() / "words" / name, words)
    return Ontology(tmp_path / "ontology")


def test_processes_that_start_at_once_do_not_disturb_each_other(cache: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", CODE], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    ended = [(process.communicate(timeout=120), process.returncode) for process in running]
    assert ended == [(("['و', 'ل', 'الحكومة']\n", ""), 0)] * 2
    assert sorted(path.suffix for path in cache.glob("morphology*")) == [".db", ".table"]
    assert not list(cache.glob("tmp*"))


def test_a_file_is_never_seen_half_written(cache: Path, small: Ontology, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    replace = os.replace

    def look_first(source: str, target: Path) -> None:
        seen.append([path.name for path in cache.glob("morphology-*.db")])
        replace(source, target)

    monkeypatch.setattr(database.os, "replace", look_first)
    assert database.database_file(small).is_file()
    assert seen == [[]]


@pytest.mark.parametrize(("start", "end"), [(0, 0), (0, 0.5), (0, 0.999), (0.5, 1)])
def test_a_damaged_file_is_compiled_again(cache: Path, small: Ontology, start: float, end: float) -> None:
    path = database.database_file(small)
    whole = path.read_bytes()
    path.write_bytes(whole[int(start * len(whole)) : int(end * len(whole))])
    assert database.database(small).stem_hash
    assert path.read_bytes() == whole


def test_a_file_that_vanishes_is_compiled_again(
    cache: Path, small: Ontology, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(database, "database_file", lambda _: tmp_path / "gone.db")
    assert database.database(small).stem_hash


def test_what_is_kept_goes_by_the_lists_as_they_were_read(small: Ontology) -> None:
    before = database.digest(small)
    (path,) = small.folder.rglob("verbs-10.ttl")
    path.write_text("", encoding="utf-8")
    assert database.digest(small) == before
    assert database.digest(Ontology(small.folder)) != before


def test_only_the_databases_last_used_are_kept(cache: Path, small: Ontology) -> None:
    cache.mkdir()
    for age in range(6):
        old = cache / f"morphology-{age}.db"
        old.touch()
        os.utime(old, (1000 - age, 1000 - age))
    newest = database.database_file(small)
    kept = {path.name for path in cache.glob("morphology-*.db")}
    assert kept == {newest.name, "morphology-0.db", "morphology-1.db"}


def test_what_is_kept_is_read_without_camel_tools(cache: Path) -> None:
    """The first process makes the tables; the next one finds the same words without what made them."""
    subprocess.run([sys.executable, "-c", CODE], check=True, capture_output=True, timeout=120)
    forbid = "import sys\nsys.modules['camel_tools'] = None\n"
    again = subprocess.run([sys.executable, "-c", forbid + CODE], capture_output=True, text=True, timeout=120)
    assert (again.stdout, again.returncode) == ("['و', 'ل', 'الحكومة']\n", 0), again.stderr


@pytest.mark.parametrize(("start", "end"), [(0, 0), (0, 0.5), (0.1, 1)])
def test_a_damaged_table_is_made_again(cache: Path, start: float, end: float) -> None:
    made: list[int] = []

    def make() -> dict[str, tuple[int, ...]]:
        made.append(1)
        return {"كلمة": (1, 2)}

    assert kept("test", "0", make) == kept("test", "0", make) == {"كلمة": (1, 2)}
    assert len(made) == 1
    (path,) = cache.glob("test-*.table")
    whole = path.read_bytes()
    path.write_bytes(whole[int(start * len(whole)) : int(end * len(whole))])
    assert kept("test", "0", make) == {"كلمة": (1, 2)}
    assert (len(made), path.read_bytes()) == (2, whole)


def test_a_table_is_kept_for_what_it_was_made_from(cache: Path) -> None:
    assert [kept("test", digest, digest.upper) for digest in "ab"] == ["A", "B"]
    for number in range(10):
        kept("test", str(number), lambda: 0)
    assert len(list(cache.glob("test-*"))) == 3
