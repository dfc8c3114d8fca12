"""A reading of an orthographic word: its syntactic words with their attributes, and what the choice needs to know."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from kg_builder.annotate.morphology.rows import PRONOUNS

PROCLITICS: dict[str, tuple[str, str]] = {
    "و": ("CCONJ", ""),
    "ف": ("CCONJ", ""),
    "ب": ("ADP", ""),
    "ك": ("ADP", ""),
    "ل": ("ADP", ""),
    "س": ("PART", "Tense=Fut"),
    "أ": ("PART", "PronType=Int"),
}
_VALUES: dict[str, tuple[str, dict[str, str]]] = {
    "gen": ("Gender", {"m": "Masc", "f": "Fem"}),
    "num": ("Number", {"s": "Sing", "d": "Dual", "p": "Plur"}),
    "per": ("Person", {"1": "1", "2": "2", "3": "3"}),
    "asp": ("Aspect", {"p": "Perf", "i": "Imp"}),
    "vox": ("Voice", {"a": "Act", "p": "Pass", "ap": "Act,Pass"}),
    "mod": ("Mood", {"i": "Ind", "s": "Sub", "j": "Jus"}),
    "stt": ("Definite", {"d": "Def", "i": "Ind", "c": "Cons"}),
    "cas": ("Case", {"n": "Nom", "a": "Acc", "g": "Gen"}),
}
_VERB_FORM = {
    "vn": {"VerbForm": "Vnoun"},
    "pa": {"VerbForm": "Part", "Voice": "Act"},
    "pp": {"VerbForm": "Part", "Voice": "Pass"},
}
_UNWRITTEN = {"1": "ا", "2": "ال"}  # letters of the article that the spelling behind ل leaves out


class Part(NamedTuple):
    """A syntactic word inside an orthographic one: `length` characters of the normalised word, and its attributes."""

    length: int
    norm: str
    lemma: str
    pos: str
    morph: str
    verb: str = ""


class Reading(NamedTuple):
    """One analysis. `entry` and `exit` are the classes of its first and last word for the choice by context.

    `cost` is lower where it is likelier by itself; `chain` is every class from the first to the last word, as `C>P>NI`;
    `form` the verb form (0 unknown); `gender` that of a noun ("m", "f"), and the one a verb's subject behind it has,
    "" where spelling does not tell.
    """

    parts: tuple[Part, ...]
    entry: str
    exit: str
    cost: float
    lemma: str = ""
    chain: str = ""
    form: int = 0
    gender: str = ""


Analysis = dict[str, str]


def features_of(packed: str) -> Analysis:
    """The features of one line of the database, `name=value;…`, as a record. Shared: not to be changed."""
    head, _, rest = packed.partition(";verb=")
    if not rest:
        return _unpacked(head)
    verb, _, tail = rest.partition(";")
    return {**_unpacked(head), "verb": verb, **_unpacked(tail)}


@lru_cache(maxsize=10_000)
def _unpacked(packed: str) -> Analysis:
    """The same of features that many lemmas share."""
    return dict(pair.split("=") for pair in packed.split(";") if pair)


def morph_string(features: Mapping[str, str]) -> str:
    """UD features, sorted, as `Key=Value|Key=Value`."""
    return "|".join(f"{k}={features[k]}" for k in sorted(features))


def _features(analysis: Analysis) -> dict[str, str]:
    found = {name: values[v] for key, (name, values) in _VALUES.items() if (v := analysis.get(key, "")) in values}
    if analysis.get("asp") == "c":
        found["Mood"] = "Imp"
    found.update(_VERB_FORM.get(analysis.get("vform", ""), {}))
    if analysis.get("ud"):
        found.update(dict(pair.split("~") for pair in analysis["ud"].split(",")))
    return found


_MORPH = (*_VALUES, "vform", "ud")


@lru_cache(maxsize=20_000)
def _morph(definite: bool, *values: str | None) -> str:
    features = _features({name: value for name, value in zip(_MORPH, values, strict=True) if value is not None})
    return morph_string({**features, "Definite": "Def"} if definite else features)


@lru_cache(maxsize=100)
def enclitic(pronoun: str) -> Part:
    """The part of an attached pronoun."""
    return Part(len(pronoun), pronoun, "هو", "PRON", f"{PRONOUNS[pronoun]}|PronType=Prs")


@lru_cache(maxsize=100)
def proclitic(letter: str) -> Part:
    """The part of a one-letter proclitic."""
    pos, morph = PROCLITICS[letter]
    return Part(1, letter, letter, pos, morph)


class Outline(NamedTuple):
    """What an analysis says of a word, short enough to be kept for each: its parts are made when they are asked for.

    `before` and `after` are the proclitics and the pronoun, `article` tells how its article is written ("" for none).
    """

    before: str
    after: str
    article: str
    lemma: str
    pos: str
    morph: str
    verb: str

    def parts(self, word: str) -> tuple[Part, ...]:
        """The parts of a normalised word; their lengths add up to the word's."""
        before, after, article, lemma, pos, morph, verb = self
        stem = word[len(before) : len(word) - len(after)]
        norm = _UNWRITTEN.get(article, "") + stem
        if pos == "PROPN":
            lemma = norm.removeprefix("ال") if article else stem
        main = Part(len(stem), norm, lemma, pos, morph, verb)
        return (*map(proclitic, before), main, *((enclitic(after),) if after else ()))


def outline(analysis: Analysis, pos: str) -> Outline:
    """The outline of an analysis read as a part of speech."""
    get = analysis.get
    after = get("enc", "")
    morph = _morph(bool(after) and pos in {"NOUN", "ADJ"}, *map(get, _MORPH))
    return Outline(get("pre", ""), after, get("art", ""), analysis["lex"], pos, morph, get("verb", ""))
