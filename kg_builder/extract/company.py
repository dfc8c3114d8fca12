"""The company that a word keeps, as features: what a trigger is about, what fills whom, what stands between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg_builder.extract.candidate import Candidate
from kg_builder.extract.match import Match
from kg_builder.extract.parse import Parse
from kg_builder.extract.words import CONTENT, Word

REACH = 10
"""How many words on either side of a trigger are its company."""
GAP = 12
"""Across how many words a filler is told by the words between."""


def about(parse: Parse, match: Match) -> list[str]:
    """The content words around a trigger, for its type and for itself: «قمة» of a mountain or of leaders."""
    i, type_ = match.i, match.type
    trigger = parse.words[i].lemma
    near = parse.words[max(0, i - REACH) : i + REACH + 1]
    lemmas = dict.fromkeys([w.lemma for w in near if w.i != i and w.pos in CONTENT])
    return [f"{type_}:by:{lemma}" for lemma in lemmas] + [f"{trigger}:by:{lemma}" for lemma in lemmas]


def filled(parse: Parse, match: Match, candidates: Iterable[Candidate]) -> Iterator[str]:
    """Who could fill the roles of a match, for its type and for its trigger: «وقع الرئيس» is not «وقع حريق»."""
    type_, trigger = match.type, parse.words[match.i].lemma
    for candidate in candidates:
        role, head = candidate.role, _noun(parse, candidate)
        yield f"{trigger}:has:{role}"
        yield f"{trigger}:{role}:has:{head.coarse}"
        yield f"{type_}:{role}:has:{head.coarse}"
        yield f"{type_}:{role}:lemma:{head.lemma}"
        yield f"{type_}:{role}:ent:{head.ent}"
        yield f"{type_}:{role}:def:{head.definite}"


def _noun(parse: Parse, candidate: Candidate) -> Word:
    """The first noun of a candidate, its first word where it has none."""
    span = parse.words[candidate.start:candidate.end]
    return next((w for w in span if w.pos in {"NOUN", "PROPN"}), parse.words[candidate.start])


def pairing(parse: Parse, match: Match, candidate: Candidate) -> list[str]:
    """The first noun of a candidate with its role and the trigger, and the words between the two."""
    words, role, i = parse.words, candidate.role, match.i
    trigger = words[i].lemma
    head = _noun(parse, candidate)
    low, high = sorted((i, candidate.start))
    gap = dict.fromkeys([w.norm for w in words[low + 1:high]]) if high - low <= GAP + 1 else ()
    return [f"{match.type}:{role}:with:{head.lemma}", f"{trigger}:{role}:with:{head.lemma}",
            f"{trigger}:{role}:coarse:{head.coarse}", f"{trigger}:{role}:fine:{head.fine}",
            *[f"{role}:between:{norm}" for norm in gap]]
