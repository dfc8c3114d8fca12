"""What servers answer, as pyoxigraph's own answers."""

from __future__ import annotations

import pyoxigraph as ox

from kg_builder.errors import OutputError
from kg_builder.store.protocol import Answer

_ASKED = "__ASK_RETVAL"
"""The column in which Virtuoso answers ASK."""


def answer(body: bytes, media_type: str, server: str) -> Answer:
    """The rows, the yes or no, or the triples of a response. Raises OutputError for anything else."""
    kind = media_type.partition(";")[0].strip()
    try:
        if form := ox.QueryResultsFormat.from_media_type(kind):
            return _yes_or_no(ox.parse_query_results(body, form))
        if graph := ox.RdfFormat.from_media_type(kind):
            return _triples(body, graph)
    except (SyntaxError, ValueError) as error:
        raise OutputError(f"{server}: answers what is not well-formed: {error}") from error
    raise OutputError(f"{server}: answers {kind or 'something without a type'}, which is no answer to SPARQL")


def _yes_or_no(found: ox.QuerySolutions | ox.QueryBoolean) -> ox.QuerySolutions | ox.QueryBoolean:
    if isinstance(found, ox.QuerySolutions) and [v.value for v in found.variables] == [_ASKED]:
        yes = any(row[0].value in {"1", "true"} for row in found)
        answered = ox.Store().query("ASK {}" if yes else "ASK { FILTER(false) }")
        assert isinstance(answered, ox.QueryBoolean)
        return answered
    return found


def _triples(body: bytes, form: ox.RdfFormat) -> ox.QueryTriples:
    store = ox.Store()
    store.bulk_load(body, format=form, to_graph=ox.DefaultGraph())
    answered = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(answered, ox.QueryTriples)
    return answered
