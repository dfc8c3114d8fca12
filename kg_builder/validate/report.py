"""From raw results to messages for people, in Arabic and English, that name the node and the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

import pyoxigraph as ox

from kg_builder.errors import InvalidGraphError
from kg_builder.ontology import NEV, Term, local_name
from kg_builder.validate.constraints import Result
from kg_builder.validate.graph import RDFS, View

NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
LABEL, ANCHOR = ox.NamedNode(RDFS + "label"), ox.NamedNode(NIF + "anchorOf")
EVIDENCE, REPORT = ox.NamedNode(NEV + "evidence"), ox.NamedNode(NEV + "report")


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong in a graph: the node, the property and the value, and what a shape says of it.

    `sentence` is the text that the node was taken from, where the graph has it.
    """

    node: str
    path: str | None
    value: str | None
    constraint: str
    ar: str
    en: str
    sentence: str | None = None

    def text(self, language: str = "en") -> str:
        """One line, in Arabic (`ar`) or English (`en`)."""
        return self.ar if language == "ar" else self.en

    def __str__(self) -> str:
        return self.en


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What came of a check. `results` are those of SHACL, each with the violations that were made of it."""

    violations: tuple[Violation, ...]
    results: tuple[tuple[Result, tuple[Violation, ...]], ...] = field(default=(), compare=False, repr=False)

    @classmethod
    def of(cls, views: Iterable[tuple[View, Iterable[Result]]]) -> ValidationReport:
        """The report on the results found in each view; what two views say alike is said once."""
        found = {result: tuple(violations(view, result)) for view, results in views for result in results}
        return cls(tuple(dict.fromkeys(chain.from_iterable(found.values()))), tuple(found.items()))

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations

    def require(self) -> None:
        """Raise InvalidGraphError, naming the first violation, when there is one."""
        if not self.conforms:
            more = len(self.violations) - 1
            raise InvalidGraphError(str(self.violations[0]) + (f" (and {more} more)" if more else ""))

    def text(self, language: str = "en") -> str:
        """One line for each violation."""
        return "\n".join(violation.text(language) for violation in self.violations)

    def turtle(self) -> bytes:
        """The report in the terms of SHACL (section 3.6), with messages in both languages."""
        from kg_builder.validate.shacl_report import turtle

        return turtle(self)


def violations(view: View, result: Result) -> Iterator[Violation]:
    """A result as violations, those of nested shapes in the place of the shape that nests them."""
    for inner, said in _innermost(result):
        yield _violation(view, inner, dict(said.messages))


def _innermost(result: Result) -> Iterator[tuple[Result, Result]]:
    """Pairs of the result to show and the result whose shape has the message for it."""
    if result.path is None and result.details:
        for detail in result.details:
            yield from _innermost(detail)
    else:
        yield result, next((r for r in _chain(result) if r.messages), result)


def _chain(result: Result) -> Iterator[Result]:
    yield result
    for detail in result.details:
        yield from _chain(detail)


def _violation(view: View, result: Result, said: dict[str, str]) -> Violation:
    sentence = _sentence(view, result.focus)
    return Violation(
        node=plain(result.focus),
        path=None if result.path is None else plain(result.path),
        value=None if result.value is None else plain(result.value),
        constraint=result.component,
        ar=_line(view, result, said, sentence, "ar"),
        en=_line(view, result, said, sentence, "en"),
        sentence=sentence,
    )


def _line(view: View, result: Result, said: dict[str, str], sentence: str | None, language: str) -> str:
    """The property, the message and the value; then the node; then the sentence. The signs between need no words."""
    parts = [said.get(language) or f"sh:{result.component[0].lower()}{result.component[1:]}"]
    if result.path is not None:
        parts.insert(0, _label(view, result.path, language))
    if result.value is not None and result.value != result.focus:
        parts.append(_shown(result.value))
    places = [_shown(result.focus)] + ([f"«{sentence}»"] if sentence else [])
    return " · ".join([": ".join(parts), *places])


def _label(view: View, node: Term, language: str) -> str:
    labels = {v.language: v.value for v in view.objects(node, LABEL) if isinstance(v, ox.Literal)}
    return labels.get(language) or local_name(plain(node))


def _sentence(view: View, node: Term) -> str | None:
    """The text that a node quotes, or that its evidence or the evidence of its first report quotes."""
    sources = [node, *view.objects(node, EVIDENCE)]
    for report in view.objects(node, REPORT):
        sources += view.objects(report, EVIDENCE)
    found = (quote for source in sources for quote in view.objects(source, ANCHOR))
    return next((plain(quote) for quote in found), None)


def plain(term: Term) -> str:
    """A node's IRI, a literal's text."""
    return str(getattr(term, "value", term))


def _shown(term: Term) -> str:
    return f"“{term.value}”" if isinstance(term, ox.Literal) else f"<{plain(term)}>"
