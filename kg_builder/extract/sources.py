"""Who the text names as the source of what it reports: «قال X إن», «بحسب X», «نقلا عن X», «…، قال X»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg_builder.extract.candidate import Candidate
from kg_builder.extract.grammar import SORT_GROUPS, Grammar
from kg_builder.extract.openings import OPENING, quoted_end
from kg_builder.extract.parse import COMMAS, HARD, Frame, Parse
from kg_builder.extract.scope import Level
from kg_builder.extract.words import Word

ROLE = "attributedTo"
TIES = 3
"""How many phrases after a source may tell whose it is."""
SPEECH = frozenset({"say", "claim", "deny", "confirm"})


@dataclass(frozen=True, slots=True)
class SourceFinder:
    """Lists the sources that stand over a trigger, nearest first."""

    grammar: Grammar

    def __call__(self, parse: Parse, trigger: int, levels: Sequence[Level]) -> list[Candidate]:
        found = [*self._speech(parse, trigger, levels), *self._phrases(parse, trigger), *self._quoted(parse, trigger)]
        seen: dict[tuple[int, int], Candidate] = {}
        for candidate in found:
            seen.setdefault((candidate.start, candidate.end), candidate)
        return list(seen.values())

    def _speech(self, parse: Parse, trigger: int, levels: Sequence[Level]) -> Iterator[Candidate]:
        """The subjects of verbs of saying whose clause holds the trigger, and of one that closes a quotation."""
        over = {level.i for level in levels[1:]}
        frames = [f for f in parse.frames.values() if self._says(parse, f)]
        for frame in sorted(frames, key=lambda f: abs(f.i - trigger)):
            speaker = frame.subject if frame.subject is not None else _speaker(parse, frame)
            if speaker is None or frame.i == trigger:
                continue
            chained = frame.i in over or (frame.subject is None and trigger in _second(parse, frame))
            how = "say-chain" if chained else self._standing(parse, frame, trigger)
            if how:
                far = abs(frame.i - trigger)
                ties = _path(parse, frame, levels)
                for conjunct in parse.conjuncts(speaker):
                    phrase = parse.phrases[conjunct]
                    yield Candidate(ROLE, phrase.start, phrase.end, how, conjunct, far, ties)
                if how in {"say-chain", "say-clause"}:
                    yield from self._tied(parse, speaker, how, far)

    def _tied(self, parse: Parse, k: int, how: str, far: int) -> Iterator[Candidate]:
        """Who stands behind a source right after it: «بيان للوزارة», «مراسل القناة», «النائب عن الكتلة فلان»."""
        start, end = parse.phrases[k].start, parse.phrases[k].end
        quoted = _closing_quote(parse, end)
        if quoted:
            yield Candidate(ROLE, start, quoted, f"{how}-of:quoted", k, far)
        if any(w.ent for w in parse.words[start:end]):
            return
        for n in range(k + 1, min(k + 1 + TIES, len(parse.phrases))):
            phrase = parse.phrases[n]
            gap = parse.words[end:phrase.begin]
            named = not phrase.prep and parse.words[phrase.start].ent == "PERSON"
            stops = {"CCONJ"} if named and gap and gap[0].norm in COMMAS else {"PUNCT", "CCONJ"}
            if phrase.pron or len(gap) > 1 or any(w.pos in stops for w in gap):
                return
            if self.grammar.sort_of(parse.words[phrase.head]) in SORT_GROUPS:
                yield Candidate(ROLE, phrase.start, phrase.end, f"{how}-of:{phrase.prep}", n, far)
            if not phrase.prep:
                return
            end = phrase.end

    def _quoted(self, parse: Parse, trigger: int) -> Iterator[Candidate]:
        """«نقلت الوكالة عن X قوله …»: who is quoted."""
        tied = self.grammar.uses("complement")
        for k, phrase in enumerate(parse.phrases[:-1]):
            after = parse.phrases[k + 1]
            said = parse.words[after.start]
            his = after.end == after.start + 2 and parse.words[after.start + 1].pos == "PRON" and not after.prep
            if his and phrase.prep in tied and said.masdar and self._is_speech(said) and said.i < trigger:
                yield Candidate(ROLE, phrase.start, phrase.end, "say-quoted", k, abs(said.i - trigger))

    def _says(self, parse: Parse, frame: Frame) -> bool:
        return self._is_speech(parse.words[frame.i]) or self._issues(parse, frame)

    def _is_speech(self, word: Word) -> bool:
        return not SPEECH.isdisjoint(self.grammar.classes_of(word))

    def _issues(self, parse: Parse, frame: Frame) -> bool:
        """«أصدرت الوزارة بيانا»: a light verb whose object is a text."""
        light = frame.object is not None and "light" in self.grammar.classes_of(parse.words[frame.i])
        return light and self.grammar.sort_of(parse.head(frame.object or 0)) == "Text"

    @staticmethod
    def _standing(parse: Parse, frame: Frame, trigger: int) -> str:
        """How a verb of saying stands to what it may report: its clause holds it; it comes before it, or after it."""
        if frame.clause is not None:
            return "say-clause" if frame.clause[0] <= trigger < frame.clause[1] else ""
        if frame.i > trigger:
            return "say-after"
        return "" if any(w.norm in HARD for w in parse.words[frame.i:trigger]) else "say-before"

    def _phrases(self, parse: Parse, trigger: int) -> Iterator[Candidate]:
        """The phrases of source prepositions; after «ما» the subject of the verb that follows («وفق ما أفاد X»)."""
        for k, phrase in enumerate(parse.phrases):
            if self.grammar.functions.get(phrase.prep) == "source" and not phrase.pron:
                far = abs(phrase.start - trigger)
                yield Candidate(ROLE, phrase.start, phrase.end, f"source:{phrase.prep}", k, far)
                yield from self._tied(parse, k, "source", far)
        for i, (length, preposition) in parse.compounds.items():
            if self.grammar.functions.get(preposition) == "source":
                yield from self._free_relative(parse, i + length, trigger)

    @staticmethod
    def _free_relative(parse: Parse, start: int, trigger: int) -> Iterator[Candidate]:
        for i in range(start, min(start + 4, len(parse.words))):
            frame = parse.frames.get(i)
            if frame is not None and frame.bare:
                phrase = parse.phrases[frame.bare[0]]
                yield Candidate(ROLE, phrase.start, phrase.end, "source:clause", frame.bare[0], abs(i - trigger))
                return


def _speaker(parse: Parse, frame: Frame) -> int | None:
    """Who speaks where nothing agrees with the verb: what stands right behind it, before the object or the clause."""
    if not frame.bare or not parse.words[frame.i].is_verb:
        return None
    first = frame.bare[0]
    if parse.phrases[first].pron or parse.phrases[first].begin != frame.i + 1:
        return None
    two = len(frame.bare) > 1 and (parse.head(frame.bare[1]).masdar or not parse.head(first).masdar)
    said = bool(frame.preps) or frame.clause is not None
    return first if two or (said and not parse.head(first).masdar) else None


def _second(parse: Parse, frame: Frame) -> range:
    """The words of the second bare phrase of a predicate: what is said, where the first speaks."""
    phrase = parse.phrases[frame.bare[1]] if len(frame.bare) > 1 else None
    return range(phrase.start, phrase.end) if phrase else range(0)


def _closing_quote(parse: Parse, i: int) -> int:
    """The end of a name in quotes at word `i` («مراسل "صوت الجبل"»), 0 where there is none."""
    return quoted_end(parse.words, i) if i < len(parse.words) and parse.words[i].norm in OPENING else 0


def _path(parse: Parse, frame: Frame, levels: Sequence[Level]) -> tuple[str, ...]:
    """By which ways one comes from the trigger to the verb of saying: what is told at its side is not what it says."""
    depth = next((d for d, level in enumerate(levels) if level.i == frame.i), 0)
    way = levels[1:depth + 1] if depth else levels[1:]
    frames = [parse.frames[level.i] for level in levels[:depth or None] if level.i in parse.frames]
    relations = [level.relation for level in way]
    found = [f"depth:{depth}:{len(levels)}", f"way:{'>'.join(r.split(':')[0] for r in relations)}",
             f"first:{relations[0] if relations else '-'}", f"relative:{sum(f.relative for f in frames)}"]
    return (*found, *[f"through:{r}" for r in relations], f"verb:{parse.words[frame.i].lemma}")
