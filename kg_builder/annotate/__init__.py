"""The annotated document: a spaCy Doc over the original text with words, lemmas, features, values and names.

`load(ontology)` gives an `Annotator`; `annotator(article)` gives the Doc. `doc.text == article.text`, and every offset
counts characters of it. `doc._.mentions` holds times, money, numbers …; `doc._.times` both readings of each time,
`doc._.lags` what is told as so long before or after something; `doc.ents` the names.
"""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from kg_builder.annotate.document import Assembler
from kg_builder.annotate.morphology import Morphology
from kg_builder.annotate.names import NameMarker
from kg_builder.annotate.names import load as load_names
from kg_builder.annotate.tokens import tokenise
from kg_builder.annotate.values import load as load_values
from kg_builder.annotate.words import Words
from kg_builder.collector import collector_at_rest, collector_waiting, spare_what_is_left
from kg_builder.errors import OptionError
from kg_builder.model import Article
from kg_builder.ontology import Ontology

__all__ = ["Annotator", "load"]

LEARNT = 4_000  # spellings after which garbage collection is told to spare what is known of them


class Annotator:
    """From an article to its annotated document. Holds the vocabulary and the caches; not to be shared over threads.

    The components of `nlp` see the words before names are looked for.
    """

    def __init__(self, ontology: Ontology, prefer_dates: str = "past", morphology: str | None = None) -> None:
        self.nlp = spacy.blank("ar")
        self.nlp.tokenizer = self.words_of
        self._assembler = Assembler(Words(Morphology(ontology, morphology), self.nlp.vocab), self.nlp.vocab)
        self._values = load_values(ontology)
        self._names = NameMarker(load_names(ontology))
        self._prefer = prefer_dates
        self._spared = 0  # spellings known when garbage collection was last told to spare what it found

    def words_of(self, text: str) -> Doc:
        """The document of a text with words, lemmas and features only: a tokenizer for a spaCy pipeline."""
        return self._assembler.build(text, tokenise(text))

    def __call__(self, article: Article) -> Doc:
        """The document of an article. `doc.user_data["date"]` is the article's date."""
        with collector_waiting():
            doc = self._annotated(article)
        if len(self.nlp.vocab) > self._spared + LEARNT:
            spare_what_is_left()
            self._spared = len(self.nlp.vocab)
        return doc

    def _annotated(self, article: Article) -> Doc:
        text = article.text
        tokens = tokenise(text)
        doc = self._assembler.build(text, tokens)
        found = self._values.find(tokens.raws, article.date, self._prefer, text=text)
        doc.user_data["date"] = article.date
        doc._.mentions, doc._.times, doc._.lags = tuple(found.mentions), tuple(found.times), tuple(found.lags)
        for _, tag in self.nlp.pipeline:
            doc = tag(doc)
        return self._names(doc)


def load(
    ontology: Ontology, prefer_dates: str = "past", morphology: str | None = None, tagger: str | None = None
) -> Annotator:
    """An annotator over an ontology's word lists. `prefer_dates` reads a bare weekday as "past" or "future".

    `morphology` is a database of the user's for words that the lexicon lacks, a file or a name. `tagger` names a spaCy
    component, which gets the words of each document and may set their attributes anew. Raises OptionError where
    there is no such database or component.
    """
    with collector_at_rest():
        annotator = Annotator(ontology, prefer_dates, morphology)
    if tagger:
        _add(annotator, tagger)
    return annotator


def _add(annotator: Annotator, tagger: str) -> None:
    if not annotator.nlp.has_factory(tagger):
        raise OptionError(f"--tagger {tagger}: no spaCy component of this name is installed (a package registers one)")
    annotator.nlp.add_pipe(tagger)
