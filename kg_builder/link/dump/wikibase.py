"""Entities of the JSON dump: an array with one entity a line (`[`, `{…},`, `]`)."""

from __future__ import annotations

from typing import Any, TypedDict, cast

import msgspec

from kg_builder.link.index import Writer
from kg_builder.link.online.entity import Json, ids, item

_HAS_ARABIC = b'"ar":'
_IS_CLASS = b'"P279":'


class _Qualifiers(TypedDict, total=False):
    P580: list[Any]
    P582: list[Any]
    P642: list[Any]
    P1001: list[Any]
    P17: list[Any]


class _Statement(TypedDict, total=False):
    mainsnak: dict[str, Any]
    rank: str
    qualifiers: _Qualifiers | list[Any]


class _Claims(TypedDict, total=False):
    P17: list[_Statement]
    P27: list[_Statement]
    P31: list[_Statement]
    P39: list[_Statement]
    P279: list[_Statement]
    P498: list[_Statement]
    P571: list[_Statement]
    P576: list[_Statement]
    P625: list[_Statement]
    P1082: list[_Statement]
    P1566: list[_Statement]


class _Labels(TypedDict, total=False):
    ar: dict[str, Any]
    en: dict[str, Any]


class _Aliases(TypedDict, total=False):
    ar: list[Any]
    en: list[Any]


class _Entity(TypedDict, total=False):
    """What is read of an entity; msgspec passes over everything else. Wikibase writes an empty object as `[]`."""

    id: str
    labels: _Labels | list[Any]
    aliases: _Aliases | list[Any]
    claims: _Claims | list[Any]
    sitelinks: dict[str, msgspec.Raw] | list[Any]


_decode = msgspec.json.Decoder(_Entity).decode


class Wikibase:
    """Tells a writer of the entities of the JSON dump that have an Arabic name, and of what is a subclass of what."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def __call__(self, line: bytes) -> None:
        """Reads a line. Raises ValueError, TypeError or KeyError where no entity stands in it."""
        is_named, is_class = _HAS_ARABIC in line, _IS_CLASS in line
        if not (is_named or is_class):
            _check(line)
            return
        entity = _decode(line.strip().rstrip(b","))
        if not entity["id"].startswith("Q"):
            return
        if is_class:
            self._writer.subclass(entity["id"], ids(cast(Json, entity.get("claims") or {}), "P279"))
        if is_named and ("ar" in (entity.get("labels") or ()) or "ar" in (entity.get("aliases") or ())):
            self._writer.add(item(entity))

    @property
    def held(self) -> int:
        """How many of the last lines have not been told yet."""
        return 0

    def close(self) -> None:
        """Nothing is held back."""


def _check(line: bytes) -> None:
    """A line that is passed over must at least look whole."""
    text = line.strip()
    if text not in (b"[", b"]", b"") and not (text.startswith(b"{") and text.rstrip(b",").endswith(b"}")):
        raise ValueError("no entity of the JSON dump")


def is_one(line: bytes) -> bool:
    """Whether a first line is that of a JSON dump."""
    return line.strip() == b"[" or (line.startswith(b"{") and b'"qid"' not in line[:200])
