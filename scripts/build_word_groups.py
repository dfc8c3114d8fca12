"""Groups words by the company they keep in raw news text, and writes `groups.tsv.gz` for the name tagger.

    python scripts/build_word_groups.py CORPUS.jsonl.gz        (needs: scipy scikit-learn)

Words with like neighbours fall into one group: families, towns, firms. Nothing of the text is kept but each word's
groups, a coarse one and a fine one. No label is read. The same on every run.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.cluster import KMeans
from sklearn.utils.extmath import randomized_svd

from kg_builder.annotate import load as load_annotator
from kg_builder.annotate.names.documents import DocumentReader
from kg_builder.annotate.names.groups import TABLE
from kg_builder.normalise import fold
from kg_builder.ontology import load as load_ontology

FEWEST = 4  # a word met more seldom tells too little
CONTEXTS = 4000  # the commonest words, as neighbours
DIMENSIONS = 60
COARSE, FINE = 80, 500
SEED = 7
EDGE = ""


def sentences(path: Path) -> Iterator[list[str]]:
    """The folded syntactic words of each sentence, numbers as one word."""
    annotate, read_words = load_annotator(load_ontology()), DocumentReader()
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            words, starts, _ = read_words(annotate.words_of(json.loads(line)["text"]))
            spelled = ["0" if word.norm[0].isdigit() else fold(word.norm) for word in words]
            for begin, end in pairwise([*starts, len(spelled)]):
                yield spelled[begin:end]


def vectors(texts: list[list[str]], words: list[str], contexts: list[str]) -> NDArray[np.float64]:
    """What stands left and right of each word, by positive mutual information, in few dimensions. Rows of length 1."""
    rows, columns = {w: i for i, w in enumerate(words)}, {w: i for i, w in enumerate(contexts)}
    sides = [_information(_pairs(texts, rows, columns, step), (len(rows), len(columns))) for step in (-1, 1)]
    left, sizes, _ = randomized_svd(hstack(sides).tocsr(), DIMENSIONS, random_state=SEED)
    found = left * np.sqrt(sizes)
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9))


def _pairs(
    texts: list[list[str]], rows: dict[str, int], columns: dict[str, int], step: int
) -> Counter[tuple[int, int]]:
    counts: Counter[tuple[int, int]] = Counter()
    for text in texts:
        padded = [EDGE, *text, EDGE]
        for i in range(1, len(padded) - 1):
            row, column = rows.get(padded[i]), columns.get(padded[i + step])
            if row is not None and column is not None:
                counts[row, column] += 1
    return counts


def _information(counts: Counter[tuple[int, int]], shape: tuple[int, int]) -> Any:
    keys = np.array(sorted(counts))
    values = np.array([counts[row, column] for row, column in keys.tolist()], dtype=np.float64)
    of_row, of_column = (np.bincount(keys[:, side], values, shape[side]) for side in (0, 1))
    smooth = of_column**0.75
    chance = of_row[keys[:, 0]] * smooth[keys[:, 1]] / smooth.sum()
    return csr_matrix((np.maximum(np.log(values / chance), 0.0), (keys[:, 0], keys[:, 1])), shape)


def groups(found: NDArray[np.float64], size: int) -> list[int]:
    """The group of each row."""
    return [int(n) for n in KMeans(size, n_init=1, max_iter=40, random_state=SEED).fit_predict(found)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    texts = list(sentences(parser.parse_args().corpus))
    counts = Counter(word for text in texts for word in text)
    order = sorted(counts, key=lambda word: (-counts[word], word))
    words = sorted(word for word in order if counts[word] >= FEWEST and word[0].isalpha())
    found = vectors(texts, words, [EDGE, *order[:CONTEXTS]])
    lines = [f"{w}\t{c}\t{f}\n" for w, c, f in zip(words, groups(found, COARSE), groups(found, FINE), strict=True)]
    TABLE.write_bytes(gzip.compress("".join(lines).encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
