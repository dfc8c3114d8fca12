"""Items as JSON lines: what `wikidata pack` writes and `wikidata index` reads.

One object a line, its keys the fields of `Item`; a field that holds nothing is left out. `coordinates` are
[latitude, longitude], `positions` objects with the fields of `Position`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from kg_builder.errors import InputError
from kg_builder.link.item import Item

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Item).decode


def parse(line: str | bytes) -> Item:
    """The item of a line. Raises ValueError where it is none."""
    try:
        return _decode(line)
    except msgspec.ValidationError as error:
        raise ValueError(f"{error}; known keys are {', '.join(sorted(Item.__struct_fields__))}") from error


def dump(item: Item) -> str:
    """The line of an item, without the line end."""
    return _encode(item).decode()


def read(lines: Iterable[str], place: str) -> Iterator[Item]:
    """The items of a file's lines; empty lines are skipped. Raises InputError naming `place` and the line."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield parse(line)
            except ValueError as error:
                raise InputError(f"{place}:{number}", f"no item: {error}") from error
