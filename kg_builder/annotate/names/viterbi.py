"""The best labels of many stretches of tokens at once: Viterbi's algorithm, step by step over all that are as long."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kg_builder.annotate.names.weights import WIDTH, Floats, allowed

Ints = NDArray[np.int64]


class Chains:
    """Searches with the weights of one label after another, shape (7, 7)."""

    def __init__(self, moves: Floats) -> None:
        self._moves = moves + allowed()
        self._into = np.ascontiguousarray(self._moves.T)

    def labels(self, scores: Floats, begins: Ints, ends: Ints) -> NDArray[np.int8]:
        """The label of every token, O outside of the stretches begins..ends; before and behind each stretch stands O.

        `scores` are the label weights of the tokens, shape (tokens, 7).
        """
        found = np.zeros(len(scores), dtype=np.int8)
        if len(begins):
            order = np.argsort(begins - ends, kind="stable")
            self._search(scores, begins[order], (ends - begins)[order], found)
        return found

    def _search(self, scores: Floats, begins: Ints, lengths: Ints, found: NDArray[np.int8]) -> None:
        """The longest stretches come first, so that those that reach a step are always the first few."""
        steps = np.arange(1, int(lengths[0]))
        reach = np.searchsorted(-lengths, -steps, side="left").tolist()  # how many stretches are longer than the step
        best = scores[begins] + self._moves[0]
        ahead = [best]
        for step, count in enumerate(reach, start=1):
            ways = best[:count].T[:, :, None] + self._moves[:, None, :]
            best = scores[begins[:count] + step] + ways.max(axis=0)
            ahead.append(best)
        self._trace(ahead, begins, [len(begins), *reach], found)

    def _trace(self, ahead: list[Floats], begins: Ints, reach: list[int], found: NDArray[np.int8]) -> None:
        chosen = np.zeros(0, dtype=np.int64)
        for step in range(len(ahead) - 1, -1, -1):
            count, going_on = reach[step], len(chosen)
            before = np.empty((count, WIDTH))
            before[:going_on] = self._into[chosen]
            before[going_on:] = self._into[0]
            chosen = (ahead[step] + before).argmax(axis=1)
            found[begins[:count] + step] = chosen
