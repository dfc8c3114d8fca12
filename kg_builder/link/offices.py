"""Who held an office when a text was written: "the president of Kazakhstan", "the Kazakh president"."""

from __future__ import annotations

from collections.abc import Iterator

from kg_builder.link.item import Item
from kg_builder.link.score import Context, held
from kg_builder.link.sources import Sources
from kg_builder.link.words import Words, bare
from kg_builder.model import Entity, Link
from kg_builder.normalise import fold

_SURE = 0.9
_LONGEST = 5


class Offices:
    """Finds the holder of the office that a phrase names."""

    def __init__(self, sources: Sources, words: Words) -> None:
        self._sources = sources
        self._words = words

    def links(self, entity: Entity, context: Context) -> tuple[Link, ...]:
        """The one who held the office on the day of the document; nothing where several did or nobody is known."""
        if entity.kind != "Person" or not context.date:
            return ()
        for name in dict.fromkeys((entity.label, *entity.names)):
            holders = {
                item.qid for office in self._offices(name, context) for item in self._holders(office, context.date)
            }
            if len(holders) == 1:
                return (Link(holders.pop(), _SURE),)
        return ()

    def _holders(self, office: Item, date: str) -> Iterator[Item]:
        for item in self._sources.holders(office.qid):
            if any(position.office == office.qid and held(position, date) for position in item.positions):
                yield item

    def _offices(self, name: str, context: Context) -> Iterator[Item]:
        words = name.split()
        if not words or len(words) > _LONGEST or bare(fold(words[0])) not in self._words.titles:
            return
        for phrase in (name, *self._of_country(words, context)):
            for item in self._sources.find(phrase):
                if "Office" in self._sources.kinds(item):
                    yield item

    def _of_country(self, words: list[str], context: Context) -> Iterator[str]:
        """The office as it is said of a country by name: that of an adjective behind it, else the text's only one."""
        code = self._words.nation(fold(words[-1])) if len(words) > 1 else None
        title = words[:-1] if code else words
        head = " ".join(word.removeprefix("ال") for word in title)
        for country in self._words.countries[code] if code else self._names(context):
            yield f"{head} {country}"

    def _names(self, context: Context) -> Iterator[str]:
        if len(context.countries) == 1 and (item := self._sources.get(*context.countries)):
            yield from filter(None, (item.label_ar, *item.aliases))
