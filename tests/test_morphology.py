"""Morphology, the choice among readings, and the document they make."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from spacy.tokens import Doc

from kg_builder import ontology
from kg_builder.annotate import Annotator, load
from kg_builder.annotate.disambiguate import choose
from kg_builder.annotate.disambiguate.transitions import TABLE, cost
from kg_builder.annotate.morphology import Morphology, derived, verbs
from kg_builder.annotate.morphology.analyser import WordAnalyser, tables
from kg_builder.annotate.morphology.database import database
from kg_builder.annotate.morphology.lexicon import Verb
from kg_builder.model import Article
from tests.test_normalise import TEXTS

ANNOTATOR = load(ontology.load())


def annotate(text: str) -> Doc:
    return ANNOTATOR(Article("test", text, date="2022-01-05"))


def tagged(text: str) -> str:
    return " ".join(f"{t.norm_}/{t.pos_}" for t in annotate(text) if not t.is_space)


def forms(verb: Verb) -> set[tuple[str, str]]:
    return {(stem.surface, stem.asp + stem.vox) for stem in verbs.stems(verb)}


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        (
            Verb("قال", "يقول", 1, "قول"),
            {("قال", "pa"), ("قل", "pa"), ("قول", "ia"), ("قل", "ia"), ("قيل", "pp"), ("قال", "ip")},
        ),
        (Verb("دعا", "يدعو", 1, "دعو"), {("دعا", "pa"), ("دع", "pa"), ("دعو", "pa"), ("دعي", "pp"), ("دعى", "ip")}),
        (Verb("رمى", "يرمي", 1, "رمي"), {("رمى", "pa"), ("رما", "pa"), ("رمي", "pa"), ("رم", "ia"), ("رمى", "ip")}),
        (Verb("شد", "يشد", 1, "شدد", doubled=True), {("شد", "pa"), ("شدد", "pa"), ("شدد", "ia")}),
        (Verb("وصل", "يصل", 1, "وصل"), {("وصل", "pa"), ("صل", "ia"), ("وصل", "ip")}),
        (Verb("أخذ", "يأخذ", 1, "ءخذ"), {("أخذ", "pa"), ("أخذ", "ia"), ("ؤخذ", "ip")}),
        (Verb("قرأ", "يقرأ", 1, "قرء"), {("قرأ", "pa"), ("قرؤ", "pa"), ("قرئ", "pp"), ("قرؤ", "ia")}),
        (Verb("أقام", "يقيم", 4, "قوم"), {("أقام", "pa"), ("أقم", "pa"), ("أقيم", "pp"), ("قيم", "ia"), ("قام", "ip")}),
        (Verb("استقال", "يستقيل", 10, "قيل"), {("استقل", "pa"), ("استقيل", "pp"), ("ستقل", "ia"), ("ستقال", "ip")}),
        (Verb("قاتل", "يقاتل", 3, "قتل"), {("قوتل", "pp"), ("قاتل", "ia"), ("قاتل", "ip")}),
        (Verb("احتل", "يحتل", 8, "حلل", doubled=True), {("احتلل", "pa"), ("حتلل", "ia")}),
        (Verb("كان", "يكون", 1, "كون"), {("كان", "pa"), ("كن", "pa"), ("كون", "ia")}),
    ],
)
def test_stems_of_irregular_verbs(verb: Verb, expected: set[tuple[str, str]]) -> None:
    assert expected <= forms(verb)


@pytest.mark.parametrize(
    ("verb", "masdar", "active", "passive"),
    [
        (Verb("قدم", "يقدم", 2, "قدم"), "تقديم", "مقدم", "مقدم"),
        (Verb("سمى", "يسمي", 2, "سمو"), "تسمية", "مسمي", "مسمى"),
        (Verb("هنأ", "يهنئ", 2, "هنء"), "تهنئة", "مهنئ", "مهنأ"),
        (Verb("طالب", "يطالب", 3, "طلب"), "مطالبة", "مطالب", "مطالب"),
        (Verb("أعلن", "يعلن", 4, "علن"), "إعلان", "معلن", "معلن"),
        (Verb("أوقف", "يوقف", 4, "وقف"), "إيقاف", "موقف", "موقف"),
        (Verb("أقام", "يقيم", 4, "قوم"), "إقامة", "مقيم", "مقام"),
        (Verb("أنشأ", "ينشئ", 4, "نشء"), "إنشاء", "منشئ", "منشأ"),
        (Verb("تلقى", "يتلقى", 5, "لقي"), "تلقي", "متلقي", "متلقى"),
        (Verb("تعاون", "يتعاون", 6, "عون"), "تعاون", "متعاون", "متعاون"),
        (Verb("انسحب", "ينسحب", 7, "سحب"), "انسحاب", "منسحب", "منسحب"),
        (Verb("احتل", "يحتل", 8, "حلل", doubled=True), "احتلال", "محتل", "محتل"),
        (Verb("اشترى", "يشتري", 8, "شري"), "اشتراء", "مشتري", "مشترى"),
        (Verb("استقال", "يستقيل", 10, "قيل"), "استقالة", "مستقيل", "مستقال"),
        (Verb("استورد", "يستورد", 10, "ورد"), "استيراد", "مستورد", "مستورد"),
        (Verb("قال", "يقول", 1, "قول"), "", "قائل", "مقول"),
        (Verb("دعا", "يدعو", 1, "دعو"), "", "داعي", "مدعو"),
        (Verb("سأل", "يسأل", 1, "سءل"), "", "سائل", "مسؤول"),
        (Verb("قرأ", "يقرأ", 1, "قرء"), "", "قارئ", "مقروء"),
    ],
)
def test_masdar_and_participles_by_rule(verb: Verb, masdar: str, active: str, passive: str) -> None:
    found = derived.masdar_by_rule(verb), derived.active_participle(verb), derived.passive_participle(verb)
    assert found == (masdar, active, passive)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("وللحكومة", [("و", "و"), ("ل", "ل"), ("الحكومة", "حكومة")]),
        ("للجنة الدستورية", [("ل", "ل"), ("اللجنة", "لجنة"), ("الدستورية", "دستوري")]),
        ("استقالته", [("استقالت", "استقالة"), ("ه", "هو")]),
        ("وسيقدمونها", [("و", "و"), ("س", "س"), ("يقدمون", "قدم"), ("ها", "هو")]),
        ("فبأسعارهم", [("ف", "ف"), ("ب", "ب"), ("أسعار", "سعر"), ("هم", "هو")]),
        ("وزرائه", [("وزرائ", "وزير"), ("ه", "هو")]),
        ("عليها", [("علي", "على"), ("ها", "هو")]),
        ("به", [("ب", "ب"), ("ه", "هو")]),
        ("بأنهم", [("ب", "ب"), ("أن", "أن"), ("هم", "هو")]),
        ("المتظاهرون", [("المتظاهرون", "متظاهر")]),
        ("مسؤولو", [("مسؤولو", "مسؤول")]),
        ("دعوا", [("دعوا", "دعا")]),
        ("قيل", [("قيل", "قال")]),
        ("اخترنا", [("اخترنا", "اختار")]),
        ("مستشفيات", [("مستشفيات", "مستشفى")]),
        ("كازاخستان", [("كازاخستان", "كازاخستان")]),
    ],
)
def test_clitics_and_lemmas(word: str, expected: list[tuple[str, str]]) -> None:
    assert [(t.norm_, t.lemma_) for t in annotate(word)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قتل الجنود ثلاثة رجال", "قتل/VERB الجنود/NOUN ثلاثة/NUM رجال/NOUN"),
        ("بعد قتل الجنود", "بعد/ADP قتل/NOUN الجنود/NOUN"),
        ("قرر المجلس رفع الأسعار", "قرر/VERB المجلس/NOUN رفع/NOUN الأسعار/NOUN"),
        ("لم يقبل الوزير القرار", "لم/PART يقبل/VERB الوزير/NOUN القرار/NOUN"),
        ("قبل الرئيس استقالة الحكومة", "قبل/VERB الرئيس/NOUN استقالة/NOUN الحكومة/NOUN"),
        ("وصل قبل الظهر", "وصل/VERB قبل/ADP الظهر/NOUN"),
        ("الذي طلب الدعم", "الذي/PRON طلب/VERB الدعم/NOUN"),
        ("على طلب الدعم", "على/ADP طلب/NOUN الدعم/NOUN"),
        ("أعلن الجيش وقف القتال", "أعلن/VERB الجيش/NOUN وقف/NOUN القتال/NOUN"),
        ("كان الوزير الجديد قد وصل", "كان/AUX الوزير/NOUN الجديد/ADJ قد/PART وصل/VERB"),
        ("زار الوزير المستشفى الجديد", "زار/VERB الوزير/NOUN المستشفى/NOUN الجديد/ADJ"),
        ("غادر الوفد المقر", "غادر/VERB الوفد/NOUN المقر/NOUN"),
        ("أعلن الجيش مقتل جنديين", "أعلن/VERB الجيش/NOUN مقتل/NOUN جنديين/NOUN"),
        ("هاجم مسلحون مسجدا", "هاجم/VERB مسلحون/NOUN مسجدا/NOUN"),
        (
            "قبل الملك عبد الله الثاني استقالة الحكومة",
            "قبل/VERB الملك/NOUN عبد/PROPN الله/PROPN الثاني/ADJ استقالة/NOUN الحكومة/NOUN",
        ),
        (
            "قبل الملك عبد الله الثاني، استقال الوزير",
            "قبل/ADP الملك/NOUN عبد/PROPN الله/PROPN الثاني/ADJ ،/PUNCT استقال/VERB الوزير/NOUN",
        ),
        ("وصل الرئيس محمد علي", "وصل/VERB الرئيس/NOUN محمد/PROPN علي/PROPN"),
        ("طالب النواب بالتحقيق", "طالب/VERB النواب/NOUN ب/ADP التحقيق/NOUN"),
        ("خرج طالب من القاعة", "خرج/VERB طالب/NOUN من/ADP القاعة/NOUN"),
        ("قال المتحدث باسم الشرطة", "قال/VERB المتحدث/NOUN ب/ADP اسم/NOUN الشرطة/NOUN"),
        ("هذا قرار غير قانوني", "هذا/PRON قرار/NOUN غير/PART قانوني/ADJ"),
        ("قتل عدد من مقاتلي المقاومة", "قتل/VERB عدد/NOUN من/ADP مقاتلي/NOUN المقاومة/NOUN"),
        ("وقال إن صديقي مريض", "و/CCONJ قال/VERB إن/PART صديق/NOUN ي/PRON مريض/NOUN"),
    ],
)
def test_homographs_are_told_apart_by_context(text: str, expected: str) -> None:
    assert tagged(text) == expected


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("تسلم الوزير منصبه", "تسلم"),
        ("تسلم الوزارة المعدات", "سلم"),
        ("توصل الطرفان إلى اتفاق", "توصل"),
        ("تقدم الشركة خدمات", "قدم"),
        ("توقع الوزارة عقدا", "وقع"),
        ("توقع الوزير نموا", "توقع"),
        ("توفي الكاتب", "توفى"),
        ("كنا هناك", "كان"),
        ("أعلنا موقفنا", "أعلن"),
    ],
)
def test_the_verb_that_opens_a_clause_agrees_with_its_subject(text: str, lemma: str) -> None:
    assert annotate(text)[0].lemma_ == lemma


def test_people_in_in_are_rather_many_than_two() -> None:
    words = {t.text: t.morph.get("Number") for t in annotate("اعتقل المتظاهرين في البلدين")}
    assert (words["المتظاهرين"], words["البلدين"]) == (["Plur"], ["Dual"])


@pytest.mark.parametrize(
    ("word", "pos", "voice"),
    [
        ("قُتِل", "VERB", ["Pass"]),
        ("قَتَلَ", "VERB", ["Act"]),
        ("قَتْل", "NOUN", []),
        ("قَبِلَ", "VERB", ["Act"]),
        ("حضّ", "VERB", ["Act", "Pass"]),
    ],
)
def test_written_vowels_decide(word: str, pos: str, voice: list[str]) -> None:
    token = annotate(f"{word} الرجل")[0]
    assert (token.pos_, token.morph.get("Voice")) == (pos, voice)


def test_features_of_words() -> None:
    doc = annotate("قدمت الوزيرتان استقالتيهما إلى الرؤساء")
    assert str(doc[0].morph) == "Aspect=Perf|Gender=Fem|Number=Sing|Person=3|Voice=Act,Pass"
    assert doc[1].morph.get("Number") + doc[1].morph.get("Definite") + doc[1].morph.get("Gender") == [
        "Dual",
        "Def",
        "Fem",
    ]
    assert doc[2].lemma_ == "استقالة"
    assert doc[2].morph.get("VerbForm") == ["Vnoun"]
    assert doc[2]._.verb_lemma == "استقال"
    assert doc[5].morph.get("Number") == ["Plur"]


def test_participles_know_their_verb() -> None:
    doc = annotate("خرج آلاف مطالبين بالإفراج عنه")
    assert [(t.norm_, t._.verb_lemma) for t in doc if t._.verb_lemma] == [
        ("خرج", "خرج"),
        ("مطالبين", "طالب"),
        ("الإفراج", "أفرج"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وعٌين الجنرال نائبا له", "عين/VERB"),  # tanwin inside a word is a slip for the vowel
        ("قال الوزير إنه تحدث مع قائد القوة", "تحدث/VERB"),
        ("وتسارع نشاط القطاع في مايو", "تسارع/VERB"),
        ("فقد تبرع للحزب بمبلغ كبير", "تبرع/VERB"),
        ("أغلق المدخل بأمر من وزير الأمن", "أمر/NOUN"),
        ("كما عين بوتفليقة الهادي ولد علي وزيرا", "عين/VERB"),
    ],
)
def test_the_likelier_of_words_spelled_alike_is_read(text: str, expected: str) -> None:
    assert expected in {f"{t.lemma_}/{t.pos_}" for t in annotate(text)}


def test_a_bare_noun_before_a_genitive_is_in_the_construct_state() -> None:
    doc = annotate("أعلنت وزارة الصحة خطة جديدة")
    assert [t.morph.get("Definite") for t in doc][1:4] == [["Cons"], ["Def"], ["Ind"]]


def test_unknown_words_are_guessed_by_shape() -> None:
    assert tagged("سيغردلون في المغردلية") == "س/PART يغردلون/VERB في/ADP المغردلية/NOUN"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("فيديريكا", ["فيديريكا"]),
        ("فتيمورالدين", ["فتيمورالدين"]),
        ("فسيغردلون", ["ف", "س", "يغردلون"]),
        ("فيغردلون", ["ف", "يغردلون"]),
    ],
)
def test_a_foreign_name_keeps_the_letter_that_might_be_a_conjunction(word: str, expected: list[str]) -> None:
    assert [t.norm_ for t in annotate(f"قالت {word} أمس")][1:-1] == expected


@pytest.mark.parametrize(
    ("word", "usual"), [("الطوارىء", "الطوارئ"), ("شواطىء", "شواطئ"), ("تمتلىء", "تمتلئ"), ("قارىء", "قارئ")]
)
def test_a_hamza_behind_its_seat_is_read_as_upon_it(word: str, usual: str) -> None:
    (token,), (other,) = annotate(word), annotate(usual)
    assert token.text == word
    assert (token.lemma_, token.pos_, str(token.morph)) == (other.lemma_, other.pos_, str(other.morph))


def test_a_sentence_starts_at_its_first_word_not_at_white_space() -> None:
    doc = annotate("  خرج.\n\nعاد.")
    assert doc.text == "  خرج.\n\nعاد."
    assert [t.text for t in doc if t.is_sent_start] == ["  ", "خرج", "عاد"]
    assert [t.pos_ for t in doc if t.is_space] == ["SPACE", "SPACE"]


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_the_document_is_the_text(text: str) -> None:
    doc = annotate(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text and t.lemma_ and t.pos_ for t in doc)
    assert all(text[m.span.start : m.span.end] for m in doc._.mentions)


def test_words_alone_serve_as_a_tokenizer() -> None:
    assert [t.lemma_ for t in ANNOTATOR.nlp("للحكومة")] == ["ل", "حكومة"]


def test_the_analyser_finds_what_camel_tools_finds() -> None:
    data = database(ontology.load())
    from camel_tools.morphology.analyzer import Analyzer

    mine, theirs = WordAnalyser(tables(data)), Analyzer(data)
    for word in ("وللحكومة", "سيقدمونها", "قبل", "استقالته", "مسؤولين", "على", "للجنة", "وزرائه", "يدعون", "عليه"):
        found = sorted((a.lex, a.diac, a.features.enc) for a in mine.analyse(word))
        expected = sorted((a["lex"], a["diac"], a["bw"].partition("enc=")[2]) for a in theirs.analyze(word))
        assert found == expected
        assert found


def test_every_class_of_a_reading_has_its_row() -> None:
    morphology = Morphology(ontology.load())
    words = "قال الرئيس إن الحكومة لم تقبل استقالته التي قدمها أمس وقد كان هذا كل ما أكبر سوف لن لا هو بها 5 أنه"
    exits = {reading.exit for word in words.split() if word != "5" for reading in morphology.readings(word)}
    assert exits - set(TABLE) == set()


def test_the_cheapest_path_is_chosen() -> None:
    class Word:
        def __init__(self, kind: str, price: float) -> None:
            self.entry = self.exit = kind
            self.cost = price

    noun, verb, preposition = Word("NI", 0.0), Word("VP", 0.0), Word("P", 0.0)
    assert choose([(preposition,), (verb, noun)]) == [preposition, noun]
    assert cost("P", "VP") - cost("P", "NI") < 20
    assert choose([(preposition,), (verb, Word("NI", 20.0))]) == [preposition, verb]
    assert choose([]) == []


def test_works_offline_without_a_home_to_write_to(tmp_path: Path) -> None:
    code = (
        "import socket\ndef refuse(*a): raise OSError('offline')\nsocket.socket.connect = refuse\n"
        "from kg_builder import annotate, model, ontology\n"
        "print(len(annotate.load(ontology.load())(model.Article('a', 'للحكومة'))))"
    )
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    environment = {
        k: v for k, v in os.environ.items() if k not in {"XDG_CACHE_HOME", "CAMELTOOLS_DATA", "KG_BUILDER_CACHE"}
    }
    environment |= {"HOME": "/proc/none", "TMPDIR": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120)
    assert (run.stdout.strip(), run.returncode) == ("2", 0), run.stderr


def test_annotator_is_made_for_an_ontology() -> None:
    assert isinstance(ANNOTATOR, Annotator)
