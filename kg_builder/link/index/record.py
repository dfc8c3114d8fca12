"""An item as bytes: what the index keeps of it, as compact MessagePack."""

from __future__ import annotations

import msgspec

from kg_builder.link.item import Item, Position

_MOST_CLASSES, _MOST_POSITIONS, _MOST_ALIASES = 6, 24, 24
_DEGREE = 10_000


class _Rest(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What most items lack, under keys of one letter."""

    at: tuple[int, int] | None = msgspec.field(default=None, name="c")
    positions: tuple[tuple[int, int, str, str], ...] = msgspec.field(default=(), name="p")
    inception: str = msgspec.field(default="", name="i")
    dissolution: str = msgspec.field(default="", name="d")
    population: int = msgspec.field(default=-1, name="n")
    geonames: int = msgspec.field(default=0, name="g")


class Stored(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A record's fields as they are stored: numbers for QIDs."""

    qid: int
    ar: str
    en: str
    aliases: tuple[str, ...]
    classes: tuple[int, ...]
    country: int
    sitelinks: int
    rest: _Rest


_encode = msgspec.msgpack.Encoder().encode
read = msgspec.msgpack.Decoder(Stored).decode
"""The fields of a record."""


def number(qid: str) -> int:
    """The number of a QID, 0 for none. Raises ValueError for what is no QID."""
    if not qid:
        return 0
    if qid[0] != "Q":
        raise ValueError(f"{qid} is no QID")
    return int(qid[1:])


def encode(item: Item) -> bytes:
    """The record of an item."""
    rest = _Rest(
        _degrees(item.coordinates),
        tuple([_numbers(position) for position in item.positions[:_MOST_POSITIONS]]) if item.positions else (),
        item.inception or "",
        item.dissolution or "",
        -1 if item.population is None else item.population,
        item.geonames or 0,
    )
    classes = tuple([number(qid) for qid in item.classes[:_MOST_CLASSES]])
    aliases = item.aliases[:_MOST_ALIASES]
    country = number(item.country or "")
    return _encode(
        Stored(number(item.qid), item.label_ar, item.label_en, aliases, classes, country, item.sitelinks, rest)
    )


def _numbers(held: Position) -> tuple[int, int, str, str]:
    return number(held.office), number(held.of or ""), held.begin or "", held.end or ""


def _degrees(at: tuple[float, float] | None) -> tuple[int, int] | None:
    return (round(at[0] * _DEGREE), round(at[1] * _DEGREE)) if at else None


def decode(data: bytes | memoryview) -> Item:
    """The item of a record."""
    stored = read(data)
    rest = stored.rest
    return Item(
        f"Q{stored.qid}",
        stored.ar,
        stored.en,
        stored.aliases,
        tuple([f"Q{n}" for n in stored.classes]),
        f"Q{stored.country}" if stored.country else None,
        (rest.at[0] / _DEGREE, rest.at[1] / _DEGREE) if rest.at else None,
        stored.sitelinks,
        tuple([_position(*p) for p in rest.positions]) if rest.positions else (),
        rest.inception or None,
        rest.dissolution or None,
        None if rest.population < 0 else rest.population,
        rest.geonames or None,
    )


def _position(office: int, of: int, begin: str, end: str) -> Position:
    return Position(f"Q{office}", f"Q{of}" if of else None, begin or None, end or None)
