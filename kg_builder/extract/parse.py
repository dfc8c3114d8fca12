"""A sentence as the grammar reads it: its words, phrases and predicates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg_builder.extract.words import Word

HARD = frozenset({".", "؛", "!", "؟", "?", ";", "…", "..", "..."})
COMMAS = frozenset({"،", ",", "-", "–", "—"})
QUOTES = frozenset({'"', "«", "“"})


@dataclass(slots=True)
class Phrase:
    """Words `start:end` of a sentence with `head` among them; `prep` is the (compound) preposition before it or ""."""

    start: int
    end: int
    head: int
    prep: str = ""
    prep_start: int = -1
    pron: bool = False
    first: int = -1
    """Index of the first conjunct, itself when the phrase is not coordinated."""
    lead: int = -1
    """Where a bound before it begins («ما لا يقل عن»), -1 when there is none."""

    @property
    def begin(self) -> int:
        """Where the phrase begins with its preposition and bound."""
        begin = self.start
        if self.prep and 0 <= self.prep_start < begin:
            begin = self.prep_start
        return self.lead if 0 <= self.lead < begin else begin


@dataclass(slots=True)
class Frame:
    """A predicate at word `i` with the indices of its argument phrases; `…_how` says how one was found."""

    i: int
    passive: bool = False
    open_voice: bool = False
    """Spelled alike in both voices, and without an object that would decide."""
    subject: int | None = None
    subject_how: str = ""
    object: int | None = None
    object_how: str = ""
    bare: list[int] = field(default_factory=list)
    preps: list[int] = field(default_factory=list)
    loose: list[int] = field(default_factory=list)
    """Prepositional phrases that most likely belong to a participle between («دعا المختصون إلى …»)."""
    late: list[int] = field(default_factory=list)
    """Bare phrases behind a comma, which may name the subject once more, or be the object."""
    clause: tuple[int, int] | None = None
    relative: bool = False
    """It stands in a relative clause or modifies a noun."""
    antecedent: int | None = None
    stop: int = 0


@dataclass(slots=True)
class Parse:
    """A sentence with its phrases and frames. `at[i]` is the index of the phrase that holds word `i`, or -1."""

    words: Sequence[Word]
    phrases: list[Phrase]
    at: list[int]
    frames: dict[int, Frame]
    borders: frozenset[int] = frozenset()
    """Words outside phrases that close a clause («حيث», «بينما»)."""
    compounds: Mapping[int, tuple[int, str]] = field(default_factory=dict)
    """Where a preposition of the word list stands: how many words it has, and which it is."""
    apposed: dict[int, list[int]] = field(default_factory=dict)
    """By phrase, the phrases that name the same person once more."""

    def conjuncts(self, index: int) -> list[int]:
        """The phrase and those coordinated with it, in order."""
        first = self.phrases[index].first
        return [k for k in range(index, len(self.phrases)) if self.phrases[k].first == first]

    def head(self, index: int) -> Word:
        """The head of a phrase."""
        return self.words[self.phrases[index].head]

    def text(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of words `start:end`."""
        return self.words[start].start, self.words[end - 1].end


def frames_before(parse: Parse, i: int) -> Iterator[Frame]:
    """The frames to the left of word `i`, nearest first."""
    return (f for f in reversed(list(parse.frames.values())) if f.i < i)


def verbs_before(parse: Parse, i: int) -> Iterator[Frame]:
    """The frames of verbs to the left of word `i`, nearest first."""
    return (f for f in frames_before(parse, i) if parse.words[f.i].is_verb)
