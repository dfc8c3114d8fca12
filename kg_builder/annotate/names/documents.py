"""Between a spaCy document and the words that the finder reads."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.strings import StringStore
from spacy.symbols import SPACE  # type: ignore[import-not-found]
from spacy.tokens import Doc, Span

from kg_builder.annotate.names.features import Word
from kg_builder.annotate.names.finder import NameFinder
from kg_builder.annotate.names.tagger import Name

_ATTRIBUTES: list[int | str] = ["NORM", "LEMMA", "POS", "SENT_START"]
MOST_WORDS = 64_000  # remembered at once


class Words(NamedTuple):
    """A document's words without white space, the sentences' first words, and each word's index in the document."""

    words: list[Word]
    starts: list[int]
    indices: list[int]


class DocumentReader:
    """Reads words out of documents of one vocabulary; remembers their spelling by the vocabulary's numbers."""

    def __init__(self) -> None:
        self._known: dict[bytes, Word] = {}

    def __call__(self, doc: Doc) -> Words:
        table: NDArray[np.uint64] = doc.to_array(_ATTRIBUTES)  # type: ignore[assignment]
        solid = table[:, 2] != SPACE
        before = np.cumsum(solid) - solid  # how many words stand before each token
        size = int(solid.sum())
        starts = dict.fromkeys(place for place in before[table[:, 3] == 1].tolist() if place < size)
        words = self._spelled(doc.vocab.strings, np.ascontiguousarray(table[solid, :3]))
        return Words(words, list(starts) or [0], np.flatnonzero(solid).tolist())

    def _spelled(self, strings: StringStore, table: NDArray[np.uint64]) -> list[Word]:
        """The words of rows of norm, lemma and part of speech."""
        known = self._known
        keys = table.view(f"V{3 * table.itemsize}").ravel().tolist()
        try:
            return [known[key] for key in keys]
        except KeyError:
            if len(known) > MOST_WORDS:
                known.clear()
        rows = {key: row for row, key in enumerate(keys) if key not in known}
        for key, ids in zip(rows, table[list(rows.values())].tolist(), strict=True):
            norm, lemma, pos = (strings[number] for number in ids)
            known[key] = Word(norm, norm if lemma == norm else lemma, sys.intern(pos))
        return [known[key] for key in keys]


class NameMarker:
    """Sets `doc.ents` to the names found; a place's `ent_id_` tells its kind and country ("City:SA") where known."""

    def __init__(self, finder: NameFinder) -> None:
        self._finder = finder
        self._read = DocumentReader()

    def __call__(self, doc: Doc) -> Doc:
        words, starts, indices = self._read(doc)
        doc.ents = [
            Span(doc, indices[start], indices[end - 1] + 1, label=label, span_id=self._kind(words[start:end], label))
            for found in self._finder(words, starts)
            for start, end, label in self._apart(words, found)
        ]
        return doc

    def _apart(self, words: Sequence[Word], name: Name) -> list[Name]:
        """Places joined by «و» are names of their own, unless the gazetteer has them as one (البوسنة والهرسك)."""
        start, end, label = name
        joints = [i for i in range(start + 1, end - 1) if words[i].pos == "CCONJ"]
        if label != "PLACE" or not joints or self._kind(words[start:end], label):
            return [name]
        ends = [*joints, end]
        return [(a, b, label) for a, b in zip([start, *(i + 1 for i in joints)], ends, strict=True) if a < b]

    def _kind(self, words: Sequence[Word], label: str) -> str:
        if label != "PLACE":
            return ""
        spelled = " ".join(word.norm for word in words)
        known = self._finder.about(spelled) or self._finder.about(spelled.replace("و ", "و"))
        return f"{known.kind}:{known.iso}" if known else ""
