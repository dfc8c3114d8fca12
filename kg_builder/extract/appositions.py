"""«وزير العدل رئيس المجلس الدكتور فلان»: phrases side by side that name one person by office, honour and name."""

from __future__ import annotations

from kg_builder.extract.grammar import Grammar
from kg_builder.extract.parse import Frame, Parse

TIES = 3
"""How many prepositional phrases may complete the offices of a chain."""


def apposed(grammar: Grammar, parse: Parse, frame: Frame, subject: int) -> list[int]:
    """The phrases that name the subject once more, where the verb has another object, or a clause, to be sure of it.

    Without that «استقبل الرئيس وزير العدل» tells of two persons.
    """
    if not _titled(grammar, parse, subject) or _named(parse, subject):
        return []
    chain, k, ties, end = [], subject + 1, 0, parse.phrases[subject].end
    while k < len(parse.phrases) and parse.phrases[k].begin == end and not parse.phrases[k].pron:
        phrase = parse.phrases[k]
        if phrase.prep and ties < TIES:
            ties += 1
        elif not phrase.prep and (_titled(grammar, parse, k) or _named(parse, k)):
            chain.append(k)
        else:
            break
        k, end = k + 1, phrase.end
    follows = any(k > chain[-1] for k in frame.bare) if chain else False
    return chain if frame.clause is not None or follows or (chain and _honour(grammar, parse, subject)) else []


def _honour(grammar: Grammar, parse: Parse, k: int) -> bool:
    """«صاحب السمو»: an honour never stands without the name."""
    phrase = parse.phrases[k]
    return " ".join(w.norm for w in parse.words[phrase.start:phrase.start + 2]) in grammar.honorifics


def _titled(grammar: Grammar, parse: Parse, k: int) -> bool:
    """An office or a title, or one person told by what he is («رجل الدين»)."""
    head = parse.head(k)
    definite = any(w.definite for w in parse.words[parse.phrases[k].start:parse.phrases[k].end])
    return head.lemma in grammar.titles or (
        grammar.sort_of(head) == "Person" and head.feats.get("Number") == "Sing" and definite)


def _named(parse: Parse, k: int) -> bool:
    phrase = parse.phrases[k]
    return any(w.ent == "PERSON" for w in parse.words[phrase.start:phrase.end])
