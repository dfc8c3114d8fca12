"""`wikidata pack`: items come over the network into a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kg_builder.cli.asking import parameters
from kg_builder.cli.progress import note, watched
from kg_builder.errors import ExitCode, OutputError
from kg_builder.link.item import Item


def pack(name: str, output: Path, given: Iterable[str], sparql: str | None) -> ExitCode:
    """Fetch the items of a pack and write them: as JSON lines to a `.jsonl` file, else as an index."""
    from kg_builder.link.classes import bundled_roots
    from kg_builder.link.online import extra, service

    with extra():
        from kg_builder.link.online import packs
    chosen, told = packs.find(name), parameters(given)
    roots = bundled_roots()
    wanted = sorted({qid for kind in roots.values() for qid in kind})
    items = list(watched(packs.fetch(chosen, told, service(sparql=sparql), wanted), "items"))
    try:
        count = _write(items, output, roots)
    except OSError as error:
        raise OutputError(f"{output}: cannot be written: {error.strerror or error}") from error
    note(f"{output}: {count} items")
    return ExitCode.OK


def _write(items: list[Item], output: Path, roots: Mapping[str, Iterable[str]]) -> int:
    """How many are written: an index keeps those whose kind is known."""
    if output.suffix == ".jsonl":
        from kg_builder.store.files import write_whole

        write_whole(output, _lines(items))
        return len(items)
    from kg_builder.link.index import write_index

    return write_index(items, output, roots)


def _lines(items: Iterable[Item]) -> Iterator[bytes]:
    from kg_builder.link.lines import dump

    return (f"{dump(item)}\n".encode() for item in items)
