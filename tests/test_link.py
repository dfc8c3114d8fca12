"""Linking: who is meant, who is not, and what stands in the graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg_builder.cli import run
from kg_builder.config import Config
from kg_builder.errors import ExitCode
from kg_builder.link import STARTER, load
from kg_builder.link.classes import bundled_roots
from kg_builder.link.decisions import Decision, Decisions
from kg_builder.link.index import Index, write_index
from kg_builder.link.item import Item, Position
from kg_builder.link.linker import Linker
from kg_builder.link.sources import Sources
from kg_builder.link.words import words_of
from kg_builder.model import Amount, Article, Entity
from kg_builder.ontology import load as load_ontology
from kg_builder.pipeline import Pipeline, names

WD = "http://www.wikidata.org/entity/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
NEV = "https://w3id.org/news-event#"
EXACT, CLOSE = SKOS + "exactMatch", SKOS + "closeMatch"

# A small Wikidata: identifiers are made up where nothing hangs on them.
WORLD = [
    Item("Q858", "سوريا", "Syria", classes=("Q6256",), sitelinks=300),
    Item("Q822", "لبنان", "Lebanon", classes=("Q6256",), sitelinks=280),
    Item("Q232", "كازاخستان", "Kazakhstan", classes=("Q6256",), sitelinks=290),
    Item("Q796", "العراق", "Iraq", classes=("Q6256",), sitelinks=290),
    Item("Q3820", "بيروت", "Beirut", (), ("Q515",), "Q822", sitelinks=180, population=2_400_000),
    Item("Q168954", "طرابلس", "Tripoli in Lebanon", (), ("Q515",), "Q822", sitelinks=70),
    Item("Q3579", "طرابلس", "Tripoli", (), ("Q515",), "Q1016", sitelinks=72),
    Item("Q1016", "ليبيا", "Libya", classes=("Q6256",), sitelinks=280),
    Item("Q41183", "حلب", "Aleppo", (), ("Q515",), "Q858", sitelinks=130),
    Item("Q214064", "محافظة حلب", "Aleppo Governorate", ("حلب",), ("Q10864048",), "Q858", sitelinks=50),
    Item("Q9000001", "السلام", "As Salam, a village", (), ("Q532",), "Q805", sitelinks=2),
    Item("Q9000002", "الحكومة", "Al Hukumah, a village", (), ("Q532",), "Q805", sitelinks=1),
    Item("Q9000003", "الوطن", "Al Watan", ("صحيفة الوطن",), ("Q11032",), "Q851", sitelinks=5),
    Item("Q9000004", "المدينة", "Al Madinah, a newspaper", (), ("Q11032",), "Q851", sitelinks=4),
    Item("Q15059890", "رئيس كازاخستان", "President of Kazakhstan", classes=("Q4164871",), country="Q232"),
    Item(
        "Q42410",
        "نور سلطان نزارباييف",
        "Nursultan Nazarbayev",
        (),
        ("Q5",),
        "Q232",
        sitelinks=110,
        positions=(Position("Q15059890", None, "1991-12-16", "2019-03-20"),),
    ),
    Item(
        "Q366829",
        "قاسم جومارت توكاييف",
        "Kassym-Jomart Tokayev",
        ("توكاييف",),
        ("Q5",),
        "Q232",
        sitelinks=90,
        positions=(Position("Q15059890", None, "2019-03-20"),),
    ),
    Item("Q9000005", "محمد علي", "Mohammad Ali, a footballer", (), ("Q5",), "Q796", sitelinks=3),
    Item("Q9000006", "محمد علي", "Mohammad Ali, a minister", (), ("Q5",), "Q889", sitelinks=3),
    Item(
        "Q9000007", "حزب الوئام", "a party that is no more", classes=("Q7278",), sitelinks=22, dissolution="2001-06-01"
    ),
    Item("Q9000008", "حزب الوئام", "a party of today", classes=("Q7278",), sitelinks=20, inception="2005"),
]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("world") / "world.idx"
    write_index(WORLD, path)
    return path


@pytest.fixture(scope="module")
def linker(world: Path) -> Linker:
    return Linker(Sources([Index(world)], bundled_roots()), words_of(load_ontology()), keep=True)


def meant(linker: Linker, entity: Entity, text: str = "", date: str | None = "2022-01-05") -> str | None:
    return linker.link([entity], text, date)[entity].qid


# --- who is meant


@pytest.mark.parametrize(
    "kind,name,qid",
    [
        ("Country", "سوريا", "Q858"),
        ("Country", "كازاخستان", "Q232"),
        ("Organization", "لبنان", "Q822"),
        ("Country", "للعراق", "Q796"),
        ("City", "بيروت", "Q3820"),
        ("City", "مدينة بيروت", "Q3820"),
        ("City", "حلب", "Q41183"),
        ("Region", "محافظة حلب", "Q214064"),
        ("Person", "قاسم جومارت توكايف", "Q366829"),
    ],
)
def test_names_are_linked(linker: Linker, kind: str, name: str, qid: str) -> None:
    assert meant(linker, Entity(kind, name)) == qid


@pytest.mark.parametrize(
    "kind,name",
    [
        ("Facility", "شارع بيروت"),
        ("Organization", "السلام"),
        ("City", "السلام"),
        ("City", "للسلام"),
        ("Organization", "الحكومة"),
        ("Government", "الحكومة"),
        ("City", "الحكومة"),
        ("Organization", "الوطن"),
        ("City", "المدينة"),
        ("Organization", "المدينة"),
        ("Person", "بيروت"),
        ("Region", "ريف حلب"),
        ("Person", "محمد علي"),
        ("Person", "محمد"),
    ],
)
def test_ordinary_words_and_homonyms_are_not_linked(linker: Linker, kind: str, name: str) -> None:
    assert meant(linker, Entity(kind, name)) is None


@pytest.mark.parametrize("name", ["الحكومة", "السلام", "المدينة", "الوطن"])
def test_phrases_that_name_nobody_are_not_linked(linker: Linker, name: str) -> None:
    for kind in ("Organization", "City", "Group", "Government"):
        assert meant(linker, Entity(kind, name, generic=True)) is None


def test_a_part_of_a_country_is_not_the_country_of_its_name(linker: Linker) -> None:
    assert meant(linker, Entity("Region", "سوريا", ("ولاية سوريا",)), "في ولاية سوريا") is None
    assert meant(linker, Entity("Region", "سوريا"), "في سوريا") == "Q858"


def test_a_nation_behind_the_name_of_a_place_does_not_matter(linker: Linker) -> None:
    assert meant(linker, Entity("Region", "حلب", ("محافظة حلب السورية",)), "في محافظة حلب السورية") == "Q214064"


def test_the_country_of_the_text_tells_homonyms_apart(linker: Linker) -> None:
    tripoli = Entity("City", "طرابلس")
    assert meant(linker, tripoli) is None
    assert meant(linker, tripoli, "قال مصدر لبناني إن اللبنانيين في طرابلس شمال لبنان تظاهروا") == "Q168954"
    assert meant(linker, tripoli, "وصل الوفد الليبي إلى طرابلس في ليبيا") == "Q3579"


def test_other_links_tell_homonyms_apart(linker: Linker) -> None:
    tripoli, beirut = Entity("City", "طرابلس"), Entity("City", "بيروت")
    assert linker.link([tripoli, beirut], "", None)[tripoli].qid == "Q168954"


@pytest.mark.parametrize("phrase", ["رئيس كازاخستان", "الرئيس الكازاخستاني"])
@pytest.mark.parametrize(
    "date,qid", [("2022-01-05", "Q366829"), ("2018-05-01", "Q42410"), (None, None), ("1980-01-01", None)]
)
def test_an_office_is_its_holder_on_the_day(linker: Linker, phrase: str, date: str | None, qid: str | None) -> None:
    assert meant(linker, Entity("Person", phrase, generic=True), date=date) == qid


def test_a_title_without_a_country_is_that_of_the_only_country_of_the_text(linker: Linker) -> None:
    president = Entity("Person", "الرئيس", generic=True)
    assert meant(linker, president, "في كازاخستان دعا الرئيس إلى الهدوء") == "Q366829"
    assert meant(linker, president, "في كازاخستان ولبنان دعا الرئيس إلى الهدوء") is None


def test_what_was_there_on_the_day_is_meant(linker: Linker) -> None:
    party = Entity("Organization", "حزب الوئام")
    assert meant(linker, party, date="1999-01-01") == "Q9000007"
    assert meant(linker, party, date="2022-01-05") == "Q9000008"
    assert meant(linker, party, date=None) is None


def test_candidates_come_with_their_probabilities(linker: Linker) -> None:
    found = linker.link([Entity("City", "طرابلس")], "", None)[Entity("City", "طرابلس")].links
    assert {link.qid for link in found} == {"Q3579", "Q168954"}
    assert sum(link.confidence for link in found) <= 1
    assert [link.confidence for link in found] == sorted((link.confidence for link in found), reverse=True)


def test_people_decide(world: Path) -> None:
    told = [Decision("طرابلس", "", "Q3579"), Decision("بيروت", "شارع", None), Decision("السلام", "", "Q9000001")]
    sources = Sources([Index(world)], bundled_roots())
    linker = Linker(sources, words_of(load_ontology()), Decisions(told))
    assert meant(linker, Entity("City", "طرابلس"), "اللبنانيون في لبنان") == "Q3579"
    assert meant(linker, Entity("City", "السلام")) == "Q9000001"
    assert meant(linker, Entity("City", "بيروت"), "قرب الشارع") is None
    assert meant(linker, Entity("City", "بيروت"), "وسط العاصمة") == "Q3820"


# --- the index that ships with the package


def test_the_seed_article_is_linked_offline_and_nothing_is_wrong(almaty: Path) -> None:
    pipeline = Pipeline()
    text = almaty.read_text(encoding="utf-8")
    article = Article("almaty", text, date="2022-01-05")
    doc = pipeline.annotate(article)
    kinds = {"person": "Person", "organization": "Organization", "place": "Place"}
    named = {Entity(kinds[name.kind], str(name.value["label"])) for name in names(doc)}
    told = {f.value for r in pipeline.reports(doc) for f in (*r.fillers, *r.attribution) if isinstance(f.value, Entity)}
    linker = load(Config())
    assert linker is not None
    linked = {e.label: e.qid for e in linker.link(named | told, text, article.date).values() if e.qid}
    assert linked == {"كازاخستان": "Q232", "ألماتي": "Q35493", "نور سلطان": "Q1520", "مانغيستاو": "Q238931"}
    amounts = {f.value for r in pipeline(article) for f in r.fillers if isinstance(f.value, Amount)}
    assert {(a.currency, a.qid) for a in amounts} == {("EUR", "Q4916"), ("KZT", "Q173751")}


def test_the_bundled_index_is_small_and_has_what_the_first_run_needs() -> None:
    index = Index(STARTER)
    assert STARTER.stat().st_size < 1_000_000
    assert len(index) > 500
    countries = [item for item in index if "Q6256" in item.classes]
    assert len(countries) > 190
    for code, qid in (("USD", "Q4917"), ("SAR", "Q199857"), ("EGP", "Q199462")):
        assert [item.qid for item in index.find(code)] == [qid]
    assert [item.qid for item in index.find("مجلس الأمن")] == ["Q37470"]
    cairo = index.get("Q85")
    assert cairo and cairo.geonames == 360630 and cairo.country == "Q79"


# --- in the graph

TEXT = "التقى الرئيس السوري بشار الأسد في مدينة حلب رئيس وزراء لبنان. وارتفع سعر الخبز في سوريا إلى 5 دولارات. "


@pytest.fixture(scope="module")
def built(world: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same article, linked in several ways."""
    folder = tmp_path_factory.mktemp("linked")
    (folder / "news.txt").write_text(TEXT, encoding="utf-8")
    ways = {"off": ["--link", "off"], "own": ["--index", str(world), "--link-details", "--link-candidates"]}
    for name, options in ways.items():
        out = str(folder / f"{name}.trig")
        assert run(["build", str(folder / "news.txt"), "--date", "2018-05-01", *options, "-o", out]) == ExitCode.OK
    return {name: folder / f"{name}.trig" for name in ways}


