"""What could fill each role of a match: the phrases that stand where the construction, or grammar, puts it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg_builder.extract.arguments import Arguments, named
from kg_builder.extract.asides import behind_asides
from kg_builder.extract.beside import Beside
from kg_builder.extract.candidate import ENTITY_RANGES, TEXT_RANGES, Candidate, Ranges
from kg_builder.extract.grammar import Grammar
from kg_builder.extract.match import Match
from kg_builder.extract.mates import Mates
from kg_builder.extract.nearby import Nearby
from kg_builder.extract.nominal import NominalSlots
from kg_builder.extract.parse import COMMAS, Parse, frames_before
from kg_builder.extract.verbal import VerbalSlots

__all__ = ["Candidate", "SlotFinder"]
VERBAL_FORMS = frozenset({"verb", "passive", "participle"})


class SlotFinder:
    """Lists the candidates of a match, nearest first."""

    def __init__(self, grammar: Grammar) -> None:
        arguments = Arguments(grammar)
        self.grammar = grammar
        self.texts = arguments.texts
        self.verbal = VerbalSlots(arguments)
        self.nominal = NominalSlots(arguments)
        self.beside = Beside(grammar, self.texts)
        self.nearby = Nearby(grammar)
        self.mates = Mates(grammar)

    def __call__(self, parse: Parse, match: Match, ranges: Ranges) -> list[Candidate]:
        seen: dict[tuple[str, int, int], Candidate] = {}
        for candidate in self._found(parse, match, ranges):
            for reading in self.texts.lengths(parse, candidate, match, ranges):
                seen.setdefault((reading.role, reading.start, reading.end), reading)
        return list(seen.values())

    def _found(self, parse: Parse, match: Match, ranges: Ranges) -> Iterator[Candidate]:
        """Every candidate; one that is found twice counts as what it is first."""
        by_form = self.verbal if match.form in VERBAL_FORMS else self.nominal
        found = list(by_form(parse, match, ranges))
        yield from found
        yield from behind_asides(parse, match, ranges, self.texts, {c.role for c in found})
        yield from self._added(parse, found, ranges)
        if "title" in match.construction.slots:
            yield from self._titles(parse, match, found)
        if "self" in match.construction.slots:
            yield from _own(parse, match, ranges)
            yield from _modified(parse, match)
            yield from _predicated(parse, match)
        yield from self.beside(parse, match, ranges)
        yield from self.mates(parse, match, ranges)
        yield from self.nearby.entities(parse, match, ranges)
        yield from self.nearby.amounts(parse, match, ranges)

    def _added(self, parse: Parse, found: Sequence[Candidate], ranges: Ranges) -> Iterator[Candidate]:
        """«إصابة شرطيين، بالإضافة إلى سائق»: who is added to those that fill a role."""
        adding = self.grammar.uses("additive")
        behind = {_end_of_list(parse, n): n for n, phrase in enumerate(parse.phrases) if phrase.prep in adding}
        for candidate in found if behind else ():
            n = behind.get(candidate.end)
            if n is not None and ranges.get(candidate.role) in ENTITY_RANGES:
                yield from named(parse, candidate.role, n, "added")

    def _titles(self, parse: Parse, match: Match, found: Sequence[Candidate]) -> Iterator[Candidate]:
        """The office before the name of a person who is a candidate, or the whole phrase where it names nobody."""
        for candidate in found:
            after = _office_after(self.grammar, parse, candidate)
            if after is not None:
                phrase = parse.phrases[after]
                yield Candidate(match.construction.slots["title"], phrase.start, phrase.end,
                                f"title-after:{candidate.role}", after, candidate.far)
            head = next((i for i in range(candidate.start, candidate.end)
                         if parse.words[i].lemma in self.grammar.titles), None)
            if head is None:
                continue
            end = next((i for i in range(head + 1, candidate.end) if _begins_name(parse, i)), candidate.end)
            slot = f"title{'' if end < candidate.end else '-alone'}:{candidate.role}"
            yield Candidate(match.construction.slots["title"], head, end, slot, candidate.phrase, candidate.far)


def _end_of_list(parse: Parse, n: int) -> int:
    """Where the phrase before the phrase `n` ends, over a comma between them."""
    begin = parse.phrases[n].begin
    return begin - (begin > 0 and parse.words[begin - 1].norm in COMMAS)


def _office_after(grammar: Grammar, parse: Parse, candidate: Candidate) -> int | None:
    """«فلان الفلاني، رئيس الشركة»: the office right after a name."""
    i = candidate.end
    i += i < len(parse.words) and parse.words[i].norm in COMMAS
    k = parse.at[i] if i < len(parse.words) else -1
    if k < 0 or parse.phrases[k].start != i or parse.phrases[k].prep or parse.head(k).lemma not in grammar.titles:
        return None
    return k if parse.words[candidate.end - 1].ent == "PERSON" else None


def _own(parse: Parse, match: Match, ranges: Ranges) -> Iterator[Candidate]:
    """The trigger's own phrase, for a role that the event noun itself fills; for words also the noun alone."""
    k, i = parse.at[match.i], match.i
    role = match.construction.slots["self"]
    if k < 0:
        yield Candidate(role, i, i + 1, "self", -1)
        return
    phrase = parse.phrases[k]
    inside = parse.words[i - 1].pos in {"NOUN", "ADJ", "ADP"} and i > phrase.start
    yield Candidate(role, i if inside else phrase.start, phrase.end, "self", k)
    if ranges.get(role) in TEXT_RANGES and i + 1 < phrase.end:
        yield Candidate(role, i, i + 1, "self-alone", -1)


def _modified(parse: Parse, match: Match) -> Iterator[Candidate]:
    """The noun that a participle or adjective describes, with its other adjectives («قس أميركي محتجز»)."""
    k, i = parse.at[match.i], match.i
    if k < 0 or parse.phrases[k].head >= i or parse.words[i].masdar:
        return
    start = i - 1
    while start > parse.phrases[k].head and parse.words[start].pos == "ADJ":
        start -= 1
    yield Candidate(match.construction.slots["self"], start, i, "self-modified", k)


def _predicated(parse: Parse, match: Match) -> Iterator[Candidate]:
    """«السوق منخفضة», «أغلق السهم مرتفعا»: what a predicate tells of, the subject or the phrase right before."""
    k, i = parse.at[match.i], match.i
    word = parse.words[i]
    if k < 0 or parse.phrases[k].head != i or word.definite or not (word.participle or word.pos == "ADJ"):
        return
    subjects = [f.subject for f in frames_before(parse, i + 1) if f.subject is not None]
    topics = [n for n in range(k) if not parse.phrases[n].prep and not parse.phrases[n].pron]
    for n in dict.fromkeys([*subjects[:1], *topics[:1]]):
        phrase = parse.phrases[n]
        if phrase.end <= i:
            yield Candidate(match.construction.slots["self"], phrase.start, phrase.end, "self-subject", n)


def _begins_name(parse: Parse, i: int) -> bool:
    """A person's name, or an indefinite adjective after the office, which is a first name that no list has."""
    word, last = parse.words[i], parse.words[i - 1]
    return word.ent == "PERSON" or (word.pos == "ADJ" and last.definite and not word.definite)
