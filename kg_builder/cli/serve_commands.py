"""The command that puts a graph on the web."""

from __future__ import annotations

from typing import Annotated

import typer

from kg_builder.cli.export_commands import Folder, Graph
from kg_builder.cli.query_commands import Place


def serve(
    graph: Graph = None,
    store: Place = None,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen; 0.0.0.0 is everywhere.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="NUMBER", min=0, max=65535, help="0 takes a free one.")] = 7878,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", min=0.1, help="Longest time for a query.")] = 30,
    most: Annotated[int, typer.Option("--max-result", metavar="MB", min=1, help="Largest result.")] = 32,
    workers: Annotated[int, typer.Option(metavar="NUMBER", min=1, help="Queries at the same time.")] = 2,
    origin: Annotated[
        list[str] | None,
        typer.Option("--allow-origin", metavar="ORIGIN", help="Site whose scripts may ask.", show_default=False),
    ] = None,
    ontology: Folder = None,
) -> int:
    """Serve a graph: a SPARQL endpoint for reading, a page to ask, and IRIs that dereference."""
    from kg_builder.cli import serving
    from kg_builder.serve import Limits

    limits = Limits(timeout=timeout, result=most * 1024 * 1024, workers=workers)
    return serving.serve(graph, store, serving.Address(host, port), limits, tuple(origin or ()), ontology)
