"""HTML for people: a page to ask, a page for a node. Everything that is shown is escaped by the templates."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyoxigraph as ox

from kg_builder.ontology import NEV, Ontology, local_name
from kg_builder.serve.job import Reply, Statements
from kg_builder.serve.saved import Saved, Term

if TYPE_CHECKING:
    import jinja2

FOLDER = Path(__file__).parent / "templates"
MOST_ROWS = 1000
"""Rows that a page shows of a result."""
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_EXAMPLE = """PREFIX nev: <https://w3id.org/news-event#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?event ?place WHERE {
  ?event a nev:Protest ; nev:place/rdfs:label ?place .
}
LIMIT 100
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in a table: its text, and for a node where it leads to."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What the page shows in its form: a query of the visitor's own, or a saved one with what was filled in."""

    text: str = ""
    saved: Saved | None = None
    given: Mapping[str, str] | None = None


class Pages:
    """Makes the pages. `saved` are offered; labels of classes and properties come from the ontology."""

    def __init__(self, saved: Sequence[Saved], ontology: Ontology) -> None:
        self._saved = saved
        self._ontology = ontology

    @cached_property
    def _environment(self) -> jinja2.Environment:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        loader = FileSystemLoader(FOLDER)
        return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)

    def _render(self, name: str, status: int = 200, **values: Any) -> Reply:
        text = self._environment.get_template(name).render(**values)
        return Reply(status, "text/html; charset=utf-8", text.encode())

    def ask(self, question: Question, answer: Reply | None = None) -> Reply:
        """The page to ask, with the answer under it if there is one: a table as JSON results, a graph as Turtle."""
        columns: list[str] = []
        rows: list[list[Cell]] = []
        graph = problem = ""
        if answer is not None and answer.status != 200:
            problem = answer.body.decode()
        elif answer is not None and answer.media_type.startswith("text/turtle"):
            graph = answer.body.decode()
        elif answer is not None:
            columns, rows = _table(answer.body)
        status = answer.status if answer is not None else 200
        return self._render(
            "ask.html", status, saved=self._saved, question=question, text=question.text or _EXAMPLE, problem=problem,
            columns=columns, rows=rows[:MOST_ROWS], more=max(0, len(rows) - MOST_ROWS), graph=graph,
            answered=answer is not None,
        )  # fmt: skip

    def node(self, iri: str, found: Statements) -> Reply:
        """The page of a node."""
        outgoing = [(self._name(p), self._cell(o, found.labels)) for p, o in found.outgoing]
        incoming = [(Cell(found.labels.get(s) or local_name(s), link(s)), self._name(p)) for s, p in found.incoming]
        title = found.labels.get(iri) or self._label(iri) or self._kind(found) or local_name(iri)
        return self._render("node.html", iri=iri, title=title, outgoing=outgoing, incoming=incoming)

    def _kind(self, found: Statements) -> str:
        """What a node without a name is, in the words of the ontology."""
        types = [o.value for p, o in found.outgoing if p == _TYPE and isinstance(o, ox.NamedNode)]
        return "، ".join(label for iri in types if iri != f"{NEV}Event" and (label := self._label(iri)))

    def _name(self, predicate: str) -> Cell:
        return Cell(
            self._label(predicate) or local_name(predicate), link(predicate) if predicate.startswith(NEV) else ""
        )

    def _cell(self, term: Term, labels: Mapping[str, str]) -> Cell:
        if isinstance(term, ox.NamedNode):
            return Cell(labels.get(term.value) or self._label(term.value) or term.value, link(term.value))
        return Cell(str(getattr(term, "value", term)))

    def _label(self, iri: str) -> str:
        """Arabic and English, as the ontology has them."""
        found = self._ontology.objects(ox.NamedNode(iri), "http://www.w3.org/2000/01/rdf-schema#label")
        texts = sorted((t.language != "ar", t.value) for t in found if isinstance(t, ox.Literal))
        return " · ".join(text for _, text in texts) if iri.startswith(NEV) else ""


def link(iri: str) -> str:
    """Where the page of a node is; an IRI may have a fragment, which a browser would keep to itself."""
    return f"/node?iri={quote(iri, safe='')}"


def _table(body: bytes) -> tuple[list[str], list[list[Cell]]]:
    """SPARQL results in JSON as cells; those of ASK as one."""
    found = json.loads(body)
    if "boolean" in found:
        return ["answer"], [[Cell(str(found["boolean"]).lower())]]
    columns = found["head"]["vars"]
    return columns, [[_shown(row.get(name)) for name in columns] for row in found["results"]["bindings"]]


def _shown(binding: Mapping[str, str] | None) -> Cell:
    if binding is None:
        return Cell("")
    return Cell(binding["value"], link(binding["value"]) if binding["type"] == "uri" else "")
