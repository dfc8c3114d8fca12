"""The annotated `Doc` as light records, sentence by sentence: what the grammar looks at."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg_builder.extract.classes import UNKNOWN, word_classes
from kg_builder.model import Span

ATTRIBUTES: list[int | str] = ["IDX", "LENGTH", "IS_SPACE", "SENT_START", "ENT_TYPE", "ENT_IOB", "ENT_ID",
                              "ORTH", "NORM", "LEMMA", "POS", "MORPH"]
BEGINS = 3
"""How spaCy counts the first word of an entity."""
NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "ADJ"})
CONTENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN"})
GENERATION = 20_000
"""Looks kept in each of two generations; those not met again fall out with the older one."""


@dataclass(slots=True)
class Word:
    """One syntactic word. `i` is the index in the sentence, `start` and `end` are offsets in the original text."""

    i: int
    start: int
    end: int
    text: str
    norm: str
    lemma: str
    pos: str
    feats: Mapping[str, str]
    definite: bool
    is_verb: bool
    masdar: bool
    participle: bool
    coarse: int
    fine: int
    verb_lemma: str
    glued: bool
    """No space before it: a clitic or the host of a proclitic."""
    ent: str = ""
    ent_start: bool = False
    kind: str = ""
    """What a gazetteer knows a place to be: "City", "Country", …"""
    time: bool = False
    """It belongs to an expression of time, which is no noun phrase."""

    @property
    def numeral(self) -> bool:
        """Whether it is a number, in words or in figures."""
        return self.pos == "NUM" or self.norm[:1].isdigit()


Look = tuple[str, str, str, str, Mapping[str, str], bool, bool, bool, bool, int, int]
"""What all words spelled and read alike have in common: from `text` to `fine` in a `Word`."""


class _Looks(dict[tuple[int, int, int, int, int], Look]):
    """Looks by the spaCy hashes of text, norm, lemma, part of speech and features, made when they are met anew."""

    def __init__(self, vocab: Vocab) -> None:
        self.strings = vocab.strings
        self.older: dict[tuple[int, int, int, int, int], Look] = {}

    def __missing__(self, key: tuple[int, int, int, int, int]) -> Look:
        if len(self) >= GENERATION:
            self.older = dict(self)
            self.clear()
        look = self[key] = self.older.get(key) or self._new(key)
        return look

    def _new(self, key: tuple[int, int, int, int, int]) -> Look:
        text, norm, lemma, pos, morph = (self.strings[number] for number in key)
        norm = text if norm == text else norm  # one string for what is spelled alike
        lemma = norm if lemma == norm else lemma
        feats = features(morph)
        form = feats.get("VerbForm")
        coarse, fine = word_classes().get(lemma, UNKNOWN)
        return (text, norm, lemma, sys.intern(pos), feats, feats.get("Definite") == "Def", pos == "VERB",
                form == "Vnoun", form == "Part", coarse, fine)


@lru_cache(maxsize=4)
def _looks(vocab: Vocab) -> _Looks:
    return _Looks(vocab)


@lru_cache(maxsize=4096)
def features(morph: str) -> Mapping[str, str]:
    """UD features of a spaCy morph string as a mapping."""
    return dict(pair.split("=", 1) for pair in morph.split("|") if "=" in pair)


def mark_times(words: list[Word], spans: Iterable[Span]) -> None:
    """Marks the words of expressions of time."""
    for span in spans:
        for word in words:
            if word.start < span.end and span.start < word.end:
                word.time = True


def sentences(doc: Doc) -> Iterator[list[Word]]:
    """The words of each sentence, without white-space tokens; `i` counts within the sentence."""
    looks, strings = _looks(doc.vocab), doc.vocab.strings
    verbs: dict[Any, str] = doc.user_data
    words: list[Word] = []
    end = -1
    for start, length, space, opens, entity, iob, known, *key in doc.to_array(ATTRIBUTES).tolist():
        if opens == 1 and words:
            yield words
            words, end = [], -1
        if space:
            continue
        look, ent = looks[tuple(key)], strings[entity] if entity else ""
        if ent and look[6]:  # a name that is spelled as a verb
            look = (*look[:3], "PROPN", look[4], look[5], False, *look[7:])
        verb = verbs.get(("._.", "verb_lemma", start, None), "")
        words.append(Word(len(words), start, start + length, *look, verb, start == end, ent, iob == BEGINS,
                          strings[known].partition(":")[0] if known else ""))
        end = start + length
    if words:
        yield words
