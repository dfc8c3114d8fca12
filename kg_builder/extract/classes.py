"""Classes of lemmas that stand in like company, learnt from raw news: what a word is like, where its type is unseen."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cache
from pathlib import Path

UNKNOWN = (-1, -1)


def classes_path() -> Path:
    """Where the bundled classes lie: lemma, coarse class, fine class, parted by tabs (`scripts/build_classes.py`)."""
    return Path(__file__).parent.parent / "learn" / "weights" / "classes.tsv.gz"


@cache
def word_classes() -> Mapping[str, tuple[int, int]]:
    """From a lemma to the numbers of its coarse and its fine class."""
    with gzip.open(classes_path(), "rt", encoding="utf-8") as file:
        rows = (line.rstrip("\n").split("\t") for line in file)
        return {lemma: (int(coarse), int(fine)) for lemma, coarse, fine in rows}
