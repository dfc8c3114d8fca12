"""Items as JSON lines, as `wikidata pack` keeps them."""

from __future__ import annotations

from kg_builder.link.index import Writer
from kg_builder.link.lines import parse


class Items:
    """Tells a writer of the items of JSON lines."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def __call__(self, line: bytes) -> None:
        """Reads a line. Raises ValueError where no item stands in it."""
        if line.strip():
            self._writer.add(parse(line))

    @property
    def held(self) -> int:
        """How many of the last lines have not been told yet."""
        return 0

    def close(self) -> None:
        """Nothing is held back."""


def is_one(line: bytes) -> bool:
    """Whether a first line is an item."""
    return line.startswith(b"{")
