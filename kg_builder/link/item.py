"""What is known of a Wikidata entity, and who can be asked for candidates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct


class Position(Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """An office held (P39): the QID of the office, the QID of whom or what it is for, and ISO dates, open ends None."""

    office: str
    of: str | None = None
    begin: str | None = None
    end: str | None = None


class Item(Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """A Wikidata entity as far as linking needs it.

    `classes` are the QIDs of P31, `country` the QID of P17 (or P27 of a person), `coordinates` latitude and
    longitude in degrees, `sitelinks` how many wikis have a page, `inception` and `dissolution` ISO dates, `geonames`
    the number of the place there.
    """

    qid: str
    label_ar: str = ""
    label_en: str = ""
    aliases: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    country: str | None = None
    coordinates: tuple[float, float] | None = None
    sitelinks: int = 0
    positions: tuple[Position, ...] = ()
    inception: str | None = None
    dissolution: str | None = None
    population: int | None = None
    geonames: int | None = None


class Candidates(Protocol):
    """Where candidates come from: a file on disk, the bundled list, or the live service."""

    def find(self, name: str, language: str = "ar") -> Sequence[Item]:
        """The items that bear the name as label or alias, best known first; empty where none does."""
        ...

    def get(self, qid: str) -> Item | None:
        """The item of an identifier, redirects followed; None where there is none."""
        ...
