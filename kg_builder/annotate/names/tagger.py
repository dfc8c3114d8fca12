"""A linear-chain tagger over word types: begin, inside, outside of PERSON, ORG and PLACE names.

All that depends on one word alone is summed once for each word type; a document is then a few look-ups in arrays and a
Viterbi search over the stretches where a name is possible at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import add

import numpy as np
from numpy.typing import NDArray

from kg_builder.annotate.names.features import (
    DISTANCES,
    EDGE,
    JOINTS,
    WINDOW,
    Word,
    atoms,
    phrase_features,
    phrase_tags,
)
from kg_builder.annotate.names.lexicon import NameLexicon
from kg_builder.annotate.names.weights import LABELS, WIDTH, Floats, Weights, allowed
from kg_builder.normalise import fold

PAD = 2
_AFTER_ANY = (0, 1, 3, 5)
_INSIDE = (2, 4, 6)
# How far O must lead, in log odds, for a token to be settled without search: 4 of 3,000 names come out otherwise.
SETTLED = 6.0
_FIRST_CACHE = 4096
_MAX_TYPES = 400_000

Name = tuple[int, int, str]


class _Joints:
    """Weights of neighbouring summaries, looked up for a whole document at once."""

    def __init__(self, weights: Weights) -> None:
        found = [(i, f) for f, i in weights.rows.items() if f[0] == "j"]
        self.ids: dict[str, int] = {}
        keys: dict[str, list[tuple[int, int]]] = {name: [] for name in JOINTS}
        for row, feature in found:
            name, *parts = feature.split("|")
            keys[name].append((self._key(parts), row))
        self.tables = [(JOINTS[name], *self._sorted(pairs, weights)) for name, pairs in keys.items()]

    def _key(self, parts: Iterable[str]) -> int:
        key = 0
        for part in parts:
            key = (key << 12) | self.ids.setdefault(part, len(self.ids) + 1)
        return key

    @staticmethod
    def _sorted(pairs: list[tuple[int, int]], weights: Weights) -> tuple[NDArray[np.int64], Floats]:
        pairs.sort()
        keys = np.array([k for k, _ in pairs] + [1 << 62], dtype=np.int64)
        return keys, np.vstack([weights.table[[r for _, r in pairs]], np.zeros((1, WIDTH))])

    def add_to(self, total: Floats, summaries: NDArray[np.int64]) -> None:
        """Add to `total` (tokens, 7); `summaries` is padded at both ends."""
        size = len(total)
        for distances, keys, table in self.tables:
            wanted = np.zeros(size, dtype=np.int64)
            for distance in distances:
                wanted = (wanted << 12) | summaries[PAD + distance : PAD + distance + size]
            at = np.searchsorted(keys, wanted)
            hits = keys[at] == wanted
            total[hits] += table[at[hits]]


class Tagger:
    """Finds the best labels of a document's words. Remembers word types, so it grows with the vocabulary."""

    def __init__(self, weights: Weights, lexicon: NameLexicon) -> None:
        self.weights = weights
        self.lexicon = lexicon
        self.joints = _Joints(weights)
        self.moves = (weights.moves + allowed()).tolist()
        self._entry = entry_weights(weights.moves)
        self._reset()

    def _reset(self) -> None:
        self._types: dict[tuple[str, str, str], int] = {}
        self._folded: list[str] = []
        self._summaries: list[int] = []
        self._scores = np.zeros((len(WINDOW), _FIRST_CACHE, WIDTH))
        self._learn_type(("", "", ""))

    def _sum(self, features: Iterable[str]) -> Floats:
        rows = [r for r in map(self.weights.rows.get, features) if r is not None]
        return np.asarray(self.weights.table[rows].sum(axis=0))

    def _learn_type(self, key: tuple[str, str, str]) -> int:
        number = len(self._folded)
        if number == self._scores.shape[1]:
            self._scores = np.concatenate([self._scores, np.zeros_like(self._scores)], axis=1)
        found, summary = atoms(Word(*key), self.lexicon) if key[0] else ([EDGE], "#")
        for i, distance in enumerate(WINDOW):
            self._scores[i, number] = self._sum(f"{distance}{f}" for f in found if distance in DISTANCES[f[0]])
        self._folded.append(fold(key[0]))
        self._summaries.append(self.joints.ids.get(summary, 0))
        self._types[key] = number
        return number

    def _numbers(self, words: Sequence[tuple[str, str, str]]) -> list[int]:
        if len(self._types) > _MAX_TYPES:
            self._reset()
        get = self._types.get
        numbers = [get(word, -1) for word in words]
        if -1 in numbers:
            for i, word in enumerate(words):
                if numbers[i] < 0:
                    known = get(word)
                    numbers[i] = self._learn_type(word) if known is None else known
        return numbers

    def scores(self, words: Sequence[tuple[str, str, str]], starts: Sequence[int]) -> tuple[Floats, list[int]]:
        """Label weights of the words with padding between sentences (rows, 7), and the row of each word."""
        numbers = self._numbers(words)
        cuts = [0, *(s for s in starts if 0 < s < len(words)), len(words)]
        padded: list[int] = [0] * PAD
        rows: list[int] = []
        for start, end in pairwise(cuts):
            rows.extend(range(len(padded), len(padded) + end - start))
            padded += numbers[start:end]
            padded += [0] * PAD
        ids = np.array(padded, dtype=np.int64)
        total = np.zeros((len(ids) - 2 * PAD, WIDTH))
        for i, distance in enumerate(WINDOW):
            total += self._scores[i, ids[PAD + distance : len(ids) - PAD + distance]]
        self.joints.add_to(total, np.array(self._summaries, dtype=np.int64)[ids])
        self._add_phrases(total, padded)
        return total, [row - PAD for row in rows]

    def _add_phrases(self, total: Floats, padded: list[int]) -> None:
        folded = [self._folded[n] for n in padded]
        tags = phrase_tags(folded, self.lexicon)
        near = {i + d for i, tag in enumerate(tags) if tag for d in (-1, 0, 1)}
        for i in near:
            if PAD <= i < len(padded) - PAD:
                total[i - PAD] += self._sum(phrase_features(tags, i))

    def __call__(self, words: Sequence[tuple[str, str, str]], starts: Sequence[int] = (0,)) -> list[Name]:
        """The names of a document: first word, word after the last, label. `starts` are the sentences' first words."""
        if not words:
            return []
        total, rows = self.scores(words, starts)
        scores = total[rows]
        likely = scores + self._entry
        need = likely[:, 0] - SETTLED
        begins = (likely[:, 1::2].max(axis=1) > need).tolist()
        open_ = (likely[:, 1:].max(axis=1) > need).tolist()
        firsts = frozenset(starts)
        names: list[Name] = []
        i, size = 0, len(words)
        while i < size:
            if not begins[i]:
                i += 1
                continue
            end = i + 1
            while end < size and open_[end] and end not in firsts:
                end += 1
            names += spans(best_path(scores[i:end].tolist(), self.moves), i)
            i = end
        return names


