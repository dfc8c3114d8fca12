"""Candidates of a verb or participle: its subject, objects, phrases and clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg_builder.extract.arguments import Arguments, companion_phrase, has_number, named
from kg_builder.extract.candidate import Candidate, Ranges
from kg_builder.extract.genitive import companion_genitives
from kg_builder.extract.match import Match
from kg_builder.extract.parse import Frame, Parse, verbs_before
from kg_builder.extract.texts import Slots

LATE = 2
"""Bare phrases behind commas that are looked at."""


class VerbalSlots:
    """Lists the candidates of a match on a verb or participle."""

    def __init__(self, arguments: Arguments) -> None:
        self.arguments = arguments

    def __call__(self, parse: Parse, match: Match, ranges: Ranges) -> Iterator[Candidate]:
        frame, slots, places = match.frame, match.construction.slots, match.construction.companions
        if frame is None:
            return
        taken = {i for place, i in match.companions.items() if place != "subjectNoun"}
        yield from self._core(parse, match, frame, taken)
        yield from companion_genitives(parse, match)
        if "objectNoun" in places and "object" in slots:
            yield from companion_phrase(parse, match, slots["object"], "objectNoun")
        yield from companion_phrase(parse, match, slots.get("companionRole"), *match.companions)
        yield from _before_companion(parse, match, frame)
        yield from _measures(parse, frame, slots)
        others = {frame.subject, frame.object}
        yield from self.arguments.second(parse, slots, [k for k in frame.bare if k not in others])
        yield from self.arguments.prepositional(parse, match, frame.preps, ranges, taken)
        for candidate in self.arguments.prepositional(parse, match, frame.loose, ranges, taken):
            yield replace(candidate, slot=f"loose-{candidate.slot}")
        yield from self.arguments.results(parse, match, ranges)
        yield from self._handed_on(parse, frame, slots)
        if frame.clause and "clause" in slots:
            yield self.arguments.texts.candidate(parse, slots["clause"], frame.clause[0], frame.clause[1], "clause")

    @staticmethod
    def _handed_on(parse: Parse, frame: Frame, slots: Slots) -> Iterator[Candidate]:
        """«ألغى القمة وهدد النظام»: the subject of the verb before, where what follows this verb may be its object."""
        active = frame.open_voice or not frame.passive
        joined = (frame.relative and frame.object is None) or (frame.i > 0 and parse.words[frame.i - 1].pos == "CCONJ")
        if not joined or not active or frame.subject is None or frame.subject_how != "subject":
            return
        earlier = next(verbs_before(parse, frame.i), None)
        subject = earlier.subject if earlier is not None else None
        if "subject" in slots and subject is not None and subject != frame.subject:
            yield from named(parse, slots["subject"], subject, "handed-on")

    def _core(self, parse: Parse, match: Match, frame: Frame, taken: set[int]) -> Iterator[Candidate]:
        """Subject and object; of a passive the subject is the object."""
        slots, how = match.construction.slots, frame.subject_how
        subject_slot, object_slot = ("object", "") if frame.passive else ("subject", "object")
        if frame.passive and "objectNoun" in match.construction.companions:
            subject_slot = ""
        if frame.subject is not None:
            yield from _fill(parse, slots, (subject_slot, "either"), frame.subject, how, taken)
            intransitive = parse.words[frame.i].lemma not in self.arguments.grammar.transitive
            active = not frame.passive and not frame.open_voice and how in {"subject", "modified"}
            if active and frame.object is None and frame.clause is None:
                yield from _fill(parse, slots, ("object",), frame.subject, f"no-object-{how}", taken)
            if frame.open_voice or (frame.passive and intransitive):  # without vowels the reading may be wrong
                other = "subject" if frame.passive else "object"
                yield from _fill(parse, slots, (other,), frame.subject, f"other-voice-{how}", taken)
        if frame.object is None and (frame.open_voice or not frame.passive) and frame.clause is None:
            for k in frame.late[:LATE]:
                yield from _fill(parse, slots, ("object",), k, "late-object", taken)
        later = [k for k in frame.bare if k not in {frame.subject, frame.object}] if frame.object is not None else []
        if object_slot and later:
            yield from _fill(parse, slots, (object_slot,), later[0], "other-object", taken)
        if object_slot and frame.object is not None:
            yield from _fill(parse, slots, (object_slot, "either"), frame.object, frame.object_how, taken)


def _fill(
    parse: Parse, slots: Slots, keys: tuple[str, ...], k: int, how: str, taken: set[int]
) -> Iterator[Candidate]:
    """The phrase `k` for the first of the slots that the construction has, unless a companion stands in it."""
    role = next((slots[key] for key in keys if key in slots), None)
    if role is not None and not any(parse.phrases[k].start <= i < parse.phrases[k].end for i in taken):
        yield from named(parse, role, k, how)


def _before_companion(parse: Parse, match: Match, frame: Frame) -> Iterator[Candidate]:
    """«لقي شاب حتفه»: what stands before the verb's own object in one phrase with it is the subject."""
    role, i = match.construction.slots.get("subject"), match.companions.get("objectNoun", -1)
    k = parse.at[i] if i >= 0 else -1
    owned = 0 < i < len(parse.words) - 1 and parse.words[i + 1].pos == "PRON"
    if role and k >= 0 and owned and frame.i < parse.phrases[k].start < i:
        yield Candidate(role, parse.phrases[k].start, i, "before-companion", k)


def _measures(parse: Parse, frame: Frame, slots: Slots) -> Iterator[Candidate]:
    """Bare phrases with a numeral: by how much, or to what, the verb says."""
    role = slots.get("measure")
    for k in frame.bare if role else ():
        if role and has_number(parse, k):
            yield Candidate(role, parse.phrases[k].start, parse.phrases[k].end, "measure", k)
