"""Two reports of one happening as one."""

from __future__ import annotations

from dataclasses import replace

from kg_builder.model import Amount, Entity, EventTime, Filler, FillerValue, Report

_AS_FACT = ({"Actual", "Claimed"}, {"Actual", "Possible"})


def unite(a: Report, b: Report) -> Report:
    """The first report with all that the second adds."""
    return replace(supplement(a, b), fillers=_united(a.fillers, b.fillers), confidence=max(a.confidence, b.confidence))


def supplement(a: Report, b: Report) -> Report:
    """The first report, with roles of the second that the first leaves open."""
    filled = {f.role for f in a.fillers}
    return replace(
        mention(a, b),
        fillers=(*a.fillers, *(f for f in b.fillers if f.role not in filled)),
        time=_time(a.time, b.time),
        status=a.status or b.status,
        attribution=_sources(a.attribution, b.attribution),
    )


def mention(a: Report, b: Report) -> Report:
    """The first report, which the second only mentions."""
    return replace(
        a,
        evidence=tuple(sorted({*a.evidence, *b.evidence})),
        factuality="Actual" if {a.factuality, b.factuality} in _AS_FACT else a.factuality,
        cause=a.cause if a.cause is not None else b.cause,
    )


def _united(first: tuple[Filler, ...], second: tuple[Filler, ...]) -> tuple[Filler, ...]:
    """The fillers of both: entities and amounts add up, words, counts and places only where the first has none."""
    known = {(f.role, _identity(f.value)) for f in first}
    filled = {f.role for f in first}
    added = [
        f
        for f in second
        if (f.role, _identity(f.value)) not in known
        and (f.role not in filled or (isinstance(f.value, Entity | Amount) and f.role != "place"))
    ]
    return (*first, *added)


def _sources(first: tuple[Filler, ...], second: tuple[Filler, ...]) -> tuple[Filler, ...]:
    known = {(f.role, _identity(f.value)) for f in first}
    return (*first, *(f for f in second if (f.role, _identity(f.value)) not in known))


def _identity(value: FillerValue) -> FillerValue:
    return value.label if isinstance(value, Entity) else value


def _time(a: EventTime, b: EventTime) -> EventTime:
    """The more precise time of the two, end by end."""
    begin, end = (max((x or "", y or ""), key=len) or None for x, y in ((a.begin, b.begin), (a.end, b.end)))
    return EventTime(begin, end, a.span or b.span)
