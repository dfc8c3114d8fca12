"""Keys under which a name finds its entity: equal for spellings of one name, and looser for transliterations."""

from __future__ import annotations

from functools import lru_cache

from kg_builder.normalise import name_key

__all__ = ["loose_key", "name_key"]

_SHORTEST, _FEWEST = 5, 3
# Long and short vowels, which transliterations of a foreign name write or leave, and letters that they waver between
# for one foreign sound: g, t, s, z, th.
_CONSONANTS = str.maketrans("غجقطصثذظضحپڤ", "كككتسسزززهبف", "اويهءع")


def loose_key(key: str) -> str:
    """The key of a name's consonants, in which transliterations of a foreign name agree; empty for a short name.

    `key` is the name's `name_key`.
    """
    if len(key) < _SHORTEST or key.isascii():
        return ""
    consonants = " ".join(map(_consonants, key.split(" ")))
    return consonants if len(consonants) >= _FEWEST else ""


@lru_cache(50_000)
def _consonants(word: str) -> str:
    return word.translate(_CONSONANTS)
