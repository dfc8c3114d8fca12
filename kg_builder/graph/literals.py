"""Literals of the contract: texts, counts, amounts, and times at the precision that is known."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

import pyoxigraph as ox

from kg_builder.graph.iri import decimal_text
from kg_builder.graph.vocab import DECIMAL, INTEGER
from kg_builder.ontology import XSD

# datatype, shape, and the parts around the lexical form that make it a whole day
_SHAPES = (
    ("gYear", re.compile(r"\d{4}$"), "", "-01-01"),
    ("gYearMonth", re.compile(r"\d{4}-\d\d$"), "", "-01"),
    ("date", re.compile(r"\d{4}-\d\d-\d\d$"), "", ""),
    ("gMonthDay", re.compile(r"--\d\d-\d\d$"), "2000", ""),
)
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?$")
TRUE = ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean"))


def text(words: str) -> ox.Literal:
    """The words of the text, tagged as Arabic."""
    return ox.Literal(words, language="ar")


def token(word: str) -> ox.Literal:
    """A plain string: a token of the contract, an identifier."""
    return ox.Literal(word)


def integer(number: int) -> ox.Literal:
    """An xsd:integer: a count, or an offset (stores turn NIF's xsd:nonNegativeInteger into it)."""
    return ox.Literal(str(number), datatype=INTEGER)


def decimal(number: Decimal | float) -> ox.Literal:
    """An xsd:decimal in its canonical form."""
    exact = number if isinstance(number, Decimal) else Decimal(repr(number))
    return ox.Literal(decimal_text(exact), datatype=DECIMAL)


def words_or_number(value: str) -> ox.Literal:
    """A filler given as words: a number in digits is a decimal, all else a text."""
    return decimal(Decimal(value)) if _NUMBER.match(value) else text(value)


def time(moment: str) -> ox.Literal | None:
    """A time in ISO 8601 with the datatype of its precision; None when no such day exists."""
    for name, shape, before, after in _SHAPES:
        if shape.match(moment):
            day = before + (moment[1:] if before else moment) + after
            return _typed(moment, name) if _is_day(day) else None
    return _date_time(moment)


def _date_time(moment: str) -> ox.Literal | None:
    if not _DATE_TIME.match(moment):
        return None
    try:
        parsed = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return _typed(parsed.isoformat(timespec="seconds").replace("+00:00", "Z"), "dateTime")


def _typed(lexical: str, name: str) -> ox.Literal:
    return ox.Literal(lexical, datatype=ox.NamedNode(XSD + name))


def _is_day(iso: str) -> bool:
    try:
        date.fromisoformat(iso)
    except ValueError:
        return False
    return True
