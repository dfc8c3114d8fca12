"""Candidates that other words of the sentence open: «… بعد إدانته بالقتل», «… محملة بالقمح», «… تنقل الجرحى»."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg_builder.extract.arguments import named
from kg_builder.extract.candidate import TEXT_RANGES, Candidate, Ranges
from kg_builder.extract.grammar import Grammar
from kg_builder.extract.lexicon import Construction
from kg_builder.extract.match import Match
from kg_builder.extract.parse import Parse
from kg_builder.extract.texts import MAX_TEXT, Texts

BESIDE, OBJECT, NOUN, WITHIN = "beside:", "besideObject:", "besideNoun:", MAX_TEXT * 2
COMPLEMENTS = 2
"""Phrases after a noun that are looked at for its complement with a preposition."""


@dataclass(slots=True)
class _Opened:
    """What a construction's other words open: by lemma the (preposition, OBJECT or "") and role; by preposition alone;
    by the noun that a preposition stands before."""

    words: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    prepositions: dict[str, str] = field(default_factory=dict)
    nouns: dict[tuple[str, str], str] = field(default_factory=dict)


class Beside:
    """Lists the complements of the words that a construction names beside its trigger."""

    def __init__(self, grammar: Grammar, texts: Texts) -> None:
        self.grammar = grammar
        self.texts = texts
        self._known: dict[int, tuple[Construction, _Opened]] = {}

    def __call__(self, parse: Parse, match: Match, ranges: Ranges) -> Iterator[Candidate]:
        """The complements; those that a preposition opens by itself first."""
        opened = self._opened(match.construction)
        if opened.prepositions or opened.nouns:
            yield from self._by_preposition(parse, match, opened, ranges)
        for word in parse.words if opened.words else ():
            ways = opened.words.get(word.lemma) or opened.words.get(word.verb_lemma) or ()
            if not ways or word.i == match.i:
                continue
            far = abs(word.i - match.i)
            for way, role in ways:
                if way and far < WITHIN:
                    yield from self._tied(parse, word.i, way, role, ranges)
                elif not way and not word.is_verb and parse.at[word.i] >= 0:
                    yield from self._complement(parse, word.i, role, far)

    def _opened(self, construction: Construction) -> _Opened:
        """The slots of a construction that other words open; remembered."""
        known = self._known.get(id(construction))
        if known is None:
            known = self._known[id(construction)] = construction, _read(construction.slots, self.grammar)
        return known[1]

    def _by_preposition(
        self, parse: Parse, match: Match, opened: _Opened, ranges: Ranges
    ) -> Iterator[Candidate]:
        """What a preposition names wherever it stands: «بتهمة التزوير», «احتجاجا على الأسعار», «بالسجن عامين»."""
        for k, phrase in enumerate(parse.phrases):
            if not phrase.prep or phrase.start <= match.i < phrase.end:
                continue
            noun = parse.words[phrase.start].lemma
            for role, told in ((opened.prepositions.get(phrase.prep), phrase.prep),
                               (opened.nouns.get((phrase.prep, noun)), f"{phrase.prep} {noun}")):
                if role:
                    yield from self._filled(parse, role, k, f"{BESIDE}{told}", ranges, abs(phrase.start - match.i))

    def _tied(self, parse: Parse, i: int, way: str, role: str, ranges: Ranges) -> Iterator[Candidate]:
        """The object of the predicate at `i` («تحمل» has both voices: or what follows), or what `way` ties to it."""
        frame, lemma = parse.frames.get(i), parse.words[i].lemma
        if way == OBJECT:
            k = None if frame is None else frame.subject if frame.object is None else frame.object
            if k is not None and parse.phrases[k].start > i:
                yield from self._filled(parse, role, k, f"{OBJECT}{lemma}", ranges)
            return
        at = parse.at[i]
        after: Sequence[int] = range(at + 1, min(at + 1 + COMPLEMENTS, len(parse.phrases))) if at >= 0 else ()
        if frame is not None:
            after = [*frame.preps, *frame.loose]
        found = next((n for n in after if parse.phrases[n].prep == way and parse.phrases[n].start > i), None)
        if found is not None:
            yield from self._filled(parse, role, found, f"{BESIDE}{lemma} {way}", ranges)

    def _filled(
        self, parse: Parse, role: str, k: int, slot: str, ranges: Ranges, far: int = 0
    ) -> Iterator[Candidate]:
        """The phrase `k` as words, or as what it names with those coordinated with it."""
        if ranges.get(role) in TEXT_RANGES:
            yield self.texts.candidate(parse, role, parse.phrases[k].start, len(parse.words), slot, k, far)
        elif not parse.phrases[k].pron:
            yield from named(parse, role, k, slot)

    def _complement(self, parse: Parse, i: int, role: str, far: int) -> Iterator[Candidate]:
        """The complement of the noun at `i`: its genitive, or after its pronoun a preposition or a numeral."""
        start = self._start(parse, i)
        if start is not None:
            slot = f"{BESIDE}{parse.words[i].lemma}"
            yield self.texts.candidate(parse, role, start, len(parse.words), slot, parse.at[start], far)

    def _start(self, parse: Parse, i: int) -> int | None:
        """Where the complement of the noun at `i` begins."""
        words, j, end = parse.words, i + 1, parse.phrases[parse.at[i]].end
        if j < len(words) and words[j].pos == "PRON":
            j += 1
        if j < len(words) and words[j].norm in self.grammar.uses("content"):
            j += 1
        elif j > i + 1 or j >= end:
            while j < len(words) and words[j].pos == "ADJ":
                j += 1
            if j >= len(words) or not words[j].numeral:
                return None
        return j if j < len(words) and parse.at[j] >= 0 else None


def _read(slots: Mapping[str, str], grammar: Grammar) -> _Opened:
    found = _Opened()
    for key, role in slots.items():
        if key.startswith(OBJECT):
            found.words[key.removeprefix(OBJECT)].append((OBJECT, role))
        elif key.startswith(NOUN):
            preposition, _, noun = key.removeprefix(NOUN).rpartition(" ")
            found.nouns[preposition, noun] = role
        elif key.startswith(BESIDE):
            told = key.removeprefix(BESIDE)
            lemma, _, way = told.partition(" ")
            if told in grammar.functions:
                found.prepositions[told] = role
                continue
            found.words[lemma].append((way, role))
    return found
