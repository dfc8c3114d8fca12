"""A .csv (comma, semicolon or tab) holds one document a row, under a header line."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator

from kg_builder.errors import InputError
from kg_builder.model import Article
from kg_builder.read.document import article
from kg_builder.read.lines import MAX_DOCUMENT, codec_of, lines
from kg_builder.read.options import Options
from kg_builder.read.source import Source

Line = tuple[int, str | InputError]


def read(source: Source, options: Options) -> Iterator[Article | InputError]:
    """An article, or the reason why not, for every row. Raises InputError when the header lacks the text column."""
    csv.field_size_limit(MAX_DOCUMENT)
    with source.open() as stream:
        text = _Lines(lines(stream, codec_of(stream, source, options), source, options))
        header = next(text, "")
        columns = _cells(header, source)
        if options.column("text") not in columns:
            there = f"columns: {', '.join(columns)} (name one with --column text=NAME)"
            raise InputError(source.name, f"no column `{options.column('text')}`; {there}")
        yield from _articles(text, columns, _delimiter(header), source, options)


def _cells(header: str, source: Source) -> list[str]:
    try:
        return next(csv.reader([header], delimiter=_delimiter(header)), [])
    except csv.Error as error:
        raise InputError(f"{source.name}:1", f"broken CSV: {error}") from error


def _articles(
    text: _Lines, columns: list[str], delimiter: str, source: Source, options: Options
) -> Iterator[Article | InputError]:
    """Each row; behind one that cannot be read, reading goes on with the line after the row's first."""
    rows = csv.reader(text, delimiter=delimiter, strict=True)
    while True:
        start = text.begin_row()
        place = f"{source.name}:{start}"
        try:
            row = next(rows, None)
        except (csv.Error, InputError) as error:
            yield error if isinstance(error, InputError) else InputError(place, f"broken CSV: {error}")
            text.back_to_second()
            rows = csv.reader(text, delimiter=delimiter, strict=True)
            continue
        if row is None:
            return
        if len(row) > len(columns):
            yield InputError(place, f"{len(row)} cells under {len(columns)} columns")
        elif row:
            yield article(dict(zip(columns, row, strict=False)), place, f"{source.stem}-{start}", options)


class _Lines:
    """Numbered lines as csv wants them, with a way back to the second line of the row that is being read."""

    def __init__(self, numbered: Iterator[Line]) -> None:
        self._lines = numbered
        self._row: list[Line] = []
        self._waiting: deque[Line] = deque()
        self._number = 0

    def begin_row(self) -> int:
        """Forget the row before; the number of the line at which the next one begins."""
        self._row.clear()
        return self._waiting[0][0] if self._waiting else self._number + 1

    def back_to_second(self) -> None:
        """Give the lines of the row again, but for its first."""
        self._waiting.extendleft(reversed(self._row[1:]))

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        numbered = self._waiting.popleft() if self._waiting else next(self._lines)
        self._row.append(numbered)
        number, line = numbered
        self._number = max(self._number, number)
        if isinstance(line, InputError):
            raise line
        return line


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)
