"""The event grammar on sentences annotated by hand: phrases, predicates, scope, candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg_builder import ontology
from kg_builder.annotate.document import register_extensions
from kg_builder.extract.clauses import Parser
from kg_builder.extract.distance import between
from kg_builder.extract.factuality import Factuality, phase
from kg_builder.extract.grammar import Grammar, Trie
from kg_builder.extract.lexicon import Construction
from kg_builder.extract.match import Match
from kg_builder.extract.parse import Parse, Phrase
from kg_builder.extract.pronouns import antecedent
from kg_builder.extract.scope import Level, ScopeFinder
from kg_builder.extract.slots import SlotFinder
from kg_builder.extract.texts import MAX_TEXT, Texts
from kg_builder.extract.words import Word, sentences

VOCAB = Vocab()


@dataclass(frozen=True)
class Token:
    """A word of a sentence made by hand; one that is `glued` has no space before it."""

    text: str
    pos: str
    lemma: str
    morph: str = ""
    verb: str = ""
    ent: str = ""
    glued: bool = False


def noun(text: str, lemma: str, gender: str = "Masc", number: str = "Sing", more: str = "", verb: str = "") -> Token:
    """A noun, definite when it has the article."""
    definite = "Def" if text.startswith("ال") else "Ind"
    return Token(text, "NOUN", lemma, f"Definite={definite}|Gender={gender}|Number={number}{more}", verb)


def masdar(text: str, lemma: str, verb: str) -> Token:
    return noun(text, lemma, more="|VerbForm=Vnoun", verb=verb)


def adjective(text: str, lemma: str, gender: str = "Masc") -> Token:
    return Token(text, "ADJ", lemma, noun(text, lemma, gender).morph)


def verb(text: str, lemma: str, gender: str = "Masc", aspect: str = "Perf", voice: str = "Act") -> Token:
    """A verb of the third person singular."""
    morph = f"Aspect={aspect}|Gender={gender}|Number=Sing|Person=3|Voice={voice}"
    return Token(text, "VERB", lemma, morph, verb=lemma)


def name(text: str, ent: str) -> Token:
    return Token(text, "PROPN", text, ent=ent)


def particle(text: str, pos: str = "PART") -> Token:
    return Token(text, pos, text)


def clitic(text: str, pos: str) -> Token:
    return Token(text, pos, text, glued=True)


IN, FROM, AND, COMMA = particle("في", "ADP"), particle("من", "ADP"), particle("و", "CCONJ"), particle("،", "PUNCT")
THAT, THIS = particle("أن", "SCONJ"), Token("هذه", "DET", "هذا", "PronType=Dem")
MINISTER, CITY = noun("الوزير", "وزير"), noun("المدينة", "مدينة", "Fem")
GOVERNMENT, POLICE = noun("الحكومة", "حكومة", "Fem"), noun("الشرطة", "شرطة", "Fem")
PACT, ATTACK = noun("الاتفاق", "اتفاق"), noun("الهجوم", "هجوم")
WHO, WHO_FEM = particle("الذي", "PRON"), particle("التي", "PRON")


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    register_extensions()
    return Grammar(ontology.load())


def words_of(tokens: Sequence[Token]) -> list[Word]:
    """The words of one sentence."""
    glued = [t.glued for t in tokens[1:]] + [True]
    doc = Doc(VOCAB, words=[t.text for t in tokens], spaces=[not g for g in glued], pos=[t.pos for t in tokens],
              lemmas=[t.lemma for t in tokens], morphs=[t.morph for t in tokens], ents=[t.ent for t in tokens],
              sent_starts=[i == 0 for i in range(len(tokens))])
    for token, made in zip(doc, tokens, strict=True):
        token.norm_, token._.verb_lemma = made.text, made.verb
    (words,) = sentences(doc)
    return words


def parse_of(grammar: Grammar, *tokens: Token) -> Parse:
    return Parser(grammar)(words_of(tokens))


def chunks(parse: Parse) -> list[tuple[str, str, str]]:
    """Preposition, words and head of every phrase."""
    return [(p.prep, " ".join(w.text for w in parse.words[p.start:p.end]), parse.words[p.head].text)
            for p in parse.phrases]


def roles(parse: Parse, i: int) -> dict[str, tuple[str, str]]:
    """The head of subject and object of the predicate at `i`, each with how it was found."""
    frame = parse.frames[i]
    both = (("subject", frame.subject, frame.subject_how), ("object", frame.object, frame.object_how))
    return {role: (parse.head(k).text, how) for role, k, how in both if k is not None}


# --- phrases


def test_a_chain_of_genitives_is_one_phrase(grammar: Grammar) -> None:
    parse = parse_of(grammar, noun("وزير", "وزير"), noun("خارجية", "خارجية", "Fem"), name("فرنسا", "B-PLACE"))
    assert chunks(parse) == [("", "وزير خارجية فرنسا", "وزير")]


def test_a_definite_noun_closes_the_chain(grammar: Grammar) -> None:
    parse = parse_of(grammar, noun("وزير", "وزير"), noun("الدفاع", "دفاع"), CITY)
    assert chunks(parse) == [("", "وزير الدفاع", "وزير"), ("", "المدينة", "المدينة")]


def test_a_title_takes_the_name_after_it(grammar: Grammar) -> None:
    parse = parse_of(grammar, noun("الرئيس", "رئيس"), name("سالم", "B-PERSON"), name("العمري", "I-PERSON"))
    assert chunks(parse) == [("", "الرئيس سالم العمري", "الرئيس")]


def test_a_numeral_counts_the_noun_after_it(grammar: Grammar) -> None:
    parse = parse_of(grammar, particle("خمسة", "NUM"), noun("جنود", "جندي", number="Plur"))
    assert chunks(parse) == [("", "خمسة جنود", "جنود")]


def test_a_bound_belongs_to_the_numeral(grammar: Grammar) -> None:
    soldiers = noun("جنود", "جندي", number="Plur")
    parse = parse_of(grammar, noun("أكثر", "أكثر"), FROM, particle("تسعة", "NUM"), soldiers)
    assert chunks(parse) == [("", "تسعة جنود", "جنود")]
    assert (parse.phrases[0].begin, parse.at) == (0, [0, 0, 0, 0])


def test_a_demonstrative_belongs_to_the_noun(grammar: Grammar) -> None:
    assert chunks(parse_of(grammar, IN, THIS, CITY)) == [("في", "هذه المدينة", "المدينة")]


def test_a_quantity_takes_what_it_counts(grammar: Grammar) -> None:
    people = noun("المتظاهرين", "متظاهر", number="Plur")
    assert chunks(parse_of(grammar, noun("عدد", "عدد"), FROM, people)) == [("", "عدد من المتظاهرين", "عدد")]


def test_what_is_no_quantity_takes_nothing_with_from(grammar: Grammar) -> None:
    parse = parse_of(grammar, noun("اتفاق", "اتفاق"), FROM, CITY)
    assert chunks(parse) == [("", "اتفاق", "اتفاق"), ("من", "المدينة", "المدينة")]


def test_only_an_adjective_that_agrees_belongs(grammar: Grammar) -> None:
    one = parse_of(grammar, CITY, adjective("القديمة", "قديم", "Fem"))
    other = parse_of(grammar, CITY, adjective("قديمة", "قديم", "Fem"))
    assert chunks(one) == [("", "المدينة القديمة", "المدينة")]
    assert chunks(other) == [("", "المدينة", "المدينة"), ("", "قديمة", "قديمة")]


def test_a_compound_preposition_is_one(grammar: Grammar) -> None:
    assert chunks(parse_of(grammar, FROM, particle("قبل", "ADP"), POLICE)) == [("من قبل", "الشرطة", "الشرطة")]


# --- coordination


def test_coordinated_phrases_share_their_preposition(grammar: Grammar) -> None:
    parse = parse_of(grammar, IN, CITY, AND, noun("القرية", "قرية", "Fem"))
    assert chunks(parse) == [("في", "المدينة", "المدينة"), ("في", "القرية", "القرية")]
    assert parse.conjuncts(0) == [0, 1]


def test_a_list_is_coordinated_throughout(grammar: Grammar) -> None:
    parse = parse_of(grammar, MINISTER, AND, GOVERNMENT, COMMA, AND, POLICE)
    assert parse.conjuncts(0) == [0, 1, 2]


def test_a_comma_alone_does_not_coordinate(grammar: Grammar) -> None:
    assert parse_of(grammar, MINISTER, COMMA, POLICE).conjuncts(0) == [0]


def test_a_new_clause_is_not_coordinated(grammar: Grammar) -> None:
    seized = verb("اعتقلت", "اعتقل", "Fem")
    parse = parse_of(grammar, verb("وصل", "وصل"), MINISTER, COMMA, AND, POLICE, seized, noun("المتظاهر", "متظاهر"))
    assert parse.conjuncts(0) == [0]
    assert roles(parse, 5) == {"subject": ("الشرطة", "before"), "object": ("المتظاهر", "object")}


# --- subject and object


def test_the_subject_after_its_verb(grammar: Grammar) -> None:
    parse = parse_of(grammar, verb("زار", "زار"), MINISTER, CITY)
    assert roles(parse, 0) == {"subject": ("الوزير", "subject"), "object": ("المدينة", "object")}


def test_the_subject_before_its_verb(grammar: Grammar) -> None:
    parse = parse_of(grammar, MINISTER, verb("زار", "زار"), CITY)
    assert roles(parse, 1) == {"subject": ("الوزير", "before"), "object": ("المدينة", "object")}


def test_what_does_not_agree_is_no_subject(grammar: Grammar) -> None:
    assert roles(parse_of(grammar, verb("زار", "زار"), CITY), 0) == {"object": ("المدينة", "object")}


def test_prepositional_phrases_are_no_objects(grammar: Grammar) -> None:
    parse = parse_of(grammar, verb("وصل", "وصل"), MINISTER, IN, CITY)
    assert roles(parse, 0) == {"subject": ("الوزير", "subject")}
    assert parse.frames[0].preps == [1]


def test_a_relative_clause_without_a_pronoun(grammar: Grammar) -> None:
    parse = parse_of(grammar, POLICE, WHO_FEM, verb("هاجمت", "هاجم", "Fem"), CITY)
    assert roles(parse, 2) == {"subject": ("الشرطة", "antecedent"), "object": ("المدينة", "object")}


def test_a_relative_clause_with_a_pronoun_for_the_object(grammar: Grammar) -> None:
    parse = parse_of(grammar, ATTACK, WHO, verb("شنت", "شن", "Fem"), clitic("ه", "PRON"), POLICE)
    assert roles(parse, 2) == {"subject": ("الشرطة", "subject"), "object": ("الهجوم", "antecedent")}


def test_a_relative_clause_with_a_pronoun_behind_a_preposition(grammar: Grammar) -> None:
    to_it = (particle("ب", "ADP"), clitic("ه", "PRON"))
    parse = parse_of(grammar, ATTACK, WHO, verb("نددت", "ندد", "Fem"), *to_it, POLICE)
    assert roles(parse, 2) == {"subject": ("الشرطة", "subject")}
    assert parse.frames[2].antecedent == 0


def test_the_antecedent_agrees_with_the_relative(grammar: Grammar) -> None:
    parse = parse_of(grammar, ATTACK, IN, CITY, WHO, verb("وقع", "وقع"))
    assert roles(parse, 4) == {"subject": ("الهجوم", "antecedent")}


def test_the_subject_of_a_passive(grammar: Grammar) -> None:
    parse = parse_of(grammar, verb("اعتقل", "اعتقل", voice="Pass"), MINISTER, IN, CITY)
    assert roles(parse, 0) == {"subject": ("الوزير", "subject")}
    assert parse.frames[0].passive


def test_a_transitive_verb_without_object_may_be_passive(grammar: Grammar) -> None:
    alone = parse_of(grammar, verb("اعتقل", "اعتقل", voice="Act,Pass"), MINISTER).frames[0]
    with_object = parse_of(grammar, verb("اعتقل", "اعتقل", voice="Act,Pass"), MINISTER, CITY).frames[0]
    assert (alone.open_voice, alone.passive) == (True, True)
    assert (with_object.open_voice, with_object.passive) == (False, False)


def test_the_next_verb_shares_the_subject(grammar: Grammar) -> None:
    parse = parse_of(grammar, verb("وصل", "وصل"), MINISTER, AND, verb("زار", "زار"), CITY)
    assert roles(parse, 3) == {"subject": ("الوزير", "shared"), "object": ("المدينة", "object")}


def test_what_is_said_is_a_clause(grammar: Grammar) -> None:
    parse = parse_of(grammar, verb("قال", "قال"), MINISTER, particle("إن", "SCONJ"), CITY, particle(".", "PUNCT"))
    assert parse.frames[0].clause == (3, 4)


# --- pronouns


@pytest.mark.parametrize(("pronoun", "stands_for"), [("ها", 0), ("ه", 1), ("هم", None), ("نا", None)])
def test_the_antecedent_of_a_pronoun_agrees(grammar: Grammar, pronoun: str, stands_for: int | None) -> None:
    home = noun("منزل", "منزل")
    parse = parse_of(grammar, GOVERNMENT, IN, MINISTER, verb("زارت", "زار", "Fem"), home, clitic(pronoun, "PRON"))
    assert antecedent(grammar, parse, 5) == stands_for


# --- scope


def levels_of(grammar: Grammar, parse: Parse, i: int) -> list[Level]:
    return ScopeFinder(grammar)(parse, match_at(parse, i))


def match_at(parse: Parse, i: int, **slots: str) -> Match:
    form = "verb" if parse.words[i].is_verb else "noun"
    frame = parse.frames.get(i)
    if frame is not None and frame.passive:
        form = "passive"
    return Match(Construction("Some", "rule", form, frozenset(), slots, {}, {}), i, form, frame)


def judged(grammar: Grammar, parse: Parse, i: int) -> str:
    return Factuality(grammar)(levels_of(grammar, parse, i))


def test_what_is_told_plainly_is_actual(grammar: Grammar) -> None:
    assert judged(grammar, parse_of(grammar, verb("زار", "زار"), MINISTER, CITY), 0) == "Actual"


def test_negation(grammar: Grammar) -> None:
    parse = parse_of(grammar, particle("لم"), verb("يزر", "زار", aspect="Imp"), MINISTER, CITY)
    assert levels_of(grammar, parse, 1)[0].marks == {"pos:verb", "aspect:Imp", "negated", "neg:لم"}
    assert judged(grammar, parse, 1) == "Denied"


def test_negation_before_another_verb_does_not_count(grammar: Grammar) -> None:
    slept = verb("ينم", "نام", aspect="Imp")
    parse = parse_of(grammar, particle("لم"), slept, MINISTER, COMMA, AND, verb("زار", "زار"), CITY)
    assert judged(grammar, parse, 5) == "Actual"


def test_negation_of_a_masdar(grammar: Grammar) -> None:
    parse = parse_of(grammar, noun("عدم", "عدم"), masdar("توقيع", "توقيع", "وقع"), PACT)
    assert judged(grammar, parse, 1) == "Denied"


def test_future(grammar: Grammar) -> None:
    parse = parse_of(grammar, particle("س", "AUX"), replace(verb("يزور", "زار", aspect="Imp"), glued=True),
                     MINISTER, CITY)
    assert levels_of(grammar, parse, 1)[0].marks == {"pos:verb", "aspect:Imp", "future"}
    assert judged(grammar, parse, 1) == "Planned"


@pytest.mark.parametrize(("aspect", "factuality"), [("Perf", "Actual"), ("Imp", "Possible")])
def test_a_particle_that_means_maybe_before_the_imperfect(grammar: Grammar, aspect: str, factuality: str) -> None:
    parse = parse_of(grammar, particle("قد"), verb("زار", "زار", aspect=aspect), MINISTER)
    assert judged(grammar, parse, 1) == factuality


def test_a_modal_phrase_over_a_clause(grammar: Grammar) -> None:
    modal = adjective("المقرر", "مقرر")
    parse = parse_of(grammar, FROM, modal, THAT, verb("يزور", "زار", aspect="Imp"), MINISTER, CITY)
    levels = levels_of(grammar, parse, 3)
    assert [(level.i, level.relation) for level in levels] == [(3, "self"), (1, "modal")]


def test_a_modal_phrase_before_a_masdar(grammar: Grammar) -> None:
    parse = parse_of(grammar, FROM, adjective("المقرر", "مقرر"), masdar("توقيع", "توقيع", "وقع"), PACT)
    assert "modal:Planned" in levels_of(grammar, parse, 2)[0].marks
    assert judged(grammar, parse, 2) == "Planned"


def test_what_is_refused_is_not(grammar: Grammar) -> None:
    parse = parse_of(grammar, verb("رفضت", "رفض", "Fem"), GOVERNMENT, masdar("توقيع", "توقيع", "وقع"), PACT)
    assert [(level.lemma, level.relation) for level in levels_of(grammar, parse, 2)] == [
        ("توقيع", "self"), ("رفض", "object")]
    assert judged(grammar, parse, 2) == "Denied"


def test_what_a_condition_holds_is_possible(grammar: Grammar) -> None:
    parse = parse_of(grammar, particle("إذا", "SCONJ"), verb("زار", "زار"), MINISTER, CITY)
    assert judged(grammar, parse, 1) == "Possible"


def test_phase_of_what_a_verb_of_phase_governs() -> None:
    own = Level(1, "", "self", frozenset())
    begun = Level(0, "", "subject", frozenset(), frozenset({"phase-start"}))
    assert phase([own, begun]) == "started"
    assert phase([own]) is None


# --- candidates


def candidates(grammar: Grammar, parse: Parse, i: int, **slots: str) -> set[tuple[str, str, str]]:
    """Role, words and slot of the candidates that a slot reaches."""
    ranges = dict.fromkeys(slots.values(), "Agent")
    found = SlotFinder(grammar)(parse, match_at(parse, i, **slots), ranges)
    return {(c.role, " ".join(w.text for w in parse.words[c.start:c.end]), c.slot)
            for c in found if c.slot != "context"}


def test_candidates_of_a_verb(grammar: Grammar) -> None:
    parse = parse_of(grammar, verb("زار", "زار"), MINISTER, CITY)
    assert candidates(grammar, parse, 0, subject="guest", object="host") == {
        ("guest", "الوزير", "subject"), ("host", "المدينة", "object")}


def test_the_subject_of_a_passive_is_the_object_of_its_construction(grammar: Grammar) -> None:
    parse = parse_of(grammar, verb("اعتقل", "اعتقل", voice="Pass"), MINISTER)
    assert candidates(grammar, parse, 0, subject="agent", object="detainee") == {("detainee", "الوزير", "subject")}


def test_both_conjuncts_are_candidates(grammar: Grammar) -> None:
    parse = parse_of(grammar, verb("زار", "زار"), MINISTER, AND, noun("القائد", "قائد"), CITY)
    assert candidates(grammar, parse, 0, subject="guest") == {
        ("guest", "الوزير", "subject"), ("guest", "القائد", "subject")}


def test_candidates_of_a_noun(grammar: Grammar) -> None:
    parse = parse_of(grammar, noun("اعتقال", "اعتقال"), MINISTER, FROM, particle("قبل", "ADP"), POLICE)
    assert candidates(grammar, parse, 0, patient="detainee", agent="agent") == {
        ("detainee", "الوزير", "genitive"), ("agent", "الوزير", "other-genitive"),
        ("agent", "الشرطة", "prep:من قبل")}


def test_a_noun_gets_the_subject_of_its_verb(grammar: Grammar) -> None:
    parse = parse_of(grammar, verb("شنت", "شن", "Fem"), POLICE, noun("هجوما", "هجوم"))
    assert candidates(grammar, parse, 2, agent="attacker") == {("attacker", "الشرطة", "governor-object")}


# --- where a text ends


def text(grammar: Grammar, *tokens: Token) -> str:
    parse = parse_of(grammar, *tokens)
    return " ".join(w.text for w in parse.words[:Texts(grammar).end(parse, 0, len(tokens))])


def test_a_text_ends_at_a_comma(grammar: Grammar) -> None:
    assert text(grammar, PACT, IN, CITY, COMMA, POLICE) == "الاتفاق في المدينة"


def test_a_text_ends_before_another_verb(grammar: Grammar) -> None:
    assert text(grammar, PACT, AND, GOVERNMENT, AND, verb("وصل", "وصل")) == "الاتفاق و الحكومة"


def test_a_text_ends_before_what_sets_the_scene(grammar: Grammar) -> None:
    assert text(grammar, PACT, IN, CITY, particle("بعد", "ADP"), ATTACK) == "الاتفاق في المدينة"


def test_a_text_has_so_many_words_at_most(grammar: Grammar) -> None:
    long = [PACT, *[IN, CITY] * MAX_TEXT]
    assert Texts(grammar).end(parse_of(grammar, *long), 0, len(long)) == MAX_TEXT


# --- sequences and distances


def test_the_longest_sequence_matches() -> None:
    trie = Trie([("على", "one"), ("على أثر", "two"), ("على أثر ذلك كله", "four")])
    words = words_of([particle(w) for w in ("على", "أثر", "ذلك")])
    assert trie.match(words, 0) == (2, "two")
    assert trie.match(words[:1], 0) == (1, "one")
    assert trie.match(words, 1) is None


def test_what_lies_between_two_words(grammar: Grammar) -> None:
    bracket = (particle("(", "PUNCT"), verb("قال", "قال"), particle(")", "PUNCT"))
    parse = parse_of(grammar, MINISTER, *bracket, COMMA, particle("حيث", "SCONJ"), verb("زار", "زار"), CITY)
    assert between(grammar, parse, 0, 7, [0, 6]) == [
        "side:after", "verbs:after:1", "commas:1", "dist:after:4-6", "others:after:1", "border"]


def test_a_coordinated_phrase_begins_at_the_bound_before_it() -> None:
    assert Phrase(5, 7, 5, prep="في", prep_start=5, lead=3).begin == 3
    assert Phrase(5, 7, 5, prep="في", prep_start=2, lead=3).begin == 2
    assert Phrase(5, 7, 5, lead=3).begin == 3
    assert Phrase(5, 7, 5).begin == 5
