"""What no shape allows is taken out of its report, so that the rest of a graph stands."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from kg_builder.graph.builder import Builder
from kg_builder.model import Report

log = logging.getLogger("kg_builder")


def take_out(builder: Builder, told: Iterable[str], refused: Mapping[str, Collection[str]]) -> None:
    """Give the builder the documents again without the refused roles (report IRI → roles); each is logged."""
    for document in told:
        reports = builder.reports(document)
        if not refused.keys().isdisjoint(reports):
            builder.tell_anew(document, [_without(r, refused.get(iri, ()), iri) for iri, r in reports.items()])


def _without(report: Report, roles: Collection[str], iri: str) -> Report:
    for role in sorted(roles):
        log.warning("%s of %s: no shape allows its value, so it is left out", role, iri)
    fillers = tuple(filler for filler in report.fillers if filler.role not in roles)
    return replace(report, fillers=fillers, attribution=() if "attributedTo" in roles else report.attribution)
