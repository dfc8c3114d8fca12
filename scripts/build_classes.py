"""Groups lemmas that stand in like company into word classes, from raw news text, and writes `classes.tsv.gz`.

Run as `python scripts/build_classes.py CORPUS.jsonl.gz` (one JSON object a line with a `text`); needs the extra
`learn`. Nothing of the text is kept: only the number of each lemma's class, at two grains. Seeded.
Method: positive pointwise mutual information of lemmas and the lemmas within three words on either side, a truncated
singular value decomposition, k-means.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import svds
from sklearn.cluster import MiniBatchKMeans

from kg_builder import annotate, ontology
from kg_builder.extract.classes import classes_path
from kg_builder.model import Article

SEED = 20220105
MIN_COUNT, CONTEXTS, REACH, DIMENSIONS = 8, 4000, 3, 100
GRAINS = (50, 200)
SMOOTHING = 0.75


def sentences(path: Path) -> Iterator[list[str]]:
    """The lemmas of each sentence of a corpus."""
    read = annotate.load(ontology.load())
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            record = json.loads(line)
            for sentence in read(Article(str(record["id"]), record["text"])).sents:
                yield [token.lemma_ for token in sentence if not token.is_space]


def company(lemmas: list[list[str]], index: dict[str, int]) -> Any:
    """How often each lemma has each common lemma beside it, nearer ones counting more: lemmas × (2 · contexts)."""
    counts: Counter[tuple[int, int]] = Counter()
    for sentence in lemmas:
        ids = [index.get(lemma, -1) for lemma in sentence]
        for i, one in enumerate(ids):
            for distance in range(-REACH, REACH + 1):
                j = i + distance
                if one >= 0 and distance and 0 <= j < len(ids) and 0 <= ids[j] < CONTEXTS:
                    counts[one, 2 * ids[j] + (distance > 0)] += 1.0 / abs(distance)  # type: ignore[assignment]
    rows, columns = zip(*counts, strict=True)
    return sp.csr_matrix((list(counts.values()), (rows, columns)), shape=(len(index), 2 * CONTEXTS))


def information(matrix: Any) -> Any:
    """Positive pointwise mutual information, the contexts' shares smoothed."""
    total = matrix.sum()
    rows = np.asarray(matrix.sum(1)).ravel()
    columns = np.asarray(matrix.sum(0)).ravel() ** SMOOTHING
    columns *= total / columns.sum()
    cells = matrix.tocoo()
    values = np.log(cells.data * total / (rows[cells.row] * columns[cells.col]))
    kept = values > 0
    return sp.csr_matrix((values[kept], (cells.row[kept], cells.col[kept])), shape=matrix.shape)


def vectors(matrix: Any) -> Any:
    """Unit vectors, one row a lemma."""
    left, values, _ = svds(information(matrix), k=DIMENSIONS, random_state=SEED)
    found = left * np.sqrt(values)
    return found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-9)


def main() -> None:
    """Read, group, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    lemmas = list(sentences(parser.parse_args().corpus))
    counts = Counter(lemma for sentence in lemmas for lemma in sentence)
    common = (lemma for lemma, n in counts.items() if n >= MIN_COUNT and lemma.isalpha())
    kept = sorted(common, key=lambda lemma: (-counts[lemma], lemma))
    points = vectors(company(lemmas, {lemma: n for n, lemma in enumerate(kept)}))
    groups = [MiniBatchKMeans(grain, random_state=SEED, n_init=3, batch_size=4096).fit_predict(points)
              for grain in GRAINS]
    rows = sorted("\t".join((lemma, *map(str, numbers))) for lemma, *numbers in zip(kept, *groups, strict=True))
    classes_path().write_bytes(gzip.compress("\n".join(rows).encode(), mtime=0))
    print(f"{len(rows)} lemmas, {classes_path().stat().st_size} bytes")


if __name__ == "__main__":
    main()
