"""Function words, adverbs and numerals as stems of the database."""

from __future__ import annotations

from collections.abc import Iterator

from kg_builder.annotate.morphology.lexicon import Function
from kg_builder.annotate.morphology.rows import Stem

STARTS = {"": "f", "wf": "w", "wfbkl": "p", "wfbklA": "n", "wfl": "l", "awf": "a"}


def stems(word: Function) -> Iterator[Stem]:
    """One stem; the entry's `proclitics` names the prefixes that may stand before it."""
    sets = (("f0n",) if word.bare else ()) + (("f0e",) if word.enclitics else ())
    yield Stem(
        word.form, STARTS.get(word.proclitics, "w"), sets, word.lemma, word.pos,
        ud=word.morph.replace("=", "~").replace("|", ","), kind=word.kind, price=word.price,
    )  # fmt: skip
