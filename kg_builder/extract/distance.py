"""What lies between two places of a sentence: the plain facts that every choice of a reading leans on."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kg_builder.extract.grammar import Grammar
from kg_builder.extract.parse import COMMAS, HARD, Parse
from kg_builder.extract.words import Word


def bucket(n: int) -> str:
    """A count as one of few classes."""
    return str(n) if n <= 3 else "4-6" if n <= 6 else "7-12" if n <= 12 else "13+"


def _outside_brackets(words: Sequence[Word]) -> list[Word]:
    """The words without what stands in brackets, which is told aside."""
    kept, depth = [], 0
    for word in words:
        depth += word.norm == "("
        if not depth:
            kept.append(word)
        depth -= word.norm == ")" and depth > 0
    return kept


def between(grammar: Grammar, parse: Parse, a: int, b: int, triggers: Collection[int]) -> list[str]:
    """Features of the words between `a` and `b`: side, verbs, commas, clause borders, other triggers, distance."""
    low, high = min(a, b), max(a, b)
    inner = _outside_brackets(parse.words[low + 1:high])
    verbs = sum(w.is_verb for w in inner)
    commas = sum(w.norm in COMMAS for w in inner)
    hard = any(w.norm in HARD for w in inner)
    relatives = any(w.norm in grammar.relatives for w in inner)
    complement = any(w.norm in grammar.complementizers for w in inner)
    others = sum(low < t < high for t in triggers)
    side = "after" if b > a else "before"
    span = len(inner) + 1
    found = [f"side:{side}", f"verbs:{side}:{min(verbs, 3)}", f"commas:{min(commas, 3)}",
             f"dist:{side}:{bucket(span)}", f"others:{side}:{min(others, 3)}"]
    found += [name for name, here in (("hard", hard), ("rel", relatives), ("comp", complement)) if here]
    if any(w.pos != "ADP" and parse.at[w.i] < 0 and grammar.boundaries.match(parse.words, w.i) for w in inner):
        found.append("border")
    return found
