"""Names by gazetteer and grammar alone: what the trained tagger has to beat, and the way without weights."""

from __future__ import annotations

from collections.abc import Sequence

from kg_builder.annotate.names.features import phrase_tags
from kg_builder.annotate.names.lexicon import LABELS, NameLexicon
from kg_builder.normalise import fold

_TITLES = frozenset({"honorific", "rank", "office", "profession"})
_LINKS = frozenset({"kunya", "particle", "compound", "divine"})
_PARTS = frozenset({"given", "surname", "given~", "surname~", "given-rare~", "surname-rare~"})
_ORDINARY = frozenset({"noun", "adjective", "verb", "noun+", "adjective+", "nation", "nation+", "month", "unit"})
_LONGEST = 6

Name = tuple[int, int, str]


def find_by_rules(
    words: Sequence[tuple[str, str, str]], lexicon: NameLexicon, starts: Sequence[int] = (0,)
) -> list[Name]:
    """Names as (first word, word after the last, label): known names first, then chains of name words."""
    folded = [fold(word[0]) for word in words]
    classes = [frozenset(lexicon.of(word)) for word in folded]
    breaks = frozenset(starts)
    tags = phrase_tags(folded, lexicon)
    names: list[Name] = []
    i = 0
    while i < len(words):
        name = _known(i, classes, tags) or _chain(i, folded, classes, breaks)
        if name:
            names.append(name)
            i = name[1]
        else:
            i += 1
    return names


def _known(i: int, classes: Sequence[frozenset[str]], tags: Sequence[str]) -> Name | None:
    """A name of the gazetteer: a phrase, or a word that is no ordinary word besides."""
    label = LABELS.get(tags[i][2:].rstrip("~"), "")
    if tags[i].startswith("B-") and label:
        end = i + 1
        while end < len(tags) and tags[end].startswith("I-"):
            end += 1
        return i, end, label
    if classes[i] & _ORDINARY:
        return None
    found = next((LABELS[c] for c in LABELS if c in classes[i]), "")
    return (i, i + 1, found) if found else None


def _chain(i: int, folded: Sequence[str], classes: Sequence[frozenset[str]], breaks: frozenset[int]) -> Name | None:
    """Name words in a row, after a title (with an adjective of nationality between) or beginning with a given name."""
    before = i - 1 if i and classes[i - 1] & {"nation", "nation+"} else i
    titled = before > 0 and i not in breaks and bool(classes[before - 1] & _TITLES)
    starts = titled or bool(classes[i] & {"given", "kunya", "compound"})
    if not starts or (not _is_part(classes[i]) and not (titled and _is_unknown(folded[i], classes[i]))):
        return None
    end = i + 1
    while end < min(len(folded), i + _LONGEST) and end not in breaks and _is_part(classes[end]):
        end += 1
    return (i, end, "PERSON") if titled or end - i > 1 else None


def _is_part(classes: frozenset[str]) -> bool:
    return bool(classes & _LINKS) or (bool(classes & _PARTS) and not classes & _ORDINARY)


def _is_unknown(word: str, classes: frozenset[str]) -> bool:
    return not classes and word.isalpha() and len(word) > 2
