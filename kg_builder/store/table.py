"""What a question answers, as a table of terms, and its forms for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg_builder.errors import OptionError
from kg_builder.ontology import XSD
from kg_builder.store.protocol import Term
from kg_builder.store.turtle import TurtleWriter


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of terms under variable names; None where a row has no value. `form` is select, ask or construct."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    form: str = "select"

    def values(self) -> list[tuple[str, ...]]:
        """The rows as plain text, "" where there is no value."""
        return [tuple(_plain(term) for term in row) for row in self.rows]

    def csv(self) -> str:
        """SPARQL 1.1 results as CSV."""
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows([self.columns, *self.values()])
        return out.getvalue()

    def tsv(self) -> str:
        """Plain values between tabs, white space inside a value as one space."""
        rows = [[" ".join(value.split()) for value in row] for row in self.values()]
        return "".join("\t".join(row) + "\n" for row in [list(self.columns), *rows])

    def json(self) -> str:
        """SPARQL 1.1 results as JSON; the triples of a CONSTRUCT as rows."""
        if self.form == "ask":
            return json.dumps({"head": {}, "boolean": _plain(self.rows[0][0]) == "true"}) + "\n"
        bindings = [
            {name: _binding(term) for name, term in zip(self.columns, row, strict=True) if term is not None}
            for row in self.rows
        ]
        return (
            json.dumps({"head": {"vars": self.columns}, "results": {"bindings": bindings}}, ensure_ascii=False) + "\n"
        )

    def turtle(self, prefixes: Mapping[str, str]) -> str:
        """The graph of a CONSTRUCT as Turtle; an OptionError for other questions, which give no graph."""
        if self.form != "construct":
            raise OptionError(f"ttl: {self.form.upper()} gives no graph; known here are table csv tsv json")
        writer = TurtleWriter(prefixes, "")
        return writer.head() + "".join(writer.graph(ox.Triple(*row) for row in self.rows))  # type: ignore[arg-type]


def _plain(term: Term | None) -> str:
    return "" if term is None else str(getattr(term, "value", term))


def _binding(term: Term) -> dict[str, str]:
    if isinstance(term, ox.Literal):
        extra = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
        plain = term.datatype.value == XSD + "string"
        return {"type": "literal", "value": term.value} | ({} if plain else extra)
    return {"type": "uri" if isinstance(term, ox.NamedNode) else "bnode", "value": _plain(term)}
