"""What annotation remembers: it must never change what it says, and never grow without bound."""

from __future__ import annotations

import gc

import pytest
from spacy.tokens import Doc

from kg_builder import ontology
from kg_builder.annotate import load
from kg_builder.annotate.morphology import Morphology, common
from kg_builder.annotate.words import Words
from kg_builder.extract import words as looks
from kg_builder.model import Article
from kg_builder.pipeline import Pipeline

ANNOTATE = load(ontology.load())


def told(doc: Doc) -> list[tuple[str, ...]]:
    return [(t.text, t.norm_, t.lemma_, t.pos_, str(t.morph), t._.verb_lemma, t.ent_type_) for t in doc]


def test_a_word_is_read_by_its_context_every_time() -> None:
    """The same spelling is a verb here and a noun there, before a genitive and not."""
    texts = ["قبل الرئيس استقالة الوزير .", "عاد الرئيس قبل الوزير .", "كتاب الوزير جديد .", "هذا كتاب جديد ."]
    fresh = [told(ANNOTATE(Article("", text))) for text in texts]
    for _ in range(2):
        assert [told(ANNOTATE(Article("", text))) for text in texts] == fresh
        texts.reverse()
        fresh.reverse()
    assert {row[3] for rows in fresh for row in rows if row[0] == "قبل"} == {"VERB", "ADP"}
    assert {row[4] for rows in fresh for row in rows if row[0] == "كتاب"} == {
        "Definite=Cons|Gender=Masc|Number=Sing",
        "Definite=Ind|Gender=Masc|Number=Sing",
    }


def test_a_spelling_with_marks_is_no_other_spelling() -> None:
    """Vowels, tatweel and letters of other alphabets share a normalised form, but neither surface nor readings."""
    voices = [ANNOTATE(Article("", text))[0].morph.get("Voice") for text in ("قُتل الجندي", "قتل الجندي", "قَتل الجندي")]
    assert voices == [["Pass"], ["Act", "Pass"], ["Act"]]
    for text in ("وقـال الوزير", "وقال الوزیر", "وقال الوزير"):
        doc = ANNOTATE(Article("", text))
        assert doc.text == text
        assert [t.norm_ for t in doc] == ["و", "قال", "الوزير"]


def test_spellings_that_are_not_met_again_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg_builder.annotate.words.GENERATION", 5)
    words = Words(Morphology(ontology.load()), ANNOTATE.nlp.vocab)
    for number in range(100):
        words.choices("الوزير", "الوزير")
        words.choices(str(number), str(number))
    kept = {*words._recent, *words._older}
    assert len(kept) <= 10
    assert "الوزير" in kept


def test_readings_that_are_kept_are_those_that_the_lexicon_gives() -> None:
    morphology = Morphology(ontology.load())
    kept = [word for word in common.words() if morphology._common.drafts(word)]
    assert len(kept) > 20_000
    for word in kept[::500]:
        fresh = tuple(draft.reading(word) for draft in morphology._known_drafts(word))
        assert fresh == morphology.readings(word) != ()


def test_a_word_that_is_not_among_the_commonest_is_read_too() -> None:
    morphology = Morphology(ontology.load())
    assert morphology._common.drafts("فبأسعارهما") == ()
    assert morphology.readings("فبأسعارهما")[0].lemma == "سعر"


def test_what_is_learnt_is_spared_from_garbage_collection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg_builder.annotate.LEARNT", 50)
    ANNOTATE(Article("", " ".join(f"كلمة{number}" for number in range(100))))
    spared = gc.get_freeze_count()
    ANNOTATE(Article("", "كلمة1"))
    assert gc.get_freeze_count() <= spared
    ANNOTATE(Article("", " ".join(f"سطر{number}" for number in range(100, 200))))
    assert gc.get_freeze_count() > spared
    assert gc.isenabled()


def test_looks_at_words_that_are_not_met_again_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"عاد الوزير {number} مرات إلى مدينة{number} ." for number in range(20)]
    fresh = [list(looks.sentences(ANNOTATE(Article("", text)))) for text in texts]
    looks._looks.cache_clear()
    monkeypatch.setattr(looks, "GENERATION", 10)
    assert [list(looks.sentences(ANNOTATE(Article("", text)))) for text in texts] == fresh
    kept = looks._looks(ANNOTATE.nlp.vocab)
    assert 0 < len(kept) <= 10 and 0 < len(kept.older) <= 10


def test_a_pipeline_that_let_go_of_its_stages_builds_the_same_again() -> None:
    pipeline, articles = Pipeline(), [Article("a", "استقال وزير المالية كريم الحداد يوم الاثنين.", date="2021-03-03")]
    first = list(pipeline.build(articles, once=True).quads())
    assert not {"annotate", "extract"} & vars(pipeline).keys()
    assert list(pipeline.build(articles).quads()) == first != []
