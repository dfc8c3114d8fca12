"""`serve`: the graph brought to where workers can read it, and the server run until it is interrupted."""

from __future__ import annotations

import ipaddress
import socket
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pyoxigraph as ox

from kg_builder.cli.progress import note
from kg_builder.errors import ExitCode, OptionError, OutputError
from kg_builder.ontology import load as load_ontology
from kg_builder.serve import Field, Limits, Pool, Saved, application
from kg_builder.serve.guard import asks_elsewhere
from kg_builder.store import Query, bundled
from kg_builder.store.local import LocalStore
from kg_builder.store.places import is_server
from kg_builder.store.protocol import Term
from kg_builder.store.query import bind
from kg_builder.store.read import load

MOST_CONNECTIONS = 64
MOST_HEADERS = 48 * 1024
"""Bytes of the head of a request."""
IDLE = 5
"""Seconds that a connection may stay open without a request."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen."""

    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def serve(
    graph: Path | None,
    place: str | None,
    address: Address,
    limits: Limits,
    origins: tuple[str, ...],
    folder: Path | None,
) -> ExitCode:
    """Serve until interrupted. On the loopback it answers to the names of the loopback alone, lest a page of another
    site reach it under a name of its own.
    """
    _require("jinja2", "starlette", "uvicorn")
    ontology = load_ontology(folder)
    hosts = ["localhost", "127.0.0.1", "[::1]", address.host] if address.is_loopback else ["*"]
    with _folder(graph, place) as store, _listening(address) as listener, Pool(store, limits) as pool:
        app = application(pool, saved(), ontology, hosts, origins)
        shown = f"[{address.host}]" if ":" in address.host else address.host
        note(f"http://{shown}:{listener.getsockname()[1]}/  (SPARQL at /sparql; Ctrl-C ends)")
        if not address.is_loopback:
            note("everybody who reaches this machine can ask")
        _run(app, listener)
    return ExitCode.OK


def _require(*modules: str) -> None:
    if missing := [name for name in modules if find_spec(name) is None]:
        raise OptionError(f"serve: {', '.join(missing)} missing: pip install 'kg-builder[serve]'")


def saved() -> list[Saved]:
    """The bundled questions, but for those that ask other servers."""
    return [_offered(question) for question in bundled() if not asks_elsewhere(question.text)]


def _offered(question: Query) -> Saved:
    def bound(given: Mapping[str, str]) -> dict[str, Term]:
        return bind(question, given)

    fields = tuple(Field(p.name, p.meaning, p.default or "") for p in question.asks)
    return Saved(question.name, question.title, question.title_ar, question.text, fields, bound)


@contextmanager
def _folder(graph: Path | None, place: str | None) -> Iterator[Path]:
    """The folder of a store. A file is loaded into one of its own, which goes with the server."""
    source = graph or (Path(place) if place else None)
    if source is None:
        raise OptionError("no graph to serve: give a GRAPH, or --store with a folder")
    if is_server(str(source if graph else place)):
        raise OptionError(f"{place}: has an endpoint already; what is served is a file or a folder")
    if source.is_dir():
        LocalStore.embedded(source, read_only=True).close()
        yield source
    else:
        with tempfile.TemporaryDirectory(prefix="kg-builder-serve-") as made:
            _load(source, Path(made) / "store")
            yield Path(made) / "store"


def _load(source: Path, folder: Path) -> None:
    """Read as `load` does; through a file of quads, because a store in memory cannot be opened by others."""
    quads = folder.with_suffix(".nq")
    load(source).dump(str(quads), format=ox.RdfFormat.N_QUADS)
    store = ox.Store(str(folder))
    store.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS)
    store.flush()
    quads.unlink()


@contextmanager
def _listening(address: Address) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    try:
        listener = socket.create_server((address.host, address.port), family=family)
    except (OSError, OverflowError) as error:
        raise OutputError(f"{address.host}:{address.port}: cannot listen there: {error}") from error
    with listener:
        yield listener


def _run(app: object, listener: socket.socket) -> None:
    import uvicorn

    config = uvicorn.Config(
        app,  # type: ignore[arg-type]
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=2,
        lifespan="off",
        loop="asyncio",
        http="h11",
        h11_max_incomplete_event_size=MOST_HEADERS,
    )
    uvicorn.Server(config).run(sockets=[listener])
