"""What no shape allows is taken out of its report, so that the rest of a graph stands."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from kg_builder.graph.builder import Builder
from kg_builder.model import Report
from kg_builder.ontology import local_name

log = logging.getLogger("kg_builder")


def take_out(builder: Builder, told: Iterable[str], wrong: Iterable[tuple[str, str]]) -> None:
    """Give the builder the documents again without what is wrong (nodes with properties); each role is logged."""
    refused: dict[str, set[str]] = defaultdict(set)
    for node, property_ in wrong:
        refused[node].add(local_name(property_))
    for document in told:
        reports = builder.reports(document)
        if not refused.keys().isdisjoint(reports):
            builder.tell_anew(document, [_without(r, refused.get(iri, ()), iri) for iri, r in reports.items()])


def _without(report: Report, roles: Collection[str], iri: str) -> Report:
    for role in sorted(roles):
        log.warning("%s of %s: no shape allows its value, so it is left out", role, iri)
    fillers = tuple(filler for filler in report.fillers if filler.role not in roles)
    return replace(report, fillers=fillers, attribution=() if "attributedTo" in roles else report.attribution)
