"""The antecedent of a pronoun inside its sentence: gender and number must agree, subjects come first."""

from __future__ import annotations

from collections.abc import Iterator

from kg_builder.extract.grammar import SORT_GROUPS, Grammar
from kg_builder.extract.parse import Parse
from kg_builder.extract.words import Word

# Third-person clitics are the algorithm itself: form → (gender, number).
CLITICS = {
    "ه": ("Masc", "Sing"), "ها": ("Fem", "Sing"), "هم": ("Masc", "Plur"), "هما": (None, "Dual"), "هن": ("Fem", "Plur"),
}


def antecedent(grammar: Grammar, parse: Parse, i: int) -> int | None:
    """The phrase that the pronoun at word `i` stands for, or None."""
    wanted = CLITICS.get(parse.words[i].norm)
    if wanted is None:
        return None
    own = parse.at[i]
    doer: int | None = None
    for frame in parse.frames.values():
        if frame.antecedent is not None and (own in frame.preps[:1] or frame.i + 1 == i) and (
                may_stand_for(parse, i, frame.antecedent)):
            return frame.antecedent
        if own == frame.object and parse.phrases[own].pron:
            doer = frame.subject
    before = [k for k in _in_order(parse, i)
              if k not in {own, doer} and not parse.phrases[k].pron and parse.phrases[k].end <= i]
    known = next((k for k in before if _fits(grammar, parse, k, *wanted)), None)
    return known if known is not None else next((k for k in before if _may_fit(parse.head(k), *wanted)), None)


def antecedents(grammar: Grammar, parse: Parse, i: int) -> Iterator[tuple[int, str]]:
    """The phrases that the pronoun at word `i` may stand for, the likeliest first, each with how it was found.

    Besides the one that `antecedent` takes: the nearest person who agrees.
    """
    first = antecedent(grammar, parse, i)
    if first is None:
        return
    gender, number = CLITICS[parse.words[i].norm]
    found = {first: "pronoun"}
    before = (k for k in range(len(parse.phrases) - 1, -1, -1)
              if k != parse.at[i] and parse.phrases[k].end <= i and not parse.phrases[k].pron)
    persons = (k for k in before if grammar.sort_of(parse.head(k)) in {"Person", "Group"}
               and _fits(grammar, parse, k, gender, number))
    found.setdefault(next(persons, first), "pronoun-person")
    for k, how in found.items():
        yield from ((twin, how) for twin in (parse.conjuncts(k) if number != "Sing" else [k]))


def may_stand_for(parse: Parse, i: int, k: int) -> bool:
    """Whether gender and number let the pronoun at word `i` stand for a noun of the phrase `k`."""
    wanted = CLITICS.get(parse.words[i].norm)
    phrase = parse.phrases[k]
    return wanted is not None and any(_may_fit(word, *wanted) or word.ent
                                      for word in parse.words[phrase.start:phrase.end])


def _in_order(parse: Parse, i: int) -> Iterator[int]:
    """Subjects of the verbs before, nearest first; then every phrase before, nearest first."""
    for frame in reversed(list(parse.frames.values())):
        if frame.i < i and frame.subject is not None and parse.words[frame.i].is_verb:
            yield frame.subject
    for k in range(len(parse.phrases) - 1, -1, -1):
        if parse.phrases[k].end <= i:
            yield k


def _fits(grammar: Grammar, parse: Parse, k: int, gender: str | None, number: str) -> bool:
    head = parse.words[parse.phrases[k].head]
    sort = grammar.sort_of(head)
    many = len(parse.conjuncts(k)) > 1
    if many and number != "Sing":
        return any(grammar.sort_of(parse.head(twin)) in SORT_GROUPS for twin in parse.conjuncts(k))
    if sort not in SORT_GROUPS and not head.ent:
        return False
    if number in {"Plur", "Dual"}:
        return many or head.feats.get("Number") == number or head.lemma in grammar.quantifiers or sort == "Group"
    return _singular_fits(head, sort, gender, many)


def _may_fit(head: Word, gender: str | None, number: str) -> bool:
    """Of a noun that is neither agent nor place to the lexicon: gender and number alone."""
    feats = head.feats
    if head.pos not in {"NOUN", "PROPN"} or head.time or feats.get("Number", "Sing") not in {number, "Plur"}:
        return False
    inanimate = feats.get("Number") == "Plur" and number == "Sing"
    return gender == "Fem" if inanimate else feats.get("Gender") in {None, gender} or gender is None


def _singular_fits(head: Word, sort: str | None, gender: str | None, many: bool) -> bool:
    if head.ent == "PERSON" or sort == "Person":
        same = head.feats.get("Gender") in {None, gender} or head.ent == "PERSON"
        return same and not many and head.feats.get("Number", "Sing") == "Sing"
    if head.feats.get("Number") == "Plur":
        return gender == "Fem"
    if head.ent == "PLACE":  # cities, and most countries, are feminine
        return gender == head.feats.get("Gender", "Fem")
    return head.feats.get("Gender") in {None, gender} or bool(head.ent)
