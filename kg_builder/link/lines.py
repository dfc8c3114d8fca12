"""Items as JSON lines: what `wikidata pack` writes and `wikidata index` reads.

One object a line, its keys the fields of `Item`; a field that holds nothing is left out. `coordinates` are
[latitude, longitude], `positions` objects with the fields of `Position`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from typing import Any

from kg_builder.errors import InputError
from kg_builder.link.item import Item, Position

_FIELDS = frozenset(field.name for field in fields(Item))


def dump(item: Item) -> str:
    """The line of an item, without the line end."""
    told = {name: value for name, value in asdict(item).items() if value not in ("", 0, None, ())}
    if item.positions:
        told["positions"] = [{k: v for k, v in asdict(p).items() if v} for p in item.positions]
    return json.dumps(told, ensure_ascii=False)


def parse(line: str) -> Item:
    """The item of a line. Raises ValueError, TypeError or KeyError where it is none."""
    told: dict[str, Any] = json.loads(line)
    if unknown := sorted(set(told) - _FIELDS):
        raise ValueError(f"unknown key {', '.join(unknown)}; known are {', '.join(sorted(_FIELDS))}")
    for name in ("aliases", "classes", "coordinates"):
        if name in told:
            told[name] = tuple(told[name])
    told["positions"] = tuple(Position(**position) for position in told.get("positions", ()))
    return Item(**told)


def read(lines: Iterable[str], place: str) -> Iterator[Item]:
    """The items of a file's lines; empty lines are skipped. Raises InputError naming `place` and the line."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield parse(line)
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                raise InputError(f"{place}:{number}", f"no item: {error}") from error
