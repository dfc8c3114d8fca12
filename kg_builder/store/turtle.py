"""Turtle and TriG that people read: one subject a paragraph, events first, in a fixed order.

Faster than a general serialiser and byte-stable: the order is that of the terms, never that of arrival.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NEV = "https://w3id.org/news-event#"
_NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*$")
_RELATIVE = re.compile(r"[a-z]+/[^\x00-\x20<>\"{}|^`\\]*$")
_BARE = {_XSD + "integer": re.compile(r"[+-]?\d+$"), _XSD + "decimal": re.compile(r"[+-]?\d*\.\d+$")}

# First what it is and is called, then its roles (rank 50, by name), then the rest.
_FIRST = [_TYPE, _RDFS + "label", "http://www.w3.org/2004/02/skos/core#altLabel", _NEV + "eventType"]
_TAIL = ("place", "begin", "preferredBegin", "end", "preferredEnd", "cause", "factuality", "status", "attributedTo")
_LAST = [_NEV + name for name in (*_TAIL, "confidence", "rule", "trigger", "evidence", "report")]
_PREDICATE_RANK = {iri: rank for rank, iri in enumerate(_FIRST)} | {iri: 60 + rank for rank, iri in enumerate(_LAST)}
_PREDICATE_RANK["http://www.w3.org/ns/prov#wasDerivedFrom"] = 99

# Paragraphs: events and reports, then entities, amounts, documents, stretches of text.
_SUBJECT_RANK = {_NEV + "Report": 0, _NEV + "Amount": 2, _NEV + "NewsArticle": 3}
_SUBJECT_RANK |= {_NIF + "Sentence": 4, _NIF + "Phrase": 5}
_ENTITY_RANK = 1

Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
Statements = dict[str, list[Term]]


class TurtleWriter:
    """Writes graphs as text. `base` must end in a slash to be used for relative IRIs."""

    def __init__(self, prefixes: Mapping[str, str], base: str) -> None:
        self._prefixes = dict(sorted(prefixes.items()))
        self._base = base if base.endswith("/") else ""
        self._terms: dict[Term, str] = {}
        self._names: dict[str, str] = {}

    def head(self) -> str:
        """The base and the prefixes."""
        base = f"@base <{self._base}> .\n" if self._base else ""
        return base + "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in self._prefixes.items())

    def graph(self, triples: Iterable[ox.Triple], indent: str = "") -> Iterator[str]:
        """The paragraphs of one graph."""
        subjects = _by_subject(triples)
        for subject in sorted(subjects, key=lambda s: _subject_key(s, subjects[s])):
            yield self._paragraph(subject, subjects, indent)

    def named(self, name: ox.NamedNode, triples: Iterable[ox.Triple]) -> Iterator[str]:
        """A named graph in TriG."""
        yield f"\n{self.iri(name.value)} {{\n"
        yield from self.graph(triples, "    ")
        yield "}\n"
        self._terms.clear()

    def _paragraph(self, subject: str, subjects: dict[str, Statements], indent: str) -> str:
        about = subjects[subject]
        lines = [
            f"{'a' if p == _TYPE else self.iri(p)} {self._objects(about[p])}"
            for p in sorted(about, key=lambda p: (_PREDICATE_RANK.get(p, 50), p))
        ]
        body = f" ;\n{indent}    ".join(lines)
        return f"\n{_comment(about, subjects, indent)}{indent}{self.iri(subject)} {body} .\n"

    def _objects(self, values: list[Term]) -> str:
        return self.term(values[0]) if len(values) == 1 else ", ".join(sorted(map(self.term, values)))

    def term(self, term: Term) -> str:
        """A term in its shortest form."""
        text = self._terms.get(term)
        if text is None:
            text = self._terms[term] = self._literal(term) if isinstance(term, ox.Literal) else self._node(term)
        return text

    def _node(self, term: Term) -> str:
        return self.iri(term.value) if isinstance(term, ox.NamedNode) else str(term)

    def _literal(self, term: ox.Literal) -> str:
        datatype = term.datatype.value
        if datatype in _BARE and _BARE[datatype].match(term.value):
            return term.value
        if term.language or datatype == _XSD + "string" or not datatype.startswith(_XSD):
            return str(term)
        return str(ox.Literal(term.value)) + "^^" + self.iri(datatype)

    def iri(self, iri: str) -> str:
        """A prefixed name, an IRI relative to the base, or the whole IRI."""
        text = self._names.get(iri)
        if text is None:
            text = self._shorten(iri)
            if "#char=" not in iri:
                self._names[iri] = text
        return text

    def _shorten(self, iri: str) -> str:
        if self._base and iri.startswith(self._base) and _RELATIVE.match(iri, len(self._base)):
            return f"<{iri[len(self._base) :]}>"
        for prefix, namespace in self._prefixes.items():
            if iri.startswith(namespace) and _LOCAL.match(iri, len(namespace)):
                return f"{prefix}:{iri[len(namespace) :]}"
        return str(ox.NamedNode(iri))


def _by_subject(triples: Iterable[ox.Triple]) -> dict[str, Statements]:
    subjects: dict[str, Statements] = {}
    for triple in triples:
        subject = triple.subject
        name = subject.value if isinstance(subject, ox.NamedNode) else str(subject)
        about = subjects.get(name)
        if about is None:
            about = subjects[name] = {}
        about.setdefault(triple.predicate.value, []).append(triple.object)
    return subjects


def _subject_key(subject: str, about: Statements) -> tuple[int, str, int, str]:
    if triggers := about.get(_NEV + "trigger"):
        return 0, *min(_place_in_text(trigger) for trigger in triggers), subject
    types = about.get(_TYPE, ())
    rank = min((_SUBJECT_RANK.get(getattr(t, "value", ""), _ENTITY_RANK) for t in types), default=_ENTITY_RANK)
    return rank, *_place_in_text(subject), subject


def _place_in_text(node: Term | str) -> tuple[str, int]:
    name, _, offsets = (node if isinstance(node, str) else getattr(node, "value", "")).partition("#char=")
    begin = offsets.partition(",")[0]
    return name, int(begin) if begin.isdigit() else -1


def _comment(about: Statements, subjects: dict[str, Statements], indent: str) -> str:
    """The first sentence of evidence, above an event's paragraph."""
    evidence = [e.value for e in about.get(_NEV + "evidence", ()) if isinstance(e, ox.NamedNode)]
    sentences = subjects.get(min(evidence, key=_place_in_text), {}) if evidence else {}
    words = next((a.value for a in sentences.get(_NIF + "anchorOf", ()) if isinstance(a, ox.Literal)), "")
    return f"{indent}# {' '.join(words.split())}\n" if words else ""
