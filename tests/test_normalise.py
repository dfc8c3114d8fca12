"""Normalisation: what is dropped, what is mapped, and the way back to the original."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_builder.normalise import clean, fold, fold_words, name_key, normalise

_LETTERS = [*"ابتةىيوهءأإآؤئلام", *"َُِّْٰٔ", *"ﻻﷲﷺﺑﻼ", *"یکگپۀ", "A", "é"]
_INVISIBLE = ["\u0640", "\u200f", "\u200c", "\u202b", "\ufeff", "\u00a0", " ", "\n", "\r\n"]
_SIGNS = [*"٠٥۳9", "٫", "٬", "٪", "&nbsp;", "&quot;", "&#1575;", "&amp;", "&", *".،؛؟«»#_"]
CHARACTERS = st.sampled_from([*_LETTERS, *_INVISIBLE, *_SIGNS])
TEXTS = st.lists(CHARACTERS, max_size=40).map("".join)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("قُتِلَ", "قتل"),
        ("الحكـــومة", "الحكومة"),
        ("هٰذا", "هذا"),
        ("\u200fقال\u200e", "قال"),
        ("می\u200cرود", "ميرود"),
        ("ﺍﻟﺤﻜﻮﻣﺔ", "الحكومة"),
        ("ﻷن", "لأن"),
        ("ﷲ", "الله"),
        ("٣٫٥٪ و۱۲", "3.5% و12"),
        ("١٬٠٠٠", "1,000"),
        ("چین وکنگره گفت", "جين وكنكره كفت"),
        ("أ\u0654 ا\u0654 ا\u0653", "أ أ آ"),
        ("&quot;نعم&quot;&nbsp;&#1575;&amp;", '"نعم" ا&'),
        ("كم\u00a0هنا", "كم هنا"),
        ("&bogus; & ;", "&bogus; & ;"),
        ("ﷺ", "ﷺ"),
    ],
)
def test_clean_form(written: str, expected: str) -> None:
    assert clean(written) == expected


def test_hamza_and_ta_marbuta_survive_normalisation_but_not_folding() -> None:
    assert clean("مسؤولة إلى") == "مسؤولة إلى"
    assert fold("مسؤولة إلى") == fold("مسئوله الي")
    assert fold("مدرسة") != fold("مدرس")


def test_span_of_a_letter_holds_its_marks_but_no_control_behind_it() -> None:
    text = "\u200fقَالَ\u200f ثم"
    found = normalise(text)
    assert found.text == "قال ثم"
    assert [text[slice(*found.span(a, b))] for a, b in ((0, 3), (0, 1), (4, 6))] == ["قَالَ", "قَ", "ثم"]


def test_a_ligature_is_one_original_character_for_all_its_letters() -> None:
    found = normalise("ﻷن")
    assert [found.span(i, i + 1) for i in range(3)] == [(0, 1), (0, 1), (1, 2)]


@given(TEXTS)
def test_offsets_lead_back_to_what_was_written(text: str) -> None:
    found = normalise(text)
    offsets = list(found.offsets)
    assert len(offsets) == len(found.text) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    for i in range(len(found.text)):
        start, end = found.span(i, i + 1)
        assert 0 <= start < end <= len(text)


@given(TEXTS)
def test_what_is_dropped_between_two_characters_is_nothing_but_marks(text: str) -> None:
    found = normalise(text)
    for i, char in enumerate(found.text):
        start, end = found.span(i, i + 1)
        assert char in normalise(text[start:end]).text


@given(TEXTS.filter(lambda t: "&" not in t))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


PARTS = st.sampled_from(["عبد", "أبو", "ابن", "ال", "لله", "وو", "Σ", "-", "_", "&amp;"])
NAMES = st.lists(st.tuples(PARTS, st.sampled_from(["", " ", " ", "  "])).map("".join)).map("".join)


@given(TEXTS | NAMES)
def test_a_name_is_folded_word_by_word_as_it_is_folded_whole(name: str) -> None:
    words = " ".join(re.findall(r"[^\W_]+", fold(name)))
    key = re.sub(r"([يو])\1", r"\1", re.sub(r"\b(عبد|ابو) (?=\w)", r"\1", words))
    assert fold_words(name) == words
    assert name_key(name) == re.sub(r"\bابن\b", "بن", re.sub(r"\bال(?=\w\w)", "", key))
