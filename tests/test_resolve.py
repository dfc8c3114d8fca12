"""Who is who inside a document, and which reports tell of one happening."""

from __future__ import annotations

from dataclasses import replace

import pytest
from handmade import Text, amount, entity

from kg_builder import ontology
from kg_builder.model import Entity, EventTime, Filler, Mention, Report, Span
from kg_builder.resolve import resolve

ONTOLOGY = ontology.load()


def labels(
    text: Text, mentions: list[tuple[Entity, str]], names: tuple[str, ...] = (), role: str = "speaker"
) -> list[str]:
    """The label that each mention gets; a mention is an entity and words before it that say where it stands."""
    reports = [
        Report(f"T{i}", at, (at,), (Filler(role, found, at, "test"),), rule="test")
        for i, (found, after) in enumerate(mentions)
        for at in [text.span(found.label, after)]
    ]
    people = [Mention("person", text.span(name), {"label": name}) for name in names]
    found = {r.type: r.fillers[0].value for r in resolve(text.text, reports, ONTOLOGY, people)}
    return [found[f"T{i}"].label for i in range(len(mentions))]  # type: ignore[union-attr]


def person(label: str, generic: bool = False) -> Entity:
    return entity("Person", label, generic=generic)


PRESS = Text(
    "التقى الرئيس الكازاخي سالم درويش وزير الخارجية الهندي راجو كابور في المطار.\n"
    "وقال درويش إن بلاده ترحب بالزيارة، وأضاف رئيس الجمهورية أن كابور صديق قديم.\n"
    "وشكر الوزير الهندي مضيفه."
)
PRESIDENT = "سالم درويش"
MINISTER = "راجو كابور"


@pytest.mark.parametrize(
    ("mention", "after", "expected"),
    [
        (person("درويش"), "وقال", PRESIDENT),
        (person("كابور"), "أن", MINISTER),
        (person("رئيس الجمهورية", generic=True), "", PRESIDENT),
        (person("الوزير الهندي", generic=True), "", MINISTER),
        (person("الرئيس الكازاخي سالم درويش"), "", PRESIDENT),
    ],
)
def test_short_names_titles_and_offices_find_the_person(mention: Entity, after: str, expected: str) -> None:
    full = [(person("الرئيس الكازاخي سالم درويش"), ""), (person("وزير الخارجية الهندي راجو كابور"), "")]
    found = labels(PRESS, [*full, (mention, after)], (PRESIDENT, MINISTER))
    assert found == [PRESIDENT, MINISTER, expected]


def test_the_best_name_may_stand_outside_the_reports() -> None:
    assert labels(PRESS, [(person("درويش"), "وقال")], (PRESIDENT, MINISTER)) == [PRESIDENT]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("قال سمير حداد وقال وليد حداد ثم قال حداد.", person("سمير حداد"), person("وليد حداد")),
        ("قال الرئيس الروسي ثم قال الرئيس الصيني.", person("الرئيس الروسي", True), person("الرئيس الصيني", True)),
        ("قالت قوات الأمن ثم قالت قوات البحر.", entity("Force", "قوات الأمن"), entity("Force", "قوات البحر")),
        ("في محافظة حلب وفي مدينة حلب.", entity("Region", "محافظة حلب"), entity("City", "مدينة حلب")),
        ("قالت الحكومة عن حكومة جديدة.", entity("Government", "الحكومة", generic=True),
         entity("Government", "حكومة جديدة", generic=True)),
        ("قال حسن علي ثم قال حسين علي.", person("حسن علي"), person("حسين علي")),
    ],
)  # fmt: skip
def test_what_is_not_the_same_stays_apart(text: str, first: Entity, second: Entity) -> None:
    assert labels(Text(text), [(first, ""), (second, "")]) == [first.label, second.label]


def test_a_family_name_of_two_people_is_nobody_s() -> None:
    text = Text("قال سمير حداد وقال وليد حداد ثم كتب حداد.")
    people = [(person("سمير حداد"), ""), (person("وليد حداد"), ""), (person("حداد"), "كتب ")]
    assert labels(text, people) == ["سمير حداد", "وليد حداد", "حداد"]


