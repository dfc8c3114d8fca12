"""Between a spaCy document and the words that the finder reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Span

from kg_builder.annotate.names.features import Word
from kg_builder.annotate.names.finder import NameFinder

_ATTRIBUTES: list[int | str] = ["NORM", "LEMMA", "POS", "SENT_START"]

Ids = tuple[int, int, int]


class Words(NamedTuple):
    """A document's words without white space, the sentences' first words, and each word's index in the document."""

    words: list[tuple[str, str, str]]
    starts: list[int]
    indices: list[int]


class DocumentReader:
    """Reads words out of documents of one vocabulary; remembers their spelling by the vocabulary's numbers."""

    def __init__(self) -> None:
        self._known: dict[Ids, Word] = {}

    def __call__(self, doc: Doc) -> Words:
        words: list[tuple[str, str, str]] = []
        starts: list[int] = []
        indices: list[int] = []
        fresh = False
        for i, (norm, lemma, pos, start) in enumerate(doc.to_array(_ATTRIBUTES).tolist()):
            word = self._known.get((norm, lemma, pos)) or self._spell(doc, (norm, lemma, pos))
            fresh = fresh or start == 1
            if word.pos == "SPACE":
                continue
            if fresh:
                starts.append(len(words))
                fresh = False
            words.append(word)
            indices.append(i)
        return Words(words, starts or [0], indices)

    def _spell(self, doc: Doc, ids: Ids) -> Word:
        strings = doc.vocab.strings
        word = self._known[ids] = Word(*(strings[number] for number in ids))
        return word


class NameMarker:
    """Sets `doc.ents` to the names found; a place's `ent_id_` tells its kind and country ("City:SA") where known."""

    def __init__(self, finder: NameFinder) -> None:
        self._finder = finder
        self._read = DocumentReader()

    def __call__(self, doc: Doc) -> Doc:
        words, starts, indices = self._read(doc)
        doc.ents = [
            Span(doc, indices[start], indices[end - 1] + 1, label=label, span_id=self._kind(words[start:end], label))
            for start, end, label in self._finder(words, starts)
        ]
        return doc

    def _kind(self, words: Sequence[tuple[str, str, str]], label: str) -> str:
        known = self._finder.about(" ".join(word[0] for word in words)) if label == "PLACE" else None
        return f"{known.kind}:{known.iso}" if known else ""
