"""Asks a store: a saved question or a SPARQL file, with parameters bound as terms and never pasted into the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

import pyoxigraph as ox

from kg_builder.errors import InputError, OptionError, OutputError
from kg_builder.ontology import NEV, XSD
from kg_builder.store.protocol import Answer, Askable, Term
from kg_builder.store.question import Parameter, Query, find
from kg_builder.store.table import Table

_PREFIXES = {"nev": NEV, "schema": "https://schema.org/", "wd": "http://www.wikidata.org/entity/", "xsd": XSD}
MOST_ITEMS = 2000
"""Linked items that one question asks a service about."""
SKOS = "http://www.w3.org/2004/02/skos/core#"
_ITEMS = f"""SELECT DISTINCT ?item WHERE {{
    ?entity <{SKOS}exactMatch> ?item . FILTER(STRSTARTS(STR(?item), "{_PREFIXES["wd"]}"))
}} LIMIT {MOST_ITEMS}"""
NARROW = "# the service is asked about linked items alone\n"
_SERVICE = re.compile(re.escape(NARROW) + r"\s*SERVICE [^\s{]+ \{")
_INTEGER = re.compile(r"[+-]?\d+$")
_TAGGED = re.compile(r'"(.*)"@([A-Za-z-]+)$', re.DOTALL)


def run_query(query: Query | str, store: Askable, params: Mapping[str, str | Term] | None = None) -> Table:
    """The answer as a table; ASK gives one cell, CONSTRUCT three columns. Order is that of the question.

    Raises OptionError for a parameter that is missing, unknown or of another kind, InputError for what is no SPARQL,
    OutputError where a service that the question asks does not answer.
    """
    query = find(query) if isinstance(query, str) else query
    given = bind(query, params or {})
    try:
        bound = {ox.Variable(name): term for name, term in given.items()}
        answer = store.query(_narrowed(query.text, store), substitutions=bound)
        return _without(_table(answer), given)
    except SyntaxError as error:
        raise InputError(query.name, f"not SPARQL: {str(error).partition(', [')[0]}") from error
    except RuntimeError as error:
        raise OptionError(f"{query.name}: {error}") from error
    except OSError as error:
        raise OutputError(f"{query.name}: a service does not answer: {error}") from error


def _narrowed(text: str, store: Askable) -> str:
    """The text, its SERVICE told which items the graph links to, if it says that no others matter: a service is not
    told what is known here, and one as big as Wikidata cannot answer for all of its items.
    """
    if NARROW not in text:
        return text
    answer = store.query(_ITEMS)
    assert isinstance(answer, ox.QuerySolutions)
    items = " ".join(sorted(str(row["item"]) for row in answer if isinstance(row["item"], ox.NamedNode)))
    return _SERVICE.sub(lambda found: f"{found[0]} VALUES ?item {{ {items} }}", text)


def bind(query: Query, params: Mapping[str, str | Term]) -> dict[str, Term]:
    """The parameters as terms, with the defaults of those that are not given. Raises OptionError as `run_query`."""
    _check_names(query, frozenset(params))
    asked = {p.name: p for p in query.asks}
    given = {**query.defaults, **params}
    return {name: _bound(query.name, asked.get(name, Parameter(name, "", "")), value) for name, value in given.items()}


def _check_names(query: Query, given: frozenset[str]) -> None:
    known = query.usage or "none"
    if unknown := sorted(given - query.variables):
        raise OptionError(f"{query.name}: no parameter {', '.join(unknown)}; known: {known}")
    if missing := sorted(query.needed - given):
        raise OptionError(f"{query.name}: needs {', '.join(missing)}; known: {known}")


def _bound(query: str, asked: Parameter, value: str | Term) -> Term:
    if not isinstance(value, str):
        return value
    term = _term(value)
    if asked.kind == "text":
        return ox.Literal(value)
    if asked.kind and _kind(term) != asked.kind:
        raise OptionError(f"{query}: {asked.name}={value}: not {_A[asked.kind]}; {asked.name} is {asked.meaning}")
    return term


_A = {"iri": "an IRI", "day": "a day", "number": "a whole number"}


def _kind(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return "iri"
    datatype = term.datatype.value.removeprefix(XSD) if isinstance(term, ox.Literal) else ""
    return {"date": "day", "integer": "number"}.get(datatype, "text")


def _term(value: str) -> Term:
    """A parameter as a term: an IRI (whole, in brackets or prefixed), a day, a whole number, "words"@ar, or words."""
    prefix, _, local = value.partition(":")
    if prefix in _PREFIXES and re.fullmatch(r"[\w-]+", local):
        return ox.NamedNode(_PREFIXES[prefix] + local)
    if value.startswith(("<", "http://", "https://", "urn:")):
        return _iri(value.removeprefix("<").removesuffix(">"))
    if _is_day(value):
        return ox.Literal(value, datatype=ox.NamedNode(XSD + "date"))
    if _INTEGER.match(value):
        return ox.Literal(value, datatype=ox.NamedNode(XSD + "integer"))
    if tagged := _TAGGED.match(value):
        return ox.Literal(tagged[1], language=tagged[2])
    return ox.Literal(value)


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _iri(value: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(value)
    except ValueError as error:
        raise OptionError(f"{value}: not an IRI") from error


def _without(table: Table, given: Iterable[str]) -> Table:
    """The table without the columns that only repeat what was given."""
    kept = [i for i, name in enumerate(table.columns) if name not in given]
    columns = tuple(table.columns[i] for i in kept)
    return Table(columns, tuple(tuple(row[i] for i in kept) for row in table.rows), table.form)


def _table(answer: Answer) -> Table:
    if isinstance(answer, ox.QueryBoolean):
        return Table(("answer",), ((ox.Literal(bool(answer)),),), "ask")
    if isinstance(answer, ox.QueryTriples):
        rows = sorted(((t.subject, t.predicate, t.object) for t in answer), key=str)
        return Table(("subject", "predicate", "object"), tuple(rows), "construct")
    columns = tuple(variable.value for variable in answer.variables)
    return Table(columns, tuple(tuple(row[name] for name in columns) for row in answer))
