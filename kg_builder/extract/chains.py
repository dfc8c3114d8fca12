"""Chains of words that stand as companions of a trigger: whether they are said, and where."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache

from kg_builder.extract.lexicon import Chain, Construction
from kg_builder.extract.parse import Parse


def chain_at(parse: Parse, i: int, chain: Chain) -> bool:
    """Whether the words from `i` on are those of the chain, by lemma or as written without article."""
    words = parse.words
    if i + len(chain) > len(words):
        return False
    for n, lemma in enumerate(chain, i):
        if words[n].lemma != lemma and words[n].norm.removeprefix("ال") != lemma:
            return False
    return True


def all_said(parse: Parse) -> Set[str]:
    """Every word of the sentence as a chain may name it: its lemma, and how it is written without the article."""
    norms = {word.norm for word in parse.words}
    return norms | {norm.removeprefix("ال") for norm in norms} | {word.lemma for word in parse.words}


def may_fire(construction: Construction, said: Set[str]) -> bool:
    """Whether each companion of the construction has a chain that the sentence begins to say, wherever it does."""
    for place, chains in construction.companions.items():
        if said.isdisjoint(nouns_after(chains) if place == "prepNoun" else firsts(chains)):
            return False
    return True


@lru_cache(maxsize=4096)
def nouns_after(chains: frozenset[Chain]) -> frozenset[str]:
    """The words after the prepositions that open the chains, or these where nothing follows."""
    return frozenset(chain[1] if len(chain) > 1 else chain[0] for chain in chains)


@lru_cache(maxsize=4096)
def firsts(chains: frozenset[Chain]) -> frozenset[str]:
    """The first words of the chains."""
    return frozenset(chain[0] for chain in chains)
