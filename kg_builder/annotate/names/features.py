"""What the tagger sees of a token: the word itself, and how the classes of neighbours stand together.

Everything about one word is computed once for each word type. A feature is a string; in the weights the number before
it says at which distance from the token the word stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg_builder.annotate.names.lexicon import NameLexicon
from kg_builder.normalise import fold


class Word(NamedTuple):
    """A syntactic word: clean form, citation form, universal part of speech ("" when unknown)."""

    norm: str
    lemma: str
    pos: str


# Distances at which each group of features is seen; the group is the letter before the colon.
DISTANCES: dict[str, tuple[int, ...]] = {
    "w": (-2, -1, 0, 1, 2),
    "c": (-2, -1, 0, 1, 2),
    "p": (-2, -1, 0, 1, 2),
    "l": (-1, 0, 1),
    "s": (-1, 0, 1),
    "e": (-1, 0, 1),
    "a": (0,),
    "x": (-2, -1, 0, 1, 2),
}
WINDOW = (-2, -1, 0, 1, 2)
EDGE = "x:edge"
# Summaries of neighbours seen together: feature name → distances.
JOINTS: dict[str, tuple[int, ...]] = {
    "j1": (-1, 0),
    "j2": (0, 1),
    "j3": (-1, 0, 1),
    "j4": (-2, -1, 0),
    "j5": (0, 1, 2),
}

# The class that speaks for a word next to others, the most telling first.
_RANK = (
    "kunya", "divine", "compound", "honorific", "rank", "country", "body", "party", "armedgroup", "region", "city",
    "media", "company", "team", "month", "weekday", "nation", "nation+", "facility", "given", "surname", "particle",
    "given~", "surname~", "city~", "region~", "team~", "orghead", "mediahead", "teamhead", "placehead", "direction",
    "office", "profession", "placeprep", "noun", "noun+", "adjective", "adjective+", "verb", "unit", "given-rare~",
    "surname-rare~",
)  # fmt: skip
_BY_RANK = {name: i for i, name in enumerate(_RANK)}
_QUOTES = frozenset("\"'«»“”‘’`")
_SHAPES = {"،": "comma", ",": "comma", ".": "stop", "(": "open", ")": "close", "-": "dash", "/": "slash", ":": "colon"}


def shape(word: str) -> str:
    """What a token is made of: punctuation by kind, digits, Latin letters, or Arabic with its outer form."""
    first = word[:1]
    if first in _QUOTES:
        return "quote"
    if not first.isalnum():
        return _SHAPES.get(first, "mark")
    if first.isdigit():
        return "digit"
    if first < "\u0600":
        return "latin"
    article = "al" if word.startswith("ال") and len(word) > 3 else ""
    return article + ("y" if word.endswith("ي") else "yh" if word.endswith("يه") else "h" if word.endswith("ه") else "")


def summary(word: Word, folded: str, classes: Sequence[str]) -> str:
    """One class for a word, to be combined with those of its neighbours."""
    best = min((c for c in classes if c in _BY_RANK), key=_BY_RANK.__getitem__, default="")
    made = shape(folded)
    if made in {"quote", "digit", "latin", "mark", *_SHAPES.values()}:
        return made
    return best or f"?{made}{word.pos if word.pos in {'VERB', 'PROPN', 'ADP', 'CCONJ'} else ''}"


def atoms(word: Word, lexicon: NameLexicon) -> tuple[list[str], str]:
    """The features of a word type, and its summary."""
    folded = fold(word.norm)
    classes = lexicon.of(folded)
    out = [f"w:{folded}", f"l:{word.lemma}", f"p:{word.pos}", f"s:{shape(folded)}", f"a:n{min(len(folded), 9)}"]
    out += [f"c:{c}" for c in classes] or ["c:-"]
    out += [f"c:{word.pos}{c}" for c in classes]
    stem = folded.removeprefix("ال")
    out += [f"a:<{folded[:n]}" for n in (1, 2, 3, 4) if len(folded) > n]
    out += [f"a:{folded[-n:]}>" for n in (1, 2, 3, 4) if len(folded) > n]
    out += [f"a:^{stem[:3]}"] if stem != folded else []
    out += [f"e:{folded[-2:]}>"]
    return out, summary(word, folded, classes)


def phrase_tags(folded: Sequence[str], lexicon: NameLexicon) -> list[str]:
    """For each token its place in a known name of several words ("B-body", "I-body"), or ""."""
    tags = [""] * len(folded)
    known = lexicon.phrases
    after = 0
    for i, word in enumerate(folded):
        if i >= after and word in known and (hit := lexicon.longest(folded, i)):
            after, name_class = hit
            tags[i:after] = [f"B-{name_class}"] + [f"I-{name_class}"] * (after - i - 1)
    return tags


def joint(name: str, summaries: Sequence[str], index: int) -> str:
    """The feature of some neighbouring summaries; `summaries` is padded."""
    return "|".join((name, *(summaries[index + d] for d in JOINTS[name])))


def phrase_features(tags: Sequence[str], index: int) -> list[str]:
    """What known names of several words say of a token: whether it, or the one before or after it, is part of one."""
    near = (("m0", tags[index]), ("m-", tags[index - 1]), ("m+", tags[index + 1]))
    return [f"{name}{tag}" for name, tag in near if tag]
