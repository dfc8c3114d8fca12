"""The stage as a whole: copies folded, entities resolved, reports of one happening joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg_builder.model import Entity, Filler, Mention, Report, Span
from kg_builder.ontology import Ontology
from kg_builder.resolve.apposition import appositions, rivals
from kg_builder.resolve.copies import Copies, fold_copies, once
from kg_builder.resolve.coreference import Coreference
from kg_builder.resolve.entities import entity_of
from kg_builder.resolve.mentions import fillers_of, occurrences
from kg_builder.resolve.merge import merge
from kg_builder.resolve.types import types_of
from kg_builder.resolve.words import Words, words_of

Resolved = Mapping[tuple[Span, Entity], Entity]


def resolve(text: str, reports: Sequence[Report], ontology: Ontology, names: Sequence[Mention] = ()) -> list[Report]:
    """Reports of one document with one `Entity` for one somebody, and one report for one happening, in text order.

    `names` are the person, organisation and place mentions of the whole text; they bring full names and titles of
    those whom the reports mention by less. The same input gives the same output.
    """
    copies = Copies(text)
    kept, first = fold_copies(reports, copies)
    known = _entities(text, kept, once(names, copies), words_of(ontology))
    resolved = [_with_entities(report, known) for report in kept]
    causes = [None if report.cause is None else first[report.cause] for report in resolved]
    caused = [replace(r, cause=c) for r, c in zip(resolved, causes, strict=True)]
    joined, second = merge(text, caused, words_of(ontology), types_of(ontology))
    return [_cause(report, index, second) for index, report in enumerate(joined)]


def resolved_entities(
    text: str, reports: Sequence[Report], ontology: Ontology, names: Sequence[Mention] = ()
) -> Resolved:
    """Who is meant by each filler of the reports: (where it stands, the entity it was read as) → the entity it is.

    What repeated lines say is left out.
    """
    copies = Copies(text)
    kept, _ = fold_copies(reports, copies)
    known = _entities(text, kept, once(names, copies), words_of(ontology))
    said = ((filler.span, filler.value) for filler in fillers_of(kept))
    return {(span, value): known[span, value] for span, value in said if isinstance(value, Entity)}


def _entities(text: str, reports: Sequence[Report], names: Sequence[Mention], words: Words) -> Resolved:
    found = occurrences(text, reports, names, words)
    beside = dict(appositions(text, reports, found))
    clusters = Coreference(text, words, beside, rivals(text, reports, found)).run(list(found.values()))
    return {(m.span, m.entity): entity for c in clusters for entity in [entity_of(c)] for m in c.members}


def _cause(report: Report, index: int, where: list[int]) -> Report:
    cause = None if report.cause is None else where[report.cause]
    return replace(report, cause=None if cause == index else cause)


def _with_entities(report: Report, entities: Resolved) -> Report:
    return replace(
        report,
        fillers=_distinct(_resolved(f, entities) for f in report.fillers),
        attribution=_distinct(_resolved(f, entities) for f in report.attribution),
    )


def _resolved(filler: Filler, entities: Resolved) -> Filler:
    if not isinstance(filler.value, Entity):
        return filler
    return replace(filler, value=entities[filler.span, filler.value])


def _distinct(fillers: Iterable[Filler]) -> tuple[Filler, ...]:
    """The fillers without those that say again who fills a role."""
    seen: dict[tuple[str, object], Filler] = {}
    for filler in fillers:
        seen.setdefault((filler.role, filler.value), filler)
    return tuple(seen.values())
