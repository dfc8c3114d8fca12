"""Where it happened: the places named in the sentence, each with how it stands to the trigger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg_builder.extract.candidate import Candidate
from kg_builder.extract.grammar import SORT_GROUPS, Grammar
from kg_builder.extract.parse import Parse
from kg_builder.extract.scope import Level
from kg_builder.extract.standing import LOOSE, Standpoint, Takers, attachment
from kg_builder.extract.words import Word

ROLE = "place"
HASH = "#"
WEAK = frozenset({"unknown-", "body-"})
NEAR = 10
"""Words between a trigger and what may be its place, when neither grammar nor lexicon says that it is one."""


@dataclass(frozen=True, slots=True)
class Site:
    """A phrase that may name a place: the words `start:end` of that, how sure it is, what the phrase stands with.

    `sure` is "", "within-", "unknown-" or "body-".
    """

    phrase: int
    start: int
    end: int
    sure: str
    ties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """The places of a sentence; by phrase, the first of the places that lie one in the other («في حلب شمال سوريا»)."""

    sites: Sequence[Site] = ()
    wholes: Mapping[int, int] = field(default_factory=dict)
    takers: Takers = field(default_factory=Takers)


@dataclass(frozen=True, slots=True)
class PlaceFinder:
    """Lists every place of the sentence as a candidate of `nev:place`, nearest first."""

    grammar: Grammar

    def survey(self, parse: Parse, triggers: Sequence[int]) -> Survey:
        """The phrases that name a place, or may, whatever the trigger."""
        takers = Takers.of(parse)
        found: list[Site] = []
        for k in range(len(parse.phrases)):
            site = self._site(parse, k)
            if site is not None:
                found.append(Site(k, *site, tuple(attachment(self.grammar, parse, takers, k, triggers))))
        return Survey(found, self._wholes(parse, found), takers)

    def __call__(
        self, parse: Parse, survey: Survey, trigger: int, levels: Sequence[Level], triggers: Sequence[int]
    ) -> list[Candidate]:
        events = [i for i in triggers if i != trigger]
        found = list(self._places(survey, Standpoint(parse, trigger, levels, survey.takers, events)))
        return sorted(found, key=lambda c: (c.far, c.start))

    def _places(self, survey: Survey, standpoint: Standpoint) -> Iterator[Candidate]:
        parse, trigger = standpoint.parse, standpoint.trigger
        inner = self._inside(parse, trigger, standpoint.own) if standpoint.own >= 0 else None
        if inner is not None:
            yield inner
        for site in survey.sites:
            k = site.phrase
            if k == standpoint.own:
                continue
            phrase, whole = parse.phrases[k], survey.wholes.get(k)
            how, closely = standpoint(k if whole is None else whole)
            far = abs(phrase.start - trigger)
            if site.sure in WEAK and how in LOOSE and far > NEAR:
                continue
            slot = f"{site.sure}{'' if whole is None else 'outer-'}{how}:{phrase.prep or 'bare'}"
            ties = (f"tie:{how}:{closely}", *site.ties, *[f"{how}:{tie}" for tie in site.ties[:1]])
            yield Candidate(ROLE, site.start, site.end, slot, k, far, ties)

    def _site(self, parse: Parse, k: int) -> tuple[int, int, str] | None:
        """Where in the phrase its place begins, where that ends, and how sure it is that it is one."""
        phrase = parse.phrases[k]
        if phrase.pron:
            return None
        if self._nameless(parse, k):
            end = self._named_by(parse, k)
            return (phrase.start, end, "") if end else None
        if self._is_place(parse, k):
            return phrase.start, self._border(parse, k), ""
        within = self._named_within(parse, k)
        if within is not None:
            return within, phrase.end, "within-"
        line = phrase.prep in self.grammar.uses("locative") and parse.head(k).lemma in self.grammar.borders
        if line or self._may_be_place(parse, k):
            return phrase.start, self._border(parse, k), "unknown-"
        body = phrase.prep in self.grammar.uses("locative") and self.grammar.sort_of(parse.head(k)) == "Organization"
        return (phrase.start, phrase.end, "body-") if body else None

    def _named_by(self, parse: Parse, k: int) -> int:
        """The end of the name right behind a lone noun of place («محافظة #الساحل», «مدينة "الدورة"»); 0 if none."""
        head, i = parse.head(k), parse.phrases[k].end
        if SORT_GROUPS.get(self.grammar.sort_of(head) or "") != "place" or i >= len(parse.words):
            return 0
        if head.feats.get("Number") not in {None, "Sing"} and not head.ent:
            return 0
        i += parse.words[i].norm == HASH and i + 1 < len(parse.words)
        name = parse.at[i]
        if name >= 0:
            phrase = parse.phrases[name]
            return phrase.end if not phrase.prep and not phrase.pron and phrase.start == i else 0
        return i + 1 if parse.words[i].is_verb and parse.words[i].feats.get("Aspect") != "Imp" else 0

    def _border(self, parse: Parse, k: int) -> int:
        """The end of a place, with what a border or a road lies between («الحدود بين … و…», «الطريق الرابط بين …»)."""
        phrases, n = parse.phrases, k + 1
        if parse.head(k).lemma not in self.grammar.borders or n >= len(phrases):
            return phrases[k].end
        linking = parse.head(n).definite and not phrases[n].prep and phrases[n].begin == phrases[k].end
        n += linking and n + 1 < len(phrases)
        between = phrases[n].prep in self.grammar.uses("mutual") and phrases[n].begin == phrases[n - 1].end
        return phrases[parse.conjuncts(n)[-1]].end if between else phrases[k].end

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
        """A place in the trigger's own genitive: «انتفاضة حمص», «تنفيذ تفجير حمص»; or a name that may be one."""
        phrase = parse.phrases[k]
        for i in range(trigger + 1, phrase.end):
            if SORT_GROUPS.get(self.grammar.sort_of(parse.words[i]) or "") == "place":
                slot = "genitive" if i == trigger + 1 else "genitive-deep"
                return Candidate(ROLE, i, phrase.end, slot, k, i - trigger)
        genitive = trigger + 1 < phrase.end and not parse.words[trigger].definite
        if genitive and self._may_be_name(parse.words[trigger + 1]):
            return Candidate(ROLE, trigger + 1, phrase.end, "unknown-genitive", k, 1)
        return None

    def _may_be_name(self, word: Word) -> bool:
        """A noun in the singular of which the lexicon knows nothing, and that is no doing."""
        return (word.pos in {"NOUN", "PROPN"} and not word.masdar and not word.time and not word.ent
                and not word.participle and word.feats.get("Number", "Sing") == "Sing"
                and self.grammar.sort_of(word) is None and word.lemma not in self.grammar.quantifiers)

    def _wholes(self, parse: Parse, sites: Sequence[Site]) -> dict[int, int]:
        """By the phrase of a place that another one right before it lies in, the phrase of the first of the chain."""
        found: dict[int, int] = {}
        for one, other in pairwise(sites):
            phrase, k = parse.phrases[other.phrase], one.phrase
            chained = other.phrase == k + 1 and phrase.begin == parse.phrases[k].end and phrase.first == other.phrase
            where = phrase.prep or parse.words[phrase.start].norm in self.grammar.uses("locative")
            if chained and where and not other.sure:
                found[other.phrase] = found.get(k, k)
        return found
