"""Reads an entity in Wikibase's JSON: as `wbgetentities` gives it, and as it stands in a dump.

https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg_builder.link.item import Item, Position

Json = Mapping[str, Any]
_LENGTHS = {9: 4, 10: 7, 11: 10}  # precision of a time value: year, month, day → characters of its ISO date
_FINEST = 11
_CURRENCY_CODE = "P498"
_RANKS = ("preferred", "normal")
_OF = ("P642", "P1001", "P17")  # of; applies to jurisdiction; country


def item(entity: Json) -> Item:
    """What linking needs of an entity."""
    labels, claims = entity.get("labels") or {}, entity.get("claims") or {}
    countries = [*ids(claims, "P17"), *ids(claims, "P27")]
    return Item(
        qid=entity["id"],
        label_ar=_text(labels, "ar"),
        label_en=_text(labels, "en"),
        aliases=(*_aliases(entity.get("aliases") or {}), *_best(claims, _CURRENCY_CODE)),
        classes=tuple(ids(claims, "P31")),
        country=countries[0] if countries else None,
        coordinates=_coordinates(claims),
        sitelinks=len(entity.get("sitelinks") or {}),
        positions=tuple(_positions(claims.get("P39") or ())),
        inception=_date(claims, "P571"),
        dissolution=_date(claims, "P576"),
        population=_population(claims),
        geonames=next((int(value) for value in _best(claims, "P1566")), None),
    )


def _text(labels: Json, language: str) -> str:
    return str(labels[language]["value"]) if language in labels else ""


def _aliases(aliases: Json) -> Iterator[str]:
    for language in ("ar", "en"):
        yield from (str(alias["value"]) for alias in aliases.get(language) or ())


def _best(claims: Json, property_id: str) -> list[Any]:
    """The values of the best rank, as the query service's `wdt:` has them."""
    if not (statements := claims.get(property_id)):
        return []
    for rank in _RANKS:
        found = [s["mainsnak"]["datavalue"]["value"] for s in statements if s["rank"] == rank and _known(s["mainsnak"])]
        if found:
            return found
    return []


def _known(snak: Json) -> bool:
    """Neither "no value" nor "some value"."""
    return snak.get("snaktype") == "value" and "datavalue" in snak


def _id(value: Json) -> str:
    return str(value["id"]) if "id" in value else f"Q{value['numeric-id']}"


def ids(claims: Json, property_id: str) -> list[str]:
    """The QIDs that a property gives."""
    return [_id(value) for value in _best(claims, property_id)]


def _coordinates(claims: Json) -> tuple[float, float] | None:
    return next(((float(v["latitude"]), float(v["longitude"])) for v in _best(claims, "P625")), None)


def _population(claims: Json) -> int | None:
    return max((int(float(value["amount"])) for value in _best(claims, "P1082")), default=None)


def _date(claims: Json, property_id: str) -> str | None:
    return next(filter(None, map(iso_date, _best(claims, property_id))), None)


def iso_date(value: Json) -> str | None:
    """ISO 8601 at the precision of a time value ("1991-12", "1991"); None before our era or above a year."""
    length = _LENGTHS.get(min(int(value["precision"]), _FINEST))
    stamp = str(value["time"])
    return stamp[1 : 1 + length] if length and stamp.startswith("+") else None


def _positions(statements: Any) -> Iterator[Position]:
    for statement in statements:
        if statement["rank"] != "deprecated" and _known(statement["mainsnak"]):
            qualifiers = statement.get("qualifiers") or {}
            office = _id(statement["mainsnak"]["datavalue"]["value"])
            yield Position(
                office, _of(qualifiers), _qualified_date(qualifiers, "P580"), _qualified_date(qualifiers, "P582")
            )


def _qualified(qualifiers: Json, property_id: str) -> list[Any]:
    return [snak["datavalue"]["value"] for snak in qualifiers.get(property_id) or () if _known(snak)]


def _of(qualifiers: Json) -> str | None:
    return next((_id(value) for name in _OF for value in _qualified(qualifiers, name)), None)


def _qualified_date(qualifiers: Json, property_id: str) -> str | None:
    return next(filter(None, map(iso_date, _qualified(qualifiers, property_id))), None)
