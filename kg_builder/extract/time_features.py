"""What speaks for a time as that of an event, and what tells how much of the event it is."""

from __future__ import annotations

from collections.abc import Sequence

from kg_builder.extract.distance import between
from kg_builder.extract.grammar import Grammar
from kg_builder.extract.match import Match
from kg_builder.extract.parse import COMMAS, Parse
from kg_builder.extract.scope import Level
from kg_builder.extract.times import Timed

CLOSED = frozenset({"ADP", "CCONJ", "SCONJ", "PUNCT", "PRON", "PART"})
PHASES = frozenset({"phase-start", "phase-end"})
OBJECTS = frozenset({"subject", "object", "genitive"})


def features(
    grammar: Grammar, parse: Parse, timed: Timed, match: Match, levels: Sequence[Level], triggers: Sequence[int],
    others: Sequence[Timed],
) -> list[str]:
    """What speaks for or against a time as that of the match; `others` are all times of the sentence."""
    trigger = match.i
    found = between(grammar, parse, trigger, timed.start, triggers)
    frame = parse.frames.get(trigger)
    over = [parse.frames[level.i] for level in levels if level.i in parse.frames]
    if frame is not None and trigger < timed.start < frame.stop:
        found.append("in-frame")
    if any(f.i < timed.start < f.stop for f in over[:1]):
        found.append("in-governor")
    k = parse.at[trigger]
    if k >= 0 and parse.phrases[k].start <= timed.start < parse.phrases[k].end:
        found.append("in-phrase")
    nearest = min(triggers, key=lambda t: (abs(t - timed.start), t))
    if nearest == trigger:
        found += ["nearest", f"nearest:{found[0]}", f"nearest:{found[1]}"]
    if trigger == max((t for t in triggers if t < timed.start), default=-1):
        found.append("last-before")
    if any(level.classes & {"say"} for level in levels[1:]):
        found.append("reported")
    found += _rivals(timed, trigger, others) + _standing(parse, timed, trigger)
    told_of = _predicate(grammar, parse, timed, trigger, levels)
    age = _age(timed)
    found += [age, f"{age}|{told_of[0]}", f"{age}|{match.type}", f"{age}|{match.form}:{parse.words[trigger].definite}"]
    return found + told_of + _kind(parse, match, levels, [*told_of[:1], *found[:2]])


def _rivals(timed: Timed, trigger: int, others: Sequence[Timed]) -> list[str]:
    """How many other times there are, and whether one is nearer."""
    far = abs(timed.start - trigger)
    nearer = any(abs(o.start - trigger) < far for o in others if o is not timed)
    return [f"times:{min(len(others), 4)}", f"nearer-time:{nearer}:{timed.start > trigger}"]


def _standing(parse: Parse, timed: Timed, trigger: int) -> list[str]:
    """Where the time stands: what is right before and behind it, whether it is set off by commas."""
    words = parse.words
    before = words[timed.start - 1] if timed.start else None
    after = words[timed.end] if timed.end < len(words) else None
    ends = [w.norm if w is not None and w.pos in CLOSED else w.pos if w is not None else "^" for w in (before, after)]
    found = [f"before:{before.norm if before else '^'}", f"after:{ends[1]}", f"grain:{timed.reading.past.grain}",
             f"pos:{words[trigger].pos}", f"ends:{ends[0]}:{ends[1]}"]
    if before is not None and before.is_verb:
        found.append(f"behind-verb:{before.i == trigger}")
    if all(norm in COMMAS for norm in ends):
        found.append(f"set-off:{timed.start > trigger}")
    return found


def _age(timed: Timed) -> str:
    """How far back the time lies from the day of the text, roughly."""
    said = timed.reading.past.begin or timed.reading.past.end
    if not timed.date or not said:
        return "age:none"
    same = next((n for n in (10, 7, 4) if said[:n] == timed.date[:n] and len(said) >= n), 0)
    return f"age:{same}:{min(len(said), 10)}:{said[:10] > timed.date[:10]}"


def _predicate(
    grammar: Grammar, parse: Parse, timed: Timed, trigger: int, levels: Sequence[Level]
) -> list[str]:
    """What the predicate of the time is to the trigger: itself, one over it, or a stranger."""
    i = _host(parse, timed)
    if i < 0:
        return ["told-of:nothing"]
    over, relation = next(((f"over{d}", level.relation) for d, level in enumerate(levels) if level.i == i),
                          ("stranger", ""))
    classes = grammar.classes_of(parse.words[i])
    kind = "say" if "say" in classes else "light" if "light" in classes else "other"
    found = [f"told-of:{over}:{i < timed.start}", f"told-of:{over}:{kind}", f"told-of:{kind}:{i < trigger}",
             f"told-of:{over}:{relation}"]
    inner = parse.words[min(i, trigger) + 1:max(i, trigger)]
    crossed = [w for w in inner if w.norm in grammar.relatives or w.norm in grammar.complementizers]
    return [*found, f"told-of:{over}:{kind}:crossed:{min(len(crossed), 2)}", f"clause:{parse.frames[i].relative}"]


def _kind(parse: Parse, match: Match, levels: Sequence[Level], tied: Sequence[str]) -> list[str]:
    """What event it is, and each of that with how it is `tied` to the time."""
    word = parse.words[match.i]
    k = parse.at[match.i]
    phrase = parse.phrases[k] if k >= 0 else None
    inside = phrase is not None and phrase.head != match.i
    kinds = [f"type:{match.type}", f"form:{match.form}:{word.definite}", f"prep:{phrase.prep if phrase else '-'}",
             f"inside:{inside}", f"lemma:{word.lemma}", f"fine:{word.fine}",
             f"up:{levels[1].relation if len(levels) > 1 else '-'}"]
    return kinds + [f"{kind}|{tie}" for kind in kinds for tie in tied]


def extent_features(
    grammar: Grammar, parse: Parse, timed: Timed, match: Match, levels: Sequence[Level]
) -> list[str]:
    """What tells whether the time is all of the event's, its beginning or its end."""
    reading, word = timed.reading, parse.words[match.i]
    host = _host(parse, timed)
    phases = sorted(grammar.classes_of(parse.words[host]) & PHASES) if host >= 0 else []
    over = {c for level in levels[1:2] for c in level.classes if level.relation in OBJECTS} & PHASES
    before = parse.words[timed.start - 1].norm if timed.start else "^"
    opener = reading.opener or ("since" if reading.past.end is None else "until" if reading.past.begin is None else "")
    found = [f"type:{match.type}", f"opener:{opener}", f"before:{before}", f"rule:{match.construction.rule}",
             f"lemma:{word.lemma}", f"form:{match.form}", f"opener:{opener}:{match.type}",
             f"grain:{reading.past.grain}", f"last:{timed.last is not None}"]
    found += [f"host:{p}" for p in phases] + [f"host:{p}:{match.type}" for p in phases]
    found += [f"over:{p}" for p in sorted(over)] + [f"over:{p}:{match.type}" for p in sorted(over)]
    found.append(f"host:self:{host == match.i}:{match.type}")
    return found + [f"lemma:{level.lemma}:{level.relation}" for level in levels[1:2]]


def _host(parse: Parse, timed: Timed) -> int:
    """The predicate that the time stands with: the last before it, the first behind when it opens the sentence."""
    before = max((i for i in parse.frames if i < timed.start), default=-1)
    return before if before >= 0 else min((i for i in parse.frames if i >= timed.end), default=-1)
