"""Of which classes that matter a class of Wikidata is a kind: its own classes are too many and too narrow."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from msgspec.structs import replace

from kg_builder.link.item import Item
from kg_builder.link.online.courier import Unavailable
from kg_builder.link.online.sparql import ENTITY, QueryService, bind, nodes, text

log = logging.getLogger("kg_builder")


class Classes:
    """Looks for `roots` above classes, one question each. `failures` counts those that got no answer."""

    def __init__(self, source: QueryService, roots: Sequence[str]) -> None:
        self._source, self._roots = source, roots
        self._above: dict[str, tuple[str, ...]] = {}
        self.failures = 0

    def widened(self, item: Item) -> Item:
        """The item, with the roots above its classes among them."""
        above = (root for of_class in item.classes for root in self._roots_of(of_class))
        return replace(item, classes=tuple(dict.fromkeys((*item.classes, *above))))

    def _roots_of(self, of_class: str) -> tuple[str, ...]:
        if of_class not in self._above:
            self._above[of_class] = self._asked(of_class) if self._roots else ()
        return self._above[of_class]

    def _asked(self, of_class: str) -> tuple[str, ...]:
        asked = bind(text("classes"), {"class": nodes([of_class]), "root": nodes(self._roots)})
        try:
            found = {row["root"].removeprefix(ENTITY) for row in self._source.select(asked)}
        except Unavailable as error:
            if not self.failures:
                log.warning("%s; classes of items stay as narrow as they are", error)
            self.failures += 1
            return ()
        return tuple(root for root in self._roots if root in found)