def test_a_family_name_comes_before_a_first_name() -> None:
    text = Text("قال سمير حداد إنه سعيد وقال حداد نمر كلمة ثم كتب حداد.")
    people = [(person("سمير حداد"), ""), (person("حداد نمر"), ""), (person("حداد"), "كتب ")]
    assert labels(text, people) == ["سمير حداد", "حداد نمر", "سمير حداد"]


@pytest.mark.parametrize(
    ("text", "full", "short"),
    [
        ("أعلنت منظمة حماية الأنهار (RIVA) ذلك. وقالت RIVA إنها آسفة.",
         entity("Organization", "منظمة حماية الأنهار"), entity("Organization", "RIVA")),
        ("أعلنت منظمة حماية الأنهار ذلك. وقالت المنظمة إنها آسفة.",
         entity("Organization", "منظمة حماية الأنهار"), entity("Organization", "المنظمة", generic=True)),
        ("أعلن بنك الأنهار العربي ذلك. وقال بنك الأنهار إنه آسف.",
         entity("Organization", "بنك الأنهار العربي"), entity("Organization", "بنك الأنهار")),
        ("تقدم رجال الشرطة ثم تراجعت قوات الشرطة.",
         entity("Force", "رجال الشرطة", generic=True), entity("Force", "قوات الشرطة", generic=True)),
        ("هتف المتظاهرون ثم فر المتظاهرين.",
         entity("Group", "المتظاهرون", generic=True), entity("Person", "المتظاهرين", generic=True)),
        ("انسحب الفهديون من البلدة. وقصفت ميليشيات الفهدي الجسر.",
         person("الفهديون"), entity("Force", "ميليشيات الفهدي")),
        ("تقدم جيش السهل. وعبرت قوات الجيش النهر.",
         entity("Force", "جيش السهل", generic=True), entity("Force", "قوات الجيش", generic=True)),
        ("هاجمت ميليشيا الفهد القرية. وفرت الميليشيا ليلا.",
         entity("Force", "ميليشيا الفهد"), entity("Force", "الميليشيا", generic=True)),
        ("زار نتنياهو البلدة ثم غادر نتانياهو.", person("نتنياهو"), person("نتانياهو")),
        ("قصف مدينة سالم الشرقية. وفي سالم هدوء.", entity("City", "سالم"), entity("City", "سالم")),
    ],
)  # fmt: skip
def test_the_same_under_other_words(text: str, full: Entity, short: Entity) -> None:
    after = ". " if ". " in text else " ثم "
    assert labels(Text(text), [(full, ""), (short, after)]) == [full.label] * 2


def test_a_definite_place_noun_is_the_one_place_of_its_kind_named_before() -> None:
    text = Text("وصل الوفد إلى المدينة. ثم دخل زهرة وخرج من المدينة.")
    city, noun = entity("City", "زهرة"), entity("City", "المدينة", generic=True)
    assert labels(text, [(noun, ""), (city, ""), (noun, "وخرج")], role="place") == ["المدينة", "زهرة", "زهرة"]


def test_a_capital_that_acts_is_its_country_when_that_is_named() -> None:
    text = Text("انتقدت الولايات المتحدة القرار. وقالت واشنطن إنه خطأ.")
    places = [(entity("Country", "الولايات المتحدة"), ""), (entity("City", "واشنطن"), "")]
    assert labels(text, places) == ["الولايات المتحدة"] * 2
    assert labels(text, places, role="place") == ["الولايات المتحدة", "واشنطن"]


def test_links_that_differ_keep_names_apart_and_one_link_is_kept() -> None:
    text = Text("قال سمير حداد ثم كتب حداد.")
    full, short = replace(person("سمير حداد"), qid="Q1"), replace(person("حداد"), qid="Q2")
    assert labels(text, [(full, ""), (short, "كتب ")]) == ["سمير حداد", "حداد"]
    assert labels(text, [(full, ""), (replace(short, qid=None), "كتب ")]) == ["سمير حداد"] * 2


