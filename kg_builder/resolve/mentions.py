"""Mentions of entities in the order of the text, with what their words tell: proper core, title, kind, definiteness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg_builder.model import Entity, Filler, Mention, Report, Span
from kg_builder.resolve.words import Words, bare, is_definite, is_gentilic, split

FAMILIES = {
    "Person": "Person",
    **dict.fromkeys(("Organization", "Government", "Group", "Force"), "Organization"),
    **dict.fromkeys(("Place", "Country", "Region", "City", "Facility"), "Place"),
}
_NAME_KINDS = {"person": "Person", "organization": "Organization", "place": "Place"}
_BEFORE = re.compile(r"[^.؟!؛\n:«»\"()]*$")
_CLITICS = "وفبلك"
_TITLE_WORDS = 6

Office = tuple[str, frozenset[str]]


@dataclass(slots=True, eq=False)
class Occurrence:
    """One entity as one filler, or one found name, gives it."""

    entity: Entity
    span: Span
    words: tuple[str, ...]
    core: tuple[str, ...]
    office: Office | None
    titles: list[Office] = field(default_factory=list)

    @property
    def family(self) -> str:
        """Person, Organization or Place; an unknown kind is its own family."""
        return FAMILIES.get(self.entity.kind, self.entity.kind)

    @property
    def is_named_person(self) -> bool:
        """Whether it is a person called by a name, not by an office or a common noun alone."""
        return self.family == "Person" and bool(self.core) and not self.entity.generic


def fillers_of(reports: Iterable[Report]) -> Iterator[Filler]:
    """Every filler of the reports, attribution included."""
    for report in reports:
        yield from report.fillers
        yield from report.attribution


def occurrences(text: str, reports: Sequence[Report], names: Sequence[Mention], words: Words) -> list[Occurrence]:
    """The mentions of entities in text order; of one entity at one place only the first."""
    found: dict[tuple[Span, Entity], Occurrence] = {}
    for filler in fillers_of(reports):
        if isinstance(filler.value, Entity):
            found.setdefault((filler.span, filler.value), _occurrence(text, filler.value, filler.span, words))
    for mention in names:
        if kind := _NAME_KINDS.get(mention.kind):
            label = str(mention.value.get("label") or text[mention.span.start : mention.span.end])
            entity = Entity(kind, label, qid=_qid(mention))
            found.setdefault((mention.span, entity), _occurrence(text, entity, mention.span, words))
    return [found[key] for key in sorted(found, key=lambda k: (k[0], k[1].label, k[1].kind))]


def _qid(mention: Mention) -> str | None:
    qid = mention.value.get("qid")
    return str(qid) if qid else None


def _occurrence(text: str, entity: Entity, span: Span, words: Words) -> Occurrence:
    spoken = split(entity.label)
    family = FAMILIES.get(entity.kind)
    if family != "Person":
        core = _place_core(spoken, words) if family == "Place" else _body_core(spoken, words)
        return Occurrence(entity, span, spoken, core, None)
    length = title_length(spoken, words)
    occurrence = Occurrence(
        entity, span, spoken, spoken[length:], words.office(spoken) if length == len(spoken) else None
    )
    if occurrence.core:
        occurrence.titles = list(_titles(text, occurrence, length, words))
    return occurrence


def title_length(spoken: tuple[str, ...], words: Words) -> int:
    """How many of the first words are a title with its complements: all of them when nobody is named."""
    if not spoken or bare(spoken[0]) not in words.titles | words.people:
        return 0
    length = 1
    while length < len(spoken) and (is_definite(spoken[length]) or bare(spoken[length]) in words.nouns):
        length += 1
    return length


def _place_core(spoken: tuple[str, ...], words: Words) -> tuple[str, ...]:
    """The proper name in a place's phrase: no leading common nouns, no trailing adjective of a nation."""
    start, end = 0, len(spoken)
    while end - start > 1 and bare(spoken[start]) in words.places:
        start += 1
    while start and end - start > 1 and is_gentilic(spoken[end - 1]):
        end -= 1
    return spoken[start:end]


def _body_core(spoken: tuple[str, ...], words: Words) -> tuple[str, ...]:
    """The body in a phrase that names its members."""
    start = 0
    while len(spoken) - start > 1 and spoken[start] in words.members:
        start += 1
    return spoken[start:]


def _titles(text: str, occurrence: Occurrence, length: int, words: Words) -> Iterator[Office]:
    """The titles that stand before a name: in its own phrases, or in the text just before it."""
    if length:
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
    found = text.rfind(occurrence.entity.label, max(0, occurrence.span.start - 1), occurrence.span.end + 1)
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
