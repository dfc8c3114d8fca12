"""Parameters bound for servers give what pyoxigraph's own binding gives, and cannot break out of their place."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_builder.errors import OptionError
from kg_builder.store.remote.bind import bind

E = "https://e.org/"
DATA = """
@prefix e: <https://e.org/> .
e:a e:says "x" , "?d" , "نص"@ar ; e:on "2022-01-05"^^<http://www.w3.org/2001/XMLSchema#date> ; e:knows e:b , e:select .
e:b e:says "x" ; e:on "2022-01-06"^^<http://www.w3.org/2001/XMLSchema#date> ; e:knows e:select .
"""
DAY = ox.Literal("2022-01-06", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))
HEAD = "PREFIX e: <https://e.org/>\n"

# A question that projects ?d, and the term for it.
CASES: list[tuple[str, ox.NamedNode | ox.Literal]] = [
    ("SELECT ?s ?d WHERE { ?s e:says ?d }", ox.Literal("x")),
    ("SELECT ?s $d { ?s e:says $d }", ox.Literal("نص", language="ar")),
    ("SELECT ?s ?d { ?s e:on ?o FILTER(?o>=?d) }", DAY),
    ("SELECT ?d (STR(?d) AS ?t) ?s { ?s e:knows ?d } ORDER BY ?d DESC(?d) ?s", ox.NamedNode(E + "b")),
    ("SELECT ?d (COUNT(?s) AS ?n) { ?s e:knows ?d } GROUP BY ?d HAVING(COUNT(?s) > 1)", ox.NamedNode(E + "select")),
    ("SELECT ?s ?d { ?s e:says '?d' , ?x . ?s e:knows ?d # ?d\n FILTER(?x = \"?d\") }", ox.NamedNode(E + "b")),
    ("SELECT ?s ?d { { SELECT ?s ?d { ?s e:knows ?d } } UNION { ?s e:says ?d } }", ox.NamedNode(E + "b")),
    ('SELECT ?s ?d { ?s e:says """a"?d""" , ?d }', ox.Literal("x")),
    ("SELECT ?s ?d { ?s e:says ?o FILTER(CONTAINS(STR(?o), STR( ?d )) && STR(?s) != 'STR(?d)') }", ox.Literal("x")),
    ("SELECT ?s ?d { ?s e:knows ?d FILTER(str(?d) > STR(?s)) }", ox.NamedNode(E + "b")),
    ("SELECT ?d ?s { ?s e:knows e:select ; e:knows ?d . OPTIONAL { ?d e:on ?day } }", ox.NamedNode(E + "b")),
]


def store() -> ox.Store:
    made = ox.Store()
    made.load(DATA, format=ox.RdfFormat.TURTLE)
    return made


def rows(answer: object) -> set[tuple[str, ...]]:
    assert isinstance(answer, ox.QuerySolutions)
    names = sorted(v.value for v in answer.variables)
    return {tuple(str(row[name]) for name in names) for row in answer}


@pytest.mark.parametrize(("question", "term"), CASES)
def test_binding_agrees_with_the_engine(question: str, term: ox.NamedNode | ox.Literal) -> None:
    given_terms = {ox.Variable("d"): term}
    bound = bind(HEAD + question, given_terms)
    assert rows(store().query(bound)) == rows(store().query(HEAD + question, substitutions=given_terms))


def test_some_cases_have_an_answer() -> None:
    answered = [rows(store().query(bind(HEAD + q, {ox.Variable("d"): t}))) != set() for q, t in CASES]
    assert answered == [True] * 7 + [False] + [True] * 3


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_words_break_out_of_their_literal(words: str) -> None:
    made = ox.Store()
    made.add(ox.Quad(ox.NamedNode(E + "a"), ox.NamedNode(E + "says"), ox.Literal(words)))
    question = f"SELECT ?s ?d {{ ?s <{E}says> ?d }}"
    assert rows(made.query(bind(question, {ox.Variable("d"): ox.Literal(words)}))) == {
        (str(ox.Literal(words)), f"<{E}a>")
    }
    other = rows(store().query(bind(question, {ox.Variable("d"): ox.Literal(words + '" } UNION { ?s ?p ?o } #')})))
    assert other == set()


def test_a_question_without_parameters_is_left_alone() -> None:
    assert bind("SELECT ?s { ?s ?p ?o }", {}) == "SELECT ?s { ?s ?p ?o }"


def test_a_blank_node_cannot_be_bound() -> None:
    with pytest.raises(OptionError, match="blank node"):
        bind("SELECT ?d { ?s ?p ?d }", {ox.Variable("d"): ox.BlankNode("x")})