def test_one_name_read_as_two_kinds_is_one_entity() -> None:
    text = Text("أعلنت رامول ذلك. ووقع هجوم على رامول.")
    company, place = entity("Organization", "رامول"), entity("Place", "رامول")
    first = text.report("Appeal", "أعلنت", {"speaker": [company]})
    second = text.report("Attack", "هجوم", {"target": [place]}, after="ووقع")
    found = [report.fillers[0].value for report in resolve(text.text, [first, second], ONTOLOGY)]
    assert found[0] == found[1]


def test_an_entity_has_all_its_names() -> None:
    report = PRESS.report("Meeting", "التقى", {"participant": [person("الرئيس الكازاخي سالم درويش")]})
    other = PRESS.report("Appeal", "وقال", {"speaker": [person("درويش")]}, after="\n")
    people = [Mention("person", PRESS.span(PRESIDENT), {"label": PRESIDENT})]
    found = [r.fillers[0].value for r in resolve(PRESS.text, [report, other], ONTOLOGY, people)]
    assert found[0] == found[1]
    assert isinstance(found[0], Entity)
    assert found[0].names == ("الرئيس الكازاخي سالم درويش", "درويش", "سالم درويش")


def beside(text: Text, first: str, second: str, slots: tuple[str, str] = ("object", "context")) -> list[str]:
    """The labels of those who meet in a text: a phrase that names nobody and a name, in either order."""
    people = [entity("Person", w, generic=w not in (MINISTER, PRESIDENT)) for w in (first, second)]
    report = text.report("Meeting", "التقى", {"participant": list(people)})
    fillers = tuple(replace(f, slot=slot) for f, slot in zip(report.fillers, slots, strict=True))
    named = [Mention("person", text.span(n), {"label": n}) for n in (MINISTER, PRESIDENT) if n in text.text]
    (told,) = resolve(text.text, [replace(report, fillers=fillers)], ONTOLOGY, named)
    return [f.value.label for f in told.fillers]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("line", "first", "second", "expected"),
    [
        ("التقى الوفد وزير الخارجية الهندي راجو كابور.", "وزير الخارجية الهندي", MINISTER, [MINISTER]),
        ("التقى الوفد الطالب المشهور، راجو كابور، أمس.", "الطالب المشهور", MINISTER, [MINISTER]),
        ("التقى الوفد راجو كابور وزير الخارجية الهندي.", MINISTER, "وزير الخارجية الهندي", [MINISTER]),
        ("التقى الوفد الطالب المشهور وراجو كابور.", "الطالب المشهور", MINISTER, ["الطالب المشهور", MINISTER]),
        ("التقى راجو كابور سالم درويش.", MINISTER, PRESIDENT, [MINISTER, PRESIDENT]),
    ],
)
def test_a_name_and_what_somebody_is_beside_it_are_one(line: str, first: str, second: str, expected: list[str]) -> None:
    assert beside(Text(line), first, second) == expected


@pytest.mark.parametrize("line", ["التقى الوفد راجو كابور وزير الري.", "التقى الوفد وزير الري، راجو كابور، أمس."])
def test_an_office_finds_the_name_beside_it_that_fills_no_role(line: str) -> None:
    text = Text(line)
    meeting = text.report("Meeting", "التقى", {"participant": [person("وزير الري", True)]})
    (told,) = resolve(line, [meeting], ONTOLOGY, [Mention("person", text.span(MINISTER), {"label": MINISTER})])
    assert [f.value.label for f in told.fillers] == [MINISTER]  # type: ignore[union-attr]


def test_two_who_meet_are_two_though_one_has_an_office_like_the_other_s() -> None:
    text = Text("التقى وزير الري أمس في المطار راجو كابور وزير الري الهندي.")
    who = [person("وزير الري", True), person(MINISTER), person("وزير الري الهندي", True)]
    meeting = text.report("Meeting", "التقى", {"participant": who})
    (told,) = resolve(text.text, [meeting], ONTOLOGY, [Mention("person", text.span(MINISTER), {"label": MINISTER})])
    assert [f.value.label for f in told.fillers] == ["وزير الري", MINISTER]  # type: ignore[union-attr]


