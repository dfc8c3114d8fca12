"""The pieces that the value grammar reads, and what is known of a word type."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from kg_builder.annotate.values.sense import EMPTY, Sense
from kg_builder.annotate.values.words import Phrase


class Token(Protocol):
    """An orthographic token: its normalised form and its range in the original text."""

    @property
    def norm(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Cut(NamedTuple):
    """What is joined to the front of a word: particles, whether the article follows, and how many letters go before.

    Letters that belong to the span of a value are not counted: those of the article, but not of the contracted "lil".
    """

    clitic: str = ""
    article: bool = False
    letters: int = 0


class Opening(NamedTuple):
    """A phrase that the word may open, and what is joined to its front."""

    phrase: Phrase
    cut: Cut


class Word(NamedTuple):
    """What is known of a word type: "x" no value word, "c" may join values, "t" may begin one."""

    code: str
    sense: Sense = EMPTY
    cut: Cut = Cut()
    phrases: tuple[Opening, ...] = ()
    kind: str = ""


NOTHING = Word("x")


class Cell:
    """One piece of a possible value.

    `next` is the index of the token after it, `glued` that no space stands before it.
    """

    __slots__ = ("article", "clitic", "conj", "end", "glued", "next", "norm", "sense", "start")

    def __init__(self, norm: str, sense: Sense, start: int, end: int, following: int) -> None:
        self.norm = norm
        self.sense = sense
        self.start = start
        self.end = end
        self.next = following
        self.clitic = ""
        self.article = False
        self.conj = False
        self.glued = False


END = Cell("", EMPTY, -1, -1, -1)


TAIL = (END,) * 6  # grammars look a few cells ahead


TAIL_LENGTH = len(TAIL)
