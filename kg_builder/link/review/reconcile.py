"""Asks a reconciliation service who a name may be, as OpenRefine does.

Reconciliation Service API 0.2: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from kg_builder.link.online.cache import AnswerCache
from kg_builder.link.online.courier import Courier, Unavailable
from kg_builder.link.online.service import Service
from kg_builder.link.online.web import Web, parsed
from kg_builder.link.review.met import WIKIDATA
from kg_builder.link.review.sheet import Candidate

_VERSIONS = frozenset({"0.1", "0.2"})
_BATCH = 10  # queries at once, where the service does not say how many
_LIMIT = 5


class Reconciler:
    """A reconciliation service at an address, asked through a courier. Its methods raise Unavailable."""

    def __init__(self, url: str, web: Web, courier: Courier) -> None:
        self.url = url
        self._web, self._courier = web, courier

    def candidates(self, names: Sequence[tuple[str, str | None]]) -> list[list[Candidate]]:
        """For each name and QID of a class (None: of any), the items it may be, best first."""
        size = self._batch_size()
        batches = (names[start : start + size] for start in range(0, len(names), size))
        return [found for batch in batches for found in self._batch(batch)]

    def _batch_size(self) -> int:
        manifest = self._courier.ask(self.url, "manifest", lambda: self._web.get(self.url, {}), parsed)
        versions = manifest.get("versions") or ["0.1"]
        if not _VERSIONS & set(versions):
            raise Unavailable(self.url, f"speaks version {', '.join(versions)} of the protocol; known are 0.1, 0.2")
        if manifest.get("identifierSpace", WIKIDATA) != WIKIDATA:
            raise Unavailable(self.url, f"its identifiers are those of {manifest['identifierSpace']}, not of Wikidata")
        return int(manifest.get("batchSize") or _BATCH)

    def _batch(self, names: Sequence[tuple[str, str | None]]) -> list[list[Candidate]]:
        keys = [f"q{number}" for number in range(len(names))]
        queries = {key: _query(*asked) for key, asked in zip(keys, names, strict=True)}
        form = {"queries": json.dumps(queries, ensure_ascii=False)}
        return self._courier.ask(
            self.url,
            form["queries"],
            lambda: self._web.post(self.url, form),
            lambda body: [list(_candidates(parsed(body)[key]["result"])) for key in keys],
        )


def _query(name: str, of_class: str | None) -> dict[str, Any]:
    return {"query": name, "limit": _LIMIT} | ({"type": of_class} if of_class else {})


def _candidates(results: list[dict[str, Any]]) -> Iterator[Candidate]:
    """Scores are of no scale that the protocol knows; in practice 100 is the best."""
    for found in results:
        score = min(max(float(found["score"]) / 100, 0.0), 1.0)
        yield Candidate(str(found["id"]).removeprefix(WIKIDATA), str(found["name"]), score)


def connect(url: str, service: Service) -> Reconciler:
    """A client of the reconciliation service at an address, which shares cache and contact with a Wikibase."""
    courier = Courier(AnswerCache(service.cache))
    return Reconciler(url, Web(service.agent, courier.manners.timeout), courier)
