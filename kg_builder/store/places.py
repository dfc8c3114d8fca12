"""Where a store is: `--store` names a folder (embedded Oxigraph), the address of a SPARQL server, or an RDF file."""

from __future__ import annotations

from pathlib import Path

from kg_builder.errors import OptionError
from kg_builder.store.local import LocalStore
from kg_builder.store.protocol import Store
from kg_builder.store.read import FORMATS, load


def is_server(place: str) -> bool:
    """Whether the place is the address of a server."""
    return place.lower().startswith(("http://", "https://"))


def is_file(place: str) -> bool:
    """Whether the place is an RDF file, by its suffix; a folder may have any name."""
    return Path(place).suffix.lower() in FORMATS and not Path(place).is_dir()


def _server(address: str) -> Store:
    try:
        from kg_builder.store.remote import ServerStore
    except ModuleNotFoundError as error:
        needed = f"SPARQL servers need {error.name}: pip install 'kg-builder[server]'"
        raise OptionError(f"--store {address.rpartition('@')[2]}: {needed}") from error
    return ServerStore.connect(address)


def open_store(place: str, read_only: bool = False) -> Store:
    """The store at a place.

    Read-only asks and never changes: a folder must hold a store already, a file is read into memory. Raises
    InputError for what is not there or no store, OutputError for what cannot be written or does not answer.
    """
    if is_server(place):
        return _server(place)
    if is_file(place):
        from kg_builder.store.rdf_file import FileStore

        return LocalStore(load(place), place, read_only=True) if read_only else FileStore(Path(place))
    return LocalStore.embedded(Path(place), read_only)
