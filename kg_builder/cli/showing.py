"""`show`: the events of a graph, each with who, where, when and the words that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rich.text import Text
from rich.tree import Tree

from kg_builder.cli import storing
from kg_builder.cli.page import cell, console, counted, joined, running
from kg_builder.config import Config
from kg_builder.errors import ExitCode
from kg_builder.ontology import NEV, RDF_TYPE, Ontology, local_name
from kg_builder.store import DEFAULT

RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
HIDDEN = {"report", "evidence", "trigger", "confidence", "rule", "begin", "end", "factuality", "cause", "accepts"}
HIDDEN |= {"mergedBecause", "sourceCount"}
STYLES = {"Actual": "green", "Planned": "cyan", "Claimed": "yellow", "Possible": "yellow", "Denied": "red"}


@dataclass(frozen=True, slots=True)
class Node:
    """What the default graph says of one subject: property local name → values."""

    iri: str
    values: Mapping[str, list[ox.NamedNode | ox.Literal]]

    def words(self, name: str) -> list[str]:
        """The values of a property as plain words: local names of nodes, texts of literals."""
        return [local_name(v.value) if isinstance(v, ox.NamedNode) else v.value for v in self.values.get(name, [])]


def show(path: Path | None, folder: Path | None, place: str | None = None) -> ExitCode:
    """Print every event of the default graph of a file, or of the store at a place."""
    with storing.opened(path, place) as store:
        graph = _nodes(store.triples(DEFAULT))
    ontology = Config(ontology_folder=folder).ontology
    events = sorted(_events(graph, ontology), key=lambda event: _place(event, graph))
    for event in events:
        console().print(_tree(event, graph, ontology))
        console().print()
    console().print(f"{counted(len(events))} in {storing.shown(path, place)}", style="dim")
    return ExitCode.OK


def _nodes(triples: Iterable[ox.Triple]) -> dict[str, Node]:
    found: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
            found[triple.subject.value][_key(triple.predicate.value)].append(triple.object)
    return {iri: Node(iri, values) for iri, values in found.items()}


def _key(predicate: str) -> str:
    return "type" if predicate == RDF_TYPE.value else local_name(predicate)


def _events(graph: Mapping[str, Node], ontology: Ontology) -> Iterator[Node]:
    return (node for node in graph.values() if node.values.get("report") or _is_event(node, ontology))


def _is_event(node: Node, ontology: Ontology) -> bool:
    return any(_event_class(v.value, ontology) for v in node.values.get("type", []))


def _event_class(iri: str, ontology: Ontology) -> bool:
    kinds = ontology.objects(ox.NamedNode(iri), RDF_TYPE.value) if ":" in iri else ()
    return any(getattr(kind, "value", "") == NEV + "EventType" for kind in kinds)


def _place(event: Node, graph: Mapping[str, Node]) -> tuple[int, str]:
    """Where the text first tells it, so that events come in the order of the text."""
    begins = [int(b) for t in event.values.get("trigger", []) for b in _about(t.value, graph, "beginIndex")]
    return min(begins, default=0), event.iri


def _about(iri: str, graph: Mapping[str, Node], name: str) -> list[str]:
    return graph[iri].words(name) if iri in graph else []


def _tree(event: Node, graph: Mapping[str, Node], ontology: Ontology) -> Tree:
    tree = Tree(_title(event, ontology), guide_style="dim")
    for name in sorted(event.values):
        iri = next((i for i in (NEV + name,) if ontology.about(ox.NamedNode(i))), None)
        if iri and name not in HIDDEN and not name.startswith("preferred"):
            shown = joined(dict.fromkeys(_said(v, graph) for v in event.values[name]))
            tree.add(Text.assemble((f"{_label(iri, ontology)}  ", "bold"), cell(shown)))
    when = _when(event)
    if when:
        tree.add(Text.assemble(("when  ", "bold"), when))
    for cause in event.values.get("cause", []):
        tree.add(Text.assemble(("because of  ", "bold"), _brief(cause.value, graph, ontology)))
    for sentence in _sentences(event, graph):
        tree.add(sentence)
    return tree


def _brief(iri: str, graph: Mapping[str, Node], ontology: Ontology) -> str:
    """Another event in a few words: its class and the word that carries it."""
    kinds = _about(iri, graph, "type")
    name = _label(NEV + _narrowest(kinds, ontology), ontology) if kinds else local_name(iri)
    triggers = graph[iri].values.get("trigger", []) if iri in graph else []
    words = dict.fromkeys(word for t in triggers for word in _about(t.value, graph, "anchorOf"))
    return "  ".join([name, *(f"«{word}»" for word in words)])


def _title(event: Node, ontology: Ontology) -> Text:
    name = _narrowest(event.words("type"), ontology)
    english, arabic = (_label(NEV + name, ontology, language) for language in ("en", "ar"))
    title = Text.assemble((english, "bold magenta"), "  ", cell(arabic))
    for fact in event.words("factuality"):
        title.append(f"  {fact}", STYLES.get(fact, ""))
    return title


def _narrowest(kinds: list[str], ontology: Ontology) -> str:
    """The class that is no superclass of another of the event's classes."""
    above = {o.value for k in kinds for o in ontology.objects(ox.NamedNode(NEV + k), SUBCLASS) if hasattr(o, "value")}
    return next((k for k in kinds if NEV + k not in above and k != "Event"), kinds[0])


def _label(iri: str, ontology: Ontology, language: str = "en") -> str:
    labels = ontology.objects(ox.NamedNode(iri), RDFS_LABEL)
    return next((x.value for x in labels if isinstance(x, ox.Literal) and x.language == language), local_name(iri))


def _said(value: ox.NamedNode | ox.Literal, graph: Mapping[str, Node]) -> str:
    """A literal's text, an entity's label, an amount in figures, or else the end of the IRI."""
    if isinstance(value, ox.Literal):
        return value.value
    node = graph.get(value.value)
    if node is None:
        return local_name(value.value)
    amount = node.words("value")
    if amount:
        unit = " ".join(node.words("currency") + node.words("unit"))
        return f"{_figure(amount[0])} {unit}" + "".join(f" per {per}" for per in node.words("per"))
    return next(iter(node.words("label")), local_name(value.value))


def _figure(decimal: str) -> str:
    return decimal.rstrip("0").rstrip(".") if "." in decimal else decimal


def _when(event: Node) -> str:
    begin, end = _joined(event.words("begin")), _joined(event.words("end"))
    if begin == end:
        return begin
    return f"{begin or '…'} to {end or '…'}"


def _joined(words: Iterable[str]) -> str:
    return " or ".join(sorted(words))


def _sentences(event: Node, graph: Mapping[str, Node]) -> Iterator[Text]:
    """The first sentence of evidence, with the words that carry the event standing out."""
    anchors = sorted(
        (int(begin), " ".join(text.split()))
        for sentence in event.values.get("evidence", [])
        for begin, text in zip(
            _about(sentence.value, graph, "beginIndex"), _about(sentence.value, graph, "anchorOf"), strict=True
        )
    )
    texts = list(dict.fromkeys(text for _, text in anchors))
    triggers = {w for t in event.values.get("trigger", []) for w in _about(t.value, graph, "anchorOf")}
    for text in texts[:1]:
        shown = Text(running(text), "italic")
        shown.highlight_words(triggers, "bold italic yellow")
        yield shown
    if len(texts) > 1:
        yield Text(f"and {len(texts) - 1} more", "dim")
