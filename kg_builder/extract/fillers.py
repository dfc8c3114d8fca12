"""Turns chosen candidates into fillers: entities, amounts and texts, with their spans in the original."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg_builder.extract.amounts import Piece
from kg_builder.extract.candidate import TEXT_RANGES, Candidate
from kg_builder.extract.grammar import SORT_GROUPS, Grammar
from kg_builder.extract.parse import COMMAS, Parse
from kg_builder.extract.words import Word
from kg_builder.model import Entity, Filler, Span

DEFAULT_KIND = {"Place": "Place", "AgentOrPlace": "Organization", "Agent": "Organization", "Thing": "Organization"}


class FillerMaker:
    """Makes the fillers of a candidate according to the range of its role."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar

    def __call__(
        self, parse: Parse, candidate: Candidate, range_: str, amounts: Sequence[Piece]
    ) -> list[Filler]:
        start, end = self._trim(parse, candidate.start, candidate.end)
        if start >= end or (end - start == 1 and parse.words[start].pos == "PRON"):
            return []
        if range_ == "Amount":
            return self._amounts(parse, candidate, amounts)
        span = Span(*parse.text(start, end))
        if not any(c.isalpha() for w in parse.words[start:end] for c in w.norm):
            return []
        if range_ in TEXT_RANGES:
            return [Filler(candidate.role, surface(parse.words[start:end]), span, candidate.slot)]
        if self._measures(parse, start, end, amounts) and not (
                range_ == "Thing" and _measured(parse, start, end, amounts)):
            return []
        if range_ == "Thing" and self._is_thing(parse, start, end):
            return [Filler(candidate.role, surface(parse.words[start:end]), span, candidate.slot)]
        country = self.grammar.countries.get(parse.words[start].lemma) if candidate.slot == "nationality" else None
        if country and range_ != "Agent":
            named = (country, surface(parse.words[start:end]))
            return [Filler(candidate.role, Entity("Country", country, named), span, candidate.slot)]
        entity = self.entity(parse, start, end, range_)
        if range_ == "Place" and SORT_GROUPS.get(entity.kind) != "place":  # «في وزارة التربية»: a house, not a body
            entity = replace(entity, kind="Facility")
        if range_ == "Agent" and SORT_GROUPS.get(entity.kind) == "place":
            return []
        return [Filler(candidate.role, entity, span, candidate.slot)]

    def _amounts(self, parse: Parse, candidate: Candidate, amounts: Sequence[Piece]) -> list[Filler]:
        near = [p for p in amounts if candidate.start <= p.start <= candidate.end]
        part = next((p for p in ("from", "to") if candidate.slot.removeprefix("prep:") in self.grammar.uses(p)), "")
        near = [p for p in near if part in {"", p.part} or not p.part]
        first = min((p.start for p in near), default=0)
        return [Filler(candidate.role, p.amount, p.span, candidate.slot) for p in near if p.start == first]

    def _measures(self, parse: Parse, start: int, end: int, amounts: Sequence[Piece]) -> bool:
        """Whether the words are a time, a sum or a measure, which is nobody and no place."""
        counts = self.grammar.postposed  # «اثنين» is a day only with the article
        nouns = (w for w in parse.words[start:end] if w.pos not in {"NUM", "ADP"} and w.norm not in counts)
        head = next((w for w in nouns if w.lemma not in self.grammar.quantifiers), None)
        if head is not None and not head.ent and self.grammar.sorts.get(head.lemma) in {"Time", "Measure"}:
            return True
        return any(p.start <= start < p.end and (p.amount.currency or p.amount.unit) for p in amounts)

    @staticmethod
    def _trim(parse: Parse, start: int, end: int) -> tuple[int, int]:
        words, keep = parse.words, {'"', "«", "»", ")", "“", "”"}
        while start < end and words[start].pos in {"PUNCT", "CCONJ"} and words[start].norm not in keep:
            start += 1
        while end > start and words[end - 1].pos in {"PUNCT", "CCONJ", "ADP"} and words[end - 1].norm not in keep:
            end -= 1
        return start, end

    def entity(self, parse: Parse, start: int, end: int, range_: str) -> Entity:
        """The entity that words `start:end` name."""
        words = self._without_plural_head(parse.words[start:end])
        label = surface(words)
        other = self._apposition(parse, start, end)
        twins = [parse.phrases[k] for k in parse.apposed.get(parse.at[end - 1], ())]
        again = [parse.words[twin.start:twin.end] for twin in twins]
        named = any(w.ent or w.pos == "PROPN" for telling in (words, other, *again) for w in telling)
        names = [label, *([surface(other)] if other else []), *map(surface, again)]
        full = self._with_complement(parse, start, end)
        if full > end:
            label = surface(parse.words[start:full])
            names = [label, *names]
        return Entity(self.kind([*words, *other], range_), label, tuple(names), generic=not named)

    def _with_complement(self, parse: Parse, start: int, end: int) -> int:
        """The end of «مسؤول في الخزانة الأميركية»: an office or a source that says nobody's name says whose it is."""
        words = parse.words
        unnamed = not any(w.definite or w.ent or w.pos == "PROPN" for w in words[start:end])
        if not unnamed or end + 1 >= len(words) or words[start].lemma not in self.grammar.unnamed:
            return end
        k = parse.at[end + 1]
        tied = words[end].pos == "ADP" and words[end].norm in self.grammar.uses("belonging") and k >= 0
        phrase = parse.phrases[k] if tied else None
        return phrase.end if phrase and phrase.prep_start == end and self._employs(parse, k) else end

    def _employs(self, parse: Parse, k: int) -> bool:
        """Whether one may be in office there: «في الخزانة», not «في هجوم» or «بجروح»."""
        head = parse.head(k)
        known = head.definite or head.ent or self.grammar.sort_of(head) in SORT_GROUPS
        return bool(known) and not parse.phrases[k].pron and not (head.masdar and not self.grammar.sort_of(head))

    def _without_plural_head(self, words: Sequence[Word]) -> Sequence[Word]:
        """«مدن صفاقس وسوسة»: what is named are the places, one by one."""
        head = words[0]
        plural = head.feats.get("Number") == "Plur" and SORT_GROUPS.get(self.grammar.sort_of(head) or "") == "place"
        return words[1:] if plural and len(words) > 1 and words[1].ent_start else words

    def _apposition(self, parse: Parse, start: int, end: int) -> Sequence[Word]:
        """«المدير العام، فلان الفلاني،»: the phrase between commas that names the same person."""
        words = parse.words
        if end + 1 >= len(words) or words[end].norm not in COMMAS or parse.at[end + 1] < 0:
            return ()
        phrase = parse.phrases[parse.at[end + 1]]
        if phrase.start != end + 1 or phrase.prep or phrase.pron:
            return ()
        closed = phrase.end >= len(words) or words[phrase.end].norm in COMMAS | {"."}
        one, other = words[start:end], words[phrase.start:phrase.end]
        return other if closed and {self._naming(one), self._naming(other)} == {"name", "office"} else ()

    def _naming(self, words: Sequence[Word]) -> str:
        """Whether the words are a person's name, or an office without a name."""
        if words[0].ent == "PERSON":
            return "name"
        titled = words[0].lemma in self.grammar.titles or self.grammar.sort_of(words[0]) == "Person"
        return "office" if titled and not any(w.ent == "PERSON" for w in words) else ""

    def _is_thing(self, parse: Parse, start: int, end: int) -> bool:
        """Whether the words name neither an agent nor a place («ذخائر», «صواريخ»): they stay words in the graph."""
        nouns = [w for w in parse.words[start:end] if w.pos != "ADJ"]
        return not any(self.grammar.sort_of(w) in SORT_GROUPS for w in nouns)

    def kind(self, words: Sequence[Word], range_: str) -> str:
        """The class of an entity: what its head noun denotes, else its name's label, else what the role expects."""
        for word in [w for w in words if w.pos != "ADJ" or w.ent] or words:
            sort = self.grammar.sorts.get(word.lemma) if not word.ent else None
            if sort is not None and sort in SORT_GROUPS:
                return "Group" if sort == "Person" and word.feats.get("Number") == "Plur" else sort
            if word.ent:
                return word.kind or self.grammar.sort_of(word) or "Organization"
        return DEFAULT_KIND.get(range_, range_)


def _measured(parse: Parse, start: int, end: int, amounts: Sequence[Piece]) -> bool:
    """«10 أطنان من القمح»: the measure of a thing, not a measure alone."""
    over = next((p for p in amounts if p.start <= start < p.end and p.amount.currency is None), None)
    return over is not None and over.end + 1 < end and parse.words[over.end].pos == "ADP"


def surface(words: Sequence[Word]) -> str:
    """The words as written, without the joined particle before them («لحكومة» of «للحكومة» is «الحكومة»)."""
    text, end = "", words[0].start
    for word in words:
        text += " " * (word.start > end) + word.text
        end = word.end
    first = words[0]
    if first.norm.startswith("ال") and first.text.startswith("ل"):
        contracted = first.norm.startswith("الل") and not first.text.startswith("لل")  # «للجنة» of «اللجنة»
        return ("ال" if contracted else "ا") + text
    return text
