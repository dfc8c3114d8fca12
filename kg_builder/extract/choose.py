"""Which candidates fill which roles, which time is the event's: the best reading that the ranker allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg_builder.extract.candidate import TEXT_RANGES, Candidate
from kg_builder.extract.parse import Parse
from kg_builder.extract.rank import Ranker
from kg_builder.extract.rivals import filler_values
from kg_builder.extract.times import Timed

FILL, FILL_DIRECT, WORDS, PLACE, SOURCE, TIME = 0.5, 0.35, 0.25, 0.35, 0.35, 0.18
LABEL = 0.5
ACTUAL, CAUTION = "Actual", 0.8
"""A plan told as a fact does more harm than a fact told as a plan: what is said to have happened must be likelier."""
WEAK_SLOTS = ("near:", "other-genitive", "context", "mate", "other-voice", "governor", "free", "shared", "say-after")
Featured = tuple[Candidate, list[str]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A candidate that fills its role, with its score."""

    candidate: Candidate
    score: float


def choose(
    ranker: Ranker, parse: Parse, candidates: Sequence[Featured], ranges: Mapping[str, str]
) -> list[Chosen]:
    """The fillers of a match: per role the candidates above the threshold, each phrase in one role only."""
    scored = weigh(ranker, parse, candidates)
    kept = sorted((s for s in scored if s.score >= _threshold(s.candidate, ranges)), key=lambda s: -s.score)
    taken: dict[str, list[Chosen]] = defaultdict(list)
    used: list[Chosen] = []
    for chosen in kept:
        if _fits(parse, chosen, used, taken[chosen.candidate.role], ranges):
            taken[chosen.candidate.role].append(chosen)
            used.append(chosen)
    return sorted(used, key=lambda s: (s.candidate.role, s.candidate.start))


def _threshold(candidate: Candidate, ranges: Mapping[str, str]) -> float:
    """How likely a filler must be; words of their own share their likelihood with the other lengths they may have."""
    if ranges.get(candidate.role) in TEXT_RANGES:
        return WORDS
    direct = FILL_DIRECT if not candidate.slot.startswith(WEAK_SLOTS) else FILL
    return {"place": PLACE, "attributedTo": SOURCE}.get(candidate.role, direct)


def model_of(candidate: Candidate) -> str:
    """The ranker's model for a candidate of this role."""
    return {"place": "place", "attributedTo": "source"}.get(candidate.role, "fill")


def weigh(ranker: Ranker, parse: Parse, candidates: Sequence[Featured]) -> list[Chosen]:
    """Every candidate with its probability, at the second look; by its slot alone where nothing was learnt."""
    if any(model_of(c) not in ranker for c, _ in candidates):
        return [Chosen(c, 0.3 if c.slot.startswith(WEAK_SLOTS) else 0.9 - 0.01 * min(c.far, 30)) for c, _ in candidates]
    scored = first_look(ranker, candidates)
    return [Chosen(c, ranker.again(model_of(c), odds, filler_values(n, scored, parse.phrases)))
            for n, (c, odds) in enumerate(scored)]


def first_look(ranker: Ranker, candidates: Sequence[Featured]) -> list[tuple[Candidate, float]]:
    """The candidates with the log-odds of each taken alone."""
    return [(c, ranker.odds(model_of(c), features)) for c, features in candidates]


def _fits(
    parse: Parse, chosen: Chosen, used: Sequence[Chosen], same_role: Sequence[Chosen], ranges: Mapping[str, str]
) -> bool:
    candidate = chosen.candidate
    if any(_overlap(candidate, other.candidate) and other.candidate.role != "attributedTo"
           and candidate.role != "attributedTo" and not _both(candidate, other.candidate, ranges) for other in used):
        return False
    if candidate.role == "place":
        return all(_joined(parse, o.candidate, candidate) for o in same_role)
    if ranges.get(candidate.role) in TEXT_RANGES:
        return not same_role
    if candidate.role == "attributedTo":
        return all(_same_place(o.candidate, candidate) and o.candidate.far == candidate.far for o in same_role)
    return all(_same_place(other.candidate, candidate) for other in same_role) or len(same_role) < 2


def _joined(parse: Parse, one: Candidate, other: Candidate) -> bool:
    """Whether two phrases are coordinated («في تعز ومأرب»): an event may have both for its place."""
    return one.phrase != other.phrase and parse.phrases[one.phrase].first == parse.phrases[other.phrase].first


def _same_place(one: Candidate, other: Candidate) -> bool:
    """Whether two fillers of a role stand in one slot, so that they are coordinated."""
    return one.slot.split("~")[0] == other.slot.split("~")[0]


def _both(one: Candidate, other: Candidate, ranges: Mapping[str, str]) -> bool:
    """Amounts may stand in one phrase («من 60 إلى 120»); a text may hold the phrase of another role."""
    kinds = {ranges.get(one.role), ranges.get(other.role)}
    return one.role != other.role and (kinds == {"Amount"} or bool(kinds & TEXT_RANGES and kinds - TEXT_RANGES))


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.start < other.end and other.start < one.end


def choose_time(ranker: Ranker, timed: Sequence[tuple[Timed, list[str]]]) -> Timed | None:
    """The time most likely the event's, or None."""
    if not timed:
        return None
    if "time" not in ranker:
        near = [t for t, features in timed if {"in-frame", "in-phrase", "in-governor"} & set(features)]
        return near[0] if near else None
    score, best = max(((ranker.score("time", features), -n) for n, (_, features) in enumerate(timed)))
    return timed[-best][0] if score >= TIME else None


def decide(ranker: Ranker, family: str, features: Sequence[str]) -> str | None:
    """The label that the ranker prefers in a family, or None when it has none or prefers nothing."""
    scores = ranker.scores(family, features)
    if family == "factuality" and ACTUAL in scores:
        scores[ACTUAL] *= CAUTION
    if not scores:
        return None
    probability, label = max((score, label) for label, score in scores.items())
    return label if probability >= LABEL or family == "factuality" else None
