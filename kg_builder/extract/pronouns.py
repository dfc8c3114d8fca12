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
    for frame in parse.frames.values():
        if frame.antecedent is not None and (own in frame.preps or frame.i + 1 == i):
            return frame.antecedent
    before = [k for k in _in_order(parse, i)
              if k != own and not parse.phrases[k].pron and parse.phrases[k].end <= i]
    known = next((k for k in before if _fits(grammar, parse, k, *wanted)), None)
    return known if known is not None else next((k for k in before if _may_fit(parse.head(k), *wanted)), None)


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
    if sort not in SORT_GROUPS and not head.ent:
        return False
    many = len(parse.conjuncts(k)) > 1
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
    return head.feats.get("Gender") in {None, gender} or bool(head.ent)
