"""Which reports of different documents tell of one happening. Order-independent, and apart when unsure.

Reports are compared inside buckets only: same class, a shared entity or amount or the same sentence, and days that
are near. A decision is a score; evidence against (another day, other people in one role, other amounts) forbids it.
Reports of one document are never joined here: that is decided where the text is at hand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pyoxigraph as ox

from kg_builder.graph.document import Document, Told
from kg_builder.graph.schema import Schema
from kg_builder.graph.spelling import fold
from kg_builder.model import Entity
from kg_builder.ontology import NEV

WINDOW_DAYS = 3
THRESHOLD = 3.0
NEIGHBOURS = 32  # in a bucket sorted by day and place; a name on every page must not cost the square of the pages
WITNESSES = 8  # of each group, when two groups are about to be joined
NOT_PARTICIPANTS = frozenset({"place", "attributedTo"})
Values = dict[str, frozenset[str]]


@dataclass(frozen=True)
class Claim:
    """A report with what merging looks at; days are ordinals."""

    told: Told
    document: Document
    participants: Values
    places: frozenset[str]
    broad_places: bool
    amounts: Values
    texts: Values
    directions: frozenset[str]
    counts: frozenset[str]

    @cached_property
    def iri(self) -> str:
        """The report's IRI, which orders claims."""
        return self.told.iri.value

    @cached_property
    def denied(self) -> bool:
        """Whether the document says that it did not happen."""
        return self.told.report.factuality == "Denied"

    @cached_property
    def begin(self) -> str | None:
        """When it began, as the document says."""
        return self.told.report.time.begin

    @cached_property
    def published(self) -> int | None:
        """The day of the document."""
        return _ordinal(self.document.article.date)

    @cached_property
    def day(self) -> int | None:
        """The day it is filed under: its own if known, else that of the document."""
        return _ordinal(self.begin) or self.published

    @cached_property
    def sentence(self) -> str:
        """The first evidence and the trigger, folded: equal in reprints."""
        report = self.told.report
        spans = (*report.evidence[:1], report.trigger)
        return "\n".join(fold(self.document.anchor(span)) for span in spans)


def _ordinal(moment: str | None) -> int | None:
    try:
        return date.fromisoformat(moment[:10]).toordinal() if moment else None
    except ValueError:
        return None


def claim(told: Told, document: Document, schema: Schema) -> Claim:
    """What merging looks at in one report: specific entities by role, amounts, words and tokens."""
    participants, amounts, texts, tokens = (defaultdict[str, set[str]](set) for _ in range(4))
    places: dict[str, bool] = {}
    for predicate, term in told.pairs:
        role = predicate.value.removeprefix(NEV)
        if isinstance(term, ox.Literal):
            if term.language:
                texts[role].update(fold(term.value).split())
            else:
                tokens[role].add(term.value)
        elif term in document.amounts:
            amounts[role].add(term.value)
        elif known := [e for e in document.entities.get(term, ()) if not e.generic]:
            if role == "place":
                places[term.value] = _is_broad(known)
            elif role not in NOT_PARTICIPANTS:
                participants[role].add(term.value)
    narrow = frozenset(iri for iri, broad in places.items() if not broad)
    return Claim(
        told,
        document,
        _frozen(participants),
        narrow or frozenset(places),
        not narrow,
        _frozen(amounts),
        _frozen(texts),
        frozenset(tokens["direction"]),
        frozenset(tokens["victimCount"]),
    )


def _is_broad(entities: list[Entity]) -> bool:
    return any(entity.kind == "Country" for entity in entities)


def _frozen(values: dict[str, set[str]]) -> Values:
    return {role: frozenset(found) for role, found in values.items()}


def score(a: Claim, b: Claim) -> float | None:
    """How much speaks for one happening, at least `THRESHOLD` to join; None when something speaks against it."""
    total = 4.0 if a.sentence == b.sentence else 0.0
    for compare in _COMPARISONS:
        part = compare(a, b)
        if part is None:
            return None
        total += part
    return total


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


# The cheapest and the likeliest to forbid first.
_COMPARISONS = (_time, _mood, _people, _amounts, _place, _words, _counts)


def _bucket_keys(claim: Claim) -> Iterator[tuple[str, str]]:
    kind = claim.told.report.type
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


def clusters(claims: list[Claim]) -> list[tuple[Claim, ...]]:
    """The claims grouped by happening, each group and the groups in the order of their report IRIs."""
    by_iri = {item.iri: item for item in claims}
    scored: dict[tuple[str, str], float] = {}
    for a, b in _pairs(claims):
        key = (a.iri, b.iri) if a.iri < b.iri else (b.iri, a.iri)
        if key not in scored and a.document is not b.document:
            scored[key] = score(a, b) or 0.0
    groups = {iri: frozenset({iri}) for iri in by_iri}
    for key in sorted((k for k, s in scored.items() if s >= THRESHOLD), key=lambda k: (-scored[k], k)):
        x, y = groups[key[0]], groups[key[1]]
        if x is not y and _may_join(x, y, by_iri):
            groups.update(dict.fromkeys(x | y, x | y))
    found = {min(group): group for group in groups.values()}
    return [tuple(by_iri[iri] for iri in sorted(found[first])) for first in sorted(found)]


def _may_join(x: frozenset[str], y: frozenset[str], by_iri: dict[str, Claim]) -> bool:
    """No two reports of one document, and no pair of the witnesses that something speaks against."""
    sources = [{by_iri[iri].document.iri for iri in group} for group in (x, y)]
    if sources[0] & sources[1]:
        return False
    some, others = (sorted(group)[:WITNESSES] for group in (x, y))
    return all(score(by_iri[a], by_iri[b]) is not None for a in some for b in others)
