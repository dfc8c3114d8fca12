"""`explain`, `types` and `ontology`: how a sentence is read, and what there is to read with."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg_builder.cli.page import cell, console, counted, running, table
from kg_builder.config import Config
from kg_builder.errors import ExitCode
from kg_builder.model import Amount, Article, Entity, Filler, FillerValue, Report
from kg_builder.read import Options

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg_builder.extract.lexicon import Construction
    from kg_builder.ontology import Ontology


def explain(sentence: str, options: Options, config: Config) -> ExitCode:
    """Print the words with their analyses, the mentions, and each report with the slots that filled its roles."""
    from rich.text import Text

    from kg_builder.cli.making import record
    from kg_builder.pipeline import load
    from kg_builder.read.document import article as document

    article = document({options.column("text"): sentence}, "the sentence", "sentence", options)
    if not isinstance(article, Article):
        raise article
    pipeline = load(config)
    doc = pipeline.annotate(article)
    reports = pipeline.reports(doc)
    console().print(Text(running(sentence), "bold"), justify="right" if console().is_terminal else None)
    console().print(_words(doc))
    mentions = record(article, doc)["mentions"]
    if mentions:
        console().print(_mentions(mentions))
    for report in reports:
        console().print(_report(report, article.text))
        console().print()
    console().print(counted(len(reports)), style="dim")
    return ExitCode.OK


def _words(doc: Doc) -> Any:
    shown = table("at", "word", "clean", "lemma", "part", "features", "name")
    for token in doc:
        if not token.is_space:
            name = token.ent_type_ and f"{token.ent_iob_}-{token.ent_type_}"
            words = (cell(token.text), cell(token.norm_), cell(token.lemma_))
            shown.add_row(str(token.idx), *words, token.pos_, str(token.morph).replace("|", " "), name)
    return shown


def _mentions(mentions: list[dict[str, Any]]) -> Any:
    shown = table("at", "mention", "kind", "value")
    for mention in mentions:
        value = " ".join(f"{key}={item}" for key, item in mention["value"].items())
        shown.add_row(f"{mention['begin']}-{mention['end']}", cell(mention["text"]), mention["kind"], cell(value))
    return shown


def _report(report: Report, text: str) -> Any:
    from rich.text import Text
    from rich.tree import Tree

    trigger = cell(text[report.trigger.start : report.trigger.end])
    tree = Tree(Text.assemble((report.type, "bold magenta"), "  ", (trigger, "yellow"), f"  {report.factuality}"))
    tree.add(Text.assemble(("construction  ", "bold"), cell(report.rule), (f"  {report.confidence:.2f}", "dim")))
    for filler in (*report.fillers, *report.attribution):
        tree.add(_filler(filler, text))
    if report.status:
        tree.add(Text.assemble(("status  ", "bold"), report.status))
    if report.time.begin or report.time.end:
        span = report.time.span
        words = cell(text[span.start : span.end]) if span else ""
        when = f"{report.time.begin or '…'} to {report.time.end or '…'}"
        tree.add(Text.assemble(("time  ", "bold"), when, ("  ←  ", "dim"), words))
    return tree


def _filler(filler: Filler, text: str) -> Any:
    from rich.text import Text

    words = text[filler.span.start : filler.span.end]
    value = (f"{filler.qualifier} " if filler.qualifier else "") + _value(filler.value)
    shown = Text.assemble((f"{filler.role}  ", "bold"), cell(value), ("  ←  ", "dim"), cell(filler.slot))
    return shown if words == value else shown.append_text(Text.assemble(("  of  ", "dim"), cell(words)))


def _value(value: FillerValue) -> str:
    if isinstance(value, Entity):
        return f"{value.label} ({value.kind})"
    if isinstance(value, Amount):
        return f"{value.value} {value.currency or value.unit or ''}" + (f" per {value.per}" if value.per else "")
    return str(value)


def types(folder: Path | None) -> ExitCode:
    """List every event type: its names, its constructions, and its first example."""
    from rich.text import Text
    from rich.tree import Tree

    from kg_builder.extract.lexicon import Lexicon

    ontology = Config(ontology_folder=folder).ontology
    lexicon = Lexicon(ontology)
    examples = dict(_examples(ontology))
    for name in lexicon.types:
        labels = "  ".join(cell(label) for label in _labels(ontology, name))
        tree = Tree(Text.assemble((name, "bold magenta"), "  ", labels))
        for construction in (c for c in lexicon.constructions if c.type == name):
            tree.add(_construction(construction))
        if name in examples:
            tree.add(Text(running(examples[name]), "italic"))
        console().print(tree)
        console().print()
    return ExitCode.OK


def _construction(construction: Construction) -> Any:
    """The words that carry the event, those that must stand with them, and the roles of the slots."""
    from rich.text import Text

    carriers = "، ".join(sorted(construction.lemmas))
    company = "".join(
        f"  + {place} {'، '.join(sorted(' '.join(chain) for chain in chains))}"
        for place, chains in sorted(construction.companions.items())
    )
    slots = "  ".join(cell(f"{slot}={role}") for slot, role in sorted(construction.slots.items()))
    return Text.assemble(cell(carriers), (f"  {construction.carrier}", "dim"), cell(company), "  ", slots)


def _labels(ontology: Ontology, name: str) -> list[str]:
    from kg_builder.ontology import NEV, NamedNode

    labels = ontology.objects(NamedNode(NEV + name), "http://www.w3.org/2000/01/rdf-schema#label")
    return [label.value for label in labels if hasattr(label, "value")]


def _examples(ontology: Ontology) -> Iterator[tuple[str, str]]:
    """(type, text) of the first example in each event folder that has one."""
    from kg_builder.ontology import LEX, NEV, RDF_TYPE, Ontology, local_name

    for path in sorted(ontology.folder.glob("events/*/examples.ttl")):
        found = Ontology(path.parent, [path])
        for node in found.subjects(LEX + "Example"):
            reports = list(found.objects(node, LEX + "report"))
            kinds = [o for r in reports for p in (NEV + "eventType", RDF_TYPE.value) for o in found.objects(r, p)]
            texts = [o.value for o in found.objects(node, LEX + "text") if hasattr(o, "value")]
            if kinds and texts:
                yield local_name(getattr(kinds[0], "value", "")), texts[0]
                break


def ontology(folder: Path | None) -> ExitCode:
    """Print every Turtle file of the ontology, one after the other; together they are one Turtle document."""
    from kg_builder.ontology import ontology_files

    root = Config(ontology_folder=folder).ontology.folder
    for path in ontology_files(root):
        sys.stdout.write(f"# {path.relative_to(root)}\n\n{path.read_text(encoding='utf-8').strip()}\n\n\n")
    return ExitCode.OK
