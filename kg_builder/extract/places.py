"""Where it happened: the places named in the sentence, each with how it stands to the trigger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg_builder.extract.candidate import Candidate
from kg_builder.extract.grammar import SORT_GROUPS, Grammar
from kg_builder.extract.parse import Parse
from kg_builder.extract.scope import Level

ROLE = "place"
WEAK = frozenset({"unknown-", "body-"})
NEAR = 10
"""Words between a trigger and what may be its place, when neither grammar nor lexicon says that it is one."""
Site = tuple[int, int, str]
"""A phrase, where in it the place begins, and how sure that is: "", "within-", "unknown-" or "body-"."""


@dataclass(frozen=True, slots=True)
class PlaceFinder:
    """Lists every place of the sentence as a candidate of `nev:place`, nearest first."""

    grammar: Grammar

    def survey(self, parse: Parse) -> list[Site]:
        """The phrases that name a place, or may, whatever the trigger."""
        sites = ((k, self._site(parse, k)) for k in range(len(parse.phrases)))
        return [(k, *site) for k, site in sites if site is not None]

    def __call__(self, parse: Parse, sites: Sequence[Site], trigger: int, levels: Sequence[Level]) -> list[Candidate]:
        found = list(self._places(parse, sites, trigger, levels))
        return sorted(found, key=lambda c: (c.far, c.start))

    def _places(
        self, parse: Parse, sites: Sequence[Site], trigger: int, levels: Sequence[Level]
    ) -> Iterator[Candidate]:
        own = parse.at[trigger] if parse.at[trigger] >= 0 and parse.phrases[parse.at[trigger]].head == trigger else -1
        inner = self._inside(parse, trigger, own) if own >= 0 else None
        if inner is not None:
            yield inner
        governed = {k for level in levels[:2] if level.i in parse.frames for k in parse.frames[level.i].preps}
        for k, start, sure in sites:
            if k != own:
                phrase = parse.phrases[k]
                own_place = phrase.first in governed
                if sure in WEAK and not own_place and abs(phrase.start - trigger) > NEAR:
                    continue
                slot = f"{sure}{'own' if own_place else 'free'}:{phrase.prep or 'bare'}"
                yield Candidate(ROLE, start, phrase.end, slot, k, abs(phrase.start - trigger))

    def _site(self, parse: Parse, k: int) -> tuple[int, str] | None:
        """Where in the phrase its place begins, and how sure it is that it is one."""
        phrase = parse.phrases[k]
        if phrase.pron or self._nameless(parse, k):
            return None
        if self._is_place(parse, k):
            return phrase.start, ""
        within = self._named_within(parse, k)
        if within is not None:
            return within, "within-"
        if self._may_be_place(parse, k):
            return phrase.start, "unknown-"
        body = phrase.prep in self.grammar.uses("locative") and self.grammar.sort_of(parse.head(k)) == "Organization"
        return (phrase.start, "body-") if body else None

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
