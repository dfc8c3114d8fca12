"""The features of each token of a sentence, written out: what the tagger sums from its tables at run time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from kg_builder.annotate.names.features import (
    DISTANCES,
    EDGE,
    JOINTS,
    WINDOW,
    Word,
    atoms,
    joint,
    phrase_features,
    phrase_tags,
)
from kg_builder.annotate.names.lexicon import NameLexicon
from kg_builder.annotate.names.tagger import PAD
from kg_builder.normalise import fold


def sentence_features(
    words: Sequence[tuple[str, str, str]], starts: Sequence[int], lexicon: NameLexicon
) -> list[list[str]]:
    """One list of features for each word; nothing is seen across a sentence start."""
    cuts = [0, *(s for s in starts if 0 < s < len(words)), len(words)]
    known = _cache(id(lexicon))
    return [row for a, b in pairwise(cuts) for row in _one(words[a:b], lexicon, known)]


@lru_cache(maxsize=4)
def _cache(_lexicon: int) -> dict[tuple[str, str, str], tuple[list[str], str]]:
    return {}


def _one(
    words: Sequence[tuple[str, str, str]],
    lexicon: NameLexicon,
    known: dict[tuple[str, str, str], tuple[list[str], str]],
) -> list[list[str]]:
    for word in words:
        if word not in known:
            known[word] = atoms(Word(*word), lexicon)
    edge = ([EDGE], "#")
    seen = [edge] * PAD + [known[w] for w in words] + [edge] * PAD
    summaries = [summary for _, summary in seen]
    tags = phrase_tags([""] * PAD + [fold(w[0]) for w in words] + [""] * PAD, lexicon)
    rows = []
    for i in range(PAD, PAD + len(words)):
        row = [f"{d}{a}" for d in WINDOW for a in seen[i + d][0] if d in DISTANCES[a[0]]]
        rows.append(row + [joint(name, summaries, i) for name in JOINTS] + phrase_features(tags, i))
    return rows
