"""How well an item fits a mention: features with weights, all shown, and what they come to as a probability."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from kg_builder.link.index.record import number
from kg_builder.link.item import Item, Position
from kg_builder.normalise import fold_words, name_key

PLACES = frozenset({"Country", "Region", "City", "Facility", "Place"})
BODIES = frozenset({"Organization", "Government", "Group", "Force"})
_AGENTS_OF_STATE = frozenset({"Organization", "Government", "Group"})
# In the order of `features`; fitted by hand on mentions of news that stand in no test.
WEIGHTS: Mapping[str, float] = {
    "bias": -5.4,
    "same spelling": 3.0,
    "spelt alike": 0.3,
    "another name": -1.0,
    "part of a name": -3.0,
    "kind": 4.0,
    "known well": 12.0,
    "alias": -0.7,
    "words": 0.8,
    "ordinary word": -4.0,
    "no name": -2.0,
    "surname alone": -5.0,
    "country of the text": 1.2,
    "another country": -1.5,
    "office at the time": 2.0,
    "not at the time": -2.0,
}
_KNOWN = 0.3
_ALIKE = 0.75
_FULL_KIND, _NEAR_KIND, _FAR_KIND = 1.0, 0.5, 0.3


@dataclass(frozen=True, slots=True)
class Asked:
    """A name as it is looked for: its words, the kind that the text says it has, and what speaks against it.

    `generic`: a phrase that need not be a name; `ordinary`: a word of the dictionary; `other`: not the name that the
    text uses most; `part`: it stands in a longer phrase, 1 for a part of the place ("the countryside of Aleppo"), 2
    for a name of its own; `within`: a noun says that it lies in a country ("the state of Georgia").
    """

    name: str
    kind: str
    generic: bool = False
    ordinary: bool = False
    other: bool = False
    part: int = 0
    within: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """When a document was written (ISO 8601), and the countries (QIDs) that it names or that its links lie in."""

    date: str | None = None
    countries: frozenset[str] = frozenset()


def kind_fit(kind: str, found: frozenset[str]) -> float | None:
    """From 1 (the same kind) to 0 (nothing is known of the item); None where it cannot be meant."""
    if not found:
        return 0.0
    if kind in found:
        return _FULL_KIND
    if kind in PLACES and found & PLACES:
        return _FULL_KIND if kind == "Place" else _NEAR_KIND
    if kind in BODIES and found & BODIES:
        return _FULL_KIND if kind == "Organization" else _NEAR_KIND
    if kind in _AGENTS_OF_STATE and "Country" in found:
        return _FAR_KIND
    return None


def known_well(item: Item) -> float:
    """From 0 to 1: by how many wikis have a page, by population, else by how early the identifier was given."""
    by_age = max(0.0, 1 - math.log10(number(item.qid) + 1) / 8.5)
    by_wikis = math.log(1 + item.sitelinks) / math.log(300)
    by_people = math.log10(1 + (item.population or 0)) / 9
    return max(by_wikis or by_age, by_people)


def features(asked: Asked, item: Item, kinds: frozenset[str], context: Context) -> dict[str, float] | None:
    """Feature → value; None where the item cannot be meant."""
    fit, spelling = kind_fit(asked.kind, kinds), _spelling(asked, item)
    if (
        fit is None
        or (asked.within and "Country" in kinds and asked.kind not in kinds)
        or spelling.get("spelt alike", 1.0) < _ALIKE
    ):
        return None
    found = {"bias": 1.0, "kind": fit, "known well": known_well(item) - _KNOWN, **spelling}
    words = len(asked.name.split())
    found["words"] = min(words, 4) - 1.0
    found["ordinary word"] = float(asked.ordinary)
    found["no name"] = float(asked.generic)
    found["another name"] = float(asked.other)
    found["part of a name"] = float(asked.part)
    found["surname alone"] = float(asked.kind == "Person" and words == 1)
    found.update(_time_and_place(item, kinds, context))
    return found


def _spelling(asked: Asked, item: Item) -> dict[str, float]:
    names = (item.label_ar, item.label_en, *item.aliases)
    wanted = fold_words(asked.name)
    alias = float(fold_words(item.label_ar) != wanted)
    if any(fold_words(name) == wanted for name in names):
        return {"same spelling": 1.0, "alias": alias}
    key = name_key(asked.name)
    alike = max(SequenceMatcher(None, key, name_key(name)).ratio() for name in names)
    return {"same spelling": 0.5} if alike == 1 else {"spelt alike": alike}


def _time_and_place(item: Item, kinds: frozenset[str], context: Context) -> Iterator[tuple[str, float]]:
    place = item.qid if "Country" in kinds else item.country
    if place and context.countries:
        yield ("country of the text" if place in context.countries else "another country"), 1.0
    if context.date:
        if any(held(position, context.date) for position in item.positions):
            yield "office at the time", 1.0
        if (item.inception or "") > context.date or (item.dissolution or "9") < context.date:
            yield "not at the time", 1.0


def held(position: Position, date: str) -> bool:
    """Whether an office was held on a day; ISO dates of any precision. Without any date nobody knows."""
    begin, end = position.begin, position.end
    return bool(begin or end) and (begin or "") <= date and (end is None or date[: len(end)] <= end)


def logit(found: Mapping[str, float]) -> float:
    """The weighted sum."""
    return sum(WEIGHTS[name] * value for name, value in found.items())


def probability(logit: float) -> float:
    """The logistic function."""
    return 1 / (1 + math.exp(-logit))
