"""Features of the readings: what a ranker may look at and what `explain` shows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kg_builder.extract.candidate import Candidate, head_of
from kg_builder.extract.company import filled
from kg_builder.extract.distance import bucket
from kg_builder.extract.factuality import features as level_features
from kg_builder.extract.grammar import SORT_GROUPS, Grammar
from kg_builder.extract.match import Match
from kg_builder.extract.parse import Parse
from kg_builder.extract.scope import Level
from kg_builder.extract.times import Timed
from kg_builder.extract.words import CONTENT, Word

ABOUT = 6
"""How many words on either side of a trigger tell what it is about."""
HEARSAY = ("context", "mate", "near", "free", "source", "say", "unknown", "within", "beside", "title", "event", "opens",
           "outer", "own-", "over-", "antecedent")
"""Slots that tell nothing of whether the trigger is an event."""
INDIRECT = ("context", "mate", "governor", "shared", "other", "near")
"""Slots that count for less where the construction's own slot is filled."""


def trigger_features(
    grammar: Grammar, parse: Parse, match: Match, matches: Sequence[Match], levels: Sequence[Level],
    candidates: Sequence[Candidate],
) -> list[str]:
    """Is this word, under this construction, an event of the sentence?"""
    word, type_, rule = parse.words[match.i], match.type, match.construction.rule
    found = [f"type:{type_}", f"rule:{rule}", f"form:{match.form}", f"{type_}:form:{match.form}",
             f"rule:{rule}:form:{match.form}", f"lemma:{word.lemma}:{type_}", f"pos:{word.pos}"]
    found += [f"companions:{len(match.companions)}", f"{type_}:companions:{len(match.companions)}"]
    neighbours = _neighbours(parse, match.i)
    found += [f"near:{name}" for name in neighbours] + [f"{type_}:near:{name}" for name in neighbours]
    found += [f"{type_}:{mark}" for level in levels[:1] for mark in sorted(level.marks)]
    found += level_features(levels)
    found += _noun_shape(grammar, parse, match)
    found += _rivals(match, matches) + _standpoint(parse, match, matches)
    told = [c for c in candidates if not c.slot.startswith(HEARSAY)]
    roles = {c.role for c in told}
    found += [f"has:{type_}:{role}" for role in sorted(roles)]
    found += [f"slot:{c.role}:{c.slot.split(':')[0]}" for c in told]
    found += [f"{type_}:fills:{c.role}:{_sort(grammar, parse, c)}" for c in told]
    return list(dict.fromkeys(found + list(filled(parse, match, told))))


def _standpoint(parse: Parse, match: Match, matches: Sequence[Match]) -> list[str]:
    """Where in the sentence the trigger stands, and what kinds of words are about it."""
    i, length = match.i, len(parse.words)
    found = [f"length:{min(length // 8, 6)}", f"at:{10 * i // length}", f"matches:{min(len(matches), 8)}",
             f"opens:{i < 2}"]
    about = {w.coarse for w in parse.words[max(0, i - ABOUT) : i + ABOUT + 1] if w.i != i and w.pos in CONTENT}
    return found + [name for c in sorted(about) for name in (f"about:{c}", f"{match.type}:about:{c}")]


def _neighbours(parse: Parse, i: int) -> list[str]:
    def norm(j: int) -> str:
        return parse.words[j].norm if 0 <= j < len(parse.words) else "^"

    def lemma(j: int) -> str:
        return parse.words[j].lemma if 0 <= j < len(parse.words) else "^"

    return [f"-1:{norm(i - 1)}", f"-2:{norm(i - 2)}", f"+1:{lemma(i + 1)}", f"+2:{lemma(i + 2)}",
            f"-1l:{lemma(i - 1)}", f"w:{norm(i)}"]


def _noun_shape(grammar: Grammar, parse: Parse, match: Match) -> list[str]:
    k, word = parse.at[match.i], parse.words[match.i]
    if word.is_verb or k < 0:
        return []
    phrase = parse.phrases[k]
    place = "head" if phrase.head == match.i else "inside"
    found = [f"np:{place}", f"np:prep:{phrase.prep}", f"np:len:{bucket(phrase.end - phrase.start)}",
             f"np:{'def' if word.definite else 'indef'}:{match.type}", f"num:{word.feats.get('Number')}:{match.type}"]
    if place == "inside":
        head = parse.words[phrase.head]
        found += [f"np:headlemma:{head.lemma}", f"np:headsort:{grammar.sort_of(head)}"]
    if word.ent:
        found.append(f"ent:{word.ent}")
    return found


def _rivals(match: Match, matches: Sequence[Match]) -> list[str]:
    same = [m for m in matches if m.type == match.type and m.i != match.i]
    here = sorted(m.type for m in matches if m.i == match.i and m.type != match.type)
    found = [f"also:{match.type}:{other}" for other in here]
    before = sum(m.i < match.i for m in same)
    found += [f"earlier:{bucket(before)}", f"later:{bucket(len(same) - before)}"]
    if any(0 < match.i - m.i <= 3 for m in same):
        found.append("same-type-just-before")
    if any(0 < m.i - match.i <= 3 for m in same):
        found.append("same-type-just-after")
    return found


