"""Entities of the JSON dump: an array with one entity a line (`[`, `{…},`, `]`)."""

from __future__ import annotations

from kg_builder.link.index import Writer
from kg_builder.link.online.entity import classes_above, has_arabic_name, item, parse

_HAS_ARABIC = b'"ar":'
_IS_CLASS = b'"P279":'


class Wikibase:
    """Tells a writer of the entities of the JSON dump that have an Arabic name, and of what is a subclass of what."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def __call__(self, line: bytes) -> None:
        """Reads a line. Raises ValueError where no entity stands in it."""
        if not (_HAS_ARABIC in line or _IS_CLASS in line):
            _check(line)
            return
        entity = parse(line.rstrip(b",\r\n "))
        if not entity.id.startswith("Q"):
            return
        if above := classes_above(entity):
            self._writer.subclass(entity.id, above)
        if has_arabic_name(entity):
            self._writer.add(item(entity))

    @property
    def held(self) -> int:
        """How many of the last lines have not been told yet."""
        return 0

    def close(self) -> None:
        """Nothing is held back."""


def _check(line: bytes) -> None:
    """A line that is passed over must at least look whole."""
    text = line.strip()
    if text not in (b"[", b"]", b"") and not (text.startswith(b"{") and text.rstrip(b",").endswith(b"}")):
        raise ValueError("no entity of the JSON dump")


def is_one(line: bytes) -> bool:
    """Whether a first line is that of a JSON dump."""
    return line.strip() == b"[" or (line.startswith(b"{") and b'"qid"' not in line[:200])
