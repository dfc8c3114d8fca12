"""What speaks against an analysis of a word beside the others, as a cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg_builder.annotate.morphology.reading import Analysis

LessLikely = Mapping[str, frozenset[str]]
"""Verb → verbs that are far likelier where both are spelled alike."""

_NOMINAL = frozenset({"NOUN", "ADJ", "PTC"})
_OPEN = _NOMINAL | {"VERB"}


def weigh(analyses: Sequence[Analysis], less_likely: LessLikely) -> None:
    """Set the doubt and the rival of each."""
    among = _Company(analyses)
    for analysis in analyses:
        analysis.doubt = among.doubt(analysis, less_likely)
        pos = analysis.features.pos
        if among.own_feminine and pos in {"ADJ", "PTC"} and analysis.features.gen == "f":
            analysis.rival = 3.0  # spelled as a noun of the lexicon


class _Company:
    """What a word may be: lemmas by what they are, and the parts of speech of which it needs no ending to be one."""

    def __init__(self, analyses: Sequence[Analysis]) -> None:
        self.adjectives, self.nouns, self.verbs = set[str](), set[str](), set[str]()
        self.persons, self.plurals, self.others = set[str](), set[str](), set[str]()
        self.whole_verb = self.own_feminine = False
        for analysis in analyses:
            self._add(analysis)

    def _add(self, analysis: Analysis) -> None:
        features, lemma = analysis.features, analysis.lex
        pos = features.pos
        if pos == "NOUN":
            self.nouns.add(lemma)
            if features.kind == "human":
                self.persons.add(lemma)
            if lemma[-1] == "ة" and not features.enc:
                self.own_feminine = True
        elif pos == "ADJ":
            self.adjectives.add(lemma)
        elif pos == "VERB":
            if features.mod not in {"j", "s"}:
                self.verbs.add(lemma)
            if features.asp == "p" and not features.pre:
                self.whole_verb = True
        if features.num == "p" and features.cas == "g":
            self.plurals.add(lemma)
        if pos != "PROPN" and not (analysis.spelling or features.enc or features.cas):
            self.others.add(pos)

    def doubt(self, analysis: Analysis, less_likely: LessLikely) -> float:
        """What speaks against one of the analyses."""
        features, lemma, doubt = analysis.features, analysis.lex, 0.0
        pos = features.pos
        if analysis.spelling:
            dear = 7.0 if analysis.spelling == "dotted" else 3.0  # "علي" is seldom "على"
            doubt += 0.5 if pos == "PROPN" else dear  # names are known in many spellings
        if pos == "PTC" and lemma not in self.adjectives:
            doubt += 2.0 if lemma not in self.nouns else 3.0  # a participle by rule alone
        if pos == "PROPN" and self.others and features.kind != "month":  # spelled as a common word
            doubt += self._name_doubt()
        if pos in {"ADJ", "PTC"} and lemma in self.persons:
            doubt += 2.0  # "رئيس" is rather a person than a quality
        if features.num == "d" and features.cas == "g" and lemma in self.plurals:
            doubt += 3.0  # "المسلحين" is rather many than two
        if pos == "VERB":
            if self.whole_verb and features.pre == "و" and features.asp == "p":
                doubt += 1.5  # "وعد" is rather one verb than "و" and "عد"
            if lemma in less_likely and self.verbs & less_likely[lemma]:
                doubt += 4.0
        return doubt

    def _name_doubt(self) -> float:
        """How far a name is less likely than the common words it is spelled as."""
        if self.others <= {"ADJ", "PTC"}:
            return 1.0
        if self.whole_verb and self.others <= _OPEN:
            return 1.5
        return 2.0 if self.others <= _NOMINAL else 4.0
