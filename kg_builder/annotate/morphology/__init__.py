"""Morphology: a database compiled from the project's lexicon, read by the camel-tools analyser, cached by word type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg_builder.annotate.morphology import backoff
from kg_builder.annotate.morphology.classes import class_of, cost_of, entry_of, upos
from kg_builder.annotate.morphology.database import analyser
from kg_builder.annotate.morphology.lexicon import known_names, less_likely
from kg_builder.annotate.morphology.reading import Analysis, Part, Reading, parts, unpack
from kg_builder.ontology import Ontology

__all__ = ["Analysis", "Morphology", "Part", "Reading"]

_SEATS = (("ئ", "ؤ"), ("ؤ", "ئ"), ("ئ", "ي"), ("أ", "ئ"), ("ء", "ئ"))


class Morphology:
    """The readings of word types. `readings(word)` takes a normalised word and is cached by the caller's dictionary."""

    def __init__(self, ontology: Ontology) -> None:
        self._analyser: Any = analyser(ontology)
        self._names = known_names(ontology)
        self._less_likely = less_likely(ontology)

    def analyses(self, word: str) -> list[Analysis]:
        """What the lexicon says of a word; when nothing, of a word that only seats a hamza differently."""
        found = self._analyser.analyze(word)
        for old, new in _SEATS if not found else ():
            if old in word:
                found = found or self._analyser.analyze(word.replace(old, new))
        return [unpack(analysis) for analysis in found]

    def merged(self, word: str) -> list[Analysis]:
        """The analyses of a word, those alike but for what spelling cannot tell made one."""
        return _with_doubts(_merged_voices(_with_verbs(self.analyses(word))), self._less_likely)

    def readings(self, word: str) -> tuple[Reading, ...]:
        """Every reading of a normalised word, the cheapest first. Never empty for an Arabic word."""
        known = self.merged(word)
        found = [reading for analysis in known or backoff.guesses(word, self._names) for reading in _readings(word, analysis)]
        best: dict[tuple[object, ...], Reading] = {}
        for reading in sorted(found, key=lambda r: (r.cost, r)):
            best.setdefault((reading.parts, reading.exit), reading)
        return tuple(best.values())


def _with_verbs(analyses: list[Analysis]) -> list[Analysis]:
    """Nouns and adjectives that are spelled as a verb's masdar or participle learn what verb that is."""
    sources = {(a["lex"], a["pos"]): a for a in analyses if a.get("vform") and a["pos"] in {"NOUN", "PTC"}}
    for analysis in analyses:
        pos = "PTC" if analysis["pos"] == "ADJ" or analysis.get("kind") == "human" else analysis["pos"]
        source = sources.get((analysis["lex"], pos))
        if source and analysis["pos"] in {"NOUN", "ADJ"} and not analysis.get("vform"):
            analysis["verb"], analysis["vform"] = source["verb"], source["vform"]
    return analyses


def _with_doubts(analyses: list[Analysis], less_likely: Mapping[str, frozenset[str]]) -> list[Analysis]:
    """Each analysis with what speaks against it, as a cost."""
    listed = {a["lex"] for a in analyses if a["pos"] in {"NOUN", "ADJ"}}
    verbs = {a["lex"] for a in analyses if a["pos"] == "VERB"}
    own_feminine = any(a["pos"] == "NOUN" and a["lex"].endswith("ة") and "enc" not in a for a in analyses)
    others = {a["pos"] for a in analyses if not a.keys() & {"spelling", "enc", "cas"}} - {"PROPN"}
    for analysis in analyses:
        pos, doubt = analysis["pos"], 3.0 if analysis.get("spelling") else 0.0
        if pos == "PTC" and analysis["lex"] not in listed:
            doubt += 2.0  # a participle by rule alone
        if own_feminine and pos in {"ADJ", "PTC"} and analysis.get("gen") == "f":
            doubt += 4.0  # spelled as a noun of the lexicon
        if pos == "PROPN" and others:
            doubt += 2.0 if others <= {"NOUN", "ADJ", "PTC"} else 4.0  # spelled as a common word
        if pos == "VERB" and verbs & less_likely.get(analysis["lex"], frozenset()):
            doubt += 4.0
        analysis["doubt"] = str(doubt)
    return analyses


def _merged_voices(analyses: list[Analysis]) -> list[Analysis]:
    """One analysis for an active and a passive that are spelled alike, its voice left open."""
    merged: dict[tuple[tuple[str, str], ...], Analysis] = {}
    for analysis in analyses:
        key = tuple(sorted((k, v) for k, v in analysis.items() if k != "vox"))
        first = merged.setdefault(key, analysis)
        if first.get("vox") != analysis.get("vox"):
            first["vox"] = "ap" if "enc" not in first else "a"
    return list(merged.values())


def _readings(word: str, analysis: Analysis) -> list[Reading]:
    found = []
    for pos in upos(analysis):
        main = class_of(analysis, pos)
        entry, chain = entry_of(analysis, main)
        cost = cost_of(analysis, pos, main)
        found.append(Reading(parts(word, analysis, pos), entry, main, cost, analysis["lex"], chain, int(analysis.get("form", 0))))
    return found
