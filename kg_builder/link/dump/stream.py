"""The lines of a dump, unpacked as they are read."""

from __future__ import annotations

import bz2
import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from kg_builder.errors import InputError

_BUFFER = 1 << 20
_BROKEN = (EOFError, OSError, zlib.error)


def lines(dump: str) -> Iterator[bytes]:
    """The lines of a file (`.gz`, `.bz2`, `.zst` or plain), or of standard input for "-", with their line ends.

    Raises InputError where the file cannot be read, or its packing is broken.
    """
    try:
        with _opened(dump) as stream:
            yield from stream
    except _BROKEN as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or f"broken data: {error}"
        raise InputError("standard input" if dump == "-" else dump, reason) from error


def _opened(dump: str) -> IO[bytes]:
    if dump == "-":
        return sys.stdin.buffer
    path = Path(dump)
    if path.suffix == ".gz":
        return io.BufferedReader(cast(io.RawIOBase, gzip.open(path)), _BUFFER)
    if path.suffix == ".bz2":
        return io.BufferedReader(cast(io.RawIOBase, bz2.open(path)), _BUFFER)
    if path.suffix == ".zst":
        return _zstd(path)
    return path.open("rb", buffering=_BUFFER)


def _zstd(path: Path) -> IO[bytes]:
    try:
        import zstandard
    except ImportError:
        raise InputError(str(path), "zstd needs an extra: pip install 'kg-builder[archives]'") from None
    return io.BufferedReader(zstandard.open(path, "rb"), _BUFFER)
