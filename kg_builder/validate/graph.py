"""A graph held for checking: look-ups both ways, with the ontology as background knowledge."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from kg_builder.errors import InputError
from kg_builder.ontology import Ontology, Term

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SUBCLASS = ox.NamedNode(RDFS + "subClassOf")
FIRST, REST, NIL = (ox.NamedNode(RDF + name) for name in ("first", "rest", "nil"))

_SUFFIXES = ("ttl", "trig", "nq", "nt", "jsonld", "rdf")
Row = tuple[Term, ox.NamedNode, Term]
Terms = Collection[Term]
_NONE: Terms = ()
_FEW = 8  # values that a tuple holds; more are looked up in a dict


class Index:
    """A set of triples with look-up by subject and predicate, and by predicate and object. Graph names are dropped."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.out: dict[Term, dict[Term, Terms]] = {}
        self._inverse: dict[Term, dict[Term, Terms]] = {}
        out = self.out
        for subject, predicate, value in rows:
            about = out.get(subject)
            if about is None:
                out[subject] = {predicate: (value,)}
            else:
                about[predicate] = with_value(about.get(predicate, _NONE), value)

    def objects(self, subject: Term, predicate: Term) -> Terms:
        """The values of one predicate of a node, in the order they came."""
        about = self.out.get(subject)
        return _NONE if about is None else about.get(predicate, _NONE)

    def subjects(self, predicate: Term, value: Term) -> Terms:
        """The nodes that have this value for the predicate."""
        if predicate not in self._inverse:
            self._inverse[predicate] = self._invert(predicate)
        return self._inverse[predicate].get(value, _NONE)

    def objects_of(self, predicate: Term) -> Terms:
        """Every value of the predicate."""
        return dict.fromkeys(value for about in self.out.values() for value in about.get(predicate, ()))

    def _invert(self, predicate: Term) -> dict[Term, Terms]:
        found: dict[Term, Terms] = {}
        for subject, about in self.out.items():
            for value in about.get(predicate, ()):
                found[value] = with_value(found.get(value, _NONE), subject)
        return found


def with_value(found: Terms, value: Term) -> Terms:
    """The terms with one more, if it is not among them: a tuple as long as they are few, because most are alone."""
    if isinstance(found, dict):
        found[value] = None
        return found
    if value in found:
        return found
    return (*found, value) if len(found) < _FEW else dict.fromkeys((*found, value))


def both(some: Terms, others: Terms) -> Terms:
    """The terms of two collections, each once, in their order."""
    return dict.fromkeys((*some, *others)) if some else others


class View:
    """The data together with what is known beside it: what the shapes look at.

    `data` alone is searched for focus nodes. `beside` is the ontology, and for a document's graph the default graph,
    which says what its entities are.
    """

    def __init__(self, data: Index, *beside: Index) -> None:
        self.data = data
        self.beside = beside
        self.memo: dict[tuple[object, Term], Terms] = {}

    def objects(self, subject: Term, predicate: Term) -> Terms:
        """The values of one predicate of a node."""
        found = self.data.objects(subject, predicate)
        for other in self.beside:
            if more := other.objects(subject, predicate):
                found = both(found, more)
        return found

    def about(self, subject: Term) -> dict[Term, Terms]:
        """The values of every predicate of a node."""
        said = [index.out[subject] for index in (self.data, *self.beside) if subject in index.out]
        if len(said) < 2:
            return said[0] if said else {}
        return {predicate: self.objects(subject, predicate) for about in said for predicate in about}

    def subjects(self, predicate: Term, value: Term) -> Terms:
        """The nodes that have this value for the predicate."""
        found = self.data.subjects(predicate, value)
        for other in self.beside:
            if more := other.subjects(predicate, value):
                found = both(found, more)
        return found

    def is_settled(self, node: Term, about: dict[Term, Terms]) -> bool:
        """Whether another graph says the same of the node, in the same order, and so has been judged there."""
        return any(other.out.get(node) == about for other in self.beside)


class Background(Index):
    """What the ontology says of its named nodes; superclasses are taken from here alone."""

    def __init__(self, ontology: Ontology) -> None:
        super().__init__(ontology_rows(ontology))
        self._above: dict[Term, frozenset[Term]] = {}

    def above(self, node: Term) -> frozenset[Term]:
        """The class itself and all its superclasses."""
        if node not in self._above:
            found, waiting = {node}, [node]
            while waiting:
                fresh = [c for c in self.objects(waiting.pop(), SUBCLASS) if c not in found]
                found.update(fresh)
                waiting.extend(fresh)
            self._above[node] = frozenset(found)
        return self._above[node]

    def below(self, node: Term) -> frozenset[Term]:
        """The class itself and all its subclasses."""
        return frozenset({node, *(cls for cls in self.out if node in self.above(cls))})


def ontology_rows(ontology: Ontology, blank: bool = False) -> Iterator[Row]:
    """The triples of an ontology; those of blank nodes (constructions, word lists) only on request."""
    for node in ontology.nodes():
        if blank or isinstance(node, ox.NamedNode):
            for predicate, value in ontology.about(node):
                yield node, ox.NamedNode(predicate), value


def rows(source: Any) -> Iterator[Row]:
    """The triples of a file's path, a pyoxigraph store or dataset, an rdflib graph or dataset, or an iterable of quads.

    Raises InputError for a file that is missing, of unknown format, or not well formed.
    """
    if hasattr(source, "__fspath__") or isinstance(source, str):
        yield from _file_rows(str(source))
    elif type(source).__module__.startswith("rdflib"):
        yield from _rdflib_rows(source)
    else:
        for quad in source:
            yield quad if isinstance(quad, tuple) else (quad.subject, quad.predicate, quad.object)


def _file_rows(path: str) -> Iterator[Row]:
    suffix = path.rsplit(".", 1)[-1]
    form = ox.RdfFormat.from_extension(suffix) if suffix in _SUFFIXES else None
    if form is None:
        raise InputError(path, f"unknown graph format; known are .{' .'.join(_SUFFIXES)}")
    try:
        for quad in ox.parse(path=path, format=form):
            yield quad.subject, quad.predicate, quad.object
    except SyntaxError as error:
        raise InputError(path, f"not well formed: {error}") from error
    except OSError as error:
        raise InputError(path, error.strerror or str(error)) from error


def _rdflib_rows(graph: Any) -> Iterator[Row]:
    triples = ((s, p, o) for s, p, o, _ in graph.quads()) if hasattr(graph, "quads") else graph
    for subject, predicate, value in triples:
        yield _term(subject), ox.NamedNode(str(predicate)), _term(value)


def _term(term: Any) -> Term:
    kind = type(term).__name__
    if kind == "Literal":
        datatype = None if term.datatype is None or term.language else ox.NamedNode(str(term.datatype))
        return ox.Literal(str(term), datatype=datatype, language=term.language)
    return ox.BlankNode(str(term)) if kind == "BNode" else ox.NamedNode(str(term))
