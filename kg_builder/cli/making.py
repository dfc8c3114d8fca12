"""`build` and `annotate`: documents go through the pipeline."""

from __future__ import annotations

import codecs
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg_builder.cli.progress import Tally, note, watched
from kg_builder.config import Config
from kg_builder.errors import ExitCode, OptionError, OutputError
from kg_builder.model import Article, Mention
from kg_builder.read import Options, articles
from kg_builder.read.dates import iso_date
from kg_builder.read.options import FIELDS, KINDS

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg_builder.graph.run import Run


def read_options(
    date: str | None, columns: Iterable[str] | None, encoding: str | None, kind: str | None, folder: Path | None
) -> Options:
    """The readers' options out of the command line's. Raises OptionError for an unknown value."""
    if kind is not None and kind not in KINDS:
        raise OptionError(f"--format {kind}: known are {', '.join(KINDS)}")
    return Options(_date(date), _columns(columns or ()), _encoding(encoding), kind, note, folder)


def _date(given: str | None) -> str | None:
    try:
        return iso_date(given) if given is not None else None
    except ValueError as error:
        raise OptionError(f"--date: {error}") from error


def _columns(given: Iterable[str]) -> dict[str, str]:
    found = {}
    for pair in given:
        field, equals, name = pair.partition("=")
        if not equals or field not in FIELDS or not name:
            raise OptionError(f"--column {pair}: write FIELD=NAME, where FIELD is one of {', '.join(FIELDS)}")
        found[field] = name
    return found


def _encoding(given: str | None) -> str | None:
    try:
        if given is None or getattr(codecs.lookup(given), "_is_text_encoding", True):
            return given
    except LookupError:
        pass
    raise OptionError(f"--encoding {given}: unknown; known are utf-8, utf-16, windows-1256, iso-8859-6, Python's own")


@dataclass(frozen=True, slots=True)
class Goal:
    """Where else a build goes: `store` takes the whole graph, `into` is a graph that it goes on with. With
    `tells_runs` the graph says how and when it was made."""

    store: str | None = None
    into: str | None = None
    tells_runs: bool = True


def build(inputs: list[str], outputs: list[Path], options: Options, config: Config, goal: Goal) -> ExitCode:
    """Read, build, check and write the graph, to files and to the store at a place."""
    from kg_builder.cli import storing, updating
    from kg_builder.pipeline import load
    from kg_builder.store import write

    _check(outputs, goal)
    tally = Tally()
    documents = tally.good(watched(articles(inputs, options), "documents"))
    pipeline = load(config)
    builder = pipeline.builder(_run(options, config) if goal.tells_runs else None, goal.tells_runs)
    with updating.going_on(builder, goal.into) as keep:
        pipeline.build(documents, tally.fail, builder, once=True)
        tally.miss(pipeline.unanswered)
        if not tally.read or not len(builder):
            note("no document could be read, so nothing was written")
            return ExitCode.NO_INPUT
        keep()
    for path in outputs:
        write(builder, path)
    if goal.store:
        storing.send(builder, goal.store)
    return tally.exit_code


def _check(outputs: list[Path], goal: Goal) -> None:
    """What cannot be written is said before the work begins."""
    from kg_builder.cli import storing
    from kg_builder.store import check_target

    for path in outputs:
        check_target(path)
        _check_writable(path)
        if goal.into and path.suffix.lower() == ".jsonl":
            raise OptionError(f"{path}: plain records are made of texts, and --into has none; leave one of them out")
    if goal.store:
        storing.check(goal.store)
    elif not outputs and not goal.into:
        raise OptionError("nowhere to write: give -o FILE, or --store or --into with a folder or a server")


def _run(options: Options, config: Config) -> Run:
    from kg_builder import __version__
    from kg_builder.graph.run import Run

    said = {"date": options.date, "prefer-dates": config.prefer_dates, "link": config.link}
    told = " ".join(f"{name}={value}" for name, value in said.items() if value)
    now = datetime.now(UTC).replace(microsecond=0, tzinfo=None)
    return Run(__version__, config.ontology.digest, told, f"{now.isoformat()}Z")


def _check_writable(path: Path) -> None:
    """Say so before the work begins; the writer itself creates missing folders."""
    place = path if path.exists() else next(p for p in path.absolute().parents if p.exists())
    if not (place.is_dir() or place == path) or not os.access(place, os.W_OK):
        raise OutputError(f"{path}: cannot be written, no permission in {place}")


def annotate(inputs: list[str], options: Options, config: Config) -> ExitCode:
    """Print one JSON line for each document. Figures and codes are values in any script, so no text is refused."""
    from kg_builder.pipeline import each, load

    pipeline, tally = load(config), Tally()
    documents = articles(inputs, replace(options, any_script=True))
    done = each(documents, lambda article: record(article, pipeline.annotate(article)))
    for line in tally.good(watched(done, "documents")):
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    return tally.exit_code


def record(article: Article, doc: Doc) -> dict[str, Any]:
    """What `annotate` prints of a document: its id, and its mentions in the order of the text."""
    from kg_builder.pipeline import names

    found = {(m.kind, m.span): m for m in (*names(doc), *doc._.mentions)}
    ordered = sorted(found.values(), key=lambda m: (m.span.start, -m.span.end, m.kind))
    return {"id": article.id, "mentions": [_mention(m, article.text) for m in ordered]}


def _mention(mention: Mention, text: str) -> dict[str, Any]:
    begin, end = mention.span.start, mention.span.end
    return {"kind": mention.kind, "begin": begin, "end": end, "text": text[begin:end], "value": dict(mention.value)}
