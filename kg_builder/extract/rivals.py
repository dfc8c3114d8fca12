"""A second look at readings, with their rivals in view: other events of the sentence, other fillers of the event.

Values are features with a weight: 1.0 for what holds, or a log-odds that the first look gave.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from kg_builder.extract.candidate import Candidate
from kg_builder.extract.match import Match
from kg_builder.extract.parse import Phrase
from kg_builder.extract.scope import Level

Values = dict[str, float]
STEPS = 4


class Weighed(Protocol):
    """A match that the first look weighed; `odds` are log-odds, `levels` what governs it, itself first."""

    match: Match
    odds: float
    levels: list[Level]


def _step(odds: float) -> int:
    return max(-STEPS, min(STEPS, round(odds)))


def match_values(one: Weighed, others: Sequence[Weighed]) -> Values:
    """A match against the other matches of its sentence."""
    i, type_ = one.match.i, one.match.type
    here = [o for o in others if o.match.i == i]
    same = [o for o in others if o.match.type == type_ and o.match.i != i]
    found = {"own": one.odds} | _here(one, here)
    found |= _same("before", one, [o for o in same if o.match.i < i])
    found |= _same("after", one, [o for o in same if o.match.i > i])
    found |= _tied(one, same)
    odds = [o.odds for o in others if o.match.i != i]
    believed = min(sum(o > 0 for o in odds), 5)
    return found | {f"believed:{believed}": 1.0, f"best-other:{_step(max(odds)) if odds else 'none'}": 1.0}


def _here(one: Weighed, others: Sequence[Weighed]) -> Values:
    if not others:
        return {}
    best = max(others, key=lambda o: o.odds)
    names = (f"here:{_step(best.odds)}", f"here-better:{best.odds > one.odds}",
             f"here:{one.match.type}:{best.match.type}:{best.odds > 0}")
    return {"here": best.odds} | dict.fromkeys(names, 1.0)


def _same(side: str, one: Weighed, others: Sequence[Weighed]) -> Values:
    """Other matches of the type: one happening is often told twice in a sentence."""
    if not others:
        return {f"{side}:none": 1.0}
    best = max(others, key=lambda o: o.odds)
    nearest = min(others, key=lambda o: abs(o.match.i - one.match.i))
    gap = min(abs(nearest.match.i - one.match.i) // 3, 6)
    names = (f"{side}:{_step(best.odds)}", f"{side}-better:{best.odds > one.odds}",
             f"{side}:{one.match.type}:{best.odds > 0}", f"{side}-gap:{gap}:{nearest.odds > 0}")
    return dict.fromkeys(names, 1.0)


def _tied(one: Weighed, same: Sequence[Weighed]) -> Values:
    """Another match of the type that governs this one, or that this one governs («قرر … تمديد …»): one happening."""
    over = {level.i for level in one.levels[1:3]}
    found: Values = {}
    for other in same:
        if other.match.i in over:
            found |= {f"under:{other.odds > 0}": 1.0, f"under-better:{other.odds > one.odds}": 1.0}
        if one.match.i in {level.i for level in other.levels[1:3]}:
            found |= {f"governs:{other.odds > 0}": 1.0, f"governs-better:{other.odds > one.odds}": 1.0}
    return found


Scored = tuple[Candidate, float]


def filler_values(n: int, scored: Sequence[Scored], phrases: Sequence[Phrase]) -> Values:
    """Candidate `n` against the other candidates of its event."""
    candidate, odds = scored[n]
    role, start, end = candidate.role, candidate.start, candidate.end
    same: list[Scored] = []
    over: list[Scored] = []
    twins: list[Scored] = []
    for m, other in enumerate(scored):
        overlaps = other[0].start < end and start < other[0].end
        if other[0].role == role:
            if m != n:
                (twins if overlaps else same).append(other)
        elif overlaps:
            over.append(other)
    found = {"own": odds}
    for name, group in (("same", same), ("over", over), ("twin", twins)):
        found |= _against(name, candidate, odds, group)
    if same:
        found |= _side_by_side(candidate, max(same, key=_odds), phrases)
    believed = (odds > 0) + sum([o > 0 for _, o in same]) + sum([o > 0 for _, o in twins])
    return found | {f"believed:{min(4, believed)}": 1.0}


def _odds(scored: Scored) -> float:
    return scored[1]


def _against(name: str, candidate: Candidate, odds: float, others: Sequence[Scored]) -> Values:
    if not others:
        return {f"{name}:none": 1.0}
    best, theirs = max(others, key=_odds)
    names = (f"{name}:{_step(theirs)}", f"{name}-better:{theirs > odds}",
             f"{name}:{candidate.role}:{best.role}:{theirs > odds}")
    return {name: theirs} | dict.fromkeys(names, 1.0)


def _side_by_side(candidate: Candidate, other: Scored, phrases: Sequence[Phrase]) -> Values:
    best, odds = other
    found = {f"slots:{_kind(best)}:{_kind(candidate)}:{odds > 0}": 1.0}
    if best.phrase >= 0 and candidate.phrase >= 0:
        joined = phrases[best.phrase].first == phrases[candidate.phrase].first
        found[f"joined:{joined}:{odds > 0}"] = 1.0
    return found


def _kind(candidate: Candidate) -> str:
    return _kind_of(candidate.slot)


@lru_cache(maxsize=1024)
def _kind_of(slot: str) -> str:
    """The kind of a slot, without its word and how it was resolved."""
    return slot.split("~")[0].split(":")[0]


def competition(match: Match, candidate: Candidate, candidates: Sequence[Candidate]) -> list[str]:
    """Features of the first look: how many others want the role or the phrase, and from which slots."""
    role, i, kind = candidate.role, match.i, _kind(candidate)
    same = [c for c in candidates if c.role == role and c is not candidate]
    over = [c for c in candidates if c.start < candidate.end and candidate.start < c.end and c.role != role]
    nearer = min(3, sum(abs(c.start - i) < abs(candidate.start - i) for c in same))
    side = "left" if candidate.start < i else "right"
    found = [f"same-role:{min(4, len(same))}", f"nearer:{nearer}", f"{role}:nearer:{nearer}", f"{role}:{side}",
             f"form:{match.form}:{side}:{candidate.slot.split('~')[0]}"]
    found += [name for c in over[:5] for name in (f"{role}:or:{c.role}", f"slot:{kind}:or:{_kind(c)}")]
    return found + [f"slot:{kind}:with:{other}" for other in sorted({_kind(c) for c in same})]

