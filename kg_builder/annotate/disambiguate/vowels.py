"""What written short vowels say: `قُتل` is passive, `قَتْل` a noun, `قَبِل` a verb, a word with tanwin no verb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg_builder.annotate.morphology.reading import Reading

FATHA, DAMMA, KASRA, SHADDA, SUKUN = "\u064e", "\u064f", "\u0650", "\u0651", "\u0652"
_TANWIN = re.compile("[\u064b\u064c\u064d](?=[\u064b-\u0652]?\u0627?$)")
_MISTAKEN = str.maketrans("\u064b\u064c\u064d", "\u064e\u064f\u0650")
"""Tanwin inside a word is a slip for the vowel («عٌين»)."""
_LETTER = re.compile("([\u0621-\u063a\u0641-\u064a])([\u064b-\u0652\u0670]*)")
_AGAINST = 6.0
_VERBS = frozenset({"VP", "VI", "VJ", "VC"})


def weigh(surface: str, readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings of a word written with diacritics, those that contradict them made dear, voices decided."""
    letters = _LETTER.findall(surface)
    letters = [(letter, marks.translate(_MISTAKEN)) for letter, marks in letters[:-2]] + letters[-2:]
    if not any(marks for _, marks in letters):
        return tuple(readings)
    weighed = [_weighed(letters, surface, reading) for reading in readings]
    return tuple(sorted(weighed, key=lambda r: r.cost))


def _weighed(letters: list[tuple[str, str]], surface: str, reading: Reading) -> Reading:
    before = _proclitics(reading)
    main = reading.parts[before]
    stem = letters[before : before + main.length]
    is_verb = reading.exit in _VERBS
    against = bool(_TANWIN.search(surface)) and is_verb
    if is_verb:
        voice = _voice(stem, reading)
        if voice and f"Voice={voice}" not in main.morph and "Voice=Act,Pass" not in main.morph:
            against = True
        reading = _with_voice(reading, before, voice)
        against = against or _noun_shaped(stem)
    elif _verb_shaped(stem) and reading.exit in {"NI", "NE", "P", "AI", "Z"}:
        against = True
    cost = reading.cost + (_AGAINST if against else 0.0) + _shadda_cost(stem, reading, is_verb)
    return reading._replace(cost=cost)


def _proclitics(reading: Reading) -> int:
    return next((i for i, part in enumerate(reading.parts) if part.length > 1 or i == len(reading.parts) - 1), 0)


def _marks(stem: list[tuple[str, str]], index: int) -> str:
    return stem[index][1] if -len(stem) <= index < len(stem) else ""


def _voice(stem: list[tuple[str, str]], reading: Reading) -> str:
    """Pass for a damma on the first letter (perfective), or on the prefix of a form I imperfective; else ""."""
    first = _marks(stem, 0)
    if reading.exit == "VP" and FATHA in first:
        return "Act"
    if reading.exit == "VP" and DAMMA in first:
        return "Pass"
    if reading.exit in {"VI", "VJ"} and DAMMA in first and (reading.form == 1 or FATHA in _marks(stem, -2)):
        return "Pass"
    return "Act" if reading.exit in {"VI", "VJ"} and FATHA in first else ""


def _with_voice(reading: Reading, before: int, voice: str) -> Reading:
    main = reading.parts[before]
    if not voice or "Voice=Act,Pass" not in main.morph:
        return reading
    main = main._replace(morph=main.morph.replace("Voice=Act,Pass", f"Voice={voice}"))
    return reading._replace(parts=(*reading.parts[:before], main, *reading.parts[before + 1 :]))


def _noun_shaped(stem: list[tuple[str, str]]) -> bool:
    """A three-letter word with sukun in the middle, or with a case ending that no perfective has."""
    if len(stem) != 3:
        return False
    last = _marks(stem, 2)
    return SUKUN in _marks(stem, 1) or (bool(last) and last[-1] in DAMMA + KASRA)


def _verb_shaped(stem: list[tuple[str, str]]) -> bool:
    """A three-letter word with a vowel in the middle that nouns of this shape lack, or with damma first and kasra
    second."""
    if len(stem) != 3:
        return False
    first, middle, last = (_marks(stem, i) for i in range(3))
    if DAMMA in first and KASRA in middle:
        return True
    return (KASRA in middle and FATHA in last) or (SHADDA in middle and KASRA not in middle)


def _shadda_cost(stem: list[tuple[str, str]], reading: Reading, is_verb: bool) -> float:
    """A shadda inside a verb speaks for forms II and V, one at its end for a doubled root."""
    inside = any(SHADDA in marks for _, marks in stem[1:-1])
    if not is_verb or not reading.form:
        return 0.0
    if inside:
        return 0.0 if reading.form in {2, 5, 8} else 3.0
    return 1.0 if SHADDA in _marks(stem, -1) and reading.form in {2, 5} and reading.exit == "VP" else 0.0