def quads(path: Path) -> set[ox.Quad]:
    return set(ox.parse(path=str(path), format=ox.RdfFormat.TRIG))


def said(path: Path) -> set[tuple[str, str, str]]:
    """All but the runs, which tell the options of the command."""
    triples = ((str(q.subject), str(q.predicate), str(q.object)) for q in quads(path))
    return {t for t in triples if not any("/run/" in term for term in t)}


def links(path: Path, predicate: str = EXACT) -> set[tuple[str, str]]:
    found = quads(path)
    labels = {q.subject: q.object.value for q in found if q.predicate.value.endswith("rdf-schema#label")}
    return {
        (labels[q.subject], q.object.value.removeprefix(WD))
        for q in found
        if q.predicate.value == predicate and not q.subject.value.startswith(WD)
    }


def test_links_stand_in_the_graph(built: dict[str, Path]) -> None:
    assert links(built["off"]) == set()
    assert {("حلب", "Q41183"), ("سوريا", "Q858")} & links(built["own"])
    currencies = {q.object.value for q in quads(built["own"]) if q.predicate.value == NEV + "currencyEntity"}
    assert currencies == {WD + "Q4917"}
    assert run(["validate", str(built["own"])]) == ExitCode.OK


def test_details_are_said_of_the_wikidata_entity(built: dict[str, Path]) -> None:
    said = {(q.subject.value, q.predicate.value.rpartition("/")[2]) for q in quads(built["own"])}
    assert (WD + "Q858", "P31") in said or (WD + "Q41183", "P31") in said


