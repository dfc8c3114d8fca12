"""Several places that know items, asked as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol, runtime_checkable

from msgspec.structs import replace

from kg_builder.link.index import Index
from kg_builder.link.item import Candidates, Item

_CACHED = 20_000


@runtime_checkable
class Holders(Protocol):
    """A source that knows who held an office."""

    def holders(self, office: str) -> Sequence[Item]:
        """Who held an office (a QID) at any time."""
        ...


@runtime_checkable
class Fallible(Protocol):
    """A source that may fail to answer."""

    @property
    def failures(self) -> int:
        """How many questions it did not answer."""
        ...


Roots = Mapping[str, Iterable[str]]


class Sources:
    """Indexes and the live service: the first that knows an item says what it is, the others add what it lacks.

    `roots` are the classes of the kinds, for items whose index does not tell.
    """

    def __init__(self, sources: Sequence[Candidates], roots: Roots) -> None:
        self._sources = sources
        self._indexes = [source for source in sources if isinstance(source, Index)]
        self._kinds: dict[str, set[str]] = {}
        for kind, qids in roots.items():
            for qid in qids:
                self._kinds.setdefault(qid, set()).add(kind)
        for index in self._indexes:
            for qid, kinds in index.kinds.items():
                self._kinds.setdefault(qid, set()).update(kinds)
        self.find: Callable[[str], tuple[Item, ...]] = lru_cache(_CACHED)(self._find)
        self.find_alike: Callable[[str], tuple[Item, ...]] = lru_cache(_CACHED)(self._find_alike)
        self.get: Callable[[str], Item | None] = lru_cache(_CACHED)(self._get)

    def kinds(self, item: Item) -> frozenset[str]:
        """What an item is here, by its classes; empty when none of them is known."""
        return frozenset().union(*(self._kinds.get(qid, ()) for qid in item.classes))

    def holders(self, office: str) -> list[Item]:
        """Who held an office at any time."""
        return _merged(
            item for source in self._sources if isinstance(source, Holders) for item in source.holders(office)
        )

    @property
    def failures(self) -> int:
        """How many questions were not answered."""
        return sum(source.failures for source in self._sources if isinstance(source, Fallible))

    def _find(self, name: str) -> tuple[Item, ...]:
        return tuple(_merged(item for source in self._sources for item in source.find(name)))

    def _find_alike(self, name: str) -> tuple[Item, ...]:
        return tuple(_merged(item for index in self._indexes for item in index.find_alike(name)))

    def _get(self, qid: str) -> Item | None:
        found = _merged(item for source in self._sources if (item := source.get(qid)))
        return found[0] if found else None


def _merged(items: Iterable[Item]) -> list[Item]:
    """One item for one QID, what the first lacks taken from the others."""
    found: dict[str, Item] = {}
    for item in items:
        found[item.qid] = _with(found[item.qid], item) if item.qid in found else item
    return list(found.values())


def _with(one: Item, other: Item) -> Item:
    return replace(
        one,
        label_ar=one.label_ar or other.label_ar,
        label_en=one.label_en or other.label_en,
        aliases=tuple(dict.fromkeys((*one.aliases, other.label_ar, other.label_en, *other.aliases))),
        classes=tuple(dict.fromkeys((*one.classes, *other.classes))),
        country=one.country or other.country,
        coordinates=one.coordinates or other.coordinates,
        sitelinks=max(one.sitelinks, other.sitelinks),
        positions=one.positions or other.positions,
        inception=one.inception or other.inception,
        dissolution=one.dissolution or other.dissolution,
        population=one.population or other.population,
        geonames=one.geonames or other.geonames,
    )
