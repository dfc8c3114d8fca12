"""Reports as plain records: what `.jsonl` output holds, one line a document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg_builder.graph.document import Document, Told
from kg_builder.model import Amount, Entity, Filler, FillerValue, Report, Span


def frame(document: Document) -> dict[str, Any]:
    """A document with its events; keys without a value are left out."""
    article = document.article
    head = {
        "id": article.id,
        "iri": document.iri.value,
        "date": article.date,
        "title": article.title,
        "url": article.url,
        "source": article.source,
    }
    events = [_event(document, told, report) for told, report in zip(document.told, document.reports, strict=True)]
    return {key: value for key, value in head.items() if value} | {"events": events}


def _event(document: Document, told: Told, report: Report) -> dict[str, Any]:
    quotes = {quote.span: quote.words for quote in document.quotes.values()}
    roles: dict[str, list[Any]] = {}
    for filler in report.fillers:
        roles.setdefault(filler.role, []).append(_filler(filler))
    record: dict[str, Any] = {
        "iri": told.iri.value,
        "type": report.type,
        "trigger": _stretch(quotes, report.trigger),
        "roles": roles,
        "begin": report.time.begin,
        "end": report.time.end,
        "factuality": report.factuality,
        "status": report.status,
        "attributedTo": [_filler(filler) for filler in report.attribution],
        "cause": None if report.cause is None else document.told[report.cause].iri.value,
        "confidence": round(report.confidence, 4),
        "rule": report.rule,
        "evidence": [_stretch(quotes, span) for span in report.evidence],
    }
    return {key: value for key, value in record.items() if value not in (None, "", [])}


def _stretch(quotes: Mapping[Span, str], span: Span) -> dict[str, Any]:
    return {"text": quotes[span], "begin": span.start, "end": span.end}


def _filler(filler: Filler) -> Any:
    value = _value(filler.value)
    if filler.qualifier:
        return {"value": value, "qualifier": filler.qualifier}
    return value


def _value(value: FillerValue) -> Any:
    if isinstance(value, Entity):
        others = sorted({*value.names} - {value.label})
        record = {"label": value.label, "kind": value.kind, "names": others, "qid": value.qid}
        return {key: found for key, found in record.items() if found}
    if isinstance(value, Amount):
        parts = {"currency": value.currency, "unit": value.unit, "per": value.per, "qid": value.qid}
        return {"value": _number(value)} | {key: found for key, found in parts.items() if found}
    return value


def _number(amount: Amount) -> int | float:
    return int(amount.value) if amount.value == amount.value.to_integral_value() else float(amount.value)
