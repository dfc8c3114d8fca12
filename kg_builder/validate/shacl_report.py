"""The validation report of SHACL (section 3.6) as Turtle, for other tools."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pyoxigraph as ox

from kg_builder.ontology import RDF_TYPE, XSD, Term
from kg_builder.validate.constraints import Result
from kg_builder.validate.paths import SH
from kg_builder.validate.report import ValidationReport, Violation

_BOOLEAN = ox.NamedNode(XSD + "boolean")


def turtle(report: ValidationReport) -> bytes:
    """The report and its results, in the order in which they were found."""
    return ox.serialize(_triples(report), format=ox.RdfFormat.TURTLE, prefixes={"sh": SH, "xsd": XSD}) or b""


def _triples(report: ValidationReport) -> Iterator[ox.Triple]:
    root, names = ox.BlankNode("report"), (ox.BlankNode(f"result{number}") for number in count(1))
    nodes = [next(names) for _ in report.results]
    yield ox.Triple(root, RDF_TYPE, _sh("ValidationReport"))
    yield ox.Triple(root, _sh("conforms"), ox.Literal(str(report.conforms).lower(), datatype=_BOOLEAN))
    for node in nodes:
        yield ox.Triple(root, _sh("result"), node)
    for node, (result, said) in zip(nodes, report.results, strict=True):
        yield from _result(node, result, said, names)


def _result(
    node: ox.BlankNode, result: Result, said: tuple[Violation, ...], names: Iterator[ox.BlankNode]
) -> Iterator[ox.Triple]:
    for predicate, value in _about(result):
        yield ox.Triple(node, _sh(predicate), value)
    for violation in said:
        for language in ("ar", "en"):
            message = ox.Literal(violation.text(language), language=language)
            yield ox.Triple(node, _sh("resultMessage"), message)
    yield ox.Triple(node, RDF_TYPE, _sh("ValidationResult"))
    for detail, inner in [(next(names), inner) for inner in result.details]:
        yield ox.Triple(node, _sh("detail"), detail)
        yield from _result(detail, inner, (), names)


def _about(result: Result) -> Iterator[tuple[str, Term]]:
    yield "focusNode", result.focus
    if result.path is not None:
        yield "resultPath", result.path
    if result.value is not None:
        yield "value", result.value
    yield "resultSeverity", _sh("Violation")
    yield "sourceConstraintComponent", _sh(result.component + "ConstraintComponent")


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(SH + name)
