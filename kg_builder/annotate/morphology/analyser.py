"""The analyser of Arabic words over the tables of a morphological database.

camel-tools reads the database; its own `Analyzer.analyze` sorts out digits, punctuation and foreign words and rewrites
diacritics, which costs most of its time. Here only words of plain Arabic letters arrive, and how a prefix, a stem and
a suffix go together is worked out once for all stems of one kind. No pronoun is read into a final ة; else the analyses
are the same: a test holds them against camel-tools'.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from kg_builder.annotate.morphology.almor import key
from kg_builder.annotate.morphology.features import Features, features, unpacked
from kg_builder.annotate.morphology.reading import Analysis

Affix = tuple[str, str, str]  # class, features, spelling
Stem = tuple[str, str, str, str, str]  # class, features, verb, lemma, spelling
Pair = tuple[int, str, str, str, str]  # the prefix' place among those spelled so, both affixes' features and spelling
_NONE: frozenset[str] = frozenset()


def _place(found: tuple[Pair, Stem]) -> int:
    return found[0][0]


class Tables(NamedTuple):
    """A database as plain data: what is spelled so, and for each class what may stand behind it."""

    prefixes: dict[str, tuple[Affix, ...]]
    stems: dict[str, tuple[Stem, ...]]
    suffixes: dict[str, tuple[Affix, ...]]
    stems_of_prefix: dict[str, frozenset[str]]
    suffixes_of_stem: dict[str, frozenset[str]]
    suffixes_of_prefix: dict[str, frozenset[str]]


def tables(database: Any) -> Tables:
    """The tables of camel-tools' `MorphologyDB`. Equal strings are one."""
    share = _Shared().__getitem__
    classes = (database.prefix_stem_compat, database.stem_suffix_compat, database.prefix_suffix_compat)
    return Tables(
        {form: tuple(_affix(share, *entry) for entry in found) for form, found in database.prefix_hash.items()},
        {form: tuple(_stem(share, *entry) for entry in found) for form, found in database.stem_hash.items()},
        {form: tuple(_affix(share, *entry) for entry in found) for form, found in database.suffix_hash.items()},
        *({share(name): frozenset(map(share, names)) for name, names in pairs.items()} for pairs in classes),
    )


class _Shared(dict[str, str]):
    def __missing__(self, text: str) -> str:
        self[text] = text
        return text


def _affix(share: Callable[[str], str], name: str, entry: dict[str, str]) -> Affix:
    return share(name), share(entry["bw"]), share(entry["diac"])


def _stem(share: Callable[[str], str], name: str, entry: dict[str, str]) -> Stem:
    head, _, rest = entry["bw"].partition(";verb=")
    verb, _, tail = rest.partition(";")
    return share(name), share(f"{head};{tail}"), share(verb), share(entry["lex"]), share(entry["diac"])


class WordAnalyser:
    """Cuts a word into prefix, stem and suffix in every way that the tables allow."""

    def __init__(self, known: Tables) -> None:
        self._known = known
        self._openings = {prefix[:size] for prefix in known.prefixes for size in range(len(prefix) + 1)}
        self._closings = {suffix[at:] for suffix in known.suffixes for at in range(len(suffix) + 1)}
        self._around = lru_cache(maxsize=100_000)(self._pairs)

    def analyse(self, word: str) -> list[Analysis]:
        """Every analysis of a word of plain Arabic letters; empty when the lexicon does not know it."""
        found: list[Analysis] = []
        for prefix, stems, suffix in self._cuts(key(word)):
            here = [(pair, stem) for stem in stems for pair in self._around(prefix, stem[0], suffix)]
            if len(here) > 1:
                here.sort(key=_place)
            for pair, stem in here:
                found.append(_joined(word, pair, stem))
        if word[-1] == "ة":  # looked up as ه, but never written for the pronoun
            return [analysis for analysis in found if not analysis.features.enc]
        return found

    def _cuts(self, form: str) -> Iterator[tuple[str, tuple[Stem, ...], str]]:
        size, known = len(form), self._known
        stems_of = known.stems.get
        ends = [end for end in self._ends(form) if form[end:] in known.suffixes]
        for start in range(size):
            prefix = form[:start]
            if prefix in known.prefixes:
                for end in ends:
                    stems = stems_of(form[start:end]) if start < end else None
                    if stems:
                        yield prefix, stems, form[end:]
            elif prefix not in self._openings:
                return

    def _ends(self, form: str) -> Iterator[int]:
        """Where a suffix may begin, from behind the word on."""
        for end in range(len(form), 0, -1):
            yield end
            if form[end - 1 :] not in self._closings:
                return

    def _pairs(self, prefix: str, stem_class: str, suffix: str) -> tuple[Pair, ...]:
        """The prefixes and suffixes that are spelled so and may stand together around a stem of this class."""
        known = self._known
        after = known.suffixes_of_stem.get(stem_class, _NONE)
        return tuple(
            (place, before, spelled, behind, ending)
            for place, (prefix_class, before, spelled) in enumerate(known.prefixes[prefix])
            if stem_class in known.stems_of_prefix.get(prefix_class, _NONE)
            for suffix_class, behind, ending in known.suffixes[suffix]
            if suffix_class in after and suffix_class in known.suffixes_of_prefix.get(prefix_class, _NONE)
        )


def _joined(word: str, pair: Pair, stem: Stem) -> Analysis:
    _, before, prefix, behind, suffix = pair
    _, packed, verb, lemma, diac = stem
    spelled = prefix + diac + suffix
    spelling = ""
    if spelled != word:
        spelling = "dotted" if word[-1] == "ي" and spelled[-1] == "ى" else "variant"
    return Analysis(_inflected(before, packed, behind), lemma, spelled, verb, spelling)


@lru_cache(maxsize=50_000)
def _inflected(before: str, stem: str, behind: str) -> Features:
    return features({**unpacked(before), **unpacked(stem), **unpacked(behind)})
