"""A linear-chain conditional random field, trained by L-BFGS over sparse binary features. Needs scipy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg_builder.annotate.names.weights import FORBIDDEN, LABELS, WIDTH, allowed

Floats = NDArray[np.float64]
PENALTY = 1.0
ROUNDS = 60
_TINY = 1e-300


class _Batch:
    """All tokens in one row, with the rows of the t-th tokens of every sentence that is long enough."""

    def __init__(self, lengths: Sequence[int]) -> None:
        order = sorted((i for i in range(len(lengths)) if lengths[i]), key=lambda i: -lengths[i])
        firsts = np.concatenate([[0], np.cumsum(lengths)])
        self.firsts = np.array([firsts[i] for i in order])
        self.lengths = np.array([lengths[i] for i in order])
        self.steps = [self.firsts[: int((self.lengths > t).sum())] + t for t in range(int(self.lengths[0]))]


def _logsumexp_product(rows: Floats, matrix: Floats) -> Floats:
    top = rows.max(axis=1, keepdims=True)
    return np.asarray(np.log(np.exp(rows - top) @ matrix + _TINY) + top)


class _Objective:
    """Negative log likelihood with its gradient, as a function of all weights in one row."""

    def __init__(self, features: Any, labels: NDArray[np.int64], batch: _Batch, size: int) -> None:
        self.x = features
        self.xt = features.T.tocsr()
        self.batch, self.size = batch, size
        self.gold = np.eye(WIDTH)[labels]
        self.seen = self.xt @ self.gold
        self.moves = np.zeros((WIDTH, WIDTH))
        for rows in batch.steps[1:]:
            np.add.at(self.moves, (labels[rows - 1], labels[rows]), 1)
        self.first = np.array([FORBIDDEN if label[0] == "I" else 0.0 for label in LABELS])

    def split(self, weights: Floats) -> tuple[Floats, Floats]:
        cut = self.size * WIDTH
        return weights[:cut].reshape(self.size, WIDTH), weights[cut:].reshape(WIDTH, WIDTH)

    def __call__(self, weights: Floats) -> tuple[float, Floats]:
        table, free = self.split(weights)
        moves = free + allowed()
        scores = np.asarray(self.x @ table)
        ahead, behind = self._pass(scores, moves)
        totals, of_row = self._totals(ahead)
        chances = np.exp(ahead + behind - of_row[:, None])
        pairs = self._pairs(ahead, behind + scores, moves, of_row)
        fit = float((scores * self.gold).sum() + (self.moves * free).sum() - totals.sum())
        fit -= 0.5 * PENALTY * float((weights**2).sum())
        slope = np.concatenate([(self.seen - self.xt @ chances).ravel(), (self.moves - pairs).ravel()])
        return -fit, -(slope - PENALTY * weights)

    def _pass(self, scores: Floats, moves: Floats) -> tuple[Floats, Floats]:
        ahead, behind = np.empty_like(scores), np.zeros_like(scores)
        steps, forth = self.batch.steps, np.exp(moves)
        ahead[steps[0]] = scores[steps[0]] + self.first
        for rows in steps[1:]:
            ahead[rows] = _logsumexp_product(ahead[rows - 1], forth) + scores[rows]
        for rows in reversed(steps[1:]):
            behind[rows - 1] = _logsumexp_product(behind[rows] + scores[rows], forth.T)
        return ahead, behind

    def _totals(self, ahead: Floats) -> tuple[Floats, Floats]:
        last = self.batch.firsts + self.batch.lengths - 1
        totals = _logsumexp_product(ahead[last], np.ones((WIDTH, 1)))[:, 0]
        of_row = np.empty(len(ahead))
        for rows in self.batch.steps:
            of_row[rows] = totals[: len(rows)]
        return totals, of_row

    def _pairs(self, ahead: Floats, onward: Floats, moves: Floats, of_row: Floats) -> Floats:
        total = np.zeros((WIDTH, WIDTH))
        for rows in self.batch.steps[1:]:
            left, right = ahead[rows - 1][:, :, None], (onward[rows] - of_row[rows][:, None])[:, None, :]
            total += np.exp(left + moves[None] + right).sum(axis=0)
        return total


def train_chain(
    rows: Sequence[Sequence[Sequence[int]]], labels: Sequence[Sequence[int]], size: int
) -> tuple[Floats, Floats]:
    """Weights (size, labels) of features and (labels, labels) of moves, from each token's features and label."""
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    flat = [token for sentence in rows for token in sentence]
    columns = np.array([f for token in flat for f in token])
    ends = np.concatenate([[0], np.cumsum([len(token) for token in flat])])
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(flat), size))
    gold = np.array([y for sentence in labels for y in sentence])
    objective = _Objective(matrix, gold, _Batch([len(s) for s in rows]), size)
    start = np.zeros((size + WIDTH) * WIDTH)
    found = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS, "maxcor": 6})
    return objective.split(found.x)
