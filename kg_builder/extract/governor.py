"""Candidates that a noun gets from the clause that it stands in, or from the clause that describes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg_builder.extract.arguments import Arguments, entity_roles, named
from kg_builder.extract.candidate import Candidate, Ranges
from kg_builder.extract.match import Match
from kg_builder.extract.parse import Frame, Parse

STEPS = 2
"""Nouns over a noun in whose genitive somebody may stand who takes part in it too."""


@dataclass(frozen=True, slots=True)
class Governor:
    """The predicate that a noun trigger's phrase is an argument of, and as what ("subject", "object", "prep:من")."""

    frame: Frame
    relation: str


def governor(parse: Parse, k: int) -> Governor | None:
    """The predicate that the phrase `k` is an argument of: the nearest whose scan took it."""
    first = parse.phrases[k].first
    for frame in sorted(parse.frames.values(), key=lambda f: (parse.words[f.i].definite,
                                                              abs(f.i - parse.phrases[k].start))):
        if parse.at[frame.i] == k and frame.i >= parse.phrases[k].start:
            continue
        for relation, phrase in (("object", frame.object), ("subject", frame.subject)):
            if phrase == first and not (frame.relative and phrase == frame.antecedent):
                return Governor(frame, relation)
        if first in frame.preps:
            return Governor(frame, f"prep:{parse.phrases[first].prep}")
    return None


class GovernedSlots:
    """Lists the arguments that other predicates lend to a noun."""

    def __init__(self, arguments: Arguments) -> None:
        self.arguments = arguments

    def lent(self, parse: Parse, match: Match, k: int, ranges: Ranges) -> Iterator[Candidate]:
        """Arguments that a governing verb lends to the noun: «شنّت القوات هجوما على …», «قرّرت الحكومة تمديد …»."""
        roles = entity_roles(match.construction.slots, ranges)
        for taker in roles:
            yield from self._genitives_over(parse, taker, k)
        over = governor(parse, k) or _adverbial(parse, match, k)
        if over is None:
            return
        for taker in roles:
            yield from _affected(parse, taker, over, k)
        frame, slots = over.frame, match.construction.slots
        if over.relation != "subject" and frame.subject is not None and (frame.open_voice or not frame.passive):
            role = slots.get("agent") or slots.get("either") or slots.get("patient") or slots.get("genitive")
            if role and not parse.phrases[k].start <= parse.phrases[frame.subject].head < parse.phrases[k].end:
                yield from named(parse, role, frame.subject, f"governor-{over.relation.split(':')[0]}")
        if over.relation in {"object", "subject"}:
            later = [p for p in frame.preps if p > k]
            yield from self.arguments.prepositional(parse, match, later, ranges, set())
            whom = slots.get("patient") or slots.get("either") or slots.get("genitive") or ""
            if over.relation == "object" and frame.object is not None and frame.object != k and "patient" in slots:
                yield from named(parse, slots["patient"], frame.object, "governor-object")
            hit = frame.object if over.relation == "subject" and whom in roles else None
            if hit is not None and self._hit(parse, hit):
                yield from named(parse, whom, hit, "governed-object")

    def _hit(self, parse: Parse, k: int) -> bool:
        """Whether an event may befall what the phrase names: «استهدف الهجوم قرية», never «أثار الهجوم غضبا»."""
        head = parse.head(k)
        return not head.masdar and (head.definite or bool(head.ent) or self.arguments.grammar.sort_of(head) is not None)

    def _genitives_over(self, parse: Parse, role: str, k: int) -> Iterator[Candidate]:
        """Who stands in the genitive of the noun that the trigger complements: «مقتل سائق برصاص», «قرار الوزير منع»."""
        index = parse.phrases[k].first
        for step in range(STEPS):
            before = index - 1
            if before < 0 or parse.phrases[before].end != parse.phrases[index].begin:
                return
            index = parse.phrases[before].first
            start, end = _behind_masdar(parse, index), parse.phrases[index].end
            acts = parse.words[start - 1].masdar or self.arguments.grammar.sort_of(parse.words[start - 1]) == "Text"
            adjective = start + 1 == end and parse.words[start].pos == "ADJ"
            if acts and start < end and not adjective:
                yield Candidate(role, start, end, "governor-genitive", index, step)
                for conjunct in parse.conjuncts(index)[1:]:
                    twin = parse.phrases[conjunct]
                    if conjunct <= before:
                        yield Candidate(role, twin.start, twin.end, "governor-genitive", conjunct, step)
                return

    def described(self, parse: Parse, match: Match, k: int, ranges: Ranges) -> Iterator[Candidate]:
        """A relative clause or participle on the noun: «الهجوم الذي شنّته القوات», «العقوبات المفروضة على …»."""
        slots = match.construction.slots
        for frame in parse.frames.values():
            if not frame.relative or frame.i <= match.i or k not in {frame.antecedent, frame.subject}:
                continue
            resumed = frame.antecedent == k and frame.object is None
            if (frame.object == k or resumed) and frame.subject is not None and frame.subject != k:
                role = slots.get("agent") or slots.get("either")
                if role:
                    yield from named(parse, role, frame.subject, "relative-subject")
            elif frame.subject == k and frame.object is not None and "patient" in slots:
                yield from named(parse, slots["patient"], frame.object, "relative-object")
            yield from self.arguments.prepositional(parse, match, frame.preps, ranges, set())


def _adverbial(parse: Parse, match: Match, k: int) -> Governor | None:
    """«بلغت السيولة مليون دولار انخفاضا من مليونين»: the verb over a masdar that is none of its arguments."""
    word = parse.words[match.i]
    if not word.masdar or word.definite or parse.phrases[k].head != match.i or parse.phrases[k].prep:
        return None
    over = next((f for f in parse.frames.values() if k in f.bare and f.i < match.i and parse.words[f.i].is_verb), None)
    return Governor(over, "bare") if over is not None else None


def _affected(parse: Parse, role: str, over: Governor, k: int) -> Iterator[Candidate]:
    """Whom the governing verb befalls: «قُتل سائق في انفجار», «كلف الوزير مساعده بزيارة …»."""
    frame = over.frame
    whom = frame.subject if frame.passive else frame.object
    if not over.relation.startswith("prep:") or whom is None or whom == k:
        return
    if not parse.head(whom).masdar:
        yield from named(parse, role, whom, "governor-affected")
    elif _behind_masdar(parse, whom) < parse.phrases[whom].end:
        yield Candidate(role, _behind_masdar(parse, whom), parse.phrases[whom].end, "governor-affected", whom)


def _behind_masdar(parse: Parse, k: int) -> int:
    """Where the genitive of the last masdar of the phrase begins («بدء محاكمة الوزير»), or that of its head."""
    phrase = parse.phrases[k]
    return max((w.i for w in parse.words[phrase.head:phrase.end] if w.masdar), default=phrase.head) + 1
