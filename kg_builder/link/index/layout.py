"""The file of an index: compressed blocks of records, sorted QIDs, and sorted hashes of the names.

    magic | zlib dictionary | blocks | starts of blocks, u64 | QIDs, u32, sorted | their record numbers, u32
          | hashes of names, u32, sorted | their record numbers, u32 | footer, JSON | its length, u32

Items of one label stand together and are found together; those that a hash finds come the best known first.
All numbers are little-endian. A hash is the CRC-32 of a key in UTF-8; what it finds is compared with the name again.
29,400 items took 79 bytes each in blocks, 167 in SQLite, 208 in LMDB and 122 with a trie of names (marisa-trie) beside
the records. Size decided; small blocks made it as fast as they are.
"""

from __future__ import annotations

from zlib import crc32

import msgspec

from kg_builder.link.index.record import Stored
from kg_builder.link.names import loose_key, name_key

KIND = b"kg-builder wikidata index "
FORMAT = 2
MAGIC = KIND + b"%d\n" % FORMAT
BLOCK = 4
"""Records in a block: more compress better, fewer are read faster."""


class Footer(msgspec.Struct, frozen=True):
    """Where the parts lie (byte offsets, in file order), how many records and names, the kinds of classes."""

    dictionary: int
    blocks: int
    starts: int
    qids: int
    records: int
    hashes: int
    numbers: int
    end: int
    items: int
    names: int
    kinds: dict[str, list[str]]


def name_hash(key: str) -> int:
    """The hash of a name's `name_key`."""
    return crc32(key.encode())


def loose_hash(key: str) -> int:
    """The hash of a name's `loose_key`."""
    return crc32(b"~" + key.encode())


def office_hash(office: str) -> int:
    """The hash under which the holders of an office (a QID) are found."""
    return crc32(b"@" + office.encode())


def hashes(record: Stored) -> set[int]:
    """Every hash that finds a record."""
    keys = set(map(name_key, (record.ar, record.en, *record.aliases)))
    found = {crc32(key.encode()) for key in keys if key}
    found.update([loose_hash(loose) for key in keys if (loose := loose_key(key))])
    if record.rest.positions:
        found.update([office_hash(f"Q{position[0]}") for position in record.rest.positions])
    return found
