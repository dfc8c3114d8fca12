"""Candidates in the genitive of an event noun: whom it befalls, or who does it."""

from __future__ import annotations

from collections.abc import Iterator

from kg_builder.extract.arguments import Arguments, named
from kg_builder.extract.candidate import TEXT_RANGES, Candidate, Ranges
from kg_builder.extract.match import Match
from kg_builder.extract.parse import Parse
from kg_builder.extract.texts import Slots

GENITIVES = (("objectNoun", "objectGenitive"), ("subjectNoun", "subjectGenitive"), ("prepNoun", "prepGenitive"))
"""Places of companions, and the slots of what stands in their genitive."""


class GenitiveSlots:
    """Lists the candidates that follow a noun in its own phrase."""

    def __init__(self, arguments: Arguments) -> None:
        self.arguments = arguments
        self.grammar = arguments.grammar

    def __call__(
        self, parse: Parse, match: Match, k: int, own: list[int], ranges: Ranges
    ) -> Iterator[Candidate]:
        """The genitive of the trigger in phrase `k`; `own` are the phrases after it that may complement it."""
        slots, start = match.construction.slots, self._start(parse, match, k)
        yield from _complement(parse, match, k)
        if start >= parse.phrases[k].end:
            yield from _shared_genitive(parse, match, k)
            yield from _each(parse, match, k)
            yield from _taken_for_adjective(parse, match, k)
            return
        if parse.words[match.i].definite and not match.companions and parse.words[start].pos != "PRON":
            return  # «الهجوم الإرهابي»: no genitive after the article, but «هجومهم»
        next_bare = _next_bare(parse, k, own)
        second = next_bare is not None or _to_patient(parse, own, slots)
        for role, slot in _roles(slots, second):
            doing = second or slot == "genitive" or ranges.get(role) not in TEXT_RANGES or parse.words[start].masdar
            if not doing:  # «اتفاق تغيير الاسم» is about it, «اتفاق الحكومة» is not
                continue
            yield from self._filled(parse, role, slot, (k, start), ranges)
        if next_bare is not None and slots.get("patient"):
            yield from named(parse, slots["patient"], next_bare, "after-agent")

    def _start(self, parse: Parse, match: Match, k: int) -> int:
        """Where the genitive begins: behind the trigger, its companions and the adjectives of these."""
        start = max([match.i, *(c for c in match.companions.values() if parse.at[c] == k)]) + 1
        while start < parse.phrases[k].end and self._describes(parse, start):
            start += 1
        return start

    def _filled(
        self, parse: Parse, role: str, slot: str, place: tuple[int, int], ranges: Ranges
    ) -> Iterator[Candidate]:
        (k, start), end = place, parse.phrases[place[0]].end
        if ranges.get(role) in TEXT_RANGES:
            end = self.arguments.texts.end(parse, start, end)
        yield Candidate(role, start, end, slot, k)
        for n, conjunct in enumerate(parse.conjuncts(k)[1:], 1):
            twin = parse.phrases[conjunct]
            if not parse.words[twin.head].masdar or parse.words[start].masdar:
                yield Candidate(role, twin.start, twin.end, slot, conjunct, n)

    def _describes(self, parse: Parse, i: int) -> bool:
        """An adjective that agrees with the noun before it; «إصابة آخرين» is a genitive."""
        word, noun = parse.words[i], parse.words[i - 1]
        if self.grammar.feminine_adjective(word) and (
                noun.feats.get("Number") == "Plur" or noun.feats.get("Gender") == "Fem"):
            return True
        plural = word.feats.get("Number") in {"Plur", "Dual"} and noun.feats.get("Number") == "Sing"
        return (word.pos == "ADJ" and not word.participle and not plural) or word.norm in {"و", '"', "«"}


def _complement(parse: Parse, match: Match, k: int) -> Iterator[Candidate]:
    """«العدوان الغاشم للميليشيات»: what «ل» ties to the noun behind its adjective stands for the genitive."""
    end = parse.phrases[k].end
    tie = next((i for i in range(match.i + 2, end - 1) if parse.words[i].norm == "ل"), None)
    if tie is not None and parse.words[tie - 1].pos == "ADJ" and parse.words[match.i].pos == "NOUN":
        for role, _ in _roles(match.construction.slots, False):
            yield Candidate(role, tie + 1, end, "complement", k)


