"""The features of a word apart from its lemma: one shared record for all words that are inflected alike.

Whatever follows from the features alone is worked out once for each record, of which a language has a few thousand.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

Values = Mapping[str, str]


class Features:
    """An immutable record; two with equal `values` are the same object. "" stands for a feature that is not there.

    The names are those of camel-tools' features where it has them; `pre` and `enc` are the letters of proclitics and
    pronoun, `art` counts the letters of the article that the spelling leaves out.
    """

    __slots__ = (
        "art", "asp", "cas", "enc", "form", "gen", "kind", "mod", "num", "pos", "pre", "values", "vform", "vox",
    )  # fmt: skip

    def __init__(self, values: Values) -> None:
        self.values = values
        get = values.get
        self.pos, self.kind, self.form = get("pos", ""), get("kind", ""), get("form", "")
        self.pre, self.art, self.enc = get("pre", ""), get("art", ""), get("enc", "")
        self.gen, self.num, self.cas = get("gen", ""), get("num", ""), get("cas", "")
        self.asp, self.mod, self.vox = get("asp", ""), get("mod", ""), get("vox", "")
        self.vform = get("vform", "")

    @lru_cache(maxsize=50_000)  # noqa: B019  records live as long as the process
    def having(self, name: str, value: str) -> Features:
        """The record with one feature changed; without it for ""."""
        others = {key: kept for key, kept in self.values.items() if key != name}
        return features({**others, name: value} if value else others)


_KNOWN: dict[frozenset[tuple[str, str]], Features] = {}


def features(values: Values) -> Features:
    """The record of these values."""
    key = frozenset(values.items())
    found = _KNOWN.get(key)
    if found is None:
        found = _KNOWN[key] = Features(values)
    return found


def unpacked(packed: str) -> dict[str, str]:
    """The features of one line of the database, `name=value;…`."""
    return dict(pair.split("=") for pair in packed.split(";") if pair)
