"""`why`: who reported an event, in which words, and why the reports were taken for one happening."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
from rich.text import Text
from rich.tree import Tree

from kg_builder.cli.page import cell, console, running
from kg_builder.config import Config
from kg_builder.errors import ExitCode, OptionError
from kg_builder.ontology import NEV, Ontology, local_name
from kg_builder.store import DEFAULT, open_store

RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
UNSAID = {"eventType", "evidence", "trigger", "confidence", "rule", "factuality", "begin", "end", "cause"}
Node = ox.NamedNode | ox.Literal


def why(name: str, place: str, folder: Path | None) -> ExitCode:
    """Print the event that `name` means. Raises OptionError where it means none or several."""
    with open_store(place, read_only=True) as store:
        graph = Graph(store.quads(), Config(ontology_folder=folder).ontology)
    console().print(graph.tree(graph.event(name, place)))
    return ExitCode.OK


class Graph:
    """What a dataset says, by subject, in the default graph and in the documents' own."""

    def __init__(self, quads: Iterable[ox.Quad], ontology: Ontology) -> None:
        self._ontology = ontology
        self._said: dict[str, dict[str, list[Node]]] = {}
        self._default: set[str] = set()
        for quad in sorted(quads, key=str):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                values = self._said.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, [])
                if quad.object not in values:
                    values.append(quad.object)
                if quad.graph_name == DEFAULT:
                    self._default.add(quad.subject.value)

    def event(self, name: str, place: str) -> str:
        """The event that an IRI, its end, or the beginning of its last part means."""
        events = sorted(iri for iri in self._default if NEV + "report" in self._said[iri])
        ways = (str.__eq__, str.endswith, lambda iri, end: local_name(iri).startswith(end))
        found = next((those for way in ways if (those := [iri for iri in events if way(iri, name)])), [])
        if len(found) == 1:
            return found[0]
        which = found or events
        more = f" and {len(which) - 5} more" if len(which) > 5 else ""
        some = ", ".join(map(local_name, which[:5])) + more
        problem = "means several events" if found else "no such event"
        raise OptionError(f"{name}: {problem} in {place}; {'they' if found else 'known'} are {some or 'none'}")

    def tree(self, event: str) -> Tree:
        """The event, its reports and its merges."""
        kinds = [t.value for t in self._values(event, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type")]
        kind = local_name(event).rpartition("-")[0]
        label = next((k for k in kinds if local_name(k) == kind), NEV + kind)
        title = Text.assemble((self._label(label, "en"), "bold magenta"), "  ", cell(self._label(label, "ar")))
        tree = Tree(Text.assemble(title, (f"  {event}", "dim")), guide_style="dim")
        reports = self._values(event, NEV + "report")
        for number, report in enumerate(reports, 1):
            self._report(tree.add(self._source(number, report.value)), report.value)
        numbers = {report.value: number for number, report in enumerate(reports, 1)}
        for merge in self._values(event, NEV + "mergedBecause"):
            self._merge(tree, merge.value, numbers)
        if count := self._first(event, NEV + "sourceCount"):
            tree.add(Text(f"independent sources: {count}", "dim"))
        return tree

    def _source(self, number: int, report: str) -> Text:
        document = self._first(report, PROV + "wasDerivedFrom")
        told = [self._first(document, SCHEMA + name) for name in ("publisher", "datePublished", "headline")]
        identifier = self._first(document, SCHEMA + "identifier")
        text = Text.assemble((f"report {number}  ", "bold"), "  ".join(cell(t) for t in (identifier, *told) if t))
        for link in ("hadPrimarySource", "alternateOf"):
            if original := self._first(document, PROV + link):
                text.append(f"  (prints the text of {self._first(original, SCHEMA + 'identifier')})", "yellow")
        return text

    def _report(self, tree: Tree, report: str) -> None:
        for sentence in self._values(report, NEV + "evidence"):
            shown = Text(running(" ".join(self._first(sentence.value, NIF + "anchorOf").split())), "italic")
            triggers = [self._first(t.value, NIF + "anchorOf") for t in self._values(report, NEV + "trigger")]
            shown.highlight_words(triggers, "bold italic yellow")
            tree.add(shown)
        for role, values in self._said.get(report, {}).items():
            if not role.startswith(NEV) or local_name(role) in UNSAID:
                continue
            tree.add(Text.assemble((f"{self._label(role, 'en')}  ", "bold"), cell(", ".join(map(self._shown, values)))))
        when = " to ".join(dict.fromkeys(v.value for n in ("begin", "end") for v in self._values(report, NEV + n)))
        facts = (when, *(local_name(f.value) for f in self._values(report, NEV + "factuality")))
        tree.add(Text("  ".join(fact for fact in facts if fact), "dim"))

    def _merge(self, tree: Tree, merge: str, numbers: dict[str, int]) -> None:
        joined = sorted((r.value for r in self._values(merge, NEV + "joins")), key=lambda r: numbers.get(r, 0))
        names = " and ".join(f"{numbers.get(r, '?')}" for r in joined)
        score = self._first(merge, NEV + "score")
        branch = tree.add(Text.assemble((f"reports {names} are one", "bold green"), f", score {score}, because of"))
        for reason in self._values(merge, NEV + "reason"):
            shared = ", ".join(self._shared(local_name(reason.value), joined))
            branch.add(Text.assemble(self._label(reason.value, "en"), f"  {cell(shared)}" if shared else ""))
        branch.add(Text("to part them, a line in the file of --must-not-merge, with a tab between these:", "dim"))
        for report in joined:
            branch.add(report.rpartition("/report/")[2])

    def _shared(self, reason: str, reports: list[str]) -> Iterator[str]:
        """What two reports have in common of the kind that the reason is about."""
        one, other = (self._said.get(report, {}) for report in reports)
        for predicate in one.keys() & other.keys() if len(reports) == 2 else ():
            both = [v for v in one[predicate] if v in other[predicate]]
            if both and reason in self._kinds(local_name(predicate), both[0]):
                yield f"{self._label(predicate, 'en')}: {', '.join(map(self._shown, both))}"

    def _kinds(self, role: str, value: Node) -> set[str]:
        if role in {"begin", "end"}:
            return {"SameTime"}
        if role == "place":
            return {"SamePlace"}
        if role == "victimCount":
            return {"SameCount"}
        if isinstance(value, ox.Literal):
            return {"SimilarWords"} if value.language else set()
        if role in UNSAID or NEV not in "".join(t.value for t in self._values(value.value, RDF_TYPE)):
            return set()
        return {"SameAmount"} if self._first(value.value, NEV + "value") else {"SameParticipant"}

    def _shown(self, value: Node) -> str:
        if isinstance(value, ox.Literal):
            return value.value
        if amount := self._first(value.value, NEV + "value"):
            unit = self._first(value.value, NEV + "currency") or self._first(value.value, NEV + "unit")
            return f"{amount} {unit}".strip()
        return self._first(value.value, RDFS_LABEL) or local_name(value.value)

    def _values(self, subject: str, predicate: str) -> list[Node]:
        return self._said.get(subject, {}).get(predicate, [])

    def _first(self, subject: str, predicate: str) -> str:
        return next((value.value for value in self._values(subject, predicate)), "")

    def _label(self, iri: str, language: str) -> str:
        labels = self._ontology.objects(ox.NamedNode(iri), RDFS_LABEL)
        return next((x.value for x in labels if isinstance(x, ox.Literal) and x.language == language), local_name(iri))


RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
