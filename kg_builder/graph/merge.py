"""Which reports of different documents tell of one happening. Order-independent, and apart when unsure.

Reports are compared inside buckets only: same class, something in common that few reports have, and days that are
near. A decision is a score with its reasons; what speaks plainly against forbids it, and so does the user's list.
Reports of one document are joined by those of another alone, and only when they are alike: what a document tells once
is decided where the text is at hand.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg_builder.graph.claim import Claim
from kg_builder.graph.compare import Comparer
from kg_builder.graph.lists import Lists, Pairs

WINDOW_DAYS = 3
THRESHOLD = 3.5
INSIDE = 0.75  # without what one document tells alike anyway, between two reports of it that a third one would join
LINK = 0.75  # the mean score of the witnesses when two groups are joined
NEIGHBOURS = 32  # in a bucket sorted by day; a name on every page must not cost the square of the pages
RAREST = 12  # words of a sentence under which it is looked for
WITNESSES = 8  # of each group, when two groups are about to be joined
_MOST = 1 << 40  # claims in a collection, so that a day or another claim and a claim fit into one number
BY_HAND = "ListedAsSame"


@dataclass(frozen=True, slots=True)
class Join:
    """Two reports taken for one happening: how sure, and why, as local names of `nev:MergeReason`s."""

    first: Claim
    second: Claim
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """The reports of one happening in the order of their IRIs, and the joins that hold them together."""

    claims: tuple[Claim, ...]
    joins: tuple[Join, ...] = ()


class Merger:
    """Groups claims by happening, under the user's lists."""

    def __init__(self, claims: Iterable[Claim], comparer: Comparer, lists: Lists | None = None) -> None:
        self._claims = {claim.iri: claim for claim in sorted(claims, key=lambda claim: claim.iri)}
        self._comparer = comparer
        lists = lists or Lists()
        by_tail = {iri.rpartition("/report/")[2]: iri for iri in self._claims}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for a, b in _known(lists.apart.reports, by_tail):
            self._apart[a].add(b)
            self._apart[b].add(a)
        self._same = _known(lists.same.reports, by_tail)
        self._groups = {iri: frozenset({iri}) for iri in self._claims}
        self._joins: dict[str, list[Join]] = defaultdict(list)

    def clusters(self) -> list[Cluster]:
        """The claims grouped by happening, in the order of their first report IRIs."""
        for a, b in sorted(self._same):
            if self._groups[a] is not self._groups[b]:
                self._join(self._claims[a], self._claims[b], 0.0, (BY_HAND,))
        scored = self._scores()
        for a, b in sorted(scored, key=lambda k: (-scored[k], k)):
            if self._groups[a] is not self._groups[b] and self._may_join(self._groups[a], self._groups[b]):
                first, second = self._claims[a], self._claims[b]
                self._join(first, second, scored[a, b], self._comparer.reasons(first, second))
        found = {min(group): group for group in self._groups.values()}
        return [self._cluster(sorted(found[first])) for first in sorted(found)]

    def _bucket_keys(self, claim: Claim) -> Iterator[tuple[str, str]]:
        kind = claim.told.kind
        for found in (*claim.named.values(), *claim.amounts.values()):
            for iri in found:
                yield kind, iri
        for sentence in claim.sentences:
            for word in self._comparer.rarity.rarest(sentence.words, RAREST):
                yield kind, word

    def _pairs(self, claims: Sequence[Claim]) -> Iterator[tuple[int, int]]:
        """The numbers of claims to compare, the lower first; some come more than once."""
        buckets: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, claim in enumerate(claims):
            filed = claim.days
            for key in self._bucket_keys(claim) if filed else ():
                buckets[key].extend(day * _MOST + number for day in filed)
        for bucket in buckets.values():
            bucket.sort()
            for i, entry in enumerate(bucket):
                last = (entry // _MOST + WINDOW_DAYS + 1) * _MOST
                for other in bucket[i + 1 : min(bisect_left(bucket, last), i + 1 + NEIGHBOURS)]:
                    first, second = sorted((entry % _MOST, other % _MOST))
                    yield first, second

    def _scores(self) -> dict[tuple[str, str], float]:
        """The pairs that are sure enough to join."""
        claims = list(self._claims.values())
        scored: dict[tuple[str, str], float] = {}
        done: set[int] = set()
        for i, j in self._pairs(claims):
            a, b, pair = claims[i], claims[j], i * _MOST + j
            if pair not in done and a.document is not b.document:
                done.add(pair)
                points = self._comparer.score(a, b)
                if points is not None and points >= THRESHOLD:
                    scored[a.iri, b.iri] = round(points, 3)
        return scored

    def _join(self, a: Claim, b: Claim, points: float, why: tuple[str, ...]) -> None:
        both = self._groups[a.iri] | self._groups[b.iri]
        self._groups.update(dict.fromkeys(both, both))
        self._joins[a.iri].append(Join(a, b, points, why))

    def _may_join(self, x: frozenset[str], y: frozenset[str]) -> bool:
        """No pair on the list, none that a document keeps apart, and witnesses that agree on the whole."""
        if any(not self._apart[iri].isdisjoint(y) for iri in x if iri in self._apart) or not self._alike_inside(x, y):
            return False
        some, others = (sorted(group)[:WITNESSES] for group in (x, y))
        scores = [self._comparer.score(self._claims[a], self._claims[b]) for a in some for b in others]
        known = [points for points in scores if points is not None]
        return len(known) == len(scores) and sum(known) >= LINK * len(known)

    def _alike_inside(self, x: frozenset[str], y: frozenset[str]) -> bool:
        """Whether what one document told apart could well be one."""
        told: dict[str, list[Claim]] = defaultdict(list)
        for iri in x:
            told[self._claims[iri].document.iri.value].append(self._claims[iri])
        for b in map(self._claims.__getitem__, y):
            if any(self._inside(a, b) < INSIDE for a in told.get(b.document.iri.value, ())):
                return False
        return True

    def _inside(self, a: Claim, b: Claim) -> float:
        """The points of two reports of one document, without the story they share, and without the sentence when it is
        the same one."""
        points = self._comparer.score(a, b)
        if points is None:
            return -math.inf
        same = self._comparer.sentence(a, b) if {*a.sentences} & {*b.sentences} else 0.0
        return points - (self._comparer.story(a, b) or 0.0) - (same or 0.0)

    def _cluster(self, iris: list[str]) -> Cluster:
        return Cluster(tuple(self._claims[iri] for iri in iris), tuple(j for iri in iris for j in self._joins[iri]))


def _known(pairs: Pairs, by_tail: dict[str, str]) -> list[tuple[str, str]]:
    return [(by_tail[a], by_tail[b]) for a, b in pairs if a in by_tail and b in by_tail]
