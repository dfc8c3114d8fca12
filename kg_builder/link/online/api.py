"""The two modules of Wikibase's API that linking needs: `wbsearchentities` and `wbgetentities`.

https://www.wikidata.org/w/api.php?action=help&modules=wbsearchentities%2Bwbgetentities
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from kg_builder.link.item import Item
from kg_builder.link.online.courier import Busy, Courier, Unavailable
from kg_builder.link.online.entity import entity, item
from kg_builder.link.online.web import Web, parsed

T = TypeVar("T")
_BATCH = 50  # identifiers a request may name
_PASSING = frozenset({"maxlag", "ratelimited", "readonly", "internal_api_error_DBQueryTimeoutError"})
_ABSENT = "no-such-entity"


class Api:
    """A Wikibase's API at an address, asked through a courier."""

    def __init__(self, url: str, web: Web, courier: Courier) -> None:
        self.url = url
        self._web, self._courier = web, courier

    def search(self, name: str, language: str) -> list[tuple[str, str]]:
        """Identifiers of the items whose label or alias begins with a name, each with that label or alias."""
        asked = {"action": "wbsearchentities", "search": name, "language": language, "uselang": language}
        return self._ask(asked | {"type": "item", "limit": "50", "strictlanguage": "1"}, _hits)

    def items(self, qids: Sequence[str]) -> dict[str, Item]:
        """Identifier as asked → its item; redirects are followed, what is not there is left out.

        An identifier beyond the last one given out makes the service refuse its whole batch: ask for it alone.
        """
        found: dict[str, Item] = {}
        for start in range(0, len(qids), _BATCH):
            batch = "|".join(qids[start : start + _BATCH])
            asked = {"action": "wbgetentities", "ids": batch, "props": "labels|aliases|claims|sitelinks"}
            found |= self._ask(asked | {"languages": "ar|en"}, _items)
        return found

    def _ask(self, asked: dict[str, str], read: Callable[[dict[str, Any]], T]) -> T:
        question = asked | {"format": "json"}
        sent = question | {"maxlag": str(self._courier.manners.max_lag)}
        return self._courier.ask(
            self.url,
            urlencode(sorted(question.items())),
            lambda: self._web.get(self.url, sent),
            lambda body: read(self._answer(body)),
        )

    def _answer(self, body: str) -> dict[str, Any]:
        """The object of a body. An error is in the body, too, under status 200."""
        answer = parsed(body)
        if "error" not in answer:
            return answer
        code = str(answer["error"]["code"])
        if code == _ABSENT:
            return {"entities": {}}
        told = f"{code}: {answer['error'].get('info', '')}"
        raise Busy(told) if code in _PASSING else Unavailable(self.url, told)


def _hits(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(str(hit["id"]), str(hit["match"]["text"])) for hit in answer["search"]]


def _items(answer: dict[str, Any]) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for key, told in answer["entities"].items():
        if "missing" not in told:
            found[key] = found[told.get("redirects", {}).get("from", key)] = item(entity(told))
    return found
