"""Wikidata over the network, or any other Wikibase: its API, its query service, and what they said before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg_builder.errors import OptionError
from kg_builder.link.online.service import Service, service

if TYPE_CHECKING:
    from kg_builder.link.online.candidates import Live

__all__ = ["Service", "extra", "live", "service"]


def live(roots: Sequence[str] = (), address: Service | None = None) -> Live:
    """Wikidata over the network, or the Wikibase at an address, as candidates for linking.

    Items are also of those of the classes `roots` (QIDs) that are above their own. Raises OptionError where the extra
    is not installed.
    """
    with extra():
        from kg_builder.link.online.candidates import Live, Online
    return Live(Online(address or service(), roots))


@contextmanager
def extra() -> Iterator[None]:
    """Around imports: says which extra is missing. Raises OptionError."""
    try:
        yield
    except ModuleNotFoundError as error:
        needed = f"{error.name}: pip install 'kg-builder[server]'"
        raise OptionError(f"asking Wikidata over the network needs {needed}") from error
