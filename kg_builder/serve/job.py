"""What is asked of a worker, and what it answers. Both travel between processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg_builder.serve.saved import Term


@dataclass(frozen=True, slots=True)
class Ask:
    """A query. `results` and `graph` are the media types for a table and for triples, None where none is acceptable.

    `default_graphs` and `named_graphs` are the dataset of the protocol, empty for that of the store.
    """

    text: str
    results: str | None
    graph: str | None
    bindings: Mapping[str, Term] = field(default_factory=dict)
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Describe:
    """A node: as RDF of a media type, or as `Statements` for a page."""

    iri: str
    graph: str | None


@dataclass(frozen=True, slots=True)
class Find:
    """The IRI below which the instance data lives."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer. Errors are plain text of one line."""

    status: int
    media_type: str
    body: bytes

    @classmethod
    def error(cls, status: int, reason: str) -> Reply:
        """A refusal with its reason."""
        return cls(status, "text/plain; charset=utf-8", f"{' '.join(reason.split())}\n".encode())


@dataclass(frozen=True, slots=True)
class Statements:
    """What a page shows of a node: triples from it, triples to it (of many, some), and names of the nodes in them."""

    outgoing: tuple[tuple[str, Term], ...]
    incoming: tuple[tuple[str, str], ...]
    labels: Mapping[str, str]


Job = Ask | Describe | Find
Answer = Reply | Statements | str
