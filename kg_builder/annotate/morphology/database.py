"""Where the compiled database lives, and how camel-tools is brought up without a network, a catalogue or a home."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from kg_builder import normalise
from kg_builder.annotate.kept import digest as hash_of
from kg_builder.annotate.kept import kept
from kg_builder.annotate.morphology import almor, charsets, derived, functions, lexicon, nouns, verbs
from kg_builder.annotate.morphology.analyser import Tables, tables
from kg_builder.annotate.morphology.rows import Stem
from kg_builder.collector import collector_at_rest
from kg_builder.config import cache_folders, is_ours, writable_folder
from kg_builder.ontology import Ontology

KEPT = 3
RULES = (*sorted(Path(__file__).parent.glob("*.py")), Path(normalise.__file__), lexicon.GAZETTEER)
LAST_LINE = "whole whole\n"
"""A row of the last table that no word uses: a file that ends otherwise was cut off."""
EMPTY_CATALOGUE = {"version": "1.6", "packages": {}, "components": {}}


def stems(ontology: Ontology) -> Iterator[Stem]:
    """Every stem that the ontology's word lists give, by rule or as written."""
    for verb in lexicon.verbs(ontology):
        yield from verbs.stems(verb)
        for nominal in derived.nominals(verb):
            yield from nouns.stems(nominal)
    yield from chain.from_iterable(nouns.stems(noun) for noun in lexicon.nominals(ontology))
    yield from chain.from_iterable(functions.stems(word) for word in lexicon.functions(ontology))
    yield from chain.from_iterable(functions.name_stems(*name) for name in sorted(_priced_names(ontology)))
    yield from chain.from_iterable(functions.name_stems(form, "month") for form in lexicon.months(ontology))
    yield from chain.from_iterable(map(functions.numeral_stems, lexicon.numerals(ontology)))


def _priced_names(ontology: Ontology) -> Iterator[tuple[str, str, str]]:
    return ((form, "name", price) for form, price in lexicon.names(ontology).items())


def digest(ontology: Ontology) -> str:
    """A hash of the word lists, of the gazetteer and of the rules that inflect them."""
    return hash_of(ontology.hashes, *RULES)


def database_file(ontology: Ontology) -> Path:
    """The compiled database of the ontology: found in a cache folder, or written there now."""
    for folder in cache_folders():
        path = folder / _file_name(ontology)
        with contextlib.suppress(OSError):
            if _is_whole(path) and is_ours(folder):
                os.utime(path)
                return path
    return compile_database(ontology)


def compile_database(ontology: Ontology) -> Path:
    """Write the database to the cache folder, over what may stand there."""
    path = writable_folder() / _file_name(ontology)
    _write(path, "\n".join(almor.lines(stems(ontology))) + "\n" + LAST_LINE)
    _forget_older(path)
    return path


def _is_whole(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - len(LAST_LINE)))
        return stream.read() == LAST_LINE.encode()


def _file_name(ontology: Ontology) -> str:
    return f"morphology-{digest(ontology)}.db"


def _forget_older(newest: Path) -> None:
    """Remove compiled databases of other lexicons, but for the few last used, which other versions may be using."""
    with contextlib.suppress(OSError):
        others = sorted(newest.parent.glob("morphology-*.db"), key=lambda path: path.stat().st_mtime)
        for path in others[:-KEPT]:
            path.unlink()


def _write(path: Path, text: str) -> Path:
    """Write in one step, so that another process never reads half a file."""
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    os.replace(temporary, path)
    return path


def _user_catalogue() -> Path | None:
    """The catalogue of data that the user has installed for camel-tools, if any."""
    set_folder = os.environ.get("CAMELTOOLS_DATA")
    with contextlib.suppress(RuntimeError, OSError):
        path = (Path(set_folder) if set_folder else Path.home() / ".camel_tools") / "catalogue.json"
        return path if path.is_file() else None
    return None


def prepare_camel_tools() -> None:
    """Keep the import of `camel_tools.morphology` from fetching a catalogue: without data of the user's, give it
    an empty one."""
    if _user_catalogue():
        return
    folder = writable_folder() / "camel-tools"
    folder.mkdir(exist_ok=True)
    catalogue = folder / "catalogue.json"
    if not catalogue.is_file():
        _write(catalogue, json.dumps(EMPTY_CATALOGUE))
    os.environ["CAMELTOOLS_DATA"] = str(folder)


@contextlib.contextmanager
def _usable_home() -> Iterator[None]:
    """camel-tools makes a folder in the home at import: lend it another home when that one cannot be written."""
    home = os.environ.get("HOME", "")
    if home and os.access(home, os.W_OK):
        yield
        return
    os.environ["HOME"] = str(writable_folder())
    try:
        yield
    finally:
        os.environ["HOME"] = home


def import_camel_tools() -> None:
    """Import what reads databases, without a network and even without a home."""
    prepare_camel_tools()
    with _usable_home():
        charsets.provide(writable_folder())
        importlib.import_module("camel_tools.morphology.database")


def database(ontology: Ontology) -> Any:
    """camel-tools' `MorphologyDB` of the ontology's word lists, opened for analysis.

    A kept file that another process has removed meanwhile, or that was damaged, is compiled again.
    """
    import_camel_tools()
    from camel_tools.morphology.database import MorphologyDB
    from camel_tools.morphology.errors import MorphologyError

    with collector_at_rest():
        try:
            return MorphologyDB(str(database_file(ontology)), "a")
        except (OSError, ValueError, LookupError, MorphologyError):
            return MorphologyDB(str(compile_database(ontology)), "a")


class Known(NamedTuple):
    """All that is made of the lexicon before the first word is read.

    `names` are folded words known as names, `less_likely` verbs with those that are far likelier where both are spelled
    alike.
    """

    tables: Tables
    names: frozenset[str]
    less_likely: dict[str, frozenset[str]]


def known(ontology: Ontology) -> Known:
    """What is kept of the ontology's word lists; camel-tools is needed to make it, but not to read it again."""

    def make() -> tuple[object, ...]:
        found = tables(database(ontology)), lexicon.known_names(ontology), lexicon.less_likely(ontology)
        return (tuple(found[0]), *found[1:])

    read: Any = kept("morphology", digest(ontology), make)
    return Known(Tables(*read[0]), *read[1:])
