"""Orthographic tokens and sentences."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given

from kg_builder.annotate import tokens
from kg_builder.annotate.tokens import Raw, tokenise
from kg_builder.normalise import normalise
from tests.test_normalise import TEXTS


def words(text: str) -> list[str]:
    return [raw.norm for raw in tokenise(text).raws]


def sentences(text: str) -> list[str]:
    found = tokenise(text)
    bounds = [*sorted(found.starts), len(found.raws)]
    return [text[found.raws[a].start : found.raws[b - 1].end] for a, b in itertools.pairwise(bounds)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("بلغ 0.12 ثم 3,500 عند 18:30", ["بلغ", "0.12", "ثم", "3,500", "عند", "18:30"]),
        ("في 2022-01-05 و5/1/2022.", ["في", "2022-01-05", "و", "5/1/2022", "."]),
        ("٥/١/٢٠٢٢", ["5/1/2022"]),
        ("يناير/ كانون الثاني", ["يناير", "/", "كانون", "الثاني"]),
        ('الـ"ناتو"', ["ال", '"', "ناتو", '"']),
        ("#اقتصاد_السعودية", ["اقتصاد", "السعودية"]),
        ("# اقتصاد _ #1", ["#", "اقتصاد", "_", "#", "1"]),
        ("و٥ 11ألفا 1443هـ 5%", ["و", "5", "11", "ألفا", "1443", "ه", "5", "%"]),
        ("2011-2012", ["2011", "-", "2012"]),
        ("«نعم»، قال", ["«", "نعم", "»", "،", "قال"]),
        ("انظر https://example.org/a?b=1. ثم", ["انظر", "https://example.org/a?b=1", ".", "ثم"]),
        ("قال John O'Neil لشركة F-16 وG20", ["قال", "John", "O'Neil", "لشركة", "F-16", "و", "G20"]),
        ("قُتِلَ هــنا", ["قتل", "هنا"]),
        ("&quot;نعم&quot;", ['"', "نعم", '"']),
        ("نهاية... بداية…", ["نهاية", "...", "بداية", "…"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("خرج. عاد! متى؟ الآن", ["خرج.", "عاد!", "متى؟", "الآن"]),
        ("خرج؛ ثم عاد.", ["خرج؛", "ثم عاد."]),
        ('قال "نعم." ثم خرج.', ['قال "نعم."', "ثم خرج."]),
        ("حقا؟!» سأل", ["حقا؟!»", "سأل"]),
        ("عنوان بلا نقطة\nبدأ الخبر", ["عنوان بلا نقطة", "بدأ الخبر"]),
        ("سطر\n\n \nآخر", ["سطر", "آخر"]),
        ("وصل د. سامي وأ. منى.", ["وصل د. سامي وأ. منى."]),
        ("سنة 1443 هـ. ثم عاد.", ["سنة 1443 هـ.", "ثم عاد."]),
        ("بلغ 0.12 دينار.", ["بلغ 0.12 دينار."]),
        ("(أ.ف.ب) خرج.", ["(أ.ف.ب) خرج."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(TEXTS)
def test_tokens_are_ordered_and_lie_in_the_text(text: str) -> None:
    found = tokenise(text)
    last = 0
    for raw in found.raws:
        assert last <= raw.start < raw.end <= len(text)
        assert raw.norm.strip() == raw.norm != ""
        last = raw.end
    assert all(0 <= start < len(found.raws) for start in found.starts)
    assert (0 in found.starts) == bool(found.raws)


@given(TEXTS)
def test_chunks_cut_one_by_one_are_the_whole_text_cut_at_once(text: str) -> None:
    clean = normalise(text)
    matches = [m for m in tokens._TOKEN.finditer(clean.text) if m.group()[0] != "\n"]
    whole = [Raw(m.group(), *clean.span(*m.span())) for m in matches]
    assert tokenise(text).raws == [r for i, r in enumerate(whole) if r.start < r.end and (not i or r != whole[i - 1])]


def test_no_entity_changes_nothing_around_it() -> None:
    assert words("قال &bogus; لا") == ["قال", "&", "bogus", ";", "لا"]
    assert words("قُتل&bogus;لا") == ["قتل", "&", "bogus", ";", "لا"]
