"""Conjugation by rule: the stems of a verb from its lemma, imperfect, form and root.

Works on unvocalised spelling, where sound verbs have one stem each for perfective and imperfective; hollow, doubled,
defective, assimilated and hamzated verbs get the stems their spelling needs.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg_builder.annotate.morphology.lexicon import Verb
from kg_builder.annotate.morphology.rows import Stem, both

_WEAK = frozenset("وي")
_CONTRACTING = frozenset({1, 4, 7, 8, 10})
_PASSIVE_ALEF = {"ا": "ى", "ي": "ى", "و": "ى", "ئ": "أ", "ؤ": "أ"}


def is_hollow(verb: Verb) -> bool:
    """Whether the middle radical disappears before consonants."""
    return (
        len(verb.root) == 3
        and verb.root[1] in _WEAK
        and verb.form in _CONTRACTING
        and len(verb.lemma) > 2
        and verb.lemma[-2] == "ا"
    )


def is_doubled(verb: Verb) -> bool:
    """Whether the last two radicals are written as one."""
    if verb.doubled and verb.form in {2, 5}:
        return False
    return verb.doubled or (
        len(verb.root) == 3
        and verb.root[1] == verb.root[2]
        and verb.form in _CONTRACTING
        and verb.lemma[-2:-1] != verb.lemma[-1]
    )


def is_defective(verb: Verb) -> bool:
    """Whether the last radical is weak."""
    return verb.lemma[-1] in "اىي" and verb.root[-1] in _WEAK


def stems(verb: Verb) -> Iterator[Stem]:
    """Every stem of the verb: perfective and imperfective, active and passive, imperative."""
    imperfect = verb.imperfect[1:]
    yield from _perfective(verb, verb.lemma, "a")
    yield from _imperfective(verb, imperfect, "a")
    yield from _imperative(verb, imperfect)
    yield from _perfective(verb, passive_perfective(verb), "p")
    yield from _imperfective(verb, passive_imperfective(verb), "p")


def _stem(verb: Verb, surface: str, asp: str, vox: str, sets: tuple[str, ...]) -> Stem:
    person = {"p": "3", "i": "", "c": "2"}[asp]
    starts = {"p": "v", "i": "i", "c": "c"}[asp]
    return Stem(
        surface,
        starts,
        sets,
        verb.lemma,
        "VERB",
        per=person,
        asp=asp,
        vox=vox,
        verb=verb.lemma,
        form=str(verb.form),
        price=verb.price,
    )


def _perfective(verb: Verb, base: str, vox: str) -> Iterator[Stem]:
    def row(surface: str, *sets: str) -> Stem:
        if surface[-1] == "ن":  # "كان" gives "كنا", its last letter one with the ending's
            sets = tuple(name.replace("pc", "pg") for name in sets)
        return _stem(verb, surface, "p", vox, sets)

    last = base[-1]
    if is_defective(verb) and last in "اى":
        yield row(base, "p0n")
        yield row(base[:-1] + "ا", "p0e")
        yield row(base[:-1], *both("pt", "pw"))
        yield row(base[:-1] + ("و" if last == "ا" and verb.imperfect[-1] == "و" else "ي"), *both("pc", "pa"))
    elif is_defective(verb):
        yield row(base, *both("p0", "pt", "pc", "pa"))
        yield row(base[:-1], *both("pw"))
    elif is_hollow(verb):
        yield row(base, *both("p0", "pt", "pa", "pw"))
        yield row(base[:-2] + base[-1], *both("pc"))
    elif is_doubled(verb):
        yield row(base, *both("p0", "pt", "pa", "pw"))
        yield row(base + last, *both("pc"))
    else:
        yield row(base, *both("p0", "pt", "pc", "pa", "pw"))
        if last == "أ":
            yield row(base[:-1] + "ؤ", *both("pw"))


def _imperfective(verb: Verb, base: str, vox: str) -> Iterator[Stem]:
    def row(surface: str, *sets: str) -> Stem:
        return _stem(verb, surface, "i", vox, sets)

    last = base[-1]
    if is_defective(verb) and last == "ى":
        yield row(base, "i0n")
        yield row(base[:-1] + "ا", "i0e")
        yield row(base[:-1] + "ي", *both("ia", "in"))
        yield row(base[:-1], *both("ij", "iw", "iy"))
    elif is_defective(verb):
        yield row(base, *both("i0", "ia", "in"))
        yield row(base[:-1], *both("ij", "iw", "iy"))
    elif is_hollow(verb) and base[-2:-1] and base[-2] in "اوي":
        yield row(base, *both("i0", "ia", "iw", "iy"))
        yield row(base[:-2] + last, *both("ij", "in"))
    elif is_doubled(verb):
        yield row(base, *both("i0", "ia", "iw", "iy"))
        yield row(base + last, *both("ij", "in"))
    else:
        yield row(base, *both("i0", "ia", "iw", "iy", "in"))
        if last == "أ":
            yield row(base[:-1] + "ؤ", *both("iw"), "i0e")


def _imperative(verb: Verb, imperfect: str) -> Iterator[Stem]:
    """Only forms whose spelling differs from the perfective are worth a row: forms I, IV, VII, VIII and X."""
    if verb.form == 1 and not is_hollow(verb) and len(imperfect) == 3 and imperfect[0] not in "أؤئ":
        base = "ا" + imperfect
    elif verb.form in {2, 3, 4, 7, 8, 10} and not is_hollow(verb):
        base = {4: "أ", 7: "ا", 8: "ا", 10: "ا"}.get(verb.form, "") + imperfect
    else:
        return
    if is_defective(verb):
        yield _stem(verb, base[:-1], "c", "a", both("c0", "cw"))
    else:
        yield _stem(verb, base, "c", "a", both("c0", "cw"))


def passive_perfective(verb: Verb) -> str:
    """The 3rd person masculine singular of the passive perfective."""
    base = verb.lemma
    if is_hollow(verb):
        return base[:-2] + "ي" + base[-1]
    if verb.form == 3 and base[1:2] == "ا":
        base = base[0] + "و" + base[2:]
    elif verb.form == 6 and base[2:3] == "ا":
        base = base[:2] + "و" + base[3:]
    elif base[0] == "آ":
        base = "أو" + base[1:]
    if is_defective(verb):
        return base[:-1] + "ي"
    if base[-1] == "أ" or (verb.form == 1 and len(base) == 3 and base[1] == "أ"):
        at = len(base) - 1 if base[-1] == "أ" else 1
        return base[:at] + "ئ" + base[at + 1 :]
    return base


def passive_imperfective(verb: Verb) -> str:
    """The passive imperfective without its personal prefix."""
    base = verb.imperfect[1:]
    if verb.form == 1 and verb.root[0] == "و" and base[0] != "و":
        base = "و" + base
    if verb.form == 1 and base[0] == "أ":
        base = "ؤ" + base[1:]
    if is_defective(verb):
        return base[:-1] + "ى"
    if is_hollow(verb) and base[-2] in "اوي":
        return base[:-2] + "ا" + base[-1]
    return base[:-1] + _PASSIVE_ALEF[base[-1]] if base[-1] in "ئؤ" else base
