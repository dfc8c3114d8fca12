"""`query`, `queries` and `validate`: what a graph answers, and whether it fits the ontology."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg_builder.cli.page import cell, console, table
from kg_builder.cli.progress import note
from kg_builder.errors import ExitCode, OptionError

if TYPE_CHECKING:
    from kg_builder.validate import ValidationReport


def validate(path: Path | None, folder: Path | None, place: str | None = None, target: Path | None = None) -> ExitCode:
    """Print every violation in English and in Arabic, or that there is none; the report goes to `target` as Turtle."""
    from kg_builder.cli import storing
    from kg_builder.store.files import write_chunks

    report = _report(path, place, folder)
    if target:
        write_chunks(target, [report.turtle()])
    for violation in report.violations:
        print(violation.en, violation.ar, sep="\n    ")
    name = storing.shown(path, place)
    if report.conforms:
        print(f"{name}: conforms")
        return ExitCode.OK
    note(f"{name}: {len(report.violations)} violations of the shapes")
    return ExitCode.INVALID_GRAPH


def _report(path: Path | None, place: str | None, folder: Path | None) -> ValidationReport:
    """A file is checked as a whole; a store, which may be big, a document at a time."""
    from kg_builder.cli import storing
    from kg_builder.store import DEFAULT
    from kg_builder.store.rdf_file import StoreSource
    from kg_builder.validate import validate as check
    from kg_builder.validate import validator

    if path is not None and not path.is_dir():
        return check(path, folder)
    with storing.opened(path, place) as store:
        return validator(folder).check_parts(store.triples(DEFAULT), StoreSource(store).documents())


def queries() -> ExitCode:
    """List the bundled queries, each with its title and its parameters."""
    from kg_builder.store import bundled

    _print(["query", "asks", "parameters"], [[q.name, q.title, q.parameters] for q in bundled()])
    return ExitCode.OK


def query(name: str, graph: Path | None, given: Iterable[str], place: str | None = None) -> ExitCode:
    """Ask the question; a table for a person, tab-separated when piped."""
    from kg_builder.cli import storing
    from kg_builder.store import find, run_query

    question, wanted = find(name), parameters(given)
    with storing.opened(graph, place) as store:
        answer = run_query(question, store, wanted)
    rows = [[" ".join(value.split()) for value in row] for row in answer.values()]
    _print(list(answer.columns), rows)
    return ExitCode.OK


def _print(columns: list[str], rows: list[list[str]]) -> None:
    """A table for a person, tab-separated lines for a program."""
    if not console().is_terminal:
        for row in [columns, *rows]:
            print(*row, sep="\t")
        return
    shown = table(*columns)
    for row in rows:
        shown.add_row(*map(cell, row))
    console().print(shown)


def parameters(given: Iterable[str]) -> dict[str, str]:
    """What `--set NAME=VALUE` says. Raises OptionError where it says something else."""
    pairs = [pair.partition("=") for pair in given]
    for name, equals, value in pairs:
        if not (name and equals and value):
            raise OptionError(f"--set {name}{equals}{value}: write NAME=VALUE")
    return {name: value for name, _, value in pairs}
