"""What resolution asks of the word lists: titles, offices, nouns of people, bodies and places, and back-references."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kg_builder.normalise import MARKS, fold
from kg_builder.ontology import Ontology, WordEntry

_WORD = re.compile(f"[^\\W_](?:[^\\W_]|[{MARKS}])*")
_VOWELS = re.compile("[اويء]")
_LONG = 6
_AREAS = ("Country", "Region", "City")
_LONGEST_COUNTRY = 4


@lru_cache(maxsize=65536)
def split(phrase: str) -> tuple[str, ...]:
    """The folded words of a phrase, without quotes and other signs."""
    return tuple(fold(found.group()) for found in _WORD.finditer(phrase))


def surface(phrase: str, start: int, end: int) -> str:
    """The stretch of a phrase from its word number `start` up to `end`, as written."""
    places = [found.span() for found in _WORD.finditer(phrase)]
    return phrase[places[start][0] : places[end - 1][1]]


def bare(word: str) -> str:
    """A folded word without the article."""
    return word[2:] if len(word) > 3 and word.startswith("ال") else word


def loose(word: str) -> str:
    """A folded word without article; a long one without the letters in which transliterations differ."""
    root = bare(word)
    return root[0] + _VOWELS.sub("", root[1:]) if len(root) >= _LONG else root


def is_definite(word: str) -> bool:
    """Whether a folded word has the article."""
    return len(word) > 3 and word.startswith("ال")


def is_gentilic(word: str) -> bool:
    """Whether a folded word has the shape of a definite relative adjective, such as that of a nation."""
    return is_definite(word) and len(word) > 4 and word.endswith(("ي", "يه", "يين", "يون"))


def stem(word: str) -> str:
    """A folded word without article and the case ending of a sound plural."""
    root = bare(word)
    return root[:-2] if len(root) > 4 and root.endswith(("ون", "ين")) else root


class Words:
    """Word lists of an ontology as sets of folded words."""

    def __init__(self, ontology: Ontology) -> None:
        nouns = ontology.words("Noun")
        self.nouns = _forms(nouns)
        self.titles = _forms(n for n in nouns if n.get("title") or n.get("office"))
        self.people = _forms(n for n in nouns if "Person" in n.all("denotes"))
        self._crowds = frozenset(
            fold(str(p)) for n in nouns if "Person" in n.all("denotes") for p in n.all("plural") if " " not in str(p)
        )
        self.areas = {
            fold(str(form)): kind
            for noun in nouns
            for kind in _AREAS
            if kind in noun.all("denotes")
            for form in (*noun.forms, *noun.all("plural"))
        }
        self._countries = {split(f): str(e.get("iso", f)) for e in ontology.words("Country") for f in e.forms}
        self._seats = {split(f): str(e.get("iso")) for e in ontology.words("Seat") for f in e.forms}
        self.members = _forms(ontology.words("MemberNoun"))
        self.place_references = {
            fold(form): str(entry.get("denotes")) for entry in ontology.words("BackReference") for form in entry.forms
        }
        self.another = _forms(ontology.words("AnotherWord"))
        self.coming = _forms(ontology.words("ComingWord"))
        self.within = _forms(ontology.words("WithinWord"))
        self.demonstratives = _forms(ontology.words("Demonstrative"))
        self._offices = {split(form): entry.forms[0] for entry in ontology.words("SameOffice") for form in entry.forms}

    def office(self, words: tuple[str, ...]) -> tuple[str, frozenset[str]]:
        """The office that the words of a title name, and the words that tell whose it is."""
        for length in (3, 2, 1):
            if name := self._offices.get(words[:length]):
                return name, frozenset(map(bare, words[length:]))
        return bare(words[0]), frozenset(map(bare, words[1:]))

    def is_crowd(self, word: str) -> bool:
        """Whether a folded word is a plural noun of people."""
        return bare(word) in self._crowds or (word.endswith(("ون", "ين")) and stem(word) in self.people)

    def country(self, words: tuple[str, ...]) -> str | None:
        """The code of the country that the words name."""
        return self._countries.get(words)

    def seat(self, words: tuple[str, ...]) -> str | None:
        """The code of the country whose government has its seat in the city that the words name."""
        return self._seats.get(words)

    def country_at(self, words: tuple[str, ...], start: int) -> int:
        """How many words from `start` on are the name of a country; 0 when none."""
        lengths = range(min(_LONGEST_COUNTRY, len(words) - start), 0, -1)
        return next((n for n in lengths if words[start : start + n] in self._countries), 0)


def _forms(entries: Iterable[WordEntry]) -> frozenset[str]:
    return frozenset(
        fold(str(form)) for entry in entries for form in (*entry.forms, *entry.all("plural")) if " " not in str(form)
    )


@lru_cache(maxsize=4)
def words_of(ontology: Ontology) -> Words:
    """The word lists of an ontology, read once."""
    return Words(ontology)
