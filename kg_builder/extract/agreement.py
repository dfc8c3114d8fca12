"""Agreement, as far as the features are known: adjective with noun, verb with subject, relative with antecedent."""

from __future__ import annotations

from kg_builder.extract.grammar import Grammar
from kg_builder.extract.parse import Parse
from kg_builder.extract.words import Word


def accusative(word: Word) -> bool:
    """Whether the word ends in the alef of an indefinite accusative, which ends its chain and is no subject's."""
    return word.text.endswith(("اً", "ًا", "ً")) or (word.norm == word.lemma + "ا" and not word.definite)


def full_plural(word: Word) -> bool:
    """A sound plural or dual with its final nun, which falls off before a genitive."""
    return word.feats.get("Number") in {"Plur", "Dual"} and word.norm.endswith(("ون", "ين", "ان")) and (
        not word.lemma.endswith(word.norm[-2:]))


def adjective_agrees(noun: Word, adjective: Word) -> bool:
    """Agreement of an adjective, as far as the features are known: plurals of things take the feminine singular."""
    number, gender = adjective.feats.get("Number"), adjective.feats.get("Gender")
    of_noun = noun.feats.get("Number")
    if noun.pos in {"NUM", "PROPN"} or noun.ent or not number or not of_noun:
        return True
    if number in {"Plur", "Dual"}:
        return of_noun != "Sing" or noun.pos == "ADJ"
    if of_noun == "Sing":
        return not gender or noun.feats.get("Gender") in {None, gender}
    return gender != "Masc" or of_noun == "Dual"


class Agreement:
    """Agreement that leans on what nouns denote."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar

    def verb(self, parse: Parse, verb: int, k: int, *, post: bool) -> bool:
        """Verb–subject agreement, as far as the features are known: gender after, gender and number before."""
        feats = parse.words[verb].feats
        if feats.get("Person", "3") != "3":
            return False
        head = parse.head(k)
        counted = any(w.pos == "NUM" for w in parse.words[parse.phrases[k].start:head.i])
        if post and (feats.get("Number") in {"Plur", "Dual"} or (accusative(head) and not counted)):
            return False
        many = len(parse.conjuncts(k)) > 1
        if head.pos == "ADJ" and head.i + 1 < parse.phrases[k].end and parse.words[head.i + 1].pos == "NOUN":
            return True  # «أول طائرة»: the noun behind it has the gender
        number = "Plur" if many or counted else head.feats.get("Number")
        if not post and feats.get("Number") == "Plur":
            return number != "Sing" or head.lemma in self.grammar.quantifiers or self.grammar.sort_of(head) == "Group"
        return self.gender(head, feats.get("Gender"), number)

    def gender(self, head: Word, verb_gender: str | None, number: str | None) -> bool:
        gender = head.feats.get("Gender")
        if verb_gender is None or gender is None or head.ent in {"PERSON", "ORG", "PLACE"} or head.pos == "PROPN":
            return True
        if number in {"Plur", "Dual"} or head.lemma in self.grammar.quantifiers or head.pos == "NUM":
            return True
        if head.norm in self.grammar.honorifics:
            return True
        return gender == verb_gender

    def relative(self, parse: Parse, pronoun: Word, k: int) -> bool:
        """Whether a noun of the phrase goes with the relative pronoun («تفادي المسيرة التي …»)."""
        phrase = parse.phrases[k]
        nouns = [w for w in parse.words[phrase.head:phrase.end] if w.pos in {"NOUN", "PROPN"}]
        return any(self._relative(noun, pronoun) for noun in nouns or [parse.words[phrase.head]])

    def _relative(self, noun: Word, pronoun: Word) -> bool:
        plural = pronoun.norm in self.grammar.plural_relatives
        if plural or noun.feats.get("Number") == "Plur":
            human = self.grammar.sort_of(noun) in {"Person", "Group", None}
            return (plural and human and noun.feats.get("Number") != "Sing") or (
                not plural and pronoun.norm in self.grammar.feminine_relatives)
        gender = noun.feats.get("Gender")
        return gender is None or (gender == "Fem") == (pronoun.norm in self.grammar.feminine_relatives)
