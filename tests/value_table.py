"""Rows of tables that say which values a text holds, and the finder that must find them.

The reference is Wednesday 5 January 2022 unless a row says otherwise.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from kg_builder import ontology
from kg_builder.annotate.tokens import tokenise
from kg_builder.annotate.values import Finder, load

REFERENCE = "2022-01-05"


@cache
def finder() -> Finder:
    return load(ontology.load())


def found(text: str, reference: str | None = REFERENCE, prefer: str = "past", country: str | None = None) -> list[Any]:
    mentions = finder()(tokenise(text).raws, reference, prefer, country, text)
    return [(m.kind, text[m.span.start : m.span.end], dict(m.value)) for m in mentions]


def day(date: str) -> dict[str, str]:
    return {"begin": date, "end": date, "grain": "day"}


class Case(NamedTuple):
    """A text and the mentions it must give; an empty list for words that only look like values."""

    text: str
    mentions: list[tuple[str, str, dict[str, Any]]]


def one(text: str, kind: str, words: str, **value: Any) -> Case:
    """A text with a single mention; `from_` stands for the key `from`."""
    return Case(text, [(kind, words, {k.rstrip("_"): v for k, v in value.items()})])


def at(text: str, words: str, begin: str | None, end: str | None, grain: str = "day", **more: str) -> Case:
    """A text with a single time."""
    ends = {k: v for k, v in (("begin", begin), ("end", end)) if v}
    return Case(text, [("time", words, ends | {"grain": grain} | more)])
