"""Keys under which names meet that are spelled or built differently: countries by their code, bodies of a state by head
and country, foreign names as their letters sound. Words come from the ontology's lists."""

from __future__ import annotations

import re
from functools import lru_cache

from kg_builder.graph.spelling import fold, name_key
from kg_builder.ontology import Ontology

_ENDINGS = ("", "ه", "ون", "ين", "ات")  # of a nationality, folded
_SAME_SOUND = str.maketrans("غقط", "ججت")
_GLIDES = re.compile("(?<=.)[اوي](?=.)")
_NATIVE = re.compile(r"[حعصضظ]|\b(بن|ال\w+|عبد\w*|ابو\w*|ابي\w*|ام)\b")
_MOST_WORDS = 4
_LONG_WORD = 6


class Keys:
    """Looks names up in the word lists of an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self._countries = {
            name_key(form): str(entry.get("iso"))
            for entry in ontology.words("Country")
            for form in entry.forms
            if entry.get("iso")
        }
        self._nations = {
            name_key(str(form)) + ending: str(entry.get("iso"))
            for entry in ontology.words("Nationality")
            for form in (*entry.forms, *entry.all("plural"))
            for ending in _ENDINGS
            if entry.get("iso")
        }
        self._bodies = {name_key(form) for entry in ontology.words("StateBody") for form in entry.forms}
        self._given = {name_key(f) for e in ontology.words("PersonName") if e.get("part") == "given" for f in e.forms}

    def country(self, name: str) -> str | None:
        """The ISO 3166-1 code of a country's name."""
        return self._countries.get(name_key(name))

    def is_given(self, name: str) -> bool:
        """Whether a word is listed as somebody's first name."""
        return name_key(name) in self._given

    def body(self, name: str) -> str | None:
        """The key of a body of a named state: its words, its country's code in place of the country."""
        words = name_key(name).split()
        if not 2 <= len(words) <= _MOST_WORDS or words[0] not in self._bodies:
            return None
        if fold(name).split()[-1].startswith("ال") and words[-1] in self._nations:
            return " ".join([*words[:-1], self._nations[words[-1]]])
        code = next((self._countries[c] for c in (" ".join(words[i:]) for i in (1, 2)) if c in self._countries), None)
        return f"{words[0]} {code}" if code and " ".join(words[1:]) in self._countries else None

    def nation(self, name: str) -> str | None:
        """The code of the country that a name ends with as an adjective."""
        words = name_key(name).split()
        return self._nations.get(words[-1]) if len(words) > 1 else None

    def bare_body(self, name: str) -> str | None:
        """The head of a state's body when the name says nothing else and is definite."""
        key, words = name_key(name), fold(name).split()
        return key if len(words) == 1 and words[0] != key and key in self._bodies else None


@lru_cache(maxsize=8)
def load(ontology: Ontology) -> Keys:
    """The keys of an ontology, made once."""
    return Keys(ontology)


@lru_cache(maxsize=65536)
def sound(name: str) -> str | None:
    """How a foreign name sounds, its inner vowels left out; None for a native one, whose vowels tell names apart."""
    folded, key = fold(name), name_key(name)
    if _NATIVE.search(folded) or len(key) < 4:
        return None
    return " ".join(_GLIDES.sub("", word) for word in key.translate(_SAME_SOUND).split())


def alike(one: str, other: str) -> bool:
    """Whether two names of one sound differ by at most one vowel letter in each word, or in nothing but where a word
    ends."""
    a, b = (name_key(name).translate(_SAME_SOUND).split() for name in (one, other))
    if len(a) != len(b):
        return "".join(a) == "".join(b)
    return all(_one_letter(x, y) for x, y in zip(a, b, strict=True))


def _one_letter(x: str, y: str) -> bool:
    """Whether a vowel more, or in a long word another vowel, is all that differs."""
    short, long = sorted((x, y), key=len)
    if len(long) == len(short):
        return sum(p != q for p, q in zip(x, y, strict=True)) <= (len(x) >= _LONG_WORD)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
