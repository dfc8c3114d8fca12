"""What the readers may be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

FIELDS = ("id", "title", "date", "url", "source", "text")
KINDS = ("txt", "jsonl", "csv", "feed", "html", "warc")


def _silent(_: str) -> None:
    """Notices go nowhere by default."""


@dataclass(frozen=True, slots=True)
class Options:
    """`date` is for documents that give none (ISO 8601); `columns` maps a field to the key or column that holds it;
    `encoding` and `kind` overrule detection; `note` is told what was guessed (an encoding), one line each;
    `ontology_folder` holds the month names by which a dateline is read; `any_script` lets texts without an Arabic
    letter pass ("15:15", "42 KWD").
    """

    date: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    kind: str | None = None
    note: Callable[[str], None] = _silent
    ontology_folder: Path | None = None
    any_script: bool = False

    def column(self, name: str) -> str:
        """The key or column that holds a field: its own name unless mapped."""
        return self.columns.get(name, name)
