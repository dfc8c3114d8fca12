"""Which reports of different documents tell of one happening. Order-independent, and apart when unsure.

Reports are compared inside buckets only: same class, something in common that few reports have, and days that are
near. A decision is a score with its reasons; evidence against (another day, other people in one role, other amounts)
forbids it, and so does the user's list. Reports of one document are never joined here: that is decided where the text
is at hand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg_builder.graph.claim import Claim
from kg_builder.graph.lists import Lists, Pairs

WINDOW_DAYS = 3
THRESHOLD = 3.0
NEIGHBOURS = 32  # in a bucket sorted by day and place; a name on every page must not cost the square of the pages
WITNESSES = 8  # of each group, when two groups are about to be joined
BY_HAND = "ListedAsSame"
Compare = Callable[[Claim, Claim], float | None]


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


def score(a: Claim, b: Claim) -> float | None:
    """How much speaks for one happening, at least `THRESHOLD` to join; None when something speaks against it."""
    total = 0.0
    for compare, _ in _COMPARISONS:
        part = compare(a, b)
        if part is None:
            return None
        total += part
    return total


def reasons(a: Claim, b: Claim) -> tuple[str, ...]:
    """What speaks for one happening, strongest kinds first."""
    return tuple(name for compare, name in _COMPARISONS if (compare(a, b) or 0) > 0)


def _sentence(a: Claim, b: Claim) -> float | None:
    return 4.0 if a.sentence == b.sentence else 0.0


def _time(a: Claim, b: Claim) -> float | None:
    if a.begin and b.begin:
        short = min(len(a.begin), len(b.begin), 10)
        if a.begin[:short] != b.begin[:short]:
            return None
        return 1.0 if short == 10 else 0.5
    if a.published is None or b.published is None:
        return 0.0
    return 0.5 if abs(a.published - b.published) <= 1 else 0.0


def _people(a: Claim, b: Claim) -> float | None:
    total = 0.0
    for role in a.participants.keys() & b.participants.keys():
        shared = a.participants[role] & b.participants[role]
        if not shared:
            return None
        total += 2.0 * len(shared)
    return total


def _place(a: Claim, b: Claim) -> float | None:
    if not a.places or not b.places:
        return 0.0
    if a.places & b.places:
        return 0.5 if a.broad_places else 1.0
    return 0.0 if a.broad_places != b.broad_places else None


def _amounts(a: Claim, b: Claim) -> float | None:
    both = a.amounts.keys() & b.amounts.keys()
    if any(not a.amounts[role] & b.amounts[role] for role in both):
        return None
    return 2.0 if both else 0.0


def _words(a: Claim, b: Claim) -> float | None:
    total = 0.0
    for role in a.texts.keys() & b.texts.keys():
        x, y = a.texts[role], b.texts[role]
        alike = len(x & y) / (len(x | y) or 1)
        total += 1.0 if alike >= 0.5 else -1.0 if alike < 0.1 else 0.0
    return total


def _mood(a: Claim, b: Claim) -> float | None:
    return None if a.denied != b.denied or (a.directions and b.directions and not a.directions & b.directions) else 0.0


def _counts(a: Claim, b: Claim) -> float | None:
    return 1.0 if a.counts & b.counts else 0.0


# The cheapest and the likeliest to forbid first; the name is that of the reason when it speaks for one happening.
_COMPARISONS: tuple[tuple[Compare, str], ...] = (
    (_time, "SameTime"),
    (_mood, "SameTime"),
    (_people, "SameParticipant"),
    (_amounts, "SameAmount"),
    (_place, "SamePlace"),
    (_words, "SimilarWords"),
    (_counts, "SameCount"),
    (_sentence, "SameSentence"),
)


def _bucket_keys(claim: Claim) -> Iterator[tuple[str, str]]:
    kind = claim.told.kind
    for found in (*claim.participants.values(), *claim.amounts.values()):
        for iri in found:
            yield kind, iri
    yield kind, claim.sentence


def _pairs(claims: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    buckets: dict[tuple[str, str], list[tuple[int, str, str, Claim]]] = defaultdict(list)
    for item in claims:
        if item.day is not None:
            for key in _bucket_keys(item):
                buckets[key].append((item.day, min(item.places, default=""), item.iri, item))
    for bucket in buckets.values():
        bucket.sort(key=lambda entry: entry[:3])
        days = [entry[0] for entry in bucket]
        for i, (day, *_, first) in enumerate(bucket):
            for *_, second in bucket[i + 1 : min(bisect_right(days, day + WINDOW_DAYS), i + 1 + NEIGHBOURS)]:
                yield first, second


class Merger:
    """Groups claims by happening, under the user's lists."""

    def __init__(self, claims: Iterable[Claim], lists: Lists | None = None) -> None:
        self._claims = {claim.iri: claim for claim in claims}
        lists = lists or Lists()
        by_tail = {iri.rpartition("/report/")[2]: iri for iri in self._claims}
        self._apart = _known(lists.apart.reports, by_tail)
        self._same = _known(lists.same.reports, by_tail)
        self._groups = {iri: frozenset({iri}) for iri in self._claims}
        self._joins: dict[str, list[Join]] = defaultdict(list)

    def clusters(self) -> list[Cluster]:
        """The claims grouped by happening, in the order of their first report IRIs."""
        for a, b in sorted(self._same):
            self._join(self._claims[a], self._claims[b], 0.0, (BY_HAND,))
        scored = self._scores()
        for a, b in sorted((k for k, s in scored.items() if s >= THRESHOLD), key=lambda k: (-scored[k], k)):
            if self._groups[a] is not self._groups[b] and self._may_join(self._groups[a], self._groups[b]):
                first, second = self._claims[a], self._claims[b]
                self._join(first, second, scored[a, b], reasons(first, second))
        found = {min(group): group for group in self._groups.values()}
        return [self._cluster(sorted(found[first])) for first in sorted(found)]

    def _scores(self) -> dict[tuple[str, str], float]:
        scored: dict[tuple[str, str], float] = {}
        for a, b in _pairs(self._claims.values()):
            key = (a.iri, b.iri) if a.iri < b.iri else (b.iri, a.iri)
            if key not in scored and a.document is not b.document:
                scored[key] = score(a, b) or 0.0
        return scored

    def _join(self, a: Claim, b: Claim, points: float, why: tuple[str, ...]) -> None:
        both = self._groups[a.iri] | self._groups[b.iri]
        self._groups.update(dict.fromkeys(both, both))
        self._joins[a.iri].append(Join(a, b, points, why))

    def _may_join(self, x: frozenset[str], y: frozenset[str]) -> bool:
        """No two reports of one document, no pair on the list, and no pair of the witnesses that something speaks
        against."""
        sources = [{self._claims[iri].document.iri for iri in group} for group in (x, y)]
        if sources[0] & sources[1] or any((a in x and b in y) or (a in y and b in x) for a, b in self._apart):
            return False
        some, others = (sorted(group)[:WITNESSES] for group in (x, y))
        return all(score(self._claims[a], self._claims[b]) is not None for a in some for b in others)

    def _cluster(self, iris: list[str]) -> Cluster:
        return Cluster(tuple(self._claims[iri] for iri in iris), tuple(j for iri in iris for j in self._joins[iri]))


def _known(pairs: Pairs, by_tail: dict[str, str]) -> list[tuple[str, str]]:
    return [(by_tail[a], by_tail[b]) for a, b in pairs if a in by_tail and b in by_tail]
