"""`query`, `queries` and `validate`: what a graph answers, and whether it fits the ontology."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg_builder.cli.page import cell, console, table
from kg_builder.cli.progress import note
from kg_builder.errors import ExitCode, OptionError


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
    """List the bundled queries, each with its title and its parameters."""
    from kg_builder.store import bundled

    _print(["query", "asks", "parameters"], [[q.name, q.title, q.parameters] for q in bundled()])
    return ExitCode.OK


def query(name: str, graph: Path, given: Iterable[str]) -> ExitCode:
    """Ask the question; a table for a person, tab-separated when piped."""
    from kg_builder.store import find, load, run_query

    answer = run_query(find(name), load(graph), parameters(given))
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