def test_a_subject_and_an_object_side_by_side_are_two() -> None:
    line = Text("التقى راجو كابور وزير الدفاع.")
    assert beside(line, MINISTER, "وزير الدفاع", ("subject", "object")) == [MINISTER, "وزير الدفاع"]


def test_an_office_beside_a_name_finds_the_person_later() -> None:
    text = Text("التقى الوفد راجو كابور وزير الري الهندي.\nوقال وزير الري إنه سعيد.")
    meeting = text.report("Meeting", "التقى", {"participant": [person(MINISTER), person("وزير الري الهندي", True)]})
    said = text.report("Appeal", "وقال", {"speaker": [person("وزير الري", True)]}, after="\n")
    people = [Mention("person", text.span(MINISTER), {"label": MINISTER})]
    found = resolve(text.text, [meeting, said], ONTOLOGY, people)
    assert found[0].fillers[0].value == found[1].fillers[0].value


@pytest.mark.parametrize(
    ("full", "short", "one"),
    [
        ("صحيفة رامول", "رامول", True),
        ("محكمة اتحاد رامول", "اتحاد رامول", False),
        ("صحيفة رامول", "سامول", False),
    ],
)
def test_the_name_of_a_body_without_its_common_noun(full: str, short: str, one: bool) -> None:
    text = Text(f"قالت {full} ذلك. ثم قالت {short} غيره.")
    found = labels(text, [(entity("Organization", full), ""), (entity("Organization", short), "ثم")])
    assert (found[0] == found[1]) is one


# --- one happening, one report

RAID = Text(
    "هاجم مسلحون قرية الوادي يوم الأحد.\n"
    "وقال شهود إن المسلحين أحرقوا منازل في الهجوم.\n"
    "وهاجم مسلحون بلدة السهل الاثنين."
)
GUNMEN = entity("Group", "مسلحون", generic=True)
VALLEY, PLAIN = entity("City", "قرية الوادي"), entity("City", "بلدة السهل")
FIRST = RAID.report("Attack", "هاجم", {"attacker": [GUNMEN], "target": [VALLEY]}, ("2022-01-02", "2022-01-02"))
THIRD = RAID.report(
    "Attack", "هاجم", {"attacker": [GUNMEN], "target": [PLAIN]}, ("2022-01-03", "2022-01-03"), after="\nوهاجم"
)
BACK = RAID.report("Attack", "الهجوم")


def test_a_definite_noun_refers_back_to_the_one_happening() -> None:
    (report,) = resolve(RAID.text, [FIRST, BACK], ONTOLOGY)
    assert (report.trigger, len(report.evidence), report.time.begin) == (FIRST.trigger, 2, "2022-01-02")


def test_of_two_that_it_may_mean_it_is_the_nearest() -> None:
    second = replace(THIRD, trigger=Span(FIRST.trigger.end, FIRST.trigger.end + 1))
    first, nearest = resolve(RAID.text, [FIRST, second, BACK], ONTOLOGY)
    assert (len(first.evidence), len(nearest.evidence)) == (1, 2)


def told(*reports: Report) -> int:
    return len(resolve(RAID.text, reports, ONTOLOGY))


def test_a_noun_with_other_people_in_it_is_another_happening() -> None:
    rebels = entity("Force", "قوات السهل")
    named = replace(FIRST, fillers=(Filler("attacker", entity("Force", "جيش الوادي"), Span(0, 4), "test"),))
    assert told(named, replace(BACK, fillers=(Filler("attacker", rebels, BACK.trigger, "test"),))) == 2
    assert told(named, replace(BACK, fillers=(Filler("attacker", GUNMEN, BACK.trigger, "test"),))) == 1


def test_a_doubtful_report_that_says_little_is_an_echo() -> None:
    shops = entity("Group", "تجار", generic=True)
    other = replace(THIRD, fillers=(Filler("attacker", shops, THIRD.trigger, "test"),), time=EventTime())
    assert told(FIRST, replace(other, confidence=0.9)) == 2
    assert told(FIRST, replace(other, confidence=0.5)) == 1
    assert told(FIRST, replace(other, confidence=0.5, time=EventTime("2021", "2021"))) == 2


