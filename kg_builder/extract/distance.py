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
    if not any(word.norm == "(" for word in words):
        return list(words)
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
    norms = [w.norm for w in inner]
    verbs = sum([w.is_verb for w in inner])
    commas = sum([norm in COMMAS for norm in norms])
    others = sum([low < t < high for t in triggers])
    side = "after" if b > a else "before"
    found = [f"side:{side}", f"verbs:{side}:{min(verbs, 3)}", f"commas:{min(commas, 3)}",
             f"dist:{side}:{bucket(len(inner) + 1)}", f"others:{side}:{min(others, 3)}"]
    kinds = (("hard", HARD), ("rel", grammar.relatives), ("comp", grammar.complementizers))
    found += [name for name, kind in kinds if not kind.isdisjoint(norms)]
    if parse.borders and not parse.borders.isdisjoint([w.i for w in inner]):
        found.append("border")
    return found