def _taken_for_adjective(parse: Parse, match: Match, k: int) -> Iterator[Candidate]:
    """«طعن آخر», «احتجاز تونسي»: an indefinite adjective that ends the phrase may be the masdar's genitive."""
    i, end = match.i + 1, parse.phrases[k].end
    if i + 1 == end and parse.words[match.i].masdar and parse.words[i].pos == "ADJ" and not parse.words[i].definite:
        for role, _ in _roles(match.construction.slots, False)[:1]:
            yield Candidate(role, i, end, "adjective-genitive", k)


def _shared_genitive(parse: Parse, match: Match, k: int) -> Iterator[Candidate]:
    """«مقتل وإصابة 35 مدنيا»: the genitive after the second masdar is that of the first too."""
    roles = _roles(match.construction.slots, False)
    for conjunct in parse.conjuncts(k)[1:2]:
        twin = parse.phrases[conjunct]
        if roles and parse.words[twin.start].masdar and twin.end > twin.start + 1:
            yield Candidate(roles[0][0], twin.start + 1, twin.end, "shared-genitive", conjunct)


def _each(parse: Parse, match: Match, k: int) -> Iterator[Candidate]:
    """«اعتقال كل من فلان وفلان»: those behind the word that distributes stand in the genitive."""
    n = k + 1
    if n < len(parse.phrases) and parse.phrases[n].lead == parse.phrases[k].end and not parse.phrases[n].prep:
        for role, slot in _roles(match.construction.slots, False):
            yield from named(parse, role, n, slot)


def _next_bare(parse: Parse, k: int, own: list[int]) -> int | None:
    """A bare phrase right after the genitive: the patient, its agent standing in the genitive."""
    if not own or own[0] != k + 1:
        return None
    phrase = parse.phrases[own[0]]
    touching = phrase.begin == parse.phrases[k].end
    if any(f.object == own[0] and f.subject == k and parse.words[f.i].is_verb for f in parse.frames.values()):
        return None
    return own[0] if touching and not phrase.prep and not phrase.pron and phrase.first == own[0] else None


def _to_patient(parse: Parse, own: list[int], slots: Slots) -> bool:
    """Whether «ل» gives the patient, so that the genitive is the agent."""
    return bool(own) and parse.phrases[own[0]].prep == "ل" and "patient" in slots and "prep:ل" in slots


def _roles(slots: Slots, second: bool) -> list[tuple[str, str]]:
    """The roles that the genitive may fill, the likelier first; the other as a weak slot."""
    order = ("genitive", "either", "agent", "patient") if second else ("genitive", "either", "patient", "agent")
    roles = list(dict.fromkeys(slots[s] for s in order if s in slots))
    return [(role, "genitive" if n == 0 else "other-genitive") for n, role in enumerate(roles[:2])]


def companion_genitives(parse: Parse, match: Match) -> Iterator[Candidate]:
    """What stands in the genitive of a companion."""
    for place, slot in GENITIVES:
        role = match.construction.slots.get(slot)
        if role and place in match.companions:
            yield from _genitive_of(parse, match.companions[place], role, slot)


def _genitive_of(parse: Parse, i: int, role: str, slot: str) -> Iterator[Candidate]:
    """The genitive chain after the noun at `i`, with the phrases coordinated to it."""
    k = parse.at[i]
    if k < 0:
        return
    phrase = parse.phrases[k]
    start = i + 1
    while start < phrase.end and parse.words[start].pos == "ADJ" and not parse.words[start].participle:
        start += 1
    if start < phrase.end:
        yield Candidate(role, start, phrase.end, slot, k)
        for n, conjunct in enumerate(parse.conjuncts(k)[1:], 1):
            twin = parse.phrases[conjunct]
            yield Candidate(role, twin.start, twin.end, slot, conjunct, n)
