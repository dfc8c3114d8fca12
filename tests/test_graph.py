"""The graph from reports: IRIs, values, merging, and laws that must hold for any input."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest
from handmade import Text, amount, entity
from hypothesis import given, settings
from hypothesis import strategies as st

from kg_builder.errors import OptionError
from kg_builder.graph import Builder, literals
from kg_builder.graph.dataset import to_dataset
from kg_builder.graph.iri import Minter, content, decimal_text
from kg_builder.graph.spelling import name_key, slug
from kg_builder.model import Amount, Article, EventTime, Filler, Report, Span
from kg_builder.ontology import NEV
from kg_builder.validate import validator

SKOS = "http://www.w3.org/2004/02/skos/core#"
PRESIDENT = entity("Person", "سامي النجار", "الرئيس سامي النجار")
CABINET = entity("Government", "الحكومة", generic=True)
NEWS = Text("قبل الرئيس سامي النجار استقالة الحكومة يوم الأربعاء.\nوارتفع سعر الغاز من 60 إلى 120 تنغي في الزهراء.")
RESIGNATION = NEWS.report(
    "Resignation", "استقالة", {"acceptedBy": [PRESIDENT], "resigner": [CABINET]}, ("2022-01-05", "2022-01-05"),
    status="accepted",
)  # fmt: skip
PRICE = NEWS.report(
    "PriceChange",
    "ارتفع",
    {
        "commodity": ["سعر الغاز"],
        "changesFrom": [amount("60", "KZT", per="litre"), amount("0.12", "EUR", per="litre")],
        "changesTo": [amount("120", "KZT", per="litre")],
        "direction": ["rise"],
        "place": [entity("City", "الزهراء")],
    },
    ("2022-01", None),
)


def ask(builder: Builder, query: str) -> list[tuple[str, ...]]:
    """Rows of a query over the default graph, prefixes given, sorted."""
    store = ox.Store()
    store.extend(builder.quads())
    prefixes = {"nev": NEV, "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "skos": SKOS}
    return sorted(tuple(t.value if t else "" for t in row) for row in store.query(query, prefixes=prefixes))


def built(*told: tuple[Text, list[Report]]) -> Builder:
    builder = Builder()
    for text, reports in told:
        builder.add(text.article, reports)
    return builder


def test_documents_are_checked_without_what_the_default_graph_repeats() -> None:
    wrong = NEWS.report("StateOfEmergency", "قبل", {"place": [PRESIDENT]})
    builder = built((NEWS, [RESIGNATION, PRICE, wrong]))
    found = validator().check_parts(builder.default_rows(), builder.own_rows())
    whole = validator().check(builder.quads())
    assert {(v.node, v.path) for v in found.violations} == {(v.node, v.path) for v in whole.violations} != set()


def test_headline_triples_stand_in_the_default_graph() -> None:
    decree = NEWS.report("StateOfEmergency", "قبل", {"covers": [entity("City", "الزهراء")]})
    builder = built((NEWS, [RESIGNATION, PRICE, decree]))
    assert ask(builder, "SELECT ?n { ?p nev:accepts ?r ; rdfs:label ?n . ?r a nev:Resignation }") == [("سامي النجار",)]
    assert ask(builder, "SELECT ?n { ?d a nev:Decree ; nev:covers/rdfs:label ?n }") == [("الزهراء",)]
    rows = ask(builder, "SELECT ?v ?c { ?p a nev:PriceChange ; nev:changesFrom [ nev:value ?v ; nev:currency ?c ] }")
    assert rows == [("0.12", "EUR"), ("60", "KZT")]


def test_a_report_stands_in_the_graph_of_its_document() -> None:
    builder = built((NEWS, [RESIGNATION]))
    ((name, triples),) = builder.documents()
    reports = [t.subject for t in triples if t.predicate.value == NEV + "eventType"]
    assert len(reports) == 1
    said = {t.predicate.value.rsplit("#", 1)[-1] for t in triples if t.subject == reports[0]}
    assert said == {
        "type", "eventType", "wasDerivedFrom", "confidence", "rule", "acceptedBy", "resigner", "begin", "end",
        "factuality", "status", "evidence", "trigger",
    }  # fmt: skip
    assert (name.value, "a") in ask(builder, "SELECT ?g ?i { GRAPH ?g { ?d <https://schema.org/identifier> ?i } }")


def test_superclasses_of_entities_and_events_but_no_helper_classes() -> None:
    rows = ask(built((NEWS, [RESIGNATION])), "SELECT DISTINCT ?c { ?s a ?c }")
    names = {iri.rsplit("#", 1)[-1] for (iri,) in rows}
    assert names == {
        "Resignation",
        "Event",
        "Person",
        "Government",
        "Organization",
        "NewsArticle",
        "Sentence",
        "Phrase",
    }


def test_no_blank_nodes() -> None:
    for quad in built((NEWS, [RESIGNATION, PRICE])).quads():
        assert not isinstance(quad.subject, ox.BlankNode)
        assert not isinstance(quad.object, ox.BlankNode)


def test_cause_leads_from_event_to_event_and_from_report_to_report() -> None:
    builder = built((NEWS, [replace(RESIGNATION, cause=1), PRICE]))
    assert ask(
        builder, "SELECT ?x { ?e a nev:Resignation ; nev:cause ?c . ?c a nev:PriceChange ; nev:direction ?x }"
    ) == [("rise",)]
    in_graph = ask(builder, "SELECT ?t { GRAPH ?g { ?r nev:cause/nev:eventType ?t } }")
    assert in_graph == [(NEV + "PriceChange",)]


def test_two_happenings_on_one_trigger_stay_two_whatever_their_order() -> None:
    other = replace(PRICE, fillers=(PRICE.fillers[0], Filler("direction", "fall", PRICE.trigger, "test")))
    graphs = [set(built((NEWS, list(order))).quads()) for order in itertools.permutations([PRICE, other, RESIGNATION])]
    assert len(ask(built((NEWS, [PRICE, other])), "SELECT ?e { ?e a nev:PriceChange }")) == 2
    assert all(graph == graphs[0] for graph in graphs)


def test_words_in_the_place_of_an_agent_become_a_nameless_group() -> None:
    report = NEWS.report("Death", "قبل", {"victim": ["العشرات"], "victimCount": [3]})
    assert ask(
        built((NEWS, [report])), "SELECT ?n ?k { ?e nev:victim ?v ; nev:victimCount ?n . ?v rdfs:label ?k }"
    ) == [("3", "العشرات")]


def test_an_entity_in_the_place_of_words_becomes_words() -> None:
    report = NEWS.report("Resignation", "استقالة", {"post": [entity("Government", "الحكومة")]})
    assert ask(built((NEWS, [report])), "SELECT ?p { ?e nev:post ?p }") == [("الحكومة",)]


# --- merging across documents

LEFT = Text("استقال وزير المالية كريم الحداد من منصبه يوم الثلاثاء.", "left", "2021-03-03", source="one")
RIGHT = Text("أعلن كريم الحداد استقالته الثلاثاء.", "right", "2021-03-03", source="two")
MINISTER = entity("Person", "كريم الحداد")
DAY = ("2021-03-02", "2021-03-02")


def told_by(text: Text, trigger: str, **more: object) -> Report:
    return text.report("Resignation", trigger, {"resigner": [MINISTER]}, more.pop("time", DAY), **more)  # type: ignore[arg-type]


def events(builder: Builder, kind: str) -> list[tuple[str, ...]]:
    return ask(builder, f"SELECT ?e {{ ?e a nev:{kind} }}")


def test_one_happening_told_by_two_documents_is_one_event() -> None:
    builder = built((LEFT, [told_by(LEFT, "استقال")]), (RIGHT, [told_by(RIGHT, "استقالته")]))
    assert len(events(builder, "Resignation")) == 1
    assert len(ask(builder, "SELECT ?r { ?e nev:report ?r }")) == 2
    assert len(ask(builder, "SELECT ?d { ?e a nev:Resignation ; nev:evidence ?d }")) == 2


@pytest.mark.parametrize(
    "other",
    [
        told_by(RIGHT, "استقالته", time=("2021-03-01", "2021-03-01")),
        told_by(RIGHT, "استقالته", factuality="Denied"),
        replace(told_by(RIGHT, "استقالته"), type="Dismissal"),
        RIGHT.report("Resignation", "استقالته", {"resigner": [entity("Person", "كريم الحداد الصغير")]}, DAY),
        RIGHT.report("Resignation", "استقالته", {}, DAY),
    ],
    ids=["another day", "denied", "another type", "another person", "nobody named"],
)
def test_what_only_looks_alike_stays_apart(other: Report) -> None:
    builder = built((LEFT, [told_by(LEFT, "استقال")]), (RIGHT, [other]))
    assert len(ask(builder, "SELECT ?e { ?e nev:report ?r }")) == 2


def test_two_reports_of_one_document_are_joined_by_another_document_alone() -> None:
    text = Text("استقال كريم الحداد.\nوقدم كريم الحداد استقالته.")
    told = (text, [told_by(text, "استقال"), told_by(text, "استقالته")])
    assert len(events(built(told), "Resignation")) == 2
    assert len(events(built(told, (LEFT, [told_by(LEFT, "استقال")])), "Resignation")) == 1
    other_day = replace(told[1][1], time=EventTime("2021-01-05", "2021-01-05"))
    apart = built((text, [told[1][0], other_day]), (LEFT, [told_by(LEFT, "استقال")]))
    assert len(events(apart, "Resignation")) == 2


def test_generic_phrases_never_merge_across_documents() -> None:
    crowd = entity("Group", "المتظاهرون", generic=True)
    texts = [Text("هتف المتظاهرون.", ident) for ident in "xy"]
    builder = built(*((t, [t.report("Protest", "هتف", {"protester": [crowd]})]) for t in texts))
    assert len(ask(builder, 'SELECT ?g { ?g rdfs:label "المتظاهرون"@ar }')) == 2


def test_spellings_of_one_name_meet_and_the_most_told_is_the_label() -> None:
    texts = [Text(f"استقال {name}.", name) for name in ("آدم توكاييف", "ادم توكايف", "آدم  توكاييف")]
    told = [(t, [t.report("Resignation", "استقال", {"resigner": [entity("Person", t.article.id)]})]) for t in texts]
    rows = ask(built(*told), "SELECT ?l ?a { ?p a nev:Person ; rdfs:label ?l ; skos:altLabel ?a }")
    assert [label for label, _ in rows] == ["آدم  توكاييف"] * 2


def test_a_link_joins_names_that_differ_and_is_stated() -> None:
    texts = [Text(f"استقال {name}.", name) for name in ("بومبيو", "مايك بومبيو")]
    people = [entity("Person", t.article.id, qid="Q473239") for t in texts]
    told = [(t, [t.report("Resignation", "استقال", {"resigner": [p]})]) for t, p in zip(texts, people, strict=True)]
    rows = ask(built(*told), "SELECT ?l ?q { ?p rdfs:label ?l ; skos:exactMatch ?q }")
    assert rows == [("مايك بومبيو", "http://www.wikidata.org/entity/Q473239")]


def test_disagreement_is_kept_and_the_best_supported_marked() -> None:
    texts = [Text(f"قتل {n} في انفجار الزهراء.", f"d{i}") for i, n in enumerate((5, 7, 7))]
    place, killer = entity("City", "الزهراء"), entity("Organization", "حركة الفجر")
    told = [
        (t, [t.report("Death", "قتل", {"victimCount": [n], "place": [place], "agent": [killer]}, ("2022-01-05", None))])
        for t, n in zip(texts, (5, 7, 7), strict=True)
    ]
    builder = built(*told)
    assert ask(builder, "SELECT ?n { ?e nev:victimCount ?n }") == [("5",), ("7",)]
    assert ask(builder, "SELECT ?n { ?e nev:preferredVictimCount ?n }") == [("7",)]
    query = "SELECT ?n ?i { GRAPH ?d { ?r nev:victimCount ?n . ?d <https://schema.org/identifier> ?i } }"
    assert ask(builder, query) == [
        ("5", "d0"), ("7", "d1"), ("7", "d2"),
    ]  # fmt: skip


# --- laws

SPOKEN = ["قال", "كريم الحداد", "إن", "سعر", "الغاز", "في", "الزهراء", "5", "«كذا»", "😀", "\n"]
WORDS = st.lists(st.sampled_from(SPOKEN), min_size=3)
TIMES = st.sampled_from([None, "2021-03-02", "2021-03", "2021", "--03-02", "2021-03-02T10:30:00"])
KINDS = st.sampled_from(["Resignation", "Death", "Attack"])
VALUES = st.sampled_from([MINISTER, PRESIDENT, CABINET, entity("City", "الزهراء"), amount("3.50", "USD"), 4, "كلام"])
ROLES = {"Resignation": ("resigner", "acceptedBy"), "Death": ("victim", "agent"), "Attack": ("attacker", "target")}


@st.composite
def documents(draw: st.DrawFn) -> tuple[Article, list[Report]]:
    text = " ".join(draw(WORDS))
    article = Article(draw(st.sampled_from("abcdef")), text, date=draw(st.sampled_from([None, "2021-03-03"])))
    return article, draw(st.lists(reports(len(text)), max_size=4))


@st.composite
def reports(draw: st.DrawFn, length: int) -> Report:
    kind = draw(KINDS)
    begin = draw(st.integers(0, length - 1))
    trigger = Span(begin, draw(st.integers(begin + 1, length)))
    fillers = tuple(Filler(role, draw(VALUES), trigger, "test") for role in draw(st.sets(st.sampled_from(ROLES[kind]))))
    time = EventTime(draw(TIMES), draw(TIMES))
    return Report(kind, trigger, (Span(0, length),), fillers, time, rule="test")


def graph(collection: list[tuple[Article, list[Report]]]) -> set[ox.Quad]:
    builder = Builder()
    for article, found in collection:
        builder.add(article, found)
    return set(builder.quads())


@settings(max_examples=60, deadline=None)
@given(st.lists(documents(), max_size=5), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_graph(collection: list[tuple[Article, list[Report]]], random) -> None:
    """Documents in any order, and the reports of a document too; the same document twice changes nothing."""
    unique = list({(a.id, content(a.text)): (a, found) for a, found in collection}.values())
    shuffled = [(a, random.sample(found, len(found))) for a, found in random.sample(unique, len(unique))]
    assert graph(unique) == graph(shuffled) == graph(unique + unique)


@settings(max_examples=60, deadline=None)
@given(documents())
def test_quotations_are_the_characters_of_the_original(document: tuple[Article, list[Report]]) -> None:
    store = ox.Store()
    store.extend(graph([document]))
    prefix = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
    query = "SELECT ?b ?e ?t { { GRAPH ?g { ?s n:beginIndex ?b ; n:endIndex ?e ; n:anchorOf ?t } } UNION "
    query += "{ ?s n:beginIndex ?b ; n:endIndex ?e ; n:anchorOf ?t } }"
    rows = list(store.query(query, prefixes={"n": prefix}))
    assert bool(rows) == bool(document[1])
    for begin, end, words in rows:
        assert document[0].text[int(begin.value) : int(end.value)] == words.value


@settings(max_examples=40, deadline=None)
@given(st.text(), st.text(max_size=40))
def test_any_text_and_identifier_give_a_valid_iri(text: str, ident: str) -> None:
    iri = Minter().document(Article(ident, text))
    assert ox.NamedNode(iri).value == Minter().document(Article(ident, text))
    assert iri.isascii()


def test_a_text_that_repeats_itself_is_itself() -> None:
    once = Article("a", "سطر أول هنا\nسطر ثان هنا")
    thrice = replace(once, text="\n".join([once.text] * 3))
    assert Minter().document(once) == Minter().document(thrice) != Minter().document(replace(once, text="سطر أول هنا"))


# --- small parts


@pytest.mark.parametrize(
    ("moment", "datatype"),
    [("2022-01-05", "date"), ("2022-01", "gYearMonth"), ("2022", "gYear"), ("--02-29", "gMonthDay"),
     ("2022-01-05T14:30:00", "dateTime")],
)  # fmt: skip
def test_times_have_the_datatype_of_their_precision(moment: str, datatype: str) -> None:
    literal = literals.time(moment)
    assert literal is not None
    assert (literal.value, literal.datatype.value.rsplit("#")[-1]) == (moment, datatype)


@pytest.mark.parametrize("moment", ["2022-02-30", "--02-30", "2022-13", "yesterday", "", "2022-01-05T25:00:00", "0000"])
def test_what_is_no_time_is_left_out(moment: str) -> None:
    assert literals.time(moment) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [("60.0", "60"), ("0.120", "0.12"), ("1E+3", "1000"), ("-2.0", "-2"), ("-0.0", "0"), ("5.2E-7", "0.00000052")],
)
def test_decimals_have_one_form(value: str, text: str) -> None:
    assert decimal_text(Decimal(value)) == text


def test_amounts_of_one_value_are_one_node() -> None:
    assert Minter().amount(Amount(Decimal("60"), "KZT")) == Minter().amount(Amount(Decimal("60.00"), "KZT"))
    assert Minter().amount(Amount(Decimal("60"), unit="برميل")) != Minter().amount(Amount(Decimal("60"), unit="كيلو"))


def test_keys_and_slugs() -> None:
    assert name_key("عبد الله ابن أحمد") == name_key("عبدالله بن احمد")
    assert name_key("حسن") != name_key("حسين")
    assert slug("قاسم توكاييف") == "qasm-twkayyf"


def test_base_is_an_absolute_iri() -> None:
    assert Builder("https://example.org/kg").base == "https://example.org/kg/"
    with pytest.raises(OptionError, match="--base not an iri"):
        Builder("not an iri")


def test_dataset_holds_the_same_quads() -> None:
    builder = built((NEWS, [RESIGNATION, PRICE]))
    assert len(list(to_dataset(builder).quads())) == len(set(builder.quads()))
