"""From a written word to its candidates: readings with surface pieces and attribute ids, cached by surface.

News repeats itself: the work of analysis is done once for each spelling, and building a document is table look-up.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.strings import StringStore
from spacy.vocab import Vocab

from kg_builder.annotate.disambiguate import vowels
from kg_builder.annotate.morphology import Morphology, Part, Reading
from kg_builder.normalise import normalise

GENERATION = 30_000  # spellings kept in each of two generations; those not met again fall out with the older one
Row = tuple[int, int, int, int]  # norm, lemma, part of speech and morph, as ids of the vocabulary

_PUNCTUATION = frozenset(".,;:!?\"'()[]{}«»“”‘’…،؛؟-–—/\\_*•·|<>#@~^`،٭ـ")
_CLOSED = frozenset({"CCONJ", "ADP", "PRON", "PART"})
_PERCENT = frozenset("%$€£¥+=°§©®™&№")


class Rows:
    """Every combination of attributes met so far, as one matrix; a document's tokens are rows of it."""

    def __init__(self) -> None:
        self.matrix: npt.NDArray[np.uint64] = np.empty((4096, 4), dtype=np.uint64)
        self._numbers: dict[Row, int] = {}

    def number(self, row: Row) -> int:
        """The index of a row, added when new."""
        found = self._numbers.get(row)
        if found is None:
            found = self._numbers[row] = len(self._numbers)
            if found == len(self.matrix):
                self.matrix = np.concatenate([self.matrix, np.empty_like(self.matrix)])
            self.matrix[found] = row
        return found


class Choice(NamedTuple):
    """A reading ready to be put into a document: its surface `pieces` and their `rows` of attributes, in parallel.

    `construct` are the rows for when a genitive follows, None where that makes no difference; `verb` is the verb behind
    one of the pieces, `verb_at` where in the surface that piece begins.
    """

    entry: str
    exit: str
    cost: float
    pieces: tuple[str, ...]
    rows: tuple[int, ...]
    verb: str = ""
    verb_at: int = 0
    construct: tuple[int, ...] | None = None


def symbol_reading(norm: str) -> Reading:
    """The one reading of a token without Arabic letters: number, punctuation, symbol or foreign word."""
    if norm[0].isdigit():
        return _single(norm, "NUM", "NumType=Card", "#")
    if norm in _PERCENT:
        return _single(norm, "SYM", "", "B")
    if norm[0] in _PUNCTUATION and not norm[-1].isalnum():
        return _single(norm, "PUNCT", "", "X")
    if norm.startswith(("http", "www.")) or "@" in norm:
        return _single(norm, "X", "Foreign=Yes", "X")
    if norm[0].isalpha():
        return _single(norm, "PROPN" if norm[0].isupper() else "X", "Foreign=Yes", "Z")
    return _single(norm, "SYM", "", "X")


def _single(norm: str, pos: str, morph: str, kind: str) -> Reading:
    return Reading((Part(len(norm), norm, norm, pos, morph),), kind, kind, 0.0, norm, kind)


def piece_lengths(surface: str, norm: str, reading: Reading) -> list[int]:
    """How many characters of the surface each part takes; one for the whole where a cut would split a character."""
    lengths = [part.length for part in reading.parts]
    if len(surface) == len(norm):
        return lengths
    clean, at, cuts = normalise(surface), 0, [0]
    for length in lengths[:-1]:
        at += length
        cuts.append(clean.offsets[at])
    cuts.append(len(surface))
    found = [b - a for a, b in pairwise(cuts)]
    return found if all(found) else [len(surface)]


class Words:
    """Candidates of surfaces, cached. Needs the vocabulary into which documents are built."""

    def __init__(self, morphology: Morphology, vocab: Vocab) -> None:
        self._morphology = morphology
        self._vocab = vocab
        self._strings: StringStore = vocab.strings
        self.rows = Rows()
        self._numbers: dict[Part, int] = {}
        self._recent: dict[str, tuple[Choice, ...]] = {}
        self._older: dict[str, tuple[Choice, ...]] = {}

    def candidates(self, surface: str, norm: str) -> tuple[Choice, ...]:
        """The choices for a word as it is written; `norm` is its normalised form."""
        found = self._recent.get(surface)
        if found is None:
            found = self._recent[surface] = self._older.get(surface) or self._new(surface, norm)
            if len(self._recent) >= GENERATION:
                self._older, self._recent = self._recent, {}
        return found

    def _new(self, surface: str, norm: str) -> tuple[Choice, ...]:
        if not ("\u0621" <= norm[0] <= "\u064a"):
            return (self._choice(surface, norm, symbol_reading(norm)),)
        if len(surface) == len(norm):
            readings = self._morphology.readings(norm)
        else:
            readings = vowels.weigh(surface, self._morphology.all_readings(norm))
        return tuple(self._choice(surface, norm, reading) for reading in readings)

    def _choice(self, surface: str, norm: str, reading: Reading) -> Choice:
        lengths = piece_lengths(surface, norm, reading)
        parts = reading.parts
        if len(lengths) != len(parts):
            parts = (max(parts, key=lambda part: part.length)._replace(norm=norm),)
        starts = [0, *accumulate(lengths)]
        pieces = tuple(surface[a:b] for a, b in pairwise(starts))
        verb, verb_at = next(((p.verb, at) for p, at in zip(parts, starts, strict=False) if p.verb), ("", 0))
        construct = None
        if reading.exit == "NI":
            construct = tuple(self._row(_marked(part, "Cons")) for part in parts)
            parts = tuple(_marked(part, "Ind") for part in parts)
        rows = tuple(map(self._row, parts))
        return Choice(reading.entry, reading.exit, reading.cost, pieces, rows, verb, verb_at, construct)

    def _row(self, part: Part) -> int:
        if part.pos not in _CLOSED:
            return self._new_row(part)
        found = self._numbers.get(part)
        if found is None:
            found = self._numbers[part] = self._new_row(part)
        return found

    def _new_row(self, part: Part) -> int:
        add = self._strings.add
        row = add(part.norm), add(part.lemma or part.norm), add(part.pos), self._vocab.morphology.add(part.morph)
        return self.rows.number(row)


def _marked(part: Part, definite: str) -> Part:
    if part.pos != "NOUN" or "Definite=" in part.morph:
        return part
    features = sorted([f"Definite={definite}", *filter(None, part.morph.split("|"))])
    return part._replace(morph="|".join(features))
