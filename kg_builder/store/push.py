"""Brings a whole graph to a store, one named graph at a time, so that what breaks off goes on where it stopped.

A journal on disk keeps what has arrived. It is believed only where the store still holds as many triples, and it is
gone once everything has arrived and been counted; so any number of broken pushes end in the state of a single one.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg_builder.errors import OutputError
from kg_builder.store.protocol import DEFAULT, GraphName, Store
from kg_builder.store.source import GraphSource


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did, in graphs; `skipped` had been brought by an earlier push. `triples` are those of all."""

    written: int
    skipped: int
    triples: int


class Journal:
    """Which graphs have arrived, by a digest of their content: a line each, on the disk before the next is sent."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._arrived = dict(_read(path))

    @classmethod
    def of(cls, place: str, folder: Path) -> Journal:
        """The journal of pushes to a place, among others in a folder."""
        name = hashlib.sha256(place.rstrip("/").encode()).hexdigest()[:16]
        return cls(folder / f"push-{name}.jsonl")

    def __len__(self) -> int:
        return len(self._arrived)

    def has(self, name: GraphName, digest: str) -> bool:
        """Whether this content has arrived under this name."""
        return self._arrived.get(_key(name)) == digest

    def add(self, name: GraphName, digest: str) -> None:
        """Note an arrival. Raises OutputError where the journal cannot be written."""
        self._arrived[_key(name)] = digest
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps([_key(name), digest]) + "\n")
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise OutputError(f"{self.path}: the journal cannot be written: {error.strerror or error}") from error

    def end(self) -> None:
        """All has arrived."""
        self._arrived.clear()
        self.path.unlink(missing_ok=True)


def push(source: GraphSource, store: Store, journal: Journal) -> Pushed:
    """Put every graph of the source into the store: the documents, then the default graph, which tells of them.

    Other named graphs of the store stay. Graphs that hold another number of triples in the end are sent once more.
    Raises OutputError where the store fails, and where it still counts differently after that.
    """
    present = store.counts() if len(journal) else {}
    sent: dict[GraphName, int] = {}
    skipped = 0
    for name, triples in _graphs(source):
        digest = _digest(triples)
        sent[name] = len(triples)
        if journal.has(name, digest) and present.get(name, 0) == len(triples):
            skipped += 1
            continue
        store.put(name, triples)
        journal.add(name, digest)
    _settle(source, store, sent)
    journal.end()
    return Pushed(len(sent) - skipped, skipped, sum(sent.values()))


def _graphs(source: GraphSource) -> Iterator[tuple[GraphName, list[ox.Triple]]]:
    """Every graph, each triple once."""
    for name, triples in source.documents():
        yield name, list(dict.fromkeys(triples))
    yield DEFAULT, list(dict.fromkeys(source.default_graph()))


def _settle(source: GraphSource, store: Store, sent: dict[GraphName, int]) -> None:
    """Count what is there, and send once more what a server that fell over has forgotten after all."""
    wrong = _wrong(store, sent)
    if not wrong:
        return
    for name, triples in _graphs(source):
        if name in wrong:
            store.put(name, triples)
    if wrong := _wrong(store, sent):
        name, count = next(iter(wrong.items()))
        shown = "the default graph" if name == DEFAULT else str(name)
        raise OutputError(f"{shown} holds {count} triples, not the {sent[name]} sent: does somebody else write there?")


def _wrong(store: Store, sent: dict[GraphName, int]) -> dict[GraphName, int]:
    there = store.counts()
    return {name: there.get(name, 0) for name, count in sent.items() if there.get(name, 0) != count}


def _digest(triples: Iterable[ox.Triple]) -> str:
    """Of the content, in whatever order it comes."""
    lines = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").splitlines()
    return hashlib.sha256(b"\n".join(sorted(lines))).hexdigest()


def _key(name: GraphName) -> str:
    return name.value if isinstance(name, ox.NamedNode) else ""


def _read(path: Path) -> Iterator[tuple[str, str]]:
    """The lines of a journal; the last one may be torn."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputError(f"{path}: the journal cannot be read: {error.strerror or error}") from error
    for line in lines:
        try:
            name, digest = json.loads(line)
        except ValueError:
            continue
        yield str(name), str(digest)
