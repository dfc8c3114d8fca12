"""Writes an index: items are spooled as they come, so that a broken run can go on, and sorted at the end."""

from __future__ import annotations

import json
import mmap
import os
import shutil
import struct
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, Self

import msgspec
import numpy as np
from numpy.typing import NDArray

from kg_builder.errors import OutputError
from kg_builder.link.index.layout import BLOCK, MAGIC, Footer, hashes
from kg_builder.link.index.record import Stored, encode, number, read
from kg_builder.link.item import Item

_LENGTH = struct.Struct("<I")
_DICTIONARY = 4_096
_LEVEL = 4
Roots = Mapping[str, Iterable[str]]
"""Kind → the QIDs of the classes whose members, and those of their subclasses, have it."""


@dataclass
class State:
    """How far a dump has been read: its lines, those that were broken, and the spooled bytes of each file."""

    source: str = ""
    lines: int = 0
    broken: int = 0
    records: int = 0
    edges: int = 0


class Writer:
    """Spools items beside `path` and makes the index of them there.

    `source` names what is read: a spool of the same source, left by a broken run, is gone on with (see `state.lines`).
    Raises OutputError where nothing can be written.
    """

    def __init__(self, path: Path, source: str = "") -> None:
        self._path = path
        self._spool = path.with_name(path.name + ".part")
        try:
            self._spool.mkdir(parents=True, exist_ok=True)
            self.state = self._resumed(source)
            self._records = self._open("records", self.state.records)
            self._edges = self._open("edges", self.state.edges)
        except OSError as error:
            raise OutputError(f"{path}: cannot be written, {error.strerror}") from error

    def _resumed(self, source: str) -> State:
        try:
            state = State(**json.loads((self._spool / "state.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return State(source)
        return state if state.source == source and source else State(source)

    def _open(self, name: str, size: int) -> BinaryIO:
        file = (self._spool / name).open("ab")
        file.truncate(size)
        return file

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leaves the spool for a later run, unless nothing could be gone on with."""
        self._records.close()
        self._edges.close()
        if not self.state.lines:
            shutil.rmtree(self._spool, ignore_errors=True)

    def add(self, item: Item) -> None:
        """Spools an item; of several with one QID the last counts."""
        record = encode(item)
        self._records.write(_LENGTH.pack(len(record)) + record)

    def subclass(self, qid: str, above: Iterable[str]) -> None:
        """Notes that a class is a subclass of others (P279)."""
        for other in above:
            self._edges.write(struct.pack("<II", number(qid), number(other)))

    def checkpoint(self, lines: int, broken: int) -> None:
        """A place from which a broken run can go on: all of these lines of the source are done."""
        for file in (self._records, self._edges):
            file.flush()
        self.state = State(self.state.source, lines, broken, self._records.tell(), self._edges.tell())
        beside = self._spool / "state.new"
        beside.write_text(json.dumps(asdict(self.state)), encoding="utf-8")
        beside.replace(self._spool / "state.json")

    def finish(self, roots: Roots | None = None) -> int:
        """Writes the index and forgets the spool. With `roots`, only items of their classes. Returns how many."""
        self._records.close()
        self._edges.close()
        kinds = kinds_below(roots or {}, np.fromfile(self._spool / "edges", dtype="<u4").reshape(-1, 2))
        beside = self._path.with_name(self._path.name + ".new")
        with (self._spool / "records").open("rb") as spool, beside.open("wb") as out:
            count = _Assembly(spool, out, kinds, roots is not None).run()
        os.replace(beside, self._path)
        shutil.rmtree(self._spool)
        return count


def write_index(items: Iterable[Item], path: Path, roots: Roots | None = None) -> int:
    """The index of the items at `path`. Returns how many it holds."""
    with Writer(path) as writer:
        for item in items:
            writer.add(item)
        return writer.finish(roots)


def kinds_below(roots: Roots, edges: NDArray[np.uint32]) -> dict[int, list[str]]:
    """Class → its kinds: those of the roots, and whatever is below them."""
    below: dict[int, list[int]] = defaultdict(list)
    for qid, above in edges.tolist():
        below[above].append(qid)
    found: dict[int, list[str]] = defaultdict(list)
    for kind, qids in roots.items():
        todo = [number(qid) for qid in qids]
        seen = set(todo)
        while todo:
            fresh = [qid for qid in below.get(todo.pop(), ()) if qid not in seen]
            seen.update(fresh)
            todo.extend(fresh)
        for qid in seen:
            found[qid].append(kind)
    return found


def _footer(offsets: list[int], items: int, names: int, kinds: dict[str, list[str]]) -> Footer:
    dictionary, blocks, starts, qids, records, hashed, numbers, end = offsets
    return Footer(dictionary, blocks, starts, qids, records, hashed, numbers, end, items, names, kinds)


class _Assembly:
    """The index out of a spool: records in compressed blocks, then what finds them."""

    def __init__(self, spool: BinaryIO, out: BinaryIO, kinds: Mapping[int, list[str]], only_kinds: bool) -> None:
        size = os.fstat(spool.fileno()).st_size
        self._data = memoryview(mmap.mmap(spool.fileno(), 0, access=mmap.ACCESS_READ) if size else b"")
        self._out = out
        self._kinds = kinds
        self._only_kinds = only_kinds
        self._used: set[int] = set()
        # Of each record that is kept, in the order of the spool; then of each hash, its record's place among them.
        self._places, self._qids, self._labels, self._sitelinks = array("Q"), array("I"), array("I"), array("I")
        self._hashes, self._owners = array("I"), array("I")

    def run(self) -> int:
        self._survey()
        order = self._order()
        places = np.frombuffer(self._places, np.uint64)[order].tolist()
        self._out.write(MAGIC)
        dictionary = self._out.tell()
        words = b"".join(self._record(place) for place in places[:: max(1, len(places) // 400)])[-_DICTIONARY:]
        self._out.write(words)
        offsets = [dictionary, dictionary + len(words)]
        names = self._names(order)
        for part in (self._blocks(places, words), *self._identifiers(order), *names):
            offsets.append(self._out.tell())
            self._out.write(part.astype(part.dtype.newbyteorder("<")).tobytes())
        kinds = {f"Q{qid}": self._kinds[qid] for qid in sorted(self._used)}
        footer = msgspec.json.encode(_footer([*offsets, self._out.tell()], len(places), len(names[0]), kinds))
        self._out.write(footer + _LENGTH.pack(len(footer)))
        return len(places)

    def _survey(self) -> None:
        """Takes down what is kept, and the hashes that find it."""
        for place, record in self._spooled():
            stored = read(record)
            if self._is_kept(stored):
                found = hashes(stored)
                self._hashes.extend(found)
                self._owners.extend([len(self._places)] * len(found))
                self._places.append(place)
                self._qids.append(stored.qid)
                self._labels.append(zlib.crc32(stored.ar.encode()))
                self._sitelinks.append(stored.sitelinks)

    def _spooled(self) -> Iterator[tuple[int, bytes]]:
        place, end = 0, len(self._data)
        while place < end:
            record = self._record(place)
            yield place, record
            place += _LENGTH.size + len(record)

    def _record(self, place: int) -> bytes:
        (length,) = _LENGTH.unpack_from(self._data, place)
        return bytes(self._data[place + _LENGTH.size : place + _LENGTH.size + length])

    def _is_kept(self, stored: Stored) -> bool:
        known = [qid for qid in stored.classes if qid in self._kinds]
        if known or not self._only_kinds:
            self._used.update(known)
            return True
        return False

    def _order(self) -> NDArray[np.int64]:
        """The records, those of one label together, the best known first; of several with one QID the last."""
        ids, labels, sitelinks = (np.frombuffer(a, np.uint32) for a in (self._qids, self._labels, self._sitelinks))
        by_id = np.argsort(ids, kind="stable")
        last = by_id[np.append(np.diff(ids[by_id]) != 0, [True] * bool(len(ids)))]
        order: NDArray[np.int64] = last[np.lexsort((ids[last], ~sitelinks[last], labels[last]))]
        return order

    def _identifiers(self, order: NDArray[np.int64]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """The QIDs, sorted, and the numbers of their records."""
        qids = np.frombuffer(self._qids, np.uint32)[order]
        numbers = np.argsort(qids)
        return qids[numbers], numbers.astype(np.uint32)

    def _names(self, order: NDArray[np.int64]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """The hashes, sorted, and the numbers of the records that each finds, the best known first."""
        number_of = np.full(len(self._places), len(order), np.uint32)
        number_of[order] = np.arange(len(order), dtype=np.uint32)
        owners = np.frombuffer(self._owners, np.uint32)
        numbers, hashed = number_of[owners], np.frombuffer(self._hashes, np.uint32)
        ids, sitelinks = (np.frombuffer(a, np.uint32)[owners] for a in (self._qids, self._sitelinks))
        sort = np.lexsort((ids, ~sitelinks, hashed))
        sort = sort[numbers[sort] < len(order)]
        return hashed[sort], numbers[sort]

    def _blocks(self, places: list[int], words: bytes) -> NDArray[np.uint64]:
        """Writes the blocks. Returns where each starts, and where the last ends."""
        starts = array("Q")
        begin = self._out.tell()
        for place in range(0, len(places), BLOCK):
            records = [self._record(p) for p in places[place : place + BLOCK]]
            starts.append(self._out.tell() - begin)
            packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15, zdict=words)
            ends = struct.pack(f"<{len(records)}I", *accumulate(map(len, records))).ljust(4 * BLOCK, b"\xff")
            self._out.write(packer.compress(ends + b"".join(records)) + packer.flush())
        starts.append(self._out.tell() - begin)
        return np.frombuffer(starts, np.uint64)
