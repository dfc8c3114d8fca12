"""A report as merging looks at it: who, where, when, how much, in words that can be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pyoxigraph as ox

from kg_builder.graph import vocab as v
from kg_builder.graph.document import Document, Same, Told
from kg_builder.graph.spelling import fold
from kg_builder.ontology import NEV

NOT_PARTICIPANTS = frozenset({"place", "attributedTo"})
Values = dict[str, frozenset[str]]


@dataclass(frozen=True)
class Claim:
    """A report with what merging looks at. `denied`: the document says that it did not happen; `begin`: when it began,
    as the document says; `published`: the day of the document, an ordinal; `sentence`: the first evidence and the
    trigger, folded, equal in reprints."""

    told: Told
    document: Document
    participants: Values
    places: frozenset[str]
    broad_places: bool
    amounts: Values
    texts: Values
    directions: frozenset[str]
    counts: frozenset[str]
    denied: bool
    begin: str | None
    published: int | None
    sentence: str

    @cached_property
    def iri(self) -> str:
        """The report's IRI, which orders claims."""
        return self.told.iri.value

    @cached_property
    def day(self) -> int | None:
        """The day it is filed under: its own if known, else that of the document."""
        return ordinal(self.begin) or self.published


def ordinal(moment: str | None) -> int | None:
    """The day of a date as a number; None when it is not known to the day."""
    try:
        return date.fromisoformat(moment[:10]).toordinal() if moment else None
    except ValueError:
        return None


def claim(told: Told, document: Document, same: Same) -> Claim:
    """What merging looks at in one report: specific entities by role, amounts, words and tokens."""
    participants, amounts, texts, tokens = (defaultdict[str, set[str]](set) for _ in range(4))
    places: dict[str, bool] = {}
    for predicate, term in told.pairs:
        role = predicate.value.removeprefix(NEV)
        if isinstance(term, ox.Literal):
            if term.language:
                texts[role].update(fold(term.value).split())
            else:
                tokens[role].add(term.value)
        elif term in document.amounts:
            amounts[role].add(term.value)
        elif (naming := document.names.get(term)) and (not naming.generic or term in same):
            if role == "place":
                places[same.get(term, term).value] = "Country" in naming.kinds
            elif role not in NOT_PARTICIPANTS:
                participants[role].add(same.get(term, term).value)
    narrow = frozenset(iri for iri, broad in places.items() if not broad)
    return Claim(
        told,
        document,
        _frozen(participants),
        narrow or frozenset(places),
        not narrow,
        _frozen(amounts),
        _frozen(texts),
        frozenset(tokens["direction"]),
        frozenset(tokens["victimCount"]),
        (v.FACTUALITY, v.nev("Denied")) in told.pairs,
        next(iter(sorted(tokens["begin"])), None),
        ordinal(document.article.date),
        "\n".join(_quoted(told, document)),
    )


def _quoted(told: Told, document: Document) -> Iterator[str]:
    """The first sentence and the trigger."""
    for wanted in (v.EVIDENCE, v.TRIGGER):
        quotes = [document.quotes[t] for p, t in told.pairs if p == wanted and isinstance(t, ox.NamedNode)]
        for quote in sorted(quotes, key=lambda q: q.span)[:1]:
            yield fold(quote.words)


def _frozen(values: dict[str, set[str]]) -> Values:
    return {role: frozenset(found) for role, found in values.items()}
