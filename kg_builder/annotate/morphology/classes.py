"""Classes of words for the choice by context, and what a reading costs before any context.

Costs are like negative logarithms of odds: 0 for what is usual, 1 for what is some three times rarer, 5 for what is
seldom met.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from kg_builder.annotate.morphology import frequency
from kg_builder.annotate.morphology.reading import Analysis

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


def upos(analysis: Analysis) -> tuple[str, ...]:
    """The parts of speech an analysis may have: participles and adjectives also stand as nouns."""
    pos = analysis["pos"]
    if pos == "VERB":
        return ("AUX",) if analysis["lex"] == "كان" else ("VERB",)
    if pos == "PTC":
        return ("NOUN", "ADJ")
    if is_elative(analysis):
        return ("ADJ",)
    return ("ADJ", "NOUN") if pos == "ADJ" else (pos,)


def is_elative(analysis: Analysis) -> bool:
    """Whether an adjective is of the pattern "أكبر", which stands before its noun."""
    lemma = analysis["lex"]
    return analysis["pos"] == "ADJ" and lemma[0] == "أ" and len(lemma) in _ELATIVE_LENGTHS and "art" not in analysis


def class_of(analysis: Analysis, pos: str) -> str:
    """The class of the reading's main word together with its pronoun."""
    attached = bool(analysis.get("enc"))
    if pos in {"VERB", "AUX"} and "asp" in analysis:
        return _verb_class(analysis)
    if pos in {"NOUN", "ADJ"} and analysis.get("kind", "") not in KINDS:
        return _nominal_class(analysis, "A" if pos == "ADJ" else "N")
    found = KINDS.get(analysis.get("kind", "")) or _UPOS_CLASS.get(pos, "B")
    return {"P": "PE", "SI": "SE", "SA": "SE", "T": "NE", "U": "NE"}.get(found, found) if attached else found


def _verb_class(analysis: Analysis) -> str:
    if analysis["lex"] == "كان":
        return "VA"
    if analysis["asp"] == "p":
        return "VP"
    if analysis["asp"] == "c":
        return "VC"
    return "VJ" if analysis.get("mod") in {"j", "s"} and "ل" not in analysis.get("pre", "") else "VI"


def _nominal_class(analysis: Analysis, letter: str) -> str:
    if analysis.get("enc"):
        return letter + "E"
    if "art" in analysis:
        return "HD" if letter == "N" and analysis.get("kind") == "human" else letter + "D"
    if is_elative(analysis):
        return "EL"
    if analysis.get("stt") == "c":
        return "NC"
    return letter + ("T" if analysis.get("cas") == "a" and analysis.get("stt") == "i" else "I")


def entry_of(analysis: Analysis, main: str) -> tuple[str, str]:
    """The class of the first word, and the chain of classes from it to the main word, as `C>P>NI`."""
    chain = [_LEAD_CLASS[letter] for letter in analysis.get("pre", "")]
    if chain and main in {"VI", "VJ", "VP", "VA"}:
        chain = ["S" if c == "P" else c for c in chain]
    return (chain[0] if chain else main), ">".join([*chain, main])


class Shape(NamedTuple):
    """What its features make of an analysis as one part of speech, whatever its lemma.

    `entry`, `exit`, `chain` and `gender` are as in `Reading`; `burden` is what speaks against it, `inflection` and
    `share` are the costs of its inflection and of its class in news.
    """

    pos: str
    entry: str
    exit: str
    chain: str
    gender: str
    burden: float
    inflection: float
    share: float


# All that a shape depends on, besides whether the lemma is one of those that the rules know.
SIGNATURE = (
    "pos", "pre", "art", "asp", "vox", "per", "gen", "num", "mod", "stt", "cas", "enc", "vform", "kind", "price",
)  # fmt: skip


def shapes(analysis: Analysis) -> tuple[Shape, ...]:
    """A shape for each part of speech that the analysis may have. Worked out once for each combination of features."""
    lemma = analysis["lex"]
    telling = lemma == "كان" or (lemma[0] == "أ" and len(lemma) in _ELATIVE_LENGTHS)
    return _shapes(lemma if telling else "-", *map(analysis.get, SIGNATURE))


@lru_cache(maxsize=50_000)
def _shapes(lemma: str, *values: str | None) -> tuple[Shape, ...]:
    features = {name: value for name, value in zip(SIGNATURE, values, strict=True) if value is not None}
    return tuple(_shape({**features, "lex": lemma}, pos) for pos in upos({**features, "lex": lemma}))


def _shape(analysis: Analysis, pos: str) -> Shape:
    main = class_of(analysis, pos)
    entry, chain = entry_of(analysis, main)
    burden = float(analysis.get("price", 0.0))
    if pos == "NOUN" and analysis["pos"] in {"ADJ", "PTC"}:
        burden += 0.8 if analysis["pos"] == "ADJ" else 1.0
    if pos == "VERB":
        burden += _unlike_news(analysis)
    elif pos in {"NOUN", "ADJ"} and analysis.get("enc") in _TO_A_PERSON:
        burden += 2.5
    costs = burden, frequency.inflection_cost(analysis), frequency.class_cost(main)
    return Shape(pos, entry, main, chain, _gender(analysis, pos), *costs)


def _gender(analysis: Analysis, pos: str) -> str:
    """The gender by which a verb in the third person singular and its subject agree."""
    if pos == "VERB":
        return analysis.get("gen", "") if analysis.get("per") == "3" and analysis.get("num") == "s" else ""
    broken_plural = analysis.get("num") == "p" and "cas" not in analysis
    return "" if pos not in {"NOUN", "ADJ"} or broken_plural else analysis.get("gen", "")


_TO_A_PERSON = frozenset({"ي", "ك", "كم"})


def _unlike_news(analysis: Analysis) -> float:
    """News tells of third persons: commands, "I" and "you" are met in quotations alone."""
    if analysis.get("asp") == "c":
        return 5.0
    return 3.0 if analysis.get("per") in {"1", "2"} else 0.0


_NATURE = 0.5  # counts of nouns and adjectives were made by the very choice that they serve
_TEMPER = 0.8  # frequencies of single words are trusted a little less than the context


def cost_of(analysis: Analysis, shape: Shape) -> float:
    """What the reading costs by itself: how rare it is, what speaks against it, its second nature."""
    cost = float(analysis.get("doubt", 0.0)) + float(analysis.get("rival", 0.0)) + shape.burden
    if shape.pos in {"NOUN", "ADJ"}:
        cost += _NATURE * frequency.nature_cost(analysis["lex"], shape.pos)
    if "cost" in analysis:
        return cost + float(analysis["cost"])
    return cost + _TEMPER * (frequency.lemma_cost(analysis) + shape.inflection - shape.share)
