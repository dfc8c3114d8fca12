"""The weights of the tagger, as trained and as stored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LABELS = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG", "B-PLACE", "I-PLACE")
WIDTH = len(LABELS)
FORBIDDEN = -1e4

Floats = NDArray[np.float64]


def allowed() -> Floats:
    """What is added to the transition weights: a name goes on only after its own beginning. Shape (7, 7)."""
    matrix = np.zeros((WIDTH, WIDTH))
    for column, label in enumerate(LABELS):
        if label[0] == "I":
            matrix[:, column] = FORBIDDEN
            matrix[[column - 1, column], column] = 0.0
    return matrix


@dataclass(frozen=True, slots=True)
class Weights:
    """Feature → row of `table` (features, 7); `moves` (7, 7) weighs label after label."""

    rows: dict[str, int]
    table: Floats
    moves: Floats

    def save(self, path: Path) -> None:
        """As a compressed numpy archive: half precision, the features in order, one to a line."""
        names = "\n".join(sorted(self.rows, key=self.rows.__getitem__)).encode()
        np.savez_compressed(
            path,
            features=np.frombuffer(names, dtype=np.uint8),
            table=self.table.astype(np.float16),
            moves=self.moves.astype(np.float32),
        )

    @staticmethod
    def load(path: Path) -> Weights:
        with np.load(path) as archive:
            names = archive["features"].tobytes().decode().split("\n")
            table = archive["table"].astype(np.float64)
            return Weights({f: i for i, f in enumerate(names)}, table, archive["moves"].astype(np.float64))
