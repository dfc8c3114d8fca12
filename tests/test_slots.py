"""Where the grammar puts candidates, in sentences read by the annotator itself; and the second look at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from kg_builder import annotate, extract, ontology
from kg_builder.extract.candidate import Candidate
from kg_builder.extract.choose import decide, weigh
from kg_builder.extract.extractor import Extractor
from kg_builder.extract.match import Match
from kg_builder.extract.parse import Parse
from kg_builder.extract.rank import Ranker, probability
from kg_builder.extract.rivals import filler_values, match_values
from kg_builder.extract.scope import Level
from kg_builder.model import Article, Entity


@pytest.fixture(scope="module")
def read() -> tuple[annotate.Annotator, Extractor]:
    graph = ontology.load()
    return annotate.load(graph), extract.load(graph, Ranker())


@dataclass(frozen=True)
class Told:
    """A sentence, an event of it, and a candidate that must be there: its role, slot and words."""

    text: str
    event: str
    role: str
    slot: str
    words: str


TOLD = (
    Told("وأدى الحريق إلى إصابة عدد من سكان المبنى.", "Injury", "victim", "genitive", "عدد من سكان المبنى"),
    Told("وفي آخر جلسات تراجع مؤشر البورصة 2 في المئة.", "PriceChange", "commodity", "subject", "مؤشر البورصة"),
    Told("وصعد النيكل 3 بالمئة بعدما نزل 5 بالمئة.", "PriceChange", "commodity", "shared", "النيكل"),
    Told("وأغلقت أسهم المصارف على ارتفاع.", "PriceChange", "commodity", "governor-prep", "أسهم المصارف"),
    Told("وطالبت العائلة بإطلاق صحفي تركي محتجز في العاصمة.", "Arrest", "detainee", "self-modified", "صحفي تركي"),
    Told("وأعلن مسؤول في وزارة الصحة مقتل عاملين.", "Death", "attributedTo", "say-chain", "مسؤول في وزارة الصحة"),
    Told("وأفادت الشرطة عن مقتل سائق.", "Death", "attributedTo", "say-chain", "الشرطة"),
    Told("إقالة وزير النقل سامي الخطيب بعد الحادث.", "Dismissal", "post", "title:dismissed", "وزير النقل"),
    Told("وحكم على الرجل بالسجن بعد إدانته بتزوير وثائق.", "Sentence", "charge", "beside:إدانة", "تزوير وثائق"),
    # a place stands to the trigger as its noun's complement, its verb's, that of what governs or describes it
    Told("واندلعت مواجهات قرب السياج الشائك.", "Clash", "place", "unknown-np:قرب", "السياج الشائك"),
    Told("وقتل رجلان في بغداد.", "Death", "place", "own:في", "بغداد"),
    Told("وأدانت الحكومة الهجوم الذي وقع في بغداد.", "Attack", "place", "described:في", "بغداد"),
    Told("وشهدت مدينة بغداد اشتباكات.", "Clash", "place", "over-subject:bare", "مدينة بغداد"),
    Told("واتهم الوزير الرجل بتنفيذ تفجير بغداد.", "Attack", "place", "genitive", "بغداد"),
    Told("وقتل رجلان في ألماتي جنوب كازاخستان.", "Death", "place", "outer-own:bare", "جنوب كازاخستان"),
    # the name behind a lone noun of place, and what a border lies between, belong to the place
    Told("واندلعت مواجهات في محافظة #البيضاء.", "Clash", "place", "np:في", "محافظة #البيضاء"),
    Told("واندلعت مواجهات على الحدود بين مصر وليبيا.", "Clash", "place", "np:على", "الحدود بين مصر وليبيا"),
    # who speaks though the verb agrees with nobody, who is named behind a comma or in quotes
    Told("أعلنت سلسلة مطاعم عالمية تراجع أرباحها.", "PriceChange", "attributedTo", "say-chain", "سلسلة مطاعم عالمية"),
    Told("أفاد مراسل \"صوت الجبل\" بأن العامل توفي.", "Death", "attributedTo", "say-chain-of:quoted",
         "مراسل \"صوت الجبل\""),
    Told("وقال النائب عن الكتلة، خالد السالم، إن العامل توفي.", "Death", "attributedTo", "say-chain-of:",
         "خالد السالم"),
    Told("وقالت جماعة تراقب الحرب إن العامل توفي.", "Death", "attributedTo", "say-clause", "جماعة"),
    Told("ودعا مبعوث النرويج في الأمم المتحدة إلى وقف القصف.", "Appeal", "demand", "prep:إلى", "وقف القصف"),
    # a text ends where another slot of the construction begins, at a number that measures, and at an aside
    Told("قضت المحكمة على الرجل بالسجن لثلاث سنوات وشهرين بتهمة التزوير.", "Sentence", "penalty", "companion>",
         "السجن لثلاث سنوات وشهرين"),
    Told("ودعا الوزير إلى وقف القصف رغم فشل المفاوضات.", "Appeal", "demand", "prep:إلى", "وقف القصف"),
    # the event noun alone, without its genitive, and without what it is the complement of
    Told("وأصيب الفتى برصاص قوات الأمن.", "Attack", "weapon", "self-alone", "رصاص"),
    Told("ولم تتعاف قرى الساحل من فيضان مدمر.", "Disaster", "kind", "self", "فيضان مدمر"),
    # two roles for one preposition
    Told("وفر العمال من المعارك إلى الجبال.", "Flight", "fleesFrom", "prep:من", "المعارك"),
    Told("وفر العمال من القرية إلى الجبال.", "Flight", "origin", "prep:من", "القرية"),
    # complements of other words of the sentence
    Told("وأبحرت من الميناء سفينة محملة بالطحين.", "Movement", "cargo", "beside:محمل ب", "الطحين"),
    Told("وصلت شاحنة إلى المخيم تحمل 10 أطنان من الطحين.", "Movement", "cargo", "besideObject:حمل",
         "10 أطنان من الطحين"),
    Told("وقال المركز إن زلزالا بلغت قوته 5.1 درجات وقع في الجزيرة.", "Disaster", "magnitude", "beside:قوة<",
         "5.1 درجات"),
    Told("وأدانت المحكمة الرجل بالسجن سبع سنوات.", "Sentence", "penalty", "beside:ب سجن", "السجن سبع سنوات"),
    Told("وشارك العمال في مسيرة تندد بالقرار.", "Protest", "against", "beside:ندد ب", "القرار"),
    Told("وغادر الأهالي القرية هربا من القتال.", "Flight", "fleesFrom", "beside:هرب من", "القتال"),
    Told("واستقال فلان الفلاني الذي يشغل منصب نائب المدير.", "Resignation", "post", "beside:منصب", "نائب المدير"),
    # a doing in the genitive of an agreement is what it is about
    Told("وعرض الحزب مزايا اتفاق تغيير اسم البلاد.", "Agreement", "subject", "other-genitive", "تغيير اسم البلاد"),
    # what a verb says behind an aside
    Told("ودعا المكتب في بيان نشرته الصحيفة، ونقلته الوكالة، إلى الحوار فورا.", "Appeal", "demand", "aside-prep:إلى",
         "الحوار فورا"),
    # a masdar of circumstance has the subject of its verb
    Told("وبلغت أرباح الشركة مليون دولار انخفاضا من مليونين.", "PriceChange", "commodity", "governor-bare",
         "أرباح الشركة"),
    # a time between commas interrupts nothing
    Told("أعلن الدفاع المدني، الخميس، مقتل عاملين في المنجم.", "Death", "attributedTo", "say-chain", "الدفاع المدني"),
    # the clause after a relative or an aside is that of the verb of saying
    Told("وقال التقرير الذي صدر الأحد إن ثلاث غارات جرت في الجنوب.", "Attack", "attributedTo", "say-clause", "التقرير"),
    Told("وقال ضابط، طلب عدم ذكر اسمه، إن القوات انسحبت.", "Deployment", "attributedTo", "say-chain", "ضابط"),
    # a title of honour has no gender of its own
    Told("صرح سعادة السفير أن الشرطة اعتقلت الطالب.", "Arrest", "attributedTo", "say-clause", "سعادة السفير"),
    # a doing says nothing: it is what is asked for, and the subject is that of the verb before
    Told("وأبلغت الوزارة السفير وطلبت منه مغادرة البلاد.", "Appeal", "speaker", "shared", "الوزارة"),
    Told("وأبلغت الوزارة السفير وطلبت منه مغادرة البلاد.", "Appeal", "demand", "object", "مغادرة البلاد"),
    # who is said to do it stands behind the noun, and who says so is the source
    Told("أعلن المتحدث استقالة الوزير من منصبه.", "Resignation", "resigner", "genitive", "الوزير"),
    Told("أعلن المتحدث استقالة الوزير من منصبه.", "Resignation", "attributedTo", "say-chain", "المتحدث"),
    # a complement behind a participle may be the verb's
    Told("دعا عدد من المختصين إلى ترشيد المياه.", "Appeal", "demand", "loose-prep:إلى", "ترشيد المياه"),
    # what follows a coordinated verb may be its object
    Told("وألغى الرئيس القمة وهدد النظام بالحصار.", "Threat", "speaker", "handed-on", "الرئيس"),
    # who stands in the genitive of the noun that the event complements takes part in it, and so does who is affected
    Told("وبعد مقتل سائق برصاص الشرطة اندلعت مواجهات.", "Attack", "target", "governor-genitive", "سائق"),
    Told("ودعت الصحف إلى تكليف الوزراء بزيارة الجنوب.", "Visit", "visitor", "governor-genitive", "الوزراء"),
    Told("وكلف المدير المهندسين بزيارة المصنع.", "Visit", "visitor", "governor-affected", "المهندسين"),
    # whose the statement is stands right behind it
    Told("وأكد بيان لوزارة الصحة مقتل عاملين.", "Death", "attributedTo", "say-chain-of:ل", "وزارة الصحة"),
    Told("ونقلت الصحيفة عن الطبيب قوله إن العامل توفي.", "Death", "attributedTo", "say-chain-of:عن", "الطبيب"),
    Told("وأصدرت البلدية بيانا نفت فيه وفاة العامل.", "Death", "attributedTo", "say-before", "البلدية"),
    Told("وأكد مدير في وزارة الصحة خالد السالم مقتل عاملين.", "Death", "attributedTo", "say-chain-of:", "خالد السالم"),
    # «ل» behind the adjective of a noun ties its genitive to it; an indefinite adjective may be one
    Told("وشجبت الجمعية العدوان الغاشم للميليشيات.", "Attack", "attacker", "complement", "الميليشيات"),
    Told("واتهم الرجل بطعن آخر في السوق.", "Attack", "target", "adjective-genitive", "آخر"),
    # a predicate tells of its subject
    Told("وكانت السوق منخفضة عند 300 نقطة.", "PriceChange", "commodity", "self-subject", "السوق"),
    # a noun inside a preposition, and what the preposition names from afar
    Told("وأحيل الموظف إلى المحكمة بتهمة التزوير.", "Accusation", "charge", "genitive", "التزوير"),
    Told("وأوقفت الشرطة موظفا وأحالته إلى النيابة بتهمة التزوير.", "Arrest", "charge", "beside:ب تهمة", "التزوير"),
    Told("ودعا المجلس إلى وقف القصف وإلى فتح المعابر.", "Appeal", "demand", "prep:إلى", "فتح المعابر"),
    Told("واستقال سامي الخطيب، رئيس الشركة، أمس.", "Resignation", "post", "title-after:resigner", "رئيس الشركة"),
    Told("وأصيب المئات في الحادث.", "Injury", "victim", "subject", "المئات"),
    Told("وحذر الوزير في الوقت ذاته من إغلاق المعابر.", "Threat", "subject", "prep:من", "إغلاق المعابر"),
    Told("وتنظر المحكمة في طلب الإفراج عن السجناء.", "Appeal", "demand", "other-genitive>", "الإفراج عن السجناء"),
    # a pronoun makes the event noun definite, and is its genitive
    Told("ولاحقت الشرطة المهرب حتى اعتقاله.", "Arrest", "detainee", "genitive~pronoun", "المهرب"),
    # besides the subject, the nearest person who agrees may be meant; a pronoun in the dual takes both
    Told("وعثر حارس المصنع على العامل بعد وفاته.", "Death", "victim", "genitive~pronoun-person", "العامل"),
    Told("وحوكم شرطي وزوجته بعد قتلهما جارة.", "Death", "agent", "genitive~pronoun", "شرطي"),
    # each of several
    Told("وطالبت كل من السويد وفنلندا بإجراء تحقيق.", "Appeal", "speaker", "subject", "فنلندا"),
    Told("وأعلنت الشرطة اعتقال كل من سامي الخطيب وفريد السالم.", "Arrest", "detainee", "genitive", "فريد السالم"),
    # a numeral behind a definite noun counts another
    Told("وقتل الجنود اثنين من المهربين.", "Death", "victim", "object", "اثنين من المهربين"),
    # a participle tells what the subject of the clause does meanwhile, and to whom
    Told("ووبخت المديرة موظفا، متهمة إياه بالإهمال.", "Accusation", "speaker", "circumstance", "المديرة"),
    Told("ووبخت المديرة موظفا، متهمة إياه بالإهمال.", "Accusation", "accused", "pronoun~pronoun", "موظفا"),
    Told("وأعلنت الشركة رفضها للقانون الذي أقره المجلس، محذرة من الإفلاس.", "Threat", "speaker", "circumstance",
         "الشركة"),
    # a pronoun behind the verb's preposition takes the antecedent up: the subject is another
    Told("ورفضت اللجنة طلبا تقدمت به إحدى الشركات.", "Appeal", "speaker", "relative-subject", "إحدى الشركات"),
    Told("وتوفي عامل بجروح أصيب بها أمس.", "Injury", "victim", "shared", "عامل"),
    # the noun right before the relative pronoun agrees, though it stands in a genitive
    Told("وحاولت الوزارة تفادي المسيرة التي سينظمها الطلاب.", "Protest", "protester", "relative-subject", "الطلاب"),
    # what follows a coordinated verb may be its object
    Told("وغادر الأمين ودعا الأعضاء إلى الحضور.", "Appeal", "addressee", "no-object-subject", "الأعضاء"),
    # who opens the clause, and the subject of the verb before
    Told("وأعلن المدير أن الشركة ماضية في سعيها إلى إقالة الموظف.", "Dismissal", "dismisser", "mate-topic", "الشركة"),
    # what a numeral counts is accusative, and the subject all the same
    Told("وأصيب 20 عاملا في المصنع.", "Injury", "victim", "subject", "20 عاملا"),
    Told("ونزح المئات من السكان.", "Flight", "mover", "subject", "المئات من السكان"),
    # the verb's own object stands in one phrase with the subject
    Told("ولقي شاب حتفه في النهر.", "Death", "victim", "before-companion", "شاب"),
    # the object of the verb that an event is the subject of
    Told("وقال الناطق إن الغارات استهدفت قرى المتمردين.", "Attack", "target", "governed-object", "قرى المتمردين"),
    # who is added to those that fill a role
    Told("وأوقفت الشرطة لصين، إضافة إلى إمام المسجد.", "Arrest", "detainee", "added", "إمام المسجد"),
    Told("وحكمت المحكمة على #سامي الخطيب بالسجن.", "Sentence", "defendant", "prep:على", "سامي الخطيب"),
    # the pronoun of a complement takes the antecedent up
    Told("وهو المركز الذي وافقت الوزارة على إنشائه.", "Decree", "issuer", "subject", "الوزارة"),
    # an honour never stands without the name
    Told("وزار صاحب السمو الأمير فهد بن سالم القرية.", "Visit", "destination", "object", "القرية"),
    # behind a comma stands the subject's other name, or the object
    Told("وأقال المدير، نجيب السالم، رئيس القسم.", "Dismissal", "dismissed", "late-object", "رئيس القسم"),
    # thousands are people; the noun behind an ordinal has the gender
    Told("ونزح الآلاف من القرية.", "Flight", "mover", "subject", "الآلاف"),
    Told("ووصلت أول حافلة إلى المخيم.", "Movement", "mover", "other-voice-subject", "أول حافلة"),
    # a relative clause on a time leaves none of its places open
    Told("وتحسن الطقس في الوقت الذي يزور الوفد العاصمة.", "Visit", "visitor", "subject", "الوفد"),
    Told("وتحسن الطقس في الوقت الذي يزور الوفد العاصمة.", "Visit", "destination", "object", "العاصمة"),
)


@pytest.mark.parametrize("told", TOLD, ids=lambda t: f"{t.event}-{t.role}-{t.slot}")
def test_candidates_stand_where_the_grammar_puts_them(
    read: tuple[annotate.Annotator, Extractor], told: Told
) -> None:
    annotator, extractor = read
    found = {
        (proposal.match.type, candidate.role, candidate.slot, name)
        for reading in extractor.readings(annotator(Article("a", told.text, date="2022-03-10")))
        for proposal in reading.proposals
        for candidate, _ in proposal.candidates
        for filler in extractor.fillers(reading, proposal, candidate)
        for name in (filler.value.names if isinstance(filler.value, Entity) else (filler.value,))
    }
    assert (told.event, told.role, told.slot, told.words) in found


def fillers_of(read: tuple[annotate.Annotator, Extractor], text: str, event: str) -> set[tuple[str, str]]:
    annotator, extractor = read
    return {
        (candidate.role, name)
        for reading in extractor.readings(annotator(Article("a", text, date="2022-03-10")))
        for proposal in reading.proposals
        for candidate, _ in proposal.candidates
        for filler in extractor.fillers(reading, proposal, candidate)
        for name in (filler.value.names if isinstance(filler.value, Entity) else (str(filler.value),))
        if proposal.match.type == event
    }


def test_a_number_is_no_part_of_a_predicate_before_it(read: tuple[annotate.Annotator, Extractor]) -> None:
    annotator, extractor = read
    reading = next(extractor.readings(annotator(Article("x", "وأغلقت أسهم الشركة متراجعة 25 سنتا.")), every=True))
    words, phrases = reading.parse.words, reading.parse.phrases
    assert [[w.norm for w in words[p.start:p.end]] for p in phrases[1:]] == [["متراجعة"], ["25", "سنتا"]]


def test_what_follows_an_article_is_no_genitive(read: tuple[annotate.Annotator, Extractor]) -> None:
    assert ("attacker", "الإرهابي") not in fillers_of(read, "أدان المجلس الهجوم الإرهابي على المعبد.", "Attack")
    assert ("attacker", "المتمردين") in fillers_of(read, "أدان المجلس هجوم المتمردين على المعبد.", "Attack")


def test_a_common_noun_alone_is_no_place(read: tuple[annotate.Annotator, Extractor]) -> None:
    assert ("place", "محافظة") not in fillers_of(read, "اندلعت مواجهات في محافظة.", "Clash")
    assert ("place", "محافظة ديالى") in fillers_of(read, "اندلعت مواجهات في محافظة ديالى.", "Clash")


def test_an_event_may_have_places_that_are_coordinated(read: tuple[annotate.Annotator, Extractor]) -> None:
    annotator, extractor = read
    [report] = extractor(annotator(Article("a", "اندلعت مواجهات في بغداد والبصرة شرق دمشق.", date="2022-03-10")))
    found = {f.value.label for f in report.fillers if f.role == "place" and isinstance(f.value, Entity)}
    assert found == {"بغداد", "البصرة"}


def test_a_fact_must_be_likelier_than_a_plan() -> None:
    weights = {"factuality=Actual": {"": 0.2}, "factuality=Planned": {"": 0.0}}
    assert decide(Ranker(weights), "factuality", []) == "Planned"
    assert decide(Ranker(weights | {"factuality=Actual": {"": 2.0}}), "factuality", []) == "Actual"


@dataclass
class Weighed:
    """A match with its odds, as the second look sees it."""

    match: Match
    odds: float
    levels: list[Level]


class _Type:
    """As much of a construction as a match asks for."""

    def __init__(self, type_: str) -> None:
        self.type = type_


def weighed(type_: str, i: int, odds: float, over: int = -1) -> Weighed:
    levels = [Level(at, "", "", frozenset()) for at in (i, over) if at >= 0]
    return Weighed(Match(_Type(type_), i, "verb"), odds, levels)  # type: ignore[arg-type]


def test_a_match_sees_the_better_one_of_its_type() -> None:
    one, other = weighed("Death", 3, 0.2), weighed("Death", 9, 2.6)
    found = match_values(one, [other])
    assert found["own"] == 0.2
    assert {"after:3", "after-better:True", "after-gap:2:True", "before:none", "believed:1"} <= set(found)
    assert "here" not in found


def test_a_match_sees_that_it_governs_one_of_its_type() -> None:
    """«قرر … تمديد …» is one happening, told by the verb or by its object."""
    verb, masdar = weighed("Decree", 1, 0.5), weighed("Decree", 3, 1.5, over=1)
    assert {"governs:True", "governs-better:True"} <= set(match_values(verb, [masdar]))
    assert {"under:True", "under-better:False"} <= set(match_values(masdar, [verb]))
    assert not {"under:True", "governs:True"} & set(match_values(verb, [weighed("Decree", 9, 1.0)]))


def test_a_match_sees_another_type_on_its_word() -> None:
    found = match_values(weighed("Death", 3, 0.2), [weighed("Attack", 3, -1.0)])
    assert found["here"] == -1.0
    assert {"here-better:False", "here:Death:Attack:False", "best-other:none"} <= set(found)


def candidate(role: str, start: int, slot: str = "subject") -> Candidate:
    return Candidate(role, start, start + 2, slot, -1)


def test_a_filler_sees_those_of_its_role_and_those_of_its_words() -> None:
    scored = [(candidate("victim", 0), 1.0), (candidate("agent", 1), 2.0), (candidate("victim", 5, "near:من"), -1.0)]
    found = filler_values(0, scored, [])
    assert (found["own"], found["over"], found["same"]) == (1.0, 2.0, -1.0)
    assert {"over-better:True", "same-better:False", "twin:none", "believed:1"} <= set(found)
    assert "slots:near:subject:False" in found


def probabilities(weights: dict[str, dict[str, float]], featured: Sequence[tuple[Candidate, list[str]]]) -> list[float]:
    return [chosen.score for chosen in weigh(Ranker(weights), Parse([], [], [], {}), featured)]


def test_the_second_look_may_overrule_the_first() -> None:
    featured = [(candidate("victim", 0), ["good"]), (candidate("agent", 1), ["better"])]
    first = {"fill": {"": 0.0, "good": 1.0, "better": 2.0}}
    assert probabilities(first, featured) == [probability(1.0), probability(2.0)]
    second = first | {"fill/again": {"": 0.0, "own": 1.0, "over-better:True": -3.0}}
    assert probabilities(second, featured) == [probability(-2.0), probability(2.0)]


@pytest.mark.parametrize(("text", "event"), [
    ("والزيارة مقررة في نهاية الشهر.", "Visit"),
    ("ومن المقرر أيضا أن يزور الوزير الميناء.", "Visit"),
])
def test_what_is_scheduled_is_planned_by_rule(
    read: tuple[annotate.Annotator, Extractor], text: str, event: str
) -> None:
    annotator, extractor = read
    told = [r.factuality for r in extractor(annotator(Article("a", text, date="2022-03-10"))) if r.type == event]
    assert told == ["Planned"]


def test_verbs_spelled_alike_in_both_voices_may_be_active(read: tuple[annotate.Annotator, Extractor]) -> None:
    assert ("participant", "الرئيسان") in fillers_of(read, "الرئيسان التقيا في العاصمة.", "Meeting")


def test_a_time_knows_what_predicate_it_follows(read: tuple[annotate.Annotator, Extractor]) -> None:
    annotator, extractor = read
    text = "قال الوزير الثلاثاء إن القوات هاجمت القرية الأحد."
    [reading] = extractor.readings(annotator(Article("a", text, date="2022-03-10")), every=True)
    [attack] = [p for p in reading.proposals if p.match.type == "Attack"]
    features = {timed.start: set(found) for timed, found in attack.times}
    said, done = (features[start] for start in sorted(features))
    assert "told-of:say:True" in said and "told-of:over0:self" in done and "nearer-time:True:False" in said


def test_offices_side_by_side_name_one_person_where_the_object_follows(
    read: tuple[annotate.Annotator, Extractor]
) -> None:
    text = "شجب وزير النقل رئيس الهيئة الدكتور خالد السالم حرق العلم."
    told = fillers_of(read, text, "Condemnation")
    assert ("target", "حرق العلم") in told
    assert {("speaker", "وزير النقل"), ("speaker", "الدكتور خالد السالم")} <= told
    assert ("participant", "وزير العدل") in fillers_of(read, "استقبل الرئيس وزير العدل في القصر.", "Meeting")
