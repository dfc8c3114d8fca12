"""Writes a graph to a file, in the format that its suffix names. Files appear whole or not at all."""

from __future__ import annotations

import heapq
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg_builder.errors import OutputError
from kg_builder.store.jsonld import json_ld
from kg_builder.store.source import GraphSource
from kg_builder.store.turtle import TurtleWriter

Chunks = Iterator[bytes]
_LINES = 50_000  # of the default graph that are held at once


def write(source: GraphSource, path: Path | str) -> Path:
    """Writes `source` to `path`; an `OutputError` for an unknown suffix or a place that cannot be written."""
    path = Path(path)
    return write_chunks(path, check_target(path)(source))


def write_chunks(path: Path, chunks: Iterable[bytes]) -> Path:
    """Writes bytes to a file, as `write_whole`; an `OutputError` where that cannot be."""
    try:
        write_whole(path, chunks)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from error
    return path


def check_target(path: Path) -> Callable[[GraphSource], Chunks]:
    """The writer for the path's suffix; an `OutputError` early, before hours of work, when there is none."""
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise OutputError(f"{path}: unknown format {path.suffix or 'without suffix'}; known are {' '.join(WRITERS)}")
    if path.is_dir():
        raise OutputError(f"{path}: is a directory")
    return writer


def write_whole(path: Path, chunks: Iterable[bytes]) -> None:
    """Writes the chunks to `path`, which has them all or stays as it was. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():
        _write_through(path, chunks)
        return
    handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(chunks)
        os.chmod(draft, 0o666 & ~_umask())
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _write_through(path: Path, chunks: Iterable[bytes]) -> None:
    """Devices and pipes, such as /dev/stdout, cannot be replaced."""
    with path.open("wb") as stream:
        stream.writelines(chunks)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _turtle(source: GraphSource) -> Chunks:
    writer = TurtleWriter(source.prefixes, source.base)
    yield writer.head().encode()
    for paragraph in writer.graph(source.default_graph()):
        yield paragraph.encode()


def _trig(source: GraphSource) -> Chunks:
    yield from _turtle(source)
    writer = TurtleWriter(source.prefixes, source.base)
    for name, triples in source.documents():
        yield "".join(writer.named(name, triples)).encode()


def _n_triples(source: GraphSource) -> Chunks:
    """The default graph, sorted: part by part, each laid aside in a temporary file, so that few lines are held."""
    triples = iter(source.default_graph())
    with ExitStack() as files:
        parts: list[IO[bytes]] = []
        while part := list(islice(triples, _LINES)):
            parts.append(files.enter_context(tempfile.TemporaryFile()))
            parts[-1].write(_sorted_lines(part))
            parts[-1].seek(0)
        yield from heapq.merge(*parts)


def _n_quads(source: GraphSource) -> Chunks:
    """The default graph, then the documents, each sorted: no need to hold all lines at once."""
    yield from _n_triples(source)
    for name, triples in source.documents():
        yield _sorted_lines(ox.Quad(t.subject, t.predicate, t.object, name) for t in triples)


def _sorted_lines(statements: Iterable[ox.Triple] | Iterable[ox.Quad]) -> bytes:
    lines = ox.serialize(statements, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))


def _rdf_xml(source: GraphSource) -> Chunks:
    """The default graph; its triples sorted, because the serialiser groups only neighbours."""
    triples = sorted(source.default_graph(), key=str)
    yield ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=dict(source.prefixes)) or b""


def _frames(source: GraphSource) -> Chunks:
    for record in source.frames():
        yield json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


WRITERS: dict[str, Callable[[GraphSource], Chunks]] = {
    ".ttl": _turtle,
    ".trig": _trig,
    ".nq": _n_quads,
    ".nt": _n_triples,
    ".jsonld": json_ld,
    ".rdf": _rdf_xml,
    ".jsonl": _frames,
}
