"""Reads an index: memory-mapped, so that it opens at once and several processes share it."""

from __future__ import annotations

import mmap
import struct
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Literal

import msgspec

from kg_builder.errors import OptionError
from kg_builder.link.index.layout import BLOCK, FORMAT, KIND, MAGIC, Footer, loose_hash, name_hash, office_hash
from kg_builder.link.index.record import decode, number
from kg_builder.link.item import Item
from kg_builder.link.names import loose_key, name_key

_LENGTH = struct.Struct("<I")
_ENDS = struct.Struct(f"<{BLOCK}I")
_MOST = 8
"""Of one name: who is less known than so many others is not meant by it alone."""
_MOST_ALIKE, _MOST_HOLDERS = 16, 64
_CACHED_BLOCKS = 256


class Index:
    """The items of an index file, by name, by QID and by office. Raises OptionError for a file that is no index,
    or one of another format."""

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._footer = self._read_footer()
        except OSError as error:
            raise OptionError(f"{path}: {error.strerror}") from error
        except (ValueError, struct.error) as error:
            raise OptionError(f"{path}: {_reason(path)}") from error
        footer = self._footer
        self.path = path
        self._words = self._data[footer.dictionary : footer.blocks]
        self._blocks = memoryview(self._data)[footer.blocks :]
        self._starts = self._array(footer.starts, footer.qids, "Q")
        self._qids = self._array(footer.qids, footer.records, "I")
        self._records = self._array(footer.records, footer.hashes, "I")
        self._hashes = self._array(footer.hashes, footer.numbers, "I")
        self._numbers = self._array(footer.numbers, footer.end, "I")
        self._block = lru_cache(_CACHED_BLOCKS)(self._unpack)

    def _read_footer(self) -> Footer:
        if self._data[: len(MAGIC)] != MAGIC:
            raise ValueError
        (length,) = _LENGTH.unpack(self._data[-4:])
        return msgspec.json.decode(self._data[-4 - length : -4], type=Footer)

    def _array(self, begin: int, end: int, kind: Literal["I", "Q"]) -> memoryview[int]:
        return memoryview(self._data)[begin:end].cast(kind)

    def __len__(self) -> int:
        return self._footer.items

    @property
    def kinds(self) -> Mapping[str, Sequence[str]]:
        """Class (QID) → its kinds, as the classes above it said when the index was made."""
        return self._footer.kinds

    def find(self, name: str, language: str = "ar") -> list[Item]:
        """The items that bear the name as label or alias in any spelling of one key: the best known, they first."""

        def is_right(item: Item) -> bool:
            names = _names(item)
            return name in names or key in map(name_key, names)

        key = name_key(name)
        return self._found(name_hash(key), _MOST, is_right) if key else []

    def find_alike(self, name: str) -> list[Item]:
        """The items one of whose names may be another transliteration of the name: the best known, they first."""

        def is_right(item: Item) -> bool:
            return key in map(loose_key, map(name_key, _names(item)))

        key = loose_key(name_key(name))
        return self._found(loose_hash(key), _MOST_ALIKE, is_right) if key else []

    def holders(self, office: str) -> list[Item]:
        """Who held an office (a QID) at any time: the best known, they first."""
        hashed = office_hash(office)
        return self._found(hashed, _MOST_HOLDERS, lambda item: any(p.office == office for p in item.positions))

    def get(self, qid: str) -> Item | None:
        """The item of a QID."""
        wanted = number(qid)
        place = bisect_left(self._qids, wanted)
        return self._item(self._records[place]) if place < len(self) and self._qids[place] == wanted else None

    def forget(self) -> None:
        """Lets go of what was unpacked."""
        self._block.cache_clear()

    def __iter__(self) -> Iterator[Item]:
        """Every item, by QID."""
        yield from map(self._item, self._records)

    def _found(self, hashed: int, most: int, is_right: Callable[[Item], bool]) -> list[Item]:
        begin = bisect_left(self._hashes, hashed)
        end = bisect_right(self._hashes, hashed, begin)
        return list(islice(filter(is_right, map(self._item, self._numbers[begin:end])), most))

    def _item(self, record: int) -> Item:
        raw, place = self._block(record // BLOCK), record % BLOCK
        ends = _ENDS.unpack_from(raw)  # of the block's records, behind which they stand
        return decode(raw[_ENDS.size + ends[place - 1] if place else _ENDS.size : _ENDS.size + ends[place]])

    def _unpack(self, block: int) -> bytes:
        packed = self._blocks[self._starts[block] : self._starts[block + 1]]
        return zlib.decompressobj(-15, self._words).decompress(packed)


def _reason(path: Path) -> str:
    """Why a file cannot be read as an index."""
    with path.open("rb") as file:
        start = file.readline(len(KIND) + 20)
    number = start.removeprefix(KIND).strip()
    if start.startswith(KIND) and number.isdigit() and int(number) != FORMAT:
        known = f"this version reads format {FORMAT}"
        return f"an index of format {int(number)}, but {known}; build it anew with kg-builder wikidata index DUMP"
    return "not an index (make one: kg-builder wikidata index DUMP)"


def _names(item: Item) -> tuple[str, ...]:
    return (item.label_ar, item.label_en, *item.aliases)
