"""The B³ scorer of who is who, on a case counted by hand."""

from __future__ import annotations

import pytest

from kg_builder.pipeline import Pipeline
from scripts.score_entities import b_cubed, gold_entity, score

PEOPLE = [
    {"name": "سالم درويش", "aliases": ["درويش", "رئيس الجمهورية"], "type": "Person"},
    {"name": "الحكومة", "aliases": [], "type": "Government"},
    {"name": "مجلس بلدة السهل", "aliases": ["المجلس"], "type": "Organization"},
]


def test_b_cubed_of_a_case_counted_by_hand() -> None:
    # Output 1 holds three mentions of a and one of b, output 2 one of a: precision (3·3/4 + 1/4 + 1)/5, recall
    # (3·3/4 + 1 + 1/4)/5.
    pairs = [("a", 1), ("a", 1), ("a", 1), ("b", 1), ("a", 2)]
    precision, recall, f1 = b_cubed(pairs)
    assert (precision, recall) == (pytest.approx(0.7), pytest.approx(0.7))
    assert f1 == pytest.approx(0.7)
    assert b_cubed([("a", 1), ("a", 2)]) == (1.0, 0.5, pytest.approx(2 / 3))
    assert b_cubed([]) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("للحكومة", 1),
        ("الرئيس سالم درويش", 0),
        ("درويش", 0),
        ("مجلس السهل", 2),
        ("الصحافة", None),
        ("الحكومة والمجلس", None),
    ],
)
def test_a_mention_is_of_the_entity_whose_words_it_has(phrase: str, expected: int | None) -> None:
    assert gold_entity(phrase, PEOPLE) == expected


def test_the_mentions_of_an_article_are_those_that_fill_roles() -> None:
    text = "استقال رئيس الوزراء سالم درويش من منصبه. وقبل المجلس استقالة درويش."
    pairs, unknown = score([{"id": "x", "text": text, "entities": PEOPLE}], Pipeline())
    assert {gold for gold, _ in pairs} == {("x", 0), ("x", 2)}
    assert len({output for gold, output in pairs if gold == ("x", 0)}) == 1
    assert unknown == 0
