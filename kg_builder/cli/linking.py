"""`link`: the names of a graph that is there already are linked to Wikidata, and people are asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg_builder.cli.progress import Tally, note
from kg_builder.config import DEFAULT_BASE, Config
from kg_builder.errors import ExitCode, InputError, OptionError

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg_builder.pipeline import Pipeline

_DOCUMENT = "document/"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written: linked graphs, a sheet of names (with candidates of a reconciliation service), and
    QuickStatements of what so many sources say, retrieved on a day."""

    outputs: tuple[Path, ...]
    review: Path | None = None
    reconcile: str | None = None
    statements: Path | None = None
    support: int = 2
    retrieved: str | None = None


def link(graph: Path, config: Config, wanted: Wanted) -> ExitCode:
    """Read the graph and write what is wanted of it. Raises OptionError when nothing is."""
    from kg_builder.pipeline import load as pipeline
    from kg_builder.store import check_target, load

    if not (wanted.outputs or wanted.review or wanted.statements):
        raise OptionError("say what to write: -o FILE, --review CSV or --quickstatements FILE")
    for path in wanted.outputs:
        check_target(path)
    store = load(graph)
    made = pipeline(replace(config, base=_base(store)))
    if made.linker is None:
        raise OptionError("--link off: known here are offline, online")
    if wanted.outputs:
        _relink(graph, store, made, wanted.outputs)
    _ask_people(store, made, wanted)
    tally = Tally(read=1)
    tally.miss(made.unanswered)
    return tally.exit_code


def _base(store: ox.Store) -> str:
    """The base under which a graph's documents live."""
    names = (name.value for name in store.named_graphs())
    return next((name.partition(_DOCUMENT)[0] for name in names if _DOCUMENT in name), DEFAULT_BASE)


def _relink(graph: Path, store: ox.Store, made: Pipeline, outputs: tuple[Path, ...]) -> None:
    from kg_builder.store import write

    builder = made.builder()
    if not builder.take(store):
        raise InputError(str(graph), "holds no graphs of documents; known are .trig .nq .jsonld as build writes them")
    assert made.linker is not None
    builder.link(made.linker.link, made.linker.currency)
    made.describe(builder)
    for path in outputs:
        write(builder, path)
        note(f"{path}: {len(builder.linked())} entities of Wikidata")


def _ask_people(store: ox.Store, made: Pipeline, wanted: Wanted) -> None:
    from kg_builder.cli import reviewing

    linker, ontology = made.linker, made.config.ontology
    assert linker is not None
    if wanted.review:
        candidates = reviewing.theirs(wanted.reconcile, ontology) if wanted.reconcile else reviewing.ours(linker)
        reviewing.review(store, wanted.review, candidates)
    if wanted.statements:
        reviewing.quickstatements(store, wanted.statements, ontology, linker.knows, wanted.support, wanted.retrieved)
