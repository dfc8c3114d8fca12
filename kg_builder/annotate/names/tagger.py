"""A linear-chain tagger over word types: begin, inside, outside of PERSON, ORG and PLACE names.

All that depends on one word alone is summed once for each word type. A document is then a few look-ups in arrays, and
one search for the best labels of all its stretches where a name is possible at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kg_builder.annotate.names.features import (
    BORDER,
    DISTANCES,
    JOINTS,
    PAD,
    WINDOW,
    Atoms,
    Word,
    atoms,
    phrase_features,
)
from kg_builder.annotate.names.lexicon import NameLexicon
from kg_builder.annotate.names.viterbi import Chains
from kg_builder.annotate.names.weights import LABELS, WIDTH, Floats, Weights

# How far O must lead, in log odds, for a token to be settled without search: 4 of 3,000 names come out otherwise.
SETTLED = 6.0
MOST_TYPES = 64_000  # word types remembered at once
_FIRST_CACHE = 4096

Ints = NDArray[np.int64]
Name = tuple[int, int, str]
Number = TypeVar("Number", bound=np.generic)


class _Joints:
    """Weights of neighbouring summaries, looked up for a whole document at once.

    A key is the summaries' numbers side by side; a table of all keys gives the row of weights, 0 where there are none.
    """

    def __init__(self, weights: Weights) -> None:
        parts = [(feature.split("|"), row) for feature, row in weights.rows.items() if feature[0] == "j"]
        self.ids = {s: i + 1 for i, s in enumerate(sorted({s for (_, *seen), _ in parts for s in seen}))}
        self._base = len(self.ids) + 1
        self._tables = []
        for name, distances in JOINTS.items():
            own = [(self._key(seen), row) for (joint, *seen), row in parts if joint == name]
            rows = np.zeros(self._base ** len(distances), dtype=np.min_scalar_type(len(own)))
            rows[[key for key, _ in own]] = range(1, len(own) + 1)
            values = np.vstack([np.zeros((1, WIDTH)), weights.table[[row for _, row in own]]])
            self._tables.append((PAD + distances[0], len(distances), rows, values))

    def _key(self, summaries: Iterable[str]) -> int:
        key = 0
        for summary in summaries:
            key = key * self._base + self.ids[summary]
        return key

    def add_to(self, total: Floats, summaries: Ints) -> None:
        """Add to `total` (tokens, 7); `summaries` is padded at both ends."""
        keys = {1: summaries}
        for width in range(2, 1 + max(width for _, width, _, _ in self._tables)):
            keys[width] = keys[width - 1][:-1] * self._base + summaries[width - 1 :]
        for first, width, rows, values in self._tables:
            total += values[rows[keys[width][first : first + len(total)]]]


class _Types:
    """What is known of word types, by their numbers. Number 0 is the border of a sentence."""

    def __init__(self, weights: Weights, lexicon: NameLexicon, summaries: dict[str, int]) -> None:
        self._lexicon = lexicon
        self._summary_ids = summaries
        self._rows, self._weights = _by_distance(weights)
        self.forget()

    def forget(self) -> None:
        """Begin anew, so that memory stays bounded."""
        self._numbers: dict[tuple[str, str, str], int] = {}
        self.folded: list[str] = []
        self.scores = np.zeros((_FIRST_CACHE, len(WINDOW) * WIDTH))
        self.summaries = np.zeros(_FIRST_CACHE, dtype=np.int64)
        self.opens = np.zeros(_FIRST_CACHE, dtype=np.bool_)
        self._add([BORDER])

    def numbers(self, words: Sequence[tuple[str, str, str]]) -> list[int]:
        """The numbers of the words; new ones are learnt."""
        if len(self.folded) > MOST_TYPES:
            self.forget()
        known = self._numbers
        try:
            return [known[word] for word in words]
        except KeyError:
            fresh = [*set(words).difference(known)]
        known.update(zip(fresh, range(len(self.folded), len(self.folded) + len(fresh)), strict=True))
        self._add([atoms(Word(*word), self._lexicon) for word in fresh])
        return [known[word] for word in words]

    def _add(self, seen: Sequence[Atoms]) -> None:
        """Learn word types, which get the next numbers."""
        first, after = len(self.folded), len(self.folded) + len(seen)
        while after > len(self.scores):
            self.scores, self.summaries = _doubled(self.scores), _doubled(self.summaries)
            self.opens = _doubled(self.opens)
        find, zeros = self._rows.get, len(self._weights) - 1
        rows = [[zeros, *[row for row in map(find, word.features) if row is not None]] for word in seen]
        begins = [0, *accumulate(map(len, rows[:-1]))]
        self.scores[first:after] = np.add.reduceat(self._weights[list(chain.from_iterable(rows))], begins)
        self.summaries[first:after] = [self._summary_ids.get(word.summary, 0) for word in seen]
        self.opens[first:after] = [word.folded in self._lexicon.phrases for word in seen]
        self.folded += [word.folded for word in seen]


def _doubled(array: NDArray[Number]) -> NDArray[Number]:
    return np.concatenate([array, np.zeros_like(array)])


def _by_distance(weights: Weights) -> tuple[dict[str, int], Floats]:
    """Feature of a word → row; rows of weights for all distances side by side, the last one of zeros."""
    rows: dict[str, int] = {}
    cells = []
    for place, distance in enumerate(WINDOW):
        for feature, row in weights.rows.items():
            atom = feature.removeprefix(str(distance))
            if atom != feature and distance in DISTANCES.get(atom[0], ()):
                cells.append((rows.setdefault(atom, len(rows)), place, row))
    table = np.zeros((len(rows) + 1, len(WINDOW), WIDTH))
    for own, place, row in cells:
        table[own, place] = weights.table[row]
    return rows, table.reshape(len(rows) + 1, len(WINDOW) * WIDTH)


class Tagger:
    """Finds the best labels of a document's words. Remembers a bounded number of word types."""

    def __init__(self, weights: Weights, lexicon: NameLexicon) -> None:
        self.weights = weights
        self.lexicon = lexicon
        self._joints = _Joints(weights)
        self._types = _Types(weights, lexicon, self._joints.ids)
        self._chains = Chains(weights.moves)
        self._entry = entry_weights(weights.moves)

    def scores(self, words: Sequence[tuple[str, str, str]], starts: Sequence[int]) -> Floats:
        """Label weights of the words, shape (words, 7). Nothing is seen across a sentence start."""
        numbers = self._types.numbers(words)
        inner = [start for start in starts if 0 < start < len(words)]
        places = np.arange(PAD, PAD + len(words))
        for start in inner:
            places[start:] += PAD
        ids = np.zeros(len(words) + PAD * (len(inner) + 2), dtype=np.int64)
        ids[places] = numbers
        seen = self._types.scores[ids]
        size = len(ids) - 2 * PAD
        total = np.zeros((size, WIDTH))
        for i, distance in enumerate(WINDOW):
            total += seen[PAD + distance : PAD + distance + size, i * WIDTH : (i + 1) * WIDTH]
        self._joints.add_to(total, self._types.summaries[ids])
        self._add_phrases(total, ids)
        return np.asarray(total[places - PAD])

    def _add_phrases(self, total: Floats, ids: Ints) -> None:
        starts = np.flatnonzero(self._types.opens[ids]).tolist()
        if not starts:
            return
        folded = [self._types.folded[number] for number in ids.tolist()]
        tags = [""] * len(folded)
        near: set[int] = set()
        for begin, end, name_class in self.lexicon.names_at(folded, starts):
            tags[begin:end] = [f"B-{name_class}"] + [f"I-{name_class}"] * (end - begin - 1)
            near.update(range(begin - 1, end + 1))
        rows, table = self.weights.rows, self.weights.table
        for i in near:
            if PAD <= i < len(folded) - PAD:
                known = [rows[f] for f in phrase_features(tags, i) if f in rows]
                total[i - PAD] += table[known].sum(axis=0)

    def __call__(self, words: Sequence[tuple[str, str, str]], starts: Sequence[int] = (0,)) -> list[Name]:
        """The names of a document: first word, word after the last, label. `starts` are the sentences' first words."""
        if not words:
            return []
        scores = self.scores(words, starts)
        return spans(self._chains.labels(scores, *self._stretches(scores, starts)))

    def _stretches(self, scores: Floats, starts: Sequence[int]) -> tuple[Ints, Ints]:
        """Where the stretches that may hold names begin and end: from a likely beginning on, within a sentence."""
        likely = (scores + self._entry).T.copy()
        need = likely[0] - SETTLED
        begins = likely[1::2].max(axis=0) > need
        apart = ~(begins | (likely[2::2].max(axis=0) > need))
        apart[list(starts)] = True
        apart[0] = True
        breaks = np.append(np.flatnonzero(apart), len(scores))
        firsts = np.flatnonzero(begins)
        ends = breaks[apart.cumsum()[firsts]]
        fresh = np.diff(ends, prepend=-1) != 0
        return firsts[fresh], ends[fresh]


def entry_weights(moves: Floats) -> Floats:
    """What each label weighs where it is met first: O and the beginnings after O, an inside after its beginning."""
    weights: Floats = moves[0].copy()
    weights[2::2] = moves[[1, 3, 5], [2, 4, 6]]
    return weights


def spans(labels: NDArray[np.int8]) -> list[Name]:
    """The names that a row of labels tells: each begins with its B and goes on as long as there is an I."""
    beginnings = np.flatnonzero(labels & 1)
    stops = np.flatnonzero(np.append(labels, 0) % 2 | (np.append(labels, 0) == 0))
    ends = stops[np.searchsorted(stops, beginnings, side="right")]
    found = zip(beginnings.tolist(), ends.tolist(), labels[beginnings].tolist(), strict=True)
    return [(begin, end, LABELS[label][2:]) for begin, end, label in found]
