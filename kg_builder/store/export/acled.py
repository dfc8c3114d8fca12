"""Events as rows in the columns of ACLED (its codebook of 2024), with three of ours behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg_builder.ontology import local_name
from kg_builder.store.export.sheet import Cell, rows
from kg_builder.store.export.view import Node, View

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
    "factuality", "status", "event_iri",
)  # fmt: skip
# The disorder type of each of ACLED's event types, as its codebook has them.
DISORDER = {
    "Battles": "Political violence",
    "Explosions/Remote violence": "Political violence",
    "Violence against civilians": "Political violence",
    "Protests": "Demonstrations",
    "Riots": "Demonstrations",
    "Strategic developments": "Strategic developments",
}
_GEO_PRECISION = {"City": 1, "Facility": 1, "Region": 2, "Country": 3}
_DAY, _MONTH = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d$")
MIDDLE = "15"
"""The day that stands for a month, with time precision 3."""


def acled(view: View) -> Iterator[bytes]:
    """One row an event. Planned and denied ones are among them: `factuality` tells. What is not known is empty."""
    return rows(COLUMNS, (_row(event, view) for event in view.events()))


def _row(event: Node, view: View) -> list[Cell]:
    kind, subkind = view.vocabulary.acled(event.kind)
    label = view.vocabulary.label(event.kind, "en").capitalize()
    found: dict[str, Cell] = {
        "event_id_cnty": local_name(event.iri),
        "disorder_type": DISORDER.get(kind, ""),
        "event_type": kind or label,
        "sub_event_type": subkind or label,
        "source": "; ".join(view.sources(event)),
        "notes": view.sentence(event),
        "fatalities": event.best("victimCount") if view.vocabulary.is_death(event.kind) else "",
        "factuality": local_name(event.best("factuality")),
        "status": event.best("status"),
        "event_iri": event.iri,
        **_when(event),
        **_who(event, view),
        **_where(event, view),
    }
    return [found.get(column, "") for column in COLUMNS]


def _when(event: Node) -> dict[str, Cell]:
    begin = event.best("begin")
    if _DAY.match(begin):
        return {"event_date": begin[:10], "year": begin[:4], "time_precision": 1}
    if _MONTH.match(begin):
        return {"event_date": f"{begin}-{MIDDLE}", "year": begin[:4], "time_precision": 3}
    return {"year": begin} if begin.isdigit() else {}


def _who(event: Node, view: View) -> dict[str, Cell]:
    """The first role is the first actor; of a role with several and no other, the second is the other actor."""
    sides = [list(map(view.shown, event.values[r])) for r in view.vocabulary.actors(event.kind) if event.values.get(r)]
    if len(sides) == 1 and len(sides[0]) > 1:
        sides = [sides[0][:1], sides[0][1:]]
    found: dict[str, Cell] = {}
    for number, names in enumerate(sides[:2], 1):
        found |= {f"actor{number}": names[0], f"assoc_actor_{number}": "; ".join(names[1:])}
    return found


def _where(event: Node, view: View) -> dict[str, Cell]:
    places = [view.node(iri) for iri in event.texts("place") or event.texts("covers")]
    if not places:
        return {}
    preferred = event.first("preferredPlace")
    place = min(places, key=lambda p: (_GEO_PRECISION.get(p.kind, 2), p.iri != preferred, p.iri))
    named = {"Country": "country", "Region": "admin1"}
    point = view.coordinates(place.iri)
    return {
        **{named[p.kind]: view.label(p.iri) for p in places if p.kind in named},
        "location": view.label(place.iri),
        "geo_precision": _GEO_PRECISION.get(place.kind, ""),
        **({"longitude": point[0], "latitude": point[1]} if point else {}),
    }
