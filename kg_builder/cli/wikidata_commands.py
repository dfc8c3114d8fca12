"""The commands under `kg-builder wikidata`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg_builder.cli.link_commands import Sparql

wikidata = typer.Typer(help="Get what is needed to link names to Wikidata.", rich_markup_mode=None)


@wikidata.callback()
def _several() -> None:
    """Keep Typer from taking a single command for the whole."""


@wikidata.command()
def pack(
    name: Annotated[str, typer.Argument(metavar="NAME", help="heads, ministers, parties, …", show_default=False)],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="FILE", help="A .jsonl file of items, else an index."),
    ],
    given: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A parameter of the pack.")
    ] = None,
    sparql: Sparql = None,
) -> int:
    """Fetch items from the query service: heads, ministers, parties, armed-groups or companies."""
    from kg_builder.cli import fetching

    return fetching.pack(name, output, given or [], sparql)


@wikidata.command()
def index(
    dump: Annotated[
        str,
        typer.Argument(
            metavar="DUMP",
            help="JSON dump, truthy N-Triples or items as JSON lines; .gz .bz2 .zst; - for standard input.",
            show_default=False,
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="INDEX", help="The index to write.")],
    classes: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Turtle list of the classes to keep.", show_default=False)
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Keep items of every class.")] = False,
) -> int:
    """Read a dump into an index: what has an Arabic name and is of a class that news needs. A broken run goes on."""
    from kg_builder.cli import indexing

    return indexing.index(dump, output, classes, everything)


@wikidata.command()
def decide(
    sheets: Annotated[
        list[Path], typer.Argument(metavar="SHEET...", help="Reviewed sheets, .csv or .tsv.", show_default=False)
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Decisions to add to: links.tsv.")],
) -> int:
    """Read what people chose in the sheets of `link --review`."""
    from kg_builder.cli import reviewing

    return reviewing.decide(sheets, output)
