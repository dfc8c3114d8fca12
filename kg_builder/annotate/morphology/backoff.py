"""Guesses for words that the lexicon does not know, by their shape: clitics, article, personal prefix, ending."""

from __future__ import annotations

from collections.abc import Iterator, Set

from kg_builder.annotate.morphology.reading import Analysis, analysis_of
from kg_builder.normalise import fold

_VERB_ENDS = ("ون", "وا")
Record = dict[str, str]
WHOLE = 3.0  # what a proclitic cut off a known name costs more
_ATTACHED_TO_TA = ("ها", "هم", "هما", "ه", "نا")


def guesses(word: str, names: Set[str] = frozenset()) -> Iterator[Analysis]:
    """Analyses of an unknown normalised word, likeliest first; `cost` tells by how much less likely the later ones are.

    `names` are folded words known as names: they tell a proclitic from a name's first letter.
    """
    found = [*_names(word, names)]
    if not found:
        article = next(_article(word), None)
        found = [*(_definite(word, *article) if article else _bare(*_conjunction(word)))]
    return (analysis_of({"cost": "0", **guess}) for guess in found)


def as_name(word: str, cost: float) -> Analysis:
    """The word as a name, at this cost."""
    return analysis_of({"pre": "", "diac": word, "pos": "PROPN", "lex": word, "cost": str(cost)})


def _names(word: str, names: Set[str]) -> Iterator[Record]:
    """The word as a known name, whole or behind proclitics; with the article written before it too.

    A name that is known whole is hardly ever another, shorter one behind a proclitic.
    """
    doubt = WHOLE if fold(word) in names else 0.0
    for pre in ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل"):
        rest = word[len(pre) :]
        if word.startswith(pre) and len(rest) > 2:
            elided = "ال" + rest[1:] if pre.endswith("ل") and rest.startswith("ل") else ""
            if fold(rest) in names:
                yield {"pre": pre, "diac": word, "pos": "PROPN", "lex": rest, "cost": str((0.5 + doubt) * len(pre))}
            elif elided and fold(elided) in names:
                yield {
                    "pre": pre,
                    "art": "1",
                    "diac": word,
                    "pos": "PROPN",
                    "lex": elided[2:],
                    "cost": str((0.5 + doubt) * len(pre)),
                }


def _article(word: str) -> Iterator[tuple[str, str]]:
    for conj in ("", "و", "ف"):
        for prep, article in (("", "ال"), ("ب", "ال"), ("ك", "ال"), ("ل", "ل")):
            head = conj + prep + article
            if word.startswith(head) and len(word) >= len(head) + 3:
                yield conj + prep, word[len(head) :]


def _conjunction(word: str) -> tuple[str, str]:
    """The conjunction before a word, and the word; a foreign name like "فيديريكا" has none."""
    if len(word) >= 5 and (word[0] == "و" or (word[0] == "ف" and _follows_fa(word[1:]))):
        return word[0], word[1:]
    return "", word


def _follows_fa(rest: str) -> bool:
    future = rest[0] == "س" and rest[1] in "يتنأ"
    return future or rest[0] in "اأإ" or (rest[0] in "تسي" and any(_verbal("", rest)))


def _shape(rest: str) -> Record:
    if rest.endswith("ات"):
        return {"gen": "f", "num": "p"}
    if rest.endswith(("ون", "ين")) and len(rest) > 5:
        return {"gen": "m", "num": "p", "cas": "n" if rest.endswith("ون") else "g"}
    return {"gen": "f" if rest.endswith(("ة", "اء")) else "m", "num": "s"}


def _lemma(rest: str, shape: Record) -> str:
    if shape["num"] == "p":
        return rest[:-2] + ("ة" if rest.endswith("ات") and len(rest) < 6 else "")
    return rest


def _definite(word: str, pre: str, rest: str) -> Iterator[Record]:
    shape = _shape(rest)
    cut = {"ل": "1"}.get(pre[-1:], "0")
    base = {"pre": pre, "art": cut, "stt": "d", **shape, "diac": word}
    relational = rest.endswith(("ية", "ي", "يين", "يون", "يات"))
    lemma = rest[:-1] if rest.endswith("ية") else _lemma(rest, shape)
    yield {**base, "pos": "ADJ" if relational else "NOUN", "lex": lemma if relational else _lemma(rest, shape)}
    if not relational and rest.endswith("ة"):
        yield {**base, "pos": "ADJ", "lex": rest[:-1], "cost": "0.7"}


def _bare(pre: str, rest: str) -> Iterator[Record]:
    shape = _shape(rest)
    base = {"pre": pre, "diac": pre + rest, **shape}
    if len(rest) == 1:  # the letter of an abbreviation
        yield {**base, "pos": "NOUN", "lex": rest}
        return
    for pronoun in _ATTACHED_TO_TA:
        if rest.endswith("ت" + pronoun) and len(rest) - len(pronoun) > 3:
            stem = rest[: -len(pronoun)]
            lemma = stem[:-1] + "ة" if stem[-2] != "ا" else stem
            yield {**base, "pos": "NOUN", "gen": "f", "num": "s", "enc": pronoun, "lex": lemma}
            return
    yield from _verbal(pre, rest)
    if rest.endswith("ية") and len(rest) > 4:
        yield {**base, "pos": "ADJ", "lex": rest[:-1], "cost": "0.3"}
    if rest.endswith(("ها", "هم", "هما")) and len(rest) > 5:
        pronoun = "هما" if rest.endswith("هما") else rest[-2:]
        yield {**base, "pos": "NOUN", "enc": pronoun, "lex": rest[: -len(pronoun)], "cost": "0.3"}
    if rest.endswith(("ة", "ات", "ون", "ين")) or (rest.startswith("م") and len(rest) > 4):
        yield {**base, "pos": "NOUN", "lex": _lemma(rest, shape), "cost": "0.5"}
    if rest.endswith("ا") and len(rest) > 4 and rest[-2] not in "يو":
        yield {**base, "pos": "NOUN", "lex": rest[:-1], "stt": "i", "cas": "a", "cost": "1.2"}
    yield {**base, "pos": "NOUN", "lex": rest, "cost": "1.0"}
    yield {"pre": pre, "diac": pre + rest, "pos": "PROPN", "lex": rest, "cost": "0.6"}


def _verbal(pre: str, rest: str) -> Iterator[Record]:
    future = "س" if rest[:1] == "س" and rest[1:2] in {"ي", "ت", "ن", "أ"} and len(rest) > 4 else ""
    body = rest[len(future) :]
    if body[:1] not in {"ي", "ت", "ن", "أ"} or not 4 <= len(body) <= 8 or body.endswith(("ة", "اء", "ي", "ا")):
        return
    plural = body.endswith(_VERB_ENDS)
    person = {"ي": ("3", "m"), "ت": ("3", "f"), "ن": ("1", ""), "أ": ("1", "")}[body[0]]
    cost = -1.5 if future or (plural and body[0] == "ي") else {"ي": 0.6, "ت": 1.6}.get(body[0], 3.5)
    yield {
        "pre": pre + future,
        "diac": pre + rest,
        "pos": "VERB",
        "lex": body[1:-2] if plural else body[1:],
        "asp": "i",
        "vox": "a",
        "per": person[0],
        "gen": person[1],
        "num": "p" if plural else "s",
        "cost": str(cost),
        "verb": body[1:],
    }
