"""Commands that hand a graph to other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg_builder.cli.query_commands import Place

Graph = Annotated[
    Path | None, typer.Argument(metavar="[GRAPH]", help="An RDF file, or the folder of a store.", show_default=False)
]
Folder = Annotated[Path | None, typer.Option("--ontology", metavar="DIR", help="Ontology in place of the bundled one.")]


def export(
    kind: Annotated[
        str,
        typer.Option("--to", metavar="acled-csv|geojson|graphml|jsonld|neo4j|openrefine", help="What to make of it."),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="PATH", help="A file; for neo4j a folder.", show_default=False)
    ],
    graph: Graph = None,
    store: Place = None,
    ontology: Folder = None,
) -> int:
    """Write a graph for other tools."""
    from kg_builder.cli import exporting

    return exporting.export(graph, store, kind, output, ontology)


def describe(
    graph: Graph = None,
    store: Place = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE.ttl", help="In place of standard output.")
    ] = None,
    licence: Annotated[str, typer.Option(metavar="IRI", help="Licence of the dataset.")] = "",
    title: Annotated[str, typer.Option(metavar="WORDS", help="Title of the dataset.")] = "",
    iri: Annotated[str, typer.Option(metavar="IRI", help="Name of the dataset; by default below its base.")] = "",
    download: Annotated[str, typer.Option(metavar="URL", help="Where its file is.")] = "",
    endpoint: Annotated[str, typer.Option(metavar="URL", help="Where its SPARQL endpoint is.")] = "",
) -> int:
    """Describe a graph as VoID and DCAT: counts, time, sources, licence, provenance."""
    from kg_builder.cli import exporting
    from kg_builder.store.export.description import Facts

    facts = Facts(iri, title, licence, download, endpoint)
    return exporting.describe(graph, store, facts, output)
