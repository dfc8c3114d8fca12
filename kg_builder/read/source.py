"""Where documents come from: files, folders, globs and standard input, compressed or not."""

from __future__ import annotations

import bz2
import glob
import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from kg_builder.errors import InputError
from kg_builder.read.options import KINDS, Options

SUFFIXES = {
    ".txt": "txt",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".html": "html",
    ".htm": "html",
    ".warc": "warc",
}
COMPRESSED = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstd"}
MAGIC = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "zstd"}
KNOWN = f"known: {' '.join(SUFFIXES)}, each also with {' '.join(COMPRESSED)}"
BUFFER = 1 << 16
BROKEN = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile)
"""What reading compressed data raises that is cut off or damaged; bz2 says OSError without a number."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or standard input (`path` None). `name` is for messages, `stem` for identifiers."""

    name: str
    stem: str
    kind: str
    path: Path | None
    packed: str | None = None

    @contextmanager
    def open(self) -> Iterator[io.BufferedReader]:
        """The bytes, decompressed, with a buffer that can be peeked into. Raises InputError and OSError.

        Compressed data that breaks off ends the stream; when it is closed, one of BROKEN is raised.
        """
        with ExitStack() as opened:
            raw: IO[bytes] = opened.enter_context(self.path.open("rb")) if self.path else sys.stdin.buffer
            stream = _unpacked(raw if isinstance(raw, io.BufferedReader) else _buffered(raw), self)
            if stream is not raw:
                opened.enter_context(stream)
            try:
                yield stream
            except InputError:
                _raise_broken(stream)
                raise
            _raise_broken(stream)


def expand(given: str, options: Options) -> Iterator[Source | InputError]:
    """The files that one input stands for, sorted; an InputError where it stands for none."""
    if given == "-":
        yield _standard_input(options)
        return
    path = Path(given)
    try:
        found = _files(given, path)
    except OSError as error:
        found = InputError(given, f"cannot be read: {error.strerror or error}")
    if isinstance(found, InputError):
        yield found
        return
    for file in found:
        yield _source(file, options)


def _files(given: str, path: Path) -> list[Path] | InputError:
    if path.is_dir():
        inside = sorted(p for p in path.rglob("*") if p.is_file() and _kind(p) and not p.name.startswith("."))
        return inside or InputError(given, f"a folder without a file of a known kind ({KNOWN})")
    if path.exists():
        return [path]
    if glob.has_magic(given):
        matches = [Path(m) for m in sorted(glob.glob(given, recursive=True))]
        files = [m for m in matches if m.is_file()]
        return files or InputError(given, "matches no file")
    return InputError(given, "no such file")


def _source(path: Path, options: Options) -> Source | InputError:
    packed = COMPRESSED.get(path.suffix.lower())
    inner = path.with_suffix("") if packed else path
    kind = options.kind or _kind(path)
    if kind is None:
        suffix = inner.suffix or "without a suffix"
        return InputError(str(path), f"unknown kind of file ({suffix}); {KNOWN}; or say --format {'|'.join(KINDS)}")
    return Source(str(path), inner.stem, kind, path, packed)


def _kind(path: Path) -> str | None:
    inner = path.with_suffix("") if path.suffix.lower() in COMPRESSED else path
    return SUFFIXES.get(inner.suffix.lower())


def _standard_input(options: Options) -> Source:
    kind = options.kind
    if kind is None:
        start = cast(io.BufferedReader, sys.stdin.buffer).peek(64).lstrip(b"\xef\xbb\xbf \t\r\n")
        kind = {b"{": "jsonl", b"<": "feed"}.get(start[:1], "txt")
    return Source("standard input", "stdin", kind, None)


def _unpacked(stream: io.BufferedReader, source: Source) -> io.BufferedReader:
    start = stream.peek(8)[:8]
    packing = next((name for magic, name in MAGIC.items() if start.startswith(magic)), None)
    if packing is None:
        if source.packed and start:
            raise InputError(source.name, f"not {source.packed} data, though its name says so")
        return stream
    if packing == "zstd":
        return _buffered(_Unpacking(_zstd(stream, source)))
    openers: dict[str, Callable[[IO[bytes]], object]] = {"gzip": gzip.open, "bzip2": bz2.open, "xz": lzma.open}
    return _buffered(_Unpacking(cast(IO[bytes], openers[packing](stream))))


class _Unpacking(io.RawIOBase):
    """Unpacked bytes up to where the packed ones break off; `broken` is then why."""

    def __init__(self, unpacked: IO[bytes] | io.RawIOBase) -> None:
        self._unpacked = unpacked
        self.broken: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = b"" if self.broken else self._unpacked.read(len(buffer)) or b""
        except BROKEN as error:
            self.broken, data = error, b""
        except OSError as error:
            self.broken, data = error if error.errno else EOFError(str(error)), b""
        buffer[: len(data)] = data
        return len(data)


def broken(stream: object) -> Exception | None:
    """Why the compressed data of a stream, bytes or text over them, breaks off where reading has come to."""
    found: Exception | None = getattr(getattr(getattr(stream, "buffer", stream), "raw", None), "broken", None)
    return found


def _raise_broken(stream: io.BufferedReader) -> None:
    error = broken(stream)
    if error:
        raise error


def _zstd(stream: IO[bytes], source: Source) -> io.RawIOBase:
    try:
        import zstandard
    except ImportError:
        raise InputError(source.name, "zstd needs an extra: pip install 'kg-builder[archives]'") from None
    return _Zstd(stream, zstandard.ZstdDecompressor, zstandard.ZstdError)


class _Zstd(io.RawIOBase):
    """A zstd stream that says EOFError for broken or cut data, as the compressors of the standard library do."""

    def __init__(self, packed: IO[bytes], decompressor: Callable[[], Any], broken: type[Exception]) -> None:
        self._packed, self._new, self._broken = packed, decompressor, broken
        self._frame: Any = None
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready and self._more():
            pass
        data, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)

    def _more(self) -> bool:
        """Unpack a piece of input, which may come from the rest of the frame before; False at the end of all frames."""
        rest = self._frame.unused_data if self._frame and self._frame.eof else b""
        piece = rest or self._packed.read(BUFFER)
        if not piece:
            if self._frame and not self._frame.eof:
                raise EOFError("the last zstd frame has no end")
            return False
        if self._frame is None or self._frame.eof:
            self._frame = self._new().decompressobj()
        try:
            self._ready = self._frame.decompress(piece)
        except self._broken as error:
            raise EOFError(str(error)) from error
        return True


def _buffered(stream: IO[bytes] | io.RawIOBase) -> io.BufferedReader:
    return io.BufferedReader(cast(io.RawIOBase, stream), BUFFER)
