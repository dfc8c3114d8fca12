"""Copies of one article, such as agency text reprinted, cut, or given another lead: found by MinHash.

A signature estimates how many runs of words two texts share; it is kept in the graph in place of the text.
"""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyoxigraph as ox
from rensa import RMinHash

from kg_builder.graph import vocab as v
from kg_builder.graph.groups import Groups
from kg_builder.graph.iri import content
from kg_builder.normalise import fold_words

RUN = 4  # words that must follow one another
PERMUTATIONS = 64
ROWS = 2  # of a band: texts that agree in one band are compared
LEAST = 12  # runs: less is a headline
SHARE = 0.6  # of the shorter text that stands in the longer one
DAYS = 3  # between two printings; later ones are forms filled in anew
CROWD = 64  # texts in one band: more share a set phrase, and only neighbours in the order of IRIs are compared


def signature(text: str) -> str:
    """The number of runs in a text and their MinHash, in base 64; empty for a text of a few words."""
    words = fold_words(content(text)).split()
    runs = {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
    if len(runs) < LEAST:
        return ""
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
    sketch.update(sorted(runs))
    return base64.b64encode(np.array([len(runs), *sketch.digest()], dtype="<u4").tobytes()).decode()


@dataclass(frozen=True)
class Printing:
    """A document as this module sees it. `day` is the ordinal of the day it was published."""

    iri: str
    signature: str
    day: int | None

    @cached_property
    def sketch(self) -> np.ndarray:
        """The number of runs, then their MinHash."""
        return np.frombuffer(base64.b64decode(self.signature), dtype="<u4")

    @cached_property
    def size(self) -> int:
        """The number of runs."""
        return int(self.sketch[0])


def groups(printings: Iterable[Printing]) -> list[list[Printing]]:
    """Documents that print one text, the original first: the earliest, of equals the longest, then by IRI."""
    known = {p.iri: p for p in printings if p.signature}
    joined = Groups[str]()
    for a, b in _candidates(sorted(known.values(), key=lambda p: p.iri)):
        if is_copy(a, b):
            joined.join(a.iri, b.iri)
    return [sorted((known[iri] for iri in group), key=_first) for group in joined.several()]


def _first(printing: Printing) -> tuple[int, int, str]:
    return (printing.day or 10**9, -printing.size, printing.iri)


def _candidates(printings: Sequence[Printing]) -> Iterator[tuple[Printing, Printing]]:
    done: set[tuple[str, str]] = set()
    for start in range(1, PERMUTATIONS + 1, ROWS):
        band = defaultdict[bytes, list[Printing]](list)
        for printing in printings:
            band[printing.sketch[start : start + ROWS].tobytes()].append(printing)
        for alike in band.values():
            for i, a in enumerate(alike):
                for b in alike[i + 1 : i + 1 + CROWD]:
                    if (a.iri, b.iri) not in done:
                        done.add((a.iri, b.iri))
                        yield a, b


def is_copy(a: Printing, b: Printing) -> bool:
    """Whether most of the shorter text stands in the longer one, and both were printed within a few days."""
    if a.day is not None and b.day is not None and abs(a.day - b.day) > DAYS:
        return False
    alike = float(np.mean(a.sketch[1:] == b.sketch[1:]))
    shared = alike / (1 + alike) * (a.size + b.size)
    return shared >= SHARE * min(a.size, b.size)


def originals(printed: Iterable[Sequence[Printing]]) -> dict[str, str]:
    """Copy → original, by IRI."""
    return {copy.iri: first.iri for first, *others in printed for copy in others}


def triples(printed: Iterable[Sequence[Printing]]) -> Iterator[ox.Triple]:
    """A later copy has the original as its primary source; of one day, nobody knows who had it from whom."""
    for first, *others in printed:
        for copy in others:
            later = first.day is not None and copy.day is not None and copy.day > first.day
            link = v.PRIMARY_SOURCE if later else v.ALTERNATE_OF
            yield ox.Triple(ox.NamedNode(copy.iri), link, ox.NamedNode(first.iri))
