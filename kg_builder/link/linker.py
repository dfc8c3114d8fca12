"""Links what one document names: each name by itself first, then once more with what the others were linked to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from kg_builder.config import CLOSE_LINK, SURE_LINK
from kg_builder.link.choose import Chooser
from kg_builder.link.decisions import Decisions
from kg_builder.link.item import Item
from kg_builder.link.offices import Offices
from kg_builder.link.score import Context
from kg_builder.link.sources import Sources
from kg_builder.link.words import Words
from kg_builder.model import Entity, Link
from kg_builder.normalise import fold

_WORD = re.compile(r"[^\W\d_]{3,}")
_SHARE = 0.2


class Linker:
    """Gives entities their Wikidata identifiers.

    `keep` says whether the candidates that were not chosen stay with the entity.
    """

    def __init__(self, sources: Sources, words: Words, decisions: Decisions | None = None, keep: bool = False) -> None:
        self._sources = sources
        self._words = words
        self._decisions = decisions or Decisions()
        self._keep = keep
        self._chooser = Chooser(sources, words)
        self._offices = Offices(sources, words)
        self.country = lru_cache(maxsize=512)(self._country)

    def link(self, entities: Iterable[Entity], text: str, date: str | None) -> dict[Entity, Entity]:
        """Each entity of a document of this text and date → the same with `qid` and `links`."""
        distinct = sorted(set(entities), key=lambda e: (e.kind, e.label, e.names, e.generic))
        context = Context(date[:10] if date else None, self._countries(text))
        first = {entity: self._links(entity, context, text) for entity in distinct}
        context = replace(context, countries=context.countries | self._around(first.values()))
        return {entity: self._linked(entity, text, self._links(entity, context, text)) for entity in distinct}

    def currency(self, code: str) -> str | None:
        """The QID of the currency with a code of ISO 4217."""
        return next((item.qid for item in self._sources.find(code) if "Currency" in self._sources.kinds(item)), None)

    @property
    def failures(self) -> int:
        """How many questions over the network were not answered."""
        return self._sources.failures

    def knows(self, name: str) -> bool:
        """Whether any item bears the name."""
        return bool(self._sources.find(name))

    def item(self, qid: str) -> Item | None:
        """What is known of a linked entity."""
        return self._sources.get(qid)

    def _links(self, entity: Entity, context: Context, text: str) -> tuple[Link, ...]:
        return self._offices.links(entity, context) or self._chooser.links(entity, context, text)

    def _linked(self, entity: Entity, text: str, links: tuple[Link, ...]) -> Entity:
        for name in dict.fromkeys((entity.label, *entity.names)):
            if decision := self._decisions.decided(name, text):
                return replace(entity, qid=decision.qid, links=(Link(decision.qid, 1.0),) if decision.qid else ())
        qid = links[0].qid if links and links[0].confidence >= SURE_LINK else None
        kept = links if self._keep else tuple(link for link in links[:1] if link.confidence >= CLOSE_LINK)
        return replace(entity, qid=qid, links=kept)

    def _countries(self, text: str) -> frozenset[str]:
        """The countries that a text names or whose people it names, but for those it names seldom."""
        counts: Counter[str] = Counter()
        for word, times in Counter(_WORD.findall(text)).items():
            if code := self._nation(word):
                counts[code] += times
        least = _SHARE * max(counts.values(), default=0)
        found = (self.country(code) for code, times in counts.items() if times >= least)
        return frozenset(qid for qid in found if qid)

    def _nation(self, word: str) -> str | None:
        return self._words.nation(fold(word))

    def _country(self, code: str) -> str | None:
        """The QID of the country with a code of ISO 3166-1."""
        for name in self._words.countries[code]:
            for item in self._sources.find(name):
                if "Country" in self._sources.kinds(item):
                    return item.qid
        return None

    def _around(self, links: Iterable[Sequence[Link]]) -> frozenset[str]:
        """The countries of the sure links."""
        sure = (found[0].qid for found in links if found and found[0].confidence >= SURE_LINK)
        items = (self._sources.get(qid) for qid in sure)
        return frozenset(item.country for item in items if item and item.country)
