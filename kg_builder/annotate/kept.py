"""Tables made from the ontology and kept in a cache folder, so that the next process need not make them again.

A kept table is plain data (strings, numbers, tuples, dicts, sets) in Python's own `marshal` format, behind a hash of
its bytes: one that was damaged, or that another version of Python wrote, is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kg_builder.config import cache_folders, is_ours, writable_folder

KEPT = 3  # tables of one name that are kept: other versions or lexicons may be using them
_HASH = 32  # bytes of SHA-256


def digest(hashes: Mapping[Path, bytes], *files: Path) -> str:
    """A hash of the word lists among hashed files of an ontology, and of other files that a table is made by, such as
    this one."""
    lists = (found for path, found in hashes.items() if path.parent.name == "words")
    made_by = (path.read_bytes() for path in (*files, Path(__file__)) if path.is_file())
    return hashlib.sha256(b"".join((*lists, *made_by))).hexdigest()[:16]


def kept(name: str, digest: str, make: Callable[[], Any]) -> Any:
    """The table of that name made from what `digest` is a hash of: found in a cache folder, or made and written."""
    file_name = f"{name}-{digest}-{sys.implementation.cache_tag}.table"
    for folder in cache_folders():
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
            return _read(folder / file_name)
    made = _shared(make(), {})
    with contextlib.suppress(OSError):
        _write(writable_folder() / file_name, marshal.dumps(made))
        _forget_older(writable_folder(), name)
    return made


def _shared(value: Any, known: dict[Any, Any]) -> Any:
    """The same table with one record for all values that are alike, which is what `marshal` then keeps and gives back.

    `known`: those met so far, by kind and content, or by kind and parts, which are known themselves. Strings are
    interned: several tables have the same words.
    """
    if isinstance(value, str):
        return sys.intern(value)
    if isinstance(value, dict):
        return {_shared(key, known): _shared(held, known) for key, held in value.items()}
    if isinstance(value, tuple):
        parts = tuple(_shared(part, known) for part in value)
        return known.setdefault((tuple, *map(id, parts)), parts)
    if isinstance(value, list | set | frozenset):
        return type(value)(_shared(part, known) for part in value)
    return known.setdefault((type(value), repr(value)), value)


def _read(path: Path) -> Any:
    """Raises OSError, ValueError, EOFError or TypeError where there is no whole table of ours."""
    data = memoryview(path.read_bytes())
    if not is_ours(path.parent) or hashlib.sha256(data[_HASH:]).digest() != data[:_HASH]:
        raise ValueError(f"{path}: damaged")
    with contextlib.suppress(OSError):
        os.utime(path)
    return marshal.loads(data[_HASH:])


def _write(path: Path, data: bytes) -> None:
    """Write in one step, so that another process never reads half a file."""
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(hashlib.sha256(data).digest() + data)
    os.replace(temporary, path)


def _forget_older(folder: Path, name: str) -> None:
    with contextlib.suppress(OSError):
        others = sorted(folder.glob(f"{name}-*.table"), key=lambda path: path.stat().st_mtime)
        for path in others[:-KEPT]:
            path.unlink()
