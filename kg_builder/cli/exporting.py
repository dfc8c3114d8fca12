"""`export` and `describe`: a graph for other tools, and what it holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg_builder.cli import storing
from kg_builder.cli.progress import note
from kg_builder.errors import ExitCode, OptionError

if TYPE_CHECKING:
    from kg_builder.store.export.description import Facts


def export(graph: Path | None, place: str | None, kind: str, output: Path, folder: Path | None) -> ExitCode:
    """Write the graph as `kind`."""
    from kg_builder.graph.vocab import PREFIXES
    from kg_builder.ontology import load
    from kg_builder.store.export import KINDS
    from kg_builder.store.export import export as write

    if kind not in KINDS:
        raise OptionError(f"--to {kind}: known are {' '.join(KINDS)}")
    with storing.opened(graph, place) as store:
        for path in write(store, kind, output, load(folder), PREFIXES):
            note(f"{path}: written")
    return ExitCode.OK


def describe(graph: Path | None, place: str | None, facts: Facts, output: Path | None) -> ExitCode:
    """Write the description of the dataset, or print it."""
    from importlib.metadata import version

    from kg_builder.store.export.description import describe as told
    from kg_builder.store.files import write_chunks

    made_by = replace(facts, software=f"kg-builder {version('kg-builder')}")
    with storing.opened(graph, place) as store:
        text = told(store, made_by)
    if output is None:
        print(text, end="")
    else:
        write_chunks(output, [text.encode()])
    return ExitCode.OK
