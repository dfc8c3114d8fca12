"""Which words a text shares with another, and how much that says: words that few documents have say most."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from kg_builder.normalise import fold_words

Words = frozenset[str]
_PREFIX = re.compile(r"^(?:[وف]?(?:بال|كال|لل|ال)|[وف](?=\w{3})|[بلك](?=\w{4}))(?=\w\w)")
_SUFFIX = re.compile(r"(?<=\w{3})(?:تهم|تها|ته|هما|ها|هم|كم|نا|ات|ان|ين|ون|يه|ه|ي|ا)$")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A folded word without what is likely a clitic or an ending: for comparing, never for showing."""
    return _SUFFIX.sub("", _PREFIX.sub("", word) if len(word) > 3 else word)


@lru_cache(maxsize=2048)
def stems(text: str) -> Words:
    """The stems of a text's words of two letters and more."""
    return frozenset(stem(word) for word in fold_words(text).split() if len(word) > 1)


class Rarity:
    """How much a word says in a collection of documents."""

    def __init__(self, documents: Iterable[Words]) -> None:
        self._found: Counter[str] = Counter()
        self._documents = 0
        for words in documents:
            self._found.update(words)
            self._documents += 1
        self._weights = {word: math.log(1 + self._documents / n) for word, n in self._found.items()}

    def knows(self, word: str) -> bool:
        """Whether any document has the word."""
        return word in self._weights

    def rarest(self, words: Words, most: int) -> list[str]:
        """The words that fewest documents have, but more than one, rarest first."""
        several = [word for word in words if self._found[word] > 1]
        return sorted(several, key=lambda word: (self._found[word], word))[:most]

    def share(self, word: str) -> float:
        """How much a word says, as a share of what one says that a single document has."""
        return self._weights.get(word, 0.0) / math.log(1 + self._documents)

    def mass(self, words: Words) -> float:
        """The weight of all words together."""
        return math.fsum(map(self._weights.__getitem__, words))

    def alike(self, x: Words, x_mass: float, y: Words, y_mass: float) -> float:
        """How alike two sets of words are, 0 to 1, between cosine and the share of the lighter one."""
        if not x or not y:
            return 0.0
        shared = self.mass(x & y)
        return shared * (0.5 / math.sqrt(x_mass * y_mass) + 0.5 / min(x_mass, y_mass)) if shared else 0.0