def candidate_features(
    grammar: Grammar, parse: Parse, match: Match, candidate: Candidate, triggers: Sequence[int],
    direct: Collection[str], gaps: Sequence[str],
) -> list[str]:
    """Does this phrase fill this role of this match? `gaps` are the features of what lies between the two."""
    role, slot, type_ = candidate.role, candidate.slot, match.type
    head = _head(grammar, parse, candidate)
    sort = _sort(grammar, parse, candidate)
    plain = slot.split("~")[0]
    found = [f"role:{role}", f"slot:{slot}", f"{role}:slot:{slot}", f"{type_}:{role}:{plain}", f"{role}:sort:{sort}",
             f"{type_}:{role}:sort:{sort}", f"form:{match.form}:{role}:{plain}", f"far:{bucket(candidate.far)}",
             f"{plain}:far:{bucket(candidate.far)}", f"len:{bucket(candidate.end - candidate.start)}",
             f"rule:{match.construction.rule}:{role}:{plain}", f"{role}:head:{head.lemma}",
             f"headpos:{head.pos}:{head.feats.get('Number')}", f"ent:{head.ent}:{role}",
             f"lemma:{parse.words[match.i].lemma}:{role}:{plain}"]
    found += [f"def:{head.definite}:{role}", f"pron:{head.pos == 'PRON'}"]
    found += [f"{role}:{plain}:sort:{sort}", f"{type_}:{role}:{plain}:sort:{sort}", f"{role}:{plain}:ent:{head.ent}",
              f"{role}:{plain}:coarse:{head.coarse}", f"{role}:{plain}:{head.pos}:{head.definite}"]
    found += gaps
    found += [f"{role}:{tie}" for tie in candidate.ties]
    if role in {"place", "attributedTo"}:
        found += [f"{role}:{gap}" for gap in gaps] + [f"{type_}:{role}"]
    if plain.startswith(INDIRECT):
        found.append(f"direct:{role in direct}:{plain.partition('-')[0]}")
    if slot == "context":
        found += [f"ctx:{role}:{gap}" for gap in gaps] + [f"{role}:{mark}" for mark in _standing(parse, candidate)]
    if candidate.phrase >= 0:
        found += _phrase_features(parse, candidate, triggers)
    return found + _classes(parse, match, candidate, head)


def _classes(parse: Parse, match: Match, candidate: Candidate, head: Word) -> list[str]:
    """The kinds of words that the head, the trigger and the neighbours are."""
    words, role, plain = parse.words, candidate.role, candidate.slot.split("~")[0]
    found = [f"{role}:coarse:{head.coarse}", f"{role}:fine:{head.fine}", f"{match.type}:{role}:coarse:{head.coarse}",
             f"trigger:{words[match.i].fine}:{role}:{plain}"]
    found += [f"before-{d}:{words[candidate.start - d].fine}" for d in (1, 2) if candidate.start >= d]
    if candidate.end < len(words):
        found.append(f"after:{words[candidate.end].fine}:{role}")
    return found


def _standing(parse: Parse, candidate: Candidate) -> list[str]:
    """What the phrase is in its own clause."""
    first = parse.phrases[candidate.phrase].first
    subjects = [f for f in parse.frames.values() if f.subject == first and parse.words[f.i].is_verb]
    found = ["is-subject" if subjects else "no-subject", "is-first" if candidate.phrase == 0 else "not-first"]
    return found + [f"subject-of:{parse.words[f.i].lemma}" for f in subjects[:2]]


def _phrase_features(parse: Parse, candidate: Candidate, triggers: Sequence[int]) -> list[str]:
    phrase = parse.phrases[candidate.phrase]
    found = [f"prep:{phrase.prep}:{candidate.role}"]
    if any(candidate.start <= t < candidate.end for t in triggers):
        found.append(f"holds-trigger:{candidate.role}")
    if phrase.first != candidate.phrase:
        found.append("conjunct")
    after = parse.words[candidate.end].norm if candidate.end < len(parse.words) else "$"
    found.append(f"next:{after}:{candidate.role}")
    return found


def _head(grammar: Grammar, parse: Parse, candidate: Candidate) -> Word:
    """The noun that the phrase is about: what a quantifier counts, where one leads («مئات المعلمين»)."""
    head = head_of(parse, candidate)
    while head + 1 < candidate.end and parse.words[head].lemma in grammar.quantifiers and (
            parse.words[head + 1].pos in {"NOUN", "PROPN"}):
        head += 1
    return parse.words[head]


def _sort(grammar: Grammar, parse: Parse, candidate: Candidate) -> str:
    """What the phrase denotes: the first noun that the lexicon knows says so, never an adjective beside a noun."""
    for i in range(candidate.start, candidate.end):
        counts = parse.words[i].lemma in grammar.quantifiers and i + 1 < candidate.end
        if counts or (parse.words[i].pos == "ADJ" and i > candidate.start):
            continue
        sort = grammar.sort_of(parse.words[i])
        if sort:
            return sort if sort in SORT_GROUPS else f"other:{sort}"
    return "none"


def context_features(
    parse: Parse, match: Match, levels: Sequence[Level], timed: Sequence[Timed], date: str | None, verdict: str
) -> list[str]:
    """What decides factuality and status: the scope, its `verdict` by rule, form, type, words about the trigger."""
    later = [t for t in timed if date and (t.reading.past.begin or "")[:10] > date[:10]]
    found = [f"type:{match.type}", f"form:{match.form}", f"rule:{match.construction.rule}",
             f"rules:{verdict}", f"{match.type}:{parse.words[match.i].lemma}"]
    found += level_features(levels)
    if later:
        near = min(abs(t.start - match.i) for t in later)
        found += ["time:later", f"time:later:{bucket(near)}", f"rules:{verdict}:later"]
    found += [f"{match.type}:rules:{verdict}", f"depth:{len(levels)}"]
    found += [f"near:{name}" for name in _neighbours(parse, match.i)]
    k = parse.at[match.i]
    if k >= 0:
        found += [f"in:{parse.words[i].norm}" for i in range(match.i + 1, parse.phrases[k].end)]
    return found
