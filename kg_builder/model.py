"""What the stages hand to each other: frozen records without logic.

Every `Span` counts characters (code points) of `Article.text`, the original text, and never of a rewritten one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Value = str | int | float


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of characters of the original text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One document as it came in. `date` is ISO 8601 (date or date and time) or None when none is known."""

    id: str
    text: str
    title: str = ""
    date: str | None = None
    url: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A value or a name met in the text, in the terms of `kg-builder annotate`.

    `kind` is one of time, money, percent, number, ordinal, quantity, duration, person, organization, place;
    `value` holds the keys that the kind has.
    """

    kind: str
    span: Span
    value: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Link:
    """A Wikidata entity that a name may stand for, and the probability that it does."""

    qid: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money, a percentage, points or a measured quantity.

    `currency` is an ISO 4217 code; `unit` is "percent", "point" or a unit word; `per` the unit a price is for. `qid` is
    the Wikidata identifier of the currency.
    """

    value: Decimal
    currency: str | None = None
    unit: str | None = None
    per: str | None = None
    qid: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """An agent or a place as one document knows it.

    `kind` is the local name of a class (Person, Organization, Government, Group, Force, Place, Country, Region,
    City, Facility). `label` is the best full name, `names` every surface form met, both without clitics.
    `generic` marks a phrase that names nobody in particular ("the demonstrators"). `qid` is a Wikidata identifier.
    `links` are the candidates for it, best first; where there is no `qid`, none of them is sure.
    """

    kind: str
    label: str
    names: tuple[str, ...] = ()
    generic: bool = False
    qid: str | None = None
    links: tuple[Link, ...] = ()


FillerValue = Entity | Amount | int | str


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: an entity, an amount, a count, or the words of the text (a string).

    `slot` tells how it was found, for `explain`: "subject", "object", "genitive", "prep:من", "pronoun", …
    `qualifier` is about, atLeast or atMost, for counts.
    """

    role: str
    value: FillerValue
    span: Span
    slot: str
    qualifier: str | None = None


@dataclass(frozen=True, slots=True)
class EventTime:
    """When it happened, ISO 8601 at the precision known (`2022-01-05`, `2018-03`, `--01-05`); open ends are None."""

    begin: str | None = None
    end: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What one document says of one happening.

    `type` is the local name of an event class; `rule` the construction that fired; `evidence` the sentences;
    `cause` the index, among the document's reports, of the report that the text gives as the cause.
    """

    type: str
    trigger: Span
    evidence: tuple[Span, ...]
    fillers: tuple[Filler, ...] = ()
    time: EventTime = field(default_factory=EventTime)
    factuality: str = "Actual"
    status: str | None = None
    attribution: tuple[Filler, ...] = ()
    rule: str = ""
    confidence: float = 1.0
    cause: int | None = None
