"""`link --review`, `link --quickstatements` and `wikidata decide`: what people see of links, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg_builder.cli.progress import note
from kg_builder.errors import ExitCode, InputError, OptionError, OutputError
from kg_builder.link.decisions import Decision, read, written
from kg_builder.link.review.met import Met, item_class, met
from kg_builder.link.review.sheet import Candidate
from kg_builder.model import Entity
from kg_builder.normalise import name_key
from kg_builder.read.dates import iso_date

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg_builder.link.linker import Linker
    from kg_builder.ontology import Ontology


def review(store: ox.Store, path: Path, candidates: Callable[[Sequence[Met]], Iterable[Sequence[Candidate]]]) -> None:
    """Write a sheet of the graph's entities, each with its candidates. Raises OutputError."""
    from kg_builder.link.review import sheet

    entities = met(store)
    write(path, sheet.written(zip(entities, candidates(entities), strict=True)))
    note(f"{path}: {len(entities)} names")


def ours(linker: Linker) -> Callable[[Sequence[Met]], Iterable[Sequence[Candidate]]]:
    """The candidates of our own linking."""

    def candidates(entities: Sequence[Met]) -> Iterable[Sequence[Candidate]]:
        for found in entities:
            entity = Entity(found.kind, found.name, (found.name, *found.other_names))
            links = linker.link([entity], found.context, None)[entity].links
            items = [(link, linker.item(link.qid)) for link in links]
            yield [Candidate(link.qid, item.label_en or item.label_ar, link.confidence) for link, item in items if item]

    return candidates


def theirs(url: str, ontology: Ontology) -> Callable[[Sequence[Met]], Iterable[Sequence[Candidate]]]:
    """The candidates of a reconciliation service. Raises OptionError for an address that is none."""
    from kg_builder.link.online import extra, service

    if not url.startswith(("http://", "https://")):
        raise OptionError(f"--reconcile {url}: not an http or https address")
    with extra():
        from kg_builder.link.review.reconcile import connect
    client = connect(url, service())

    def candidates(entities: Sequence[Met]) -> Iterable[Sequence[Candidate]]:
        return client.candidates([(found.name, item_class(ontology, found.family)) for found in entities])

    return candidates


def quickstatements(
    store: ox.Store, path: Path, ontology: Ontology, known: Callable[[str], bool], support: int, retrieved: str | None
) -> None:
    """Write the commands that tell Wikidata what it lacks. Raises OptionError for an option, OutputError."""
    from kg_builder.link.review.quickstatements import Statements

    if support < 2:
        raise OptionError(f"--support {support}: what one source alone says is not for Wikidata; 2 or more are wanted")
    commands = Statements(lambda kind: item_class(ontology, kind), known, support, _day(retrieved))
    text = commands.written(store, met(store))
    write(path, text)
    note(f"{path}: {len(text.splitlines())} commands")


def _day(given: str | None) -> str | None:
    try:
        return iso_date(given)[:10] if given is not None else None
    except ValueError as error:
        raise OptionError(f"--retrieved: {error}") from error


def decide(sheets: Sequence[Path], output: Path) -> ExitCode:
    """Add what people chose in sheets to a file of decisions; of two about one name in one context the later counts."""
    from kg_builder.link.review.sheet import decisions

    told: list[Decision] = []
    failed = 0
    for path in sheets:
        try:
            told += decisions(path)
        except InputError as error:
            failed += 1
            note(str(error))
    if failed == len(sheets):
        return ExitCode.NO_INPUT
    kept = {_key(decision): decision for decision in (*(read(output) if output.exists() else ()), *told)}
    write(output, written(kept.values()))
    note(f"{output}: {len(told)} decisions of {len(sheets) - failed} sheets, {len(kept)} in all")
    return ExitCode.SOME_INPUT_FAILED if failed else ExitCode.OK


def _key(decision: Decision) -> tuple[str, str]:
    return name_key(decision.name), decision.context


def write(path: Path, text: str) -> None:
    """Write a text, whole or not at all. Raises OutputError."""
    from kg_builder.store.files import write_whole

    try:
        write_whole(path, [text.encode()])
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from error
