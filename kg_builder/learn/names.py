"""Trains the weights of the name tagger: a linear-chain conditional random field, by L-BFGS, the same on every run.

    python -m kg_builder.learn.names SENTENCES.jsonl [--folds 5] [--out FILE]

A line holds `text` and `entities` (`kind` person, organization or place; `begin`, `end` in characters). With `--folds`
the weights are measured by cross-validation, beside the rules alone, and not written.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg_builder.annotate import load as load_annotator
from kg_builder.annotate.names.documents import DocumentReader
from kg_builder.annotate.names.features import sentence_features
from kg_builder.annotate.names.finder import WEIGHTS
from kg_builder.annotate.names.lexicon import NameLexicon, load_lexicon
from kg_builder.annotate.names.rules import find_by_rules
from kg_builder.annotate.names.tagger import Name, Tagger
from kg_builder.annotate.names.weights import LABELS, Weights
from kg_builder.learn.chain import train_chain
from kg_builder.model import Article
from kg_builder.ontology import load as load_ontology

KINDS = {"person": "PERSON", "organization": "ORG", "place": "PLACE"}
Token = tuple[str, str, str, int, int]
Reader = Callable[[Iterable[str]], Iterator[tuple[list[Token], list[int]]]]
CLITICS = frozenset("وفبلك")
SEED = 7
TOLERANCE = 3
FEWEST = 2
SMALLEST = 0.02


@dataclass(frozen=True, slots=True)
class Sentence:
    """A training document: words, their character ranges, sentence starts, labels, and the names by characters."""

    words: list[tuple[str, str, str]]
    ranges: list[tuple[int, int]]
    starts: list[int]
    labels: list[int]
    gold: list[tuple[int, int, str]]


def annotated(texts: Iterable[str]) -> Iterator[tuple[list[Token], list[int]]]:
    """Tokens (norm, lemma, part of speech, begin, end) and sentence starts of each text, by the annotator itself."""
    annotate, read_words = load_annotator(load_ontology()), DocumentReader()
    for text in texts:
        doc = annotate(Article("", text))
        words, starts, indices = read_words(doc)
        yield [(*w, doc[i].idx, doc[i].idx + len(doc[i])) for w, i in zip(words, indices, strict=True)], starts


def labelled(tokens: Sequence[Token], gold: Sequence[tuple[int, int, str]]) -> list[int]:
    """The label of each token. A joined particle before the name stays outside of it."""
    labels = [0] * len(tokens)
    for begin, end, kind in gold:
        inside = [i for i, t in enumerate(tokens) if t[3] < end and t[4] > begin]
        while len(inside) > 1 and tokens[inside[0]][0] in CLITICS and tokens[inside[0]][4] == tokens[inside[1]][3]:
            inside.pop(0)
        for place, i in enumerate(inside):
            labels[i] = LABELS.index(f"{'I' if place else 'B'}-{kind}")
    return labels


def read(path: Path, reader: Reader = annotated) -> list[Sentence]:
    """The sentences of a file with names."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [_sentence(row, *found) for row, found in zip(rows, reader(r["text"] for r in rows), strict=True)]


def _sentence(row: dict[str, Any], tokens: list[Token], starts: list[int]) -> Sentence:
    gold = [(e["begin"], e["end"], KINDS[e["kind"]]) for e in row["entities"]]
    words = [t[:3] for t in tokens]
    return Sentence(words, [t[3:] for t in tokens], starts, labelled(tokens, gold), gold)


def train(sentences: Sequence[Sentence], lexicon: NameLexicon) -> Weights:
    """Weights of the features that the sentences show at least twice."""
    features = [sentence_features(s.words, s.starts, lexicon) for s in sentences]
    counts = Counter(f for rows in features for row in rows for f in row)
    kept = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= FEWEST))}
    table, moves = train_chain([[[kept[f] for f in row if f in kept] for row in rows] for rows in features],
                               [s.labels for s in sentences], len(kept))  # fmt: skip
    large = [f for f, i in kept.items() if abs(table[i]).max() >= SMALLEST]
    return Weights({f: i for i, f in enumerate(large)}, table[[kept[f] for f in large]], moves)


Tally = Counter[str]


def count(sentence: Sentence, names: Sequence[Name], hits: Tally, extra: Tally, missed: Tally) -> None:
    """Add a sentence's names by label: found right, found wrong, not found. A joined particle more or less is right."""
    have = [(sentence.ranges[a][0], sentence.ranges[b - 1][1], label) for a, b, label in names]
    for begin, end, label in sentence.gold:
        hit = next((h for h in have if h[2] == label and h[1] == end and abs(h[0] - begin) <= TOLERANCE), None)
        if hit:
            have.remove(hit)
        (hits if hit else missed)[label] += 1
    extra.update(h[2] for h in have)


def report(title: str, found: Iterable[tuple[Sentence, Sequence[Name]]]) -> str:
    """Precision, recall and F1 of all names and of each label, as lines of text."""
    hits, extra, missed = Tally(), Tally(), Tally()
    for sentence, names in found:
        count(sentence, names, hits, extra, missed)
    lines = [title]
    for label in (*KINDS.values(), "all"):
        tp, fp, fn = (sum(c.values()) if label == "all" else c[label] for c in (hits, extra, missed))
        precision, recall = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
        lines.append(f"  {label:7} P {precision:.3f}  R {recall:.3f}  F1 {2 * tp / max(2 * tp + fp + fn, 1):.3f}")
    return "\n".join(lines)


def cross_validate(sentences: Sequence[Sentence], lexicon: NameLexicon, folds: int) -> str:
    """The tagger measured on sentences that it was not trained on, beside the rules alone."""
    order = list(range(len(sentences)))
    random.Random(SEED).shuffle(order)
    found: list[tuple[Sentence, Sequence[Name]]] = []
    for fold in range(folds):
        held = set(order[fold::folds])
        tagger = Tagger(train([s for i, s in enumerate(sentences) if i not in held], lexicon), lexicon)
        found += [(s, tagger(s.words, s.starts)) for i, s in enumerate(sentences) if i in held]
    rules = [(s, find_by_rules(s.words, lexicon, s.starts)) for s in sentences]
    return report("rules alone", rules) + "\n" + report(f"tagger, {folds}-fold", found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    lexicon = load_lexicon(load_ontology())
    sentences = read(options.path)
    if options.folds:
        print(cross_validate(sentences, lexicon, options.folds))
        return
    train(sentences, lexicon).save(options.out)


if __name__ == "__main__":
    main()
