"""`query`, `queries` and `validate`: what a graph answers, and whether it fits the ontology."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg_builder.cli.page import cell, console, table
from kg_builder.cli.progress import note
from kg_builder.errors import ExitCode, InputError, OptionError
from kg_builder.ontology import Term, data_folder

FORMATS = {f".{s}": s for s in ("ttl", "trig", "nq", "nt", "jsonld", "rdf")}
PARAMETER = re.compile(r"(\w+)\s*=\s*(\S.*)")


def load(path: Path) -> ox.Store:
    """The graph of a file. Raises InputError where it cannot be read as RDF."""
    format_ = ox.RdfFormat.from_extension(FORMATS.get(path.suffix.lower(), ""))
    if format_ is None:
        raise InputError(str(path), f"unknown format {path.suffix or 'without suffix'}; known: {' '.join(FORMATS)}")
    store = ox.Store()
    try:
        store.bulk_load(path=str(path), format=format_)
    except (SyntaxError, ValueError) as error:
        raise InputError(str(path), f"not well-formed: {error}") from error
    except OSError as error:
        raise InputError(str(path), "no such file" if not path.exists() else str(error.strerror or error)) from error
    return store


def validate(path: Path, folder: Path | None) -> ExitCode:
    """Print every violation, or that there is none."""
    from kg_builder.validate import validate as check

    report = check(path, folder)
    for violation in report.violations:
        print(violation)
    if report.conforms:
        print(f"{path}: conforms")
        return ExitCode.OK
    note(f"{path}: {len(report.violations)} violations of the shapes")
    return ExitCode.INVALID_GRAPH


def queries() -> ExitCode:
    """List the bundled queries, each with its title and what can be set."""
    shown = table("query", "asks", "--set")
    for path in _bundled():
        title, parameters = _head(path.read_text(encoding="utf-8"))
        shown.add_row(path.stem, title, cell(" ".join(parameters)))
    console().print(shown)
    return ExitCode.OK


def query(name: str, graph: Path, given: Iterable[str]) -> ExitCode:
    """Ask the question and print what comes: rows, yes or no, or triples."""
    text = _query_text(name)
    answer = _ask(load(graph), name, text, _substitutions(given, text))
    if isinstance(answer, ox.QuerySolutions):
        _print_rows(answer)
    elif isinstance(answer, ox.QueryBoolean):
        print("yes" if answer else "no")
    else:
        sys.stdout.write((ox.serialize(answer, format=ox.RdfFormat.TURTLE) or b"").decode())
    return ExitCode.OK


def _bundled() -> list[Path]:
    return sorted(data_folder("queries").glob("*.rq"))


def _query_text(name: str) -> str:
    known = {path.stem: path for path in _bundled()}
    path = known.get(name, Path(name))
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise OptionError(f"{name}: neither a file nor a bundled query; known are {', '.join(known)}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(name, f"cannot be read: {error}") from error


def _head(text: str) -> tuple[str, list[str]]:
    """The title and the parameters: the first two comment lines."""
    comments = [line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("#")]
    return (comments or [""])[0], [c for c in comments[1:2] if c]


def _substitutions(given: Iterable[str], text: str) -> dict[ox.Variable, Term]:
    found: dict[ox.Variable, Term] = {}
    for pair in given:
        match = PARAMETER.fullmatch(pair)
        if not match or not re.search(rf"[?$]{match[1]}\b", text):
            names = sorted(set(re.findall(r"[?$](\w+)", text)))
            raise OptionError(f"--set {pair}: write NAME=VALUE, where NAME is one of {', '.join(names)}")
        found[ox.Variable(match[1])] = _term(match[2])
    return found


def _term(value: str) -> Term:
    """<…> and http… are IRIs, everything else is text."""
    bare = value.removeprefix("<").removesuffix(">")
    return ox.NamedNode(bare) if bare.startswith(("http://", "https://", "urn:")) else ox.Literal(value)


def _ask(
    store: ox.Store, name: str, text: str, given: dict[ox.Variable, Term]
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    try:
        return store.query(text, substitutions=given)
    except SyntaxError as error:
        raise InputError(name, f"not SPARQL: {error}") from error


def _print_rows(rows: ox.QuerySolutions) -> None:
    names = [variable.value for variable in rows.variables]
    cells = [[_plain(row[name]) for name in names] for row in rows]
    if not console().is_terminal:
        print(*names, sep="\t")
        for row in cells:
            print(*row, sep="\t")
        return
    shown = table(*names)
    for row in cells:
        shown.add_row(*map(cell, row))
    console().print(shown)


def _plain(term: object) -> str:
    """A literal's text or an IRI, on one line."""
    value = getattr(term, "value", "") if term is not None else ""
    return " ".join(str(value).split())
