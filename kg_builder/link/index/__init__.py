"""An index of one's own: a memory-mapped file of Wikidata items that finds them by name, QID or office."""

from kg_builder.link.index.reader import Index
from kg_builder.link.index.writer import Writer, write_index

__all__ = ["Index", "Writer", "write_index"]
