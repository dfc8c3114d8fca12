"""The whole flow on one page: an article is annotated, read for events, resolved, and put into the graph."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg_builder.collector import let_go
from kg_builder.config import Config
from kg_builder.errors import InputError, KgBuilderError
from kg_builder.model import Amount, Article, Entity, Filler, Mention, Report, Span

if TYPE_CHECKING:
    import rdflib

    from kg_builder.annotate import Annotator
    from kg_builder.extract import Extractor
    from kg_builder.graph import Builder
    from kg_builder.graph.linking import Details
    from kg_builder.graph.run import Run
    from kg_builder.link.item import Item
    from kg_builder.link.linker import Linker

T = TypeVar("T")
_HEAVY = ("annotate", "extract")
NAME_KINDS = {"PERSON": "person", "ORG": "organization", "PLACE": "place"}
log = logging.getLogger("kg_builder")


def _warn(error: InputError) -> None:
    log.warning("%s", error)


class Pipeline:
    """The stages up to the reports, each made on first use from the configuration."""

    def __init__(self, config: Config | None = None) -> None:
        self.config = config or Config()

    @cached_property
    def annotate(self) -> Annotator:
        """Article → spaCy Doc over the original text."""
        from kg_builder import annotate

        config = self.config
        return annotate.load(config.ontology, config.prefer_dates, config.morphology, config.tagger)

    @cached_property
    def extract(self) -> Extractor:
        """Doc → reports, one for each telling."""
        from kg_builder import extract

        return extract.load(self.config.ontology)

    def resolve(self, doc: Doc, reports: list[Report]) -> list[Report]:
        """Reports → reports, one for each happening, their entities under the best names."""
        from kg_builder.resolve import resolve

        return resolve(doc.text, reports, self.config.ontology, names(doc))

    @cached_property
    def linker(self) -> Linker | None:
        """Entities → entities with their Wikidata identifiers; None when linking is off."""
        from kg_builder import link

        return link.load(self.config)

    @property
    def unanswered(self) -> int:
        """How many questions about names Wikidata did not answer."""
        return self.linker.failures if self.linker is not None else 0

    def link(self, article: Article, reports: list[Report]) -> list[Report]:
        """Reports → the same, their entities and currencies with Wikidata identifiers."""
        if self.linker is None:
            return reports
        values = {filler.value for report in reports for filler in (*report.fillers, *report.attribution)}
        entities = self.linker.link((v for v in values if isinstance(v, Entity)), article.text, article.date)
        codes = {v.currency for v in values if isinstance(v, Amount) and v.currency}
        qids = {code: self.linker.currency(code) for code in codes}
        return [_linked(report, entities, qids) for report in reports]

    def __call__(self, article: Article) -> list[Report]:
        """What the article reports."""
        return self.link(article, self.reports(self.annotate(article)))

    def reports(self, doc: Doc) -> list[Report]:
        """What an annotated document reports."""
        return self.resolve(doc, self.extract(doc))

    def builder(self, run: Run | None = None, tells_runs: bool = True) -> Builder:
        """An empty graph under the configuration's base, ontology and lists. Raises OptionError for a bad list."""
        from kg_builder.graph import Builder
        from kg_builder.graph.lists import read_lists

        lists = read_lists(self.config.must_not_merge, self.config.same_as)
        return Builder(self.config.base, self.config.ontology, lists, run, tells_runs)

    def build(
        self,
        documents: Iterable[Article | InputError],
        failed: Callable[[InputError], None] = _warn,
        builder: Builder | None = None,
        once: bool = False,
    ) -> Builder:
        """The graph of the documents, beside those that `builder` may hold already, which fits the shapes of the
        ontology.

        `failed` is told of each document that is left out. A role whose value no shape allows is taken out of its
        report, and logged. Raises InvalidGraphError where that does not help. Who builds `once` has the memory of the
        stages back before the graph is made.
        """
        builder = builder if builder is not None else self.builder()
        told: dict[str, None] = {}
        for outcome in each(documents, lambda article: builder.add(article, self(article))):
            if isinstance(outcome, InputError):
                failed(outcome)
            else:
                told[outcome] = None
        if once:
            self._rest()
        self._fit(builder, told)
        self.describe(builder)
        return builder

    def _fit(self, builder: Builder, told: Iterable[str]) -> None:
        """Takes out of the documents told what no shape allows, and raises InvalidGraphError where that does not help.

        Documents are judged before events are made of them, for those cost most and would be made a second time.
        """
        from kg_builder.graph.refused import take_out
        from kg_builder.validate import validator

        shapes = validator(self.config.ontology_folder)
        wrong = shapes.check_parts(builder.known_rows(), builder.own_rows()).violations
        if wrong:
            take_out(builder, told, ((violation.node, violation.path or "") for violation in wrong))
            shapes.check_parts(builder.default_rows(), builder.own_rows()).require()
        else:
            shapes.check(builder.default_rows()).require()

    def _rest(self) -> None:
        """Lets go of the stages that hold most; they are made anew when they are asked for."""
        for stage in _HEAVY:
            self.__dict__.pop(stage, None)
        let_go(*(f"kg_builder.{name}" for name in (*_HEAVY, "resolve", "normalise")))

    def describe(self, builder: Builder) -> None:
        """Puts what is known of linked entities into the graph, when the configuration wants it."""
        if self.config.link_details and self.linker is not None:
            found = (self.linker.item(qid) for qid in builder.linked())
            builder.describe(_details(item) for item in found if item is not None)


