"""Times told from other times: so long before a date, the same year, a year that the sentence has set.

The text is of Wednesday 5 January 2022.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from value_table import Case, at, day, found, one


def year(which: str) -> dict[str, str]:
    return {"begin": which, "end": which, "grain": "year"}


FROM_A_DATE = [
    at("غادر قبل يومين من 12 مارس 2021", "قبل يومين من 12 مارس 2021", "2021-03-10", "2021-03-10"),
    at("عاد بعد ثلاثة أيام فقط على 12 مارس 2021", "بعد ثلاثة أيام فقط على 12 مارس 2021", "2021-03-15", "2021-03-15"),
    at("بعد نحو شهرين من مايو 2019", "بعد نحو شهرين من مايو 2019", "2019-07", "2019-07", "month"),
    at("بعد عامين من 2015", "بعد عامين من 2015", "2017", "2017", "year"),
    at("قبل أسبوع من يوم الثلاثاء الماضي", "قبل أسبوع من يوم الثلاثاء الماضي", "2021-12-28", "2021-12-28"),
    at("غادر بعد 12 مارس 2021 بيومين", "12 مارس 2021 بيومين", "2021-03-14", "2021-03-14"),
    at("تأسس قبل عام 2015 بثلاث سنوات", "عام 2015 بثلاث سنوات", "2012", "2012", "year"),
    Case("بعد ثلاثة أيام من مارس 2021", [
        ("duration", "ثلاثة أيام", {"value": 3, "unit": "day"}),
        ("time", "مارس 2021", {"begin": "2021-03", "end": "2021-03", "grain": "month"}),
    ]),
]
FROM_AN_EVENT = [
    one("استقال قبل ثلاثة أيام من الانتخابات", "duration", "ثلاثة أيام", value=3, unit="day"),
    one("عاد الوفد قبل أسبوعين فقط من الموعد", "duration", "أسبوعين", value=2, unit="week"),
    one("سيعود الوفد بعد يومين على اندلاع الحرب", "duration", "يومين", value=2, unit="day"),
    Case("في اليوم التالي لتوقيع الاتفاق", []),
    Case("سيعقد المؤتمر بعد شهر من توقيع الاتفاق", []),
]
FROM_TODAY = [
    at("قتل الحارس قبل يومين", "قبل يومين", "2022-01-03", "2022-01-03"),
    at("قتل الحارس قبل يومين من قبل مجهولين", "قبل يومين", "2022-01-03", "2022-01-03"),
    at("عاد الوفد قبل أسبوعين فقط", "قبل أسبوعين", "2021-12-22", "2021-12-22"),
]


@pytest.mark.parametrize("case", FROM_A_DATE + FROM_AN_EVENT + FROM_TODAY, ids=lambda c: c.text)
def test_so_long_before_or_after(case: Case) -> None:
    assert found(case.text) == case.mentions


@given(st.integers(1, 28), st.integers(2, 90))
def test_before_undoes_after(first: int, days: int) -> None:
    [(_, _, there)] = found(f"بعد {days} يوما من {first} مارس 2021")
    y, m, d = there["begin"].split("-")
    assert found(f"قبل {days} يوما من {int(d)}/{int(m):02}/{y}")[0][2] == day(f"2021-03-{first:02}")


@pytest.mark.parametrize(("text", "begin", "end"), [
    ("من 5 مارس 2015 إلى 7 أبريل", "2015-03-05", "2015-04-07"),
    ("بين 25 ديسمبر 2018 و3 يناير", "2018-12-25", "2019-01-03"),
])
def test_the_end_of_a_range_has_the_year_of_its_beginning(text: str, begin: str, end: str) -> None:
    assert found(text)[0][2] == {"begin": begin, "end": end, "grain": "day"}


def test_the_same_year_is_the_one_told_before() -> None:
    assert found("وصل في 3 مارس 2015 وغادر في 7 أبريل من العام نفسه")[1][2] == day("2015-04-07")
    assert found("وصل عام 2014 وفي مايو من ذلك العام عاد")[1][2]["begin"] == "2014-05"
    assert found("فاز عام 2014 وفي نفس العام غادر")[1][2] == year("2014")
    assert found("وفي العام نفسه غادر") == []


def test_the_head_of_a_sentence_sets_the_year_of_what_is_added() -> None:
    assert found("في عام 2012 أعلن الحزب الهدنة وفي 5 مارس انسحب")[1][2] == day("2012-03-05")
    assert found("في عام 2012 أعلن الحزب الهدنة. وفي 5 مارس انسحب")[1][2] == day("2021-03-05")
    assert found("وقع الاتفاق عام 2015 وفي 8 مايو انسحب منه")[1][2] == day("2021-05-08")
    assert found("وقع الاتفاق عام 2015 وسيعاد النظر فيه في 8 مايو")[1][2] == day("2021-05-08")
    assert found("زارها في 3 مارس 2015 و7 أبريل")[1][2] == day("2015-04-07")
    assert found("بدأ الإضراب في 24 يناير 1978 وبلغ ذروته يوم 26 يناير")[1][2] == day("1978-01-26")
    assert found("بدأ الإضراب في 24 يناير 1978 وتحل ذكراه في 2 يناير")[1][2] == day("2022-01-02")


def test_since_then_until_now_has_no_end() -> None:
    assert found("فمنذ أبريل من عام 2015 وحتى الآن") == [
        ("time", "أبريل من عام 2015 وحتى الآن", {"begin": "2015-04", "grain": "month"})]
    assert found("منذ عام 2011") == [("time", "عام 2011", {"begin": "2011", "grain": "year"})]


def test_the_nearer_year_counts_in_a_list() -> None:
    text = "في عام 2012 أعلن الحزب أنه زارها في 3 مارس 2010 و7 أبريل مع رفاقه وفي مايو غادر"
    assert [value["begin"] for _, _, value in found(text)] == ["2012", "2010-03-03", "2010-04-07", "2012-05"]
