"""What Wikidata lacks, as QuickStatements commands (version 1) that a person looks through and sends.

https://www.wikidata.org/wiki/Help:QuickStatements
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg_builder.link.review.met import Met, ask
from kg_builder.ontology import local_name

_INSTANCE_OF, _URL, _PUBLISHED, _TITLE, _RETRIEVED = "P31", "S854", "S577", "S1476", "S813"
_REFERENCES = 3  # per statement: more prove nothing more
_WEB = re.compile(r'https?://[^\s"|]+$')
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_QID = re.compile(r"Q[1-9]\d*$")


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A document that says so: its day, its address, its publisher (else its host) and its headline."""

    published: str
    url: str
    publisher: str
    headline: str


Support = Mapping[tuple[str, str, str], set[Reference]]


@dataclass(frozen=True, slots=True)
class Statements:
    """Writes the commands for what at least `support` publishers report as actual.

    `item_class` gives the QID of the class of a kind of entity. `known` tells whether Wikidata has an item of that
    name: then nothing is created, for a person must look first. `retrieved` is the ISO day when the pages were read.
    """

    item_class: Callable[[str], str | None]
    known: Callable[[str], bool]
    support: int = 2
    retrieved: str | None = None

    def written(self, store: ox.Store, entities: list[Met]) -> str:
        """The commands, entities in the order of their names."""
        references, facts = _references(store, "references"), _references(store, "statements")
        blocks = (self._entity(met, references, facts) for met in sorted(entities, key=lambda m: (m.name, m.iri)))
        return "".join(f"{line}\n" for block in blocks for line in block)

    def _entity(self, met: Met, references: Support, facts: Support) -> Iterator[str]:
        said = _agreed({key[1:]: told for key, told in sorted(facts.items()) if key[0] == met.iri})
        if met.qid is None:
            sources = references.get((met.iri, "", ""), set())
            of_class = self.item_class(met.kind) or self.item_class(met.family)
            if of_class is None or not self._enough(sources) or met.maybe or self.known(met.name):
                return
            # Other names stay out: a text also calls people by their post.
            yield from ("CREATE", f"LAST\tLar\t{_quoted(met.name)}")
            said = {(_INSTANCE_OF, of_class): sources} | said
        for (predicate, value), told in said.items():
            if self._enough(told):
                yield self._statement(met.qid or "LAST", predicate, value, told)

    def _enough(self, references: set[Reference]) -> bool:
        return len({reference.publisher for reference in references}) >= self.support

    def _statement(self, subject: str, predicate: str, value: str, references: set[Reference]) -> str:
        told = value if _QID.match(value) else _day(value)
        sources = (self._source(reference) for reference in _spread(references))
        return "\t".join([subject, predicate, told, "\t!".join("\t".join(source) for source in sources)])

    def _source(self, reference: Reference) -> list[str]:
        cells = [_URL, _quoted(reference.url), _PUBLISHED, _day(reference.published)]
        if reference.headline:
            cells += [_TITLE, f"ar:{_quoted(reference.headline)}"]
        return [*cells, _RETRIEVED, _day(self.retrieved)] if self.retrieved else cells


def _agreed(said: dict[tuple[str, str], set[Reference]]) -> dict[tuple[str, str], set[Reference]]:
    """Without the properties that have several values: nobody dies twice."""
    values = Counter(predicate for predicate, _ in said)
    return {key: told for key, told in said.items() if values[key[0]] == 1}


def _references(store: ox.Store, question: str) -> Support:
    """Entity, property and value → the documents that say so; property and value are empty for the entity alone."""
    found: dict[tuple[str, str, str], set[Reference]] = defaultdict(set)
    for row in ask(store, question):
        day = _DAY.match(row["published"])
        if day and _WEB.match(row["url"]):
            publisher = row.get("publisher") or urlsplit(row["url"]).hostname or row["url"]
            key = (row["entity"], local_name(row.get("property", "")), local_name(row.get("value", "")))
            found[key].add(Reference(day[0], row["url"], publisher, row.get("headline", "")))
    return found


def _spread(references: set[Reference]) -> list[Reference]:
    """The first reference of each publisher, the oldest first."""
    by_publisher = {reference.publisher: reference for reference in sorted(references, reverse=True)}
    return sorted(by_publisher.values())[:_REFERENCES]


def _day(date: str) -> str:
    return f"+{date[:10]}T00:00:00Z/11"


def _quoted(text: str) -> str:
    """A string of a command, in which neither a quotation mark nor the separators of commands can stand."""
    return '"' + " ".join(text.split()).replace('"', "'").replace("|", "/") + '"'
