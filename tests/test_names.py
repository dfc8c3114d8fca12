"""Names of persons, organisations and places: the word lists, the bundled gazetteer, the rules and the tagger."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from spacy.tokens import Doc

from kg_builder.annotate import load as load_annotator
from kg_builder.annotate.names import NameFinder, NameMarker, load
from kg_builder.annotate.names.documents import DocumentReader
from kg_builder.annotate.names.features import JOINTS, Word, sentence_features, shape
from kg_builder.annotate.names.finder import WEIGHTS, joined
from kg_builder.annotate.names.lexicon import build, proper_words
from kg_builder.annotate.names.rules import find_by_rules
from kg_builder.annotate.names.tagger import Tagger, spans
from kg_builder.annotate.names.viterbi import Chains
from kg_builder.annotate.names.weights import LABELS, Floats, Weights, allowed
from kg_builder.learn.names import labelled
from kg_builder.model import Article
from kg_builder.ontology import Ontology
from kg_builder.ontology import load as load_ontology


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="module")
def finder(ontology: Ontology) -> NameFinder:
    return load(ontology)


def words(text: str) -> list[Word]:
    """Words parted by spaces, with no more known of them than their spelling."""
    return [Word(w, w, "") for w in text.split()]


@pytest.fixture(scope="module")
def marked(ontology: Ontology, finder: NameFinder) -> Callable[[str], Doc]:
    annotate, mark = load_annotator(ontology), NameMarker(finder)
    return lambda text: mark(annotate(Article("1", text)))


def names_of(doc: Doc) -> list[tuple[str, str]]:
    return [(name.text, name.label_) for name in doc.ents]


SENTENCES = [
    ("قال الرئيس حسني مبارك في القاهرة أمس", [("حسني مبارك", "PERSON"), ("القاهرة", "PLACE")]),
    ("وصل وزير الخارجية الروسي سيرغي لافروف إلى دمشق", [("سيرغي لافروف", "PERSON"), ("دمشق", "PLACE")]),
    ("دعت الأمم المتحدة إلى وقف القتال في اليمن", [("الأمم المتحدة", "ORG"), ("اليمن", "PLACE")]),
    ("أعلن حزب الله مسؤوليته عن الهجوم", [("حزب الله", "ORG")]),
    ("سافر الوفد من الولايات المتحدة إلى كوريا الجنوبية", [("الولايات المتحدة", "PLACE"), ("كوريا الجنوبية", "PLACE")]),
]


@pytest.mark.parametrize(("text", "names"), SENTENCES)
def test_finds_names(marked: Callable[[str], Doc], text: str, names: list[tuple[str, str]]) -> None:
    assert names_of(marked(text)) == names


def test_a_place_tells_its_kind_and_country(marked: Callable[[str], Doc]) -> None:
    assert [(e.text, e.ent_id_) for e in marked("عاد الوزير من باريس إلى تونس").ents] == [
        ("باريس", "City:FR"),
        ("تونس", "Country:TN"),
    ]


def test_joined_particles_and_line_ends_are_no_part_of_a_name(marked: Callable[[str], Doc]) -> None:
    names = names_of(marked("زيارة لمصر\nوصل إلى بيروت وبغداد"))
    assert names == [("مصر", "PLACE"), ("بيروت", "PLACE"), ("بغداد", "PLACE")]


@pytest.mark.parametrize(
    "text",
    [
        "وافقت الحكومة على الخطة الجديدة بعد نقاش طويل",
        "جرت مفاوضات بين الطرفين حول قضايا جديدة",
        "عاد السكان إلى بيوتهم في المدينة بعد الفيضان",
        "ارتفعت أسعار الوقود في الأسبوع الماضي",
    ],
)
def test_common_words_that_are_towns_too_are_no_names(marked: Callable[[str], Doc], text: str) -> None:
    assert names_of(marked(text)) == []


def test_nothing_in_nothing(finder: NameFinder) -> None:
    assert finder([]) == []


def test_family_met_before_in_full_is_found_alone(finder: NameFinder) -> None:
    row = words("التقى الدكتور أحمد الزغيبيري طلابه . كتاب الزغيبيري")
    names = finder(row, [0, 6])
    assert (2, 4, "PERSON") in names
    assert (7, 8, "PERSON") in names


@pytest.mark.parametrize(
    ("name", "kind", "iso"),
    [
        ("السعودية", "Country", "SA"),
        ("الرياض", "City", "SA"),
        ("حضرموت", "Region", "YE"),
        ("المسجد الأقصى", "Facility", ""),
        ("البوسنة و الهرسك", "Country", "BA"),
    ],
)
def test_places_are_known_with_kind_and_country(finder: NameFinder, name: str, kind: str, iso: str) -> None:
    known = finder.about(name)
    assert known is not None
    assert (known.kind, known.iso) == (kind, iso)


def test_every_nationality_is_an_adjective_of_a_country_or_people(ontology: Ontology) -> None:
    entries = ontology.words("Nationality")
    assert len({e.get("iso") for e in entries if e.get("iso")}) > 180
    assert [e.forms for e in entries if not e.forms or not all(f.endswith("ي") for f in e.forms)] == []
    codes = [str(e.get("iso")) for e in (*entries, *ontology.words("Country")) if e.get("iso")]
    assert [c for c in codes if not re.fullmatch("[A-Z]{2}", c)] == []


def test_kinds_of_places_are_those_of_the_graph(ontology: Ontology) -> None:
    assert {e.get("kind") for e in ontology.words("Place")} == {"Region", "City", "Facility"}


def test_proper_words_are_no_common_words(ontology: Ontology) -> None:
    proper = set(proper_words(ontology))
    assert {"لبنان", "واشنطن", "لندن"} <= proper
    assert not {"مدينة", "الوطن", "رئيس"} & proper


def test_rules_find_title_and_chain() -> None:
    lexicon = build(
        [("الدكتور", "honorific", ""), ("سمير", "given", ""), ("نجار", "surname", ""), ("عمان", "city", "JO")]
    )
    assert find_by_rules(words("حضر الدكتور سمير نجار من عمان"), lexicon) == [(2, 4, "PERSON"), (5, 6, "PLACE")]


def test_longest_phrase_wins() -> None:
    lexicon = build([("مجلس الامن", "body", ""), ("مجلس الامن القومي", "body", "")])
    assert lexicon.longest(["مجلس", "الامن", "القومي", "هنا"], 0) == (3, "body")
    assert lexicon.longest(["مجلس", "الوزراء"], 0) is None


def best_of_all(scores: Floats, moves: Floats) -> list[int]:
    """The best path between two O's, by trying every one."""

    def weight(path: Sequence[int]) -> float:
        steps = sum(moves[a, b] for a, b in zip((0, *path), (*path, 0), strict=True))
        return float(steps + sum(scores[i, label] for i, label in enumerate(path)))

    paths = np.stack(np.meshgrid(*[range(7)] * len(scores), indexing="ij"), axis=-1).reshape(-1, len(scores)).tolist()
    return list(max(paths, key=weight))


