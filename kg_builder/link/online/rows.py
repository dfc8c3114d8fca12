"""Items out of the rows of `queries/wikidata/items.rq`: one row tells one thing of one item."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg_builder.link.item import Item, Position
from kg_builder.link.online.entity import iso_date
from kg_builder.link.online.sparql import QueryService, Row, bind, nodes, text

_POINT = re.compile(r"Point\((-?[\d.]+) (-?[\d.]+)\)$", re.IGNORECASE)  # longitude first; on Earth no globe is named
_BATCH = 100  # items whose details are asked for at once
_QID = re.compile(r"Q[1-9]\d*$")
Told = dict[str, list[Row]]


def described(source: QueryService, iris: Iterable[str]) -> Iterator[Item]:
    """The items of IRIs, by number, as the query service knows them; what is no item is left out."""
    qids = sorted({qid for qid in map(_local, iris) if _QID.match(qid)}, key=_number)
    for start in range(0, len(qids), _BATCH):
        batch = {"item": nodes(qids[start : start + _BATCH])}
        yield from items(source.select(bind(text("items"), batch)))


def items(rows: Iterable[Row]) -> list[Item]:
    """The items by number. The order of the rows means nothing: of several values the first in order is taken."""
    by_item: dict[str, Told] = defaultdict(lambda: defaultdict(list))
    for row in sorted(rows, key=lambda row: sorted(row.items())):
        by_item[_local(row["item"])][row["key"]].append(row)
    return [_item(qid, by_item[qid]) for qid in sorted(by_item, key=_number)]


def _item(qid: str, told: Told) -> Item:
    labels = {row["language"]: row["value"] for row in told["label"]}
    aliases = sorted((row.get("language", "zxx"), row["value"]) for row in told["alias"])
    countries = [*_ids(told["country"]), *_ids(told["citizenship"])]
    return Item(
        qid=qid,
        label_ar=labels.get("ar", ""),
        label_en=labels.get("en", ""),
        aliases=tuple(dict.fromkeys(name for _, name in aliases)),
        classes=tuple(_ids(told["class"])),
        country=countries[0] if countries else None,
        coordinates=_coordinates(told["coordinates"]),
        sitelinks=max(map(_whole, told["sitelinks"]), default=0),
        positions=tuple(dict.fromkeys(map(_position, told["position"]))),
        inception=_date(told["inception"]),
        dissolution=_date(told["dissolution"]),
        population=max(map(_whole, told["population"]), default=None),
        geonames=min(map(_whole, told["geonames"]), default=None),
    )


def _local(iri: str) -> str:
    return iri.rpartition("/")[2]


def _number(qid: str) -> int:
    return int(qid[1:])


def _ids(rows: list[Row]) -> list[str]:
    """A value may also be unknown, a node without a number."""
    found = {_local(row["value"]) for row in rows}
    return sorted(filter(_QID.match, found), key=_number)


def _whole(row: Row) -> int:
    return int(float(row["value"]))


def _coordinates(rows: list[Row]) -> tuple[float, float] | None:
    points = (_POINT.match(row["value"]) for row in rows)
    return next(((float(point[2]), float(point[1])) for point in points if point), None)


def _date(rows: list[Row]) -> str | None:
    return next(filter(None, (_iso(row, "value", "precision") for row in rows)), None)


def _iso(row: Row, value: str, precision: str) -> str | None:
    if value not in row or precision not in row:
        return None
    return iso_date(row[value] if row[value].startswith("-") else f"+{row[value]}", int(row[precision]))


def _position(row: Row) -> Position:
    of = _local(row["of"]) if "of" in row else None
    begin, end = _iso(row, "begin", "beginPrecision"), _iso(row, "end", "endPrecision")
    return Position(_local(row["value"]), of, begin, end)
