"""Which places of a document lie in one another, as its own words say: "Abha in the region of Asir"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from kg_builder.model import Entity, Report
from kg_builder.resolve.words import Words, bare, split

_JOINED = "بل"
_MOST_BETWEEN = 3
Nested = frozenset[frozenset[str]]


def nested(text: str, reports: Iterable[Report], words: Words) -> Nested:
    """Pairs of labels of which one is said to lie in, or by, the other."""
    places: dict[str, Entity] = {}
    sentences: dict[str, None] = {}
    for report in reports:
        for filler in report.fillers:
            if filler.role == "place" and isinstance(filler.value, Entity):
                places[filler.value.label] = filler.value
                sentences.update((text[span.start : span.end], None) for span in report.evidence)
    names = {label: {_core(split(name), words) for name in (label, *place.names)} for label, place in places.items()}
    if len(names) < 2:
        return frozenset()
    return frozenset(pair for sentence in sentences for pair in _pairs(split(sentence), names, words))


def _core(name: tuple[str, ...], words: Words) -> tuple[str, ...]:
    """A name without the common nouns before it."""
    start = 0
    while len(name) - start > 1 and bare(name[start]) in words.areas:
        start += 1
    return name[start:]


def _pairs(spoken: Sequence[str], names: dict[str, set[tuple[str, ...]]], words: Words) -> Iterator[frozenset[str]]:
    found = [(i, i + len(name), label) for label, all_ in names.items() for name in all_ for i in _at(spoken, name)]
    for (_, end, inner), (start, _, outer) in product(found, repeat=2):
        between = spoken[end:start]
        joined = start < len(spoken) and bool(between or spoken[start][:1] in _JOINED)
        if inner != outer and 0 <= start - end <= _MOST_BETWEEN and joined and all(_within(w, words) for w in between):
            yield frozenset({inner, outer})


def _at(spoken: Sequence[str], name: tuple[str, ...]) -> Iterator[int]:
    for i in range(len(spoken) - len(name) + 1):
        first, *others = spoken[i : i + len(name)]
        if others == list(name[1:]) and name and (first == name[0] or (first[:1] in _JOINED and first[1:] == name[0])):
            yield i


def _within(word: str, words: Words) -> bool:
    """Whether a word may stand between a place and the one that it lies in."""
    shorter = word[1:] if word[:1] in _JOINED else word
    return word in words.within or bare(word) in words.areas or bare(shorter) in words.areas
