"""The examples of the event folders as gold frames, so that the ranker learns from them too.

An example lists the reports of its folder's type alone: of other types in its sentence it says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg_builder.ontology import LEX, NEV, RDF_TYPE, local_name, python_value

SINGLE = frozenset({"begin", "end", "factuality", "status"})
Pairs = dict[object, list[tuple[str, Any]]]


def example_frames(folder: Path) -> Iterator[dict[str, Any]]:
    """A frame for each example below an ontology folder: id, date, text, events, and `types`, what it speaks of."""
    for path in sorted(folder.glob("events/*/examples.ttl")):
        about: Pairs = defaultdict(list)
        for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            about[triple.subject].append((triple.predicate.value, triple.object))
        types = _types(path.parent / "type.ttl")
        nodes = [n for n, pairs in about.items() if (RDF_TYPE.value, ox.NamedNode(LEX + "Example")) in pairs]
        for n, node in enumerate(nodes, 1):
            yield _frame(f"{path.parent.name}-{n}", about, node, types)


def _types(path: Path) -> list[str]:
    is_type = ox.NamedNode(NEV + "EventType")
    return [local_name(t.subject.value) for t in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
            if t.object == is_type and isinstance(t.subject, ox.NamedNode)]


def _frame(name: str, about: Pairs, node: object, types: list[str]) -> dict[str, Any]:
    values: dict[str, list[Any]] = defaultdict(list)
    for predicate, value in about[node]:
        values[local_name(predicate)].append(value)
    date = str(python_value(values["date"][0])) if values["date"] else None
    return {"id": name, "date": date, "text": str(python_value(values["text"][0])), "types": types,
            "events": [_event(about, report) for report in values["report"]]}


def _event(about: Pairs, node: object) -> dict[str, Any]:
    event: dict[str, Any] = {"roles": defaultdict(list)}
    for predicate, value in about[node]:
        key = local_name(predicate)
        if predicate == RDF_TYPE.value:
            event["type"] = local_name(value.value)
        elif key in SINGLE:
            event[key] = str(python_value(value))
        else:
            event["roles"][key].append(_value(about, value))
    return event


def _value(about: Pairs, value: Any) -> object:
    """An amount as the mapping that gold has; anything else as its Python value."""
    if isinstance(value, ox.BlankNode):
        return {local_name(p): python_value(v) for p, v in about[value]}
    return python_value(value)
