"""The word lists of nouns, adjectives and adverbs: every entry is well formed and none stands twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg_builder.ontology import LEX, RDF_TYPE, default_folder, local_name

WORDS = default_folder() / "words"
FILES = sorted([*WORDS.glob("nouns-*.ttl"), *WORDS.glob("adjectives-*.ttl"), WORDS / "adverbs.ttl"])
KINDS = {"nouns": "Noun", "adjectives": "Adjective", "adverbs": "Adverb"}
FLOOR = {"Noun": 4500, "Adjective": 1500, "Adverb": 200}
ALLOWED = {
    "Noun": {"type", "form", "plural", "gender", "denotes", "masdarOf", "title", "office", "cost"},
    "Adjective": {"type", "form", "plural", "feminine", "cost"},
    "Adverb": {"type", "form"},
}
DENOTES = {
    "Person",
    "Group",
    "Force",
    "Organization",
    "Government",
    "Place",
    "City",
    "Region",
    "Country",
    "Facility",
    "Time",
    "Measure",
    "Weapon",
    "Vehicle",
    "Goods",
    "Text",
    "Event",
}
# Letters, inner spaces, and of the vowel signs only tanwin fath and shadda.
ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064b\u0651]+(?: [\u0621-\u063a\u0641-\u064b\u0651]+)*")
SIGNS = re.compile(r"[\u064b-\u0652]")

Entry = dict[str, list[str]]


def entries(text: str) -> list[Entry]:
    """The entries of a Turtle text, each a map from predicate name to its values, in file order."""
    found: dict[str, Entry] = {}
    for triple in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE):
        value = local_name(triple.object.value) if triple.predicate == RDF_TYPE else triple.object.value
        found.setdefault(str(triple.subject), {}).setdefault(local_name(triple.predicate.value), []).append(value)
    return list(found.values())


def faults(entry: Entry) -> Iterator[str]:
    """What is wrong with one entry; nothing when it is well formed."""
    kind = entry["type"][0]
    if unknown := set(entry) - ALLOWED[kind]:
        yield f"unknown terms {unknown}"
    if not entry.get("form"):
        yield "no form"
    words = [w for key in ("form", "plural", "feminine", "masdarOf") for w in entry.get(key, [])]
    yield from (f"not plain Arabic: {w}" for w in words if not ARABIC.fullmatch(w))
    yield from (f"{key} said twice" for key, values in entry.items() if len(values) != len(set(values)))
    if kind == "Noun" and entry.get("gender") not in (["m"], ["f"]):
        yield "gender is not one of m, f"
    if strange := set(entry.get("denotes", [])) - DENOTES:
        yield f"unknown kind of thing {strange}"
    yield from (f"{key} is not true" for key in ("title", "office") if entry.get(key, ["true"]) != ["true"])


def keys(entry: Entry) -> Iterator[tuple[str, ...]]:
    """What must be unique: kind, form and gender with each plural (or with none)."""
    gender = "".join(entry.get("gender", []))
    for plural in entry.get("plural") or [""]:
        yield entry["type"][0], SIGNS.sub("", entry["form"][0]), gender, plural


def twice(found: list[Entry]) -> list[tuple[str, ...]]:
    """The keys that more than one entry has."""
    return [key for key, count in Counter(key for e in found for key in keys(e)).items() if count > 1]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_every_entry_is_well_formed(path: Path) -> None:
    found = entries(path.read_text(encoding="utf-8"))
    wrong = [(e.get("form"), list(faults(e))) for e in found if list(faults(e))]
    assert wrong == []
    assert {e["type"][0] for e in found} == {KINDS[path.stem.split("-")[0]]}


def test_no_entry_stands_twice() -> None:
    assert twice([e for path in FILES for e in entries(path.read_text(encoding="utf-8"))]) == []


def test_the_lists_are_not_cut_short() -> None:
    counts = Counter(e["type"][0] for path in FILES for e in entries(path.read_text(encoding="utf-8")))
    assert {kind for kind, floor in FLOOR.items() if counts[kind] < floor} == set()


HEAD = f"@prefix lex: <{LEX}> . "


@pytest.mark.parametrize(
    "line",
    [
        '[] a lex:Noun ; lex:form "وزير" .',
        '[] a lex:Noun ; lex:form "وزير" ; lex:gender "x" .',
        '[] a lex:Noun ; lex:form "وَزير" ; lex:gender "m" .',
        '[] a lex:Noun ; lex:form "وزير" ; lex:gender "m" ; lex:denotes "Persn" .',
        '[] a lex:Noun ; lex:form "وزير" ; lex:gender "m" ; lex:plurals "وزراء" .',
        '[] a lex:Adjective ; lex:form "vazir" .',
        '[] a lex:Adjective ; lex:plural "جدد" .',
    ],
)
def test_a_bad_entry_is_found_out(line: str) -> None:
    assert [list(faults(e)) != [] for e in entries(HEAD + line)] == [True]


def test_a_second_entry_is_found_out() -> None:
    noun = '[] a lex:Noun ; lex:form "وزير" ; lex:plural "وزراء" ; lex:gender "m" . '
    assert twice(entries(HEAD + noun)) == []
    assert twice(entries(HEAD + noun + noun)) == [("Noun", "وزير", "m", "وزراء")]
