"""Wikidata over the network, or any other Wikibase: its API, its query service, and what they said before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg_builder.errors import OptionError
from kg_builder.link.item import Candidates
from kg_builder.link.online.service import Service, service

if TYPE_CHECKING:
    from kg_builder.link.online.candidates import Fallback

__all__ = ["Service", "beside", "extra", "service"]


def beside(offline: Candidates, roots: Sequence[str] = (), address: Service | None = None) -> Fallback:
    """The live service, by default that of the environment, with a list on disk beside it.

    Items are also of those of the classes `roots` (QIDs) that are above their own. Raises OptionError where the extra
    is not installed; see `Fallback` for what happens when the service does not answer.
    """
    with extra():
        from kg_builder.link.online.candidates import Fallback, Online
    return Fallback(Online(address or service(), roots), offline)


@contextmanager
def extra() -> Iterator[None]:
    """Around imports: says which extra is missing. Raises OptionError."""
    try:
        yield
    except ModuleNotFoundError as error:
        needed = f"{error.name}: pip install 'kg-builder[server]'"
        raise OptionError(f"asking Wikidata over the network needs {needed}") from error
