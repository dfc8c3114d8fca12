"""Morphology: a database compiled from the project's lexicon, read by the camel-tools analyser, cached by word type."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from kg_builder.annotate.morphology import backoff, calima
from kg_builder.annotate.morphology.analyser import WordAnalyser
from kg_builder.annotate.morphology.classes import cost_of, shapes
from kg_builder.annotate.morphology.common import CommonWords
from kg_builder.annotate.morphology.database import known
from kg_builder.annotate.morphology.doubts import weigh
from kg_builder.annotate.morphology.drafts import Draft
from kg_builder.annotate.morphology.reading import Analysis, Part, Reading
from kg_builder.normalise import fold
from kg_builder.ontology import Ontology

__all__ = ["Analysis", "Draft", "Morphology", "Part", "Reading"]

_DOUBTFUL = 12.0  # a word with no cheaper reading, or with verbal ones alone, may be a name that happens to look so
_VERBAL = frozenset({"VP", "VI", "VJ", "VC"})
HOPELESS = 9.0  # a reading that costs so much more than the best one is not tried
_SEATS = (("ئ", "ؤ"), ("ؤ", "ئ"), ("ئ", "ي"), ("أ", "ئ"), ("ىء", "ئ"), ("ء", "ئ"))


class Morphology:
    """The readings of word types. `more` is the file or the name of a database for words that the lexicon lacks."""

    def __init__(self, ontology: Ontology, more: str | None = None) -> None:
        lexicon, self._names, self._less_likely = known(ontology)
        self._analyse = WordAnalyser(lexicon).analyse
        self._more = calima.load(more) if more else None
        self._common = CommonWords(ontology, self._known_drafts)

    def analyses(self, word: str) -> list[Analysis]:
        """What the lexicon says of a word; when nothing, and it is no name, of one with another seat of its hamza."""
        found = self._analyse(word)
        for old, new in _SEATS if not found and fold(word) not in self._names else ():
            if old in word:
                found = found or self._analyse(word.replace(old, new))
        return found or (self._more(word) if self._more else [])

    def merged(self, word: str) -> list[Analysis]:
        """The analyses of a word, those alike but for what spelling cannot tell made one, each with its doubts."""
        found = self.analyses(word)
        if len(found) > 1:
            found = _merged_voices(_with_verbs(found))
        weigh(found, self._less_likely)
        return found

    def drafts(self, word: str) -> tuple[Draft, ...]:
        """The readings of a normalised word among which context may choose, as drafts, the cheapest first.

        One for each pair of classes at the ends, none that is hopeless. Never empty for a word of Arabic letters.
        """
        return self._common.drafts(word) or tuple(_contenders(self._drafts(word)))

    def _known_drafts(self, word: str) -> tuple[Draft, ...]:
        """The same, afresh, of a word that the lexicon knows as it is spelled; none of another."""
        return tuple(_contenders(self._drafts(word))) if self._analyse(word) else ()

    def readings(self, word: str) -> tuple[Reading, ...]:
        """The readings of a normalised word among which context may choose, the cheapest first."""
        return tuple(draft.reading(word) for draft in self.drafts(word))

    def all_readings(self, word: str) -> tuple[Reading, ...]:
        """Every reading of a normalised word, the cheapest first."""
        best: dict[tuple[object, ...], Reading] = {}
        for reading in (draft.reading(word) for draft in self._drafts(word)):
            best.setdefault((reading.parts, reading.exit), reading)
        return tuple(best.values())

    def _drafts(self, word: str) -> list[Draft]:
        known = self.merged(word)
        found = [draft for analysis in known or backoff.guesses(word, self._names) for draft in _drafts(analysis)]
        if known and all(draft.shape.exit in _VERBAL or draft.cost > _DOUBTFUL for draft in found):
            cheapest = max(_DOUBTFUL, min(draft.cost for draft in found) + 5.0)
            found += _drafts(backoff.as_name(word, cheapest))
        found.sort(key=_COST)
        if len({draft.cost for draft in found}) < len(found):
            found.sort(key=Draft.rank)
        return found


_COST = itemgetter(0)


def _drafts(analysis: Analysis) -> list[Draft]:
    return [Draft(cost_of(analysis, shape), shape, analysis) for shape in shapes(analysis)]


def _contenders(drafts: list[Draft]) -> Iterator[Draft]:
    seen: set[tuple[str, str]] = set()
    for draft in drafts:
        ends = draft.shape.entry, draft.shape.exit
        if ends not in seen and draft.cost <= drafts[0].cost + HOPELESS:
            seen.add(ends)
            yield draft


def _with_verbs(analyses: list[Analysis]) -> list[Analysis]:
    """Nouns and adjectives that are spelled as a verb's masdar or participle learn what verb that is."""
    sources = {(a.lex, a.features.pos): a for a in analyses if a.features.vform and a.features.pos in {"NOUN", "PTC"}}
    for analysis in analyses if sources else ():
        features = analysis.features
        if features.pos in {"NOUN", "ADJ"} and not features.vform:
            pos = "PTC" if features.pos == "ADJ" or features.kind == "human" else features.pos
            source = sources.get((analysis.lex, pos))
            if source:
                analysis.verb = source.verb
                analysis.features = features.having("vform", source.features.vform)
    return analyses


def _merged_voices(analyses: list[Analysis]) -> list[Analysis]:
    """One analysis for an active and a passive that are spelled alike, its voice left open."""
    if len({(a.lex, a.diac, a.features.pos) for a in analyses}) == len(analyses):
        return analyses
    merged: dict[tuple[object, ...], Analysis] = {}
    for analysis in analyses:
        features = analysis.features
        alike = features.having("vox", ""), analysis.lex, analysis.diac, analysis.verb, analysis.spelling, analysis.cost
        first = merged.setdefault(alike, analysis)
        if first.features.vox != features.vox:
            first.features = first.features.having("vox", "a" if first.features.enc else "ap")
    return list(merged.values())
