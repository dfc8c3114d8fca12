"""`build --into` and `forget`: a graph that was built before goes on, as if all its documents were built at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg_builder.cli.progress import note
from kg_builder.config import Config
from kg_builder.errors import ExitCode, OptionError
from kg_builder.store import DEFAULT, Store, check_target, load, open_store, write
from kg_builder.store.places import is_file

if TYPE_CHECKING:
    from kg_builder.graph import Builder

WHOLE = (".nq", ".trig", ".jsonld")  # files that hold the documents' graphs too


@contextmanager
def going_on(builder: Builder, place: str | None) -> Iterator[Callable[[], object]]:
    """The builder takes what is at a place; the function that is given puts there what the builder has by then.

    A file or folder that is not there is made; without a place nothing is taken or put. Raises OptionError for a file
    that cannot hold documents, InputError and OutputError as stores do.
    """
    if place is None:
        yield lambda: None
    elif is_file(place):
        path = Path(place)
        if path.suffix.lower() not in WHOLE:
            raise OptionError(f"{place}: holds no graphs of documents; known are {' '.join(WHOLE)}, a store")
        check_target(path)
        builder.take(load(path) if path.exists() else ())
        yield lambda: write(builder, path)
    else:
        with open_store(place) as store:
            before = builder.take(store.quads())
            yield lambda: _put(builder, store, before)


def _put(builder: Builder, store: Store, before: Iterable[str]) -> None:
    """Only graphs that changed are sent. The events come last, so that they never lead to what is not there yet."""
    there = {name.value for name, _ in builder.documents()}
    for name, triples in builder.documents():
        if set(store.triples(name)) != set(triples):
            store.put(name, triples)
    store.put(DEFAULT, builder.default_graph())
    for gone in sorted(set(before) - there):
        store.delete(ox.NamedNode(gone))


def forget(identifiers: list[str], place: str, config: Config) -> ExitCode:
    """Take documents out of a graph. Raises OptionError, and changes nothing, where one is not in it."""
    from kg_builder.pipeline import load as pipeline

    if is_file(place) and not Path(place).exists():
        raise OptionError(f"--from {place}: no such file")
    builder = pipeline(config).builder()
    with going_on(builder, place) as keep:
        known = builder.identifiers()
        for identifier in dict.fromkeys(identifiers):
            if not builder.forget(identifier):
                raise OptionError(f"{identifier}: no such document in {place}; known are {_some(known)}")
        keep()
    note(f"{place}: {len(builder)} documents left")
    return ExitCode.OK


def _some(names: list[str], most: int = 10) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
