"""From a written word to its choices: readings with surface pieces and attribute ids, cached by surface.

News repeats itself: the work of analysis is done once for each spelling, and building a document is table look-up.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from spacy.strings import StringStore
from spacy.vocab import Vocab

from kg_builder.annotate.disambiguate import vowels
from kg_builder.annotate.morphology import Draft, Morphology, Part, Reading
from kg_builder.annotate.morphology.reading import parts
from kg_builder.normalise import normalise

GENERATION = 25_000  # spellings kept in each of two generations; those not met again fall out with the older one
ROW = struct.Struct("=4Q")  # norm, lemma, part of speech and morph, as ids of the vocabulary

_PUNCTUATION = frozenset(".,;:!?\"'()[]{}«»“”‘’…،؛؟-–—/\\_*•·|<>#@~^`،٭ـ")
_CLOSED = frozenset({"CCONJ", "ADP", "PRON", "PART"})
_PERCENT = frozenset("%$€£¥+=°§©®™&№")


class Layout(NamedTuple):
    """How a word is put into a document: its surface `pieces`, as ids of the vocabulary's strings, without `spaces`
    between them, attributes in `rows`.

    Rows are packed one after the other. `construct` are those for when a genitive follows, None where that makes no
    difference; `verb` is the verb behind one of the pieces, `verb_at` where in the surface that piece begins.
    """

    pieces: tuple[int, ...]
    spaces: tuple[bool, ...]
    rows: bytes
    construct: bytes | None = None
    verb: str = ""
    verb_at: int = 0


class Choice:
    """A reading of a written word among which context may choose; `layout` is made once it has been chosen.

    Until then it holds what its parts are made of: nothing more, for there are two of them for each word type.
    """

    __slots__ = ("cost", "entry", "exit", "features", "gender", "layout", "lemma", "norm", "pos", "surface", "verb")

    def __init__(self, draft: Draft, surface: str, norm: str) -> None:
        cost, shape, analysis = draft
        self.cost, self.pos = cost, shape.pos
        self.entry, self.exit, self.gender = shape.entry, shape.exit, shape.gender
        self.features, self.lemma, self.verb = analysis.features, analysis.lex, analysis.verb
        self.surface, self.norm = surface, norm
        self.layout: Layout | None = None

    def parts(self) -> tuple[Part, ...]:
        """The syntactic words inside."""
        return parts(self.norm, self.pos, self.features, self.lemma, self.verb)


class Read:
    """A reading of a written word whose parts are known."""

    __slots__ = ("cost", "entry", "exit", "gender", "layout", "norm", "reading", "surface")

    def __init__(self, reading: Reading, surface: str, norm: str) -> None:
        self.entry, self.exit, self.gender, self.cost = reading.entry, reading.exit, reading.gender, reading.cost
        self.surface, self.norm, self.reading = surface, norm, reading
        self.layout: Layout | None = None

    def parts(self) -> tuple[Part, ...]:
        """The syntactic words inside."""
        return self.reading.parts


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


def piece_lengths(surface: str, norm: str, parts: Sequence[Part]) -> list[int]:
    """How many characters of the surface each part takes; one for the whole where a cut would split a character."""
    lengths = [part.length for part in parts]
    if len(surface) == len(norm):
        return lengths
    clean, at, cuts = normalise(surface), 0, [0]
    for length in lengths[:-1]:
        at += length
        cuts.append(clean.offsets[at])
    cuts.append(len(surface))
    found = [b - a for a, b in pairwise(cuts)]
    return found if all(found) else [len(surface)]


Option = Choice | Read


class Words:
    """Choices of surfaces, cached. Needs the vocabulary into which documents are built."""

    def __init__(self, morphology: Morphology, vocab: Vocab) -> None:
        self._morphology = morphology
        self._strings: StringStore = vocab.strings
        self._morph_id = lru_cache(maxsize=20_000)(vocab.morphology.add)
        self._pos_id = lru_cache(maxsize=100)(vocab.strings.add)
        self._closed_row = lru_cache(maxsize=1000)(self._new_row)
        self._recent: dict[str, tuple[Option, ...]] = {}
        self._older: dict[str, tuple[Option, ...]] = {}

    def choices(self, surface: str, norm: str) -> tuple[Option, ...]:
        """The choices for a word as it is written; `norm` is its normalised form."""
        found = self._recent.get(surface)
        if found is None:
            surface = norm if surface == norm else surface  # one string for both
            found = self._recent[surface] = self._older.get(surface) or self._new(surface, norm)
            if len(self._recent) >= GENERATION:
                self._older, self._recent = self._recent, {}
        return found

    def _new(self, surface: str, norm: str) -> tuple[Option, ...]:
        if not ("\u0621" <= norm[0] <= "\u064a"):
            return (Read(symbol_reading(norm), surface, norm),)
        if len(surface) == len(norm):
            return tuple([Choice(draft, surface, norm) for draft in self._morphology.drafts(norm)])
        readings = vowels.weigh(surface, self._morphology.all_readings(norm))
        return tuple([Read(reading, surface, norm) for reading in readings])

    def lay(self, choice: Option) -> Layout:
        """Make the layout of a choice, once."""
        surface, parts = choice.surface, choice.parts()
        lengths = piece_lengths(surface, choice.norm, parts)
        if len(lengths) != len(parts):
            parts = (max(parts, key=lambda part: part.length)._replace(norm=choice.norm),)
        pieces: tuple[str, ...] = (surface,)
        verb, at = parts[0].verb, 0
        if len(parts) > 1:
            starts = [0, *accumulate(lengths)]
            pieces = tuple(surface[a:b] for a, b in pairwise(starts))
            verb, at = next(((p.verb, at) for p, at in zip(parts, starts, strict=False) if p.verb), ("", 0))
        construct = None
        if choice.exit == "NI":
            construct = self._rows(_marked(part, "Cons") for part in parts)
            parts = tuple(_marked(part, "Ind") for part in parts)
        ids = tuple([self._strings.add(piece) for piece in pieces])
        made = choice.layout = Layout(ids, _glued(len(ids)), self._rows(parts), construct, verb, at)
        return made

    def _rows(self, parts: Iterable[Part]) -> bytes:
        return b"".join([self._closed_row(part) if part.pos in _CLOSED else self._new_row(part) for part in parts])

    def _new_row(self, part: Part) -> bytes:
        _, norm, lemma, pos, morph, _ = part
        add = self._strings.add
        return ROW.pack(add(norm), add(lemma or norm), self._pos_id(pos), self._morph_id(morph))


@lru_cache(maxsize=100)
def _glued(pieces: int) -> tuple[bool, ...]:
    """No space behind any of the pieces; the same record for all words of so many."""
    return (False,) * pieces


def _marked(part: Part, definite: str) -> Part:
    if part.pos != "NOUN" or "Definite=" in part.morph:
        return part
    return part._replace(morph=_with_definite(part.morph, definite))


@lru_cache(maxsize=10_000)
def _with_definite(morph: str, definite: str) -> str:
    return "|".join(sorted([f"Definite={definite}", *filter(None, morph.split("|"))]))
