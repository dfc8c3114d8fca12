"""The constraint components of SHACL that the ontology's shapes use, each a function over the values of a path.

Every function takes the parameter's node and the compiler, and gives back a check. A breach is a (value, details)
pair; its value is None where the breach is of the values taken together.
Source: Shapes Constraint Language (SHACL), section 4.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

from kg_builder.ontology import RDF_TYPE, Ontology, Term
from kg_builder.validate.graph import Background, View
from kg_builder.validate.paths import SH, items
from kg_builder.validate.values import compare, has_datatype, has_language, is_well_formed, text_of


@dataclass(frozen=True, slots=True)
class Result:
    """One breach, in the terms of a SHACL validation report. `path` is None for anything but a predicate path."""

    focus: Term
    path: Term | None
    value: Term | None
    component: str
    messages: tuple[tuple[str, str], ...]
    details: tuple[Result, ...] = ()


class Shape(Protocol):
    """What a constraint needs of another shape."""

    def check(self, view: View, focus: Term) -> list[Result]:
        """The breaches of the shape by one node."""


class Compiler(Protocol):
    """What a constraint may ask for while it is compiled."""

    ontology: Ontology
    background: Background

    def shape(self, node: Term) -> Shape:
        """The compiled shape of a node."""


Breach = tuple[Term | None, tuple[Result, ...]]
Values = Collection[Term]
Test = Callable[[View, Term], bool]
Whole = Callable[[View, Term, Values], Iterable[Breach]]


@dataclass(frozen=True, slots=True)
class Check:
    """A constraint: a test that every value must pass by itself, or a check of the values together."""

    test: Test | None = None
    whole: Whole | None = None


Build = Callable[[Compiler, Term], Check]


def together(holds: Callable[[Values], bool]) -> Check:
    """A check that the values must pass as a set."""
    return Check(whole=lambda view, focus, values: () if holds(values) else ((None, ()),))


def number(node: Term) -> int:
    """The parameter as a whole number."""
    return int(text_of(node) or 0)


def strings(compiler: Compiler, node: Term) -> list[str]:
    """The parameter, a list of literals, as strings."""
    return [text_of(item) or "" for item in items(compiler.ontology, node)]


def _class(compiler: Compiler, node: Term) -> Check:
    below = compiler.background.below(node)
    return Check(lambda view, value: not below.isdisjoint(view.objects(value, RDF_TYPE)))


def _or(compiler: Compiler, node: Term) -> Check:
    """Of datatypes alone, one look at the value's; else whether any of the shapes is kept to."""
    about = [compiler.ontology.about(item) for item in items(compiler.ontology, node)]
    if not all(len(said) == 1 and said[0][0] == SH + "datatype" for said in about):
        return _of_shapes(any)(compiler, node)
    kinds = frozenset(said[0][1] for said in about)
    return Check(
        lambda view, value: isinstance(value, ox.Literal) and value.datatype in kinds and is_well_formed(value)
    )


def _node_kind(compiler: Compiler, node: Term) -> Check:
    wanted = (text_of(node) or "").removeprefix(SH)
    kinds = {"IRI": ox.NamedNode, "Literal": ox.Literal, "BlankNode": ox.BlankNode}
    allowed = tuple(kind for name, kind in kinds.items() if name in wanted)
    return Check(lambda view, value: isinstance(value, allowed))


def _in(compiler: Compiler, node: Term) -> Check:
    allowed = set(items(compiler.ontology, node))
    return Check(lambda view, value: value in allowed)


def _pattern(compiler: Compiler, node: Term) -> Check:
    pattern = re.compile(text_of(node) or "")
    return Check(lambda view, value: (text := text_of(value)) is not None and pattern.search(text) is not None)


def _length(test: Callable[[int, int], bool]) -> Build:
    def build(compiler: Compiler, node: Term) -> Check:
        limit = number(node)
        return Check(lambda view, value: (text := text_of(value)) is not None and test(len(text), limit))

    return build


def _language_in(compiler: Compiler, node: Term) -> Check:
    ranges = strings(compiler, node)
    return Check(lambda view, value: has_language(value, ranges))


def _unique_lang(compiler: Compiler, node: Term) -> Check:
    def check(view: View, focus: Term, values: Values) -> Iterable[Breach]:
        tags = [value.language for value in values if isinstance(value, ox.Literal) and value.language]
        return ((None, ()) for tag in sorted(set(tags)) if tags.count(tag) > 1)

    return Check(whole=check) if text_of(node) == "true" else together(lambda values: True)


def _order(allowed: set[int]) -> Build:
    def build(compiler: Compiler, node: Term) -> Check:
        return Check(lambda view, value: compare(value, node) in allowed)

    return build


def _pair(allowed: set[int]) -> Build:
    def build(compiler: Compiler, node: Term) -> Check:
        def check(view: View, focus: Term, values: Values) -> Iterable[Breach]:
            others = view.objects(focus, node)
            return [(value, ()) for value in values for other in others if compare(value, other) not in allowed]

        return Check(whole=check)

    return build


def _node(compiler: Compiler, node: Term) -> Check:
    shape = compiler.shape(node)

    def check(view: View, focus: Term, values: Values) -> Iterable[Breach]:
        return [(value, tuple(details)) for value in values if (details := shape.check(view, value))]

    return Check(whole=check)


def _not(compiler: Compiler, node: Term) -> Check:
    shape = compiler.shape(node)
    return Check(lambda view, value: bool(shape.check(view, value)))


def _of_shapes(enough: Callable[[Iterable[bool]], bool]) -> Build:
    def build(compiler: Compiler, node: Term) -> Check:
        shapes = [compiler.shape(item) for item in items(compiler.ontology, node)]
        return Check(lambda view, value: enough(not shape.check(view, value) for shape in shapes))

    return build


def qualified(compiler: Compiler, node: Term, least: int | None, most: int | None) -> Iterator[tuple[str, Check]]:
    """The checks of sh:qualifiedValueShape, which takes its limits from the same property shape."""
    shape = compiler.shape(node)

    def counted(test: Callable[[int], bool]) -> Check:
        def check(view: View, focus: Term, values: Values) -> Iterable[Breach]:
            return () if test(sum(not shape.check(view, value) for value in values)) else ((None, ()),)

        return Check(whole=check)

    if least is not None:
        yield "QualifiedMinCount", counted(lambda count: count >= least)
    if most is not None:
        yield "QualifiedMaxCount", counted(lambda count: count <= most)


BUILDERS: dict[str, Build] = {
    "class": _class,
    "datatype": lambda compiler, node: Check(lambda view, value: has_datatype(value, node)),
    "nodeKind": _node_kind,
    "in": _in,
    "hasValue": lambda compiler, node: together(lambda values: node in values),
    "pattern": _pattern,
    "minLength": _length(lambda length, limit: length >= limit),
    "maxLength": _length(lambda length, limit: length <= limit),
    "languageIn": _language_in,
    "uniqueLang": _unique_lang,
    "minInclusive": _order({0, 1}),
    "maxInclusive": _order({0, -1}),
    "minExclusive": _order({1}),
    "maxExclusive": _order({-1}),
    "lessThan": _pair({-1}),
    "lessThanOrEquals": _pair({-1, 0}),
    "node": _node,
    "not": _not,
    "or": _or,
    "and": _of_shapes(all),
    "xone": _of_shapes(lambda passed: sum(passed) == 1),
}
