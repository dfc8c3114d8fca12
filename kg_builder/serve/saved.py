"""A question that the page offers. Whoever starts the server hands them over: this room knows no files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter: its name, what it means, what it is when left out."""

    name: str
    meaning: str
    default: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """A question with its titles, its SPARQL, and `bind`, which makes terms of what a person wrote.

    `bind` raises KgBuilderError, with one line for that person, for what is missing or of another kind.
    """

    name: str
    title: str
    title_ar: str
    text: str
    fields: tuple[Field, ...]
    bind: Callable[[Mapping[str, str]], dict[str, Term]]
