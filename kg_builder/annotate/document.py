"""Puts a spaCy `Doc` together: syntactic words over the original text, with their attributes, in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from spacy.symbols import LEMMA, MORPH, NORM, POS, SENT_START  # type: ignore[import-not-found]
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from kg_builder.annotate.disambiguate import choose
from kg_builder.annotate.tokens import Raw, Tokens
from kg_builder.annotate.words import Choice, Words

_ATTRIBUTES = [NORM, LEMMA, POS, MORPH, SENT_START]
_INSIDE = 2**64 - 1  # -1 as spaCy stores it: no sentence starts here
_GENITIVE_STARTS = frozenset({"ND", "NI", "NE", "NC", "Z", "D", "T", "R"})


def register_extensions() -> None:
    """`doc._.mentions`, model.Mention; `doc._.times`, both readings of times; `token._.verb_lemma`, the verb of a
    verb, masdar or participle."""
    for name in ("mentions", "times"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=())
    if not Doc.has_extension("times"):
        Doc.set_extension("times", default=())
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
        page = _Page(text, self._space_row)
        for sentence in self._sentences(text, tokens):
            page.begin_sentence()
            for choice, raw in sentence:
                page.put(choice, raw)
        page.finish()
        doc = Doc(self._vocab, words=page.words, spaces=page.spaces)
        if page.words:
            doc.from_array(_ATTRIBUTES, self._attributes(page))  # type: ignore[arg-type]
        for key, verb in page.verbs.items():
            doc.user_data[key] = verb  # type: ignore[index]
        return doc

    def _attributes(self, page: _Page) -> npt.NDArray[np.uint64]:
        """Shape (tokens, 5): the attributes of every token in the order of `_ATTRIBUTES`."""
        table = np.empty((len(page.rows), 5), dtype=np.uint64)
        table[:, :4] = self._words.rows.matrix[page.rows]
        table[:, 4] = _INSIDE
        table[page.starts, 4] = 1
        return table

    def _space_row(self, text: str) -> int:
        spelled = self._vocab.strings.add(text)
        return self._words.rows.number((spelled, spelled, self._space, self._no_morph))

    def _sentences(self, text: str, tokens: Tokens) -> Iterator[Iterator[tuple[Choice, Raw]]]:
        raws, candidates = tokens.raws, self._words.candidates
        options = [candidates(text[start:end], norm) for norm, start, end in raws]
        for begin, end in pairwise([*sorted(tokens.starts), len(raws)]):
            yield zip(_with_construct(choose(options[begin:end])), raws[begin:end], strict=True)


def _with_construct(choices: list[Choice]) -> list[Choice]:
    """Bare nouns before what can be their genitive get the features of the construct state."""
    for i, (choice, following) in enumerate(pairwise(choices)):
        if choice.construct and following.entry in _GENITIVE_STARTS:
            choices[i] = choice._replace(rows=choice.construct)
    return choices


class _Page:
    """The words of a document as they are laid down, with the white space between them."""

    def __init__(self, text: str, space_row: Callable[[str], int]) -> None:
        self._text = text
        self._space_row = space_row
        self._at = 0
        self._begins = True
        self.words: list[str] = []
        self.spaces: list[bool] = []
        self.rows: list[int] = []
        self.starts: list[int] = [0]
        self.verbs: dict[tuple[str, str, int, None], str] = {}

    def begin_sentence(self) -> None:
        """The next word begins a sentence."""
        self._begins = True

    def put(self, choice: Choice, raw: Raw) -> None:
        """Lay down one orthographic word, and what stood before it."""
        if raw.start != self._at:
            self._gap(raw.start)
        if self._begins:
            self.starts.append(len(self.words))
            self._begins = False
        pieces = choice.pieces
        self.words += pieces
        self.rows += choice.rows
        self.spaces += (False,) * len(pieces)
        if choice.verb:
            self.verbs["._.", "verb_lemma", raw.start + choice.verb_at, None] = choice.verb
        self._at = raw.end

    def _gap(self, end: int) -> None:
        begin = self._at
        if self.words and self._text[begin] == " ":
            self.spaces[-1] = True
            begin += 1
        if begin < end:
            piece = self._text[begin:end]
            self.words.append(piece)
            self.spaces.append(False)
            self.rows.append(self._space_row(piece))
        self._at = end

    def finish(self) -> None:
        """What stands behind the last word."""
        if self._at < len(self._text):
            self._gap(len(self._text))
