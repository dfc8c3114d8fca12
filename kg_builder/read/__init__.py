"""Files, feeds, archives and standard input become articles, one at a time.

`articles(inputs, options)` yields an `Article` for each document that can be read and an `InputError` for each
that cannot, in the order of the inputs; nothing it meets in a file makes it raise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg_builder.errors import InputError
from kg_builder.model import Article
from kg_builder.read import feed, json_lines, table, text_file, web_archive, web_page
from kg_builder.read.options import Options
from kg_builder.read.source import BROKEN, Source, expand

__all__ = ["Options", "articles"]

Reader = Callable[[Source, Options], Iterator[Article | InputError]]
READERS: dict[str, Reader] = {
    "txt": text_file.read,
    "jsonl": json_lines.read,
    "csv": table.read,
    "feed": feed.read,
    "html": web_page.read,
    "warc": web_archive.read,
}


def articles(inputs: Iterable[str], options: Options | None = None) -> Iterator[Article | InputError]:
    """Every document of the inputs: paths, folders (searched below), globs, and `-` for standard input."""
    options = options or Options()
    for given in inputs:
        for source in expand(given, options):
            yield from [source] if isinstance(source, InputError) else _documents(source, options)


def _documents(source: Source, options: Options) -> Iterator[Article | InputError]:
    outcome = None
    try:
        for outcome in READERS[source.kind](source, options):
            yield outcome
        if outcome is None:
            yield InputError(source.name, "no document in it")
    except InputError as error:
        yield error
    except BROKEN as error:
        yield InputError(source.name, f"compressed data is cut off or broken ({error}); what came before it was read")
    except OSError as error:
        yield InputError(source.name, f"cannot be read: {error.strerror or error}")
