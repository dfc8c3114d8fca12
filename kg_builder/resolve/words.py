"""What resolution asks of the word lists: titles, offices, nouns of people, bodies and places, and back-references."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kg_builder.normalise import fold
from kg_builder.ontology import Ontology, WordEntry

_WORD = re.compile(r"[^\W_]+")
_PLACE_KINDS = frozenset({"Place", "Country", "Region", "City", "Facility"})


@lru_cache(maxsize=65536)
def split(phrase: str) -> tuple[str, ...]:
    """The folded words of a phrase, without quotes and other signs."""
    return tuple(_WORD.findall(fold(phrase)))


def bare(word: str) -> str:
    """A folded word without the article."""
    return word[2:] if len(word) > 3 and word.startswith("ال") else word


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
        self.places = _forms(n for n in nouns if _PLACE_KINDS.intersection(map(str, n.all("denotes"))))
        self.members = _forms(ontology.words("MemberNoun"))
        self.place_references = {
            fold(form): str(entry.get("denotes")) for entry in ontology.words("BackReference") for form in entry.forms
        }
        self._offices = {split(form): entry.forms[0] for entry in ontology.words("SameOffice") for form in entry.forms}

    def office(self, words: tuple[str, ...]) -> tuple[str, frozenset[str]]:
        """The office that the words of a title name, and the words that tell whose it is."""
        for length in (3, 2, 1):
            if name := self._offices.get(words[:length]):
                return name, frozenset(map(bare, words[length:]))
        if len(words) > 1 and not is_definite(words[0]):
            return bare(words[0]), frozenset(map(bare, words[1:]))
        return bare(words[0]), frozenset(map(bare, words[1:]))


def _forms(entries: Iterable[WordEntry]) -> frozenset[str]:
    return frozenset(
        fold(str(form)) for entry in entries for form in (*entry.forms, *entry.all("plural")) if " " not in str(form)
    )


@lru_cache(maxsize=4)
def words_of(ontology: Ontology) -> Words:
    """The word lists of an ontology, read once."""
    return Words(ontology)
