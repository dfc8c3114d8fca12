"""The commands that look into what was put together, and take out of it: `why` and `forget`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg_builder.config import DEFAULT_BASE

Apart = Annotated[
    Path | None,
    typer.Option(
        "--must-not-merge", metavar="FILE", help="Pairs that are never one, a tab between.", show_default=False
    ),
]
Same = Annotated[
    Path | None,
    typer.Option("--same-as", metavar="FILE", help="Pairs that are one, a tab between.", show_default=False),
]
Into = Annotated[
    str | None,
    typer.Option(metavar="FILE|DIR|URL", help="Graph to go on with: .nq .trig .jsonld or a store.", show_default=False),
]
Bare = Annotated[bool, typer.Option("--reproducible", help="Say nothing of the run and its time.")]


def forget(
    identifiers: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Identifiers of documents.", show_default=False)
    ],
    place: Annotated[
        str, typer.Option("--from", metavar="FILE|DIR|URL", help="Graph to take them out of.", show_default=False)
    ],
    base: Annotated[str, typer.Option(metavar="IRI", help="Where instance data lives.")] = DEFAULT_BASE,
    ontology: Annotated[
        Path | None, typer.Option("--ontology", metavar="DIR", help="Ontology in place of the bundled one.")
    ] = None,
    must_not_merge: Apart = None,
    same_as: Same = None,
) -> int:
    """Take documents out of a graph, as if they had never been in it."""
    from kg_builder.cli import updating
    from kg_builder.config import Config

    config = Config(base, ontology_folder=ontology, must_not_merge=must_not_merge, same_as=same_as)
    return updating.forget(identifiers, place, config)


def why(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="IRI of an event, or how it ends.", show_default=False)],
    graph: Annotated[
        str, typer.Option("--graph", metavar="FILE|DIR|URL", help="The graph it stands in.", show_default=False)
    ],
    ontology: Annotated[
        Path | None, typer.Option("--ontology", metavar="DIR", help="Ontology in place of the bundled one.")
    ] = None,
) -> int:
    """Show why an event is one: its reports, the sentences that say so, and why they were put together."""
    from kg_builder.cli import telling

    return telling.why(event, graph, ontology)


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    app.command()(forget)
    app.command()(why)
