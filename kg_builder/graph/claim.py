"""A report as merging looks at it: who, where, when, how much, in words that can be compared."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from kg_builder.graph import vocab as v
from kg_builder.graph.document import Document, Same, Told
from kg_builder.graph.words import Rarity, Words, stems
from kg_builder.ontology import NEV

NOT_PARTICIPANTS = frozenset({"attributedTo"})
_MONTH = re.compile(r"(\d{4})(?:-(\d\d))?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
MOST = 3  # sentences of a report that are compared
Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Bag:
    """Words, with their weight."""

    words: Words
    mass: float


@dataclass(frozen=True, slots=True)
class Claim:
    """A report with what merging looks at. Days are ordinals.

    `named`: role → the entities that have a name, by IRI; `said`: role → the words of all that fill it; `names`: the
    words of each entity that has a name; `begin`: the day it began, as the document says; `within`: the first and last
    day on which it can have begun; `published`: the day of the document; `sentences`: the evidence, in text order;
    `around`: all words of the evidence; `trigger`: the words that carry the event; `numbers`: those of the first
    sentence; `denied`: the document says that it did not happen; `broad`: countries.
    """

    told: Told
    document: Document
    named: dict[str, Names]
    said: dict[str, Bag]
    names: dict[str, Bag]
    broad: Names
    amounts: dict[str, Names]
    directions: Names
    counts: Names
    denied: bool
    begin: int | None
    within: tuple[int, int] | None
    published: int | None
    sentences: tuple[Bag, ...]
    around: Words
    trigger: Words
    numbers: Names
    story: Bag

    @property
    def iri(self) -> str:
        """The report's IRI, which orders claims."""
        return self.told.iri.value

    @property
    def days(self) -> list[int]:
        """The days it is filed under: that of the document, and its own where that is another."""
        return [day for day in dict.fromkeys((self.published, self.begin)) if day is not None]

    @property
    def day(self) -> int | None:
        """The day it happened, as far as is known: its own, else that of the document."""
        return self.begin or self.published


def ordinal(moment: str | None) -> int | None:
    """The day of a date as a number; None when it is not known to the day."""
    try:
        return date.fromisoformat(moment[:10]).toordinal() if moment else None
    except ValueError:
        return None


def stretch(moment: str | None) -> tuple[int, int] | None:
    """The first and the last day that a date may mean, which may be a month or a year; None when it is no date."""
    if (day := ordinal(moment)) is not None:
        return day, day
    found = _MONTH.fullmatch(moment or "")
    if not found:
        return None
    year, month = int(found[1]), int(found[2] or 0)
    first, last = (month, month) if month else (1, 12)
    try:
        return date(year, first, 1).toordinal(), date(year, last, monthrange(year, last)[1]).toordinal()
    except ValueError:
        return None


def story(document: Document) -> Words:
    """The words of a document's title and of its sentences that report something."""
    sentences = (q.words for q in document.quotes.values() if v.SENTENCE in q.kinds)
    return stems(document.article.title).union(*map(stems, sentences))


class Claims:
    """Makes the claims of a collection of documents. `same` says which entities are one."""

    def __init__(self, documents: list[Document], same: Same) -> None:
        self._documents = documents
        self._same = same
        self._bags: dict[Words, Bag] = {}
        self._stories = {document.iri: story(document) | self._known(document) for document in documents}
        self.rarity = Rarity(self._stories.values())

    def __iter__(self) -> Iterator[Claim]:
        for document in self._documents:
            told_in = self._bag(self._stories[document.iri])
            for told in document.told:
                yield self._claim(told, document, told_in)

    def _known(self, document: Document) -> Words:
        """Entities count as words too."""
        names = document.names.items()
        return frozenset(self._same.get(n, n).value for n, naming in names if not naming.generic or n in self._same)

    def _bag(self, words: Iterable[str]) -> Bag:
        """One record for the same words, however often they are said."""
        found = frozenset(word for word in words if self.rarity.knows(word))
        if found not in self._bags:
            self._bags[found] = Bag(found, self.rarity.mass(found))
        return self._bags[found]

    def _claim(self, told: Told, document: Document, told_in: Bag) -> Claim:
        named, said, amounts, tokens = (defaultdict[str, set[str]](set) for _ in range(4))
        broad: set[str] = set()
        names = defaultdict[str, set[str]](set)
        for predicate, term in told.pairs:
            role = predicate.value.removeprefix(NEV)
            if isinstance(term, ox.Literal):
                (said[role].update(stems(term.value)) if term.language else tokens[role].add(term.value))
            elif term in document.amounts:
                amounts[role].add(term.value)
            elif (naming := document.names.get(term)) and role not in NOT_PARTICIPANTS:
                said[role].update(*map(stems, naming.labels))
                if not naming.generic or term in self._same:
                    named[role].add(self._same.get(term, term).value)
                    names[self._same.get(term, term).value].update(*map(stems, naming.labels))
                if "Country" in naming.kinds:
                    broad.add(self._same.get(term, term).value)
        evidence, trigger = _quoted(told, document, v.EVIDENCE), _quoted(told, document, v.TRIGGER)
        sentences = tuple(dict.fromkeys(self._bag(stems(sentence)) for sentence in evidence[:MOST]))
        begin = min(tokens["begin"], default=None)
        return Claim(
            told,
            document,
            {role: frozenset(found) for role, found in named.items()},
            {role: self._bag(found) for role, found in said.items()},
            {iri: self._bag(words) for iri, words in names.items()},
            frozenset(broad),
            {role: frozenset(found) for role, found in amounts.items()},
            frozenset(tokens["direction"]),
            frozenset(tokens["victimCount"]),
            (v.FACTUALITY, v.nev("Denied")) in told.pairs,
            ordinal(begin),
            stretch(begin),
            ordinal(document.article.date),
            sentences,
            frozenset[str]().union(*(sentence.words for sentence in sentences)),
            stems(trigger[0]) if trigger else frozenset(),
            frozenset(_NUMBER.findall(evidence[0])) if evidence else frozenset(),
            told_in,
        )


def _quoted(told: Told, document: Document, kind: ox.NamedNode) -> list[str]:
    """The sentences or the trigger, in text order."""
    quotes = [document.quotes[t] for p, t in told.pairs if p == kind and isinstance(t, ox.NamedNode)]
    return [quote.words for quote in sorted(quotes, key=lambda quote: quote.span)]
