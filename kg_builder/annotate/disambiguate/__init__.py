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


class _Row(dict[str, float]):
    """What each class costs behind one class, looked up once; where the clause has its verb, another costs more."""

    def __init__(self, before: str, has_verb: bool) -> None:
        super().__init__()
        self._before = before
        self._has_verb = has_verb

    def __missing__(self, after: str) -> float:
        self[after] = found = cost(self._before, after) + (SECOND_VERB if self._has_verb and after == "VP" else 0.0)
        return found


class _Steps(dict[tuple[str, str], tuple[bool | None, tuple[_Row, _Row]]]):
    """For the classes at the ends of a word: whether the clause has its verb behind it, None where that stays as it
    was, and what may follow the word, without and with that verb."""

    def __missing__(self, ends: tuple[str, str]) -> tuple[bool | None, tuple[_Row, _Row]]:
        entry, kind = ends
        opens = entry in _OPENS_CLAUSE or kind in _OPENS_CLAUSE
        self[ends] = found = True if kind in _VERBS else False if opens else None, (_Row(kind, False), _Row(kind, True))
        return found


State = tuple[float, _Row, bool]
Column = tuple[list[State], list[int]]
START = "^"
_VERBS = frozenset({"VP", "VI", "VJ"})
_FINITE = frozenset({"VP", "VI", "VJ", "VA"})
_OPENS_CLAUSE = frozenset({"C", "X", "SA", "SI", "SE", "SC", "R"})
_SUBORDINATES = frozenset({"SA", "SE", "SC", "R"})
SECOND_VERB = 1.8  # a perfective in a clause that has its verb already: rather a masdar, its object
VERBLESS = 3.8  # a sentence without a main verb, where a word in it could be one
_PHRASE = 3  # up to so many words need no verb
_STEPS = _Steps()
_BEGINNING: list[State] = [(0.0, _Row(START, False), False)]


def choose(words: Sequence[tuple[C, ...]]) -> list[C]:
    """One reading for each word of a sentence, the cheapest sequence. Empty for no words."""
    if not words:
        return []
    columns = _columns(words, _BEGINNING)
    total, path = _cheapest(words, columns)
    if len(words) <= _PHRASE or _has_main_verb(path):
        return path
    best = total + VERBLESS
    for index, readings in enumerate(words):
        verbs = tuple(reading for reading in readings if reading.exit in _FINITE)
        if verbs and len(readings) > 1:
            forced = [*words[:index], verbs, *words[index + 1 :]]
            known = columns[:index]
            behind = known[-1][0] if known else _BEGINNING
            cheapest, other = _cheapest(forced, known + _columns(forced[index:], behind))
            if cheapest < best and _has_main_verb(other):
                best, path = cheapest, other
    return path


def _has_main_verb(path: Sequence[Candidate]) -> bool:
    subordinate = False
    for reading in path:
        if reading.entry in _OPENS_CLAUSE or reading.exit in _OPENS_CLAUSE:
            subordinate = reading.exit in _SUBORDINATES or reading.entry in _SUBORDINATES
        if reading.exit in _FINITE and not subordinate:
            return True
    return False


def _columns(words: Sequence[tuple[Candidate, ...]], states: list[State]) -> list[Column]:
    """For each word, the states behind each of its readings and from which state before the word each comes.

    A state is (cost so far, costs of what may follow, whether the clause has its verb).
    """
    columns: list[Column] = []
    for readings in words:
        new: list[State] = []
        links: list[int] = []
        for reading in readings:
            entry = reading.entry
            best, link = 1e9, 0
            for index, state in enumerate(states):
                value = state[0] + state[1][entry]
                if value < best:
                    best, link = value, index
            has_verb, rows = _STEPS[entry, reading.exit]
            if has_verb is None:
                has_verb = states[link][2]
            new.append((best + reading.cost, rows[has_verb], has_verb))
            links.append(link)
        states = new
        columns.append((states, links))
    return columns


def _cheapest(words: Sequence[tuple[C, ...]], columns: Sequence[Column]) -> tuple[float, list[C]]:
    """What the cheapest path costs, and the path."""
    last = [state[0] for state in columns[-1][0]]
    total = min(last)
    at = last.index(total)
    chosen: list[C] = []
    for readings, (_, links) in zip(reversed(words), reversed(columns), strict=True):
        chosen.append(readings[at])
        at = links[at]
    chosen.reverse()
    return total, chosen
