"""The database file in the ALMOR format that `camel_tools.morphology.MorphologyDB` reads.

Surfaces are written as the analyser looks them up: undiacritised, alef forms as ا, ى as ي, ة as ه. `diac` keeps the
true spelling, so that the choice among analyses can prefer the one that spells hamza and ya as the text does. `bw`,
which the analyser joins from prefix, stem and suffix, holds all features (`name=value;…`); of equal names the last
one counts. Few features on a line make the file load in a third of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg_builder.annotate.morphology.rows import ATTACHED, PRONOUNS, SUFFIXES, Affix, Stem

FEATURES = ("lex", "diac", "bw", "pos", "source")
_KEY = str.maketrans("أإآٱىة", "ااااي\u0647")
_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("ب", "ك", "ل")
_PERSONS = {"ي": "per=3;gen=m;num=s", "ت": "per=3;gen=f;num=s", "أ": "per=1;num=s", "ن": "per=1;num=p"}
_STEM_FEATURES = Stem._fields[Stem._fields.index("pos") :]
_BARE_ONLY = frozenset({"na", "nd", "np", "nf", "ne"})


def key(surface: str) -> str:
    """A surface as the analyser looks it up."""
    return surface.translate(_KEY)


def _line(surface: str, category: str, features: str) -> str:
    return f"{key(surface)}\t{category}\tdiac:{surface} bw:{features}"


def _prefix(category: str, proclitics: tuple[str, ...], tail: str = "", features: str = "") -> str:
    """A prefix line: proclitics that become tokens, then what stays on the word (article, personal prefix)."""
    cut = [p for p in proclitics if p]
    return _line("".join(cut) + tail, category, ";".join(filter(None, (f"pre={''.join(cut)}", features))))


def _noun_prefixes() -> Iterator[str]:
    """Conjunction, preposition and article. `art` counts the letters of the article that the spelling leaves out:
    its alef behind ل, and its lam too before another."""
    for conj in _CONJUNCTIONS:
        yield _prefix("n-bare", (conj,))
        yield _prefix("n-art", (conj,), "ال", "art=0;stt=d")
        for prep in _PREPOSITIONS:
            yield _prefix("n-bare", (conj, prep), "", "cas=g")
            yield _prefix(
                "n-art", (conj, prep), *(("ل", "art=1;stt=d;cas=g") if prep == "ل" else ("ال", "art=0;stt=d;cas=g"))
            )
        yield _prefix("n-lam", (conj, "ل"), "", "art=2;stt=d;cas=g")


def _verb_prefixes() -> Iterator[str]:
    for conj in _CONJUNCTIONS:
        yield _prefix("v", (conj,))
        yield _prefix("c", (conj,))
        for particle in ("", "س", "ل"):
            mood = {"س": ";mod=i", "ل": ";mod=s"}.get(particle, "")
            for letter, features in _PERSONS.items():
                yield _prefix(f"i-{letter}{particle}", (conj, particle), letter, features + mood)


def _word_prefixes() -> Iterator[str]:
    yield _prefix("f", ())
    for conj in _CONJUNCTIONS:
        yield _prefix("w", (conj,))
        yield _prefix("a", ("أ", conj))
        for prep in _PREPOSITIONS:
            yield _prefix("l" if prep == "ل" else "b", (conj, prep))


ALLOWED_PREFIXES: dict[str, tuple[str, ...]] = {
    "n": ("n-bare", "n-art"),
    "nl": ("n-bare", "n-art", "n-lam"),
    "d": ("n-art",),
    "dl": ("n-art", "n-lam"),
    "v": ("v",),
    "i": tuple(f"i-{letter}{particle}" for letter in _PERSONS for particle in ("", "س", "ل")),
    "c": ("c",),
    "w": ("w",),
    "a": ("w", "a"),
    "p": ("w", "b", "l"),
    "l": ("w", "l"),
    "f": ("f",),
}
_ARTICLE_SETS = ("n0n", "ndn", "npn", "nfn", "nen", "ntn")
_IMPERFECT_SETS = {
    "ي": ("i0", "ij", "iw", "ia", "in"),
    "ت": ("i0", "ij", "iw", "ia", "iy", "in"),
    "أ": ("i0", "ij"),
    "ن": ("i0", "ij"),
}


def _allowed_suffixes(prefix: str) -> list[str]:
    """The suffix sets (with n or e) that may stand with a prefix category."""
    every = [s + end for s in SUFFIXES for end in "ne"]
    if prefix in {"n-art", "n-lam"}:
        return list(_ARTICLE_SETS)
    if prefix == "n-bare":
        return [s for s in every if s[0] == "n"]
    if prefix == "v":
        return [s for s in every if s[0] == "p"]
    if prefix.startswith("i-"):
        return [s for s in every if s[:2] in _IMPERFECT_SETS[prefix[2]]]
    return [s for s in every if s[0] == ("c" if prefix == "c" else "f")]


def _suffix_lines() -> Iterator[str]:
    for name, affixes in SUFFIXES.items():
        for affix in affixes:
            yield _line(affix.surface, name + "n", affix.features)
            if name not in _BARE_ONLY:
                yield from _attached(name, affix)


def _attached(name: str, affix: Affix) -> Iterator[str]:
    surface = ATTACHED.get(affix.surface, affix.surface)
    for pronoun in PRONOUNS:
        if (pronoun == "ني" and name[0] == "n") or (pronoun == "ي" and name[0] in "pic"):
            continue
        yield _line(surface + pronoun, name + "e", ";".join(filter(None, (affix.features, f"enc={pronoun}"))))


def _category(stem: Stem) -> str:
    starts = stem.starts + "l" if stem.starts in {"n", "d"} and stem.surface[0] == "ل" else stem.starts
    return f"{starts}:{','.join(stem.sets)}"


def _stem_line(stem: Stem) -> str:
    values = ((name, getattr(stem, name)) for name in _STEM_FEATURES)
    features = ";".join(f"{name}={value}" for name, value in values if value)
    return f"{_line(stem.surface, _category(stem), features)} lex:{stem.lemma}"


def _header() -> Iterator[str]:
    yield "###DEFINES###"
    yield from (f"DEFINE {feature} {feature}:*open*" for feature in FEATURES)
    yield "###DEFAULTS###"
    for pos in ("digit", "punc", "latin"):
        yield "DEFAULT pos:" + pos + "".join(f" {f}:-" for f in FEATURES if f != "pos")
    yield "###ORDER###"
    yield "ORDER " + " ".join(FEATURES)
    yield "###TOKENIZATIONS###"
    yield "###STEMBACKOFF###"


def lines(stems: Iterable[Stem]) -> Iterator[str]:
    """The lines of the database for these stems, sections in the order the reader demands."""
    rows = sorted({stem for stem in stems if stem.sets and stem.surface})
    categories = sorted({_category(stem) for stem in rows})
    prefixes = [*_noun_prefixes(), *_verb_prefixes(), *_word_prefixes()]
    yield from _header()
    yield "###PREFIXES###"
    yield from prefixes
    yield "###SUFFIXES###"
    yield from _suffix_lines()
    yield "###STEMS###"
    yield from map(_stem_line, rows)
    used = sorted({line.split("\t")[1] for line in prefixes})
    yield "###TABLE AB###"
    yield from (f"{prefix} -" for prefix in used)
    yield from (f"{p} {c}" for c in categories for p in ALLOWED_PREFIXES[c.split(":")[0]])
    yield "###TABLE BC###"
    yield from (f"{c} {s}" for c in categories for s in c.split(":")[1].split(","))
    yield "###TABLE AC###"
    yield from (f"{prefix} {suffix}" for prefix in used for suffix in _allowed_suffixes(prefix))
