"""Classes of words for the choice by context, and what a reading costs before any context.

Costs are like negative logarithms of odds: 0 for what is usual, 1 for what is some three times rarer, 5 for what is
seldom met.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from kg_builder.annotate.morphology import frequency
from kg_builder.annotate.morphology.features import Features
from kg_builder.annotate.morphology.reading import Analysis

Record = Mapping[str, str]
"""The features of an analysis with its lemma, by name."""

# One letter or two for each class; the transitions between them are in `annotate/disambiguate`.
KINDS = {
    "prep": "P",
    "conj": "C",
    "an": "SA",
    "inna": "SI",
    "subj": "S",
    "clause": "SC",
    "jussive": "J",
    "neg": "G",
    "qad": "Q",
    "future": "F",
    "excl": "B",
    "pron": "O",
    "dem": "D",
    "rel": "R",
    "who": "R",
    "det": "T",
    "noun": "T",
    "name": "Z",
    "unlike": "U",
    "month": "Z",
    "adv": "B",
    "num": "#",
}
_LEAD_CLASS = {"و": "C", "ف": "C", "ب": "P", "ك": "P", "ل": "P", "س": "F", "أ": "B"}
_UPOS_CLASS = {
    "ADV": "B",
    "PART": "B",
    "NUM": "#",
    "PROPN": "Z",
    "DET": "T",
    "INTJ": "B",
    "PRON": "O",
    "ADP": "P",
    "SCONJ": "SC",
    "CCONJ": "C",
}


_ELATIVE_LENGTHS = frozenset({3, 4})


def upos(record: Record) -> tuple[str, ...]:
    """The parts of speech an analysis may have: participles and adjectives also stand as nouns."""
    pos = record["pos"]
    if pos == "VERB":
        return ("AUX",) if record["lex"] == "كان" else ("VERB",)
    if pos == "PTC":
        return ("NOUN", "ADJ")
    if is_elative(record):
        return ("ADJ",)
    return ("ADJ", "NOUN") if pos == "ADJ" else (pos,)


def is_elative(record: Record) -> bool:
    """Whether an adjective is of the pattern "أكبر", which stands before its noun."""
    lemma = record["lex"]
    return record["pos"] == "ADJ" and lemma[0] == "أ" and len(lemma) in _ELATIVE_LENGTHS and "art" not in record


def class_of(record: Record, pos: str) -> str:
    """The class of the reading's main word together with its pronoun."""
    attached = bool(record.get("enc"))
    if pos in {"VERB", "AUX"} and "asp" in record:
        return _verb_class(record)
    if pos in {"NOUN", "ADJ"} and record.get("kind", "") not in KINDS:
        return _nominal_class(record, "A" if pos == "ADJ" else "N")
    found = KINDS.get(record.get("kind", "")) or _UPOS_CLASS.get(pos, "B")
    return {"P": "PE", "SI": "SE", "SA": "SE", "T": "NE", "U": "NE"}.get(found, found) if attached else found


def _verb_class(record: Record) -> str:
    if record["lex"] == "كان":
        return "VA"
    if record["asp"] == "p":
        return "VP"
    if record["asp"] == "c":
        return "VC"
    return "VJ" if record.get("mod") in {"j", "s"} and "ل" not in record.get("pre", "") else "VI"


def _nominal_class(record: Record, letter: str) -> str:
    if record.get("enc"):
        return letter + "E"
    if "art" in record:
        return "HD" if letter == "N" and record.get("kind") == "human" else letter + "D"
    if is_elative(record):
        return "EL"
    if record.get("stt") == "c":
        return "NC"
    return letter + ("T" if record.get("cas") == "a" and record.get("stt") == "i" else "I")


def entry_of(record: Record, main: str) -> tuple[str, str]:
    """The class of the first word, and the chain of classes from it to the main word, as `C>P>NI`."""
    chain = [_LEAD_CLASS[letter] for letter in record.get("pre", "")]
    if chain and main in {"VI", "VJ", "VP", "VA"}:
        chain = ["S" if c == "P" else c for c in chain]
    return (chain[0] if chain else main), ">".join([*chain, main])


class Shape(NamedTuple):
    """What its features make of an analysis as one part of speech, whatever its lemma.

    `entry`, `exit`, `chain` and `gender` are as in `Reading`; `burden` is what speaks against it, `inflection` and
    `share` are the costs of its inflection and of its class in news, `nominal` whether it is noun or adjective.
    """

    pos: str
    entry: str
    exit: str
    chain: str
    gender: str
    burden: float
    inflection: float
    share: float
    nominal: bool


def shapes(analysis: Analysis) -> tuple[Shape, ...]:
    """A shape for each part of speech that the analysis may have."""
    lemma = analysis.lex
    telling = lemma == "كان" or (lemma[0] == "أ" and len(lemma) in _ELATIVE_LENGTHS)
    return _shapes(analysis.features, lemma if telling else "-")


@lru_cache(maxsize=50_000)
def _shapes(features: Features, lemma: str) -> tuple[Shape, ...]:
    record = {**features.values, "lex": lemma}
    return tuple(_shape(record, pos) for pos in upos(record))


def _shape(record: Record, pos: str) -> Shape:
    main = class_of(record, pos)
    entry, chain = entry_of(record, main)
    burden = float(record.get("price", 0.0))
    if pos == "NOUN" and record["pos"] in {"ADJ", "PTC"}:
        burden += 0.8 if record["pos"] == "ADJ" else 1.0
    if pos == "VERB":
        burden += _unlike_news(record)
    elif pos in {"NOUN", "ADJ"}:
        burden += _TO_A_PERSON.get(record.get("enc", ""), 0.0)
    costs = burden, frequency.inflection_cost(record), frequency.class_cost(main)
    return Shape(pos, entry, main, chain, _gender(record, pos), *costs, pos in {"NOUN", "ADJ"})


def _gender(record: Record, pos: str) -> str:
    """The gender by which a verb in the third person singular and its subject agree."""
    if pos == "VERB":
        return record.get("gen", "") if record.get("per") == "3" and record.get("num") == "s" else ""
    broken_plural = record.get("num") == "p" and "cas" not in record
    return "" if pos not in {"NOUN", "ADJ"} or broken_plural else record.get("gen", "")


_TO_A_PERSON = {"ي": 4.6, "ك": 2.5, "كم": 2.5}
"""What speaks against "my" and "your"; «مقاتلي الجبهة» is rather the plural before its genitive."""


def _unlike_news(record: Record) -> float:
    """News tells of third persons: commands, "I" and "you" are met in quotations alone."""
    if record.get("asp") == "c":
        return 5.0
    return 3.0 if record.get("per") in {"1", "2"} else 0.0


_NATURE = 0.5  # counts of nouns and adjectives were made by the very choice that they serve
_TEMPER = 0.8  # frequencies of single words are trusted a little less than the context


def cost_of(analysis: Analysis, shape: Shape) -> float:
    """What the reading costs by itself: how rare it is, what speaks against it, its second nature."""
    cost = analysis.doubt + analysis.rival + shape.burden
    if shape.nominal:
        cost += _NATURE * frequency.nature_cost(analysis.lex, shape.pos)
    if analysis.cost is not None:
        return cost + analysis.cost
    lemma_cost = frequency.lemma_cost(analysis.lex, analysis.features.pos)
    return cost + _TEMPER * (lemma_cost + shape.inflection - shape.share)