def test_a_noun_with_another_place_is_another_happening() -> None:
    city, region = entity("City", "بلدة التلة"), entity("Region", "محافظة السهل")
    first = replace(FIRST, fillers=(*FIRST.fillers, Filler("place", city, Span(0, 4), "test")))
    elsewhere = replace(BACK, fillers=(Filler("place", region, BACK.trigger, "test"),))
    assert told(first, BACK) == 1
    assert told(first, elsewhere) == 2


@pytest.mark.parametrize(("between", "happenings"), [("في محافظة", 1), ("بمحافظة", 1), ("ثم", 2), ("إلى", 2)])
def test_a_place_that_the_text_puts_into_another_is_no_other_place(between: str, happenings: int) -> None:
    text = Text(f"هاجم مسلحون سوقا في التلة {between} السهل.\nوأدان الناس الهجوم على السوق في السهل.")
    here, around = entity("City", "التلة"), entity("Region", "السهل")
    first = text.report("Attack", "هاجم", {"attacker": [GUNMEN], "place": [here]})
    again = text.report("Attack", "الهجوم", {"place": [around]}, after="\nوأدان")
    assert len(resolve(text.text, [first, again], ONTOLOGY)) == happenings


def test_the_dead_are_those_of_whom_was_told() -> None:
    text = Text("قتل جندي في الثكنة.\nوقتل صيادون في الميناء.\nوكان القتلى يحملون شباكا.")
    soldier, fishers, dead = (entity("Group", label, generic=True) for label in ("جندي", "صيادون", "القتلى"))
    first = text.report("Death", "قتل", {"victim": [soldier], "victimCount": [1]})
    second = text.report("Death", "قتل", {"victim": [fishers]}, after="\n")
    found = resolve(text.text, [first, second, text.report("Death", "القتلى", {"victim": [dead]})], ONTOLOGY)
    assert [len(report.evidence) for report in found] == [1, 2]


@pytest.mark.parametrize(("mood", "happenings"), [("Planned", 1), ("Actual", 2)])
def test_what_is_to_come_is_another_than_what_was(mood: str, happenings: int) -> None:
    text = Text("تعقد نقابة البنائين اجتماعا.\nوقالت إن الاجتماع القادم مهم.")
    guild = entity("Organization", "نقابة البنائين")
    first = text.report("Meeting", "اجتماعا", {"participant": [guild]}, factuality=mood)
    again = text.report("Meeting", "الاجتماع", factuality=mood)
    assert len(resolve(text.text, [first, again], ONTOLOGY)) == happenings


@pytest.mark.parametrize(("behind", "happenings"), [("الشركات المتراجعة", 2), ("شمل المتراجعة", 1)])
def test_an_adjective_refers_to_nothing(behind: str, happenings: int) -> None:
    text = Text(f"انخفض مؤشر السوق.\nو{behind} كثيرة.")
    first = text.report("PriceChange", "انخفض", {"commodity": ["مؤشر السوق"]})
    again = text.report("PriceChange", "المتراجعة")
    apart = text.report("PriceChange", "المتراجعة", {"changesBy": [amount("3", unit="percent")]})
    assert len(resolve(text.text, [first, apart], ONTOLOGY)) == happenings
    assert len(resolve(text.text, [first, again], ONTOLOGY)) == 1


def test_a_word_that_says_another_keeps_a_noun_apart() -> None:
    text = Text("هاجم مسلحون القرية.\nوأدان الناس الهجوم.\nوأدانوا الهجوم السابق.")
    first = text.report("Attack", "هاجم", {"attacker": [GUNMEN]})
    assert len(resolve(text.text, [first, text.report("Attack", "الهجوم")], ONTOLOGY)) == 1
    again = text.report("Attack", "الهجوم", after="وأدانوا")
    assert len(resolve(text.text, [first, again], ONTOLOGY)) == 2


