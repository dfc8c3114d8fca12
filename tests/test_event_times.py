"""When an event was, by a time of its sentence: tense, grain, ends. The text is of Wednesday 5 January 2022."""

from __future__ import annotations

import pytest
from value_table import REFERENCE, day, finder, found

from kg_builder import ontology
from kg_builder.annotate.tokens import tokenise
from kg_builder.extract.choose import TIME, choose_time
from kg_builder.extract.grammar import Grammar
from kg_builder.extract.parse import Parse
from kg_builder.extract.rank import Ranker
from kg_builder.extract.times import FROM, UNTIL, WHOLE, Timed, event_time, extent_told, in_sentence
from kg_builder.extract.words import Word


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return Grammar(ontology.load())


def timed(grammar: Grammar, text: str) -> list[Timed]:
    raws = tokenise(text).raws
    words = [Word(i, raw.start, raw.end, text[raw.start:raw.end], raw.norm, raw.norm, "NOUN", {}, False, False, False,
                  False, 0, 0, "", False) for i, raw in enumerate(raws)]
    readings = finder().find(raws, REFERENCE, text=text).times
    return in_sentence(grammar, Parse(words, [], [-1] * len(words), {}), readings, REFERENCE)


def when(grammar: Grammar, text: str, factuality: str = "Actual", extent: str | None = None) -> tuple[str, str]:
    [only] = timed(grammar, text)
    time = event_time(only, factuality, extent)
    return time.begin or "", time.end or ""


@pytest.mark.parametrize(("text", "factuality", "date"), [
    ("غادر الوفد الخميس", "Actual", "2021-12-30"),
    ("يغادر الوفد الخميس", "Planned", "2022-01-06"),
    ("قد يغادر الوفد الخميس", "Possible", "2022-01-06"),
    ("نفى أن يكون غادر الخميس", "Denied", "2021-12-30"),
    ("غادر الوفد الأربعاء", "Actual", REFERENCE),
    ("يغادر الوفد الأربعاء", "Planned", REFERENCE),
])
def test_the_tense_decides_which_weekday(grammar: Grammar, text: str, factuality: str, date: str) -> None:
    assert when(grammar, text, factuality) == (date, date)


@pytest.mark.parametrize(("text", "begin", "end"), [
    ("وقع الحادث مطلع سبتمبر 2021", "2021-09", "2021-09"),
    ("وقع الحادث منتصف يوليو 2021", "2021-07", "2021-07"),
    ("وقع الحادث نهاية 2020", "2020", "2020"),
    ("الحصار مستمر منذ مطلع نوفمبر 2021", "2021-11", ""),
    ("وقع الحادث قبل شهرين", "2021-11", "2021-11"),
    ("وقع الحادث قبل أسبوعين", "2021-12-22", "2021-12-22"),
    ("وقع الحادث في الأول من سبتمبر 2021", "2021-09-01", "2021-09-01"),
    ("جرت المعارك خلال اليومين الماضيين", "2022-01-03", "2022-01-04"),
])
def test_rough_words_tell_no_day(grammar: Grammar, text: str, begin: str, end: str) -> None:
    assert when(grammar, text) == (begin, end)


def test_joined_times_are_one_from_the_first_to_the_last(grammar: Grammar) -> None:
    assert when(grammar, "ينعقد المجلس اليوم أو غدا") == ("2022-01-05", "2022-01-06")
    apart = timed(grammar, "التقيا في 2020 ثم في 2021")
    assert [event_time(t, "Actual", None).begin for t in apart] == ["2020", "2021"]
    assert len(timed(grammar, "غدا أو اليوم")) == 2


def test_the_extent_opens_and_closes_the_ends(grammar: Grammar) -> None:
    text = "في 12 ديسمبر"
    assert [when(grammar, text, extent=e) for e in (None, WHOLE, FROM, UNTIL)] == [
        ("2021-12-12", "2021-12-12"), ("2021-12-12", "2021-12-12"), ("2021-12-12", ""), ("", "2021-12-12")]
    assert when(grammar, "منذ عام 2015", extent=WHOLE) == ("2015", "2015")
    assert when(grammar, "منذ عام 2015") == ("2015", "")


@pytest.mark.parametrize(("begin", "end", "extent"), [
    ("2021-12-12", "2021-12-12", WHOLE), ("2021-12-12", None, FROM), (None, "2021-12-12", UNTIL),
    ("2021-12-11", "2021-12-12", None), (None, None, None)])
def test_the_extent_that_a_known_event_has(
    grammar: Grammar, begin: str | None, end: str | None, extent: str | None
) -> None:
    [only] = timed(grammar, "في 12 ديسمبر")
    assert extent_told(only, "Actual", begin, end) == extent


def test_an_unlikely_time_is_not_chosen(grammar: Grammar) -> None:
    [only] = timed(grammar, "في 12 ديسمبر")
    ranker = Ranker({"time": {"near": 3.0, "far": -3.0}})
    assert choose_time(ranker, [(only, ["far"])]) is None
    assert choose_time(ranker, [(only, ["near"])]) is only
    assert 0 < TIME < 0.5


@pytest.mark.parametrize(("text", "words", "date"), [
    ("وقع أمس الاثنين", "أمس الاثنين", "2022-01-03"),
    ("يقع غدا السبت", "غدا السبت", "2022-01-08"),
    ("وقع أمس الثلاثاء", "أمس الثلاثاء", "2022-01-04"),
    ("في 12 يناير القادم", "12 يناير القادم", "2022-01-12"),
    ("في 3 يناير الماضي", "3 يناير الماضي", "2022-01-03"),
    ("وصل منذ قليل", "منذ قليل", "2022-01-05"),
])
def test_days_of_news(text: str, words: str, date: str) -> None:
    assert found(text) == [("time", words, day(date))]
