"""The choice among the readings of words by their context: the cheapest path through a sentence.

Each reading has a cost of its own and classes at its two ends; the transition table prices one class after another.
Words with one reading (most of them) only pass their class on.
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


def choose(words: Sequence[tuple[C, ...]]) -> list[C]:
    """One reading for each word of a sentence, the cheapest sequence. Empty for no words."""
    states: list[tuple[float, str]] = [(0.0, START)]
    back: list[list[int]] = []
    costs = _COSTS
    for readings in words:
        new: list[tuple[float, str]] = []
        links: list[int] = []
        for reading in readings:
            entry, best, link = reading.entry, 1e9, 0
            for index, (total, before) in enumerate(states):
                value = total + costs[before, entry]
                if value < best:
                    best, link = value, index
            new.append((best + reading.cost, reading.exit))
            links.append(link)
        states = new
        back.append(links)
    return _path(words, states, back)


def _path(words: Sequence[tuple[C, ...]], states: list[tuple[float, str]], back: list[list[int]]) -> list[C]:
    at = min(range(len(states)), key=lambda i: states[i][0])
    chosen: list[C] = []
    for readings, links in zip(reversed(words), reversed(back), strict=True):
        chosen.append(readings[at])
        at = links[at]
    chosen.reverse()
    return chosen
