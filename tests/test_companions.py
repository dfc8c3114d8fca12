"""Where the companion of a generic word stands: behind a quantity, in the phrase that a verb describes, after a
preposition of several words."""

from __future__ import annotations

import pytest

from kg_builder import annotate, extract, ontology
from kg_builder.extract import Extractor, Ranker
from kg_builder.model import Article


@pytest.fixture(scope="module")
def read() -> tuple[annotate.Annotator, Extractor]:
    graph = ontology.load()
    return annotate.load(graph), extract.load(graph, Ranker())


def told(read: tuple[annotate.Annotator, Extractor], text: str) -> set[tuple[str, str, str]]:
    """The type of each proposal, with the words at its trigger and at its companions."""
    annotator, extractor = read
    found = set()
    for reading in extractor.readings(annotator(Article("test", text, date="2022-03-10"))):
        norms = [w.norm for w in reading.parse.words]
        for match in (p.match for p in reading.proposals):
            found.add((match.type, norms[match.i], " ".join(norms[i] for i in match.companions.values())))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("تقرر إرسال خمسة آلاف جندي إلى الحدود.", ("Deployment", "إرسال", "جندي")),
        ("ويتم رفع كل العقوبات عن البلاد.", ("Sanction", "رفع", "العقوبات")),
        ("يأتي إبرام هذه الاتفاقية بعد أعوام.", ("Agreement", "إبرام", "الاتفاقية")),
        ("رصد الحراس صاروخا أطلقته الجماعة نحو المدينة.", ("Attack", "أطلقت", "صاروخا")),
        ("تأكد مقتل التاجر على يد لص.", ("Attack", "مقتل", "لص")),
    ],
)
def test_a_companion_is_found(
    read: tuple[annotate.Annotator, Extractor], text: str, expected: tuple[str, str, str]
) -> None:
    assert expected in told(read, text)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("تقرر إرسال خمسة آلاف خطاب إلى الناخبين.", "Deployment"),
        ("رصد الحراس السائح الذي أطلق الكلب.", "Attack"),
        ("وقف التاجر على باب السوق.", "Attack"),
    ],
)
def test_without_its_companion_a_generic_word_tells_nothing(
    read: tuple[annotate.Annotator, Extractor], text: str, event: str
) -> None:
    assert event not in {found for found, _, _ in told(read, text)}
