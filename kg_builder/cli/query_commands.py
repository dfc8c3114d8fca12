"""Commands that ask a graph saved questions."""

from __future__ import annotations

from typing import Annotated

import typer

from kg_builder.cli.store_commands import WHERE

Place = Annotated[
    str | None,
    typer.Option("--store", metavar="DIR|URL", help=WHERE, envvar="KG_BUILDER_STORE", show_default=False),
]


def query(
    name: Annotated[
        str, typer.Argument(metavar="NAME|FILE", help="A bundled query, or a .rq file.", show_default=False)
    ],
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[GRAPH] [KEY=VALUE]...",
            help="An RDF file or the folder of a store, and the parameters of the query.",
            show_default=False,
        ),
    ] = None,
    store: Place = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="table|csv|tsv|json|ttl",
            help="A table by default, tab-separated when piped.",
            show_default=False,
        ),
    ] = None,
) -> int:
    """Ask a graph a SPARQL question, a saved one or your own."""
    from kg_builder.cli import asking

    return asking.query(name, words or [], store, form)


def queries() -> int:
    """List the bundled queries with their parameters."""
    from kg_builder.cli import asking

    return asking.queries()
