"""How many the fillers of a role are: "nev:victimCount", which counts the victims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg_builder.extract.amounts import count_of
from kg_builder.extract.candidate import Candidate
from kg_builder.extract.choose import Chosen
from kg_builder.extract.parse import Parse
from kg_builder.model import Filler, Mention
from kg_builder.ontology import LEX, Ontology, python_value


class Counts:
    """Counts the fillers of the roles that another role counts (`nev:victimCount lex:countOf nev:victim`)."""

    def __init__(self, ontology: Ontology) -> None:
        nodes = ontology.subjects("http://www.w3.org/2002/07/owl#DatatypeProperty")
        pairs = ((counted, node) for node in nodes for counted in ontology.objects(node, LEX + "countOf"))
        self.counted = {str(python_value(counted)): str(python_value(node)) for counted, node in pairs}

    def __call__(
        self, parse: Parse, chosen: Sequence[Chosen], mentions: Sequence[Mention], ranges: Mapping[str, str]
    ) -> Iterator[Filler]:
        """The counts of one event; `ranges` are those of its type's roles."""
        for role, count in self.counted.items():
            if count in ranges:
                yield from _count(parse, [c for c in chosen if c.candidate.role == role], mentions, count)


def _count(parse: Parse, chosen: Sequence[Chosen], mentions: Sequence[Mention], role: str) -> Iterator[Filler]:
    """The likeliest filler's count, those coordinated with it added."""
    found = [(c, count_of(parse, c.candidate, mentions, role)) for c in chosen]
    told = [(c, count) for c, count in found if count is not None]
    if not told:
        return
    best, first = max(told, key=lambda pair: (pair[0].score, -pair[0].candidate.start))
    group = [count for c, count in told if _coordinated(parse, best.candidate, c.candidate)]
    yield replace(first, value=sum(int(str(count.value)) for count in group))


def _coordinated(parse: Parse, one: Candidate, other: Candidate) -> bool:
    """Whether two fillers stand side by side in one slot."""
    if one == other:
        return True
    placed = one.phrase >= 0 and other.phrase >= 0 and one.slot == other.slot
    return placed and parse.phrases[one.phrase].first == parse.phrases[other.phrase].first
