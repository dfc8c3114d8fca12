"""Checks graphs, and the ontology itself, against SHACL shapes read from the ontology's own Turtle.

The checker is our own, for speed: it compiles the part of SHACL Core that the shapes use and refuses the rest.
pyshacl is its oracle in the tests; both find the same in the same graph.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from kg_builder.ontology import Ontology, default_folder, ontology_files
from kg_builder.validate.constraints import Result
from kg_builder.validate.graph import Background, Index, Row, View, rows
from kg_builder.validate.lint import lint
from kg_builder.validate.report import ValidationReport, Violation
from kg_builder.validate.shapes import ShapeCompiler

__all__ = ["ValidationReport", "Validator", "Violation", "lint", "validate", "validator"]


class Validator:
    """The shapes of an ontology, compiled once, to check any number of graphs."""

    def __init__(self, ontology: Ontology) -> None:
        self._background = Background(ontology)
        self._shapes = ShapeCompiler(ontology, self._background)

    def results(self, triples: Iterable[Row]) -> list[Result]:
        """The raw results of SHACL for a graph."""
        return self._shapes.check(View(Index(triples), self._background))

    def check(self, source: Any) -> ValidationReport:
        """What is wrong in a graph. `source`: the path of a file, a pyoxigraph store or dataset, an rdflib graph or
        dataset, or an iterable of triples or quads. Named graphs are taken together.

        Raises InputError for a file that cannot be read as RDF.
        """
        view = View(Index(rows(source)), self._background)
        return ValidationReport.of([(view, self._shapes.check(view))])

    def check_parts(self, default: Iterable[Any], documents: Iterable[tuple[Any, Iterable[Any]]]) -> ValidationReport:
        """What is wrong in a collection whose documents' graphs come one at a time, so that one is held at a time.

        `default`: the triples of the default graph; `documents`: the name and the triples of each named graph, which
        may leave out nodes of which it says what the default graph says. The same as `check` finds in the whole, so
        long as no node but of the default graph is told of in two documents.
        """
        whole = Index(rows(default))
        views = [View(whole, self._background)]
        parts = (View(Index(rows(triples)), whole, self._background) for _, triples in documents)
        return ValidationReport.of((view, self._shapes.check(view)) for view in chain(views, parts))


@lru_cache(maxsize=8)
def validator(folder: Path | None = None) -> Validator:
    """The validator of an ontology folder (the bundled one by default), compiled once. Word lists have no shapes."""
    root = folder or default_folder()
    return Validator(Ontology(root, [p for p in ontology_files(root) if p.parent != root / "words"]))


def validate(source: Any, folder: Path | None = None) -> ValidationReport:
    """Check a graph against the shapes of an ontology folder; see `Validator.check`."""
    return validator(folder).check(source)
