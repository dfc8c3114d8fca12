"""Events with coordinates as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kg_builder.ontology import local_name
from kg_builder.store.export.view import Node, View

PLACES = ("place", "covers", "destination", "origin")
"""Where an event is, the first that has coordinates."""


def geojson(view: View) -> Iterator[bytes]:
    """A FeatureCollection of the events whose places have coordinates; one a line."""
    yield b'{"type": "FeatureCollection", "features": ['
    separator = "\n"
    for event in view.events():
        if feature := _feature(event, view):
            yield (separator + json.dumps(feature, ensure_ascii=False)).encode()
            separator = ",\n"
    yield b"\n]}\n"


def _feature(event: Node, view: View) -> dict[str, Any] | None:
    for role in PLACES:
        places = (
            event.texts("preferredPlace") if role == "place" and "preferredPlace" in event.values else event.texts(role)
        )
        found = [(point, place) for place in places if (point := view.coordinates(place))]
        if found:
            points = [list(point) for point, _ in found]
            one = {"type": "Point", "coordinates": points[0]}
            geometry = one if len(points) == 1 else {"type": "MultiPoint", "coordinates": points}
            names = [view.label(place) for _, place in found]
            return {
                "type": "Feature",
                "id": event.iri,
                "geometry": geometry,
                "properties": _properties(event, names, view),
            }
    return None


def _properties(event: Node, places: list[str], view: View) -> dict[str, Any]:
    """Labels in both languages, times, roles by name, the sentence, the sources; nothing that is empty."""
    told = {
        "type": event.kind,
        "label_ar": view.vocabulary.label(event.kind, "ar"),
        "label_en": view.vocabulary.label(event.kind, "en"),
        "places": places,
        "begin": event.best("begin"),
        "end": event.best("end"),
        "factuality": local_name(event.best("factuality")),
        "status": event.best("status"),
        "sentence": view.sentence(event),
        "sources": view.sources(event),
    }
    roles = {r: list(map(view.shown, event.values[r])) for r in view.vocabulary.roles(event.kind) if r in event.values}
    return {name: value for name, value in {**told, **roles}.items() if value}
