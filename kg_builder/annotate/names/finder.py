"""The names of a whole document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kg_builder.annotate.names.lexicon import Known, NameLexicon, load_lexicon
from kg_builder.annotate.names.rules import find_by_rules
from kg_builder.annotate.names.tagger import Name, Tagger
from kg_builder.annotate.names.weights import Weights
from kg_builder.normalise import fold
from kg_builder.ontology import Ontology

WEIGHTS = Path(__file__).parent.parent.parent / "learn" / "weights" / "names.npz"
# Classes of words that mean something besides a name: such a word alone is not taken for a person met before.
_ORDINARY = frozenset({"noun", "adjective", "verb", "nation", "country", "region", "city", "unit", "month", "weekday"})
_SHORTEST_FAMILY = 4
_TITLES = frozenset({"office", "honorific", "rank", "profession"})
_LONGEST_TITLE = 4


class NameFinder:
    """Finds names over the words of an annotated document."""

    def __init__(self, lexicon: NameLexicon, weights: Weights | None) -> None:
        self.lexicon = lexicon
        self._tagger = Tagger(weights, lexicon) if weights else None

    def __call__(self, words: Sequence[tuple[str, str, str]], starts: Sequence[int] = (0,)) -> list[Name]:
        """Names as (first word, word after the last, PERSON | ORG | PLACE), in order and without overlap.

        `words` are the document's syntactic words, clitics apart, as (clean form, lemma, part of speech); `starts` the
        indices of the words that begin a sentence.
        """
        if self._tagger is None:
            return find_by_rules(words, self.lexicon, starts)
        breaks = {*starts}
        names = joined(self._tagger(words, starts), lambda i: i in breaks or self._opens_title(words, i))
        return sorted([*names, *self._again(words, names)])

    def about(self, name: str) -> Known | None:
        """What the gazetteer says of a place with that name: its kind and country."""
        return self.lexicon.places.get(fold(name))

    def _again(self, words: Sequence[tuple[str, str, str]], names: Sequence[Name]) -> list[Name]:
        """Families of persons named in full somewhere in the document, where they stand alone unrecognised."""
        families = {words[end - 1][0] for start, end, label in names if label == "PERSON" and end - start > 1}
        families = {f for f in families if self._is_telling(f)}
        if not families:
            return []
        taken = {i for start, end, _ in names for i in range(start, end)}
        return [(i, i + 1, "PERSON") for i, w in enumerate(words) if w[0] in families and i not in taken]

    def _opens_title(self, words: Sequence[tuple[str, str, str]], start: int) -> bool:
        folded = [fold(word[0]) for word in words[start : start + _LONGEST_TITLE]]
        known = self.lexicon.longest(folded, 0)
        return (known is not None and known[1] in _TITLES) or not _TITLES.isdisjoint(self.lexicon.of(folded[0]))

    def _is_telling(self, family: str) -> bool:
        ordinary = any(c.rstrip("+") in _ORDINARY for c in self.lexicon.of(fold(family)))
        return len(family) >= _SHORTEST_FAMILY and not ordinary


def joined(names: Sequence[Name], apart: Callable[[int], bool]) -> list[Name]:
    """Persons with nothing between them made one: two would be parted by «و» or a comma.

    `apart` tells whether something new begins at a word.
    """
    found: list[Name] = []
    for start, end, label in names:
        if label == "PERSON" and found and found[-1][1:] == (start, label) and not apart(start):
            start = found.pop()[0]
        found.append((start, end, label))
    return found


def load(ontology: Ontology) -> NameFinder:
    """The finder of an ontology's word lists and the bundled weights; by rules alone when there are no weights."""
    weights = Weights.load(WEIGHTS) if WEIGHTS.is_file() else None
    return NameFinder(load_lexicon(ontology), weights)
