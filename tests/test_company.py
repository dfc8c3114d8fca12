"""The company of words: what tells one sense of a trigger from another, and who goes with what."""

from __future__ import annotations

import pytest

from kg_builder import annotate, extract, ontology
from kg_builder.extract.extractor import Extractor, Proposal
from kg_builder.extract.rank import Ranker
from kg_builder.model import Article


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


def test_a_candidate_is_told_with_its_trigger_and_what_stands_between(
    read: tuple[annotate.Annotator, Extractor]
) -> None:
    found = proposal(read, "هاجمت قوات الحدود أمس معسكر المهربين.", "Attack")
    features = {c.role: set(f) for c, f in found.candidates if c.slot == "object"}["target"]
    assert {"Attack:target:with:معسكر", "هاجم:target:with:معسكر", "target:between:قوات"} <= features