def _linked(report: Report, entities: Mapping[Entity, Entity], currencies: Mapping[str, str | None]) -> Report:
    def linked(filler: Filler) -> Filler:
        value = filler.value
        if isinstance(value, Entity):
            return replace(filler, value=entities[value])
        if isinstance(value, Amount) and value.currency:
            return replace(filler, value=replace(value, qid=currencies[value.currency]))
        return filler

    return replace(
        report, fillers=tuple(map(linked, report.fillers)), attribution=tuple(map(linked, report.attribution))
    )


def _details(item: Item) -> Details:
    from kg_builder.graph.linking import Details

    labels = {language: label for language, label in (("ar", item.label_ar), ("en", item.label_en)) if label}
    return Details(item.qid, labels, item.classes, item.country, item.coordinates, item.geonames)


def names(doc: Doc) -> list[Mention]:
    """The persons, organisations and places of an annotated document, as mentions."""
    return [
        Mention(NAME_KINDS[name.label_], Span(name.start_char, name.end_char), {"label": _label(name)})
        for name in doc.ents
        if name.label_ in NAME_KINDS
    ]


def _label(name: spacy.tokens.Span) -> str:
    return "".join(token.norm_ + token.whitespace_ for token in name).strip()


def each(documents: Iterable[Article | InputError], work: Callable[[Article], T]) -> Iterator[T | InputError]:
    """`work` done on every article, in order. What could not be read, or breaks a stage, comes as InputError."""
    for document in documents:
        yield document if isinstance(document, InputError) else _attempt(document, work)


def _attempt(article: Article, work: Callable[[Article], T]) -> T | InputError:
    try:
        return work(article)
    except KgBuilderError:
        raise
    except Exception as error:
        log.debug("document %s", article.id, exc_info=True)
        frames = traceback.extract_tb(error.__traceback__)
        place = next((f for f in reversed(frames) if "kg_builder" in f.filename), frames[-1])
        where = f"{place.filename.rpartition('kg_builder/')[2]}:{place.lineno}"
        return InputError(article.id, f"left out, a stage failed on it: {type(error).__name__}: {error} ({where})")


def load(config: Config | None = None) -> Pipeline:
    """The pipeline of a configuration; by default the bundled ontology."""
    return Pipeline(config)


def build(articles: Iterable[Article], config: Config | None = None) -> rdflib.Dataset:
    """The graph of the articles: a named graph for each, the events in the default graph."""
    from kg_builder.graph.dataset import to_dataset

    return to_dataset(load(config).build(articles, once=True))


@Language.factory("news_events", default_config={"prefer_dates": "past"}, assigns=["doc._.reports"])
def news_events(nlp: Language, name: str, prefer_dates: str) -> NewsEvents:
    """The spaCy component `news_events`: `nlp.add_pipe("news_events")`."""
    return NewsEvents(Pipeline(Config(prefer_dates=prefer_dates)))


class NewsEvents:
    """Sets `doc._.reports`: the events of a Doc's text, whatever tokens the Doc has.

    `doc.user_data` may hold the document's "id" and its ISO "date".
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        if not Doc.has_extension("reports"):
            Doc.set_extension("reports", default=())

    def __call__(self, doc: Doc) -> Doc:
        known = doc.user_data
        article = Article(id=str(known.get("id", "")), text=doc.text, date=known.get("date"))
        doc._.reports = tuple(self._pipeline(article))
        return doc
