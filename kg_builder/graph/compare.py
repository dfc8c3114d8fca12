"""How much speaks for two reports telling of one happening: points, each with its reason."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from kg_builder.graph.claim import Bag, Claim, Names
from kg_builder.graph.schema import Schema
from kg_builder.graph.words import Rarity

NEARLY_ONE = 0.75  # of the sentence: then what is not said may be missing in one of them by chance
UNSAID = -2.0
MANY_NUMBERS = 3  # sentences with so many numbers, none in common, are one form filled in twice
AGREE, DIFFER = 0.5, 0.2  # likeness of the words of a role
SOMEBODY_ELSE, HARDLY_HIM = -4.0, -2.0  # in a role that one alone fills and that tells happenings apart
ONE_PARTNER = -0.75  # the only known one of those who do it together: they meet others every day
ELSEWHERE, ELSE = -0.5, -2.0  # another place; and other counts too
Verdict = float | None  # points; None: these are two


@dataclass(frozen=True, slots=True)
class Comparer:
    """Compares claims of one collection. The schema knows the roles whose fillers tell happenings of a type apart."""

    rarity: Rarity
    schema: Schema

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
        return 6.0 * self.likeness(a.sentence, b.sentence)

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
            return 0.5 if days == 0 else -0.75 if days == 1 else -1.5
        apart = (abs(x - y) for x, y in ((a.published, b.published), (a.day, b.day)) if x is not None and y is not None)
        return -0.4 * min(apart, default=0)

    def roles(self, a: Claim, b: Claim) -> Verdict:
        """Who has which part in it, by name or by words. What would tell happenings apart and is not said is missed."""
        both = a.said.keys() & b.said.keys() - {"place"}
        needed = self.schema.identified_by(a.told.kind)
        unsaid = needed and needed.isdisjoint(both) and self.likeness(a.sentence, b.sentence) < NEARLY_ONE
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
            return None if identifying and not collective and not x & y else weight * self._names(x, y, collective)
        alike = self.likeness(a.said[role], b.said[role])
        if identifying and not collective and alike < AGREE:
            return SOMEBODY_ELSE if alike < DIFFER else HARDLY_HIM
        if alike < DIFFER:
            return -1.25 * weight if identifying else -0.75
        shared = max(map(self.rarity.share, a.said[role].words & b.said[role].words), default=0.0)
        return weight * shared if alike >= AGREE else 0.0

    def _names(self, x: Names, y: Names, collective: bool) -> float:
        """From -1.25 for none in common to 1 for all; of those who do something together, one alone is not enough."""
        if not x & y:
            return -1.25
        if collective and min(len(x), len(y)) < 2:
            return ONE_PARTNER
        part = math.fsum(map(self.rarity.share, x & y)) / math.fsum(map(self.rarity.share, x | y))
        return (1.6 * part - 0.6) * (max(map(self.rarity.share, x & y)) if part > 0.375 else 1.0)

    def place(self, a: Claim, b: Claim) -> Verdict:
        """The same place, a country saying less; other victims elsewhere are others."""
        x, y = a.named.get("place", frozenset()), b.named.get("place", frozenset())
        if x & y:
            return 1.5 if x & y - a.broad - b.broad else 0.5
        if not (x - a.broad and y - b.broad):
            return 0.0
        return ELSE if a.counts and b.counts and a.counts.isdisjoint(b.counts) else ELSEWHERE

    def amounts(self, a: Claim, b: Claim) -> Verdict:
        """Amounts in the same role."""
        both = a.amounts.keys() & b.amounts.keys()
        return sum((1.0 if a.amounts[role] & b.amounts[role] else -3.0) for role in both) if both else 0.0

    def counts(self, a: Claim, b: Claim) -> Verdict:
        """Victims and other numbers; two tellings may well differ in them."""
        if a.counts and b.counts:
            return 1.0 if a.counts & b.counts else -0.5
        return -0.5 * min(len(a.numbers), len(b.numbers), MANY_NUMBERS) if not a.numbers & b.numbers else 0.0


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
