"""One person, one node; one happening, one event: across documents, under the user's lists, and back again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from handmade import Text, entity
from hypothesis import given, settings
from hypothesis import strategies as st
from test_graph import ask, built, documents

from kg_builder.errors import InputError, OptionError, OutputError
from kg_builder.graph import Builder
from kg_builder.graph.copies import Printing, groups, signature
from kg_builder.graph.iri import content
from kg_builder.graph.lists import Lists, read_lists
from kg_builder.graph.run import Run
from kg_builder.model import Article, Entity, Report

DAY = ("2021-03-02", "2021-03-02")
Told = tuple[Article, list[Report]]


def about(*people: Entity, date: str = "2021-03-03") -> list[tuple[Text, list[Report]]]:
    """A document for each, in which somebody resigns."""
    texts = [Text(f"في الخبر رقم {n} أن {p.label} استقال.", f"d{n}", date) for n, p in enumerate(people)]
    return [(t, [t.report("Resignation", "استقال", {"resigner": [p]})]) for t, p in zip(texts, people, strict=True)]


def labels(builder: Builder, kind: str = "Person") -> list[str]:
    return [label for (label,) in ask(builder, f"SELECT ?l {{ ?p a nev:{kind} ; rdfs:label ?l }}")]


def person(label: str) -> Entity:
    return entity("Person", label)


def listed(tmp_path: Path, apart: str = "", same: str = "") -> Lists:
    for name, text in (("apart", apart), ("same", same)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return read_lists(tmp_path / "apart", tmp_path / "same")


def build(told: list[tuple[Text, list[Report]]], lists: Lists | None = None) -> Builder:
    builder = Builder(lists=lists)
    for text, reports in told:
        builder.add(text.article, reports)
    return builder


# --- entities


@pytest.mark.parametrize(
    "names",
    [
        ("أدهم توركاييف", "ادهم توركايف"),
        ("عبد الرحمن ابن سالم", "عبدالرحمن بن سالم"),
        ("هدى الخالدى", "هدي الخالدي"),
        ("دونالد ترامب", "دونالد ترمب"),
        ("غريغور موراتي", "جريجور موراتي"),
        ("أنطون بيلوف", "انتون بيلوف"),
        ("شو لينغفان", "شو لينغ فان"),
        ("أرنو موروسون", "أرنو مورسون"),
        ("أرنو موروسون", "أرنو موراسون"),
        ("كريم الحداد", "الحداد"),
        ("كريم الحداد", "كريم سامي الحداد"),
        ("فهد بن سالم", "فهد بن سالم بن راشد"),
        ("فهد بن سالم", "فهد بن سالم آل راشد"),
    ],
)
def test_one_person_under_two_names_is_one_node(names: tuple[str, str]) -> None:
    assert len(labels(built(*about(*map(person, names))))) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("سلمان العمري", "سليمان العمري"),
        ("جاسم العمري", "قاسم العمري"),
        ("كريم الحداد", "كريم الحداد الصغير"),
        ("كريم الحداد", "سامي الحداد"),
        ("كريم الحداد", "سامي الحداد", "الحداد"),
        ("علي محمد", "محمد سالم", "محمد"),
        ("فلاديمير باروف", "فلاديمير براوف"),
        ("أرنو مورن", "أرنو مارن"),
    ],
)
def test_persons_who_only_sound_alike_are_several(names: tuple[str, ...]) -> None:
    assert len(labels(built(*about(*map(person, names))))) == len(names)


def test_a_family_name_means_the_person_of_those_days_and_the_full_name_is_the_label() -> None:
    near, far = (
        about(person("كريم الحداد"), person("الحداد"), person("الحداد")),
        about(person("الحداد"), date="2024-01-01"),
    )
    assert labels(built(*near)) == ["كريم الحداد"]
    assert len(labels(built(near[0], *far))) == 2


def test_a_family_name_means_whom_nearly_all_mean() -> None:
    many = about(*[person("كريم الحداد")] * 5, person("سامي الحداد"), person("الحداد"))
    rows = ask(built(*many), "SELECT ?l ?a { ?p a nev:Person ; rdfs:label ?l ; skos:altLabel ?a }")
    assert rows == [("كريم الحداد", "الحداد")]


def test_a_first_name_alone_may_mean_who_is_well_known_by_it() -> None:
    few, many = about(person("كريم محمود"), person("محمود")), about(*[person("كريم محمود")] * 3, person("محمود"))
    assert sorted(labels(built(*few))) == ["كريم محمود", "محمود"]
    assert labels(built(*many)) == ["كريم محمود"]


def test_a_name_of_two_words_is_not_soon_another_s() -> None:
    full, short = about(person("كريم سامي الحداد")), about(person("كريم الحداد"), date="2021-04-10")
    late = about(person("كريم الحداد"), date="2021-09-10")
    assert labels(built(*full, *short)) == ["كريم سامي الحداد"]
    assert len(labels(built(*full, *late))) == 2


def test_a_country_is_one_whatever_it_is_called() -> None:
    names = ("الولايات المتحدة", "أميركا", "الولايات المتحدة الأمريكية")
    assert len(labels(built(*about(*(entity("Country", n) for n in names))), "Country")) == 1


@pytest.mark.parametrize(
    ("names", "nodes"),
    [
        (("الحكومة التركية", "حكومة تركيا"), 1),
        (("الحكومة التركية", "الحكومة العراقية"), 2),
        (("الحكومة", "الحكومة"), 2),
        (("الحكومة المحلية", "الحكومة المحلية"), 2),
        (("مصادر تركية", "مصادر تركية"), 2),
    ],
)
def test_a_body_of_a_state_is_named_by_its_country(names: tuple[str, ...], nodes: int) -> None:
    told = about(*(entity("Government", name, generic=True) for name in names))
    assert len(labels(built(*told), "Government")) == nodes


def test_a_body_takes_its_country_from_the_report_when_the_document_names_one_alone() -> None:
    cabinet, turkey, iraq = (
        entity("Government", "الحكومة", generic=True),
        entity("Country", "تركيا"),
        entity("Country", "العراق"),
    )
    named = about(entity("Government", "الحكومة التركية", generic=True))
    text = Text("استقالت الحكومة في تركيا.", "x", "2021-03-03")
    roles = {"resigner": [cabinet], "place": [turkey]}
    assert len(labels(built(*named, (text, [text.report("Resignation", "استقالت", roles)])), "Government")) == 1
    visit = text.report("Visit", "في", {"destination": [iraq]})
    assert len(labels(built(*named, (text, [text.report("Resignation", "استقالت", roles), visit])), "Government")) == 2


# --- the user's lists


def test_the_lists_decide_on_names(tmp_path: Path) -> None:
    told = about(person("كريم الحداد"), person("الحداد"), person("أبو سامي"))
    assert len(labels(build(told, listed(tmp_path, same="أبو سامي\tكريم الحداد\n")))) == 1
    assert len(labels(build(told, listed(tmp_path, apart="# no\nكريم الحداد\tالحداد\n")))) == 3


def test_the_lists_decide_on_reports(tmp_path: Path) -> None:
    told = about(person("كريم الحداد"), person("كريم الحداد"), person("سامي النجار"))
    events = "SELECT ?e { ?e a nev:Resignation }"
    tails = [iri.rpartition("/report/")[2] for (iri,) in ask(build(told), "SELECT ?r { ?e nev:report ?r } ORDER BY ?r")]
    assert len(ask(build(told), events)) == 2
    assert len(ask(build(told, listed(tmp_path, apart=f"{tails[0]}\t{tails[1]}\n")), events)) == 3
    by_hand = build(told, listed(tmp_path, same=f"{tails[1]}\t{tails[2]}\n"))
    together = "SELECT (COUNT(?r) AS ?n) { ?e nev:report ?r } GROUP BY ?e"
    assert ask(by_hand, together) == [("1",), ("2",)]
    assert ("ListedAsSame",) in {(r.rpartition("#")[2],) for (r,) in ask(by_hand, "SELECT ?r { ?m nev:reason ?r }")}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("كريم", "apart:2: not two names with a tab between: كريم"),
        ("كريم\t", "apart:2: not two names"),
        ("a\tb\tc", "apart:2: not two names"),
        ("كريم الحداد\tكَريم الحداد", "apart:2: both sides are the same"),
        ("كريم\ta-1/Death-0-4", "apart:2: a report on one side only"),
    ],
)
def test_a_line_that_is_no_pair_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    with pytest.raises(OptionError, match=complaint):
        listed(tmp_path, apart=f"سامي\tكريم\n{line}\n")


def test_lists_must_not_contradict_each_other(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"are in .*same too"):
        listed(tmp_path, apart="سامي\tكريم\n", same="كريم\tسامي\n")
    with pytest.raises(OptionError, match="no such file"):
        read_lists(tmp_path / "nowhere", None)


# --- events


def test_a_merge_tells_its_score_and_reasons() -> None:
    builder = built(*about(person("كريم الحداد"), person("كريم الحداد")))
    query = "SELECT ?n ?s { ?e nev:mergedBecause ?m ; nev:sourceCount ?n . ?m nev:score ?s }"
    ((sources, score),) = ask(builder, query)
    assert sources == "2"
    assert float(score) >= 2.75
    reasons = {r.rpartition("#")[2] for (r,) in ask(builder, "SELECT ?r { ?m nev:reason ?r }")}
    assert reasons >= {"SameParticipant", "SameTrigger", "SimilarWords"}
    joined = ask(builder, "SELECT ?r { ?m nev:joins ?r }")
    assert joined == ask(builder, "SELECT ?r { ?e nev:report ?r }")


def meeting(n: int, line: str, *people: str) -> tuple[Text, list[Report]]:
    text = Text(line, f"d{n}", "2021-03-03")
    return text, [text.report("Meeting", "التقى", {"participant": [person(name) for name in people]})]


def events(*told: tuple[Text, list[Report]]) -> int:
    return len(ask(built(*told), "SELECT ?e { ?e a nev:Meeting }"))


def test_one_partner_alone_does_not_make_two_meetings_one() -> None:
    first = meeting(0, "التقى كريم الحداد في قصر السلام اليوم وفدا من تجار الحبوب", "كريم الحداد")
    other = meeting(1, "التقى كريم الحداد في مكتبه مساء سامي النجار الطبيب المعروف", "كريم الحداد")
    same = meeting(2, "التقى كريم الحداد وسامي النجار في قصر السلام", "كريم الحداد", "سامي النجار")
    both = meeting(3, "التقى سامي النجار كريم الحداد في قصر السلام", "كريم الحداد", "سامي النجار")
    assert events(same, both) == 1
    assert events(first, other) == 2


def test_each_with_a_partner_of_his_own_are_two_meetings() -> None:
    def talks(n: int, guest: str, *more: str) -> tuple[Text, list[Report]]:
        line = (
            f"أجرى الوزير كريم الحداد ومساعده سامي النجار محادثات في قصر السلام مع السفير {guest}",
            f"تناولت محادثات جرت في قصر السلام بين كريم الحداد وسامي النجار وبين {guest} أسعار القمح",
        )[n]
        text = Text(line, f"d{n}", "2021-03-03")
        people = [person(name) for name in ("كريم الحداد", "سامي النجار", guest, *more)]
        return text, [text.report("Meeting", "محادثات", {"participant": people})]

    assert events(talks(0, "أدهم توركاييف"), talks(1, "أدهم توركاييف", "ليلى قصير")) == 1
    assert events(talks(0, "أدهم توركاييف"), talks(1, "هدى الخالدي")) == 2


def test_somebody_described_may_be_whom_the_sentence_names() -> None:
    def visit(n: int, line: str, who: Entity) -> tuple[Text, list[Report]]:
        text = Text(line, f"d{n}", "2021-03-03")
        return text, [text.report("Visit", "زار", {"visitor": [who]})]

    def found(*told: tuple[Text, list[Report]]) -> int:
        return len(ask(built(*told), "SELECT ?e { ?e a nev:Visit }"))

    guest = entity("Person", "ضيف المدينة", generic=True)
    named = visit(0, "زار كريم الحداد المتحف القديم في الميناء", person("كريم الحداد"))
    assert found(named, visit(1, "زار ضيف المدينة كريم الحداد المتحف القديم", guest)) == 1
    assert found(named, visit(1, "زار ضيف المدينة المتحف القديم في الميناء", guest)) == 2


def test_the_same_words_of_another_place_tell_of_another_happening() -> None:
    def rescue(n: int, where: str) -> tuple[Text, list[Report]]:
        line = (
            f"أنقذت فرق الدفاع المدني طفلا من الغرق {where} ونقلته إلى المستشفى",
            f"ذكر ناطق أن فرق الدفاع أنقذت طفلا صغيرا من الغرق {where} بعد أن رآه حارس",
        )[n]
        text = Text(line, f"d{n}", "2021-03-03")
        beach = entity("Facility", where.split(" ", 1)[1], generic=True)
        return text, [text.report("Disaster", "الغرق", {"place": [beach]})]

    def found(*told: tuple[Text, list[Report]]) -> int:
        return len(ask(built(*told), "SELECT ?e { ?e a nev:Disaster }"))

    assert found(rescue(0, "قرب شاطئ النخيل"), rescue(1, "عند شاطئ النخيل")) == 1
    assert found(rescue(0, "قرب شاطئ النخيل"), rescue(1, "في مسبح الواحة الكبير")) == 2


def test_a_month_holds_its_days_and_no_others() -> None:
    lines = (
        ("في نشرة الصباح أن رواتب المعلمين زادت", "رواتب المعلمين"),
        ("ذكرت صحف محلية بعد انتظار طويل أن رواتب البلدية والمعلمين زادت قليلا", "رواتب البلدية والمعلمين"),
    )

    def tale(n: int, begin: str) -> tuple[Text, list[Report]]:
        line, pay = lines[n]
        text = Text(line, f"d{n}", "2021-03-03")
        return text, [text.report("PriceChange", "زادت", {"commodity": [pay]}, (begin, None))]

    def found(first: str, second: str) -> int:
        return len(ask(built(tale(0, first), tale(1, second)), "SELECT ?e { ?e a nev:PriceChange }"))

    assert found("2021-02", "2021-02-11") == 1
    assert found("2021", "2021-02") == 1
    assert found("2021-01", "2021-02-11") == 2


def test_what_different_speakers_say_alike_is_said_twice() -> None:
    def told(n: int, who: Entity) -> tuple[Text, list[Report]]:
        line = ("بشدة التفجير الذي استهدف السوق القديم", "في بيان صدر مساء التفجير الذي وقع قرب الجسر")[n]
        text = Text(f"أدان {who.label} {line}", f"d{n}", "2021-03-03")
        return text, [text.report("Condemnation", "أدان", {"speaker": [who]})]

    def found(*speakers: Entity) -> int:
        return len(ask(built(*(told(*n) for n in enumerate(speakers))), "SELECT ?e { ?e a nev:Condemnation }"))

    guard, baker = (entity("Person", label, generic=True) for label in ("حارس الميناء", "خباز الحي"))
    assert found(guard, guard) == 1
    assert found(guard, baker) == 2
    assert found(person("كريم الحداد"), baker) == 2


def test_other_victims_elsewhere_are_others() -> None:
    def deaths(n: int, count: int, city: str) -> tuple[Text, list[Report]]:
        line = ("في غارة جوية على الميناء فجر اليوم", "وجرح آخرون في غارة على سوق قديم فجر أمس")[n]
        text = Text(f"قتل {count} من الصيادين {line} {city}", f"d{n}", "2021-03-03")
        return text, [text.report("Death", "قتل", {"victimCount": [count], "place": [entity("City", city)]})]

    def found(*told: tuple[Text, list[Report]]) -> int:
        return len(ask(built(*told), "SELECT ?e { ?e a nev:Death }"))

    assert found(deaths(0, 16, "زهرة"), deaths(1, 16, "رامول")) == 1
    assert found(deaths(0, 16, "زهرة"), deaths(1, 42, "زهرة")) == 1
    assert found(deaths(0, 16, "زهرة"), deaths(1, 42, "رامول")) == 2


def test_assertion_and_denial_both_stay_with_their_sources() -> None:
    told = about(person("كريم الحداد"), person("كريم الحداد"))
    text, (report,) = told[1]
    builder = built(told[0], (text, [replace(report, factuality="Denied")]))
    rows = ask(builder, "SELECT ?f ?i { ?e nev:factuality ?f ; nev:report ?r . GRAPH ?d { ?r a nev:Report . "
                        "?d <https://schema.org/identifier> ?i } }")  # fmt: skip
    assert [(f.rpartition("#")[2], i) for f, i in rows] == [("Actual", "d0"), ("Denied", "d1")]


# --- copies

LONG = " ".join(f"كلمة{n}" for n in range(80))


def printing(name: str, text: str, day: int | None = 0) -> Printing:
    return Printing(name, signature(text), day)


def test_a_reprint_cut_or_under_another_lead_is_a_copy() -> None:
    texts = {
        "whole": LONG,
        "cut": " ".join(LONG.split()[:45]),
        "lead": "مدخل جديد تماما من عند الصحيفة " + " ".join(LONG.split()[6:]),
        "other": LONG.replace("كلمة", "لفظ"),
    }
    found = groups([printing(name, text) for name, text in texts.items()])
    assert [[p.iri for p in group] for group in found] == [["lead", "whole", "cut"]]


def test_a_form_filled_in_weeks_later_is_no_copy_and_a_few_words_are_none() -> None:
    assert groups([printing("a", LONG, 0), printing("b", LONG, 30)]) == []
    assert groups([printing("a", "خبر قصير جدا", 0), printing("b", "خبر قصير جدا", 0)]) == []


def test_copies_count_once() -> None:
    body = f"{LONG} قتل كثيرون في الزهراء."
    place, killer = entity("City", "الزهراء"), entity("Organization", "حركة الفجر")
    short = ("قتل كثيرون في الزهراء.", "في الزهراء قتل كثيرون.")
    first, next_day, last = "2022-01-05", "2022-01-06", "2022-01-07"
    rows = [("a", 5, body, first), ("b", 5, body, first), ("c", 5, body, next_day)]
    rows += [("d", 7, short[0], last), ("e", 7, short[1], last)]
    texts = [(Text(text, ident, date), count) for ident, count, text, date in rows]
    told = [
        (t, [t.report("Death", "قتل", {"victimCount": [n], "place": [place], "agent": [killer]}, ("2022-01-04", None))])
        for t, n in texts
    ]
    builder = built(*told)
    assert ask(builder, "SELECT ?n { ?e nev:victimCount ?n }") == [("5",), ("7",)]
    assert ask(builder, "SELECT ?n ?s { ?e nev:preferredVictimCount ?n ; nev:sourceCount ?s }") == [("7", "3")]
    link = "SELECT ?x ?y {{ ?a <http://www.w3.org/ns/prov#{0}> ?b . ?a s:identifier ?x . ?b s:identifier ?y }}"
    store = ox.Store()
    store.extend(builder.quads())
    found = {
        name: sorted(
            (r["x"].value, r["y"].value) for r in store.query(link.format(name), prefixes={"s": "https://schema.org/"})
        )
        for name in ("alternateOf", "hadPrimarySource")
    }
    first = {"a": "b", "b": "a"}[found["alternateOf"][0][1]]
    assert found == {
        "alternateOf": [(first, {"a": "b", "b": "a"}[first])],
        "hadPrimarySource": [("c", {"a": "b", "b": "a"}[first])],
    }


# --- documents that come and go


def lines(builder: Builder) -> bytes:
    return b"".join(
        sorted((ox.serialize(builder.quads(), format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True))
    )


def graph(collection: list[Told], *before: list[Told]) -> Builder:
    """The collection, after others were built, written and taken up again, one after the other."""
    builder = Builder()
    for earlier in before:
        builder = _again(_added(builder, earlier))
    return _added(builder, collection)


def _added(builder: Builder, collection: list[Told]) -> Builder:
    for article, found in collection:
        builder.add(article, found)
    return builder


def _again(builder: Builder) -> Builder:
    fresh = Builder()
    fresh.take(ox.parse(lines(builder), format=ox.RdfFormat.N_QUADS))
    return fresh


def unique(collection: list[Told]) -> list[Told]:
    return list({article.id: (article, found) for article, found in collection}.values())


COLLECTIONS = st.lists(documents(), max_size=6).map(unique)


@settings(max_examples=40, deadline=None)
@given(COLLECTIONS, st.integers(0, 6), st.integers(0, 6), st.randoms(use_true_random=False))
def test_any_split_and_order_gives_the_same_bytes(collection: list[Told], one: int, two: int, random) -> None:
    shuffled = random.sample(collection, len(collection))
    first, second = sorted((one, two))
    parts = (shuffled[:first], shuffled[first:second])
    assert lines(graph(shuffled[second:], *parts)) == lines(graph(collection))


@settings(max_examples=30, deadline=None)
@given(COLLECTIONS, documents())
def test_forgetting_after_adding_changes_nothing(collection: list[Told], more: Told) -> None:
    others = [told for told in collection if told[0].id != more[0].id]
    builder = graph([more], others)
    assert builder.forget(more[0].id) == 1
    assert lines(builder) == lines(graph(others))


@settings(max_examples=30, deadline=None)
@given(COLLECTIONS)
def test_merging_again_changes_nothing(collection: list[Told]) -> None:
    assert lines(_again(graph(collection))) == lines(graph(collection))


@settings(max_examples=30, deadline=None)
@given(COLLECTIONS, documents())
def test_a_document_of_the_same_identifier_takes_the_place_of_the_stored(collection: list[Told], new: Told) -> None:
    others = [told for told in collection if told[0].id != new[0].id]
    assert lines(graph([new], collection)) == lines(graph([*others, new]))


def test_two_names_of_one_document_for_one_entity_are_told_apart_again() -> None:
    text = Text("عين كريم الحداد خلفا لأبي سامي بعد أن استقال.", "a", "2021-03-03")
    roles = {"appointee": [person("كريم الحداد")], "appointer": [person("أبو سامي")]}
    lists = Lists(same=replace(Lists().same, entities=frozenset({("ابوسامي", "كريم حداد")})))
    whole = build([(text, [text.report("Appointment", "عين", roles)])], lists)
    assert len(labels(whole)) == 1
    assert lines(_again(whole)) == lines(build([(text, [text.report("Appointment", "عين", roles)])]))


def test_what_cannot_be_gone_on_with_is_named() -> None:
    builder = built(*about(person("كريم الحداد")))
    with pytest.raises(
        InputError, match=r"lives not under https://example.org/; give --base https://w3id.org/news-event/data/"
    ):
        Builder("https://example.org/").take(builder.quads())
    older = [q for q in builder.quads() if "#name=" not in str(q.subject)]
    with pytest.raises(InputError, match="built by an older version"):
        Builder().take(older)
    with pytest.raises(OutputError, match="plain records"):
        list(_again(builder).frames())


# --- runs


def test_a_run_names_the_documents_it_read_and_outlives_none_of_them() -> None:
    runs = [Run("1.0", "abc", "link=off", f"2026-01-0{day}T10:00:00Z") for day in (1, 2)]
    first, second = about(person("كريم الحداد"), person("سامي النجار"))
    builder = Builder(run=runs[0])
    builder.add(first[0].article, first[1])
    later = Builder(run=runs[1])
    later.take(builder.quads())
    later.add(second[0].article, second[1])
    query = (
        "SELECT ?i ?t { ?a a <http://www.w3.org/ns/prov#Activity> ; <http://www.w3.org/ns/prov#used> ?d ; "
        "<http://www.w3.org/ns/prov#startedAtTime> ?t . ?d <https://schema.org/identifier> ?i }"
    )
    assert ask(later, query) == [("d0", "2026-01-01T10:00:00Z"), ("d1", "2026-01-02T10:00:00Z")]
    later.forget("d0")
    assert ask(later, query) == [("d1", "2026-01-02T10:00:00Z")]
    assert lines(_again(later)) == lines(later)
    bare = Builder(tells_runs=False)
    bare.take(later.quads())
    assert lines(bare) == lines(built(second))


def test_texts_that_say_the_same_have_one_signature() -> None:
    assert signature(LONG) == signature(content(f"{LONG}\n{LONG}"))
