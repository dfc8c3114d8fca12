"""How much speaks for two reports telling of one happening: points, each with its reason."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kg_builder.graph.claim import Bag, Claim, Names
from kg_builder.graph.schema import Schema
from kg_builder.graph.words import Rarity

NEARLY_ONE = 0.75  # of the sentence: then what is not said may be missing in one of them by chance
FEW_WORDS = 6.0  # weight added to a sentence's, because a short one is soon like another
UNSAID = -2.0
MANY_NUMBERS = 3  # sentences with so many numbers, none in common, are one form filled in twice
AGREE, DIFFER = 0.5, 0.2  # likeness of the words of a role
NAMED_THERE = 0.65  # of the words of a phrase that the other's sentences have: it may be meant there too
SOMEBODY_ELSE, HARDLY_HIM = -4.0, -2.0  # in a role that one alone fills and that tells happenings apart
OTHERWISE = -0.5  # other words for whoever has a part in which names are seldom told
ONE_PARTNER = -0.75  # the only known one of those who do it together: they meet others every day
OTHERS = -1.25  # each has a partner of whom the other says nothing
SENTENCE, HERE = 6.0, 1.5  # at most, of sentences that are the same; of a place that no other document names
ELSEWHERE, ELSE = -1.25, -2.0  # another place; and other counts too
OTHER_DAYS, OTHER_PERIOD = -1.5, -2.0  # days that are not near; months or years that do not hold the other's day
MANY_MORE = 3  # times as many victims
Verdict = float | None  # points; None: these are two


@dataclass(frozen=True, slots=True)
class Comparer:
    """Compares claims of one collection. The schema knows the roles whose fillers tell happenings of a type apart."""

    rarity: Rarity
    schema: Schema
    _last: list[Any] = field(default_factory=list, compare=False)  # two claims and how alike their wording is

    def score(self, a: Claim, b: Claim) -> Verdict:
        """The points of all comparisons; None when something speaks plainly against."""
        total = 0.0
        for compare, _ in COMPARISONS:
            points = compare(self, a, b)
            if points is None:
                return None
            total += points
        return total

    def reasons(self, a: Claim, b: Claim) -> tuple[str, ...]:
        """What speaks for one happening, as local names of `nev:MergeReason`s."""
        return tuple(name for compare, name in COMPARISONS if (compare(self, a, b) or 0) >= 0.25)

    def likeness(self, x: Bag, y: Bag) -> float:
        """How alike the words are, 0 to 1."""
        return self.rarity.alike(x.words, x.mass, y.words, y.mass)

    def sentence(self, a: Claim, b: Claim) -> Verdict:
        """Sentences with the same rare words."""
        return SENTENCE * self.wording(a, b)

    def wording(self, a: Claim, b: Claim) -> float:
        """How alike the two sentences are that are most alike, 0 to 1."""
        if not self._last or self._last[0] is not a or self._last[1] is not b:
            pairs = ((x, y) for x in a.sentences for y in b.sentences)
            alike = (self.rarity.alike(x.words, x.mass + FEW_WORDS, y.words, y.mass + FEW_WORDS) for x, y in pairs)
            self._last[:] = [a, b, max(alike, default=0.0)]
        found: float = self._last[2]
        return found

    def mentions(self, claim: Claim, bag: Bag) -> bool:
        """Whether the sentences of a claim have most of some words."""
        return self.rarity.mass(bag.words & claim.around) >= NAMED_THERE * bag.mass

    def story(self, a: Claim, b: Claim) -> Verdict:
        """Documents that tell the same things."""
        return 3.0 * self.likeness(a.story, b.story)

    def trigger(self, a: Claim, b: Claim) -> Verdict:
        """The same word carries the event."""
        return 1.0 if a.trigger & b.trigger else 0.0

    def mood(self, a: Claim, b: Claim) -> Verdict:
        """What one denies the other must deny too, and prices do not rise and fall at once."""
        apart = a.directions and b.directions and not a.directions & b.directions
        return None if apart or a.denied != b.denied else 0.0

    def time(self, a: Claim, b: Claim) -> Verdict:
        """Days that the texts name; where one names none, how near the documents are, or one to the other's day."""
        if a.begin and b.begin:
            days = abs(a.begin - b.begin)
            return 0.5 if days == 0 else -0.75 if days == 1 else OTHER_DAYS
        if a.within and b.within and (a.within[1] < b.within[0] or b.within[1] < a.within[0]):
            return OTHER_PERIOD
        apart = (abs(x - y) for x, y in ((a.published, b.published), (a.day, b.day)) if x is not None and y is not None)
        return -0.4 * min(apart, default=0)

    def roles(self, a: Claim, b: Claim) -> Verdict:
        """Who has which part in it, by name or by words. What would tell happenings apart and is not said is missed."""
        both = a.said.keys() & b.said.keys() - {"place"}
        needed = self.schema.identified_by(a.told.kind)
        unsaid = needed and needed.isdisjoint(both) and self.wording(a, b) < NEARLY_ONE
        total = UNSAID if unsaid else 0.0
        for role in both:
            points = self._role(role, role in needed, a, b)
            if points is None:
                return None
            total += points
        return total

    def _role(self, role: str, identifying: bool, a: Claim, b: Claim) -> Verdict:
        """A name or word that all the news is full of says little for one, as much as any against it. Two names in a
        role that tells happenings apart are two happenings."""
        weight, collective = (2.0 if identifying else 1.0), role in self.schema.collective
        x, y = a.named.get(role, frozenset()), b.named.get(role, frozenset())
        if x and y:
            two = identifying and not collective and not x & y
            return None if two else weight * self._names(role, collective, a, b)
        alike = self.likeness(a.said[role], b.said[role])
        if alike < AGREE and (self.mentions(a, b.said[role]) or self.mentions(b, a.said[role])):
            return 0.0
        if identifying and not collective and alike < AGREE:
            return SOMEBODY_ELSE if alike < DIFFER else HARDLY_HIM
        if alike < DIFFER:
            return -1.25 * weight if identifying else OTHERWISE
        shared = max(map(self.rarity.share, a.said[role].words & b.said[role].words), default=0.0)
        return weight * shared if alike >= AGREE else 0.0

    def _names(self, role: str, collective: bool, a: Claim, b: Claim) -> float:
        """From -1.25 for none in common to 1 for all; of those who do something together, one alone is not enough."""
        x, y = a.named[role], b.named[role]
        if not x & y:
            return -1.25
        if collective and min(len(x), len(y)) < 2:
            return ONE_PARTNER
        if collective and x - y and y - x and (self._unheard(x - y, a, b) or self._unheard(y - x, b, a)):
            return OTHERS
        part = math.fsum(map(self.rarity.share, x & y)) / math.fsum(map(self.rarity.share, x | y))
        return (1.6 * part - 0.6) * (max(map(self.rarity.share, x & y)) if part > 0.375 else 1.0)

    def _unheard(self, names: Names, of: Claim, other: Claim) -> bool:
        """Whether somebody is named of whom the other's sentences say nothing."""
        return any(not self.mentions(other, of.names[name]) for name in names)

    def place(self, a: Claim, b: Claim) -> Verdict:
        """The same place, one that all the news is full of saying less; other victims elsewhere are others."""
        x, y = a.named.get("place", frozenset()), b.named.get("place", frozenset())
        if both := x & y:
            return HERE * max(map(self.rarity.share, both)) if both - a.broad - b.broad else 0.5
        if not self._elsewhere(a, b):
            return 0.0
        return ELSE if a.counts and b.counts and a.counts.isdisjoint(b.counts) else ELSEWHERE

    def _elsewhere(self, a: Claim, b: Claim) -> bool:
        """Whether both say where, in words that neither has of the other's."""
        x, y = a.said.get("place"), b.said.get("place")
        if not (x and y) or any(c.named.get("place", frozenset()) & c.broad for c in (a, b)):
            return False
        return not (x.words & y.words or self.mentions(a, y) or self.mentions(b, x))

    def amounts(self, a: Claim, b: Claim) -> Verdict:
        """Amounts in the same role."""
        both = a.amounts.keys() & b.amounts.keys()
        return sum((1.0 if a.amounts[role] & b.amounts[role] else -3.0) for role in both) if both else 0.0

    def counts(self, a: Claim, b: Claim) -> Verdict:
        """Victims and other numbers; two tellings may well differ in them."""
        if a.counts and b.counts:
            return 1.0 if a.counts & b.counts else -1.5 if self._many_more(a, b) else -0.5
        return -0.5 * min(len(a.numbers), len(b.numbers), MANY_NUMBERS) if not a.numbers & b.numbers else 0.0

    def _many_more(self, a: Claim, b: Claim) -> bool:
        least, most = sorted(max(map(int, claim.counts)) for claim in (a, b))
        return most >= MANY_MORE * least and most - least >= MANY_MORE


Compare = Callable[[Comparer, Claim, Claim], Verdict]
COMPARISONS: tuple[tuple[Compare, str], ...] = (
    (Comparer.mood, "SameTime"),
    (Comparer.roles, "SameParticipant"),
    (Comparer.sentence, "SimilarWords"),
    (Comparer.story, "SameStory"),
    (Comparer.trigger, "SameTrigger"),
    (Comparer.time, "SameTime"),
    (Comparer.place, "SamePlace"),
    (Comparer.amounts, "SameAmount"),
    (Comparer.counts, "SameCount"),
)
