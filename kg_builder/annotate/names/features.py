"""What the tagger sees of a token: the word itself, and how the classes of neighbours stand together.

Everything about one word is computed once for each word type. A feature is a string; in the weights the number before
it says at which distance from the token the word stands. `sentence_features` writes them all out, for training; the
tagger sums their weights from tables that it makes of the same parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from kg_builder.annotate.names.groups import groups
from kg_builder.annotate.names.lexicon import NameLexicon
from kg_builder.normalise import fold


class Word(NamedTuple):
    """A syntactic word: clean form, citation form, universal part of speech ("" when unknown)."""

    norm: str
    lemma: str
    pos: str


class Atoms(NamedTuple):
    """What one word type gives: its features, its folded form, and the class that stands for it beside others."""

    features: list[str]
    folded: str
    summary: str


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
    "g": (-2, -1, 0, 1, 2),
}
WINDOW = (-2, -1, 0, 1, 2)
PAD = 2
# Summaries of neighbours seen together: feature name → distances, one after the other.
JOINTS: dict[str, tuple[int, ...]] = {
    "j1": (-1, 0),
    "j2": (0, 1),
    "j3": (-1, 0, 1),
    "j4": (-2, -1, 0),
    "j5": (0, 1, 2),
}
BORDER = Atoms(["x:edge"], "", "#")  # what stands before and behind a sentence

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
_PLAIN = frozenset({"quote", "digit", "latin", "mark", *_SHAPES.values()})  # shapes that no class can add to
_TELLING = frozenset({"VERB", "PROPN", "ADP", "CCONJ"})


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


def _summary(pos: str, made: str, classes: Sequence[str]) -> str:
    """One class for a word, to be combined with those of its neighbours."""
    if made in _PLAIN:
        return made
    known = [c for c in classes if c in _BY_RANK]
    return min(known, key=_BY_RANK.__getitem__) if known else f"?{made}{pos if pos in _TELLING else ''}"


def atoms(word: Word, lexicon: NameLexicon) -> Atoms:
    """What a word type gives."""
    _, lemma, pos = word
    folded = fold(word.norm)
    size, made, classes = len(folded), shape(folded), lexicon.of(folded)
    out = [f"w:{folded}", f"l:{lemma}", f"p:{pos}", f"s:{made}", f"a:n{min(size, 9)}"]
    out += [f"c:{c}" for c in classes] or ["c:-"]
    out += [f"c:{pos}{c}" for c in classes]
    out += [f"a:<{folded[:n]}" for n in range(1, min(size, 5))]
    out += [f"a:{folded[-n:]}>" for n in range(1, min(size, 5))]
    if folded.startswith("ال"):
        out.append(f"a:^{folded[2:5]}")
    out.append(f"e:{folded[-2:]}>")
    out += [f"g:{group}" for group in groups().get(folded, ())]
    return Atoms(out, folded, _summary(pos, made, classes))


def phrase_tags(folded: Sequence[str], lexicon: NameLexicon) -> list[str]:
    """For each token its place in a known name of several words ("B-body", "I-body"), or ""."""
    known = lexicon.phrases
    tags = [""] * len(folded)
    for i, end, name_class in lexicon.names_at(folded, [i for i, word in enumerate(folded) if word in known]):
        tags[i:end] = [f"B-{name_class}"] + [f"I-{name_class}"] * (end - i - 1)
    return tags


def joint(name: str, summaries: Sequence[str], index: int) -> str:
    """The feature of some neighbouring summaries; `summaries` is padded."""
    return "|".join((name, *(summaries[index + d] for d in JOINTS[name])))


def phrase_features(tags: Sequence[str], index: int) -> list[str]:
    """What known names of several words say of a token: whether it, or the one before or after it, is part of one."""
    near = (("m0", tags[index]), ("m-", tags[index - 1]), ("m+", tags[index + 1]))
    return [f"{name}{tag}" for name, tag in near if tag]


def sentence_features(
    words: Sequence[tuple[str, str, str]], starts: Sequence[int], lexicon: NameLexicon
) -> list[list[str]]:
    """One list of features for each word; nothing is seen across a sentence start."""
    cuts = [0, *(s for s in starts if 0 < s < len(words)), len(words)]
    known = {word: atoms(Word(*word), lexicon) for word in set(words)}
    return [row for a, b in pairwise(cuts) for row in _written_out([known[w] for w in words[a:b]], lexicon)]


def _written_out(words: Sequence[Atoms], lexicon: NameLexicon) -> list[list[str]]:
    seen = [BORDER] * PAD + [*words] + [BORDER] * PAD
    summaries = [word.summary for word in seen]
    tags = phrase_tags([word.folded for word in seen], lexicon)
    rows = []
    for i in range(PAD, PAD + len(words)):
        row = [f"{d}{a}" for d in WINDOW for a in seen[i + d].features if d in DISTANCES[a[0]]]
        rows.append(row + [joint(name, summaries, i) for name in JOINTS] + phrase_features(tags, i))
    return rows
