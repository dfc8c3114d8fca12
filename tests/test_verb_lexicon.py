"""The verb lexicon is well formed: every entry whole, its shape that of its form, nothing twice."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from kg_builder.ontology import Atom, WordEntry, load

SHADDA = "ّ"
# Shapes of the citation form; the shadda stands after the letter it doubles. Form I: any three letters.
SHAPES = {
    1: f"..[^{SHADDA}]|.[^{SHADDA}]{SHADDA}",
    2: f"..{SHADDA}.",
    3: f".ا..|.ا.{SHADDA}|آ..",
    4: f"أ...|أ..{SHADDA}|آ..|أرى",  # the last lost its middle letter
    5: f"ت..{SHADDA}.",
    6: f"ت.ا..|ت.ا.{SHADDA}|تآ..",
    7: f"ان..(?:.|{SHADDA})",
    8: f"ا(?:.ت|صط|ضط|زد|[طدت]{SHADDA}).(?:.|{SHADDA})",
    9: f"ا...{SHADDA}",
    10: f"است...|است..{SHADDA}",
    12: "ا..و..",
    21: "....",
    22: "ت....",
    24: f"ا....{SHADDA}",
}
IMPERFECT_PREFIX = {5: "يت", 6: "يت", 7: "ين", 10: "يست", 22: "يت"}
CLASSES = {
    "say", "deny", "claim", "confirm", "know", "want", "plan", "attempt", "must", "modal-possible", "manage", "fail",
    "refuse", "prevent", "cause", "phase-start", "phase-continue", "phase-end", "light", "auxiliary",
}  # fmt: skip
SINGLE = ("imperfect", "verbForm", "root", "transitive")
WEAK_OR_HAMZA = re.compile("[اأإآؤئءوىي]")
VERBS = load().words("Verb")


def problems(verb: WordEntry) -> list[str]:
    """What is wrong with an entry, as short texts; empty when nothing is."""
    missing = [key for key in SINGLE if len(verb.all(key)) != 1]
    if missing or len(verb.forms) != 1 or not verb.all("masdar"):
        return [f"incomplete: {missing}"]
    return [text for text, holds in _laws(verb).items() if not holds]


def _laws(verb: WordEntry) -> dict[str, bool]:
    form, imperfect, root = verb.forms[0], str(verb.get("imperfect")), str(verb.get("root"))
    number = int(verb.get("verbForm") or 0)
    return {
        "shape of the form": bool(re.fullmatch(SHAPES.get(number, "(?!)"), form)),
        "prefix of the imperfect": imperfect.startswith(IMPERFECT_PREFIX.get(number, "ي")),
        "same consonants in both aspects": _skeleton(form) == _skeleton(imperfect),
        "length of the root": len(root) == (4 if number > 20 else 3),
        "letters of the root": not re.search(f"[اأإآؤئىة{SHADDA}]", root),
        "masdar without vowel signs": all(re.fullmatch("[ء-ي]+", str(masdar)) for masdar in verb.all("masdar")),
        "transitive is a boolean": isinstance(verb.get("transitive"), bool),
        "known classes": set(verb.all("class")) <= CLASSES,
    }


def _skeleton(word: str) -> str:
    """The letters that no weak root changes between perfective and imperfective."""
    return WEAK_OR_HAMZA.sub("", word).strip(SHADDA)


def _verb(form: str, imperfect: str, number: int, root: str, masdar: str) -> WordEntry:
    values: dict[str, Atom] = {"imperfect": imperfect, "verbForm": number, "root": root, "masdar": masdar}
    values["transitive"] = True
    return WordEntry((form,), {key: (value,) for key, value in values.items()})


def test_the_lexicon_is_large_and_has_every_form() -> None:
    """A floor, so that a file that no longer loads cannot pass unseen."""
    assert len(VERBS) >= 3500
    assert {verb.get("verbForm") for verb in VERBS} == set(SHAPES)


def test_every_entry_is_well_formed() -> None:
    assert {verb.forms: found for verb in VERBS if (found := problems(verb))} == {}


def test_no_verb_stands_twice() -> None:
    seen = Counter((verb.forms, verb.get("imperfect"), verb.get("verbForm")) for verb in VERBS)
    assert [key for key, count in seen.items() if count > 1] == []


@pytest.mark.parametrize(
    ("verb", "problem"),
    [
        (_verb("قدم", "يقدّم", 2, "قدم", "تقديم"), "shape of the form"),
        (_verb("استقال", "يستفيل", 10, "قيل", "استقالة"), "same consonants in both aspects"),
        (_verb("انفجر", "يفجر", 7, "فجر", "انفجار"), "prefix of the imperfect"),
        (_verb("أخذ", "يأخذ", 1, "أخذ", "أخذ"), "letters of the root"),
        (_verb("ترجم", "يترجم", 21, "رجم", "ترجمة"), "length of the root"),
        (_verb("ردّ", "يردّ", 1, "ردد", "ردّ"), "masdar without vowel signs"),
    ],
)
def test_a_faulty_entry_is_refused(verb: WordEntry, problem: str) -> None:
    assert problem in problems(verb)
