"""Puts a spaCy `Doc` together: syntactic words over the original text, with their attributes, in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.symbols import LEMMA, MORPH, NORM, POS, SENT_START  # type: ignore[import-not-found]
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from kg_builder.annotate.disambiguate import choose
from kg_builder.annotate.disambiguate.agreement import agreeing
from kg_builder.annotate.tokens import Raw, Tokens
from kg_builder.annotate.words import ROW, Layout, Option, Words

_ATTRIBUTES = [NORM, LEMMA, POS, MORPH, SENT_START]
_INSIDE = 2**64 - 1  # -1 as spaCy stores it: no sentence starts here
_GENITIVE_STARTS = frozenset({"ND", "HD", "NI", "NE", "NC", "Z", "D", "T", "R"})


def register_extensions() -> None:
    """`doc._.mentions`, model.Mention; `doc._.times`, both readings of times; `doc._.lags`, so long before or after
    something; `token._.verb_lemma`, the verb of a verb, masdar or participle."""
    for name in ("mentions", "times", "lags"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=())
    if not Token.has_extension("verb_lemma"):
        Token.set_extension("verb_lemma", default="")


class Assembler:
    """Builds documents into one vocabulary."""

    def __init__(self, words: Words, vocab: Vocab) -> None:
        register_extensions()
        self._words = words
        self._vocab = vocab
        self._space = vocab.strings.add("SPACE")
        self._no_morph = vocab.morphology.add("")

    def build(self, text: str, tokens: Tokens) -> Doc:
        """The document of a text.

        `doc.text == text`; every token carries norm, lemma, pos, morph and sentence start.
        """
        page = _Page(text, self._words.lay, self._space_row)
        raws, choices = tokens.raws, self._words.choices
        options = [choices(text[start:end], norm) for norm, start, end in raws]
        for begin, end in pairwise([*sorted(tokens.starts), len(raws)]):
            words = options[begin:end]
            page.put(agreeing(words, choose(words)), raws[begin:end])
        page.finish()
        ids: Any = page.words  # spaCy takes ids of strings too
        doc = Doc(self._vocab, words=ids, spaces=page.spaces, user_data=page.verbs)
        if page.words:
            doc.from_array(_ATTRIBUTES, page.attributes())  # type: ignore[arg-type]
        return doc

    def _space_row(self, text: str) -> bytes:
        spelled = self._vocab.strings.add(text)
        return ROW.pack(spelled, spelled, self._space, self._no_morph)


class _Page:
    """The words of a document as they are laid down, with the white space between them."""

    def __init__(self, text: str, lay: Callable[[Option], Layout], space_row: Callable[[str], bytes]) -> None:
        self._text = text
        self._lay = lay
        self._space_row = space_row
        self._at = 0
        self.words: list[str | int] = []
        self.spaces: list[bool] = []
        self._rows: list[bytes] = []
        self._starts: list[int] = [0]
        self.verbs: dict[tuple[str, str, int, None], str] = {}

    def put(self, chosen: Sequence[Option], raws: Sequence[Raw]) -> None:
        """Lay down the words of a sentence, and what stands before each."""
        words, spaces, rows, text, lay = self.words, self.spaces, self._rows, self._text, self._lay
        self._gap(raws[0].start)
        self._starts.append(len(words))
        at, last = raws[0].start, len(chosen) - 1
        for index, (choice, (_, start, end)) in enumerate(zip(chosen, raws, strict=True)):
            if start != at:
                if start == at + 1 and text[at] == " ":
                    spaces[-1] = True
                else:
                    self._at = at
                    self._gap(start)
            pieces, glued, row, construct, verb, verb_at = choice.layout or lay(choice)
            words += pieces
            spaces += glued
            if construct and index < last and chosen[index + 1].entry in _GENITIVE_STARTS:
                row = construct
            rows.append(row)
            if verb:
                self.verbs["._.", "verb_lemma", start + verb_at, None] = verb
            at = end
        self._at = at

    def _gap(self, end: int) -> None:
        begin = self._at
        if self.words and begin < end and self._text[begin] == " ":
            self.spaces[-1] = True
            begin += 1
        if begin < end:
            piece = self._text[begin:end]
            self.words.append(piece)
            self.spaces.append(False)
            self._rows.append(self._space_row(piece))
        self._at = end

    def finish(self) -> None:
        """What stands behind the last word."""
        self._gap(len(self._text))

    def attributes(self) -> npt.NDArray[np.uint64]:
        """Shape (tokens, 5): the attributes of every token in the order of `_ATTRIBUTES`."""
        table = np.empty((len(self.words), 5), dtype=np.uint64)
        table[:, :4] = np.frombuffer(b"".join(self._rows), dtype=np.uint64).reshape(-1, 4)
        table[:, 4] = _INSIDE
        table[self._starts, 4] = 1
        return table