def entities(path: Path) -> set[str]:
    return {
        q.subject.value for q in quads(path) if "/entity/" in q.subject.value and not q.subject.value.startswith(WD)
    }


def test_the_entities_keep_their_iris_when_links_come_later(
    built: dict[str, Path], world: Path, tmp_path: Path
) -> None:
    assert entities(built["off"]) == entities(built["own"]) != set()
    later = tmp_path / "later.trig"
    options = ["--index", str(world), "--link-details", "--link-candidates"]
    assert run(["link", str(built["off"]), *options, "-o", str(later)]) == ExitCode.OK
    assert links(later) == links(built["own"])
    assert said(later) == said(built["own"])


def test_one_item_is_one_node_however_it_is_spelt() -> None:
    pipeline = Pipeline()
    builder = pipeline.builder()
    for number, name in enumerate(["قاسم جومارت توكاييف", "جومارت توكايف"]):
        person = Entity("Person", name, (name,), qid="Q366829")
        article = Article(str(number), f"وصل {name} إلى روما.", date="2022-01-05")
        reports = list(_with_visitor(pipeline, article, person))
        assert reports
        builder.add(article, reports)
    people = {t.subject.value for t in builder.default_graph() if t.predicate.value == EXACT}
    assert len(people) == 1


def _with_visitor(pipeline: Pipeline, article: Article, person: Entity) -> Iterator[object]:
    from dataclasses import replace

    for report in pipeline.reports(pipeline.annotate(article)):
        fillers = tuple(
            replace(f, value=person) if isinstance(f.value, Entity) and f.value.kind == "Person" else f
            for f in report.fillers
        )
        yield replace(report, fillers=fillers)


def test_an_unknown_way_of_linking_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "x.txt", "--link", "maybe", "-o", "x.ttl"]) == ExitCode.USAGE
    assert "known are off, offline, online" in capsys.readouterr().err
