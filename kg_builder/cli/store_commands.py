"""Commands that fill a store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

WHERE = "Folder of an embedded store, or address of a SPARQL server."


def push(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help="An RDF file.", show_default=False)],
    store: Annotated[str, typer.Option(metavar="DIR|URL", help=WHERE, show_default=False)],
    journal: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to note what has arrived.", show_default=False)
    ] = None,
) -> int:
    """Bring the graph of a file to a store, a named graph at a time; what broke off goes on where it stopped."""
    from kg_builder.cli import storing

    return storing.push(graph, store, journal)
