"""CSV (RFC 4180) that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

Cell = str | int | float | None
_FORMULA = tuple("=+-@\t\r")


def guarded(cell: Cell) -> Cell:
    """A text that a spreadsheet would take for a formula, behind an apostrophe, which shows it as it is.

    Source: OWASP, CSV injection. Numbers are no texts; `unguarded` gives the text back.
    """
    if isinstance(cell, str) and cell.lstrip("'").startswith(_FORMULA):
        return "'" + cell
    return cell


def unguarded(cell: str) -> str:
    """The text of a cell before it was guarded."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


def rows(header: Sequence[str], body: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The lines of a sheet, UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for row in body:
        writer.writerow([guarded(cell) for cell in row])
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()
    yield out.getvalue().encode()
