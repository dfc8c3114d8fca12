"""Stores for the commands: `--store` opened, and `push`."""

from __future__ import annotations

from pathlib import Path

from kg_builder.cli.progress import note
from kg_builder.config import writable_folder
from kg_builder.errors import ExitCode, OptionError
from kg_builder.store import GraphSource, Store, load, open_store
from kg_builder.store.local import LocalStore
from kg_builder.store.places import is_server
from kg_builder.store.push import Journal
from kg_builder.store.push import push as push_all
from kg_builder.store.rdf_file import StoreSource


def opened(graph: Path | None, place: str | None) -> Store:
    """The graph that a command asks: a file or a folder, else what `--store` names. Raises OptionError for neither."""
    if graph is not None:
        return open_store(str(graph), read_only=True) if graph.is_dir() else LocalStore(load(graph), str(graph), True)
    if not place:
        raise OptionError("no graph to ask: give a GRAPH, or --store with a folder or a server")
    _tell_of_retries(place)
    return open_store(place, read_only=True)


def check(place: str) -> None:
    """Say early, before hours of work, when a store cannot be opened."""
    open_store(place).close()


def shown(graph: Path | None, place: str | None) -> str:
    """What to call it."""
    return str(graph) if graph is not None else str(place)


def push(graph: Path, place: str, journal: Path | None) -> ExitCode:
    """Bring the graph of a file to a store."""
    with LocalStore(load(graph), str(graph), True) as source:
        return send(StoreSource(source), place, journal)


def send(source: GraphSource, place: str, journal: Path | None = None) -> ExitCode:
    """Bring a graph to the store at a place, and say what was done."""
    _tell_of_retries(place)
    with open_store(place) as store:
        kept = Journal(journal) if journal else Journal.of(str(place), writable_folder())
        if len(kept):
            note(f"{place}: goes on where the last push stopped ({kept.path})")
        done = push_all(source, store, kept)
    already = f", {done.skipped} were there already" if done.skipped else ""
    note(f"{place}: {done.written} graphs written{already}, {done.triples} triples in all")
    return ExitCode.OK


def _tell_of_retries(place: str) -> None:
    """While a server is away, say so, and when it is asked again."""
    if not is_server(place):
        return
    from stamina.instrumentation import RetryDetails, set_on_retry_hooks

    def tell(details: RetryDetails) -> None:
        note(f"{details.caused_by}; asking again in {details.wait_for:.1f} s")

    set_on_retry_hooks([tell])
