"""Candidates from the live service, and how linking goes on when it is silent."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from kg_builder.link.item import Item
from kg_builder.link.online.api import Api
from kg_builder.link.online.cache import AnswerCache
from kg_builder.link.online.classes import Classes
from kg_builder.link.online.courier import Courier, Manners, Unavailable
from kg_builder.link.online.rows import described
from kg_builder.link.online.service import Service
from kg_builder.link.online.sparql import QueryService, bind, nodes, text
from kg_builder.link.online.web import Web
from kg_builder.normalise import name_key

log = logging.getLogger("kg_builder")
T = TypeVar("T")
_QID = re.compile(r"Q[1-9]\d*$")
_MOST_HOLDERS = 500


class Online:
    """Wikidata itself, as `Candidates`. Every method raises Unavailable when it does not answer.

    Items come with those of the classes `roots` above their own; the query service is asked for them.
    """

    def __init__(self, service: Service, roots: Sequence[str] = (), manners: Manners | None = None) -> None:
        courier = Courier(AnswerCache(service.cache), manners)
        self._api = Api(service.api, Web(service.agent, courier.manners.timeout), courier)
        self._source = QueryService(service.sparql, service.agent, courier)
        self._classes = Classes(self._source, roots)
        self._known: dict[tuple[str, ...], list[Item]] = {}

    def find(self, name: str, language: str = "ar") -> Sequence[Item]:
        """The items that bear the name in the language, else in English; those with most sitelinks first.

        English is not asked for a name in Arabic letters, which no English label has.
        """
        wanted = name_key(name)
        for spoken in dict.fromkeys((language, "en") if wanted.isascii() else (language,)):
            qids = dict.fromkeys(qid for qid, text in self._api.search(name, spoken) if name_key(text) == wanted)
            if qids:
                items = {item.qid: item for item in self._items(tuple(qids))}
                return sorted(items.values(), key=_best_known_first)
        return ()

    def get(self, qid: str) -> Item | None:
        """The item of an identifier, redirects followed; None where there is none."""
        return next(iter(self._items((qid,))), None) if _QID.match(qid) else None

    def holders(self, office: str) -> Sequence[Item]:
        """Who held an office (a QID) at a known time; nobody where it is an office of many."""
        rows = self._source.select(bind(text("holders"), {"office": nodes([office])}))
        if len(rows) > _MOST_HOLDERS:
            return ()
        return [self._classes.widened(item) for item in described(self._source, (row["item"] for row in rows))]

    @property
    def failures(self) -> int:
        """How many classes nothing is known of, because the query service did not answer."""
        return self._classes.failures

    def _items(self, qids: tuple[str, ...]) -> list[Item]:
        """The items asked for together, as they were before: only so does the cache know the question."""
        if qids not in self._known:
            found = self._api.items(qids)
            self._known[qids] = [self._classes.widened(found[qid]) for qid in qids if qid in found]
        return self._known[qids]


def _best_known_first(item: Item) -> tuple[int, int]:
    return -item.sitelinks, int(item.qid[1:])


class Live:
    """Wikidata for linking that goes on without it: where it does not answer, it knows nobody.

    The first failure is said in one line.
    """

    def __init__(self, online: Online) -> None:
        self._online = online
        self._failed = 0

    @property
    def failures(self) -> int:
        """How many questions were not answered."""
        return self._failed + self._online.failures

    def find(self, name: str, language: str = "ar") -> Sequence[Item]:
        """As `Online.find`; nobody where it fails."""
        return self._tried(lambda: self._online.find(name, language), ())

    def get(self, qid: str) -> Item | None:
        """As `Online.get`; None where it fails."""
        return self._tried(lambda: self._online.get(qid), None)

    def holders(self, office: str) -> Sequence[Item]:
        """As `Online.holders`; nobody where it fails."""
        return self._tried(lambda: self._online.holders(office), ())

    def _tried(self, ask: Callable[[], T], otherwise: T) -> T:
        try:
            return ask()
        except Unavailable as error:
            if not self._failed:
                log.warning("%s; linking goes on offline", error)
            self._failed += 1
            return otherwise
