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
    tokens: Values

    @cached_property
    def iri(self) -> str:
        """The report's IRI, which orders claims."""
        return self.told.iri.value

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
            (texts if term.language else tokens)[role].add(fold(term.value) if term.language else term.value)
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
        _frozen(tokens),
    )


def _is_broad(entities: list[Entity]) -> bool:
    return any(entity.kind == "Country" for entity in entities)


def _frozen(values: dict[str, set[str]]) -> Values:
    return {role: frozenset(found) for role, found in values.items()}


def score(a: Claim, b: Claim) -> float | None:
    """How much speaks for one happening, at least `THRESHOLD` to join; None when something speaks against it."""
    parts = (_time(a, b), _people(a, b), _place(a, b), _amounts(a, b), _words(a, b), _tokens(a, b))
    if any(part is None for part in parts):
        return None
    return sum(part for part in parts if part is not None) + (4.0 if a.sentence == b.sentence else 0.0)


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
        x, y = (set(" ".join(claim.texts[role]).split()) for claim in (a, b))
        alike = len(x & y) / (len(x | y) or 1)
        total += 1.0 if alike >= 0.5 else -1.0 if alike < 0.1 else 0.0
    return total


def _tokens(a: Claim, b: Claim) -> float | None:
    ways = [claim.tokens.get("direction", frozenset()) for claim in (a, b)]
    if all(ways) and not ways[0] & ways[1]:
        return None
    if (a.told.report.factuality == "Denied") != (b.told.report.factuality == "Denied"):
        return None
    counts = [claim.tokens.get("victimCount", frozenset()) for claim in (a, b)]
    return 1.0 if counts[0] & counts[1] else 0.0


def _bucket_keys(claim: Claim) -> Iterator[tuple[str, str]]:
    kind = claim.told.report.type
    for found in (*claim.participants.values(), *claim.amounts.values()):
        for iri in found:
            yield kind, iri
    yield kind, claim.sentence


def _pairs(claims: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    buckets: dict[tuple[str, str], list[tuple[int, str, Claim]]] = defaultdict(list)
    for item in claims:
        if item.day is not None:
            for key in _bucket_keys(item):
                buckets[key].append((item.day, item.iri, item))
    for bucket in buckets.values():
        bucket.sort(key=lambda entry: entry[:2])
        days = [day for day, _, _ in bucket]
        for i, (day, _, first) in enumerate(bucket):
            for _, _, second in bucket[i + 1 : bisect_right(days, day + WINDOW_DAYS)]:
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
    """No two reports of one document, and no pair that something speaks against."""
    pairs = [(by_iri[a], by_iri[b]) for a in x for b in y]
    return all(a.document is not b.document and score(a, b) is not None for a, b in pairs)
