"""What linking asks of the word lists: ordinary words, nouns before a place's name, nations and titles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg_builder.normalise import fold, fold_words
from kg_builder.ontology import Ontology, WordEntry

_NAMES = ("Place", "Country", "Seat")
_AREAS = ("Country", "Region", "City")
_ENDINGS = ("", "ه", "ين", "ون", "ات", "تين")
_CLITICS = "وفبكل"


class Words:
    """Word lists of an ontology, folded."""

    def __init__(self, ontology: Ontology) -> None:
        nouns, countries = ontology.words("Noun"), ontology.words("Country")
        self.areas = {
            bare(fold(form)): kind
            for noun in nouns
            for kind in _AREAS
            if kind in noun.all("denotes")
            for form in _forms(noun)
        }
        listed = (*nouns, *ontology.words("Adjective"), *ontology.words("Verb"))
        self._ordinary = frozenset(bare(fold(form)) for entry in listed for form in _forms(entry) if " " not in form)
        self.same_place = {
            bare(fold(form)): str(entry.get("kind"))
            for entry in ontology.words("SamePlaceNoun")
            for form in entry.forms
        }
        self._places = frozenset(
            fold_words(form) for name in _NAMES for entry in ontology.words(name) for form in entry.forms
        )
        self.countries: dict[str, list[str]] = defaultdict(list)
        for entry in countries:
            self.countries[str(entry.get("iso"))] += entry.forms
        self._variants = {fold_words(form): tuple(forms) for forms in self.countries.values() for form in forms}
        self._nations = dict(_nations(ontology.words("Nationality"), countries))
        self.titles = frozenset(
            bare(fold(form)) for noun in nouns if noun.get("title") or noun.get("office") for form in noun.forms
        )

    def is_ordinary(self, word: str) -> bool:
        """Whether a folded word, with or without the article, is a word of the dictionary."""
        return bare(word) in self._ordinary

    def is_place(self, word: str) -> bool:
        """Whether a folded word is the name of a place that the word lists know."""
        return word in self._places

    def variants(self, name: str) -> tuple[str, ...]:
        """The names of the country that the word lists know by a name, itself among them."""
        return self._variants.get(fold_words(name), ())

    def nation(self, word: str) -> str | None:
        """The country (ISO 3166-1) of a folded word that names it or its people; clitics before it do not matter."""
        for start in range(min(3, len(word) - 2)):
            if start and word[start - 1] not in _CLITICS:
                return None
            if found := self._nations.get(bare(word[start:])):
                return found
            if word[start : start + 2] == "لل" and (found := self._nations.get(word[start + 2 :])):
                return found
        return None


def bare(word: str) -> str:
    """A folded word without the article."""
    return word[2:] if len(word) > 3 and word.startswith("ال") else word


def _forms(entry: WordEntry) -> Iterator[str]:
    yield from entry.forms
    yield from map(str, entry.all("plural"))


def _nations(adjectives: Iterable[WordEntry], countries: Iterable[WordEntry]) -> Iterator[tuple[str, str]]:
    """Folded words without article → ISO code: adjectives of nations in their forms, names of countries of one word."""
    for entry in adjectives:
        if code := entry.get("iso"):
            for form in map(fold, _forms(entry)):
                yield from ((bare(form + ending), str(code)) for ending in _ENDINGS)
    for entry in countries:
        yield from _one_word(entry.forms, str(entry.get("iso")))


def _one_word(forms: Iterable[str], code: str) -> Iterator[tuple[str, str]]:
    for form in forms:
        words = fold(form).split()
        if len(words) == 1:
            yield bare(words[0]), code


@lru_cache(maxsize=4)
def words_of(ontology: Ontology) -> Words:
    """The word lists of an ontology, read once."""
    return Words(ontology)
