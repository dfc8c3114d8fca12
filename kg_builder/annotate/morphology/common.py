"""The readings of the commonest words of news: worked out once for a lexicon, and kept.

`common.txt.gz` lists the words; `scripts/build_common_words.py` makes it. Other words are read when they are met.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg_builder.annotate.kept import digest, kept
from kg_builder.annotate.morphology import frequency
from kg_builder.annotate.morphology.classes import shapes
from kg_builder.annotate.morphology.database import RULES
from kg_builder.annotate.morphology.drafts import Draft
from kg_builder.annotate.morphology.features import features
from kg_builder.annotate.morphology.reading import Analysis
from kg_builder.ontology import Ontology

WORDS = Path(__file__).parent / "common.txt.gz"
Row = tuple[float, int, int, str, str]  # cost, which of the analysis' shapes, number of its features, lemma, verb


class CommonWords:
    """The drafts of the commonest words; `read` gives those of a word that are not kept yet."""

    def __init__(self, ontology: Ontology, read: Callable[[str], tuple[Draft, ...]]) -> None:
        made_by = digest(ontology.hashes, *RULES, WORDS, frequency.TABLE)
        inflections, self._rows = kept("readings", made_by, lambda: _compiled(read))
        self._features = [features(dict(values)) for values in inflections]

    def drafts(self, word: str) -> tuple[Draft, ...]:
        """The drafts of a word, the cheapest first; none of a word that is not among the commonest."""
        return tuple([self._draft(*row) for row in self._rows.get(word, ())])

    def _draft(self, cost: float, shape: int, number: int, lemma: str, verb: str) -> Draft:
        analysis = Analysis(self._features[number], lemma, "", verb)
        return Draft(cost, shapes(analysis)[shape], analysis)


def words() -> list[str]:
    """The commonest words; none when there is no list."""
    return gzip.decompress(WORDS.read_bytes()).decode().split() if WORDS.is_file() else []


def _compiled(read: Callable[[str], tuple[Draft, ...]]) -> tuple[Any, dict[str, tuple[Row, ...]]]:
    numbers: dict[tuple[tuple[str, str], ...], int] = {}
    rows: dict[str, tuple[Row, ...]] = {}
    for word in words():
        found = [
            (
                draft.cost,
                shapes(draft.analysis).index(draft.shape),
                numbers.setdefault(tuple(draft.analysis.features.values.items()), len(numbers)),
                draft.analysis.lex,
                draft.analysis.verb,
            )
            for draft in read(word)
        ]
        if found:
            rows[word] = tuple(found)
    return tuple(numbers), rows
