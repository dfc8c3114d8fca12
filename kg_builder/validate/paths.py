"""SHACL property paths, compiled to functions from a node to the nodes at the other end."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pyoxigraph as ox

from kg_builder.errors import OntologyError
from kg_builder.ontology import Ontology, Term
from kg_builder.validate.graph import FIRST, NIL, REST, SUBCLASS, Background, Terms, View

SH = "http://www.w3.org/ns/shacl#"
Path = Callable[[View, Term], Iterable[Term]]
Build = Callable[[Ontology, Background, Term], Path]


def items(ontology: Ontology, head: Term) -> list[Term]:
    """The members of an RDF list of the ontology."""
    found: list[Term] = []
    while head != NIL:
        about = dict(ontology.about(head))
        if FIRST.value not in about or REST.value not in about:
            raise OntologyError(f"{head}: not a whole RDF list")
        found.append(about[FIRST.value])
        head = about[REST.value]
    return found


def compile_path(ontology: Ontology, background: Background, node: Term) -> Path:
    """The path that a node of the ontology describes. Raises OntologyError for anything that is no SHACL path."""
    if isinstance(node, ox.NamedNode):
        return lambda view, start: view.objects(start, node)
    about = dict(ontology.about(node))
    if FIRST.value in about:
        return _sequence([compile_path(ontology, background, part) for part in items(ontology, node)])
    if about.get(SH + "zeroOrMorePath") == SUBCLASS:
        return lambda view, start: background.above(start)
    for name, build in _BUILDERS.items():
        if SH + name in about:
            return build(ontology, background, about[SH + name])
    raise OntologyError(f"{node}: not a SHACL path: {', '.join(sorted(about))}")


def _sequence(parts: list[Path]) -> Path:
    """One part after the other; what follows the first step is kept, for most nodes step to a few classes."""
    first, rest = parts[0], parts[1:]

    def onward(view: View, node: Term) -> Terms:
        key = (walk, node)
        if key not in view.memo:
            found: Terms = {node: None}
            for part in rest:
                found = {end: None for step in found for end in part(view, step)}
            view.memo[key] = found
        return view.memo[key]

    def walk(view: View, start: Term) -> Iterable[Term]:
        return {end: None for step in first(view, start) for end in onward(view, step)}

    return walk


def _inverse(ontology: Ontology, background: Background, node: Term) -> Path:
    if not isinstance(node, ox.NamedNode):
        raise OntologyError(f"{node}: an inverse path of a path is not supported")
    return lambda view, start: view.subjects(node, start)


def _alternative(ontology: Ontology, background: Background, node: Term) -> Path:
    parts = [compile_path(ontology, background, part) for part in items(ontology, node)]
    return lambda view, start: {end: None for part in parts for end in part(view, start)}


def _repeated(least: int, most: int | None) -> Build:
    def build(ontology: Ontology, background: Background, node: Term) -> Path:
        part = compile_path(ontology, background, node)

        def walk(view: View, start: Term) -> Iterable[Term]:
            found: dict[Term, None] = {start: None} if least == 0 else {}
            waiting, steps = [start], 0
            while waiting and (most is None or steps < most):
                ends = {end: None for node in waiting for end in part(view, node)}
                waiting = [end for end in ends if end not in found]
                found.update(dict.fromkeys(waiting))
                steps += 1
            return found

        return walk

    return build


_BUILDERS: dict[str, Build] = {
    "inversePath": _inverse,
    "alternativePath": _alternative,
    "zeroOrMorePath": _repeated(0, None),
    "oneOrMorePath": _repeated(1, None),
    "zeroOrOnePath": _repeated(0, 1),
}
