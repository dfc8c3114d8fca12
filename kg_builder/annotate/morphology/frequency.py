"""How often lemmas and inflections are met in news: costs of readings, estimated without annotation.

The table is made by `scripts/build_frequencies.py` from raw text by expectation maximisation: the counts of a word's
spelling are shared among its readings, in proportion to how common their lemma and their inflection are over all
words. Whether a nominal rather stands as noun or as adjective is counted in the choices that context makes.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).parent / "frequency.tsv.gz"
_INFLECTION = ("pre", "art", "asp", "vox", "per", "gen", "num", "mod", "stt", "cas")
_NOMINAL = frozenset({"NOUN", "ADJ", "PTC"})
_ALIKE = 0.7
_RARE = 14.0  # the cost of a lemma or an inflection that the table does not know
_RARE_CLASS = 4.0

Table = dict[str, float]


def lemma_key(lemma: str, pos: str) -> str:
    """What is counted as one lemma: citation form and part of speech, one for all nominals."""
    return f"{lemma}/{'N' if pos in _NOMINAL else pos}"


def inflection_key(features: Mapping[str, str]) -> str:
    """What is counted as one inflection: proclitics, article, features, and whether a pronoun is attached."""
    inherent = features["pos"] in {"NOUN", "PROPN"}  # their gender is the lemma's
    values = ["" if inherent and name == "gen" else features.get(name, "") for name in _INFLECTION]
    values[1] = "ال" if values[1] else ""  # however much of the article is written
    pos = features["pos"] if features["pos"] in {"VERB", "NOUN", "ADJ", "PTC", "PROPN"} else "FUNCTION"
    return f"{pos}:{','.join(values)}:{features.get('enc', '')}"


@lru_cache(maxsize=1)
def table() -> Table:
    """Key → cost, the negative logarithm of its share; empty when there is no table."""
    if not TABLE.is_file():
        return {}
    with gzip.open(TABLE, "rt", encoding="utf-8") as stream:
        rows = (line.rstrip("\n").split("\t") for line in stream)
        return {key: float(value) for key, value in rows}


def forget() -> None:
    """Read the table anew when it is asked for next."""
    for known in (table, nature_cost, lemma_cost):
        known.cache_clear()


def class_key(name: str) -> str:
    """Under which the share of a class of words stands; persons count among the definite nouns."""
    return "=ND" if name == "HD" else f"={name}"


def nature_key(lemma: str, pos: str) -> str:
    """Under which the share of a nominal's uses as NOUN or as ADJ stands."""
    return f"{lemma}/N={pos}"


@lru_cache(maxsize=50_000)
def nature_cost(lemma: str, pos: str) -> float:
    """The cost of a nominal as noun or as adjective; of one that is too rare to tell, as if both were alike."""
    return table().get(nature_key(lemma, pos), _ALIKE)


@lru_cache(maxsize=50_000)
def lemma_cost(lemma: str, pos: str) -> float:
    """The cost of a lemma."""
    known = table()
    return known.get(lemma_key(lemma, pos), _RARE) if known else 0.0


def inflection_cost(features: Mapping[str, str]) -> float:
    """The cost of an inflection among words of its kind."""
    known = table()
    return known.get(inflection_key(features), _RARE) if known else 0.0


def class_cost(name: str) -> float:
    """The cost of a class of words."""
    known = table()
    return known.get(class_key(name), _RARE_CLASS) if known else 0.0
