"""Every sentence of `ontology/events/*/examples.ttl` gives the reports that stand beside it, and no other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg_builder import annotate, extract, ontology
from kg_builder.model import Amount, Article, Entity, EventTime, Filler, Report, Span
from kg_builder.normalise import fold
from kg_builder.ontology import LEX, NEV, RDF_TYPE, local_name

EVENTS = sorted(p for p in (ontology.default_folder() / "events").iterdir() if p.is_dir())
LEAST = 500
TYPES = ontology.load()
ROLES = {name: set(e.roles) for name, e in extract.Extractor(TYPES, extract.Ranker()).lexicon.types.items()}
OPEN = {"place", "attributedTo", "countQualifier"}
"""What is compared only where the example gives it, as are the properties below."""
PROPERTIES = {"factuality", "status", "begin", "end"}
AMOUNT = {"value", "currency", "unit", "per"}
EXAMPLE = {"text", "date", "report", "reason", "pending"}

Value = str | int | tuple[str, ...]
Extract = Callable[[str, str | None], Sequence[Report]]


class Malformed(Exception):
    """An example that does not say what an example must say."""


@dataclass(frozen=True)
class Expected:
    """A report that a sentence must give; texts and labels folded."""

    type: str
    properties: dict[str, str]
    roles: dict[str, frozenset[Value]]


@dataclass(frozen=True)
class Example:
    """A sentence of the folder of `type` with all its reports of that type. None of them: a counter-example."""

    type: str
    text: str
    date: str | None
    reports: tuple[Expected, ...]
    pending: str | None = None


@dataclass
class Raw:
    """An example as the file has it, not yet checked. `fault` is what kept the file from being read."""

    name: str
    type: str
    node: ox.BlankNode | ox.NamedNode | None = None
    about: dict[object, list[tuple[str, object]]] = field(default_factory=dict)
    fault: str = ""

    def values(self, key: str) -> list[object]:
        return [value for name, value in self.about[self.node] if name == LEX + key]


# --- reading


def raw_examples(folder: Path) -> Iterator[Raw]:
    """The examples of an event folder in file order; a single faulty one when the file cannot be read."""
    path, event_type = folder / "examples.ttl", folder_type(folder)
    if not path.is_file():
        return
    about: dict[object, list[tuple[str, object]]] = {}
    try:
        for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            about.setdefault(triple.subject, []).append((triple.predicate.value, triple.object))
    except (SyntaxError, ValueError) as error:
        yield Raw(f"{folder.name}-unreadable", event_type, fault=str(error))
        return
    nodes = [node for node, pairs in about.items() if (RDF_TYPE.value, ox.NamedNode(LEX + "Example")) in pairs]
    for n, node in enumerate(nodes, 1):
        assert isinstance(node, ox.BlankNode | ox.NamedNode)
        yield Raw(f"{folder.name}-{n:02}", event_type, node, about)


def folder_type(folder: Path) -> str:
    """The local name of the event type that a folder defines."""
    is_type = ox.NamedNode(NEV + "EventType")
    types = [t.subject for t in ox.parse(path=folder / "type.ttl", format=ox.RdfFormat.TURTLE) if t.object == is_type]
    assert len(types) == 1 and isinstance(types[0], ox.NamedNode), folder
    return local_name(types[0].value)


def example(raw: Raw) -> Example:
    """The checked example; raises `Malformed`."""
    demand(not raw.fault, raw.fault)
    keys = {name for name, _ in raw.about[raw.node]} - {RDF_TYPE.value}
    demand(keys <= {LEX + key for key in EXAMPLE}, f"unknown property: {sorted(keys)}")
    texts, dates, reports = raw.values("text"), raw.values("date"), raw.values("report")
    demand(len(texts) == 1 and len(dates) <= 1, "one lex:text and at most one lex:date")
    demand(bool(reports) != bool(raw.values("reason")), "either lex:report or lex:reason")
    demand(len(raw.values("pending")) <= 1, "at most one lex:pending")
    text, date = arabic(texts[0]), [literal(d) for d in dates]
    pending = [literal(reason) for reason in raw.values("pending")]
    wanted = tuple(expected(raw, node) for node in reports)
    for phrase in (v for w in wanted for role in w.roles for v in w.roles[role] if isinstance(v, str)):
        demand(phrase in fold(text) or phrase.isascii() or has_words(text, phrase), f"not in the text: {phrase}")
    return Example(raw.type, text, date[0] if date else None, wanted, pending[0] if pending else None)


def has_words(text: str, phrase: str) -> bool:
    """Whether each word stands in the text without its article: clitics may stand between, or have taken its place."""
    return all(word.removeprefix("ال") in fold(text) for word in phrase.split())


def expected(raw: Raw, node: object) -> Expected:
    """What a lex:report node says."""
    pairs = raw.about.get(node, [])
    types = [value for name, value in pairs if name == RDF_TYPE.value]
    demand(types == [ox.NamedNode(NEV + raw.type)], f"a report in this folder is a nev:{raw.type}")
    found: dict[str, list[object]] = {}
    for name, value in pairs:
        if name != RDF_TYPE.value:
            demand(name.startswith(NEV), f"unknown property: {name}")
            found.setdefault(local_name(name), []).append(value)
    roles = set(found) - PROPERTIES
    demand(roles <= ROLES[raw.type] | OPEN, f"no role of the type: {sorted(roles - ROLES[raw.type] - OPEN)}")
    demand(all(len(found[p]) == 1 for p in PROPERTIES & set(found)), "one value for each property")
    properties = {p: literal(found[p][0]) for p in sorted(PROPERTIES & set(found))}
    demand(properties.get("factuality", "") in {"Actual", "Planned", "Denied", "Claimed", "Possible"}, "factuality")
    demand(properties.get("status", "ok").isalpha(), "a status is one word")
    times = [properties[p] for p in ("begin", "end") if p in properties]
    demand(all(re.fullmatch(r"(\d{4}|-)(-\d\d){0,2}", t) for t in times), "a time is a date, a month, a year or a day")
    return Expected(raw.type, properties, {r: frozenset(wanted_value(raw, v) for v in found[r]) for r in sorted(roles)})


def wanted_value(raw: Raw, term: object) -> Value:
    if isinstance(term, ox.BlankNode):
        amount = {local_name(name): literal(value) for name, value in raw.about.get(term, [])}
        demand("value" in amount and set(amount) <= AMOUNT, "an amount has a value, perhaps currency, unit and per")
        rest = (amount.get(key) for key in ("currency", "unit", "per"))
        return amount_key(Amount(Decimal(amount["value"]), *rest))
    text = literal(term)
    demand(bool(text.strip()), "an empty value")
    is_count = isinstance(term, ox.Literal) and local_name(term.datatype.value) == "integer"
    return int(text) if is_count else fold(text)


def literal(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return local_name(term.value)
    demand(isinstance(term, ox.Literal), f"a literal is wanted: {term}")
    assert isinstance(term, ox.Literal)
    return term.value


def arabic(term: object) -> str:
    demand(isinstance(term, ox.Literal) and term.language == "ar", "lex:text is @ar")
    text = literal(term)
    demand(len(text.split()) > 1, "lex:text is a sentence")
    return text


def demand(right: bool, message: str) -> None:
    if not right:
        raise Malformed(message)


# --- comparing


def amount_key(amount: Amount) -> tuple[str, ...]:
    value = amount.value.normalize()
    return (f"{value:f}", amount.currency or "", amount.unit or "", amount.per or "")


def found_value(filler: Filler) -> Value:
    if isinstance(filler.value, Entity):
        return fold(filler.value.label)
    if isinstance(filler.value, Amount):
        return amount_key(filler.value)
    return filler.value if isinstance(filler.value, int) else fold(str(filler.value))


def as_expected(report: Report) -> Expected:
    """A found report in the terms of an expected one."""
    given = {"status": report.status, "begin": report.time.begin, "end": report.time.end}
    properties = {"factuality": report.factuality} | {k: v for k, v in given.items() if v}
    roles: dict[str, set[Value]] = {}
    for filler in (*report.fillers, *report.attribution):
        roles.setdefault(filler.role, set()).add(found_value(filler))
        if filler.qualifier:
            roles.setdefault("countQualifier", set()).add(fold(filler.qualifier))
    return Expected(report.type, properties, {role: frozenset(values) for role, values in sorted(roles.items())})


def differences(wanted: Expected, found: Expected) -> list[str]:
    """Where a found report is not the wanted one; empty when it is."""
    lines = [
        f"{key}: {found.properties.get(key)} instead of {value}"
        for key, value in wanted.properties.items()
        if found.properties.get(key) != value
    ]
    compared = set(wanted.roles) | (set(found.roles) - OPEN)
    nothing: frozenset[Value] = frozenset()
    pairs = {role: (found.roles.get(role, nothing), wanted.roles.get(role, nothing)) for role in sorted(compared)}
    return lines + [f"{role}: {list(f)} instead of {list(w)}" for role, (f, w) in pairs.items() if f != w]


def faults(case: Example, reports: Sequence[Report]) -> list[str]:
    """What is wrong with the reports found in an example; empty when they equal the expected ones."""
    found = [as_expected(r) for r in reports if r.type == case.type]
    if len(found) != len(case.reports):
        return [f"{len(found)} reports instead of {len(case.reports)}", *map(str, found)]
    ways = ([line for w, f in zip(case.reports, order, strict=True) for line in differences(w, f)]
            for order in permutations(found))
    return min(ways, key=len)


# --- the examples

RAW = [raw for folder in EVENTS for raw in raw_examples(folder)]


def parameter(raw: Raw) -> object:
    waits = raw.values("pending") if raw.node is not None else []
    marks = [pytest.mark.xfail(strict=True, raises=AssertionError, reason=str(waits[0]))] if waits else []
    kind = "-counter" if raw.node is not None and not raw.values("report") else ""
    return pytest.param(raw, id=raw.name + kind, marks=marks)


@pytest.fixture(scope="session")
def reports_of() -> Extract:
    """From a sentence and the date of its document to the reports found in it, before documents are resolved."""
    annotator, extractor = annotate.load(TYPES), extract.load(TYPES)
    return lambda text, date: extractor(annotator(Article("example", text, date=date)))


@pytest.mark.parametrize("raw", [parameter(raw) for raw in RAW])
def test_example(raw: Raw, reports_of: Extract) -> None:
    case = example(raw)
    wrong = faults(case, reports_of(case.text, case.date))
    assert not wrong, "\n".join([case.text, *wrong])


def test_no_example_is_lost() -> None:
    assert len(RAW) >= LEAST
    written = "".join((folder / "examples.ttl").read_text(encoding="utf-8") for folder in EVENTS)
    assert len(RAW) == written.count("a lex:Example")


def test_no_sentence_is_given_twice_in_a_folder() -> None:
    seen = [(raw.type, str(text)) for raw in RAW if not raw.fault for text in raw.values("text")]
    assert len(seen) == len(set(seen))


# --- a harness that lets everything pass would be worse than none

SENTENCE = "قتل مسلحون خمسة جنود وسرقوا ستين دينارا في البصرة حسب الشرطة"
RIGHT = Expected(
    "Death",
    {"factuality": "Actual", "status": "started", "begin": "2022-01-05", "end": "2022-01-05"},
    {
        "agent": frozenset({"مسلحون"}),
        "victim": frozenset({"خمسه جنود", "حارس"}),
        "victimCount": frozenset({5}),
        "place": frozenset({"البصره"}),
        "changesTo": frozenset({("60", "KZT", "", "litre")}),
    },
)
SPAN = Span(0, 3)


def given_report() -> Report:
    """A report that is right by `RIGHT`."""
    fillers = (
        Filler("agent", Entity("Group", "مسلّحون"), SPAN, "subject"),
        Filler("victim", Entity("Group", "خمسة جنود"), SPAN, "object"),
        Filler("victim", Entity("Person", "حارس"), SPAN, "object"),
        Filler("victimCount", 5, SPAN, "count", "about"),
        Filler("place", Entity("City", "البصرة"), SPAN, "prep:في"),
        Filler("changesTo", Amount(Decimal("60.0"), "KZT", None, "litre"), SPAN, "measure"),
    )
    source = (Filler("attributedTo", Entity("Force", "الشرطة"), SPAN, "source"),)
    time = EventTime("2022-01-05", "2022-01-05")
    return Report("Death", SPAN, (SPAN,), fillers, time, status="started", attribution=source)


def other(**changed: str | frozenset[Value] | None) -> Expected:
    """`RIGHT` with properties and roles changed; None takes one away."""
    properties = {k: v for k, v in {**RIGHT.properties, **changed}.items() if isinstance(v, str)}
    roles = {k: v for k, v in {**RIGHT.roles, **changed}.items() if isinstance(v, frozenset)}
    return replace(RIGHT, properties=properties, roles=roles)


def refused(*wanted: Expected, reports: Sequence[Report] | None = None) -> bool:
    case = Example("Death", SENTENCE, None, wanted)
    return bool(faults(case, [given_report()] if reports is None else reports))


def test_a_right_expectation_is_accepted() -> None:
    assert not refused(RIGHT)
    assert not refused(other(status=None, begin=None, end=None, place=None)), "open ones are not compared"
    assert not refused(other(attributedTo=frozenset({"الشرطه"}), countQualifier=frozenset({"about"})))
    assert not refused(reports=[])
    assert not refused(reports=[replace(given_report(), type="Injury")]), "other types are not compared"
    twins = [given_report(), replace(given_report(), factuality="Denied")]
    assert not refused(other(factuality="Denied"), RIGHT, reports=twins), "in any order"


WRONG = {
    "factuality": other(factuality="Denied"),
    "status": other(status="ended"),
    "begin": other(begin="2022-01-04"),
    "end": other(end="2022-01-06"),
    "another filler": other(agent=frozenset({"جنود"})),
    "a part of the filler": other(victim=frozenset({"جنود", "حارس"})),
    "a filler too few": other(victim=frozenset({"خمسه جنود"})),
    "a filler too many": other(agent=frozenset({"مسلحون", "جنود"})),
    "a role that must be absent": other(agent=None),
    "a role that is not found": other(weapon=frozenset({"سكين"})),
    "count": other(victimCount=frozenset({6})),
    "count as text": other(victimCount=frozenset({"5"})),
    "value": other(changesTo=frozenset({("61", "KZT", "", "litre")})),
    "currency": other(changesTo=frozenset({("60", "EUR", "", "litre")})),
    "per": other(changesTo=frozenset({("60", "KZT", "", "")})),
    "place": other(place=frozenset({"بغداد"})),
    "source": other(attributedTo=frozenset({"الجيش"})),
    "qualifier": other(countQualifier=frozenset({"atleast"})),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_expectation_is_refused(wrong: Expected) -> None:
    assert refused(wrong)


def test_a_wrong_number_of_reports_is_refused() -> None:
    assert refused(), "a counter-example"
    assert refused(RIGHT, RIGHT)
    assert refused(RIGHT, reports=[])
    assert refused(RIGHT, reports=[given_report(), given_report()])
    assert refused(RIGHT, reports=[replace(given_report(), type="Injury")])
    assert refused(RIGHT, RIGHT, reports=[given_report(), replace(given_report(), factuality="Denied")])


def test_the_extractor_itself_is_asked(reports_of: Extract) -> None:
    text = "استقال وزير المالية يوم الثلاثاء."
    counter = Example("Resignation", text, "2022-01-05", ())
    wrong = Expected("Resignation", {"factuality": "Actual"}, {"resigner": frozenset({"رءيس الحكومه"})})
    for case in (counter, replace(counter, reports=(wrong,))):
        assert faults(case, reports_of(case.text, case.date))


# --- malformed examples

HEAD = f"@prefix lex: <{LEX}> . @prefix nev: <{NEV}> .\n"
SOUND = """[] a lex:Example ; lex:text "استقال الوزير من منصبه"@ar ;
    lex:report [ a nev:Resignation ; nev:resigner "الوزير" ; nev:post "منصبه" ; nev:factuality nev:Actual ] ."""
BROKEN = [
    (" .", "", "Parser error|syntax|expected"),
    ('lex:text "استقال الوزير من منصبه"@ar ;', "", "one lex:text"),
    ('منصبه"@ar ;', 'منصبه" ;', "lex:text is @ar"),
    ('منصبه"@ar ;', 'منصبه"@ar , "استقالة الوزير"@ar ;', "one lex:text"),
    ('"استقال الوزير من منصبه"@ar', '""@ar', "lex:text is a sentence"),
    ("lex:report [", 'lex:reason "none"@en ; lex:report [', "either lex:report or lex:reason"),
    ("lex:report", "lex:comment", "unknown property"),
    ("lex:report", "lex:reports", "unknown property"),
    ("a nev:Resignation", "a nev:Dismissal", "is a nev:Resignation"),
    ("a nev:Resignation ;", "", "is a nev:Resignation"),
    ("nev:resigner", "nev:resinger", "no role of the type"),
    ("nev:resigner", "lex:resigner", "unknown property"),
    ("; nev:factuality nev:Actual", "", "factuality"),
    ("nev:Actual", "nev:Factual", "factuality"),
    ("nev:Actual", "nev:Actual , nev:Denied", "one value"),
    ("nev:Actual", 'nev:Actual ; nev:status "| 2022"', "a status is one word"),
    ("nev:Actual", 'nev:Actual ; nev:begin "يناير"', "a time is a date"),
    ('nev:resigner "الوزير"', 'nev:resigner ""', "an empty value"),
    ('nev:resigner "الوزير"', 'nev:resigner "السفير"', "not in the text"),
    ('nev:resigner "الوزير"', "nev:resigner [ nev:currency 'USD' ]", "an amount has a value"),
]


def written(tmp_path: Path, body: str) -> list[Raw]:
    (tmp_path / "type.ttl").write_text(HEAD + "nev:Resignation a nev:EventType .", encoding="utf-8")
    (tmp_path / "examples.ttl").write_text(HEAD + body, encoding="utf-8")
    return list(raw_examples(tmp_path))


def test_a_sound_example_is_read(tmp_path: Path) -> None:
    (raw,) = written(tmp_path, SOUND)
    roles = {"resigner": frozenset({"الوزير"}), "post": frozenset({"منصبه"})}
    wanted = Expected("Resignation", {"factuality": "Actual"}, dict(sorted(roles.items())))
    assert example(raw) == Example("Resignation", "استقال الوزير من منصبه", None, (wanted,))


@pytest.mark.parametrize(("sound", "broken", "message"), BROKEN)
def test_a_malformed_example_is_an_error(tmp_path: Path, sound: str, broken: str, message: str) -> None:
    assert sound in SOUND
    (raw,) = written(tmp_path, SOUND.replace(sound, broken))
    with pytest.raises(Malformed, match=message):
        example(raw)
