"""What could fill each role of a match: the phrases that stand where the construction, or grammar, puts it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kg_builder.extract.clauses import AND, COMMAS, HARD, Frame, Parse
from kg_builder.extract.grammar import SORT_GROUPS, Grammar
from kg_builder.extract.match import Match

ENTITY_RANGES = frozenset({"Agent", "AgentOrPlace", "Thing"})
CONTEXT = 6
SCENE = frozenset({"بعد", "قبل", "خلال", "أثناء", "عقب", "منذ", "حتى"})
TEXT_RANGES = frozenset({"langString", "string"})
MAX_TEXT = 14
REACH = 5
"""How many phrases after a noun may still be its complements."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words `start:end` that could fill `role`; `slot` tells where they stand, `far` how many phrases lie between."""

    role: str
    start: int
    end: int
    slot: str
    phrase: int
    far: int = 0


@dataclass(frozen=True, slots=True)
class Governor:
    """The predicate that a noun trigger's phrase is an argument of, and as what ("subject", "object", "prep:من")."""

    frame: Frame
    relation: str


class SlotFinder:
    """Lists the candidates of a match, nearest first."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar

    def __call__(self, parse: Parse, match: Match, ranges: Mapping[str, str]) -> list[Candidate]:
        verbal = match.form in {"verb", "passive", "participle"}
        found = list(self._verbal(parse, match, ranges) if verbal else self._nominal(parse, match, ranges))
        if "self" in match.construction.slots:
            found.append(self._own(parse, match))
        found += self._context(parse, match, ranges)
        found += self._near_amounts(parse, match, ranges)
        seen: dict[tuple[str, int, int], Candidate] = {}
        for candidate in found:
            for reading in self._lengths(parse, candidate, ranges):
                seen.setdefault((reading.role, reading.start, reading.end), reading)
        return list(seen.values())

    def _lengths(self, parse: Parse, candidate: Candidate, ranges: Mapping[str, str]) -> Iterator[Candidate]:
        """A text as found, and the other length it may have: its noun phrase alone, or up to where its clause ends."""
        yield candidate
        if ranges.get(candidate.role) not in TEXT_RANGES or candidate.phrase < 0:
            return
        short = parse.phrases[candidate.phrase].end
        if candidate.start < short < candidate.end:
            yield replace(candidate, end=short, slot=candidate.slot + "<")
        elif short == candidate.end:
            end = self.text_end(parse, candidate.start, len(parse.words))
            yield replace(candidate, end=end, slot=candidate.slot + ">")

    def _context(self, parse: Parse, match: Match, ranges: Mapping[str, str]) -> Iterator[Candidate]:
        """Agents and places near by that no slot reaches: understood from the context, if the ranker thinks so."""
        roles = [r for r in dict.fromkeys(match.construction.slots.values()) if ranges.get(r) in ENTITY_RANGES]
        near = sorted(range(len(parse.phrases)), key=lambda k: abs(parse.phrases[k].start - match.i))
        for k in [k for k in near if self._is_entity(parse, k, match.i)][:CONTEXT if roles else 0]:
            phrase = parse.phrases[k]
            for role in roles:
                yield Candidate(role, phrase.start, phrase.end, "context", k, abs(phrase.start - match.i))

    @staticmethod
    def _near_amounts(parse: Parse, match: Match, ranges: Mapping[str, str]) -> Iterator[Candidate]:
        """Phrases with a numeral near by, for the roles that want an amount."""
        roles = [r for r in dict.fromkeys(match.construction.slots.values()) if ranges.get(r) == "Amount"]
        near = [k for k, p in enumerate(parse.phrases) if roles and abs(p.start - match.i) < MAX_TEXT * 2
                and any(w.pos == "NUM" or w.norm[:1].isdigit() for w in parse.words[p.start:p.end])]
        for k in near:
            phrase = parse.phrases[k]
            for role in roles:
                yield Candidate(role, phrase.start, phrase.end, f"near:{phrase.prep}", k, abs(phrase.start - match.i))

    def _is_entity(self, parse: Parse, k: int, trigger: int) -> bool:
        phrase = parse.phrases[k]
        sort = self.grammar.sort_of(parse.words[phrase.head])
        return sort in SORT_GROUPS and not phrase.pron and not phrase.start <= trigger < phrase.end

    # --- verbs and participles

    def _verbal(self, parse: Parse, match: Match, ranges: Mapping[str, str]) -> Iterator[Candidate]:
        frame, slots = match.frame, match.construction.slots
        if frame is None:
            return
        subject_slot, object_slot = ("object", "") if frame.passive else ("subject", "object")
        if frame.passive and "objectNoun" in match.construction.companions:
            subject_slot = ""
        taken = {i for place, i in match.companions.items() if place != "subjectNoun"}
        if frame.subject is not None:
            yield from self._fill(parse, slots, (subject_slot, "either"), frame.subject, frame.subject_how, taken)
            if frame.open_voice:
                other = "subject" if frame.passive else "object"
                yield from self._fill(parse, slots, (other,), frame.subject, f"other-voice-{frame.subject_how}", taken)
        if object_slot and frame.object is not None:
            yield from self._fill(parse, slots, (object_slot, "either"), frame.object, frame.object_how, taken)
        yield from self._companion_genitives(parse, match)
        if "objectNoun" in match.construction.companions and "object" in slots:
            yield from self._companion_phrase(parse, match, slots["object"], "objectNoun")
        yield from self._companion_phrase(parse, match, slots.get("companionRole"), *match.companions)
        yield from self._measures(parse, frame, slots)
        yield from self._second(parse, slots, frame.bare, {frame.subject, frame.object})
        yield from self._prepositional(parse, match, frame.preps, ranges, taken)
        yield from self._results(parse, match, ranges)
        if frame.clause and "clause" in slots:
            yield self._text(parse, slots["clause"], frame.clause[0], frame.clause[1], "clause")

    def _results(self, parse: Parse, match: Match, ranges: Mapping[str, str]) -> Iterator[Candidate]:
        """Amounts in a clause of result: «ارتفع السعر … ليصل إلى 5 دولارات»."""
        amounts = {slot: role for slot, role in match.construction.slots.items() if ranges.get(role) == "Amount"}
        for frame in parse.frames.values() if amounts else ():
            if not match.i < frame.i < match.i + MAX_TEXT * 2 or parse.words[frame.i - 1].norm != "ل":
                continue
            reached = frame.object
            if reached is not None and "prep:إلى" in amounts:
                phrase = parse.phrases[reached]
                yield Candidate(amounts["prep:إلى"], phrase.start, phrase.end, "result:object", reached)
            for k in frame.preps:
                role = amounts.get(f"prep:{parse.phrases[k].prep}")
                if role:
                    phrase = parse.phrases[k]
                    yield Candidate(role, phrase.start, phrase.end, f"result:{phrase.prep}", k)
            return

    def _fill(
        self, parse: Parse, slots: Mapping[str, str], keys: tuple[str, ...], k: int, how: str, taken: set[int]
    ) -> Iterator[Candidate]:
        role = next((slots[key] for key in keys if key in slots), None)
        if role is None or any(parse.phrases[k].start <= i < parse.phrases[k].end for i in taken):
            return
        for n, conjunct in enumerate(parse.conjuncts(k)):
            phrase = parse.phrases[conjunct]
            yield Candidate(role, phrase.start, phrase.end, how, conjunct, n)

    @staticmethod
    def _companion_phrase(parse: Parse, match: Match, role: str | None, *places: str) -> Iterator[Candidate]:
        """The phrase that a companion heads, from the companion on."""
        for place in places if role else ():
            i = match.companions[place]
            k = parse.at[i]
            if role and k >= 0:
                yield Candidate(role, i, parse.phrases[k].end, "companion", k)

    def _second(
        self, parse: Parse, slots: Mapping[str, str], bare: list[int], others: set[int | None]
    ) -> Iterator[Candidate]:
        """The second object: a bare phrase that is neither subject nor object."""
        role = slots.get("second")
        later = [k for k in bare if k not in others]
        if role and later:
            phrase = parse.phrases[later[0]]
            end = self.text_end(parse, phrase.start, len(parse.words))
            yield Candidate(role, phrase.start, end, "second", later[0])

    @staticmethod
    def _measures(parse: Parse, frame: Frame, slots: Mapping[str, str]) -> Iterator[Candidate]:
        """Bare phrases with a numeral: by how much, or to what, the verb says."""
        role = slots.get("measure")
        for k in frame.bare if role else ():
            phrase = parse.phrases[k]
            if role and any(w.pos == "NUM" or w.norm[:1].isdigit() for w in parse.words[phrase.start:phrase.end]):
                yield Candidate(role, phrase.start, phrase.end, "measure", k)

    def _companion_genitives(self, parse: Parse, match: Match) -> Iterator[Candidate]:
        for place, slot in (("objectNoun", "objectGenitive"), ("subjectNoun", "subjectGenitive"),
                            ("prepNoun", "prepGenitive")):
            role = match.construction.slots.get(slot)
            if role and place in match.companions:
                yield from self._genitive_of(parse, match.companions[place], role, slot)

    def _genitive_of(self, parse: Parse, i: int, role: str, slot: str) -> Iterator[Candidate]:
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

    def _prepositional(
        self, parse: Parse, match: Match, preps: list[int], ranges: Mapping[str, str], taken: set[int]
    ) -> Iterator[Candidate]:
        slots = match.construction.slots
        for far, k in enumerate(preps):
            phrase = parse.phrases[k]
            if any(phrase.start <= i < phrase.end for i in taken) or phrase.first != k:
                continue
            role = self._prep_role(slots, phrase.prep)
            if role is None:
                continue
            if ranges.get(role) in TEXT_RANGES:
                limit = self._next_slot(parse, slots, role, k)
                yield self._text(parse, role, phrase.start, limit, f"prep:{phrase.prep}", k, far)
                continue
            for conjunct in parse.conjuncts(k):
                twin = parse.phrases[conjunct]
                yield Candidate(role, twin.start, twin.end, f"prep:{phrase.prep}", conjunct, far)

    @staticmethod
    def _next_slot(parse: Parse, slots: Mapping[str, str], role: str, k: int) -> int:
        """Where the next phrase begins that another slot of the construction wants."""
        for phrase in parse.phrases[k + 1:]:
            if slots.get(f"prep:{phrase.prep}", role) != role:
                return phrase.begin
        return len(parse.words)

    def _prep_role(self, slots: Mapping[str, str], prep: str) -> str | None:
        exact = slots.get(f"prep:{prep}")
        if exact:
            return exact
        if prep in {"بين", "ما بين", "مع"} and "either" in slots:
            return slots["either"]
        if prep == "ل" and "patient" in slots:
            return slots["patient"]
        if self.grammar.functions.get(prep) == "agent":
            return slots.get("subject") or slots.get("agent")
        return None

    def _text(
        self, parse: Parse, role: str, start: int, limit: int, slot: str, k: int = -1, far: int = 0
    ) -> Candidate:
        return Candidate(role, start, self.text_end(parse, start, limit), slot, k, far)

    def text_end(self, parse: Parse, start: int, limit: int) -> int:
        """The end of a phrase told in words: the next comma, stop, new clause or relative, or `MAX_TEXT` words on."""
        words = parse.words
        for j in range(start + 1, min(limit, start + MAX_TEXT, len(words))):
            word = words[j]
            if word.norm in HARD or word.norm in COMMAS or word.norm == ":":
                return j
            if word.norm in AND and j + 1 < len(words) and words[j + 1].is_verb:
                return j
            if word.time or (j > start + 1 and self._sets_scene(parse, j)):
                return j
            if j > start + 1 and parse.at[j] < 0 and word.pos != "ADP" and (
                    self.grammar.boundaries.match(words, j) and word.norm not in {"ما"}):
                return j
        return min(limit, start + MAX_TEXT, len(words))

    def _sets_scene(self, parse: Parse, j: int) -> bool:
        """A preposition of time or cause ends what a phrase says («… بعد الهجوم»)."""
        k = parse.at[j]
        phrase = parse.phrases[k + 1] if k >= 0 and k + 1 < len(parse.phrases) else None
        after = next((p for p in parse.phrases if p.prep and p.prep_start == j), phrase)
        return after is not None and after.prep_start == j and (
            after.prep in SCENE or self.grammar.functions.get(after.prep) == "cause")

    # --- nouns

    def _nominal(self, parse: Parse, match: Match, ranges: Mapping[str, str]) -> Iterator[Candidate]:
        slots, i = match.construction.slots, match.i
        k = parse.at[i]
        if k < 0:
            return
        last = max([i, *(c for c in match.companions.values() if parse.at[c] == k)])
        own = list(self._after(parse, k))
        yield from self._genitive(parse, match, k, last, own, ranges)
        yield from self._companion_phrase(parse, match, slots.get("companionRole"), *match.companions)
        yield from self._companion_genitives(parse, match)
        yield from self._adjectives(parse, match, k)
        taken = set(match.companions.values())
        yield from self._prepositional(parse, match, [p for p in own if parse.phrases[p].prep], ranges, taken)
        yield from self._second(parse, slots, [p for p in own if not parse.phrases[p].prep], set())
        yield from self._governed(parse, match, k, ranges)
        yield from self._relative_clause(parse, match, k, ranges)
        yield from self._results(parse, match, ranges)
        if "clause" in slots:
            yield from self._noun_clause(parse, slots["clause"], k)

    def _after(self, parse: Parse, k: int) -> Iterator[int]:
        """The phrases after a noun's phrase that may complement it: up to a verb, a stop or a second comma."""
        words, commas = parse.words, 0
        position = parse.phrases[k].end
        for n in range(k + 1, min(k + 1 + REACH, len(parse.phrases))):
            phrase = parse.phrases[n]
            for i in range(position, phrase.begin):
                word = words[i]
                commas += word.norm in COMMAS
                if word.is_verb or word.norm in HARD or commas > 1 or word.norm in self.grammar.complementizers:
                    return
                if word.norm in self.grammar.relatives:
                    return
            yield n
            position = phrase.end

    def _genitive(
        self, parse: Parse, match: Match, k: int, last: int, own: list[int], ranges: Mapping[str, str]
    ) -> Iterator[Candidate]:
        slots, phrase = match.construction.slots, parse.phrases[k]
        start = last + 1
        while start < phrase.end and self._describes(parse, start):
            start += 1
        next_bare = self._next_bare(parse, k, own)
        if start >= phrase.end:
            yield from self._shared_genitive(parse, match, k)
        if start < phrase.end:
            second = next_bare is not None or self._to_patient(parse, own, slots)
            for role, slot in self._genitive_roles(slots, second):
                end = self.text_end(parse, start, phrase.end) if ranges.get(role) in TEXT_RANGES else phrase.end
                yield Candidate(role, start, end, slot, k)
                for n, conjunct in enumerate(parse.conjuncts(k)[1:], 1):
                    twin = parse.phrases[conjunct]
                    if not self._happening(parse, twin.head) or self._happening(parse, start):
                        yield Candidate(role, twin.start, twin.end, slot, conjunct, n)
            if next_bare is not None and slots.get("patient"):
                yield from self._fill(parse, slots, ("patient",), next_bare, "after-agent", set())

    def _shared_genitive(self, parse: Parse, match: Match, k: int) -> Iterator[Candidate]:
        """«مقتل وإصابة 35 مدنيا»: the genitive after the second masdar is that of the first too."""
        roles = self._genitive_roles(match.construction.slots, False)
        for conjunct in parse.conjuncts(k)[1:2]:
            twin = parse.phrases[conjunct]
            if roles and self._happening(parse, twin.start) and twin.end > twin.start + 1:
                yield Candidate(roles[0][0], twin.start + 1, twin.end, "shared-genitive", conjunct)

    @staticmethod
    def _happening(parse: Parse, i: int) -> bool:
        return parse.words[i].masdar

    def _describes(self, parse: Parse, i: int) -> bool:
        """An adjective that agrees with the noun before it; «إصابة آخرين» is a genitive."""
        word, noun = parse.words[i], parse.words[i - 1]
        if self.grammar.feminine_adjective(word) and (
                noun.feats.get("Number") == "Plur" or noun.feats.get("Gender") == "Fem"):
            return True
        plural = word.feats.get("Number") == "Plur" and noun.feats.get("Number") == "Sing"
        return (word.pos == "ADJ" and not word.participle and not plural) or word.norm in {"و", '"', "«"}

    def _next_bare(self, parse: Parse, k: int, own: list[int]) -> int | None:
        """A bare phrase right after the genitive: the patient, its agent standing in the genitive."""
        if not own or own[0] != k + 1:
            return None
        phrase = parse.phrases[own[0]]
        touching = phrase.begin == parse.phrases[k].end
        if any(f.object == own[0] and f.subject == k and parse.words[f.i].is_verb for f in parse.frames.values()):
            return None
        return own[0] if touching and not phrase.prep and not phrase.pron and phrase.first == own[0] else None

    @staticmethod
    def _to_patient(parse: Parse, own: list[int], slots: Mapping[str, str]) -> bool:
        return bool(own) and parse.phrases[own[0]].prep == "ل" and "patient" in slots and "prep:ل" in slots

    @staticmethod
    def _genitive_roles(slots: Mapping[str, str], second: bool) -> list[tuple[str, str]]:
        """The roles that the genitive may fill, the likelier first; the other as a weak slot."""
        order = ("genitive", "either", "agent", "patient") if second else ("genitive", "either", "patient", "agent")
        roles = list(dict.fromkeys(slots[s] for s in order if s in slots))
        return [(role, "genitive" if n == 0 else "other-genitive") for n, role in enumerate(roles[:2])]

    def _adjectives(self, parse: Parse, match: Match, k: int) -> Iterator[Candidate]:
        slots, phrase = match.construction.slots, parse.phrases[k]
        for j in range(match.i + 1, phrase.end):
            word = parse.words[j]
            if word.lemma in self.grammar.nationalities and word.pos in {"ADJ", "NOUN"}:
                role = slots.get("agent") or slots.get("either")
                if role:
                    yield Candidate(role, j, j + 1, "nationality", k)
            elif word.pos == "ADJ" and "adjectiveRole" in slots:
                yield Candidate(slots["adjectiveRole"], j, j + 1, "adjective", k)

    def governor(self, parse: Parse, k: int) -> Governor | None:
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

    def _governed(self, parse: Parse, match: Match, k: int, ranges: Mapping[str, str]) -> Iterator[Candidate]:
        """Arguments that a governing verb lends to the noun: «شنّت القوات هجوما على …», «قرّرت الحكومة تمديد …»."""
        governor = self.governor(parse, k)
        if governor is None:
            return
        frame, slots = governor.frame, match.construction.slots
        if governor.relation != "subject" and frame.subject is not None and not frame.passive:
            role = slots.get("agent") or slots.get("either")
            if role and not parse.phrases[k].start <= parse.phrases[frame.subject].head < parse.phrases[k].end:
                yield from self._named(parse, role, frame.subject, f"governor-{governor.relation.split(':')[0]}")
        if governor.relation in {"object", "subject"}:
            later = [p for p in frame.preps if p > k]
            yield from self._prepositional(parse, match, later, ranges, set())
            if governor.relation == "object" and frame.object is not None and frame.object != k and "patient" in slots:
                yield from self._named(parse, slots["patient"], frame.object, "governor-object")

    def _named(self, parse: Parse, role: str, k: int, slot: str) -> Iterator[Candidate]:
        for n, conjunct in enumerate(parse.conjuncts(k)):
            phrase = parse.phrases[conjunct]
            yield Candidate(role, phrase.start, phrase.end, slot, conjunct, n)

    def _relative_clause(self, parse: Parse, match: Match, k: int, ranges: Mapping[str, str]) -> Iterator[Candidate]:
        """A relative clause or participle on the noun: «الهجوم الذي شنّته القوات», «العقوبات المفروضة على …»."""
        slots = match.construction.slots
        for frame in parse.frames.values():
            if not frame.relative or frame.i <= match.i or k not in {frame.antecedent, frame.subject}:
                continue
            if frame.object == k and frame.subject is not None and frame.subject != k:
                role = slots.get("agent") or slots.get("either")
                if role:
                    yield from self._named(parse, role, frame.subject, "relative-subject")
            elif frame.subject == k and frame.object is not None and "patient" in slots:
                yield from self._named(parse, slots["patient"], frame.object, "relative-object")
            yield from self._prepositional(parse, match, frame.preps, ranges, set())

    def _noun_clause(self, parse: Parse, role: str, k: int) -> Iterator[Candidate]:
        end = parse.phrases[k].end
        for j in range(end, min(end + 2, len(parse.words))):
            if parse.words[j].norm in self.grammar.complementizers:
                yield self._text(parse, role, j + 1, len(parse.words), "clause")
                return

    @staticmethod
    def _own(parse: Parse, match: Match) -> Candidate:
        k = parse.at[match.i]
        role = match.construction.slots["self"]
        if k < 0:
            return Candidate(role, match.i, match.i + 1, "self", -1)
        phrase = parse.phrases[k]
        inside = parse.words[match.i - 1].pos in {"NOUN", "ADJ"} and match.i > phrase.start
        return Candidate(role, match.i if inside else phrase.start, phrase.end, "self", k)
