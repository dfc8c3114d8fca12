"""A .csv (comma, semicolon or tab) holds one document a row, under a header line."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from kg_builder.errors import InputError
from kg_builder.model import Article
from kg_builder.read.document import article
from kg_builder.read.lines import MAX_DOCUMENT, codec_of, lines
from kg_builder.read.options import Options
from kg_builder.read.source import Source


def read(source: Source, options: Options) -> Iterator[Article | InputError]:
    """An article, or the reason why not, for every row. Raises InputError when the header lacks the text column."""
    csv.field_size_limit(MAX_DOCUMENT)
    with source.open() as stream:
        text = _Lines(lines(stream, codec_of(stream, source, options), source, options))
        header = next(text, "")
        columns = next(csv.reader([header], delimiter=_delimiter(header)), [])
        if options.column("text") not in columns:
            there = f"columns: {', '.join(columns)} (name one with --column text=NAME)"
            raise InputError(source.name, f"no column `{options.column('text')}`; {there}")
        rows = csv.reader(text, delimiter=_delimiter(header), strict=True)
        yield from _articles(rows, text, columns, source, options)


def _articles(
    rows: Iterator[list[str]], text: _Lines, columns: list[str], source: Source, options: Options
) -> Iterator[Article | InputError]:
    while True:
        start = text.number + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield InputError(f"{source.name}:{start}", f"broken CSV: {error}")
            return
        if row is None:
            return
        place = f"{source.name}:{start}"
        if len(row) > len(columns):
            yield InputError(place, f"{len(row)} cells under {len(columns)} columns")
        elif row:
            yield article(dict(zip(columns, row, strict=False)), place, f"{source.stem}-{start}", options)


class _Lines:
    """Numbered lines as csv wants them; `number` is that of the last given. A line that cannot be read ends them."""

    def __init__(self, numbered: Iterator[tuple[int, str | InputError]]) -> None:
        self._lines = numbered
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        if isinstance(line, InputError):
            raise line
        return line


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)