def test_the_wider_type_may_refer_to_the_narrower_and_the_narrower_stays() -> None:
    text = Text("فرض المجلس عقوبات على الشركة.\nويشمل القرار بنوكا.")
    council = entity("Organization", "المجلس")
    ban = text.report("Sanction", "فرض", {"issuer": [council]})
    (report,) = resolve(text.text, [ban, text.report("Decree", "القرار")], ONTOLOGY)
    assert (report.type, report.trigger, len(report.evidence)) == ("Sanction", ban.trigger, 2)


def test_somebody_resigns_but_once() -> None:
    text = Text("استقال سمير حداد من البلدية.\nوقدم سمير حداد كتابه إلى المجلس.")
    mayor, council = person("سمير حداد"), entity("Organization", "المجلس")
    first = text.report("Resignation", "استقال", {"resigner": [mayor], "post": ["رئاسة البلدية"]})
    again = text.report("Resignation", "قدم", {"resigner": [mayor], "submittedTo": [council], "post": ["العمدة"]})
    assert len(resolve(text.text, [first, again], ONTOLOGY)) == 1
    assert len(resolve(text.text, [first, replace(again, time=EventTime("2019", "2019")),
                                   replace(again, time=EventTime("2020", "2020"))], ONTOLOGY)) == 2  # fmt: skip


def test_two_happenings_of_one_type_stay_two() -> None:
    assert len(resolve(RAID.text, [FIRST, THIRD], ONTOLOGY)) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"factuality": "Denied"},
        {"time": EventTime("2022-01-09", None)},
        {"type": "Clash"},
        {"fillers": (Filler("victimCount", 9, Span(0, 4), "test"), *FIRST.fillers)},
    ],
    ids=["mood", "day", "type", "count"],
)
def test_a_contradiction_keeps_reports_apart(change: dict[str, object]) -> None:
    base = replace(FIRST, fillers=(*FIRST.fillers, Filler("victimCount", 5, Span(0, 4), "test")))
    again = replace(base, trigger=THIRD.trigger, evidence=THIRD.evidence)
    assert len(resolve(RAID.text, [base, again], ONTOLOGY)) == 1
    assert len(resolve(RAID.text, [base, replace(again, **change)], ONTOLOGY)) == 2  # type: ignore[arg-type]


def test_what_later_sentences_add_is_added_and_causes_follow() -> None:
    blaze = RAID.report("Disaster", "أحرقوا", cause=1)
    later = replace(
        RAID.report("Attack", "الهجوم", {"attacker": [GUNMEN], "target": [VALLEY], "weapon": ["النار"]}), status="ended"
    )
    attack, disaster = resolve(RAID.text, [blaze, later, FIRST], ONTOLOGY)
    assert {f.role for f in attack.fillers} == {"attacker", "target", "weapon"}
    assert (attack.status, attack.time.begin, disaster.cause) == ("ended", "2022-01-02", 0)


def test_a_report_that_adds_nothing_joins_the_one_of_the_same_word() -> None:
    bare = RAID.report("Attack", "الهجوم", {"attacker": [GUNMEN]})
    assert told(FIRST, bare) == 1
    other = replace(THIRD, trigger=Span(FIRST.trigger.end, FIRST.trigger.end + 1))
    same_word = replace(bare, trigger=THIRD.trigger)
    first, second = resolve(RAID.text, [FIRST, other, same_word], ONTOLOGY)
    assert (len(first.evidence), len(second.evidence)) == (2, 1)
    assert THIRD.trigger not in (first.trigger, second.trigger)


def test_amounts_that_differ_are_two_changes() -> None:
    text = Text("ارتفع السعر إلى 5 ثم ارتفع السعر إلى 7.")
    told = [
        text.report("PriceChange", "ارتفع", {"commodity": ["السعر"], "changesTo": [amount(n, "USD")]}, after=after)
        for n, after in (("5", ""), ("7", "ثم"))
    ]
    assert len(resolve(text.text, told, ONTOLOGY)) == 2