def test_viterbi_over_stretches_equals_trying_all_paths_of_each() -> None:
    rng = np.random.default_rng(3)
    moves, scores = rng.normal(size=(7, 7)), rng.normal(size=(14, 7)) * 2
    begins, ends = np.array([1, 2, 7, 11]), np.array([2, 6, 10, 14])
    expected = np.zeros(14, dtype=np.int64)
    for begin, end in zip(begins, ends, strict=True):
        expected[begin:end] = best_of_all(scores[begin:end], moves + allowed())
    assert expected.any()
    assert Chains(moves).labels(scores, begins, ends).tolist() == expected.tolist()


def test_no_stretch_no_label() -> None:
    none = np.array([], dtype=np.int64)
    assert Chains(np.zeros((7, 7))).labels(np.zeros((3, 7)), none, none).tolist() == [0, 0, 0]


def test_spans_of_labels() -> None:
    path = [LABELS.index(label) for label in ("O", "B-PERSON", "I-PERSON", "B-PERSON", "O", "B-ORG")]
    assert spans(np.array(path, dtype=np.int8)) == [(1, 3, "PERSON"), (3, 4, "PERSON"), (5, 6, "ORG")]


def test_run_time_sums_what_training_writes_out(finder: NameFinder) -> None:
    """The fast tables and the plain feature lists give the same label weights, across a sentence start too."""
    row, starts = words("زار الأمين العام للأمم المتحدة بيروت . التقى فؤاد السنيورة هناك"), [0, 7]
    weights = Weights.load(WEIGHTS)
    found = Tagger(weights, finder.lexicon).scores(row, starts)
    for scores, features in zip(found, sentence_features(row, starts, finder.lexicon), strict=True):
        expected = weights.table[[weights.rows[f] for f in features if f in weights.rows]].sum(axis=0)
        assert np.allclose(scores, expected)


def test_weights_survive_saving(tmp_path: Path) -> None:
    weights = Weights({"0w:a": 0, "j1|x|y": 1}, np.array([[0.5] * 7, [1.0] * 7]), np.eye(7))
    weights.save(tmp_path / "w.npz")
    again = Weights.load(tmp_path / "w.npz")
    assert again.rows == weights.rows
    assert np.array_equal(again.table, weights.table)
    assert set(JOINTS) >= {f.split("|")[0] for f in again.rows if f[0] == "j"}


