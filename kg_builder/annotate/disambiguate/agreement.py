"""The verb that opens a clause agrees in gender with the subject behind it: "تسلم الوزير" is not "تُسلم" of "أسلم".

Written without vowels, a perfective of the forms with ت and a feminine imperfective of another verb look alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

from kg_builder.annotate.disambiguate import Candidate


class Agreeing(Candidate, Protocol):
    """What agreement looks at besides: the gender that a word asks for or has."""

    @property
    def gender(self) -> str: ...


A = TypeVar("A", bound=Agreeing)
_VERBS = frozenset({"VP", "VI"})
_SUBJECTS = frozenset({"ND", "HD", "NI", "NE", "AD"})
FARTHEST = 4.0  # a verb that costs so much more than the chosen one is not taken for the sake of agreement


def agreeing(words: Sequence[tuple[A, ...]], path: list[A]) -> list[A]:
    """The path, where a verb opens a clause and disagrees with its subject, with the verb that agrees, if there is one.

    Behind "و" the subject may be one told before: only a person directly behind the verb is sure to be its subject.
    """
    for index, (verb, noun) in enumerate(pairwise(path)):
        if verb.exit in _VERBS and verb.gender and noun.gender not in {"", verb.gender} and noun.exit in _SUBJECTS:
            opens = verb.entry != "C" and (index == 0 or path[index - 1].exit == "X")
            if noun.exit == "HD" or (opens and (verb.exit, noun.exit) != ("VP", "NI")):
                path[index] = _other(words[index], verb, noun.gender)
    return path


def _other(readings: Sequence[A], verb: A, gender: str) -> A:
    fitting = (r for r in readings if r.exit in _VERBS and r.gender == gender and _lead(r) == _lead(verb))
    best = min(fitting, key=lambda reading: reading.cost, default=verb)
    return best if best.cost < verb.cost + FARTHEST else verb


def _lead(reading: Agreeing) -> str:
    return "" if reading.entry == reading.exit else reading.entry
