"""What a run may be told: one frozen record, made from the command line or by hand."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg_builder.errors import OptionError
from kg_builder.ontology import Ontology
from kg_builder.ontology import load as load_ontology

DEFAULT_BASE = "https://w3id.org/news-event/data/"
PREFERENCES = ("past", "future")
LINKING = ("off", "offline", "online")
SURE_LINK, CLOSE_LINK = 0.75, 0.5
"""From which probability on a link to Wikidata is sure, and from which it is worth saying."""


@dataclass(frozen=True)
class Config:
    """`base` is the IRI under which instance data lives; `prefer_dates` reads a bare weekday as past or future;
    `ontology_folder` takes the place of the bundled ontology; `must_not_merge` and `same_as` are the user's lists of
    what is apart and what is one. `link` says where names are looked up in Wikidata: nowhere, in the `indexes` and the
    bundled one, or online too; `links` holds what people decided about names. `link_details` puts what Wikidata says of
    the the linked into the graph, `link_candidates` keeps what a name might mean besides. `wikidata_api` and
    `wikidata_sparql` are addresses of another Wikibase than that of the environment. `morphology` is a database in the
    ALMOR format for words that the lexicon lacks, a file or a name that camel-tools knows; `tagger` a spaCy component
    that sets the words' attributes anew.

    Raises OptionError for a value that is not one of the known choices.
    """

    base: str = DEFAULT_BASE
    prefer_dates: str = "past"
    ontology_folder: Path | None = None
    must_not_merge: Path | None = None
    same_as: Path | None = None
    link: str = "offline"
    indexes: tuple[Path, ...] = ()
    links: Path | None = None
    link_details: bool = False
    link_candidates: bool = False
    wikidata_api: str | None = None
    wikidata_sparql: str | None = None
    morphology: str | None = None
    tagger: str | None = None

    def __post_init__(self) -> None:
        if self.prefer_dates not in PREFERENCES:
            raise OptionError(f"--prefer-dates {self.prefer_dates}: known are {', '.join(PREFERENCES)}")
        if self.link not in LINKING:
            raise OptionError(f"--link {self.link}: known are {', '.join(LINKING)}")

    @cached_property
    def ontology(self) -> Ontology:
        """The ontology of the folder, read on first use."""
        return load_ontology(self.ontology_folder)


def cache_folders() -> Iterator[Path]:
    """Folders for files that can be made again, best first: the one set by KG_BUILDER_CACHE, the user's cache, the
    temporary one."""
    if os.environ.get("KG_BUILDER_CACHE"):
        yield Path(os.environ["KG_BUILDER_CACHE"])
    if os.environ.get("XDG_CACHE_HOME"):
        yield Path(os.environ["XDG_CACHE_HOME"]) / "kg-builder"
    with contextlib.suppress(RuntimeError):
        yield Path.home() / ".cache" / "kg-builder"
    user = os.getuid() if hasattr(os, "getuid") else "user"
    yield Path(tempfile.gettempdir()) / f"kg-builder-{user}"


def is_ours(folder: Path) -> bool:
    """Whether no other user could have laid files there for us to read."""
    return not hasattr(os, "getuid") or folder.stat().st_uid in {os.getuid(), 0}


def writable_folder() -> Path:
    """The first cache folder that can be written to; a fresh temporary one when none can."""
    for folder in cache_folders():
        with contextlib.suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not is_ours(folder):
                continue
            with tempfile.TemporaryFile(dir=folder):
                return folder
    return Path(tempfile.mkdtemp(prefix="kg-builder-"))
