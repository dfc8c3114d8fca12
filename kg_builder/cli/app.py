"""The commands and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg_builder.cli.export_commands import describe, export
from kg_builder.cli.graph_commands import Apart, Bare, Into, Same, forget, why
from kg_builder.cli.link_commands import Lookup, link, looks_up
from kg_builder.cli.query_commands import queries, query
from kg_builder.cli.serve_commands import serve
from kg_builder.cli.store_commands import WHERE, push
from kg_builder.cli.wikidata_commands import wikidata
from kg_builder.config import DEFAULT_BASE

app = typer.Typer(
    help="Arabic news in, an RDF knowledge graph of events out.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(wikidata, name="wikidata")

Inputs = Annotated[
    list[str],
    typer.Argument(metavar="INPUT...", help="Files, folders, globs, or - for standard input.", show_default=False),
]
Dates = Annotated[str, typer.Option(metavar="past|future", help="How a bare weekday or day of a month is read.")]
Folder = Annotated[Path | None, typer.Option("--ontology", metavar="DIR", help="Ontology in place of the bundled one.")]
Day = Annotated[str | None, typer.Option(metavar="DATE", help="Date of documents that give none (2022-01-05).")]
Columns = Annotated[
    list[str] | None, typer.Option("--column", metavar="FIELD=NAME", help="Which key or column holds a field.")
]
Encoding = Annotated[str | None, typer.Option(metavar="NAME", help="Encoding of the inputs, in place of detection.")]
Format = Annotated[
    str | None, typer.Option("--format", metavar="KIND", help="Kind of all inputs: txt jsonl csv feed html warc.")
]
Database = Annotated[
    str | None,
    typer.Option("--morphology", metavar="FILE|NAME", help="Database (CALIMA) for words that the lexicon lacks."),
]
Tagger = Annotated[
    str | None, typer.Option(metavar="NAME", help="spaCy component that sets parts of speech, lemmas and features.")
]
Graph = Annotated[
    Path | None, typer.Argument(metavar="[GRAPH]", help="An RDF file, or the folder of a store.", show_default=False)
]
Asked = Annotated[
    str | None,
    typer.Option("--store", metavar="DIR|URL", help="Store to ask.", envvar="KG_BUILDER_STORE", show_default=False),
]


@app.command()
@looks_up
def build(
    inputs: Inputs,
    output: Annotated[
        list[Path] | None,
        typer.Option("-o", "--output", metavar="FILE", help="Where to write; .ttl .trig .nq .nt .jsonld .rdf .jsonl"),
    ] = None,
    store: Annotated[str | None, typer.Option(metavar="DIR|URL", help=WHERE, show_default=False)] = None,
    into: Into = None,
    date: Day = None,
    base: Annotated[str, typer.Option(metavar="IRI", help="Where instance data lives.")] = DEFAULT_BASE,
    ontology: Folder = None,
    prefer_dates: Dates = "past",
    column: Columns = None,
    encoding: Encoding = None,
    kind: Format = None,
    morphology: Database = None,
    tagger: Tagger = None,
    lookup: Lookup = Lookup(),  # noqa: B008  frozen
    must_not_merge: Apart = None,
    same_as: Same = None,
    reproducible: Bare = False,
) -> int:
    """Read news and write the graph of its events."""
    from kg_builder.cli import making
    from kg_builder.config import Config

    options = making.read_options(date, column, encoding, kind, ontology)
    config = Config(base, prefer_dates, ontology, must_not_merge, same_as, morphology=morphology, tagger=tagger)
    return making.build(inputs, output or [], options, lookup.over(config), making.Goal(store, into, not reproducible))


@app.command()
def annotate(
    inputs: Inputs,
    date: Day = None,
    prefer_dates: Dates = "past",
    ontology: Folder = None,
    column: Columns = None,
    encoding: Encoding = None,
    kind: Format = None,
    morphology: Database = None,
    tagger: Tagger = None,
) -> int:
    """Print the times, amounts, numbers and names of each document, one JSON line each."""
    from kg_builder.cli import making
    from kg_builder.config import Config

    options = making.read_options(date, column, encoding, kind, ontology)
    config = Config(prefer_dates=prefer_dates, ontology_folder=ontology, morphology=morphology, tagger=tagger)
    return making.annotate(inputs, options, config)


@app.command()
def explain(
    sentence: Annotated[str, typer.Argument(help="Arabic text.", show_default=False)],
    date: Day = None,
    prefer_dates: Dates = "past",
    ontology: Folder = None,
    morphology: Database = None,
    tagger: Tagger = None,
) -> int:
    """Show how a sentence is read: its words, its mentions, and which construction filled which role."""
    from kg_builder.cli import looking, making
    from kg_builder.config import Config

    options = making.read_options(date, None, None, None, ontology)
    config = Config(prefer_dates=prefer_dates, ontology_folder=ontology, morphology=morphology, tagger=tagger)
    return looking.explain(sentence, options, config)


@app.command()
def types(ontology: Folder = None) -> int:
    """List the event types with their constructions and an example."""
    from kg_builder.cli import looking

    return looking.types(ontology)


@app.command("ontology")
def whole_ontology(ontology: Folder = None) -> int:
    """Print the whole ontology as one Turtle file."""
    from kg_builder.cli import looking

    return looking.ontology(ontology)


@app.command()
def show(graph: Graph = None, store: Asked = None, ontology: Folder = None) -> int:
    """Print the events of a graph for a person: what, who, where, when, and the words that say so."""
    from kg_builder.cli import showing

    return showing.show(graph, ontology, store)


@app.command()
def validate(
    graph: Graph = None,
    store: Asked = None,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE.ttl", help="SHACL validation report.", show_default=False)
    ] = None,
    ontology: Folder = None,
) -> int:
    """Check a graph against the shapes of the ontology, and say what is wrong in English and Arabic."""
    from kg_builder.cli import asking

    return asking.validate(graph, ontology, store, report)


app.command()(query)
app.command()(queries)
app.command()(export)
app.command()(describe)
app.command()(serve)
app.command()(push)
app.command()(why)
app.command()(forget)
app.command()(link)
