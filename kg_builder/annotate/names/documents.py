"""Between a spaCy document and the words that the finder reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Span

from kg_builder.annotate.names.features import Word
from kg_builder.annotate.names.finder import NameFinder
from kg_builder.annotate.names.tagger import Name

_ATTRIBUTES: list[int | str] = ["NORM", "LEMMA", "POS", "SENT_START"]

Ids = tuple[int, int, int]


class Words(NamedTuple):
    """A document's words without white space, the sentences' first words, and each word's index in the document."""

    words: list[Word]
    starts: list[int]
    indices: list[int]


class DocumentReader:
    """Reads words out of documents of one vocabulary; remembers their spelling by the vocabulary's numbers."""

    def __init__(self) -> None:
        self._known: dict[Ids, Word] = {}

    def __call__(self, doc: Doc) -> Words:
        words: list[Word] = []
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
