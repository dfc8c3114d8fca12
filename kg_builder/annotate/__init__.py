"""The annotated document: a spaCy Doc over the original text with words, lemmas, features, values and names.

`load(ontology)` gives an `Annotator`; `annotator(article)` gives the Doc. `doc.text == article.text`, and every offset counts
characters of it.
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

import spacy
from spacy.tokens import Doc
from spacy.tokens import Span as SpacySpan

from kg_builder.annotate.document import Assembler
from kg_builder.annotate.morphology import Morphology
from kg_builder.annotate.tokens import tokenise
from kg_builder.annotate.words import Words
from kg_builder.model import Article, Mention, Span
from kg_builder.ontology import Ontology

__all__ = ["Annotator", "load"]


_KINDS = {"PERSON": "person", "ORG": "organization", "PLACE": "place"}


class Annotator:
    """From an article to its annotated document. Holds the vocabulary and the caches; safe to reuse, not to share over threads."""

    def __init__(self, ontology: Ontology, prefer_dates: str = "past") -> None:
        self.nlp = spacy.blank("ar")
        self._assembler = Assembler(Words(Morphology(ontology), self.nlp.vocab), self.nlp.vocab)
        self._values = _part("values", ontology)
        self._names = _part("names", ontology)
        self._prefer = prefer_dates

    def __call__(self, article: Article) -> Doc:
        """The document of an article. `doc.user_data["date"]` is the article's date."""
        tokens = tokenise(article.text)
        doc = self._assembler.build(article.text, tokens)
        doc.user_data["date"] = article.date
        found = self._values.find(tokens.raws, article.date, self._prefer, text=article.text)
        doc._.times = tuple(found.times)
        self._name(doc)
        names = (Mention(_KINDS[e.label_], Span(e.start_char, e.end_char), {"label": e.text}) for e in doc.ents)
        doc._.mentions = tuple(sorted([*found.mentions, *names], key=lambda m: m.span))
        return doc

    def _name(self, doc: Doc) -> None:
        """Sets `doc.ents` to the names found, white-space tokens left out of account."""
        tokens = [t for t in doc if not t.is_space]
        words = [(t.norm_, t.lemma_, t.pos_) for t in tokens]
        starts = [n for n, t in enumerate(tokens) if t.is_sent_start]
        names = self._names(words, starts)
        doc.set_ents([SpacySpan(doc, tokens[a].i, tokens[b - 1].i + 1, label=label) for a, b, label in names])


def _part(name: str, ontology: Ontology) -> Any:
    """A part of annotation that has its own folder, made ready; None while the folder has no code."""
    full = f"{__name__}.{name}"
    return importlib.import_module(full).load(ontology) if importlib.util.find_spec(full + ".__init__") else None


def load(ontology: Ontology, prefer_dates: str = "past") -> Annotator:
    """An annotator over an ontology's word lists. `prefer_dates` reads a bare weekday or day of a month as past or future."""
    return Annotator(ontology, prefer_dates)
