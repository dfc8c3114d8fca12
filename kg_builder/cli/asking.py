"""`query`, `queries` and `validate`: what a graph answers, and whether it fits the ontology."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg_builder.cli.page import cell, console, table
from kg_builder.cli.progress import note
from kg_builder.errors import ExitCode, OptionError

if TYPE_CHECKING:
    from kg_builder.store import Table
    from kg_builder.validate import ValidationReport

FORMATS = ("table", "csv", "tsv", "json", "ttl")


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

    rows = [[q.name, q.title, q.usage] for q in bundled()]
    if console().is_terminal:
        _show(["query", "asks", "parameters"], rows)
    else:
        print("query\tasks\tparameters", *("\t".join(row) for row in rows), sep="\n")
    return ExitCode.OK


def query(name: str, words: Iterable[str], place: str | None = None, form: str | None = None) -> ExitCode:
    """Ask the question; a table for a person, tab-separated when piped, or the format that is asked for."""
    from kg_builder.cli import storing
    from kg_builder.store import find, run_query

    if form is not None and form not in FORMATS:
        raise OptionError(f"--format {form}: known are {' '.join(FORMATS)}")
    question = find(name)
    graph, wanted = _sorted_out(words)
    with storing.opened(graph, place) as store:
        answer = run_query(question, store, wanted)
    if form == "table" or (form is None and console().is_terminal):
        _show(list(answer.columns), [[" ".join(value.split()) for value in row] for row in answer.values()])
    else:
        sys.stdout.write(_written(answer, form or "tsv"))
    return ExitCode.OK


def _sorted_out(words: Iterable[str]) -> tuple[Path | None, dict[str, str]]:
    """The graph, if one is named, and the parameters. Raises OptionError for two graphs, or a value left out."""
    graphs, given = [], {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name.isidentifier() or Path(word).exists():
            graphs.append(Path(word))
        elif not value:
            raise OptionError(f"{word}: write KEY=VALUE")
        else:
            given[name] = value
    if len(graphs) > 1:
        raise OptionError(f"{graphs[1]}: {graphs[0]} is asked already; parameters are written KEY=VALUE")
    return (graphs[0] if graphs else None), given


def _written(answer: Table, form: str) -> str:
    if form == "ttl":
        from kg_builder.graph.vocab import PREFIXES

        return answer.turtle(PREFIXES)
    return {"csv": answer.csv, "tsv": answer.tsv, "json": answer.json}[form]()


def _show(columns: list[str], rows: list[list[str]]) -> None:
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
