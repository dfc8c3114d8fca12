"""From clusters of mentions to entities: the best full name, every other name, the narrowest kind."""

from __future__ import annotations

from collections import Counter

from kg_builder.model import Entity
from kg_builder.resolve.coreference import Cluster
from kg_builder.resolve.mentions import Occurrence, is_nameless
from kg_builder.resolve.words import is_definite

_BROAD = frozenset({"Organization", "Place"})


def entity_of(cluster: Cluster) -> Entity:
    """The entity that the mentions of a cluster share."""
    label = _label(cluster)
    names = {name for m in cluster.members for name in (m.name, m.entity.label, *m.entity.names)}
    qids = sorted(cluster.qids)
    return Entity(
        kind=_kind(cluster),
        label=label,
        names=tuple(sorted(names | {label})),
        generic=not qids and all(map(is_nameless, cluster.members)),
        qid=qids[0] if len(qids) == 1 else None,
    )


def _label(cluster: Cluster) -> str:
    """The fullest name of a person or body, the plainest of a place or a crowd; the first of equals."""
    first = sorted(cluster.members, key=lambda m: m.span)
    named = [m for m in first if not is_nameless(m)]
    if named and cluster.family == "Place":
        return min(named, key=_place_rank).entity.label
    if named or _kind(cluster) != "Group":
        return max(named or first, key=lambda m: len(m.core)).name
    return min(first, key=_plainness).entity.label


def _place_rank(member: Occurrence) -> tuple[bool, bool, int]:
    """A country before the capital that stands for it, a proper name before a noun, a plain one before a long one."""
    return member.kind != "Country", len(member.words) == 1 and member.entity.generic, len(member.words)


def _plainness(member: Occurrence) -> tuple[bool, int, bool]:
    return not any(map(is_definite, member.words[:1])), len(member.words), _oblique(member)


def _oblique(member: Occurrence) -> bool:
    """Whether a sound plural stands in the oblique case; the nominative is the better label."""
    return any(word.endswith("ين") for word in member.words[:1])


def _kind(cluster: Cluster) -> str:
    """The kind most mentions have, a narrow one before a broad one, a country before its capital; what stands beside a
    person's name has no say."""
    persons = [member for member in cluster.members if member.named]
    counts = Counter(member.kind for member in persons or cluster.members)
    return min(counts, key=lambda kind: (kind in _BROAD, kind != "Country", -counts[kind], kind))
