"""What single values are: kinds of nodes, lexical forms of datatypes, order. Source: SHACL 1.0, XML Schema part 2."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pyoxigraph as ox

from kg_builder.ontology import XSD, Term

_ZONE = r"(Z|[+-]\d\d:\d\d)?"
_FORMS_BY_NAME = {
    "integer": re.compile(r"[+-]?\d+"),
    "nonNegativeInteger": re.compile(r"\+?\d+|-0+"),
    "decimal": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    "boolean": re.compile(r"true|false|0|1"),
    "date": re.compile(r"-?\d{4,}-\d\d-\d\d" + _ZONE),
    "dateTime": re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?" + _ZONE),
    "gYear": re.compile(r"-?\d{4,}" + _ZONE),
    "gYearMonth": re.compile(r"-?\d{4,}-(0[1-9]|1[0-2])" + _ZONE),
    "gMonthDay": re.compile(r"--\d\d-\d\d" + _ZONE),
}
_NUMBERS = {XSD + name for name in ("integer", "nonNegativeInteger", "decimal", "double", "float", "int", "long")}


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


_CALENDAR: dict[str, Callable[[str], bool]] = {
    "date": _is_day,
    "dateTime": _is_moment,
    "gMonthDay": lambda text: _is_day("2000" + text[1:]),
}


_FORMS = {ox.NamedNode(XSD + name): (form, _CALENDAR.get(name)) for name, form in _FORMS_BY_NAME.items()}


def is_well_formed(literal: ox.Literal) -> bool:
    """Whether the lexical form is one of the datatype's; datatypes that are not known here pass."""
    form, on_calendar = _FORMS.get(literal.datatype, (None, None))
    if form is None:
        return True
    return form.fullmatch(literal.value) is not None and (on_calendar is None or on_calendar(literal.value))


def has_datatype(term: Term, datatype: Term) -> bool:
    """Whether the term is a well-formed literal of exactly this datatype."""
    return isinstance(term, ox.Literal) and term.datatype == datatype and is_well_formed(term)


def has_language(term: Term, ranges: list[str]) -> bool:
    """Whether the term's language tag is in one of the ranges (`ar` takes in `ar-EG`)."""
    if not isinstance(term, ox.Literal) or not term.language:
        return False
    tag = term.language.lower()
    return any(tag == r or tag.startswith(r + "-") for r in (text.lower() for text in ranges))


def text_of(term: Term) -> str | None:
    """The characters of a literal or an IRI; None for a blank node."""
    return term.value if isinstance(term, ox.Literal | ox.NamedNode) else None


def compare(left: Term, right: Term) -> int | None:
    """-1, 0 or 1 as left is less than, equal to or greater than right; None where they cannot be compared."""
    if not isinstance(left, ox.Literal) or not isinstance(right, ox.Literal):
        return None
    if not (is_well_formed(left) and is_well_formed(right)):
        return None
    if {left.datatype.value, right.datatype.value} <= _NUMBERS:
        a, b = Decimal(left.value), Decimal(right.value)
        return (a > b) - (a < b)
    if left.datatype != right.datatype or left.language != right.language:
        return None
    return (left.value > right.value) - (left.value < right.value)
