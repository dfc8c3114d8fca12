"""Mentions of entities in the order of the text, with what their words tell: proper core, title, kind, definiteness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg_builder.model import Entity, Filler, Mention, Report, Span
from kg_builder.resolve.words import Words, bare, is_definite, is_gentilic, split, surface

FAMILIES = {
    "Person": "Person",
    **dict.fromkeys(("Organization", "Government", "Group", "Force"), "Organization"),
    **dict.fromkeys(("Place", "Country", "Region", "City", "Facility"), "Place"),
}
_NAME_KINDS = {"person": "Person", "organization": "Organization", "place": "Place"}
_WHERE = frozenset({"place", "destination", "origin", "covers"})
_BEFORE = re.compile(r"[^.؟!؛\n:«»\"()]*$")
_CLITICS = "وفبلك"
_TITLE_WORDS = 6

Office = tuple[str, frozenset[str]]


@dataclass(slots=True, eq=False)
class Occurrence:
    """One entity as one filler, or one found name, gives it.

    `core` is the range of the words that are the proper name, or the phrase without what only introduces it.
    `area` is the kind that a place's introducing noun says; `named` tells a person called by name,
    `acts` a place that does more than be there.
    """

    entity: Entity
    span: Span
    words: tuple[str, ...]
    core_range: tuple[int, int]
    kind: str
    office: Office | None = None
    area: str | None = None
    named: bool = False
    acts: bool = False
    titles: list[Office] = field(default_factory=list)

    @property
    def core(self) -> tuple[str, ...]:
        """The words of the proper name."""
        return self.words[slice(*self.core_range)]

    @property
    def family(self) -> str:
        """Person, Organization or Place; an unknown kind is its own family."""
        return FAMILIES.get(self.kind, self.kind)

    @property
    def name(self) -> str:
        """The label without title, for a person called by name; else the whole label."""
        if not (self.named and self.core):
            return self.entity.label
        return surface(self.entity.label, *self.core_range)


def is_nameless(mention: Occurrence) -> bool:
    """Whether a mention calls nobody by name: an office, or a phrase that names nobody in particular."""
    return (mention.entity.generic and not mention.named) or mention.office is not None


def fillers_of(reports: Iterable[Report]) -> Iterator[Filler]:
    """Every filler of the reports, attribution included."""
    for report in reports:
        yield from report.fillers
        yield from report.attribution


def occurrences(
    text: str, reports: Sequence[Report], names: Sequence[Mention], words: Words
) -> dict[tuple[Span, Entity], Occurrence]:
    """The mentions of entities in text order; of one entity at one place only the first."""
    found: dict[tuple[Span, Entity], Occurrence] = {}
    for filler in fillers_of(reports):
        if isinstance(filler.value, Entity):
            key = (filler.span, filler.value)
            found.setdefault(key, _occurrence(text, filler.value, filler.span, names, words))
            found[key].acts |= filler.role not in _WHERE
    for mention in names:
        if kind := _NAME_KINDS.get(mention.kind):
            label = str(mention.value.get("label") or text[mention.span.start : mention.span.end])
            entity = Entity(kind, label, qid=_qid(mention))
            found.setdefault((mention.span, entity), _occurrence(text, entity, mention.span, names, words))
    return {key: found[key] for key in sorted(found, key=lambda k: (k[0], k[1].label, k[1].kind))}


def _qid(mention: Mention) -> str | None:
    qid = mention.value.get("qid")
    return str(qid) if qid else None


def _occurrence(text: str, entity: Entity, span: Span, names: Sequence[Mention], words: Words) -> Occurrence:
    spoken = split(entity.label)
    kind = _kind(entity, spoken, words)
    if kind == "Person":
        return _person(text, Occurrence(entity, span, spoken, (0, len(spoken)), kind), names, words)
    if FAMILIES.get(kind) == "Place":
        core = _place_core(spoken, words)
        return Occurrence(entity, span, spoken, core, kind, area=words.areas.get(bare(spoken[0])) if core[0] else None)
    return Occurrence(entity, span, spoken, (_members(spoken, words), len(spoken)), kind)


def _kind(entity: Entity, spoken: tuple[str, ...], words: Words) -> str:
    """The kind of an entity; many nameless persons are a group, and so are those of one origin or party."""
    if entity.kind == "Person" and len(spoken) == 1 and is_gentilic(spoken[0]) and spoken[0].endswith(("يون", "يين")):
        return "Group"
    if entity.kind == "Person" and entity.generic and spoken and words.is_crowd(spoken[0]):
        return "Group"
    return entity.kind


def _person(text: str, person: Occurrence, names: Sequence[Mention], words: Words) -> Occurrence:
    """A person's mention, with the name inside it and the titles around it, or with the office alone."""
    spoken = person.words
    length = title_length(spoken, words)
    if found := _name_inside(text, person, names):
        person.core_range = found
        length = min(length, found[0])
        person.named = True
    elif length and any(name.kind == "person" for name in names):
        length = len(spoken)
    else:
        person.core_range = (length, len(spoken))
        person.named = bool(person.core) and not person.entity.generic
    if person.named:
        person.titles = list(_titles(text, person, words))
    elif length and length == len(spoken):
        person.office = words.office(spoken)
    return person


