"""Masdars and participles by rule, from a verb's lemma, imperfect, form and root."""

from __future__ import annotations

from collections.abc import Iterator

from kg_builder.annotate.morphology.lexicon import Nominal, Verb
from kg_builder.annotate.morphology.verbs import is_defective, is_doubled, is_hollow, passive_imperfective


def nominals(verb: Verb) -> Iterator[Nominal]:
    """The verb's masdars (given, else by rule) and its participles."""
    for masdar in verb.masdars or _some(masdar_by_rule(verb)):
        yield Nominal(
            masdar,
            "noun",
            "f" if masdar.endswith("ة") else "m",
            verb=verb.lemma,
            verb_form="vn",
            plurals=_plurals(verb, masdar),
            price=verb.price,
        )
    active = verb.participle or active_participle(verb)
    yield Nominal(active, "ptc", verb=verb.lemma, verb_form="pa", human=True)
    passive = verb.passive_participle or passive_participle(verb)
    if passive != active and verb.form != 7:
        yield Nominal(passive, "ptc", verb=verb.lemma, verb_form="pp", human=True)


def _some(form: str) -> tuple[str, ...]:
    return (form,) if form else ()


def _plurals(verb: Verb, masdar: str) -> tuple[str, ...]:
    """The sound plural that masdars of derived forms take."""
    if verb.form == 1 and not masdar.endswith("ة"):
        return ()
    if masdar.endswith("ة"):
        return (masdar[:-1] + ("ات" if not masdar.endswith("اة") else "يات"),)
    return (masdar + "ات",)


def _hamza(letter: str, seat: str) -> str:
    return seat if letter == "ء" else letter


def active_participle(verb: Verb) -> str:
    """Form I by pattern, other forms from the imperfect; defective ones keep their ya ("داعي")."""
    if verb.form != 1 or len(verb.root) != 3:
        stem = verb.imperfect[1:]
        last = "ي" if stem[-1] in "ىي" else "ئ" if stem[-1] == "أ" else stem[-1]
        return "م" + stem[:-1] + last
    first, middle, last = tuple(verb.root)
    head = "آ" if first == "ء" else first + "ا"
    if is_doubled(verb):
        return head + middle
    if is_hollow(verb) or middle == "ء":
        return head + "ئ" + ("ي" if is_defective(verb) else _hamza(last, "ي"))
    return head + middle + ("ي" if is_defective(verb) else _hamza(last, "ئ"))


def passive_participle(verb: Verb) -> str:
    """Form I by pattern, other forms from the passive imperfect."""
    if verb.form != 1 or len(verb.root) != 3:
        return "م" + passive_imperfective(verb)
    first, middle, last = tuple(verb.root)
    if is_hollow(verb):
        return "م" + verb.imperfect[1:].replace("ا", "و")
    head = "م" + _hamza(first, "أ")
    if is_defective(verb):
        return head + _hamza(middle, "ئ") + ("و" if verb.imperfect[-1] == "و" else "ي")
    return head + _hamza(middle, "ؤ") + "و" + last


def masdar_by_rule(verb: Verb) -> str:
    """The regular masdar of a derived form; "" for form I, where usage decides."""
    rule = {2: _second, 3: _third, 4: _fourth, 5: _fifth, 6: _fifth, 11: _quadriliteral}.get(verb.form)
    if rule:
        return rule(verb)
    return _alef_before_last(verb) if verb.form in {7, 8, 9, 10} else ""


def _second(verb: Verb) -> str:
    head = "ت" + _hamza(verb.root[0], "أ") + verb.lemma[1]
    if is_defective(verb):
        return head + "ية"
    return head + "ئة" if verb.root[-1] == "ء" else head + "ي" + verb.lemma[-1]


def _third(verb: Verb) -> str:
    return "م" + (verb.lemma[:-1] + "اة" if is_defective(verb) else verb.lemma + "ة")


def _fourth(verb: Verb) -> str:
    first, middle, last = verb.root[0], verb.root[1], verb.root[-1]
    head = "إ" + ("ي" if first in "وء" else first)
    if is_hollow(verb):
        return "إ" + first + "ا" + _hamza(last, "ء") + "ة"
    return head + _hamza(middle, "آ") + ("اء" if is_defective(verb) else "ا" + last)


def _fifth(verb: Verb) -> str:
    if is_defective(verb):
        return verb.lemma[:-1] + "ي"
    return verb.lemma[:-1] + "ؤ" if verb.lemma[-1] == "أ" else verb.lemma


def _quadriliteral(verb: Verb) -> str:
    return verb.lemma if verb.lemma[0] in "تا" and len(verb.lemma) > 4 else verb.lemma + "ة"


def _alef_before_last(verb: Verb) -> str:
    base = verb.lemma
    if verb.form == 10 and base[3:4] == "و":
        base = "استي" + base[4:]
    if is_hollow(verb):
        return base + "ة" if verb.form == 10 else base[:-2] + "يا" + base[-1]
    if is_defective(verb):
        return base[:-1] + "اء"
    if is_doubled(verb):
        return base + "ا" + base[-1]
    return base[:-1] + "ا" + ("ء" if base[-1] == "أ" else base[-1])
