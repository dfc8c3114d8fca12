"""Where it happened: the places named in the sentence, each with how it stands to the trigger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg_builder.extract.candidate import Candidate
from kg_builder.extract.grammar import SORT_GROUPS, Grammar
from kg_builder.extract.parse import Parse
from kg_builder.extract.scope import Level

ROLE = "place"


@dataclass(frozen=True, slots=True)
class PlaceFinder:
    """Lists every place of the sentence as a candidate of `nev:place`, nearest first."""

    grammar: Grammar

    def __call__(self, parse: Parse, trigger: int, levels: Sequence[Level]) -> list[Candidate]:
        found = list(self._places(parse, trigger, levels))
        return sorted(found, key=lambda c: (c.far, c.start))

    def _places(self, parse: Parse, trigger: int, levels: Sequence[Level]) -> Iterator[Candidate]:
        for k, phrase in enumerate(parse.phrases):
            if self._nameless(parse, k):
                continue
            if phrase.pron or (parse.at[trigger] == k and phrase.head == trigger):
                inner = self._inside(parse, trigger, k)
                if inner is not None:
                    yield inner
                continue
            slot = self._slot(parse, k, levels)
            far = abs(phrase.start - trigger)
            if self._is_place(parse, k):
                yield Candidate(ROLE, phrase.start, phrase.end, slot, k, far)
                continue
            place = self._named_within(parse, k)
            if place is not None:
                yield Candidate(ROLE, place, phrase.end, f"within-{slot}", k, far)
            elif self._may_be_place(parse, k):
                yield Candidate(ROLE, phrase.start, phrase.end, f"unknown-{slot}", k, far)

    def _is_place(self, parse: Parse, k: int) -> bool:
        """Whether the first noun of the phrase, from its head on, of which the sort is known names a place."""
        phrase = parse.phrases[k]
        for i in range(phrase.head, phrase.end):
            sort = self.grammar.sort_of(parse.words[i])
            if sort:
                return SORT_GROUPS.get(sort) == "place"
        return False

    @staticmethod
    def _nameless(parse: Parse, k: int) -> bool:
        """A lone common noun without the article is no place that one could go to («محافظة», «غرب»)."""
        phrase = parse.phrases[k]
        word = parse.words[phrase.start]
        return phrase.end - phrase.start == 1 and not (word.definite or word.ent or word.pos in {"PROPN", "PRON"})

    def _named_within(self, parse: Parse, k: int) -> int | None:
        """Where a place begins that belongs to who or what the phrase is about («سكان مدينة …»)."""
        phrase = parse.phrases[k]
        return next((i for i in range(phrase.head + 1, phrase.end) if parse.words[i].pos != "ADJ"
                     and SORT_GROUPS.get(self.grammar.sort_of(parse.words[i]) or "") == "place"), None)

    def _may_be_place(self, parse: Parse, k: int) -> bool:
        """A phrase after a preposition of place of which the lexicon knows nothing, and that is no event."""
        phrase = parse.phrases[k]
        words = parse.words[phrase.head:phrase.end]
        return phrase.prep in self.grammar.uses("locative") and not phrase.pron and words[0].pos != "NUM" and not any(
            w.masdar or w.time or self.grammar.sort_of(w) for w in words)

    def _inside(self, parse: Parse, trigger: int, k: int) -> Candidate | None:
        """A place in the trigger's own genitive: «انتفاضة حمص»."""
        phrase = parse.phrases[k]
        for i in range(trigger + 1, phrase.end):
            if SORT_GROUPS.get(self.grammar.sort_of(parse.words[i]) or "") == "place":
                return Candidate(ROLE, i, phrase.end, "genitive", k, i - trigger)
        return None

    def _slot(self, parse: Parse, k: int, levels: Sequence[Level]) -> str:
        phrase = parse.phrases[k]
        own = any(level.i in parse.frames and phrase.first in parse.frames[level.i].preps for level in levels[:2])
        return f"{'own' if own else 'free'}:{phrase.prep or 'bare'}"
