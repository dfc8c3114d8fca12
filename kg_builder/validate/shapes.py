"""Shapes read from the ontology and compiled to checks. An unknown term of SHACL is an error, never passed over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg_builder.errors import OntologyError
from kg_builder.ontology import RDF_TYPE, Ontology, Term
from kg_builder.validate.constraints import BUILDERS, Check, Result, number, qualified
from kg_builder.validate.graph import View
from kg_builder.validate.paths import SH, Path, compile_path

_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_QUALIFIED = ("qualifiedValueShape", "qualifiedMinCount", "qualifiedMaxCount")
_EAGER = {"MinCount", "HasValue", "QualifiedMinCount"}
_SILENT = ("path", "property", "message", "name", "description", *_TARGETS, *_QUALIFIED)


@dataclass(slots=True)
class CompiledShape:
    """A node shape (`path` is None) or a property shape, ready to check nodes.

    A lazy shape has a predicate for its path and asks nothing of a node without values for it.
    """

    path: Path | None = None
    predicate: Term | None = None
    checks: list[tuple[str, Check]] = field(default_factory=list)
    properties: list[CompiledShape] = field(default_factory=list)
    messages: tuple[tuple[str, str], ...] = ()
    lazy: bool = False

    def check(self, view: View, focus: Term) -> list[Result]:
        """The breaches of the shape by one node; those of its property shapes come after its own."""
        values = [focus] if self.path is None else list(self.path(view, focus))
        found = [
            Result(focus, self.predicate, value, component, self.messages, details)
            for component, check in self.checks
            for value, details in check(view, focus, values)
        ]
        for value in values:
            said = view.predicates(value) if self.properties else ()
            for inner in self.properties:
                if not inner.lazy or inner.predicate in said:
                    found += inner.check(view, value)
        return found


class ShapeCompiler:
    """Compiles the shapes of an ontology, each once; `targets` says which shapes look at which nodes."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
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
                shape.path = compile_path(self.ontology, value)
                shape.predicate = value if isinstance(value, ox.NamedNode) else None
            elif predicate == SH + "property":
                shape.properties.append(self.shape(value))
            elif predicate.startswith(SH):
                shape.checks += self._checks(node, predicate.removeprefix(SH), value)
        shape.checks += self._qualified(about)
        shape.lazy = shape.predicate is not None and not _EAGER & {name for name, _ in shape.checks}
        return shape

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
        found = []
        for focus, shape in self._focused(view):
            found += shape.check(view, focus)
        return list(dict.fromkeys(found))

    def _focused(self, view: View) -> Iterator[tuple[Term, CompiledShape]]:
        by_kinds: dict[tuple[Term, ...], list[CompiledShape]] = {}
        for focus, about in view.data.out.items():
            kinds = tuple(about.get(RDF_TYPE, ()))
            if kinds not in by_kinds:
                by_kinds[kinds] = self._of_kinds(view, kinds)
            shapes = by_kinds[kinds] + [s for p in about for s in self.targets["targetSubjectsOf"].get(p, ())]
            yield from ((focus, shape) for shape in shapes)
        yield from ((node, shape) for node, shapes in self.targets["targetNode"].items() for shape in shapes)
        for predicate, shapes in self.targets["targetObjectsOf"].items():
            yield from ((value, shape) for value in view.data.objects_of(predicate) for shape in shapes)

    def _of_kinds(self, view: View, kinds: tuple[Term, ...]) -> list[CompiledShape]:
        classes = {c for kind in kinds for c in view.background.above(kind)}
        return [s for cls, shapes in self.targets["targetClass"].items() if cls in classes for s in shapes]


def messages(about: list[tuple[str, Term]]) -> tuple[tuple[str, str], ...]:
    """The (language, text) pairs of a shape's messages."""
    found = [value for predicate, value in about if predicate == SH + "message"]
    return tuple((v.language or "", v.value) for v in found if isinstance(v, ox.Literal))
