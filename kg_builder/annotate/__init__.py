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

from kg_builder.annotate.document import Assembler
from kg_builder.annotate.morphology import Morphology
from kg_builder.annotate.tokens import tokenise
from kg_builder.annotate.words import Words
from kg_builder.model import Article
from kg_builder.ontology import Ontology

__all__ = ["Annotator", "load"]


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
        return doc


def _part(name: str, ontology: Ontology) -> Any:
    """A part of annotation that has its own folder, made ready; None while the folder has no code."""
    full = f"{__name__}.{name}"
    return importlib.import_module(full).load(ontology) if importlib.util.find_spec(full + ".__init__") else None


def load(ontology: Ontology, prefer_dates: str = "past") -> Annotator:
    """An annotator over an ontology's word lists. `prefer_dates` reads a bare weekday or day of a month as past or future."""
    return Annotator(ontology, prefer_dates)
