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
        word.form,
        STARTS.get(word.proclitics, "w"),
        sets,
        word.lemma,
        word.pos,
        ud=word.morph.replace("=", "~").replace("|", ","),
        kind=word.kind,
        price=word.price,
    )


def name_stems(form: str, kind: str = "name", price: str = "") -> Iterator[Stem]:
    """A proper noun; one that begins with the article is a stem that demands it."""
    if form.startswith("ال") and len(form) > 4:
        yield Stem(form[2:], "d", ("n0n",), form[2:], "PROPN", kind=kind, price=price)
    else:
        yield Stem(form, "n", ("n0n",), form, "PROPN", kind=kind, price=price)


def numeral_stems(form: str) -> Iterator[Stem]:
    """A number word: with or without article and prepositions, before a pronoun too."""
    yield Stem(form, "n", ("n0n", "n0e"), form, "NUM", ud="NumType~Card", kind="num")
