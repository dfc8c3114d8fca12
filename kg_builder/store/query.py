"""Asks a graph: a saved question or a SPARQL file, with parameters bound as terms and never pasted into the text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg_builder.errors import InputError, OptionError
from kg_builder.ontology import NEV, XSD, data_folder
from kg_builder.store.protocol import Askable, Term

_PREFIXES = {"nev": NEV, "schema": "https://schema.org/", "wd": "http://www.wikidata.org/entity/", "xsd": XSD}
_DATE = re.compile(r"\d{4}-\d\d-\d\d$")
_INTEGER = re.compile(r"[+-]?\d+$")
_TAGGED = re.compile(r'"(.*)"@([A-Za-z-]+)$', re.DOTALL)
_NAMED = re.compile(r"(\w+) \(")
_VARIABLE = re.compile(r"[?$](\w+)")


@dataclass(frozen=True, slots=True)
class Query:
    """A question: its name, the title and the parameters that its first comment lines give, its text."""

    name: str
    title: str
    parameters: str
    text: str

    @property
    def needed(self) -> frozenset[str]:
        """The names of the parameters: in the heading, the word before each bracket."""
        return frozenset(_NAMED.findall(self.parameters))

    @property
    def variables(self) -> frozenset[str]:
        """The variables of the text, any of which may be given if it is projected."""
        return frozenset(_VARIABLE.findall(self.text))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of terms under variable names; None where a row has no value."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def values(self) -> list[tuple[str, ...]]:
        """The rows as plain text, "" where there is no value."""
        return [tuple(_plain(term) for term in row) for row in self.rows]

    def csv(self) -> str:
        """SPARQL 1.1 results as CSV."""
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows([self.columns, *self.values()])
        return out.getvalue()

    def json(self) -> str:
        """SPARQL 1.1 results as JSON."""
        bindings = [
            {name: _binding(term) for name, term in zip(self.columns, row, strict=True) if term is not None}
            for row in self.rows
        ]
        return json.dumps({"head": {"vars": self.columns}, "results": {"bindings": bindings}}, ensure_ascii=False)


def bundled() -> list[Query]:
    """The questions that ship with the package, by name."""
    return [_read(path) for path in sorted(data_folder("queries").glob("*.rq"))]


def find(name_or_file: str) -> Query:
    """A bundled question by its name, or one from a file."""
    known = {path.stem: path for path in data_folder("queries").glob("*.rq")}
    path = known.get(name_or_file, Path(name_or_file))
    try:
        return _read(path)
    except FileNotFoundError:
        choices = ", ".join(sorted(known))
        raise OptionError(f"{name_or_file}: neither a file nor a bundled query; known are {choices}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(name_or_file, f"cannot be read: {error}") from error


def _read(path: Path) -> Query:
    text = path.read_text(encoding="utf-8")
    comments = [line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("#")]
    title, parameters = ([*comments[:2], "", ""])[:2]
    return Query(path.stem, title, parameters.removeprefix("parameters:").strip().removeprefix("none"), text)


def run_query(query: Query | str, store: Askable, params: Mapping[str, str | Term] | None = None) -> Table:
    """The answer as a table; ASK gives one cell, CONSTRUCT three columns. Order is that of the question."""
    query = find(query) if isinstance(query, str) else query
    given = {name: _term(value) for name, value in (params or {}).items()}
    _check_names(query, frozenset(given))
    try:
        answer = store.query(query.text, substitutions={ox.Variable(name): term for name, term in given.items()})
    except SyntaxError as error:
        raise InputError(query.name, f"not SPARQL: {error}") from error
    except RuntimeError as error:
        raise OptionError(f"{query.name}: {error}") from error
    return _without(_table(answer), given)


def _check_names(query: Query, given: frozenset[str]) -> None:
    known = query.parameters or "none"
    if unknown := sorted(given - query.variables):
        raise OptionError(f"{query.name}: no parameter {', '.join(unknown)}; known: {known}")
    if missing := sorted(query.needed - given):
        raise OptionError(f"{query.name}: needs {', '.join(missing)}; known: {known}")


def _without(table: Table, given: Mapping[str, Term]) -> Table:
    """The table without the columns that only repeat what was given."""
    kept = [i for i, name in enumerate(table.columns) if name not in given]
    columns = tuple(table.columns[i] for i in kept)
    return Table(columns, tuple(tuple(row[i] for i in kept) for row in table.rows))


def _table(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Table:
    if isinstance(answer, ox.QueryBoolean):
        return Table(("answer",), ((ox.Literal(bool(answer)),),))
    if isinstance(answer, ox.QueryTriples):
        rows = sorted(((t.subject, t.predicate, t.object) for t in answer), key=str)
        return Table(("subject", "predicate", "object"), tuple(rows))
    columns = tuple(variable.value for variable in answer.variables)
    return Table(columns, tuple(tuple(row[name] for name in columns) for row in answer))


def _term(value: str | Term) -> Term:
    """A parameter as a term: an IRI (whole, in brackets or prefixed), a date, a whole number, "words"@ar, or words."""
    if not isinstance(value, str):
        return value
    prefix, _, local = value.partition(":")
    if prefix in _PREFIXES and re.fullmatch(r"[\w-]+", local):
        return ox.NamedNode(_PREFIXES[prefix] + local)
    if value.startswith(("<", "http://", "https://", "urn:")):
        return _iri(value.removeprefix("<").removesuffix(">"))
    if _DATE.match(value):
        return ox.Literal(value, datatype=ox.NamedNode(XSD + "date"))
    if _INTEGER.match(value):
        return ox.Literal(value, datatype=ox.NamedNode(XSD + "integer"))
    if tagged := _TAGGED.match(value):
        return ox.Literal(tagged[1], language=tagged[2])
    return ox.Literal(value)


def _iri(value: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(value)
    except ValueError as error:
        raise OptionError(f"{value}: not an IRI") from error


def _plain(term: Term | None) -> str:
    return "" if term is None else str(getattr(term, "value", term))


def _binding(term: Term) -> dict[str, str]:
    if isinstance(term, ox.Literal):
        extra = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
        plain = term.datatype.value == XSD + "string"
        return {"type": "literal", "value": term.value} | ({} if plain else extra)
    return {"type": "uri" if isinstance(term, ox.NamedNode) else "bnode", "value": _plain(term)}
