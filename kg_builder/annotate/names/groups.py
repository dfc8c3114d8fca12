"""Groups of words that keep like company in the news: a coarse and a fine group for each word met often enough.

Made by `scripts/build_word_groups.py` from raw text, without labels.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "groups.tsv.gz"


@cache
def groups() -> Mapping[str, tuple[str, str]]:
    """Folded word → its coarse and its fine group."""
    rows = (line.split("\t") for line in gzip.decompress(TABLE.read_bytes()).decode().splitlines())
    return {word: (coarse, fine) for word, coarse, fine in rows}
