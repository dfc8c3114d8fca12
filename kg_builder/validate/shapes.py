"""Shapes read from the ontology and compiled to checks. An unknown term of SHACL is an error, never passed over."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg_builder.errors import OntologyError
from kg_builder.ontology import RDF_TYPE, Ontology, Term
from kg_builder.validate.constraints import BUILDERS, Check, Result, Test, Whole, number, qualified
from kg_builder.validate.graph import Background, View
from kg_builder.validate.paths import SH, Path, compile_path

_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_QUALIFIED = ("qualifiedValueShape", "qualifiedMinCount", "qualifiedMaxCount")
_EAGER = {"HasValue", "QualifiedMinCount"}
_SILENT = ("path", "property", "message", "name", "description", *_TARGETS, *_QUALIFIED)


@dataclass(slots=True)
class CompiledShape:
    """A node shape (`path` is None) or a property shape, ready to check nodes.

    An eager shape asks something of a node even without values for its path.
    """

    path: Path | None = None
    predicate: Term | None = None
    tests: list[tuple[str, Test]] = field(default_factory=list)
    wholes: list[tuple[str, Whole]] = field(default_factory=list)
    properties: list[CompiledShape] = field(default_factory=list)
    messages: tuple[tuple[str, str], ...] = ()
    least: int = 0
    most: float = math.inf
    eager: bool = False

    def check(self, view: View, focus: Term) -> list[Result]:
        """The breaches of the shape by one node; those of its property shapes come after its own."""
        return self.judge(view, focus, (focus,) if self.path is None else tuple(self.path(view, focus)))

    def judge(self, view: View, focus: Term, values: Collection[Term]) -> list[Result]:
        """The breaches of the shape by a node whose values for the path are known."""
        found = []
        if not self.least <= len(values) <= self.most:
            component = "MinCount" if len(values) < self.least else "MaxCount"
            found.append(self._result(focus, None, component, ()))
        for component, test in self.tests:
            for value in values:
                if not test(view, value):
                    found.append(self._result(focus, value, component, ()))
        for component, whole in self.wholes:
            for missed, details in whole(view, focus, values):
                found.append(self._result(focus, missed, component, details))
        if self.properties:
            for value in values:
                self._judge_inner(view, value, found)
        return found

    def _judge_inner(self, view: View, value: Term, found: list[Result]) -> None:
        about = view.about(value)
        for inner in self.properties:
            if inner.predicate is None:
                found += inner.check(view, value)
            elif inner.eager or inner.predicate in about:
                found += inner.judge(view, value, about.get(inner.predicate, ()))

    def _result(self, focus: Term, value: Term | None, component: str, details: tuple[Result, ...]) -> Result:
        return Result(focus, self.predicate, value, component, self.messages, details)


class ShapeCompiler:
    """Compiles the shapes of an ontology, each once; `targets` says which shapes look at which nodes."""

    def __init__(self, ontology: Ontology, background: Background) -> None:
        self.ontology = ontology
        self.background = background
        self.targets: dict[str, dict[Term, list[CompiledShape]]] = {t: defaultdict(list) for t in _TARGETS}
        self._shapes: dict[Term, CompiledShape | None] = {}
        for node in dict.fromkeys(ontology.subjects(SH + "NodeShape") + ontology.subjects(SH + "PropertyShape")):
            self._aim(node, self.shape(node))

    def shape(self, node: Term) -> CompiledShape:
        """The compiled shape of a node. Raises OntologyError for a shape that takes part in itself."""
        if node not in self._shapes:
            self._shapes[node] = None
            self._shapes[node] = self._compile(node)
        found = self._shapes[node]
        if found is None:
            raise OntologyError(f"{node}: a shape that takes part in itself is not supported")
        return found

    def _compile(self, node: Term) -> CompiledShape:
        about = self.ontology.about(node)
        shape = CompiledShape(messages=messages(about))
        for predicate, value in about:
            if predicate == SH + "path":
                shape.path = compile_path(self.ontology, self.background, value)
                shape.predicate = value if isinstance(value, ox.NamedNode) else None
            elif predicate == SH + "property":
                shape.properties.append(self.shape(value))
            elif predicate == SH + "minCount":
                shape.least = number(value)
            elif predicate == SH + "maxCount":
                shape.most = number(value)
            elif predicate.startswith(SH):
                self._add(shape, self._checks(node, predicate.removeprefix(SH), value))
        self._add(shape, self._qualified(about))
        shape.eager = shape.least > 0 or not _EAGER.isdisjoint(name for name, _ in shape.wholes)
        return shape

    def _add(self, shape: CompiledShape, checks: Iterable[tuple[str, Check]]) -> None:
        for component, check in checks:
            if check.test is not None:
                shape.tests.append((component, check.test))
            if check.whole is not None:
                shape.wholes.append((component, check.whole))

    def _checks(self, node: Term, name: str, value: Term) -> Iterator[tuple[str, Check]]:
        if name in BUILDERS:
            yield name[0].upper() + name[1:], BUILDERS[name](self, value)
        elif name not in _SILENT:
            raise OntologyError(f"{node}: sh:{name} is not supported; known are {', '.join(sorted(BUILDERS))}")

    def _qualified(self, about: list[tuple[str, Term]]) -> Iterator[tuple[str, Check]]:
        inner, least, most = (next((v for p, v in about if p == SH + name), None) for name in _QUALIFIED)
        if inner is not None:
            limits = (None if limit is None else number(limit) for limit in (least, most))
            yield from qualified(self, inner, *limits)

    def _aim(self, node: Term, shape: CompiledShape) -> None:
        for target in _TARGETS:
            for value in self.ontology.objects(node, SH + target):
                self.targets[target][value].append(shape)

    def check(self, view: View) -> list[Result]:
        """The breaches in a graph, in the order of its nodes."""
        return list(dict.fromkeys(r for focus, shape in self._focused(view) for r in shape.check(view, focus)))

    def _focused(self, view: View) -> Iterator[tuple[Term, CompiledShape]]:
        by_kinds: dict[tuple[Term, ...], list[CompiledShape]] = {}
        subjects_of = self.targets["targetSubjectsOf"]
        for focus, about in view.data.out.items():
            if view.is_settled(focus, about):
                continue
            kinds = tuple(about.get(RDF_TYPE, ()))
            if kinds not in by_kinds:
                by_kinds[kinds] = self._of_kinds(kinds)
            for shape in by_kinds[kinds]:
                yield focus, shape
            for predicate in about:
                if predicate in subjects_of:
                    for shape in subjects_of[predicate]:
                        yield focus, shape
        yield from ((node, shape) for node, shapes in self.targets["targetNode"].items() for shape in shapes)
        for predicate, shapes in self.targets["targetObjectsOf"].items():
            yield from ((value, shape) for value in view.data.objects_of(predicate) for shape in shapes)

    def _of_kinds(self, kinds: tuple[Term, ...]) -> list[CompiledShape]:
        classes = {c for kind in kinds for c in self.background.above(kind)}
        return [s for cls, shapes in self.targets["targetClass"].items() if cls in classes for s in shapes]


def messages(about: list[tuple[str, Term]]) -> tuple[tuple[str, str], ...]:
    """The (language, text) pairs of a shape's messages."""
    found = [value for predicate, value in about if predicate == SH + "message"]
    return tuple((v.language or "", v.value) for v in found if isinstance(v, ox.Literal))
