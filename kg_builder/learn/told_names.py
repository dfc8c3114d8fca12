"""Sentences of the news in which somebody's name is known because it fills a role, as more to learn names from.

Frames say what fills a role. A filler that is made of name words alone, a given name
among them, is a person's whole name. What else is named in such a sentence a first tagger says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg_builder.annotate.names.lexicon import LABELS as NAMED
from kg_builder.annotate.names.lexicon import NameLexicon
from kg_builder.annotate.names.tagger import Name, Tagger
from kg_builder.learn.gold import Frame, listed
from kg_builder.normalise import fold

Word = tuple[str, str, str]
Token = tuple[str, str, str, int, int]
Reader = Callable[[Iterable[str]], Iterator[tuple[list[Token], list[int]]]]
Range = tuple[int, int]

_SURE = frozenset({"given", "given~", "surname"})
_PARTS = _SURE | {"surname~", "given-rare~", "surname-rare~", "kunya", "particle", "compound", "divine"}
_COMMON = frozenset({"noun", "adjective", "verb"})
_ALSO = _COMMON | {"", "city", "city~", "region", "region~", "team~", "company", "month", "media"}
_CLOSED = frozenset({"ADP", "CCONJ", "SCONJ", "PUNCT", "PRON", "NUM", "PART", "DET"})
_WORDS = range(2, 7)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with the whole names of persons that are told: words from, to."""

    tokens: list[Token]
    starts: list[int]
    persons: list[Range]

    def names(self, tagger: Tagger) -> list[Name]:
        """What is told, and beside it what the tagger finds."""
        found = tagger([token[:3] for token in self.tokens], self.starts)
        free = [n for n in found if not any(n[0] < end and start < n[1] for start, end in self.persons)]
        return [*free, *((start, end, "PERSON") for start, end in self.persons)]


def told(frames: Iterable[Frame], lexicon: NameLexicon, reader: Reader) -> list[Told]:
    """The sentences of the frames in which a person's name fills a role, each once."""
    filled = {frame["text"]: spans for frame in frames if (spans := _fillers(frame))}
    found = zip(filled.values(), reader(filled), strict=True)
    sentences = (Told(tokens, starts, _persons(tokens, spans, lexicon)) for spans, (tokens, starts) in found)
    return [sentence for sentence in sentences if sentence.persons]


def _fillers(frame: Frame) -> list[Range]:
    """Where phrases that fill roles stand, the longest first, by characters."""
    roles = [event.get(part, {}) for event in frame["events"] for part in ("roles", "optional")]
    fillers = (filler for role in roles for given in role.values() for filler in listed(given))
    phrases = {phrase for filler in fillers if isinstance(filler, str) for phrase in filler.split("|") if phrase}
    begins = ((frame["text"].find(phrase), len(phrase)) for phrase in sorted(phrases))
    return sorted(((at, at + size) for at, size in begins if at >= 0), key=lambda span: (span[0] - span[1], span))


def _persons(tokens: Sequence[Token], spans: Iterable[Range], lexicon: NameLexicon) -> list[Range]:
    begins, ends = {t[3]: i for i, t in enumerate(tokens)}, {t[4]: i + 1 for i, t in enumerate(tokens)}
    kept: list[Range] = []
    for begin, end in spans:
        start, stop = begins.get(begin, 0), ends.get(end, 0)
        apart = not any(start < b and a < stop for a, b in kept)
        if apart and stop - start in _WORDS and is_person([t[:3] for t in tokens[start:stop]], lexicon):
            kept.append((start, stop))
    return kept


def is_person(words: Sequence[Word], lexicon: NameLexicon) -> bool:
    """Whether the words are one whole name of a person: a given name, a family, and nothing that is no part of one."""
    folded = [fold(word[0]) for word in words]
    known = lexicon.longest(folded, 0)
    if known and known[1].rstrip("~") in NAMED:
        return False
    classes = [frozenset(c.rstrip("+") for c in lexicon.of(word)) for word in folded]
    opens = not classes[0] or not classes[0].isdisjoint(_SURE | {"kunya", "compound", "given-rare~"})
    return (
        opens
        and any(c & _SURE for c in classes)
        and all(word[2] not in _CLOSED for word in words)
        and all(c <= _PARTS | _ALSO and (c & _PARTS or not c & _COMMON) for c in classes)
    )
