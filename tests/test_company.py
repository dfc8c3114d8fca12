"""The company of words: what tells one sense of a trigger from another, and who goes with what."""

from __future__ import annotations

import pytest

from kg_builder import annotate, extract, ontology
from kg_builder.extract.extractor import Extractor, Proposal
from kg_builder.extract.rank import Ranker
from kg_builder.model import Article, Entity


@pytest.fixture(scope="module")
def read() -> tuple[annotate.Annotator, Extractor]:
    graph = ontology.load()
    return annotate.load(graph), extract.load(graph, Ranker())


def proposal(read: tuple[annotate.Annotator, Extractor], text: str, event: str) -> Proposal:
    annotator, extractor = read
    [reading] = extractor.readings(annotator(Article("a", text, date="2022-03-10")), every=True)
    return next(p for p in reading.proposals if p.match.type == event)


def test_a_trigger_knows_the_content_words_around_it(read: tuple[annotate.Annotator, Extractor]) -> None:
    features = set(proposal(read, "بلغ المتسلقون قمة الجبل في الشتاء.", "Meeting").features)
    assert {"Meeting:by:جبل", "قمة:by:جبل", "قمة:by:متسلق"} <= features
    assert not any(f.endswith((":by:قمة", ":by:في", ":by:.")) for f in features)


def fillers(read: tuple[annotate.Annotator, Extractor], text: str, event: str) -> set[tuple[str, str, object]]:
    annotator, extractor = read
    [reading] = extractor.readings(annotator(Article("a", text, date="2022-03-10")), every=True)
    return {(c.role, c.slot, getattr(f.value, "label", f.value)) for p in reading.proposals if p.match.type == event
            for c, _ in p.candidates for f in extractor.fillers(reading, p, c)}


def test_a_nationality_names_its_country(read: tuple[annotate.Annotator, Extractor]) -> None:
    assert ("attacker", "nationality", "فرنسا") in fillers(read, "وأدت الغارات الفرنسية إلى نزوح السكان.", "Attack")


def test_an_office_is_held_somewhere_and_not_in_an_event(read: tuple[annotate.Annotator, Extractor]) -> None:
    assert ("victim", "subject", "شرطيان") in fillers(read, "قتل شرطيان في هجوم شرق المدينة.", "Death")
    assert ("victim", "subject", "ضابط في الحرس") in fillers(read, "قتل ضابط في الحرس أمس.", "Death")


def test_a_numeral_may_follow_what_it_counts(read: tuple[annotate.Annotator, Extractor]) -> None:
    assert ("victim", "genitive", "مدنيين اثنين") in fillers(read, "أسفر القصف عن إصابة مدنيين اثنين.", "Injury")


def test_a_candidate_is_told_with_its_trigger_and_what_stands_between(
    read: tuple[annotate.Annotator, Extractor]
) -> None:
    found = proposal(read, "هاجمت قوات الحدود أمس معسكر المهربين.", "Attack")
    features = {c.role: set(f) for c, f in found.candidates if c.slot == "object"}["target"]
    assert {"Attack:target:with:معسكر", "هاجم:target:with:معسكر", "target:between:قوات"} <= features


def test_a_body_where_something_happens_is_a_house(read: tuple[annotate.Annotator, Extractor]) -> None:
    annotator, extractor = read
    [reading] = extractor.readings(annotator(Article("a", "واندلع حريق في وزارة التربية أمس.")), every=True)
    places = [f.value for p in reading.proposals for c, _ in p.candidates if c.role == "place"
              for f in extractor.fillers(reading, p, c)]
    assert [(e.label, e.kind) for e in places if isinstance(e, Entity)] == [("وزارة التربية", "Facility")]
