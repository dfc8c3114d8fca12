"""Reads an entity in Wikibase's JSON: as `wbgetentities` gives it, and as it stands in a dump.

https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct, field

from kg_builder.link.item import Item, Position

T = TypeVar("T")
_LENGTHS = {9: 4, 10: 7, 11: 10}  # precision of a time value: year, month, day → characters of its ISO date
_FINEST = 11


class _Id(Struct, gc=False):
    id: str = ""
    number: int = field(default=0, name="numeric-id")


class _Time(Struct, gc=False):
    time: str
    precision: int


class _Quantity(Struct, gc=False):
    amount: str


class _Globe(Struct, gc=False):
    latitude: float
    longitude: float


class _Datavalue(Struct, Generic[T], gc=False):
    value: T


class _Snak(Struct, Generic[T], gc=False):
    """Neither "no value" nor "some value" has a datavalue."""

    snaktype: str
    datavalue: _Datavalue[T] | None = None


class _Qualifiers(Struct, gc=False):
    begin: list[_Snak[_Time]] = field(default_factory=list, name="P580")
    end: list[_Snak[_Time]] = field(default_factory=list, name="P582")
    of: list[_Snak[_Id]] = field(default_factory=list, name="P642")
    jurisdiction: list[_Snak[_Id]] = field(default_factory=list, name="P1001")
    country: list[_Snak[_Id]] = field(default_factory=list, name="P17")


class _Statement(Struct, Generic[T], gc=False):
    mainsnak: _Snak[T]
    rank: str


class _Held(Struct, gc=False):
    mainsnak: _Snak[_Id]
    rank: str
    qualifiers: _Qualifiers | list[Any] = field(default_factory=list)


class _Claims(Struct, gc=False):
    country: list[_Statement[_Id]] = field(default_factory=list, name="P17")
    citizenship: list[_Statement[_Id]] = field(default_factory=list, name="P27")
    classes: list[_Statement[_Id]] = field(default_factory=list, name="P31")
    positions: list[_Held] = field(default_factory=list, name="P39")
    above: list[_Statement[_Id]] = field(default_factory=list, name="P279")
    currency_code: list[_Statement[str]] = field(default_factory=list, name="P498")
    inception: list[_Statement[_Time]] = field(default_factory=list, name="P571")
    dissolution: list[_Statement[_Time]] = field(default_factory=list, name="P576")
    coordinates: list[_Statement[_Globe]] = field(default_factory=list, name="P625")
    population: list[_Statement[_Quantity]] = field(default_factory=list, name="P1082")
    geonames: list[_Statement[str]] = field(default_factory=list, name="P1566")


class _Name(Struct, gc=False):
    value: str


class _Labels(Struct, gc=False):
    ar: _Name | None = None
    en: _Name | None = None


class _Aliases(Struct, gc=False):
    ar: list[_Name] = field(default_factory=list)
    en: list[_Name] = field(default_factory=list)


class _Page(Struct, gc=False):
    """Only counted."""


class Entity(Struct, gc=False):
    """What is read of an entity; everything else is passed over. Wikibase writes an empty object as `[]`."""

    id: str
    labels: _Labels | list[Any] = field(default_factory=list)
    aliases: _Aliases | list[Any] = field(default_factory=list)
    claims: _Claims | list[Any] = field(default_factory=list)
    sitelinks: dict[str, _Page] | list[Any] = field(default_factory=list)


_NO_LABELS, _NO_ALIASES, _NO_CLAIMS, _UNQUALIFIED = _Labels(), _Aliases(), _Claims(), _Qualifiers()
parse = msgspec.json.Decoder(Entity).decode
"""The entity of a JSON text. Raises ValueError where it is none."""


def entity(told: Mapping[str, Any]) -> Entity:
    """The entity of a JSON object. Raises ValueError where it is none."""
    return msgspec.convert(told, Entity)


def item(entity: Entity) -> Item:
    """What linking needs of an entity."""
    labels = entity.labels if isinstance(entity.labels, _Labels) else _NO_LABELS
    claims = entity.claims if isinstance(entity.claims, _Claims) else _NO_CLAIMS
    countries = _ids(claims.country) or _ids(claims.citizenship)
    return Item(
        entity.id,
        labels.ar.value if labels.ar else "",
        labels.en.value if labels.en else "",
        (*_aliases(entity), *_best(claims.currency_code)),
        tuple(_ids(claims.classes)),
        countries[0] if countries else None,
        _place(claims.coordinates),
        len(entity.sitelinks),
        tuple(_positions(claims.positions)) if claims.positions else (),
        _date(_best(claims.inception)) if claims.inception else None,
        _date(_best(claims.dissolution)) if claims.dissolution else None,
        max([int(float(found.amount)) for found in _best(claims.population)], default=None),
        int(found[0]) if (found := _best(claims.geonames)) else None,
    )


def has_arabic_name(entity: Entity) -> bool:
    """Whether it has a name in Arabic."""
    labels, aliases = entity.labels, entity.aliases
    return (isinstance(labels, _Labels) and labels.ar is not None) or (
        isinstance(aliases, _Aliases) and bool(aliases.ar)
    )


def classes_above(entity: Entity) -> list[str]:
    """The QIDs of what it is a subclass of."""
    claims = entity.claims
    return _ids(claims.above) if isinstance(claims, _Claims) and claims.above else []


def _aliases(entity: Entity) -> list[str]:
    found = entity.aliases if isinstance(entity.aliases, _Aliases) else _NO_ALIASES
    return [alias.value for alias in (*found.ar, *found.en)]


def _best(statements: Sequence[_Statement[T]]) -> list[T]:
    """The values of the best rank, as the query service's `wdt:` has them."""
    if not statements:
        return []
    preferred, normal = list[T](), list[T]()
    for statement in statements:
        if (known := statement.mainsnak.datavalue) is not None:
            if statement.rank == "normal":
                normal.append(known.value)
            elif statement.rank == "preferred":
                preferred.append(known.value)
    return preferred or normal


def _qid(value: _Id) -> str:
    return value.id or f"Q{value.number}"


def _ids(statements: Sequence[_Statement[_Id]]) -> list[str]:
    return [_qid(value) for value in _best(statements)]


def _place(statements: Sequence[_Statement[_Globe]]) -> tuple[float, float] | None:
    return (found[0].latitude, found[0].longitude) if (found := _best(statements)) else None


def _date(values: Sequence[_Time]) -> str | None:
    return next(filter(None, [iso_date(value.time, value.precision) for value in values]), None)


def iso_date(time: str, precision: int) -> str | None:
    """ISO 8601 at the precision of a time value ("1991-12", "1991"); None before our era or above a year."""
    length = _LENGTHS.get(min(precision, _FINEST))
    return time[1 : 1 + length] if length and time.startswith("+") else None


def _positions(statements: Sequence[_Held]) -> Iterator[Position]:
    for statement in statements:
        if statement.rank != "deprecated" and (office := statement.mainsnak.datavalue):
            told = statement.qualifiers if isinstance(statement.qualifiers, _Qualifiers) else _UNQUALIFIED
            of = next(map(_qid, _known((*told.of, *told.jurisdiction, *told.country))), None)
            yield Position(_qid(office.value), of, _date(_known(told.begin)), _date(_known(told.end)))


def _known(snaks: Sequence[_Snak[T]]) -> list[T]:
    return [snak.datavalue.value for snak in snaks if snak.datavalue]
