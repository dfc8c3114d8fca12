"""`link`, and the options of `build` that say how names are looked up in Wikidata."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from kg_builder.config import Config

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


@dataclass(frozen=True, slots=True)
class Lookup:
    """The options that say how names are looked up."""

    mode: Mode = "offline"
    index: Indexes = None
    links: Decided = None
    details: Described = False
    candidates: Candidates = False
    api: Api = None
    sparql: Sparql = None

    def over(self, config: Config) -> Config:
        """A configuration with these options. Raises OptionError for an unknown mode."""
        return replace(
            config,
            link=self.mode,
            indexes=tuple(self.index or ()),
            links=self.links,
            link_details=self.details,
            link_candidates=self.candidates,
            wikidata_api=self.api,
            wikidata_sparql=self.sparql,
        )


def looks_up(command: Callable[..., int]) -> Callable[..., int]:
    """A command whose parameter `lookup` the command line knows as the options of `Lookup`: Typer takes no records."""
    told = signature(command, eval_str=True)
    options = list(signature(Lookup, eval_str=True).parameters.values())
    listed = [one for p in told.parameters.values() for one in (options if p.name == "lookup" else [p])]

    @wraps(command)
    def run(**given: Any) -> int:
        lookup = Lookup(**{field.name: given.pop(field.name) for field in fields(Lookup)})
        return command(lookup=lookup, **given)

    run.__dict__["__signature__"] = told.replace(parameters=[p.replace(kind=Parameter.KEYWORD_ONLY) for p in listed])
    return run


@looks_up
def link(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help=".trig, .nq or .jsonld.", show_default=False)],
    output: Annotated[
        list[Path] | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write the linked graph.")
    ] = None,
    lookup: Lookup = Lookup(),
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

    config = lookup.over(Config(ontology_folder=ontology))
    if review is not None:
        config = replace(config, link_candidates=True)
    asked = linking.Wanted(tuple(output or ()), review, reconcile, statements, support, retrieved)
    return linking.link(graph, config, asked)
