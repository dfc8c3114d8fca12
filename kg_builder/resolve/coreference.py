"""Who is who inside one document: mentions joined by short forms, titles, offices, acronyms and back-references.

Precision first: a mention joins an earlier one only when it fits exactly one. What is unsure stays apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from kg_builder.resolve.mentions import Occurrence, Office
from kg_builder.resolve.words import Words, bare, is_definite, loose, stem

_ACRONYM = re.compile(r"[\s\"«»“”]*(?:\(|أو|او|المعروف[ةه]? (?:اختصارا )?ب)[\s\"«»“”]*([A-Za-z][A-Za-z0-9.-]{1,9})")


@dataclass(slots=True, eq=False)
class Cluster:
    """Mentions of one entity."""

    family: str
    members: list[Occurrence] = field(default_factory=list)

    @property
    def qids(self) -> set[str]:
        """The identifiers its mentions are linked to."""
        return {m.entity.qid for m in self.members if m.entity.qid}

    def titles(self) -> Iterable[Office]:
        """The titles its names were met with, or that stand beside them."""
        yield from (title for member in self.members for title in member.titles)
        if any(member.named for member in self.members):
            yield from (member.office for member in self.members if member.office)


Test = Callable[[Occurrence, Cluster], bool]


class Coreference:
    """Joins the mentions of one document. Names come first, so that phrases find all names, earlier ones only."""

    def __init__(
        self,
        text: str,
        words: Words,
        beside: Mapping[Occurrence, Occurrence],
        rivals: Mapping[Occurrence, AbstractSet[Occurrence]],
    ) -> None:
        """`beside` leads from what somebody is called to the name that stands beside it; `rivals` are those who fill
        one role together, and so are one only when they have the same words."""
        self._text = text
        self._words = words
        self._beside = beside
        self._rivals = rivals
        self._placed: dict[Occurrence, Cluster] = {}
        self.clusters: list[Cluster] = []
        self._acronyms: dict[str, tuple[str, ...]] = {}

    def run(self, found: Sequence[Occurrence]) -> list[Cluster]:
        """The clusters, in the order of their first mention in the text."""
        self._introduce(found)
        longest_first = sorted(found, key=lambda m: (not _is_name(m), m not in self._beside, -len(m.core), m.span))
        for mention in longest_first:
            self._place(mention)
        return sorted(self.clusters, key=lambda c: min(m.span for m in c.members))

    def _place(self, mention: Occurrence) -> None:
        cluster = self._placed.get(self._beside.get(mention, mention)) or self._same(mention)
        cluster = cluster or self._only(mention, self._tests(mention)) or self._misread(mention)
        cluster = cluster or self._new(mention)
        cluster.members.append(mention)
        self._placed[mention] = cluster

    def _introduce(self, found: Sequence[Occurrence]) -> None:
        """Finds the acronyms that stand in brackets, or after «or», behind the name of a body."""
        for mention in found:
            if mention.family == "Organization" and (match := _ACRONYM.match(self._text, mention.span.end)):
                self._acronyms.setdefault(match.group(1).casefold(), _key(mention))

    def _misread(self, mention: Occurrence) -> Cluster | None:
        """The one cluster of another family that has the very same name: one of them was taken for what it is not."""
        if mention.entity.generic:
            return None
        key = tuple(map(loose, mention.words))
        fits = [c for c in self.clusters if any(_is_name(m) and key == _key(m) for m in c.members)]
        return fits[0] if len(fits) == 1 else None

    def _new(self, mention: Occurrence) -> Cluster:
        self.clusters.append(Cluster(mention.family))
        return self.clusters[-1]

    def _same(self, mention: Occurrence) -> Cluster | None:
        """The cluster that has the very same words, or the body that an acronym was introduced for."""
        if self._refers(mention):
            return None
        key = self._meaning(mention)
        fits = (c for c in self._candidates(mention) if any(key == self._meaning(member) for member in c.members))
        return next(fits, None)

    def _meaning(self, mention: Occurrence) -> tuple[str, ...]:
        """The words that must be the same; for an acronym those of the name that it was introduced with."""
        if mention.acts and (code := self._words.seat(mention.words)):
            return ("seat of", code)
        known = (self._acronyms.get(word) for word in mention.words) if mention.family == "Organization" else ()
        return next((key for key in known if key), None) or _key(mention)

    def _only(self, mention: Occurrence, tests: Sequence[Test]) -> Cluster | None:
        """The one cluster that the first fitting test finds; None when a test finds several."""
        for test in tests:
            fits = [c for c in self._candidates(mention) if test(mention, c) and not self._rival(mention, c)]
            if fits:
                return fits[0] if len(fits) == 1 else None
        return None

    def _rival(self, mention: Occurrence, cluster: Cluster) -> bool:
        others = self._rivals.get(mention)
        return others is not None and not others.isdisjoint(cluster.members)

    def _candidates(self, mention: Occurrence) -> Iterable[Cluster]:
        qid = mention.entity.qid
        return (c for c in self.clusters if c.family == mention.family and not (qid and c.qids and qid not in c.qids))

    def _tests(self, mention: Occurrence) -> tuple[Test, ...]:
        if mention.family == "Person":
            if mention.named:
                return (_last_name, _first_name)
            return (self._office,) if mention.office else (_head_alone,)
        if mention.family == "Place":
            return (self._place_reference,) if self._refers(mention) else (self._same_country, _same_core)
        if mention.family == "Organization":
            return (_same_core, self._under_head, _first_words, _head_alone)
        return ()

    def _refers(self, mention: Occurrence) -> bool:
        """Whether a mention is a definite noun alone that stands for a place named before."""
        return (
            mention.family == "Place" and len(mention.words) == 1 and mention.words[0] in self._words.place_references
        )

    def _office(self, mention: Occurrence, cluster: Cluster) -> bool:
        """An office points to the person who has been named with it."""
        return mention.office is not None and any(_same_office(mention.office, title) for title in cluster.titles())

    def _same_country(self, mention: Occurrence, cluster: Cluster) -> bool:
        """Another name of one country; or its capital, where a capital acts."""
        code = self._words.country(mention.words) or (self._words.seat(mention.words) if mention.acts else None)
        return code is not None and any(self._words.country(member.words) == code for member in cluster.members)

    def _under_head(self, mention: Occurrence, cluster: Cluster) -> bool:
        """The name of a body with or without the common noun that says what it is: "the group X" and X. The court of a
        union is not the union."""
        return any(self._heads(mention, m) or self._heads(m, mention) for m in cluster.members)

    def _heads(self, full: Occurrence, short: Occurrence) -> bool:
        if full.entity.generic or short.entity.generic or full.core[1:] != short.core or not short.core:
            return False
        head, name = map(bare, full.core[:2])
        return head in self._words.nouns and name not in self._words.nouns

    def _place_reference(self, mention: Occurrence, cluster: Cluster) -> bool:
        """A definite noun points to the place of its kind named before."""
        kind = self._words.place_references[mention.words[0]]
        return any(
            member.kind == kind and member.span < mention.span and not member.entity.generic
            for member in cluster.members
        )


def _is_name(mention: Occurrence) -> bool:
    return (
        not mention.entity.generic
        and mention.office is None
        and not (len(mention.words) == 1 and is_definite(mention.words[0]))
    )


def _key(mention: Occurrence) -> tuple[str, ...]:
    """Words that must be the same for two mentions to be the same without more ado."""
    if mention.named:
        return tuple(map(loose, mention.core))
    if not mention.entity.generic:
        return tuple(map(loose, mention.words))
    return tuple(w[:-2] + "ين" if w.endswith("ون") and len(w) > 4 else w for w in mention.words)


def _last_name(mention: Occurrence, cluster: Cluster) -> bool:
    """The last words of a full name."""
    short = _key(mention)
    return any(len(full) > len(short) > 0 and full[-len(short) :] == short for full in _full_names(cluster))


def _first_name(mention: Occurrence, cluster: Cluster) -> bool:
    """The first word of a full name, alone."""
    short = _key(mention)
    known = len(short) == 1 and len(short[0]) > 2
    return known and any(len(full) > 1 and full[0] == short[0] for full in _full_names(cluster))


def _full_names(cluster: Cluster) -> Iterable[tuple[str, ...]]:
    return (_key(member) for member in cluster.members if member.named)


def _same_office(spoken: Office, known: Office) -> bool:
    """One office, and nothing said of whose it is that the other would contradict."""
    (name, whose), (other, theirs) = spoken, known
    if name == other:
        return whose <= theirs or theirs <= whose
    return False


def _same_core(mention: Occurrence, cluster: Cluster) -> bool:
    """The same name under another common noun: the city of X and X, the men of the police and the police."""
    core = _stems(mention)
    areas = {member.area for member in (mention, *cluster.members) if member.area}
    return len(areas) < 2 and any(core == _stems(member) for member in cluster.members)


def _stems(mention: Occurrence) -> tuple[str, ...]:
    """The core without articles, and without the endings of the plurals by which a body is named."""
    return tuple(loose(stem(word)) for word in mention.core)


def _first_words(mention: Occurrence, cluster: Cluster) -> bool:
    """The first words, at least two, of the full name of a body."""
    short = mention.core
    return len(short) >= 2 and any(len(m.core) > len(short) and m.core[: len(short)] == short for m in cluster.members)


def _head_alone(mention: Occurrence, cluster: Cluster) -> bool:
    """A definite noun alone and a phrase with the same head, which is definite too or comes before."""
    return any(
        _is_head(mention, member) and (_known(member) or member.span < mention.span) for member in cluster.members
    )


def _is_head(mention: Occurrence, member: Occurrence) -> bool:
    """Whether a definite noun, said alone or after what only says "the men of", is the head of the other's phrase."""
    pairs = ((mention.words, member.words), (mention.core, member.core))
    return any(len(m) == 1 and is_definite(m[0]) and o and stem(o[0]) == stem(m[0]) for m, o in pairs)


def _known(member: Occurrence) -> bool:
    return not member.entity.generic or any(map(is_definite, member.words))
