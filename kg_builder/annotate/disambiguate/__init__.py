"""The choice among the readings of words by their context: the cheapest path through a sentence.

Each reading has a cost of its own and classes at its two ends; the transition table prices one class after another.
Beyond neighbours two things count: a clause has one finite verb, and a sentence has one at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from kg_builder.annotate.disambiguate.transitions import cost


class Candidate(Protocol):
    """What the choice looks at: the classes at both ends of a word, and the cost of reading it so."""

    @property
    def entry(self) -> str: ...
    @property
    def exit(self) -> str: ...
    @property
    def cost(self) -> float: ...


C = TypeVar("C", bound=Candidate)


class _Memo(dict[tuple[str, str], float]):
    def __missing__(self, pair: tuple[str, str]) -> float:
        self[pair] = found = cost(*pair)
        return found


_COSTS = _Memo()
START = "^"
_FINITE = frozenset({"VP", "VI", "VJ", "VA"})
_OPENS_CLAUSE = frozenset({"C", "X", "SA", "SI", "SE", "SC", "R"})
_SUBORDINATES = frozenset({"SA", "SE", "SC", "R"})
SECOND_VERB = 1.8  # a perfective in a clause that has its verb already: rather a masdar, its object
VERBLESS = 3.8  # a sentence without a main verb, where a word in it could be one
_PHRASE = 3  # up to so many words need no verb


def choose(words: Sequence[tuple[C, ...]]) -> list[C]:
    """One reading for each word of a sentence, the cheapest sequence. Empty for no words."""
    total, path = _cheapest(words)
    if len(words) <= _PHRASE or _has_main_verb(path):
        return path
    best = total + VERBLESS
    for index, readings in enumerate(words):
        verbs = tuple(reading for reading in readings if reading.exit in _FINITE)
        if verbs and len(readings) > 1:
            forced, other = _cheapest([*words[:index], verbs, *words[index + 1 :]])
            if forced < best and _has_main_verb(other):
                best, path = forced, other
    return path


def _has_main_verb(path: Sequence[Candidate]) -> bool:
    subordinate = False
    for reading in path:
        if reading.entry in _OPENS_CLAUSE or reading.exit in _OPENS_CLAUSE:
            subordinate = reading.exit in _SUBORDINATES or reading.entry in _SUBORDINATES
        if reading.exit in _FINITE and not subordinate:
            return True
    return False


def _cheapest(words: Sequence[tuple[C, ...]]) -> tuple[float, list[C]]:
    """The cheapest path and what it costs. A state is (cost so far, class, whether the clause has its verb)."""
    states: list[tuple[float, str, bool]] = [(0.0, START, False)]
    back: list[list[int]] = []
    costs = _COSTS
    for readings in words:
        new: list[tuple[float, str, bool]] = []
        links: list[int] = []
        for reading in readings:
            entry, kind, best, link, has_verb = reading.entry, reading.exit, 1e9, 0, False
            for index, (total, before, verb) in enumerate(states):
                value = total + costs[before, entry]
                if verb and entry == "VP":
                    value += SECOND_VERB
                if value < best:
                    best, link, has_verb = value, index, verb
            if entry in _OPENS_CLAUSE or kind in _OPENS_CLAUSE:
                has_verb = False
            new.append((best + reading.cost, kind, has_verb or kind in {"VP", "VI", "VJ"}))
            links.append(link)
        states = new
        back.append(links)
    at = min(range(len(states)), key=lambda i: states[i][0])
    return states[at][0], _path(words, at, back)


def _path(words: Sequence[tuple[C, ...]], at: int, back: list[list[int]]) -> list[C]:
    chosen: list[C] = []
    for readings, links in zip(reversed(words), reversed(back), strict=True):
        chosen.append(readings[at])
        at = links[at]
    chosen.reverse()
    return chosen
