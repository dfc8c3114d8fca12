"""What could fill a role of an event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg_builder.extract.parse import Parse

ENTITY_RANGES = frozenset({"Agent", "AgentOrPlace", "Thing"})
TEXT_RANGES = frozenset({"langString", "string"})
Ranges = Mapping[str, str]
"""From a role to its range."""


@dataclass(slots=True)
class Candidate:
    """Words `start:end` that could fill `role`; `slot` tells where they stand, `far` how many phrases lie between.

    Never changed once made; not frozen, which would make each three times slower to make, and there are many.
    """

    role: str
    start: int
    end: int
    slot: str
    phrase: int
    far: int = 0
    ties: tuple[str, ...] = ()
    """What more the finder knows of how it stands, as features."""


def head_of(parse: Parse, candidate: Candidate) -> int:
    """The word that heads the candidate: its phrase's head where that lies within, its first word otherwise."""
    if candidate.phrase >= 0 and candidate.start <= parse.phrases[candidate.phrase].head < candidate.end:
        return parse.phrases[candidate.phrase].head
    return candidate.start
