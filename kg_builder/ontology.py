"""Reads the ontology folder: classes, roles, constructions and word lists, as plain records.

Nothing here knows an event, a role or a word by name; the vocabulary of the folder is described in
`ontology/lexicon.ttl`.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg_builder.errors import OntologyError

LEX = "https://w3id.org/news-event/lex#"
NEV = "https://w3id.org/news-event#"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
XSD = "http://www.w3.org/2001/XMLSchema#"

NamedNode = ox.NamedNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Atom = str | int | float | bool


def default_folder() -> Path:
    """The ontology that ships with the package: inside the wheel, or beside it in a checkout."""
    return data_folder("ontology")


def data_folder(name: str) -> Path:
    """A folder of data that ships with the package (`ontology`, `queries`)."""
    inside = Path(__file__).parent / "data" / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / name


def local_name(iri: str) -> str:
    """The part of an IRI after its last # or /."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def python_value(term: Term) -> Atom:
    """A literal as the Python value of its datatype; a node as its local name."""
    if isinstance(term, ox.NamedNode):
        return local_name(term.value)
    if not isinstance(term, ox.Literal):
        return str(term)
    kind = term.datatype.value.removeprefix(XSD)
    if kind == "integer":
        return int(term.value)
    if kind in {"decimal", "double", "float"}:
        return float(Decimal(term.value))
    if kind == "boolean":
        return term.value == "true"
    return term.value


@dataclass(frozen=True, slots=True)
class WordEntry:
    """One entry of a word list: its surface or lemma forms, and whatever else the entry says."""

    forms: tuple[str, ...]
    values: Mapping[str, tuple[Atom, ...]]

    def get(self, key: str, default: Atom | None = None) -> Atom | None:
        """The first value of `key`, or `default`."""
        found = self.values.get(key)
        return found[0] if found else default

    def all(self, key: str) -> tuple[Atom, ...]:
        """Every value of `key`."""
        return self.values.get(key, ())


def ontology_files(folder: Path) -> list[Path]:
    """The files that make up an ontology: all Turtle below the folder but examples and the ontology's own checks."""
    return sorted(p for p in folder.rglob("*.ttl") if p.name != "examples.ttl" and ".shacl." not in p.name)


class Ontology:
    """The graph of an ontology folder, with look-ups by class. Source: every `*.ttl` below the folder but examples.

    `files` reads these instead, for instance the shapes that the ontology itself must keep to.
    """

    def __init__(self, folder: Path, files: Iterable[Path] | None = None) -> None:
        if not folder.is_dir():
            raise OntologyError(f"{folder}: no such ontology folder")
        self.folder = folder
        self.files = ontology_files(folder) if files is None else sorted(files)
        self.hashes: dict[Path, bytes] = {}
        """SHA-256 of each file as it was read, so that what is compiled from it never goes by a later state of it."""
        self._about: dict[Term, list[tuple[str, Term]]] = defaultdict(list)
        self._typed: dict[str, list[Term]] = defaultdict(list)
        self._shared: dict[Term, Term] = {}
        for path in self.files:
            self._read(path)
        self._shared.clear()

    def _read(self, path: Path) -> None:
        data = path.read_bytes()
        self.hashes[path] = hashlib.sha256(data).digest()
        try:
            for triple in ox.parse(data, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
                subject, predicate, value = triple.subject, triple.predicate.value, triple.object
                about = self._about[self._shared.setdefault(subject, subject)]
                about.append((sys.intern(predicate), self._shared.setdefault(value, value)))
                if predicate == RDF_TYPE.value and isinstance(value, ox.NamedNode):
                    self._typed[value.value].append(self._shared[subject])
        except SyntaxError as error:
            raise OntologyError(f"{path}: {error}") from error

    @cached_property
    def digest(self) -> str:
        """A hash of every file, so that caches and provenance know which lexicon made them."""
        return hashlib.sha256(b"".join(self.hashes.values())).hexdigest()[:16]

    def subjects(self, class_iri: str) -> list[Term]:
        """The nodes typed with the class, in file order."""
        return self._typed.get(class_iri, [])

    def nodes(self) -> Iterable[Term]:
        """Every subject, in file order."""
        return self._about.keys()

    def about(self, node: Term) -> list[tuple[str, Term]]:
        """The (predicate IRI, object) pairs of a node, in file order."""
        return self._about.get(node, [])

    def objects(self, node: Term, predicate: str) -> Iterator[Term]:
        """The objects of one predicate of a node, in file order."""
        return (o for p, o in self.about(node) if p == predicate)

    def words(self, list_name: str) -> tuple[WordEntry, ...]:
        """The entries of one word list, e.g. `words("Month")` for every `[] a lex:Month`. Empty when there is none."""
        return tuple(self._entry(node) for node in self.subjects(LEX + list_name))

    def _entry(self, node: Term) -> WordEntry:
        values: dict[str, list[Atom]] = defaultdict(list)
        for predicate, value in self.about(node):
            if predicate != RDF_TYPE.value:
                values[local_name(predicate)].append(python_value(value))
        forms = tuple(str(f) for f in values.pop("form", []))
        return WordEntry(forms, {k: tuple(v) for k, v in values.items()})


@lru_cache(maxsize=8)
def load(folder: Path | None = None) -> Ontology:
    """The ontology of a folder (the bundled one by default), read once."""
    return Ontology(folder or default_folder())


_PREFIX = re.compile(r"^@prefix\s+(\S*:)\s+(<[^>]*>)\s*\.\s*$", re.MULTILINE)


def turtle(folder: Path | None = None) -> str:
    """The whole ontology as one Turtle document: its files one after the other, under one list of prefixes.

    Raises OntologyError when two files use one prefix for different namespaces.
    """
    root = folder or default_folder()
    prefixes: dict[str, str] = {}
    bodies = []
    for path in ontology_files(root):
        text = path.read_text(encoding="utf-8")
        for prefix, namespace in _PREFIX.findall(text):
            if prefixes.setdefault(prefix, namespace) != namespace:
                raise OntologyError(f"{path}: prefix {prefix} is {prefixes[prefix]} in another file")
        bodies.append(f"# ===== {path.relative_to(root).as_posix()}\n\n{_PREFIX.sub('', text).strip()}\n")
    head = "".join(f"@prefix {prefix} {namespace} .\n" for prefix, namespace in sorted(prefixes.items()))
    return head + "\n" + "\n\n".join(bodies)
