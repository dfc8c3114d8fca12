"""Sheets that people fill in, with OpenRefine or a spreadsheet: CSV out, decisions back.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, which reading takes off again.
https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg_builder.errors import InputError
from kg_builder.link.decisions import Decision, parse_choice
from kg_builder.link.review.met import Met

NAME, CHOSEN, ONLY_WHERE = "name", "chosen", "only_where"
COLUMNS = (NAME, "other_names", "kind", "context", "documents", "events", "candidates", CHOSEN, ONLY_WHERE, "entity")
_DELIMITERS = {".csv": ",", ".tsv": "\t"}
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠]")
_ESCAPED = re.compile(r"'+[=+\-@＝＋－＠]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that an entity may be: `label` for people, `score` from 0 to 1."""

    qid: str
    label: str
    score: float

    def __str__(self) -> str:
        return f"{self.qid} {self.label} {self.score:.2f}".replace("|", "/")


def written(rows: Iterable[tuple[Met, Sequence[Candidate]]]) -> str:
    """The sheet, one entity a row. `chosen` holds the link the graph has; `only_where` is left to people."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(escaped(_cells(*row)) for row in rows)
    return out.getvalue()


def _cells(met: Met, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    shown, names = " | ".join(map(str, candidates)), " | ".join(met.other_names)
    counts = (str(met.documents), str(met.events))
    return met.name, names, met.kind, met.context, *counts, shown, met.qid or "", "", met.iri


def escaped(cells: Iterable[str]) -> list[str]:
    """Cells of one line each, none of which a spreadsheet runs."""
    lines = (" ".join(cell.split()) for cell in cells)
    return [f"'{line}" if _FORMULA.match(line) else line for line in lines]


def plain(cell: str) -> str:
    """What the cell held before it was escaped."""
    return cell[1:] if _ESCAPED.match(cell) else cell


def decisions(path: Path) -> list[Decision]:
    """What people chose in a sheet (`.csv` or `.tsv`); rows without a choice decide nothing.

    The columns `name` and `chosen` are needed, `only_where` may hold words of the documents that a decision is for.
    Raises InputError that names the file and the row.
    """
    try:
        return list(_decisions(path))
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(str(path), f"cannot be read as {path.suffix or 'CSV'}: {error}") from error


def _decisions(path: Path) -> Iterator[Decision]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream, delimiter=_DELIMITERS.get(path.suffix.lower(), ","), strict=True)
        if missing := [name for name in (NAME, CHOSEN) if name not in (rows.fieldnames or ())]:
            raise InputError(str(path), f"no column {', '.join(missing)}; known are {', '.join(COLUMNS)}")
        for row in rows:
            name, chosen, where = (plain((row.get(column) or "").strip()) for column in (NAME, CHOSEN, ONLY_WHERE))
            if name and chosen:
                yield Decision(name, where, _choice(f"{path}:{rows.line_num}", chosen))


def _choice(place: str, chosen: str) -> str | None:
    try:
        return parse_choice(chosen)
    except ValueError as error:
        raise InputError(place, str(error)) from error
