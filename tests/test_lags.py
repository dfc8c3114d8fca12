"""Dates of events told from one another. The texts are of Wednesday 5 January 2022."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from value_table import REFERENCE, finder

from kg_builder.annotate.tokens import tokenise
from kg_builder.annotate.values.lags import Lag
from kg_builder.extract.lags import told_from_each_other
from kg_builder.extract.parse import Parse
from kg_builder.extract.times import in_sentence
from kg_builder.extract.words import Word
from kg_builder.model import EventTime, Report, Span


def lags(text: str) -> list[Lag]:
    return finder().find(tokenise(text).raws, REFERENCE, text=text).lags


@pytest.mark.parametrize(("text", "words", "parts", "sign"), [
    ("استقال بعد يومين من انتخابه", "بعد يومين من", ((2, "day"),), 1),
    ("استقال قبل نحو 5 أشهر على انتخابه", "قبل نحو 5 أشهر على", ((5, "month"),), -1),
    ("استقال بعد ثلاثة أيام فقط من انتخابه", "بعد ثلاثة أيام فقط من", ((3, "day"),), 1),
    ("استقال بعد أكثر من أسبوعين على انتخابه", "بعد أكثر من أسبوعين على", (), 1),
    ("استقال بعد أيام من انتخابه", "بعد أيام من", (), 1),
])
def test_what_is_told_from_an_event(text: str, words: str, parts: tuple[tuple[float, str], ...], sign: int) -> None:
    [lag] = lags(text)
    assert (text[lag.span.start:lag.span.end], lag.parts, lag.sign) == (words, parts, sign)


@pytest.mark.parametrize("text", [
    "استقال قبل يومين", "سيستقيل بعد يومين من الآن", "استقال قبل يومين من 12 مارس 2021", "قتل قبل يومين من قبل مسلحين"])
def test_what_is_told_from_a_day_is_no_lag(text: str) -> None:
    assert lags(text) == []


@pytest.mark.parametrize(("date", "count", "unit", "away"), [
    ("2021-03-12", 2, "day", "2021-03-14"), ("2021-03-12", 5, "month", "2021-08"), ("2021-03-12", 4, "year", "2025"),
    ("2021-03", 2, "month", "2021-05"), ("2021", 3, "year", "2024"), ("2021-03", 2, "day", None),
    ("2021-03-12", 3, "hour", "2021-03-12"), ("2021-03-12", 20, "hour", None),
])
def test_how_far_a_date_is(date: str, count: int, unit: str, away: str | None) -> None:
    assert Lag(Span(0, 1), ((count, unit),), 1).away(date) == away


@given(st.dates(), st.integers(1, 300), st.sampled_from([1, -1]))
def test_back_undoes_away(date: object, days: int, sign: int) -> None:
    lag = Lag(Span(0, 1), ((days, "day"),), sign)
    try:
        there = lag.away(str(date))
    except OverflowError:
        return
    assert there is not None and lag.away(there, back=True) == str(date)


def dates(text: str, *events: tuple[str, str]) -> list[str]:
    """The dates that events get: each a word of the text, and the date with its words that it was given, or ""."""
    raws = tokenise(text).raws
    words = [Word(i, raw.start, raw.end, text[raw.start:raw.end], raw.norm, raw.norm, "NOUN", {}, False, False, False,
                  False, 0, 0, "", False) for i, raw in enumerate(raws)]
    parse = Parse(words, [], [-1] * len(words), {})
    found = finder().find(raws, REFERENCE, text=text)
    reports, triggers = [], []
    for trigger, told in events:
        i = next(w.i for w in words if w.text == trigger)
        time = next((r for r in found.times if told and text[r.span.start:r.span.end] == told), None)
        when = EventTime(time.past.begin, time.past.end, time.span) if time else EventTime()
        reports.append(Report("Event", Span(words[i].start, words[i].end), (), time=when))
        triggers.append(i)
    timed = in_sentence(None, parse, found.times, REFERENCE)  # type: ignore[arg-type]  # needed for joined times only
    return [r.time.begin or "" for r in told_from_each_other(parse, found.lags, timed, triggers, reports)]


def test_the_time_before_a_lag_dates_what_it_counts_from() -> None:
    text = "استقال الوزير الثلاثاء، بعد يومين من انتخابه"
    assert dates(text, ("استقال", "الثلاثاء"), ("انتخابه", "")) == ["2022-01-04", "2022-01-02"]
    assert dates(text, ("انتخابه", "الثلاثاء")) == ["2022-01-02"]
    assert dates("استقال أمس الوزير المكلف قبل يومين من انتخابات", ("استقال", "أمس"), ("انتخابات", "")) == [
        "2022-01-04", "2022-01-06"]


def test_the_time_behind_a_lag_dates_what_is_counted() -> None:
    text = "استقال الوزير قبل يومين من انتخابات 12 مارس 2021"
    assert dates(text, ("استقال", ""), ("انتخابات", "12 مارس 2021")) == ["2021-03-10", "2021-03-12"]
    assert dates(text, ("استقال", "12 مارس 2021"), ("انتخابات", "12 مارس 2021")) == ["2021-03-10", "2021-03-12"]


def test_where_nothing_is_dated_or_counted_no_date_is_made() -> None:
    assert dates("استقال الوزير بعد يومين من انتخابه", ("استقال", ""), ("انتخابه", "")) == ["", ""]
    assert dates("استقال الثلاثاء بعد أيام من انتخابه", ("استقال", "الثلاثاء"), ("انتخابه", "الثلاثاء")) == [
        "2022-01-04", ""]
