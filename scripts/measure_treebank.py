"""Measures clitic segmentation, parts of speech and lemmas against a CoNLL-U treebank of Arabic.

Run as `python scripts/measure_treebank.py FILE.conllu [--errors N]`. Segmentation is the F1 of syntactic words as
ranges of letters; parts of speech and lemmas (without diacritics) are measured on the words that both sides cut
alike, and as shares of all gold words.
"""

from __future__ import annotations

import argparse
import collections
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg_builder import ontology
from kg_builder.annotate import Annotator, load
from kg_builder.model import Article
from kg_builder.normalise import clean

COARSE = {"PROPN": "NOUN", "AUX": "VERB", "SCONJ": "PART", "CCONJ": "PART", "SYM": "PUNCT", "DET": "NOUN"}
_ALEFS = str.maketrans("ٱ", "ا")


@dataclass(frozen=True)
class Word:
    """A syntactic word as a range of letters of its sentence, spaces not counted."""

    start: int
    end: int
    form: str
    lemma: str
    pos: str


def sentences(path: Path) -> Iterator[tuple[str, list[Word]]]:
    """The text of each sentence with its gold words."""
    text, words, at = "", [], 0
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        cells = line.split("\t")
        if len(cells) == 10 and cells[0].isdigit():
            form = clean(cells[1]) or cells[1]
            words.append(Word(at, at + len(form), form, _lemma(cells[2]), cells[3]))
            at += len(form)
            text += form + ("" if "SpaceAfter=No" in cells[9] else " ")
        elif not line and words:
            yield text, words
            text, words, at = "", [], 0


def _lemma(lemma: str) -> str:
    return clean(lemma.replace("`", "").translate(_ALEFS))


def found_words(annotator: Annotator, text: str) -> list[Word]:
    """The words that the project finds in a text."""
    found, at = [], 0
    for token in annotator(Article("treebank", text)):
        letters = token.text.replace(" ", "")
        if letters:
            found.append(Word(at, at + len(letters), token.norm_, clean(token.lemma_), token.pos_))
        at += len(letters)
    return found


def main() -> None:
    """Print the three figures, and with --errors the commonest confusions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    annotator = load(ontology.load())
    total: collections.Counter[str] = collections.Counter()
    wrong: dict[str, collections.Counter[tuple[str, ...]]] = collections.defaultdict(collections.Counter)
    for text, gold in sentences(options.file):
        found = {(w.start, w.end): w for w in found_words(annotator, text)}
        total.update(gold=len(gold), found=len(found))
        for word in gold:
            mine = found.get((word.start, word.end))
            if mine is None:
                wrong["cut"][word.form, word.pos] += 1
                continue
            same, alike = mine.pos == word.pos, COARSE.get(mine.pos, mine.pos) == COARSE.get(word.pos, word.pos)
            total.update(cut=1, pos=same, coarse=alike, lemma=mine.lemma == word.lemma)
            if not same:
                wrong["pos"][word.pos, mine.pos, word.form] += 1
                wrong["pair"][word.pos, mine.pos] += 1
            if mine.lemma != word.lemma:
                wrong["lemma"][word.form, word.lemma, mine.lemma] += 1
    report(total, wrong, options.errors)


def report(
    total: collections.Counter[str], wrong: dict[str, collections.Counter[tuple[str, ...]]], errors: int
) -> None:
    """Write the figures, then the confusions."""
    precision, recall = total["cut"] / total["found"], total["cut"] / total["gold"]
    print(f"segmentation F1 {2 * precision * recall / (precision + recall):.4f}")
    for name in ("pos", "coarse", "lemma"):
        print(f"{name:6} {total[name] / total['cut']:.4f} of aligned, {total[name] / total['gold']:.4f} of all")
    for name, counter in wrong.items() if errors else ():
        print(f"\n{name}: {sum(counter.values())}", file=sys.stdout)
        for key, count in counter.most_common(errors):
            print(f"  {count:4} {' '.join(key)}")


if __name__ == "__main__":
    main()
