"""A reading of an orthographic word: its syntactic words with their attributes, and what the choice needs to know."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from kg_builder.annotate.morphology.features import Features, features
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
_UNWRITTEN = {"0": "", "1": "ا", "2": "ال"}  # letters of the article that the spelling behind ل leaves out


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


class Analysis:
    """What the lexicon, a database of the user's or the shape of a word says of it.

    `diac` is its true spelling, `spelling` tells where the text spells otherwise: "dotted" (ي for ى) or "variant".
    `verb` is that of a verb, masdar or participle. `cost` is what the analysis costs by itself where no frequencies
    are known; `doubt` and `rival` what speaks against it beside the other analyses of the word.
    """

    __slots__ = ("cost", "diac", "doubt", "features", "lex", "rival", "spelling", "verb")

    def __init__(
        self, features: Features, lex: str, diac: str, verb: str = "", spelling: str = "", cost: float | None = None
    ) -> None:
        self.features = features
        self.lex, self.diac, self.verb, self.spelling = lex, diac, verb, spelling
        self.cost = cost
        self.doubt = self.rival = 0.0

    def record(self) -> dict[str, str]:
        """The features with the lemma, by name."""
        return {**self.features.values, "lex": self.lex}


_OWN = frozenset({"lex", "diac", "verb", "cost"})


def analysis_of(record: Mapping[str, str]) -> Analysis:
    """The analysis that a record of its features, lemma, spelling, verb and cost describes."""
    inflection = features({name: value for name, value in record.items() if name not in _OWN})
    return Analysis(inflection, record["lex"], record["diac"], record.get("verb", ""), "", float(record["cost"]))


def morph_string(features: Mapping[str, str]) -> str:
    """UD features, sorted, as `Key=Value|Key=Value`."""
    return "|".join(f"{k}={features[k]}" for k in sorted(features))


def _morphology(values: Mapping[str, str]) -> dict[str, str]:
    found = {name: allowed[v] for key, (name, allowed) in _VALUES.items() if (v := values.get(key, "")) in allowed}
    if values.get("asp") == "c":
        found["Mood"] = "Imp"
    found.update(_VERB_FORM.get(values.get("vform", ""), {}))
    if values.get("ud"):
        found.update(dict(pair.split("~") for pair in values["ud"].split(",")))
    return found


@lru_cache(maxsize=20_000)
def _morph(inflection: Features, pos: str) -> str:
    found = _morphology(inflection.values)
    return morph_string({**found, "Definite": "Def"} if inflection.enc and pos in {"NOUN", "ADJ"} else found)


@lru_cache(maxsize=100)
def enclitic(pronoun: str) -> Part:
    """The part of an attached pronoun."""
    return Part(len(pronoun), pronoun, "هو", "PRON", f"{PRONOUNS[pronoun]}|PronType=Prs")


@lru_cache(maxsize=100)
def proclitic(letter: str) -> Part:
    """The part of a one-letter proclitic."""
    pos, morph = PROCLITICS[letter]
    return Part(1, letter, letter, pos, morph)


def parts(word: str, pos: str, inflection: Features, lemma: str, verb: str) -> tuple[Part, ...]:
    """The parts of a normalised word, so inflected and read as a part of speech; their lengths add up to the word's."""
    before, after, article = inflection.pre, inflection.enc, inflection.art
    stem = word[len(before) : len(word) - len(after)] if before or after else word
    norm = _UNWRITTEN[article] + stem if article else stem
    if pos == "PROPN":
        lemma = norm.removeprefix("ال") if article else stem
    main = Part(len(stem), norm, lemma, pos, _morph(inflection, pos), verb)
    if not before and not after:
        return (main,)
    return (*map(proclitic, before), main, *((enclitic(after),) if after else ()))