def entry_weights(moves: Floats) -> Floats:
    """What each label weighs where it is met first: O and the beginnings after O, an inside after its beginning."""
    weights: Floats = moves[0].copy()
    weights[2::2] = moves[[1, 3, 5], [2, 4, 6]]
    return weights


def best_path(scores: list[list[float]], moves: list[list[float]]) -> list[int]:
    """Viterbi over label weights, between two O's; `moves[a][b]` weighs b after a."""
    columns = tuple(zip(*moves, strict=True))
    best = [s + m for s, m in zip(scores[0], moves[0], strict=True)]
    back: list[tuple[int, ...]] = []
    for row in scores[1:]:
        came, following = [0] * WIDTH, row.copy()
        for label in _AFTER_ANY:
            sums = list(map(add, best, columns[label]))
            top = max(sums)
            came[label] = sums.index(top)
            following[label] += top
        for label in _INSIDE:
            begun, going = best[label - 1] + columns[label][label - 1], best[label] + columns[label][label]
            came[label] = label - 1 if begun >= going else label
            following[label] += max(begun, going)
        back.append(tuple(came))
        best = following
    return _trace(list(map(add, best, columns[0])), back)


def _trace(last: list[float], back: list[tuple[int, ...]]) -> list[int]:
    path = [last.index(max(last))]
    for came in reversed(back):
        path.append(came[path[-1]])
    path.reverse()
    return path


def spans(path: Sequence[int], offset: int = 0) -> list[Name]:
    """The names that a row of labels tells."""
    out: list[Name] = []
    start = -1
    for i, number in enumerate((*path, 0)):
        label = LABELS[number]
        if start >= 0 and label[0] != "I":
            out.append((start + offset, i + offset, LABELS[path[start]][2:]))
            start = -1
        if label[0] == "B":
            start = i
    return out
