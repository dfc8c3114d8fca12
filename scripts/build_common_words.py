"""Writes `common.txt.gz`: the commonest spellings of Arabic letters in raw news text, in alphabetical order.

Run as `python scripts/build_common_words.py CORPUS.jsonl.gz` (one JSON object a line with a `text`). Deterministic.
"""

from __future__ import annotations

import argparse
import gzip
from pathlib import Path

from build_frequencies import count_words, sentences

from kg_builder.annotate.morphology.common import WORDS

MOST = 30_000
LEAST = 3  # times that a word is met


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    counts = count_words(list(sentences(parser.parse_args().corpus)))
    common = sorted((word for word in counts if counts[word] >= LEAST), key=lambda word: (-counts[word], word))[:MOST]
    WORDS.write_bytes(gzip.compress("\n".join(sorted(common)).encode(), mtime=0))
    share = sum(counts[word] for word in common) / counts.total()
    print(f"{len(common)} words, {WORDS.stat().st_size} bytes, {share:.3f} of the text")


if __name__ == "__main__":
    main()
