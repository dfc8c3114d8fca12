"""Keys under which different spellings of one name meet, and ASCII slugs that stay readable.

A key is compared and hashed, never shown: labels keep the spelling of the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg_builder import normalise

_SOUND_PLURAL = re.compile("(?<=...)ون$")
_LATIN = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
    "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ك": "k",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y", "ء": "a",
}  # fmt: skip


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Words of `text` without marks, quotes and spelling variants of one letter, one space between them."""
    return normalise.fold_words(text)


@lru_cache(maxsize=65536)
def name_key(label: str) -> str:
    """The key of a name that is the same in every document: article, doubled glides and joined parts do not matter."""
    return normalise.name_key(label)


@lru_cache(maxsize=65536)
def phrase_key(label: str) -> str:
    """The key of a phrase inside one document: the case of a sound plural does not matter, the article does."""
    return " ".join(_SOUND_PLURAL.sub("ين", word) for word in fold(label).split())


@lru_cache(maxsize=65536)
def slug(text: str, limit: int = 48) -> str:
    """A readable ASCII form for an IRI, at most `limit` characters: Arabic letters romanised, the rest a hyphen."""
    roman = "".join(_LATIN.get(c, c) for c in normalise.fold(text))
    ascii_only = unicodedata.normalize("NFKD", roman).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", ascii_only).strip("-")[:limit].strip("-")
