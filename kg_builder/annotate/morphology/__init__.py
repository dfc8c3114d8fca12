"""Morphology: a database compiled from the project's lexicon, read by the camel-tools analyser, cached by word type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import NamedTuple

from kg_builder.annotate.morphology import backoff, calima
from kg_builder.annotate.morphology.analyser import WordAnalyser
from kg_builder.annotate.morphology.classes import cost_of, shapes
from kg_builder.annotate.morphology.database import database
from kg_builder.annotate.morphology.lexicon import known_names, less_likely
from kg_builder.annotate.morphology.reading import Analysis, Outline, Part, Reading, outline
from kg_builder.ontology import Ontology

__all__ = ["Analysis", "Draft", "Morphology", "Outline", "Part", "Reading"]

_DOUBTFUL = 12.0  # a word with no cheaper reading, or with verbal ones alone, may be a name that happens to look so
_NOMINAL = frozenset({"NOUN", "ADJ", "PTC"})
_OPEN = _NOMINAL | {"VERB"}
_VERBAL = frozenset({"VP", "VI", "VJ", "VC"})
HOPELESS = 9.0  # a reading that costs so much more than the best one is not tried
_SEATS = (("ئ", "ؤ"), ("ؤ", "ئ"), ("ئ", "ي"), ("أ", "ئ"), ("ء", "ئ"))


class Morphology:
    """The readings of word types. `more` is the file or the name of a database for words that the lexicon lacks."""

    def __init__(self, ontology: Ontology, more: str | None = None) -> None:
        self._analyse = WordAnalyser(database(ontology)).analyse
        self._more = calima.load(more) if more else None
        self._names = known_names(ontology)
        self._less_likely = less_likely(ontology)

    def analyses(self, word: str) -> list[Analysis]:
        """What the lexicon says of a word; when nothing, of a word that only seats a hamza differently."""
        found = self._analyse(word)
        for old, new in _SEATS if not found else ():
            if old in word:
                found = found or self._analyse(word.replace(old, new))
        return found or (self._more(word) if self._more else [])

    def merged(self, word: str) -> list[Analysis]:
        """The analyses of a word, those alike but for what spelling cannot tell made one, each with its doubts."""
        return _with_doubts(_merged_voices(_with_verbs(self.analyses(word))), self._less_likely)

    def drafts(self, word: str) -> tuple[Draft, ...]:
        """The readings of a normalised word among which context may choose, as drafts, the cheapest first.

        One for each pair of classes at the ends, none that is hopeless. Never empty for a word of Arabic letters.
        """
        return tuple(_contenders(self._drafts(word)))

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
        if known and all(draft.exit in _VERBAL or draft.cost > _DOUBTFUL for draft in found):
            cheapest = max(_DOUBTFUL, min(draft.cost for draft in found) + 5.0)
            found += _drafts(backoff.as_name(word, cheapest))
        return sorted(found, key=_COST_AND_TIE)


_COST_AND_TIE = itemgetter(0, 1)


class Draft(NamedTuple):
    """A reading before its parts are made: what it costs and the classes at its ends."""

    cost: float
    tie: str
    pos: str
    entry: str
    exit: str
    chain: str
    gender: str
    analysis: Analysis

    def outline(self) -> Outline:
        """What the parts are made of."""
        return outline(self.analysis, self.pos)

    def reading(self, word: str) -> Reading:
        """The reading with its parts."""
        made, form = self.outline().parts(word), int(self.analysis.get("form", 0))
        return Reading(made, self.entry, self.exit, self.cost, self.analysis["lex"], self.chain, form, self.gender)


def _drafts(analysis: Analysis) -> Iterator[Draft]:
    for shape in shapes(analysis):
        pos, entry, main, chain = shape[:4]
        tie = f"{analysis['lex']} {pos} {analysis.get('verb', '')} {analysis.get('form', '')} {analysis['diac']}"
        yield Draft(cost_of(analysis, shape), tie, pos, entry, main, chain, shape.gender, analysis)


def _contenders(drafts: list[Draft]) -> Iterator[Draft]:
    seen: set[tuple[str, str]] = set()
    for draft in drafts:
        ends = draft.entry, draft.exit
        if ends not in seen and draft.cost <= drafts[0].cost + HOPELESS:
            seen.add(ends)
            yield draft


def _with_verbs(analyses: list[Analysis]) -> list[Analysis]:
    """Nouns and adjectives that are spelled as a verb's masdar or participle learn what verb that is."""
    sources = {(a["lex"], a["pos"]): a for a in analyses if a.get("vform") and a["pos"] in {"NOUN", "PTC"}}
    for analysis in analyses:
        pos = "PTC" if analysis["pos"] == "ADJ" or analysis.get("kind") == "human" else analysis["pos"]
        source = sources.get((analysis["lex"], pos))
        if source and analysis["pos"] in {"NOUN", "ADJ"} and not analysis.get("vform"):
            analysis["verb"], analysis["vform"] = source["verb"], source["vform"]
    return analyses


