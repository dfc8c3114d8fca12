"""What can be written: anything that gives named graphs, a default graph and plain frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

import pyoxigraph as ox


class GraphSource(Protocol):
    """A graph ready to be written. `documents` may be lazy: a writer holds one document's triples at a time."""

    @property
    def base(self) -> str:
        """The IRI below which the instance data lives."""
        ...

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Prefix → namespace."""
        ...

    def documents(self) -> Iterator[tuple[ox.NamedNode, list[ox.Triple]]]:
        """Named graphs in the order of their names."""
        ...

    def default_graph(self) -> Iterable[ox.Triple]:
        """The triples of the default graph."""
        ...

    def frames(self) -> Iterator[dict[str, Any]]:
        """Plain records, one a document."""
        ...
