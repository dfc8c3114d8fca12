"""Verbs and predicate participles with their arguments: subject on either side, object, phrases, complement."""

from __future__ import annotations

from collections.abc import Sequence

from kg_builder.extract.chunker import Chunker
from kg_builder.extract.grammar import Grammar
from kg_builder.extract.parse import COMMAS, HARD, Frame, Parse, Phrase
from kg_builder.extract.scan import Scan
from kg_builder.extract.subjects import Subjects
from kg_builder.extract.words import Word

CLAUSAL = frozenset({"say", "claim", "confirm", "deny", "know", "want", "must", "modal-possible", "refuse"})
"""Classes of verbs that take a clause as complement."""


class Parser:
    """Makes the `Parse` of a sentence: chunks first, then one frame for each predicate, from left to right."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.chunk = Chunker(grammar)
        self.scan = Scan(grammar)
        self.subjects = Subjects(grammar)

    def __call__(self, words: Sequence[Word]) -> Parse:
        phrases = self.chunk(words)
        at = _phrase_of_each(words, phrases)
        parse = Parse(words, phrases, at, {}, self._borders(words, at), self._compounds(words))
        for i, word in enumerate(words):
            if at[i] >= 0 and i < phrases[at[i]].start:
                continue
            office = at[i] >= 0 and phrases[at[i]].head == i and word.lemma in self.grammar.titles
            if word.is_verb or (word.participle and word.verb_lemma and not office):
                parse.frames[i] = self._frame(parse, i)
        self._return_clauses(parse)
        return parse

    def _return_clauses(self, parse: Parse) -> None:
        """«قال البيان الذي صدر الجمعة إن …»: the clause after a relative or an aside is that of the verb of saying."""
        waiting: list[Frame] = []
        for frame in parse.frames.values():
            if frame.clause is None:
                waiting += [frame] if self.scan.says(parse, frame) else []
            elif waiting and self._interrupts(parse, frame):
                before = parse.words[waiting[-1].i:frame.clause[0]]
                if not any(w.norm in HARD for w in before):
                    waiting[-1].clause, frame.clause = frame.clause, None

    def _interrupts(self, parse: Parse, frame: Frame) -> bool:
        """Whether a frame with a clause takes none by its meaning, or stands between commas before that clause."""
        word, start = parse.words[frame.i], frame.clause[0] - 1 if frame.clause else 0
        if CLAUSAL.isdisjoint(self.grammar.classes_of(word)):
            return frame.relative or frame.antecedent is not None
        return (0 < frame.i < start and parse.words[frame.i - 1].norm in COMMAS
                and parse.words[start - 1].norm in COMMAS and parse.words[start].norm in self.grammar.complementizers)

    def _borders(self, words: Sequence[Word], at: Sequence[int]) -> frozenset[int]:
        boundary = self.grammar.boundaries.match
        return frozenset(i for i, w in enumerate(words) if at[i] < 0 and w.pos != "ADP" and boundary(words, i))

    def _compounds(self, words: Sequence[Word]) -> dict[int, tuple[int, str]]:
        found = ((i, self.grammar.prepositions.match(words, i)) for i in range(len(words)))
        return {i: preposition for i, preposition in found if preposition}

    def _frame(self, parse: Parse, i: int) -> Frame:
        word = parse.words[i]
        frame = Frame(i, passive=word.feats.get("Voice") == "Pass")
        self.scan(parse, frame)
        if word.is_verb:
            self.subjects.of_verb(parse, frame)
            self._voice(frame, word)
        else:
            self.subjects.of_participle(parse, frame)
        return frame

    def _voice(self, frame: Frame, word: Word) -> None:
        """A transitive verb that may be passive, with neither object nor complement clause, most likely is."""
        if word.feats.get("Voice") != "Act,Pass" or frame.object is not None:
            return
        frame.open_voice = True
        frame.passive = word.lemma in self.grammar.transitive and frame.clause is None


def _phrase_of_each(words: Sequence[Word], phrases: Sequence[Phrase]) -> list[int]:
    """For each word the index of the phrase that holds it, its bound included; -1 outside phrases."""
    at = [-1] * len(words)
    for k, phrase in enumerate(phrases):
        first = phrase.lead if phrase.lead >= 0 else phrase.start
        at[first:phrase.end] = [k] * (phrase.end - first)
    return at
