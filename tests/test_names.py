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
from kg_builder.annotate.names.features import JOINTS, Word, shape
from kg_builder.annotate.names.finder import WEIGHTS
from kg_builder.annotate.names.lexicon import build, proper_words
from kg_builder.annotate.names.rules import find_by_rules
from kg_builder.annotate.names.tagger import Tagger, best_path, spans
from kg_builder.annotate.names.weights import LABELS, Weights, allowed
from kg_builder.learn.name_features import sentence_features
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


def test_viterbi_equals_trying_all_paths() -> None:
    rng = np.random.default_rng(3)
    moves = rng.normal(size=(7, 7)) + allowed()
    scores = rng.normal(size=(4, 7)) * 2

    def weight(path: Sequence[int]) -> float:
        steps = sum(moves[a, b] for a, b in zip((0, *path), (*path, 0), strict=True))
        return float(steps + sum(scores[i, label] for i, label in enumerate(path)))

    paths = np.stack(np.meshgrid(*[range(7)] * 4, indexing="ij"), axis=-1).reshape(-1, 4).tolist()
    assert best_path(scores.tolist(), moves.tolist()) == max(paths, key=weight)


def test_spans_of_labels() -> None:
    path = [LABELS.index(label) for label in ("B-PERSON", "I-PERSON", "B-PERSON", "O", "B-ORG")]
    assert spans(path, 10) == [(10, 12, "PERSON"), (12, 13, "PERSON"), (14, 15, "ORG")]


def test_run_time_sums_what_training_writes_out(finder: NameFinder) -> None:
    """The fast tables and the plain feature lists give the same label weights, across a sentence start too."""
    row, starts = words("زار الأمين العام للأمم المتحدة بيروت . التقى فؤاد السنيورة هناك"), [0, 7]
    weights = Weights.load(WEIGHTS)
    total, rows = Tagger(weights, finder.lexicon).scores(row, starts)
    for number, features in zip(rows, sentence_features(row, starts, finder.lexicon), strict=True):
        expected = weights.table[[weights.rows[f] for f in features if f in weights.rows]].sum(axis=0)
        assert np.allclose(total[number], expected)


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
