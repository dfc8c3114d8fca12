"""Where a construction fires: the trigger, its companions, and its form (verb, passive, masdar, participle, noun)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field

from kg_builder.extract.chains import all_said, chain_at, firsts, may_fire
from kg_builder.extract.grammar import SORT_GROUPS, Grammar
from kg_builder.extract.lexicon import Chain, Construction, Lexicon
from kg_builder.extract.parse import Frame, Parse
from kg_builder.extract.words import Word

MAX_LED = 5
"""Words behind a noun among which its genitive is looked for, where a quantity or a demonstrative leads to it."""


@dataclass(slots=True)
class Match:
    """A construction that fired at word `i`. `companions` maps a companion's place to the word where it stands."""

    construction: Construction
    i: int
    form: str
    frame: Frame | None = None
    companions: dict[str, int] = field(default_factory=dict)

    @property
    def type(self) -> str:
        return self.construction.type


class Matcher:
    """Proposes every construction that the words allow; the best one for each trigger and type stays."""

    def __init__(self, lexicon: Lexicon, grammar: Grammar) -> None:
        self.lexicon = lexicon
        self.grammar = grammar

    def __call__(self, parse: Parse) -> list[Match]:
        said = all_said(parse)
        found = [m for i in range(len(parse.words)) for m in self._at(parse, i, said)]
        consumed: set[tuple[str, int]] = set()
        kept: list[Match] = []
        for match in sorted(_most_specific(parse, found), key=lambda m: (-len(m.companions), m.i)):
            if (match.type, match.i) not in consumed:
                kept.append(match)
                consumed |= {(match.type, place) for place in match.companions.values()}
        idioms = {m.i for m in kept if "objectNoun" in m.companions or "subjectNoun" in m.companions}
        return sorted((m for m in kept if m.companions or m.i not in idioms), key=lambda m: (m.i, m.type))

    def _at(self, parse: Parse, i: int, said: Set[str]) -> Iterator[Match]:
        word = parse.words[i]
        if word.is_verb:
            frame = parse.frames.get(i)
            if frame is None:
                return
            form = "passive" if frame.passive else "verb"
            yield from self._verbal(parse, self.lexicon.verbs.get(word.lemma, ()), i, form, frame, said)
            return
        if word.pos not in {"NOUN", "ADJ", "PROPN"}:
            return
        for construction in self.lexicon.nouns.get(word.lemma, ()):
            companions = self._noun_companions(parse, construction, i, said)
            if companions is not None:
                yield Match(construction, i, "masdar" if word.masdar else "noun", None, companions)
        yield from self._participles(parse, i, said)

    def _participles(self, parse: Parse, i: int, said: Set[str]) -> Iterator[Match]:
        word, frame = parse.words[i], parse.frames.get(i)
        if frame is not None and self.grammar.sorts.get(word.lemma) in {None, "Person"}:
            yield from self._verbal(parse, self.lexicon.verbs.get(word.verb_lemma, ()), i, "participle", frame,
                                    said)
        for construction in self.lexicon.adjectives.get(word.lemma, ()):
            yield Match(construction, i, "adjective", frame)

    def _verbal(
        self, parse: Parse, group: Iterable[Construction], i: int, form: str, frame: Frame, said: Set[str]
    ) -> Iterator[Match]:
        for construction in group:
            if form in construction.forms or (form == "passive" and "verb" in construction.forms and (
                    frame.open_voice or "object" in construction.slots or "objectNoun" in construction.companions)):
                companions = self._verb_companions(parse, construction, frame, said)
                if companions is not None:
                    yield Match(construction, i, form, frame, companions)

    # --- companions

    def _verb_companions(
        self, parse: Parse, construction: Construction, frame: Frame, said: Set[str]
    ) -> dict[str, int] | None:
        if not may_fire(construction, said):
            return None
        found: dict[str, int] = {}
        for place, chains in construction.companions.items():
            at = self._verb_companion(parse, frame, place, chains)
            if at is None or (place == "objectNoun" and self._told_of_another(parse, frame, at)):
                return None
            found[place] = at
        return found

    def _told_of_another(self, parse: Parse, frame: Frame, i: int) -> bool:
        """«أعلن المتحدث استقالة الوزير»: who is said to do it stands behind the noun, and who says so does not."""
        after = parse.words[i + 1] if i + 1 < parse.phrases[parse.at[i]].end else None
        says = "say" in self.grammar.verb_classes.get(parse.words[frame.i].lemma, ())
        return says and after is not None and SORT_GROUPS.get(self.grammar.sort_of(after) or "") == "agent"

    def _verb_companion(self, parse: Parse, frame: Frame, place: str, chains: frozenset[Chain]) -> int | None:
        if place == "prepNoun":
            return self._prep_noun(parse, frame.preps, chains)
        if place == "subjectNoun":
            options = [frame.object if frame.passive else frame.subject, frame.subject]
        else:
            options = [frame.object, *([frame.subject] if frame.passive else []), *frame.bare]
            if frame.object_how == "pronoun":
                options.append(_described(parse, frame.i))
        for k in options:
            at = self._heads(parse, k, chains)
            if at is not None:
                return at
        return None

    def _heads(self, parse: Parse, k: int | None, chains: frozenset[Chain]) -> int | None:
        if k is None:
            return None
        phrase = parse.phrases[k]
        reach = 4 if parse.words[phrase.head].lemma in self.grammar.quantifiers else 2
        opening = firsts(chains)
        for i in range(phrase.start, min(phrase.head + reach, phrase.end)):
            word = parse.words[i]
            if word.lemma not in opening and word.norm.removeprefix("ال") not in opening:
                continue
            for chain in chains:
                if chain_at(parse, i, chain):
                    return i
        return None

    def _prep_noun(self, parse: Parse, preps: Iterable[int], chains: frozenset[Chain]) -> int | None:
        for k in preps:
            phrase = parse.phrases[k]
            start = phrase.start + (parse.words[phrase.start].pos == "PUNCT")
            lead = tuple(phrase.prep.split())
            for chain in chains:
                if chain[:len(lead)] == lead and chain_at(parse, start, chain[len(lead):]):
                    return start
        return None

    def _noun_companions(
        self, parse: Parse, construction: Construction, i: int, said: Set[str]
    ) -> dict[str, int] | None:
        if not may_fire(construction, said):
            return None
        found: dict[str, int] = {}
        for place, chains in construction.companions.items():
            at = self._noun_companion(parse, i, place, chains)
            if at is None:
                return None
            found[place] = at
        return found

    def _noun_companion(self, parse: Parse, i: int, place: str, chains: frozenset[Chain]) -> int | None:
        if place == "genitiveNoun":
            linked = next((j for j in self._genitives(parse, i) if any(chain_at(parse, j, c) for c in chains)),
                          None)
            return linked if linked is not None else self._after_agent(parse, i, chains)
        k = parse.at[i]
        if place == "withAdjective" and k >= 0:
            span = range(i + 1, parse.phrases[k].end)
            return next((j for j in span for c in chains if chain_at(parse, j, c)), None)
        if place == "prepNoun" and k >= 0:
            return self._prep_noun(parse, range(k + 1, min(k + 4, len(parse.phrases))), chains)
        return None

    def _after_agent(self, parse: Parse, i: int, chains: frozenset[Chain]) -> int | None:
        """The companion as a bare object behind the agent: «إطلاق الجماعة صواريخ»."""
        k = parse.at[i]
        if k < 0 or k + 1 >= len(parse.phrases) or parse.phrases[k].end <= i + 1:
            return None
        after = parse.phrases[k + 1]
        touching = not after.prep and after.begin == parse.phrases[k].end
        return self._heads(parse, k + 1, chains) if touching else None

    def _genitives(self, parse: Parse, i: int) -> Iterator[int]:
        """The words that may be the genitive of `i`: the next one, also after «ل», and what a quantity or a
        demonstrative there leads to («إرسال خمسة آلاف جندي», «رفع كل العقوبات»)."""
        words = parse.words
        j = i + 2 if i + 1 < len(words) and words[i + 1].norm == "ل" else i + 1
        for k in range(j, min(j + MAX_LED, len(words))):
            yield k
            if not (self._leads(words[k]) or (k > j and words[k].norm == "من")):
                return

    def _leads(self, word: Word) -> bool:
        """Whether the word counts or points at the noun behind it."""
        return word.pos in {"NUM", "DET"} or word.lemma in self.grammar.quantifiers or (
            word.feats.get("PronType") == "Dem")


def _described(parse: Parse, i: int) -> int | None:
    """The indefinite phrase directly before a verb, which its pronoun takes up («صاروخا أطلقته الجماعة»)."""
    k = parse.at[i - 1] if i else -1
    return None if k < 0 or parse.head(k).definite else k


def _most_specific(parse: Parse, matches: list[Match]) -> Iterator[Match]:
    """For each trigger and type the reading with most companions; among equals the one with most slots."""
    groups: dict[tuple[int, str], list[Match]] = defaultdict(list)
    for match in matches:
        groups[match.i, match.type].append(match)
    for group in groups.values():
        yield max(group, key=lambda m: (len(m.companions), (m.form == "participle") == _acts(parse, m.i),
                                        len(m.construction.slots)))


def _acts(parse: Parse, i: int) -> bool:
    """«…، متهما الشهود بالكذب»: an indefinite participle with an object does what its verb says."""
    frame = parse.frames.get(i)
    return (frame is not None and not parse.words[i].definite and frame.object is not None
            and frame.subject_how == "circumstance")
