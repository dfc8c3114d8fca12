"""`link`, and the options of `build` that say how names are looked up in Wikidata."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Mode = Annotated[
    str, typer.Option("--link", metavar="off|offline|online", help="Where names are looked up in Wikidata.")
]
Indexes = Annotated[
    list[Path] | None,
    typer.Option("--index", metavar="INDEX", help="Index of Wikidata beside the bundled one.", show_default=False),
]
Decided = Annotated[
    Path | None,
    typer.Option("--links", metavar="FILE", help="What people decided: name, context, QID or NIL.", show_default=False),
]
Described = Annotated[bool, typer.Option("--link-details", help="Say what Wikidata knows of the linked.")]
Candidates = Annotated[bool, typer.Option("--link-candidates", help="Keep what a name may mean besides.")]
Api = Annotated[
    str | None,
    typer.Option("--wikidata-api", metavar="URL", help="API in place of Wikidata's."),
]
Sparql = Annotated[
    str | None,
    typer.Option("--wikidata-sparql", metavar="URL", help="Query service in place of Wikidata's."),
]
_OntologyFolder = Annotated[
    Path | None, typer.Option("--ontology", metavar="DIR", help="Ontology in place of the bundled one.")
]


def link(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help=".trig, .nq or .jsonld.", show_default=False)],
    output: Annotated[
        list[Path] | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write the linked graph.")
    ] = None,
    mode: Mode = "offline",
    index: Indexes = None,
    links: Decided = None,
    details: Described = False,
    candidates: Candidates = False,
    api: Api = None,
    sparql: Sparql = None,
    ontology: _OntologyFolder = None,
    review: Annotated[
        Path | None,
        typer.Option("--review", metavar="CSV", help="Sheet for people or OpenRefine.", show_default=False),
    ] = None,
    reconcile: Annotated[
        str | None,
        typer.Option("--reconcile", metavar="URL", help="Reconciliation service for the sheet.", show_default=False),
    ] = None,
    statements: Annotated[
        Path | None,
        typer.Option("--quickstatements", metavar="FILE", help="What Wikidata lacks.", show_default=False),
    ] = None,
    support: Annotated[int, typer.Option(metavar="N", help="Sources that must say what is told to Wikidata.")] = 2,
    retrieved: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of retrieval in references.", show_default=False)
    ] = None,
) -> int:
    """Link the names of a graph to Wikidata anew, or write what people should look at."""
    from kg_builder.cli import linking
    from kg_builder.config import Config

    config = Config(
        ontology_folder=ontology,
        link=mode,
        indexes=tuple(index or ()),
        links=links,
        link_details=details,
        link_candidates=candidates or review is not None,
        wikidata_api=api,
        wikidata_sparql=sparql,
    )
    asked = linking.Wanted(tuple(output or ()), review, reconcile, statements, support, retrieved)
    return linking.link(graph, config, asked)
