"""`wikidata index`: a dump becomes an index."""

from __future__ import annotations

import time
from pathlib import Path

from kg_builder.cli.progress import note
from kg_builder.errors import ExitCode, InputError, OptionError

_SHOWN = 20


def index(dump: str, output: Path, classes: Path | None, everything: bool) -> ExitCode:
    """Read a dump into an index, and say how it went; broken lines are told of and left out."""
    from kg_builder.link.classes import bundled_roots, roots_of_file
    from kg_builder.link.dump import index_dump

    if everything and classes:
        raise OptionError("--all keeps every class, so --classes has no use beside it")
    roots = None if everything else roots_of_file(classes) if classes else bundled_roots()
    begin, told = time.monotonic(), _Broken()
    done = index_dump(dump, output, roots, told, lambda lines: note(f"{dump}: {lines} lines"))
    seconds = max(time.monotonic() - begin, 1e-6)
    if done.skipped:
        note(f"{dump}: {done.skipped} lines were read before")
    speed = (done.lines - done.skipped) / seconds
    size = f"{output.stat().st_size / max(done.items, 1):.0f} bytes an item"
    note(f"{output}: {done.items} items of {done.lines} lines, {done.broken} broken; {speed:.0f} lines/s, {size}")
    return ExitCode.SOME_INPUT_FAILED if done.broken else ExitCode.OK


class _Broken:
    """Says the first broken lines, then keeps silent; the count is said at the end."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self, error: InputError) -> None:
        self._count += 1
        if self._count <= _SHOWN:
            note(str(error))
        if self._count == _SHOWN:
            note("further broken lines are counted only")
