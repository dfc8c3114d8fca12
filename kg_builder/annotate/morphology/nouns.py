"""Inflection of nouns, adjectives, masdars and participles by rule, as stems of the database."""

from __future__ import annotations

from collections.abc import Iterator

from kg_builder.annotate.morphology.lexicon import Nominal
from kg_builder.annotate.morphology.rows import Stem, both

_NON_CONNECTING = frozenset("اأإآدذرزوؤ")


def stems(noun: Nominal) -> Iterator[Stem]:
    """Every stem of a nominal: singular, feminine, dual, sound and broken plurals."""
    yield from _singular(noun)
    if noun.pos in {"adj", "ptc"} and not noun.lemma.endswith("ة"):
        yield from _feminine(noun)
    for plural in noun.plurals:
        yield from _plural(noun, plural)
    if noun.pos == "ptc" or (noun.pos == "adj" and not noun.plurals):
        yield from _sound_plural(noun, _strip_ya(noun))


def _row(noun: Nominal, surface: str, sets: tuple[str, ...], gen: str, num: str, stt: str = "") -> Stem:
    return Stem(
        surface,
        "n",
        sets,
        noun.lemma,
        noun.pos.upper(),
        gen=gen,
        num=num,
        stt=stt,
        vform=noun.verb_form,
        verb=noun.verb,
        kind="human" if noun.human else "",
        price=noun.price,
    )


def _strip_ya(noun: Nominal) -> str:
    """The stem before the sound plural: "داعي" gives "داع", "مستدعى" gives "مستدع"."""
    weak = noun.lemma[-1] == "ى" or (noun.lemma[-1] == "ي" and noun.pos == "ptc")
    return noun.lemma[:-1] if weak else noun.lemma


def _singular(noun: Nominal) -> Iterator[Stem]:
    yield from _bare(noun, noun.lemma, noun.gender, "s", dual=True)
    if noun.lemma[-1] == "ي" and noun.pos == "ptc":
        yield _row(noun, noun.lemma[:-1], ("n0n",), noun.gender, "s", "i")


def _bare(noun: Nominal, form: str, gen: str, num: str, dual: bool) -> Iterator[Stem]:
    """A form without inflectional ending: as it is, before a pronoun, with tanwin, in the dual."""
    tail: tuple[str, ...] = ("nan", "ndn", *both("nc")) if dual else ("nan",)
    last, stem = form[-1], form[:-1]
    if last == "ة":
        yield _row(noun, stem, ("nfn", "nhe", *(("nen", *both("ng")) if dual else ())), gen, num)
    elif last == "ى":
        yield _row(noun, form, ("n0n",), gen, num)
        yield _row(noun, stem + "ا", ("n0e",), gen, num)
        if dual:
            yield _row(noun, stem + "ي", ("ndn", *both("nc")), gen, num)
    elif last == "ء" and len(form) > 2:
        yield from _final_hamza(noun, form, tail, gen, num)
    elif last == "أ":
        yield _row(noun, form, (*both("n0"), *tail), gen, num)
        yield _row(noun, stem + "ئ", ("n0e",), gen, num)
        yield _row(noun, stem + "ؤ", ("n0e",), gen, num)
    else:
        yield _row(noun, form, (*both("n0"), *tail), gen, num)


def _final_hamza(noun: Nominal, form: str, tail: tuple[str, ...], gen: str, num: str) -> Iterator[Stem]:
    stem = form[:-1]
    yield _row(noun, form, both("n0"), gen, num)
    yield _row(noun, stem + "ئ", ("n0e",), gen, num)
    yield _row(noun, stem + "ؤ", ("n0e",), gen, num)
    seat = form if stem[-1] in _NON_CONNECTING else stem + "ئ"
    yield _row(noun, seat, tuple(s for s in tail if stem[-1] != "ا" or s != "nan"), gen, num)


def _feminine(noun: Nominal) -> Iterator[Stem]:
    if noun.feminine:
        yield from _bare(noun, noun.feminine, "f", "s", dual=True)
        if noun.feminine.endswith("ة"):
            yield _row(noun, noun.feminine[:-1], both("nt"), "f", "p")
        return
    base = noun.lemma
    if base[-1] == "ى":
        base = base[:-1] + "ا"
    elif base[-1] == "ء" and base[-2:-1] not in {"ا", "و"}:
        base = base[:-1] + "ئ"
    yield _row(noun, base, ("nfn", "nhe", "nen", *both("ng")), "f", "s")
    yield _row(noun, noun.lemma[:-1] + "ي" if base[-1] == "ا" else base, both("nt"), "f", "p")


def _sound_plural(noun: Nominal, base: str) -> Iterator[Stem]:
    yield _row(noun, base, ("npn", *both("nq")), "m", "p")


def _plural(noun: Nominal, plural: str) -> Iterator[Stem]:
    if plural.endswith(("ون", "ين")) and len(plural) > 4 and plural[:3] == noun.lemma[:3]:
        yield from _sound_plural(noun, plural[:-2])
    elif plural.endswith("ات") and len(plural) > 4 and (plural[:-2] == noun.lemma[:-1] or plural[:-2] == noun.lemma):
        yield _row(noun, plural[:-2], both("nt"), noun.gender, "p")
    else:
        yield from _bare(noun, plural, noun.gender, "p", dual=False)
