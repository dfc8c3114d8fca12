"""From a dump to an index: line by line, broken lines told of and left out, a broken run gone on with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Protocol

from kg_builder.collector import collector_waiting
from kg_builder.errors import InputError
from kg_builder.link.dump import items, triples, wikibase
from kg_builder.link.dump.stream import lines
from kg_builder.link.index.writer import Roots, Writer

CHECKPOINT = 100_000
"""Lines between two places from which a broken run can go on."""
_WRONG = (ValueError, TypeError, KeyError, AttributeError)

Told = Callable[[InputError], None]


class _Reader(Protocol):
    @property
    def held(self) -> int: ...
    def __call__(self, line: bytes) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """Lines read, lines that were broken, lines skipped because an earlier run had read them, items in the index."""

    lines: int
    broken: int
    skipped: int
    items: int


def index_dump(
    dump: str,
    path: Path,
    roots: Roots | None,
    told: Told = lambda error: None,
    progress: Callable[[int], None] = lambda lines: None,
) -> Outcome:
    """Reads a dump ("-" is standard input) into an index at `path`.

    `roots` are the classes whose items are kept (None: of every class); `told` hears of each broken line, `progress`
    now and then how many lines are done. A run that was broken off goes on where it was, if the dump is the same.
    Raises InputError where the dump cannot be read, OutputError where the index cannot be written.
    """
    # items hold no cycles, and to look for some takes a tenth of the time
    with Writer(path, _identity(dump)) as writer, collector_waiting():
        return _read(dump, writer, roots, told, progress)


def _read(dump: str, writer: Writer, roots: Roots | None, told: Told, progress: Callable[[int], None]) -> Outcome:
    skipped, broken = writer.state.lines, writer.state.broken
    reader, stream = _reader(dump, enumerate(lines(dump), 1), writer)
    number = 0
    for number, line in stream:
        if number <= skipped:
            continue
        try:
            reader(line)
        except _WRONG as error:
            broken += 1
            told(InputError(f"{dump}:{number}", f"left out, {_reason(error)}"))
        if number % CHECKPOINT == 0:
            writer.checkpoint(number - reader.held, broken)
            progress(number)
    reader.close()
    return Outcome(number, broken, min(skipped, number), writer.finish(roots))


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if isinstance(error, KeyError) else str(error)


def _identity(dump: str) -> str:
    """What tells a dump from another: standard input is never the same twice."""
    path = Path(dump)
    return f"{path.resolve()} {path.stat().st_size}" if dump != "-" and path.is_file() else ""


def _reader(
    dump: str, stream: Iterator[tuple[int, bytes]], writer: Writer
) -> tuple[_Reader, Iterator[tuple[int, bytes]]]:
    """The reader of the dump's format, which its first line shows."""
    head = next(stream, (1, b""))
    for module, make in ((wikibase, wikibase.Wikibase), (items, items.Items), (triples, triples.Triples)):
        if module.is_one(head[1]):
            return make(writer), chain([head], stream)
    known = "the JSON dump ([ or {), N-Triples (<) or items as JSON lines"
    raise InputError(dump, f"no Wikidata dump: it begins with {head[1][:20]!r}; known are {known}")
