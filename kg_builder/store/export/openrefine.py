"""Entities as a sheet for OpenRefine, ready to be reconciled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox

from kg_builder.ontology import local_name
from kg_builder.store.export.sheet import Cell, rows
from kg_builder.store.export.view import SKOS, View

COLUMNS = ("name", "kind", "other_names", "events", "wikidata", "sentence", "iri")


def openrefine(view: View) -> Iterator[bytes]:
    """One row an entity, the most frequent first; `sentence` is one that its name is met in."""
    found = [(entity, view.label(entity.iri)) for entity in view.entities()]
    known = {entity.iri for entity, _ in found}
    counts: Counter[str] = Counter()
    sentences: dict[str, str] = {}
    for event in view.events():
        named = {t.value for terms in event.values.values() for t in terms if isinstance(t, ox.NamedNode)} & known
        counts.update(named)
        if new := named - sentences.keys():
            sentences.update(dict.fromkeys(new, view.sentence(event)))
    found.sort(key=lambda pair: (-counts[pair[0].iri], pair[1], pair[0].iri))
    body: Iterator[list[Cell]] = (
        [
            name,
            entity.kind,
            " | ".join(entity.texts(SKOS + "altLabel")),
            counts[entity.iri],
            " | ".join(map(local_name, entity.texts(SKOS + "exactMatch"))),
            sentences.get(entity.iri, ""),
            entity.iri,
        ]
        for entity, name in found
    )
    return rows(COLUMNS, body)
