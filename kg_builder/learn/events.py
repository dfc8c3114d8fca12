"""Trains the ranker of event readings: `python -m kg_builder.learn.events GOLD.jsonl [--labels L --corpus C]`.

Seeded and deterministic; needs scikit-learn (extra `learn`). Gold holds its texts; labels say where in a corpus that is
kept elsewhere (`learn/labels.py`). A user can retrain on gold and labels of his own.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg_builder import annotate, extract, ontology
from kg_builder.extract.choose import first_look as first_scores
from kg_builder.extract.choose import model_of
from kg_builder.extract.rank import AGAIN, Ranker, weights_path
from kg_builder.extract.rivals import Values, filler_values, match_values
from kg_builder.learn.examples import example_frames
from kg_builder.learn.gold import Document, Example, Examples, Teacher, batches, read_gold
from kg_builder.learn.labels import read_labels

SEED = 20220105
MIN_COUNT = 2
STRENGTH = {"trigger": 0.2, "fill": 0.3, "place": 0.25, "source": 0.25, "time": 0.1, "": 0.3}
"""Inverse regularisation of each model, chosen by cross-validation."""
MIN_STATUS = 4
FOLDS = 4
AGAIN_STRENGTH = 0.3


def fit(examples: Sequence[Example], strength: float) -> dict[str, float]:
    """Weights of a logistic regression over named features, common enough ones; the intercept under ""."""
    counts = Counter(f for features, _ in examples for f in set(features))
    rows = [(dict.fromkeys((f for f in features if counts[f] >= MIN_COUNT), 1.0), y) for features, y in examples]
    return fit_values(rows, strength)


def fit_values(examples: Sequence[tuple[Mapping[str, float], bool]], strength: float) -> dict[str, float]:
    """Weights of a logistic regression over named values; the intercept under ""."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer()
    matrix: Any = vectorizer.fit_transform([values for values, _ in examples])
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    model = LogisticRegression(C=strength, max_iter=400, solver="liblinear", random_state=SEED)
    model.fit(matrix, [label for _, label in examples])
    names = vectorizer.get_feature_names_out()
    weights = {str(n): round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.005}
    return {"": round(float(model.intercept_[0]), 3), **dict(sorted(weights.items()))}


def first_look(examples: Examples) -> dict[str, dict[str, float]]:
    """A model for each kind of choice that the examples hold."""
    weights = {name: fit(rows, STRENGTH.get(name, STRENGTH[""])) for name, rows in sorted(examples.binary.items())
               if len({label for _, label in rows}) == 2}
    for family, rows in sorted(examples.labels.items()):
        weights |= {f"{family}={label}": fit([(f, found == label) for f, found in rows], STRENGTH[""])
                    for label in _labels(family, [label for _, label in rows])}
    return weights


def second_look(teacher: Teacher, documents: Sequence[Document]) -> dict[str, dict[str, float]]:
    """A model for each choice seen again with its rivals, from first looks by models that never saw the document."""
    examples: dict[str, list[tuple[Values, bool]]] = defaultdict(list)
    for taught, held in batches(documents, FOLDS):
        teacher.extractor.ranker = Ranker(first_look(teacher.examples(taught)))
        for document in held:
            for model, values, right in _seen_again(teacher, document):
                examples[model + AGAIN].append((values, right))
    return {name: fit_values(rows, AGAIN_STRENGTH) for name, rows in sorted(examples.items())}


def _seen_again(teacher: Teacher, document: Document) -> Iterator[tuple[str, Values, bool]]:
    ranker = teacher.extractor.ranker
    for reading in document.readings:
        teacher.extractor.weigh(reading.proposals)
    for reading, proposal, event in teacher.lessons(document):
        others = [p for p in reading.proposals if p is not proposal]
        yield "trigger", match_values(proposal, others), event is not None
        if event is not None:
            scored = first_scores(ranker, proposal.candidates)
            for n, right in teacher.labels(event, reading, proposal):
                yield model_of(scored[n][0]), filler_values(n, scored, reading.parse.phrases), right


def train(teacher: Teacher, documents: Sequence[Document]) -> Ranker:
    """A ranker with both looks. The teacher's own is another one afterwards."""
    again = second_look(teacher, documents)
    return Ranker(first_look(teacher.examples(documents)) | again)


def _labels(family: str, found: Iterable[str]) -> list[str]:
    counts = Counter(found)
    if family.startswith("status:") and (len(counts) < 2 or sum(counts.values()) < MIN_STATUS):
        return []
    return sorted(counts)


def save(ranker: Ranker, path: Path) -> None:
    """Writes weights as gzipped JSON without a time stamp, so that the same training gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    payload = json.dumps(ranker.weights, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    path.write_bytes(gzip.compress(payload, mtime=0))


def main() -> None:
    """Command line of the training."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--labels", type=Path, help="sentences of the corpus labelled by hand, as scripts/labels.jsonl")
    parser.add_argument("--corpus", type=Path, help="the articles of the labels, JSON lines, plain or .gz")
    parser.add_argument("-o", "--output", type=Path, default=weights_path())
    args = parser.parse_args()
    if bool(args.labels) != bool(args.corpus):
        parser.error("--labels and --corpus go together")
    graph = ontology.load()
    teacher = Teacher(extract.load(graph, Ranker()), annotate.load(graph))
    golds = [*example_frames(graph.folder), *(line for path in args.gold for line in read_gold(path))]
    golds += read_labels(args.labels, args.corpus) if args.labels else ()
    documents = [teacher.read(gold) for gold in golds]
    for name, rows in sorted(teacher.examples(documents).binary.items()):
        print(f"{name}: {len(rows)} examples, {sum(label for _, label in rows)} right")
    save(train(teacher, documents), args.output)


if __name__ == "__main__":
    main()
