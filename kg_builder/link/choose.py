"""Chooses among the items that bear a name; to choose none is an answer too."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from msgspec import structs

from kg_builder.link.item import Item
from kg_builder.link.score import PLACES, Asked, Context, features, logit, probability
from kg_builder.link.sources import Sources
from kg_builder.link.words import Words, bare
from kg_builder.model import Entity, Link
from kg_builder.normalise import fold, fold_words

MOST = 8
"""Candidates that are kept."""
_SHARPNESS = 1.5
_LEAST = 0.01
_IN_A_COUNTRY = frozenset({"Region", "City"})


class Chooser:
    """Ranks candidates for an entity. Stateless but for what its sources cache."""

    def __init__(self, sources: Sources, words: Words) -> None:
        self._sources = sources
        self._words = words

    def links(self, entity: Entity, context: Context, text: str) -> tuple[Link, ...]:
        """The candidates with their probabilities, best first; they and the answer "none" add up to 1 at most."""
        scored: dict[str, float] = {}
        for asked in self.asked(entity, text):
            for item in self._candidates(asked):
                found = features(asked, item, self._sources.kinds(item), context)
                if found is not None:
                    scored[item.qid] = max(scored.get(item.qid, -math.inf), logit(found))
        return _ranked(scored)

    def asked(self, entity: Entity, text: str) -> list[Asked]:
        """The names to look for: those of the entity, and the bare name behind a noun such as "city"."""
        names = dict.fromkeys((entity.label, *(entity.names if not entity.generic else ())))
        asked = dict.fromkeys(asked for name in names for asked in self._forms(name, entity))
        whole = {
            a.name: 2 if self._sources.find(a.name) else int(self._is_part(a.name)) for a in asked if " " in a.name
        }
        least = int(entity.kind in PLACES and self._is_always_part(entity.label, text))
        parts = {a: max((n for name, n in whole.items() if _inside(a.name, name)), default=least) for a in asked}
        within = entity.kind != "Country" and any(self._head(name, entity) in _IN_A_COUNTRY for name in names)
        return [replace(a, part=part, within=within) for a, part in parts.items()]

    def _is_always_part(self, name: str, text: str) -> bool:
        """Whether a text says the name of a place only behind a noun that makes it another place."""
        before = re.findall(rf"(\w+) +{re.escape(name)}\b", text)
        return len(before) == text.count(name) > 0 and all(self._is_part(f"{word} {name}") for word in before)

    def _forms(self, name: str, entity: Entity) -> Iterator[Asked]:
        words = name.split()
        if not words or (len(words) == 1 and self._names_nobody(words[0], name, entity)):
            return
        kind = self._head(name, entity)
        yield self._ask(name, kind or entity.kind, entity)
        if kind and len(words) > 2 and self._is_of_a_nation(words[-1]):
            words = words[:-1]
            yield self._ask(" ".join(words), kind, entity)
        if kind:
            yield self._ask(" ".join(words[1:]), kind, entity)
        if words[0].startswith("لل"):  # the preposition li- takes the place of the article's first letter
            yield self._ask("ال" + name[2:], kind or entity.kind, entity)

    def _head(self, name: str, entity: Entity) -> str | None:
        """The kind of place that the noun before a name says it is."""
        words = name.split()
        return self._words.same_place.get(bare(fold(words[0]))) if entity.kind in PLACES and len(words) > 1 else None

    def _is_of_a_nation(self, word: str) -> bool:
        return word.startswith("ال") and self._words.nation(fold(word)) is not None

    def _names_nobody(self, word: str, name: str, entity: Entity) -> bool:
        """Whether a lone word is a phrase, or points back to somebody ("the city")."""
        if entity.generic:
            return entity.kind != "Country"
        return name != entity.label and bare(fold(word)) in self._words.areas

    def _is_part(self, name: str) -> bool:
        """Whether a noun stands before a place's name that makes it another place."""
        head, *rest = map(fold, name.split())
        return bool(rest) and bare(head) in self._words.areas and bare(head) not in self._words.same_place

    def _ask(self, name: str, kind: str, entity: Entity) -> Asked:
        words = fold_words(name).split()
        ordinary = len(words) == 1 and self._words.is_ordinary(words[0])
        ordinary = ordinary and not (kind in PLACES and self._words.is_place(words[0]))
        return Asked(name, kind, entity.generic, ordinary, other=name not in entity.label and entity.label not in name)

    def _candidates(self, asked: Asked) -> Iterable[Item]:
        """Who bears the name or another that our word lists know for it, else who is spelt much alike."""
        found = {item.qid: item for item in self._sources.find(asked.name)}
        for variant in self._words.variants(asked.name):
            for item in self._sources.find(variant):
                found.setdefault(item.qid, structs.replace(item, aliases=(*item.aliases, asked.name)))
        if found or asked.generic or asked.ordinary:
            return found.values()
        return self._sources.find_alike(asked.name)


def _inside(name: str, whole: str) -> bool:
    return name != whole and f" {name} " in f" {whole} "


def _ranked(scored: dict[str, float]) -> tuple[Link, ...]:
    """Each one's own probability, shared among those that are as likely."""
    if not scored:
        return ()
    best = max(scored.values())
    weights = {qid: math.exp(_SHARPNESS * (value - best)) for qid, value in scored.items()}
    total = sum(weights.values())
    found = (Link(qid, round(probability(scored[qid]) * weights[qid] / total, 4)) for qid in scored)
    kept = (link for link in found if link.confidence >= _LEAST)
    return tuple(sorted(kept, key=lambda link: (-link.confidence, int(link.qid[1:]))))[:MOST]
