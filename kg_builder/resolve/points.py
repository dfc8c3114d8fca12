"""How much speaks for two reports of a document telling of one happening: points for it and against it."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kg_builder.model import Amount, FillerValue
from kg_builder.resolve.nested import Nested
from kg_builder.resolve.profile import TOKENS, Profile
from kg_builder.resolve.types import Types
from kg_builder.resolve.words import loose, split

ENOUGH = 1.0
NESTED = frozenset({"Country", "Facility"})  # what others lie in, and what lies in others
DOUBTFUL = 0.65  # confidence below which a report that says little may be an echo of another

# For: somebody called by a name, or not, has the same role; somebody to whom such a thing happens but once.
NAMED, NAMELESS, ONCE = 2.0, 1.0, 2.0
AMOUNT, WORDS, PLACE, COUNT, LARGE_COUNT, DATE = 2.0, 1.5, 1.0, 0.5, 2.0, 0.5
LARGE = 3  # a count that is the same by chance only seldom
# For, whatever the roles: the same word; a noun that refers back, less so when it says something else; nothing is said
# at all; one of the two is doubtful; no other such happening was told.
LEXEME, REFERS, REFERS_ANEW, BARE, ECHO, ALONE = 0.5, 2.25, 1.5, 2.0, 1.25, 0.25
# Against: the word "another"; a wider type; told in one sentence; told as fact here and as possible there; others in
# the same role.
ANOTHER, WIDER, TOGETHER, OTHER_MOOD = -5.0, -1.5, -2.0, -2.5
OTHER_NAME, OTHER_PARTNER, OTHER_NAMELESS, DESCRIBED, OTHER_WORDS, REWORDED = -3.0, -1.5, -0.75, -0.25, -2.0, -0.75
OTHER_AMOUNT, OTHER_COUNT, OTHER_DAY, OTHER_WAY = -9.0, -9.0, -9.0, -9.0
OTHER_PLACE, OTHER_BREADTH = -2.5, -2.25  # a city may lie in the region; a country says little


@dataclass(slots=True)
class Points:
    """What was found: the points for and against, and how many participants, amounts and words are in common."""

    good: float = 0.0
    bad: float = 0.0
    told: int = 0

    def add(self, weight: float) -> None:
        """Counts a weight on its side."""
        if weight > 0:
            self.good += weight
        else:
            self.bad += weight

    def tell(self, weight: float, common: int) -> None:
        """Counts participants, amounts or words in common."""
        self.good += weight * common
        self.told += common

    @property
    def agree(self) -> bool:
        """Whether nothing that the two say speaks against one happening."""
        return self.bad == 0.0

    @property
    def total(self) -> float:
        """The sum."""
        return self.good + self.bad


def compare(x: Profile, y: Profile, types: Types, refers: bool = False, nested: Nested = frozenset()) -> Points:
    """What two reports say, role by role. `refers`: the second tells of a happening told before, in
    other words, and may add to those who did it together. `nested`: which places lie in one another."""
    points = Points()
    for role in sorted(x.entities.keys() & y.entities.keys()):
        if role == "place":
            _place(points, x, y, nested)
        else:
            _participants(points, x, y, role, types, refers)
    for role in x.words.keys() & y.words.keys():
        alike = _alike(x.words[role], y.words[role])
        points.tell(WORDS, int(alike))
        points.add(0.0 if alike else REWORDED if refers else OTHER_WORDS)
    for role in x.amounts.keys() & y.amounts.keys():
        same = len(x.amounts[role] & y.amounts[role])
        points.tell(AMOUNT, same)
        points.add(0.0 if same or not _comparable(x.amounts[role], y.amounts[role]) else OTHER_AMOUNT)
    for role in x.plain.keys() & y.plain.keys():
        equal = x.plain[role] & y.plain[role]
        points.add((0.0 if equal else OTHER_WAY) if role in TOKENS else _count(equal) if equal else OTHER_COUNT)
    _times(points, x, y)
    return points


def _count(equal: AbstractSet[FillerValue]) -> float:
    return LARGE_COUNT if any(isinstance(count, int) and count >= LARGE for count in equal) else COUNT


def _participants(points: Points, x: Profile, y: Profile, role: str, types: Types, refers: bool) -> None:
    named = len(_common(x.named(role), y.named(role)))
    first, second = x.entities[role].keys(), y.entities[role].keys()
    both = _common(x.named(role), y.named(role)) | (first & second)
    points.tell(NAMED, named)
    points.tell(NAMELESS, max(0, len(both) - named))
    if named and role in types.once:
        points.add(ONCE)
    if len(both) < min(len(first), len(second)) and not (refers and role in types.collective):
        if x.named(role) - both and y.named(role) - _common(y.named(role), first):
            points.add(OTHER_PARTNER if both or role in types.collective else OTHER_NAME)
        elif not both:
            points.add(DESCRIBED if x.named(role) or y.named(role) else OTHER_NAMELESS)


def _common(first: Iterable[str], second: Iterable[str]) -> set[str]:
    """Those of the first whose words are among the words of one of the second, or the other way round."""
    theirs = [set(map(loose, split(label))) for label in second]
    return {a for a in first for mine in [set(map(loose, split(a)))] if any(mine <= b or b <= mine for b in theirs)}


def _place(points: Points, x: Profile, y: Profile, nested: Nested) -> None:
    """The same place, or one in the other; or named places that differ, of one breadth or of several below a
    country."""
    mine, theirs = x.entities["place"], y.entities["place"]
    here, there = {mine[p].kind for p in x.named("place")}, {theirs[p].kind for p in y.named("place")}
    if _common(mine, theirs) or any(frozenset({a, b}) in nested for a in mine for b in theirs):
        points.add(PLACE)
    elif here & there:
        points.add(OTHER_PLACE)
    elif here and there and not NESTED & (here | there):
        points.add(OTHER_BREADTH)


def _times(points: Points, x: Profile, y: Profile) -> None:
    ends = ((x.time.begin, y.time.begin), (x.time.end, y.time.end))
    if not all(not (a and b) or a.startswith(b) or b.startswith(a) for a, b in ends):
        points.add(OTHER_DAY)
    elif x.time.begin and y.time.begin:
        points.add(DATE)


def _comparable(first: AbstractSet[Amount], second: AbstractSet[Amount]) -> bool:
    """Whether both give money, or amounts in one unit: a fall by 87 cents may be one by 1.3 percent."""
    return not {(bool(a.currency), a.unit) for a in first}.isdisjoint((bool(a.currency), a.unit) for a in second)


def _alike(x: AbstractSet[str], y: AbstractSet[str]) -> bool:
    """Whether two phrases share most words of the shorter one: the price of oil is not the price of gold."""
    return 2 * len(x & y) > min(len(x), len(y))
