"""Binds variables of a query to terms: for servers, which take no parameters beside the query.

The query is read token by token, so that a name inside a string, an IRI or a comment is left alone, and a term is
always written whole with its own escapes: nothing that a parameter holds can end it and begin something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

from kg_builder.errors import OptionError
from kg_builder.store.protocol import Term

_TOKEN = re.compile(
    r"""(?P<skip>\#[^\n]*|(?:[A-Za-z][\w.-]*)?:[\w.:%-]*|<[^\x00-\x20<>"{}|^`\\]*>
        |\"{3}(?:(?:"|"")?(?:[^"\\]|\\.))*\"{3}|'{3}(?:(?:'|'')?(?:[^'\\]|\\.))*'{3}
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
      |\bSTR\s*\(\s*[?$](?P<spelled>\w+)\s*\)|[?$](?P<variable>\w+)|(?P<word>[A-Za-z]+)|(?P<sign>[(){}])""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_HEAD, _BODY, _MODIFIER = "head", "body", "modifier"
_MOVES = {"SELECT": _HEAD, "WHERE": _BODY, "FROM": _BODY, "GROUP": _MODIFIER, "ORDER": _MODIFIER}
_MOVES |= {"HAVING": _BODY, "LIMIT": _BODY, "OFFSET": _BODY, "VALUES": _BODY}


def bind(query: str, given: Mapping[ox.Variable, Term]) -> str:
    """The query with each variable in `given` replaced by its term; a projected one still is a column.

    Raises OptionError for a blank node, which names nothing outside its own graph.
    """
    terms = {variable.value: _checked(term) for variable, term in given.items()}
    return _Binder(terms).run(query) if terms else query


def _checked(term: Term) -> ox.NamedNode | ox.Literal:
    if not isinstance(term, ox.NamedNode | ox.Literal):
        raise OptionError(f"{term}: a blank node cannot be asked for")
    return term


class _Binder:
    """Where in the query we are: in the head of a SELECT, behind GROUP BY or ORDER BY, or in a pattern."""

    def __init__(self, terms: Mapping[str, ox.NamedNode | ox.Literal]) -> None:
        self._terms = terms
        self._depth = 0
        self._braces = 0
        self._where = _BODY

    def run(self, query: str) -> str:
        return _TOKEN.sub(self._token, query)

    def _token(self, found: re.Match[str]) -> str:
        if (name := found["variable"]) in self._terms:
            return self._placed(name)
        if (name := found["spelled"]) in self._terms:
            return str(ox.Literal(self._terms[name].value))  # Virtuoso spoils Arabic in STR of a constant
        if found["sign"]:
            self._sign(found["sign"])
        elif found["word"] and not self._depth:
            self._where = _MOVES.get(found["word"].upper(), self._where)
        return found[0]

    def _sign(self, sign: str) -> None:
        if sign in "{}":
            self._where, self._depth = _BODY, 0
            self._braces += 1 if sign == "{" else -1
        else:
            self._depth = max(0, self._depth + (1 if sign == "(" else -1))

    def _placed(self, name: str) -> str:
        """In a head or a modifier, outside brackets, the grammar wants brackets around what is no variable."""
        term = str(self._terms[name])
        if self._depth or self._where == _BODY:
            return term
        if self._where == _MODIFIER:
            return f"({term})"
        # a column of a subquery must not bear the name that the query outside gives to the term
        return f"({term} AS ?{name})" if not self._braces else f"({term} AS ?{name}_{self._braces})"
