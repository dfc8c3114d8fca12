"""What no shape allows is taken out before events are made, with the outcome of judging the whole graph twice."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from handmade import Text, amount, entity
from hypothesis import given, settings
from hypothesis import strategies as st

from kg_builder.errors import InvalidGraphError
from kg_builder.graph import Builder
from kg_builder.graph.refused import take_out
from kg_builder.model import Article, Report
from kg_builder.ontology import NEV
from kg_builder.pipeline import Pipeline
from kg_builder.validate import validator

VISIT = "زار الوزير سامي النجار مدينة الزهراء بعد لقاء في الجنوب.\nوانفجرت قنبلة في الزهراء وارتفع سعر الغاز."
NEWS = [Text(VISIT, ident, f"2022-01-0{day}") for day, ident in enumerate("abc", 5)]
MINISTER = entity("Person", "سامي النجار")
PLACE = entity("City", "الزهراء", qid="Q7")
BODY = entity("Organization", "الزهراء", qid="Q7")
SOMETHING = entity("AgentOrPlace", "الزهراء", qid="Q7")
SOUTH = entity("Person", "الجنوب")

TOLD = {
    "fits": lambda text: text.report("Visit", "زار", {"visitor": [MINISTER], "place": [PLACE]}),
    "an amount": lambda text: text.report("PriceChange", "ارتفع", {"changesTo": [amount("5", "KZT")]}),
    "no amount": lambda text: text.report("PriceChange", "ارتفع", {"changesTo": [amount("6", "tenge")]}),
    "no place": lambda text: text.report("Visit", "زار", {"visitor": [MINISTER], "place": [SOUTH]}),
    "no place by itself": lambda text: text.report("Attack", "انفجرت", {"place": [BODY]}),
    "no visitor": lambda text: text.report("Visit", "زار", {"visitor": [PLACE], "host": [MINISTER]}),
    "a place by others": lambda text: text.report("Attack", "انفجرت", {"place": [SOMETHING]}),
    "two counts": lambda text: text.report("Death", "قنبلة", {"victimCount": [3, 4], "place": [PLACE]}),
    "said by nobody": lambda text: text.report("Death", "قنبلة", attribution=(text.filler("x", 5, "قنبلة"),)),
    "no such factuality": lambda text: text.report("Death", "قنبلة", factuality="Hoped"),
}
Told = dict[str, list[str]]


class Handmade(Pipeline):
    """Reports what it is given to report, by the identifier of the article."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        self._told = told

    def __call__(self, article: Article) -> list[Report]:
        (text,) = (text for text in NEWS if text.article.id == article.id)
        return [TOLD[name](text) for name in self._told[article.id]]

    def articles(self) -> Iterator[Article]:
        return (text.article for text in NEWS if text.article.id in self._told)


def outcome(told: Told) -> list[str] | str:
    """The graph of a build, or the error."""
    pipeline = Handmade(told)
    try:
        return [str(quad) for quad in pipeline.build(pipeline.articles()).quads()]
    except InvalidGraphError as error:
        return str(error)


def outcome_of_wholes(told: Told) -> list[str] | str:
    """The same from the whole graph made and judged twice."""
    pipeline, builder = Handmade(told), Builder()
    documents = [builder.add(article, pipeline(article)) for article in pipeline.articles()]
    found = validator().check_parts(builder.default_rows(), builder.own_rows())
    take_out(builder, documents, ((v.node, v.path or "") for v in found.violations))
    try:
        validator().check_parts(builder.default_rows(), builder.own_rows()).require()
    except InvalidGraphError as error:
        return str(error)
    return [str(quad) for quad in builder.quads()]


def values(graph: list[str] | str, role: str) -> list[str]:
    return [line for line in graph if f"<{NEV}{role}>" in line]


def test_what_no_shape_allows_is_left_out_and_the_rest_stands(caplog: pytest.LogCaptureFixture) -> None:
    told = {"a": ["fits"], "b": ["no place"], "c": ["two counts"]}
    with caplog.at_level(logging.WARNING, "kg_builder"):
        graph = outcome(told)
    assert [message.split(" of ")[0] for message in caplog.messages] == ["place", "victimCount"]
    assert not any("الجنوب" in line for line in values(graph, "mainName")), "nobody is named by it any more"
    assert len(values(graph, "visitor")) == 3, "two reports, and the event they are put together to"
    assert values(graph, "victimCount") == []
    assert graph == outcome_of_wholes(told)


def test_what_another_document_allows_stands(caplog: pytest.LogCaptureFixture) -> None:
    """A body is no place, unless it is one with a place that another document names."""
    assert values(outcome({"b": ["no place by itself"]}), "place") == []
    caplog.clear()
    assert len(values(outcome({"a": ["fits"], "b": ["no place by itself"]}), "place")) == 4
    assert not caplog.messages


def test_a_fault_that_leaving_out_uncovers_is_an_error() -> None:
    """The city was known for one by the role that it could not fill."""
    told = {"a": ["no visitor"], "b": ["a place by others"]}
    error = outcome(told)
    assert isinstance(error, str)
    assert "place: must be a place" in error
    assert error == outcome_of_wholes(told)


def test_what_leaving_out_does_not_help_is_an_error() -> None:
    assert "factuality" in outcome({"a": ["no such factuality"]})


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from("abc"), st.lists(st.sampled_from(sorted(TOLD)), max_size=4), min_size=1))
def test_the_outcome_is_that_of_judging_the_whole_twice(told: Told) -> None:
    assert outcome(told) == outcome_of_wholes(told)


def test_events_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    whole = Builder._events
    monkeypatch.setattr(Builder, "_events", lambda self, *given: made.append(1) or whole(self, *given))
    assert values(outcome({"a": ["fits"], "b": ["no place"]}), "visitor")
    assert made == [1]
