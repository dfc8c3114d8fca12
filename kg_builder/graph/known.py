"""A name as all documents know it, and when a shorter name may mean the same person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kg_builder.graph.naming import Naming
from kg_builder.graph.spelling import name_key

DAYS = 10, 60  # between a full name of a person and one word of it, or more of them
_GOES_ON = {"بن", "ال"}


@dataclass(slots=True)
class Known:
    """What all documents know under one name: broad kind, best names and in how many documents, days told."""

    iri: str
    family: str
    labels: Counter[str] = field(default_factory=Counter)
    kinds: set[str] = field(default_factory=set)
    qids: set[str] = field(default_factory=set)
    days: set[int] = field(default_factory=set)
    documents: int = 0

    def add(self, naming: Naming, day: int | None) -> None:
        """One more document that names it."""
        self.labels.update(naming.labels)
        self.kinds.update(naming.kinds)
        self.qids.update(naming.qids)
        self.documents += 1
        if day is not None:
            self.days.add(day)

    @property
    def label(self) -> str:
        """The label most documents give; of equals the longest, then the first in code point order."""
        return min(self.labels, key=lambda name: (-self.labels[name], -len(name), name))

    @property
    def keys(self) -> set[str]:
        """The keys of its best names."""
        return {name_key(label) for label in self.labels}


def shortens(short: list[str], full: list[str]) -> bool:
    """The last names alone (of a father they are another's), the first and the last without those between, or a name
    that goes on with the fathers ("son of") or the house."""
    if len(short) >= len(full):
        return False
    if len(short) > 2 and full[: len(short)] == short:
        return full[len(short)] in _GOES_ON
    last = full[-len(short) :] == short and full[-len(short) - 1] not in _GOES_ON
    return last or (len(short) == 2 and [full[0], full[-1]] == short)


def near(short: Known, full: Known) -> bool:
    """Whether two names are told of in days that are near, or days are not known. A single word is soon another's."""
    most = DAYS[len(name_key(short.label).split()) > 1]
    return not short.days or not full.days or any(abs(a - b) <= most for a in short.days for b in full.days)
