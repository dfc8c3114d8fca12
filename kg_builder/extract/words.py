"""The annotated `Doc` as light records, sentence by sentence: what the grammar looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc, Token

from kg_builder.extract.classes import UNKNOWN, word_classes
from kg_builder.model import Span

NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "ADJ"})


@dataclass(slots=True)
class Word:
    """One syntactic word. `i` is the index in the Doc, `start` and `end` are offsets in the original text."""

    i: int
    start: int
    end: int
    text: str
    norm: str
    lemma: str
    pos: str
    feats: Mapping[str, str]
    verb_lemma: str
    glued: bool
    """No space before it: a clitic or the host of a proclitic."""
    ent: str = ""
    kind: str = ""
    """What a gazetteer knows a place to be: "City", "Country", …"""
    time: bool = False
    """It belongs to an expression of time, which is no noun phrase."""
    ent_start: bool = False
    definite: bool = field(init=False)
    is_verb: bool = field(init=False)
    masdar: bool = field(init=False)
    participle: bool = field(init=False)
    coarse: int = field(init=False)
    fine: int = field(init=False)

    def __post_init__(self) -> None:
        """What the grammar asks for at every turn is looked up once."""
        form = self.feats.get("VerbForm")
        self.definite = self.feats.get("Definite") == "Def"
        self.is_verb = self.pos == "VERB"
        self.masdar, self.participle = form == "Vnoun", form == "Part"
        self.coarse, self.fine = word_classes().get(self.lemma, UNKNOWN)


@lru_cache(maxsize=4096)
def features(morph: str) -> Mapping[str, str]:
    """UD features of a spaCy morph string as a mapping."""
    return dict(pair.split("=", 1) for pair in morph.split("|") if "=" in pair)


def _word(token: Token, previous_end: int, index: int) -> Word:
    pos = "PROPN" if token.ent_type_ and token.pos_ == "VERB" else token.pos_
    return Word(
        i=index, start=token.idx, end=token.idx + len(token.text), text=token.text, norm=token.norm_,
        lemma=token.lemma_, pos=pos, feats=features(str(token.morph)),
        verb_lemma=token._.verb_lemma,
        glued=token.idx == previous_end, ent=token.ent_type_, ent_start=token.ent_iob_ == "B",
        kind=token.ent_id_.partition(":")[0],
    )


def mark_times(words: list[Word], spans: Iterable[Span]) -> None:
    """Marks the words of expressions of time."""
    for span in spans:
        for word in words:
            if word.start < span.end and span.start < word.end:
                word.time = True


def sentences(doc: Doc) -> Iterator[list[Word]]:
    """The words of each sentence, without white-space tokens; `i` counts within the sentence."""
    for sent in doc.sents:
        words: list[Word] = []
        end = -1
        for token in sent:
            if not token.is_space:
                words.append(_word(token, end, len(words)))
                end = words[-1].end
        if words:
            yield words
