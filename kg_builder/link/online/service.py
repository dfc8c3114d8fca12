"""Which Wikibase is asked, and by whom."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from kg_builder.config import writable_folder
from kg_builder.errors import OptionError

WIKIDATA_API = "https://www.wikidata.org/w/api.php"
WIKIDATA_SPARQL = "https://query.wikidata.org/sparql"
API, SPARQL = "KG_BUILDER_WIKIDATA_API", "KG_BUILDER_WIKIDATA_SPARQL"
CACHE, CONTACT = "KG_BUILDER_WIKIDATA_CACHE", "KG_BUILDER_CONTACT"
_HOME = "https://w3id.org/news-event"


@dataclass(frozen=True, slots=True)
class Service:
    """The addresses of a Wikibase, the file that keeps its answers, and whom its owners can write to."""

    api: str = WIKIDATA_API
    sparql: str = WIKIDATA_SPARQL
    cache: Path = Path("wikidata.sqlite")
    contact: str = _HOME

    @property
    def agent(self) -> str:
        """The User-Agent: Wikimedia refuses clients that do not say who they are."""
        return f"kg-builder/{version('kg-builder')} ({self.contact})"


def service(api: str | None = None, sparql: str | None = None, cache: Path | None = None) -> Service:
    """What the command line says, else the environment, else Wikidata and the user's cache folder.

    Raises OptionError for an address that is none.
    """
    kept = cache or (Path(os.environ[CACHE]) if os.environ.get(CACHE) else writable_folder() / "wikidata.sqlite")
    return Service(
        _address("--wikidata-api", api or os.environ.get(API) or WIKIDATA_API),
        _address("--wikidata-sparql", sparql or os.environ.get(SPARQL) or WIKIDATA_SPARQL),
        kept,
        _header(os.environ.get(CONTACT) or _HOME),
    )


def _address(option: str, given: str) -> str:
    if not given.startswith(("http://", "https://")):
        raise OptionError(f"{option} {given}: not an http or https address")
    return given


def _header(contact: str) -> str:
    if not (contact.isascii() and contact.isprintable()):
        raise OptionError(f"{CONTACT} {contact!r}: a mail address or a web address is wanted")
    return contact
