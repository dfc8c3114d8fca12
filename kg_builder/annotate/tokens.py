"""Orthographic tokens and sentence starts, by one compiled pattern over the normalised text.

A token is what stands between spaces and punctuation; clitics are cut later, by morphology. Numbers with separators,
clock times, dates, URLs and Latin names stay whole. The marks of a hashtag part words like a space, being no tokens
themselves. Offsets count characters of the original text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg_builder.normalise import Normalised, normalise

ARABIC = "\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u06d5\u06ee-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08d2"
_LATIN = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u052f"

_TOKEN = re.compile(
    rf"[{ARABIC}]+"
    r"|(?:https?://|www\.)[^\s<>\"«»،؛()\[\]]*[^\s<>\"«»،؛()\[\].:!?؟,]"
    r"|[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)"
    r"|\d{1,2}([-/.])\d{1,2}\2\d{4}(?!\d)"
    r"|\d{1,2}:\d{2}(?::\d{2})?(?!\d)"
    r"|\d+(?:[.,]\d+)*"
    rf"|[{_LATIN}][{_LATIN}0-9]*(?:(?:['’.&-]|\.(?=[A-Z]))[{_LATIN}0-9]+)*"
    r"|\n(?:\s*\n)*"
    r"|\.{2,}"
    rf"|(?!#[{ARABIC}{_LATIN}]|(?<=[{ARABIC}])_[{ARABIC}])[^\s]"
)
_BLANKS = re.compile("([ \t\n\r\x0b\x0c\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+)")
_LINE_ENDS = frozenset("\n\x0b\x0c\x85\u2028\u2029")
_PLAIN = re.compile("[\u0621-\u063a\u0641-\u064a]+")
_CHUNKS = 50_000  # remembered at once
_CLOSERS = frozenset("\"'”’»)]}")
_ENDERS = frozenset(".!؟?…؛")
_OPENERS = frozenset("“«([{")


class Raw(NamedTuple):
    """An orthographic token: its normalised form and its range in the original text."""

    norm: str
    start: int
    end: int


class Tokens(NamedTuple):
    """The tokens of a text, and the indices of those that begin a sentence."""

    raws: list[Raw]
    starts: frozenset[int]


Abbreviation = Callable[[str, str], bool]


def single_letter(word: str, before: str) -> bool:
    """Whether a full stop after `word` only abbreviates it: one letter, perhaps behind و, that follows no number."""
    letter = word[1:] if len(word) == 2 and word[0] == "و" else word
    return len(letter) == 1 and letter.isalpha() and not before[:1].isdigit()


def _spans(clean: Normalised) -> Callable[[int, int], tuple[int, int]]:
    """How to go from a range of the normalised text to the original; trivial when nothing moved."""
    if isinstance(clean.offsets, range):
        return lambda start, end: (start, end)
    return clean.span


class _Cut(NamedTuple):
    """A chunk's tokens with their ranges inside it, and which of them are end marks or first behind a line break."""

    raws: tuple[Raw, ...]
    marks: tuple[int, ...]
    breaks: tuple[int, ...]


@lru_cache(maxsize=_CHUNKS)
def _cut(chunk: str) -> _Cut | None:
    """Cut a chunk without white space; None for one that is a plain word as it stands.

    No token reaches over white space, so each chunk is cut alone, and but once.
    """
    if _PLAIN.fullmatch(chunk):
        return None
    clean = normalise(chunk)
    span = _spans(clean)
    raws: list[Raw] = []
    breaks: list[int] = []
    last = 0
    for match in _TOKEN.finditer(clean.text):
        norm = match.group()
        if norm[0] == "\n":  # spelled as an entity
            breaks.append(len(raws))
            continue
        start, end = span(match.start(), match.end())
        if start >= last and end > start:
            raws.append(Raw(norm, start, end))
            last = end
    marks = tuple(i for i, raw in enumerate(raws) if raw.norm[0] in _ENDERS)
    return _Cut(tuple(raws), marks, tuple(breaks))


def tokenise(text: str, abbreviation: Abbreviation = single_letter) -> Tokens:
    """Cut a text into tokens and sentences. A token never has an empty range, and tokens never overlap."""
    pieces = _BLANKS.split(text)
    raws: list[Raw] = []
    breaks: set[int] = set()
    marks: list[int] = []
    begin = 0
    for chunk, blank in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        end = begin + len(chunk)
        cut = _cut(chunk)
        if cut is None:
            raws.append(Raw(chunk, begin, end))
        elif chunk:
            size = len(raws)
            if cut.marks or cut.breaks:
                marks += [size + i for i in cut.marks]
                breaks.update([size + i for i in cut.breaks])
            raws += [Raw(norm, begin + start, begin + stop) for norm, start, stop in cut.raws]
        if blank == " ":
            begin = end + 1
        else:
            begin = end + len(blank)
            if not _LINE_ENDS.isdisjoint(blank):
                breaks.add(len(raws))
    return Tokens(raws, _sentence_starts(raws, marks, breaks, abbreviation))


def _sentence_starts(
    raws: Sequence[Raw], marks: Iterable[int], breaks: set[int], abbreviation: Abbreviation
) -> frozenset[int]:
    """Indices of the first tokens of sentences: after a line break, and after an end mark with its closing quotes."""
    starts = {0} | breaks
    for index in marks:
        if not _inner_mark(raws, index, abbreviation):
            starts.add(_after_closers(raws, index + 1, breaks))
    starts.discard(len(raws))
    return frozenset(starts) if raws else frozenset()


def _after_closers(raws: Sequence[Raw], index: int, breaks: set[int]) -> int:
    """The index behind the end marks and closing quotes that stand, without a space, at `index`."""
    while index < len(raws) and index not in breaks and raws[index].start == raws[index - 1].end:
        if raws[index].norm not in _CLOSERS and raws[index].norm[0] not in _ENDERS:
            break
        index += 1
    return index


def _inner_mark(raws: Sequence[Raw], index: int, abbreviation: Abbreviation) -> bool:
    """Whether an end mark does not end its sentence: an abbreviation, an ellipsis or a point inside."""
    mark, after = raws[index], raws[index + 1] if index + 1 < len(raws) else None
    if after is None:
        return False
    glued = after.start == mark.end
    if mark.norm[0] == "." and len(mark.norm) == 1:
        return _abbreviates(raws, index, abbreviation) or (glued and after.norm[0].isdigit())
    if mark.norm[0] in "….":
        return glued and after.norm not in _CLOSERS and after.norm[0] not in _ENDERS
    return False


def _abbreviates(raws: Sequence[Raw], index: int, abbreviation: Abbreviation) -> bool:
    if index == 0 or raws[index - 1].end != raws[index].start:
        return False
    before = raws[index - 2].norm if index > 1 else ""
    return abbreviation(raws[index - 1].norm, before)
