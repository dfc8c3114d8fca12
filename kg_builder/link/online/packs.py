"""Packs: the items that a question of `queries/wikidata/` names, each with what linking needs to know of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg_builder.errors import OptionError
from kg_builder.link.item import Item
from kg_builder.link.online.cache import AnswerCache
from kg_builder.link.online.classes import Classes
from kg_builder.link.online.courier import Courier, Manners, Unavailable
from kg_builder.link.online.rows import described
from kg_builder.link.online.service import Service
from kg_builder.link.online.sparql import ENTITY, QueryService, Term, bind, folder, text
from kg_builder.ontology import XSD

_NO_PACKS = frozenset({"items", "classes", "holders"})
_ITEM = re.compile(r"(?:wd:)?(Q[1-9]\d*)$")
_DATE = re.compile(r"\d{4}-\d\d-\d\d$")
_NAMED = re.compile(r"(\w+) \(([^)]*)\)")
_OPTIONAL = "unless given"


@dataclass(frozen=True, slots=True)
class Pack:
    """A question for items: its name, and from its first comment lines its title and its parameters."""

    name: str
    title: str
    parameters: str
    text: str


def packs() -> list[Pack]:
    """The bundled packs, by name."""
    return [_read(name) for name in sorted(path.stem for path in folder().glob("*.rq")) if name not in _NO_PACKS]


def _read(name: str) -> Pack:
    asked = text(name)
    title, parameters = (line.removeprefix("# ") for line in asked.splitlines()[:2])
    return Pack(name, title, parameters.removeprefix("parameters: "), asked)


def find(name: str) -> Pack:
    """A bundled pack. Raises OptionError that names the known ones."""
    known = {pack.name: pack for pack in packs()}
    if name not in known:
        raise OptionError(f"{name}: no such pack; known are {', '.join(known)}")
    return known[name]


def question(pack: Pack, given: Mapping[str, str]) -> str:
    """The pack's question with its parameters. Raises OptionError for one too many or too few, or a wrong value."""
    known = dict(_NAMED.findall(pack.parameters))
    if unknown := sorted(set(given) - set(known)):
        raise OptionError(f"{pack.name}: no parameter {', '.join(unknown)}; known: {pack.parameters}")
    if missing := [name for name, told in known.items() if name not in given and _OPTIONAL not in told]:
        raise OptionError(f"{pack.name}: needs {', '.join(missing)}; known: {pack.parameters}")
    return bind(pack.text, {name: [_term(name, value)] for name, value in given.items()})


def _term(name: str, value: str) -> Term:
    if item := _ITEM.match(value):
        return ox.NamedNode(ENTITY + item[1])
    if _DATE.match(value):
        return ox.Literal(value, datatype=ox.NamedNode(XSD + "date"))
    if value.isdecimal() and value.isascii():
        return ox.Literal(int(value))
    raise OptionError(f"--set {name}={value}: an item (Q232), a day (1990-01-01) or a whole number is wanted")


def fetch(
    pack: Pack, given: Mapping[str, str], service: Service, roots: Sequence[str] = (), manners: Manners | None = None
) -> Iterator[Item]:
    """The items of a pack by number, also of those of the classes `roots` that are above their own.

    Raises Unavailable where the query service does not answer.
    """
    asked = question(pack, given)
    courier = Courier(AnswerCache(service.cache), manners or Manners(timeout=70.0))
    source = QueryService(service.sparql, service.agent, courier)
    classes = Classes(source, roots)
    yield from map(classes.widened, described(source, (row["item"] for row in source.select(asked))))
    if classes.failures:
        raise Unavailable(service.sparql, f"did not say of what kind {classes.failures} classes are")
