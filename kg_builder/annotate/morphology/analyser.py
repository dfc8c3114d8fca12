"""The analyser of Arabic words over a `MorphologyDB`.

camel-tools' own `Analyzer.analyze` sorts out digits, punctuation and foreign words and rewrites diacritics, which
costs most of its time; here only words of plain Arabic letters arrive. No pronoun is read into a final ة; else the
analyses are the same: a test holds them against its.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg_builder.annotate.morphology.almor import key
from kg_builder.annotate.morphology.reading import Analysis, features_of

Entry = tuple[str, dict[str, str]]


class _Allowed(dict[tuple[str, str], frozenset[str]]):
    """(prefix class, stem class) → the suffix classes that may follow; none when the two do not go together."""

    def __init__(self, database: Any) -> None:
        super().__init__()
        self._database = database

    def __missing__(self, pair: tuple[str, str]) -> frozenset[str]:
        prefix, stem = pair
        found: frozenset[str] = frozenset()
        if stem in self._database.prefix_stem_compat[prefix]:
            found = frozenset(self._database.stem_suffix_compat[stem] & self._database.prefix_suffix_compat[prefix])
        self[pair] = found
        return found


class WordAnalyser:
    """Cuts a word into prefix, stem and suffix in every way that the database's three tables allow."""

    def __init__(self, database: Any) -> None:
        self._prefixes: dict[str, list[Entry]] = database.prefix_hash
        self._stems: dict[str, list[Entry]] = database.stem_hash
        self._suffixes: dict[str, list[Entry]] = database.suffix_hash
        self._allowed = _Allowed(database)
        self._longest_prefix: int = database.max_prefix_size
        self._longest_suffix: int = database.max_suffix_size

    def analyse(self, word: str) -> list[Analysis]:
        """Every analysis of a word of plain Arabic letters; empty when the lexicon does not know it."""
        form = key(word)
        found = []
        for prefixes, stems, suffixes in self._cuts(form):
            for prefix_class, prefix in prefixes:
                for stem_class, stem in stems:
                    allowed = self._allowed[prefix_class, stem_class]
                    if allowed:
                        found += [
                            _joined(word, prefix, stem, s) for suffix_class, s in suffixes if suffix_class in allowed
                        ]
        if word[-1] == "ة":  # looked up as ه, but never written for the pronoun
            return [analysis for analysis in found if "enc" not in analysis]
        return found

    def _cuts(self, form: str) -> Iterator[tuple[list[Entry], list[Entry], list[Entry]]]:
        size = len(form)
        ends = [
            (size - n, entries)
            for n in range(min(self._longest_suffix, size - 1) + 1)
            if (entries := self._suffixes.get(form[size - n :]))
        ]
        for start in range(min(self._longest_prefix, size - 1) + 1):
            prefixes = self._prefixes.get(form[:start])
            for end, suffixes in ends if prefixes else ():
                stems = self._stems.get(form[start:end]) if start < end else None
                if prefixes and stems:
                    yield prefixes, stems, suffixes


def _joined(word: str, prefix: dict[str, str], stem: dict[str, str], suffix: dict[str, str]) -> Analysis:
    found = {**features_of(prefix["bw"]), **features_of(stem["bw"]), **features_of(suffix["bw"])}
    found["lex"] = stem["lex"]
    found["diac"] = spelled = prefix["diac"] + stem["diac"] + suffix["diac"]
    if spelled != word:
        found["spelling"] = "dotted" if word[-1] == "ي" and spelled[-1] == "ى" else "variant"
    return found