def _name_inside(text: str, person: Occurrence, names: Sequence[Mention]) -> tuple[int, int] | None:
    """Where in the words of a person's phrase the first found name of a person stands."""
    for name in names:
        if name.kind == "person" and person.span.start <= name.span.start and name.span.end <= person.span.end:
            inner = split(text[name.span.start : name.span.end])
            for start in range(len(person.words) - len(inner) + 1):
                if inner and person.words[start : start + len(inner)] == inner:
                    return start, start + len(inner)
    return None


def title_length(spoken: tuple[str, ...], words: Words) -> int:
    """How many of the first words are a title with its complements: all of them when nobody is named."""
    if not spoken or bare(spoken[0]) not in words.titles:
        return 0
    length = 1
    while length < len(spoken):
        country = words.country_at(spoken, length)
        if not (country or is_definite(spoken[length]) or bare(spoken[length]) in words.nouns):
            break
        length += country or 1
    return length


def _place_core(spoken: tuple[str, ...], words: Words) -> tuple[int, int]:
    """The proper name in a place's phrase: no leading common nouns, no trailing adjective of a nation."""
    start, end = 0, len(spoken)
    while end - start > 1 and bare(spoken[start]) in words.areas:
        start += 1
    while start and end - start > 1 and is_gentilic(spoken[end - 1]):
        end -= 1
    return start, end


def _members(spoken: tuple[str, ...], words: Words) -> int:
    """How many first words only say that a body is named by its members."""
    start = 0
    while len(spoken) - start > 1 and spoken[start] in words.members:
        start += 1
    return start


def _titles(text: str, occurrence: Occurrence, words: Words) -> Iterator[Office]:
    """The titles that stand before a name: in its own phrases, or in the text just before it."""
    if length := min(title_length(occurrence.words, words), occurrence.core_range[0]):
        yield words.office(occurrence.words[:length])
    for name in occurrence.entity.names:
        spoken = split(name)
        if 0 < (inside := title_length(spoken, words)) < len(spoken):
            yield words.office(spoken[:inside])
    before = split_before(text, _start_of_name(text, occurrence))
    for length in range(min(len(before), _TITLE_WORDS), 0, -1):
        tail = (
            (_unclitic(before[-length], words), *before[-length + 1 :])
            if length > 1
            else (_unclitic(before[-1], words),)
        )
        if tail[0] and title_length(tail, words) == len(tail):
            yield words.office(tail)
            return


def _start_of_name(text: str, occurrence: Occurrence) -> int:
    found = text.rfind(occurrence.name, max(0, occurrence.span.start - 1), occurrence.span.end + 1)
    return found if found >= 0 else occurrence.span.start


def split_before(text: str, position: int) -> tuple[str, ...]:
    """The folded words of the same clause before a position, at most a title's worth."""
    match = _BEFORE.search(text[max(0, position - 80) : position])
    return split(match.group())[-_TITLE_WORDS:] if match else ()


def _unclitic(word: str, words: Words) -> str:
    """A word as a title noun, without the clitic that may stand before it; empty when it is none."""
    if bare(word) in words.titles:
        return word
    shorter = "ال" + word[2:] if word.startswith("لل") else word[1:]
    return shorter if word[:1] in _CLITICS and bare(shorter) in words.titles else ""
