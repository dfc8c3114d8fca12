"""Puts a spaCy `Doc` together: syntactic words over the original text, with their attributes, in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from spacy.attrs import LEMMA, MORPH, NORM, POS, SENT_START
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from kg_builder.annotate.disambiguate import choose
from kg_builder.annotate.tokens import Raw, Tokens
from kg_builder.annotate.words import Choice, Row, Words

_ATTRIBUTES = [NORM, LEMMA, POS, MORPH, SENT_START]
_INSIDE = 2**64 - 1  # -1 as spaCy stores it: no sentence starts here
_GENITIVE_STARTS = frozenset({"ND", "NI", "NE", "NC", "Z", "D", "T", "R"})


def register_extensions() -> None:
    """`doc._.mentions`, model.Mention; `doc._.times`, both readings of times; `token._.verb_lemma`, the verb of a verb, masdar or participle."""
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
        add = vocab.strings.add
        self._space = add("SPACE")
        self._no_morph = vocab.morphology.add("")

    def build(self, text: str, tokens: Tokens) -> Doc:
        """The document of a text. `doc.text == text`; every token carries norm, lemma, pos, morph and sentence start."""
        page = _Page(text, self._space_row)
        for choice, raw, first in self._chosen(text, tokens):
            page.put(choice, raw, first)
        page.finish()
        doc = Doc(self._vocab, words=page.words, spaces=page.spaces)
        if page.words:
            doc.from_array(_ATTRIBUTES, page.array())
        doc.user_data.update(page.verbs)
        return doc

    def _space_row(self, text: str) -> Row:
        spelled = self._vocab.strings.add(text)
        return spelled, spelled, self._space, self._no_morph

    def _chosen(self, text: str, tokens: Tokens) -> list[tuple[Choice, Raw, bool]]:
        raws, candidates = tokens.raws, self._words.candidates
        found: list[tuple[Choice, Raw, bool]] = []
        bounds = [*sorted(tokens.starts), len(raws)]
        for begin, end in zip(bounds, bounds[1:], strict=False):
            sentence = raws[begin:end]
            choices = choose([candidates(text[raw.start : raw.end], raw.norm) for raw in sentence])
            found.extend(zip(_with_construct(choices), sentence, [True, *[False] * (len(sentence) - 1)], strict=True))
        return found


def _with_construct(choices: Sequence[Choice]) -> list[Choice]:
    """Bare nouns before what can be their genitive get the features of the construct state."""
    found = list(choices)
    for i in range(len(found) - 1):
        choice = found[i]
        if choice.construct and found[i + 1].entry in _GENITIVE_STARTS:
            found[i] = choice._replace(rows=choice.construct)
    return found


class _Page:
    """The words of a document as they are laid down, with the white space between them."""

    def __init__(self, text: str, space_row: Callable[[str], Row]) -> None:
        self._text = text
        self._space_row = space_row
        self._at = 0
        self.words: list[str] = []
        self.spaces: list[bool] = []
        self.rows: list[Row] = []
        self.starts: list[int] = []
        self.verbs: dict[tuple[str, str, int, None], str] = {}

    def put(self, choice: Choice, raw: Raw, first: bool) -> None:
        """Lay down one orthographic word, and what stood before it."""
        if raw.start != self._at:
            self._gap(raw.start)
        offset = raw.start
        for piece, row, verb in zip(choice.pieces, choice.rows, choice.verbs, strict=True):
            self.words.append(piece)
            self.rows.append(row)
            if verb:
                self.verbs["._.", "verb_lemma", offset, None] = verb
            offset += len(piece)
        count = len(choice.pieces)
        self.spaces += [False] * count
        self.starts += [1 if first else _INSIDE, *[_INSIDE] * (count - 1)]
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
            self.starts.append(_INSIDE)
        self._at = end

    def finish(self) -> None:
        """What stands behind the last word."""
        if self._at < len(self._text):
            self._gap(len(self._text))
        if self.starts:
            self.starts[0] = 1

    def array(self) -> npt.NDArray[np.uint64]:
        """The attributes of every token, one row each, in the order of `_ATTRIBUTES`."""
        table = np.empty((len(self.rows), 5), dtype="uint64")
        table[:, :4] = np.array(self.rows, dtype="uint64")
        table[:, 4] = np.array(self.starts, dtype="uint64")
        return table