def test_weights_are_small() -> None:
    assert WEIGHTS.stat().st_size < 3_000_000


def test_joined_particle_stays_outside() -> None:
    tokens = [("ب", "ب", "ADP", 0, 1), ("بغداد", "بغداد", "PROPN", 1, 6), ("أمس", "أمس", "NOUN", 7, 10)]
    assert [LABELS[i] for i in labelled(tokens, [(0, 6, "PLACE")])] == ["O", "B-PLACE", "O"]


@pytest.mark.parametrize(
    ("word", "kind"), [("«", "quote"), ("2018", "digit"), ("BBC", "latin"), ("السوري", "aly"), ("،", "comma")]
)
def test_shape(word: str, kind: str) -> None:
    assert shape(word) == kind


def test_a_word_is_judged_by_its_neighbours_every_time(finder: NameFinder) -> None:
    """What is remembered of a word type must not carry over from one sentence to the next."""
    tagger = Tagger(Weights.load(WEIGHTS), finder.lexicon)
    texts = ["زار حسن مدينة الرياض", "قال الرئيس حسن روحاني في طهران", "وصل حسن إلى بيروت", "زار حسن مدينة الرياض"]
    first = [tagger(words(text)) for text in texts]
    assert [Tagger(tagger.weights, finder.lexicon)(words(text)) for text in texts] == first
    assert [tagger(words(text)) for text in reversed(texts)] == first[::-1]


def test_forgetting_changes_nothing(finder: NameFinder, monkeypatch: pytest.MonkeyPatch) -> None:
    text = words("التقى وزير الخارجية المصري سامح شكري نظيره الأردني أيمن الصفدي في عمان . غادر شكري")
    unbounded = Tagger(Weights.load(WEIGHTS), finder.lexicon)
    monkeypatch.setattr("kg_builder.annotate.names.tagger.MOST_TYPES", 3)
    bounded = Tagger(unbounded.weights, finder.lexicon)
    expected = unbounded(text, [0, 12])
    assert expected
    for some in (text[:4], text[4:], text[2:9]):
        bounded(some)
        assert bounded(text, [0, 12]) == expected


def test_reader_forgets_words_and_reads_them_again(
    marked: Callable[[str], Doc], monkeypatch: pytest.MonkeyPatch
) -> None:
    doc = marked("\nزيارة لمصر\n  وصل إلى بيروت\n")
    monkeypatch.setattr("kg_builder.annotate.names.documents.MOST_WORDS", 2)
    read = DocumentReader()
    first, again = read(doc), read(marked("عاد الوفد من بيروت إلى باريس"))
    assert [w.norm for w in first.words] == ["زيارة", "ل", "مصر", "وصل", "إلى", "بيروت"]
    assert first.starts == [0, 3]
    assert [doc[i].norm_ for i in first.indices] == [w.norm for w in first.words]
    assert [w.norm for w in again.words] == ["عاد", "الوفد", "من", "بيروت", "إلى", "باريس"]
    assert read(doc) == first


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("أعلن #دونالد_ترمب فرض رسوم على #الصين", ["دونالد_ترمب", "الصين"]),
        ("قال الرئيس دونالد #ترمب إنه سيزور لندن", ["دونالد #ترمب", "لندن"]),
        ("استقال بلاتر من منصبه", ["بلاتر"]),
        ("وصل الرئيس عبد ربه منصور هادي إلى عدن", ["عبد ربه منصور هادي", "عدن"]),
        ("سأل وائل عن الموعد ثم سافر إلى بيروت", ["وائل", "بيروت"]),
    ],
)
def test_a_name_is_found_whole(marked: Callable[[str], Doc], text: str, names: list[str]) -> None:
    assert [name for name, _ in names_of(marked(text))] == names


def test_persons_are_joined_where_nothing_stands_between() -> None:
    names = [(0, 2, "PERSON"), (2, 4, "PERSON"), (5, 6, "PERSON"), (6, 7, "PLACE"), (7, 8, "PERSON")]
    assert joined(names, {0}.__contains__) == [(0, 4, "PERSON"), (5, 6, "PERSON"), (6, 7, "PLACE"), (7, 8, "PERSON")]
    assert joined(names[:2], {0, 2}.__contains__) == names[:2]


def test_a_title_behind_a_person_begins_something_new(marked: Callable[[str], Doc]) -> None:
    found = names_of(marked("اجتمع الأمير محمد بن سلمان بن عبدالعزيز ولي ولي العهد النائب الثاني لرئيس الوزراء"))
    assert found[0] == ("محمد بن سلمان بن عبدالعزيز", "PERSON")
