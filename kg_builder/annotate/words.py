"""From a written word to its candidates: readings with surface pieces and attribute ids, cached by surface.

News repeats itself: the work of analysis is done once for each spelling, and building a document is table look-up.
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.strings import StringStore
from spacy.vocab import Vocab

from kg_builder.annotate.disambiguate import vowels
from kg_builder.annotate.morphology import Morphology, Part, Reading
from kg_builder.normalise import normalise

Row = tuple[int, int, int, int]  # norm, lemma, part of speech and morph, as ids of the vocabulary

_PUNCTUATION = frozenset(".,;:!?\"'()[]{}«»“”‘’…،؛؟-–—/\\_*•·|<>#@~^`،٭ـ")
_PERCENT = frozenset("%$€£¥+=°§©®™&№")


class Choice(NamedTuple):
    """A reading ready to be put into a document. `rows` and `verbs` run parallel to `pieces`; `construct` holds the rows
    for when a genitive follows, None where that makes no difference."""

    entry: str
    exit: str
    cost: float
    pieces: tuple[str, ...]
    rows: tuple[Row, ...]
    verbs: tuple[str, ...]
    construct: tuple[Row, ...] | None = None


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
    found = [b - a for a, b in zip(cuts, cuts[1:], strict=False)]
    return found if all(found) else [len(surface)]


class Words:
    """Candidates of surfaces, cached. Needs the vocabulary into which documents are built."""

    def __init__(self, morphology: Morphology, vocab: Vocab) -> None:
        self._morphology = morphology
        self._vocab = vocab
        self._strings: StringStore = vocab.strings
        self._known: dict[str, tuple[Choice, ...]] = {}

    def candidates(self, surface: str, norm: str) -> tuple[Choice, ...]:
        """The choices for a word as it is written; `norm` is its normalised form."""
        found = self._known.get(surface)
        if found is None:
            found = self._known[surface] = self._new(surface, norm)
        return found

    def _new(self, surface: str, norm: str) -> tuple[Choice, ...]:
        if not ("\u0621" <= norm[0] <= "\u064a"):
            return (self._choice(surface, norm, symbol_reading(norm)),)
        readings = self._morphology.readings(norm)
        if len(surface) != len(norm):
            readings = vowels.weigh(surface, readings)
        return tuple(self._choice(surface, norm, reading) for reading in readings)

    def _choice(self, surface: str, norm: str, reading: Reading) -> Choice:
        lengths = piece_lengths(surface, norm, reading)
        parts = reading.parts
        if len(lengths) != len(parts):
            main = max(parts, key=lambda part: part.length)
            parts = (main._replace(norm=norm),)
        ends = [sum(lengths[: i + 1]) for i in range(len(lengths))]
        pieces = tuple(surface[end - n : end] for n, end in zip(lengths, ends, strict=True))
        rows, construct = tuple(map(self._row, parts)), None
        if reading.exit == "NI":
            construct = tuple(self._row(self._marked(part, "Cons")) for part in parts)
            rows = tuple(self._row(self._marked(part, "Ind")) for part in parts)
        return Choice(reading.entry, reading.exit, reading.cost, pieces, rows, tuple(p.verb for p in parts), construct)

    @staticmethod
    def _marked(part: Part, definite: str) -> Part:
        if part.pos != "NOUN" or "Definite=" in part.morph:
            return part
        features = sorted([f"Definite={definite}", *filter(None, part.morph.split("|"))])
        return part._replace(morph="|".join(features))

    def _row(self, part: Part) -> Row:
        add = self._strings.add
        return add(part.norm), add(part.lemma or part.norm), add(part.pos), self._vocab.morphology.add(part.morph)
