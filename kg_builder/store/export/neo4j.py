"""CSV for `neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg_builder.store.export.network import edges, vertices
from kg_builder.store.export.sheet import rows
from kg_builder.store.export.view import View


def nodes(view: View) -> Iterator[bytes]:
    """`nodes.csv`: the IRI as ID, the classes as labels, and a column for each attribute."""
    names = sorted({name for vertex in vertices(view) for name in vertex.attributes})
    body = ([v.iri, ";".join(v.classes), *(v.attributes.get(name, "") for name in names)] for v in vertices(view))
    return rows(["iri:ID", ":LABEL", *names], body)


def relationships(view: View) -> Iterator[bytes]:
    """`relationships.csv`: the ends, and the property in capitals as the type."""
    return rows([":START_ID", ":END_ID", ":TYPE"], ([e.source, e.target, _type(e.kind)] for e in edges(view)))


def _type(name: str) -> str:
    """As Neo4j's naming rules have it: `acceptedBy` → `ACCEPTED_BY`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()
