"""What every store can do: hold named graphs and a default graph, replace one of them at a time, and be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Protocol, Self

import pyoxigraph as ox

GraphName = ox.NamedNode | ox.DefaultGraph
Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

DEFAULT = ox.DefaultGraph()
STAGING = "https://w3id.org/news-event/staging/"
"""Big graphs grow under names that begin so, and are then moved to their own; `counts` and `quads` pass them over."""


class Askable(Protocol):
    """What answers SPARQL: a `Store`, or pyoxigraph's own."""

    def query(self, query: str, /, *, substitutions: dict[ox.Variable, Term] | None = None) -> Answer:
        """The answer, the variables in `substitutions` bound to their terms.

        Raises SyntaxError for what is no SPARQL, RuntimeError or OutputError for what cannot be carried out.
        """
        ...


class Store(Askable, Protocol):
    """A place for graphs. What cannot be written, or does not answer, raises OutputError, one line with the cause."""

    def put(self, name: GraphName, triples: Iterable[ox.Triple]) -> None:
        """Replace one graph: afterwards it holds these triples and no others. No reader sees half of it."""
        ...

    def delete(self, name: GraphName) -> None:
        """Take a graph away; nothing happens where there is none."""
        ...

    def counts(self) -> dict[GraphName, int]:
        """The number of triples of each graph that has any, the default graph first, then by name."""
        ...

    def triples(self, name: GraphName) -> Iterator[ox.Triple]:
        """The triples of one graph, in no order."""
        ...

    def quads(self) -> Iterator[ox.Quad]:
        """Everything, in no order."""
        ...

    def close(self) -> None:
        """Make sure that all is kept, and let go of the place."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def sorted_counts(found: Iterable[tuple[GraphName, int]]) -> dict[GraphName, int]:
    """Graphs that are not empty and not on their way, in the order that `Store.counts` promises."""
    real = [(name, count) for name, count in found if count and not is_staging(name)]
    return dict(sorted(real, key=lambda pair: "" if pair[0] == DEFAULT else str(pair[0])))


def is_staging(name: object) -> bool:
    """Whether a graph is one that is still growing."""
    return isinstance(name, ox.NamedNode) and name.value.startswith(STAGING)