def _name_doubt(others: set[str], whole_verb: bool) -> float:
    """How far a name is less likely than the common words it is spelled as, whose parts of speech are `others`."""
    if others <= {"ADJ", "PTC"}:
        return 1.0
    if whole_verb and others <= _OPEN:
        return 1.5
    return 2.0 if others <= _NOMINAL else 4.0


def _with_doubts(analyses: list[Analysis], less_likely: Mapping[str, frozenset[str]]) -> list[Analysis]:
    """Each analysis with what speaks against it, as a cost."""
    adjectives, nouns = ({a["lex"] for a in analyses if a["pos"] == pos} for pos in ("ADJ", "NOUN"))
    verbs = {a["lex"] for a in analyses if a["pos"] == "VERB" and a.get("mod") not in {"j", "s"}}
    persons = {a["lex"] for a in analyses if a["pos"] == "NOUN" and a.get("kind") == "human"}
    plurals = {a["lex"] for a in analyses if a.get("num") == "p" and a.get("cas") == "g"}
    whole_verb = any(a["pos"] == "VERB" and a["asp"] == "p" and not a.get("pre") for a in analyses)
    own_feminine = any(a["pos"] == "NOUN" and a["lex"].endswith("ة") and "enc" not in a for a in analyses)
    others = {a["pos"] for a in analyses if not a.keys() & {"spelling", "enc", "cas"}} - {"PROPN"}
    for analysis in analyses:
        pos, doubt = analysis["pos"], 0.0
        analysis["rival"] = "0"
        if analysis.get("spelling"):
            dear = 7.0 if analysis["spelling"] == "dotted" else 3.0  # "علي" is seldom "على"
            doubt += 0.5 if pos == "PROPN" else dear  # names are known in many spellings
        if pos == "PTC" and analysis["lex"] not in adjectives:
            doubt += 2.0 if analysis["lex"] not in nouns else 3.0  # a participle by rule alone
        if own_feminine and pos in {"ADJ", "PTC"} and analysis.get("gen") == "f":
            analysis["rival"] = "3.0"  # spelled as a noun of the lexicon
        if pos == "PROPN" and others and analysis["kind"] != "month":  # spelled as a common word
            doubt += _name_doubt(others, whole_verb)
        if pos in {"ADJ", "PTC"} and analysis["lex"] in persons:
            doubt += 2.0  # "رئيس" is rather a person than a quality
        if analysis.get("num") == "d" and analysis.get("cas") == "g" and analysis["lex"] in plurals:
            doubt += 3.0  # "المسلحين" is rather many than two
        if whole_verb and pos == "VERB" and analysis.get("pre") == "و" and analysis["asp"] == "p":
            doubt += 1.5  # "وعد" is rather one verb than "و" and "عد"
        if pos == "VERB" and verbs & less_likely.get(analysis["lex"], frozenset()):
            doubt += 4.0
        analysis["doubt"] = str(doubt)
    return analyses


def _merged_voices(analyses: list[Analysis]) -> list[Analysis]:
    """One analysis for an active and a passive that are spelled alike, its voice left open."""
    if len({(a["lex"], a["diac"], a["pos"]) for a in analyses}) == len(analyses):
        return analyses
    merged: dict[frozenset[tuple[str, str]], Analysis] = {}
    for analysis in analyses:
        voice = analysis.pop("vox", None)
        first = merged.setdefault(frozenset(analysis.items()), analysis)
        if voice is not None:
            analysis["vox"] = voice
        if first.get("vox") != voice:
            first["vox"] = "ap" if "enc" not in first else "a"
    return list(merged.values())