def test_amounts_in_two_units_may_be_one_change() -> None:
    text = Text("تراجع سعر الوقود 3 دولارات.\nوخسر سعر الوقود 5 بالمئة.")
    fuel = {"commodity": ["سعر الوقود"]}
    dollars = text.report("PriceChange", "تراجع", {**fuel, "changesBy": [amount("3", "USD")]})
    for percent, count in ((amount("5", unit="percent"), 1), (amount("5", "USD"), 2)):
        again = text.report("PriceChange", "تراجع", {**fuel, "changesBy": [percent]})
        moved = replace(again, trigger=text.span("وخسر"), evidence=(text.sentence(text.span("وخسر")),))
        assert len(resolve(text.text, [dollars, moved], ONTOLOGY)) == count


@pytest.mark.parametrize(("first", "second", "count"), [
    ("سعر الذهب", "سعر الفضة", 2),
    ("سعر الذهب", "سعر الذهب الفوري", 1),
    ("الذهب", "سعر الذهب", 1),
])  # fmt: skip
def test_phrases_are_alike_by_most_of_their_words(first: str, second: str, count: int) -> None:
    text = Text(f"تراجع {first} أمس.\nثم تراجع {second} كثيرا.")
    falls = [
        text.report("PriceChange", "تراجع", {"commodity": [phrase], "direction": ["fall"]}, after=after)
        for phrase, after in ((first, ""), (second, "\nثم"))
    ]
    assert len(resolve(text.text, falls, ONTOLOGY)) == count


def test_a_large_count_is_the_same_by_chance_only_seldom() -> None:
    text = Text("قتل سبعة جنود.\nوأكد آخرون أن سبعة مقاتلين قتلوا.")
    for count, reports in ((7, 1), (1, 2)):
        told = [
            text.report("Death", word, {"victim": [entity("Person", who, generic=True)], "victimCount": [count]})
            for word, who in (("قتل", "سبعة جنود"), ("قتلوا", "سبعة مقاتلين"))
        ]
        assert len(resolve(text.text, told, ONTOLOGY)) == reports


def test_a_reference_back_adds_those_who_were_there() -> None:
    text = Text("عقد سالم درويش اجتماعا أمس.\nوحضر الاجتماع راجو كابور.\nثم عقد عمر نجم اجتماعا.")
    people = (PRESIDENT, MINISTER, "عمر نجم")
    met, came, other = (
        text.report("Meeting", word, {"participant": [person(who)]}, after=after)
        for word, who, after in zip(("اجتماعا", "الاجتماع", "اجتماعا"), people, ("", "", "\nثم"), strict=True)
    )
    found = resolve(text.text, [met, came, other], ONTOLOGY)
    assert [[f.value.label for f in r.fillers] for r in found] == [[PRESIDENT, MINISTER], ["عمر نجم"]]  # type: ignore[union-attr]


def test_somebody_dies_but_once_whether_told_as_fact_or_as_possible() -> None:
    text = Text("قتل سالم درويش أمس.\nوقد يكون سالم درويش قتل في بيته.")
    fact, doubt = (text.report("Death", "قتل", {"victim": [person(PRESIDENT)]}, after=after) for after in ("", "\n"))
    (report,) = resolve(text.text, [fact, replace(doubt, factuality="Possible")], ONTOLOGY)
    assert report.factuality == "Actual"


def test_a_pasted_twice_text_gives_the_reports_of_one_with_more_evidence() -> None:
    copy = Text("\n".join([RAID.text] * 2))
    shift = len(RAID.text) + 1

    def shifted(report: Report) -> Report:
        moved = [Span(s.start + shift, s.end + shift) for s in (report.trigger, *report.evidence)]
        fillers = tuple(replace(f, span=Span(f.span.start + shift, f.span.end + shift)) for f in report.fillers)
        return replace(report, trigger=moved[0], evidence=tuple(moved[1:]), fillers=fillers)

    once = [FIRST, BACK, THIRD]
    alone = resolve(RAID.text, once, ONTOLOGY)
    twice = resolve(copy.text, [*once, *map(shifted, once)], ONTOLOGY)
    assert [replace(r, evidence=()) for r in twice] == [replace(r, evidence=()) for r in alone]
    assert [len(r.evidence) for r in twice] == [2 * len(r.evidence) for r in alone]


def test_nothing_comes_of_nothing() -> None:
    assert resolve("", [], ONTOLOGY) == []
