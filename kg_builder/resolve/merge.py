"""Reports of one happening told in several places of a document, put together. Apart when unsure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg_builder.model import Amount, Entity, EventTime, Filler, FillerValue, Report
from kg_builder.resolve.words import is_definite, split, stem

_NOT_PARTICIPANTS = frozenset({"place", "attributedTo"})
_TOKENS = frozenset({"direction"})
_MANY = 2


@dataclass(slots=True)
class Profile:
    """What two reports are compared by: entities, amounts, counts and words, each by role."""

    entities: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    amounts: dict[str, set[Amount]] = field(default_factory=lambda: defaultdict(set))
    plain: dict[str, set[FillerValue]] = field(default_factory=lambda: defaultdict(set))
    words: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, report: Report) -> Profile:
        """The profile of a report whose entities are resolved: one entity, one label."""
        profile = cls()
        for filler in report.fillers:
            value, role = filler.value, filler.role
            if isinstance(value, Entity):
                profile.entities[role].add(value.label)
            elif isinstance(value, Amount):
                profile.amounts[role].add(value)
            elif isinstance(value, int) or role in _TOKENS:
                profile.plain[role].add(value)
            else:
                profile.words[role].update(map(stem, split(value)))
        return profile

    @property
    def participants(self) -> dict[str, set[str]]:
        """The entities by role, places and sources left out."""
        return {role: labels for role, labels in self.entities.items() if role not in _NOT_PARTICIPANTS}

    def agrees(self, other: Profile) -> bool:
        """Whether no role of one is filled so that the other contradicts it."""
        return (
            not _clash(self.amounts, other.amounts)
            and not _clash(self.plain, other.plain)
            and _nested(self.entities, other.entities)
            and all(_alike(self.words[role], other.words[role]) for role in self.words.keys() & other.words.keys())
        )


def merge(text: str, reports: Sequence[Report]) -> tuple[list[Report], list[int]]:
    """One report for one happening, in text order; and for every report given, its index in the result."""
    merged: list[Report] = []
    profiles: list[Profile] = []
    where = [0] * len(reports)
    for index in sorted(range(len(reports)), key=lambda i: (reports[i].trigger, i)):
        report, profile = reports[index], Profile.of(reports[index])
        target = _target(text, merged, profiles, report, profile)
        if target is None:
            target = len(merged)
            merged.append(report)
            profiles.append(profile)
        else:
            merged[target] = _join(merged[target], report)
            profiles[target] = Profile.of(merged[target])
        where[index] = target
    return merged, where


def _target(text: str, merged: list[Report], profiles: list[Profile], report: Report, profile: Profile) -> int | None:
    """The nearest earlier report of the same happening; for one that adds nothing, the only one it can mean."""
    alike = [
        i
        for i, other in enumerate(merged)
        if other.type == report.type and _compatible(other, report) and profiles[i].agrees(profile)
    ]
    if close := [i for i in alike if _shares_enough(profiles[i], profile, merged[i], report)]:
        return close[-1]
    if within := [i for i in alike if _adds_nothing(profiles[i], profile, merged[i], report)]:
        same_word = [i for i in within if _trigger(text, merged[i]) == _trigger(text, report)]
        return (same_word or within)[-1] if same_word or len(within) == 1 else None
    if len(alike) == 1 and _is_back_reference(text, report, profile) and _is_only(merged, report):
        return alike[0]
    return None


def _trigger(text: str, report: Report) -> tuple[str, ...]:
    return tuple(map(stem, split(text[report.trigger.start : report.trigger.end])))


def _is_only(merged: list[Report], report: Report) -> bool:
    return sum(other.type == report.type for other in merged) == 1


def _is_back_reference(text: str, report: Report, profile: Profile) -> bool:
    """A definite noun that says nothing new: no participants, no amounts, no words of its own, no time."""
    trigger = split(text[report.trigger.start : report.trigger.end])
    empty = not (profile.participants or profile.amounts or profile.words)
    return empty and report.time.begin is None and bool(trigger) and is_definite(trigger[0].lstrip("وفبك"))


def _adds_nothing(x: Profile, y: Profile, a: Report, b: Report) -> bool:
    """Whether one of two reports only names whom and where the other names in the same roles."""
    return _is_within(y, x, b) or _is_within(x, y, a)


def _is_within(small: Profile, large: Profile, report: Report) -> bool:
    mere = not (small.amounts or small.words or small.plain or report.time.begin)
    named = small.entities
    return mere and bool(named) and all(labels <= large.entities.get(role, set()) for role, labels in named.items())


def _compatible(a: Report, b: Report) -> bool:
    """Neither mood nor time of one contradicts the other."""
    return _same_mood(a, b) and _same_time(a.time, b.time)


def _same_mood(a: Report, b: Report) -> bool:
    same = a.factuality == b.factuality or {a.factuality, b.factuality} == {"Actual", "Claimed"}
    return same and (a.status == b.status or a.status is None or b.status is None)


def _same_time(a: EventTime, b: EventTime) -> bool:
    for x, y in ((a.begin, b.begin), (a.end, b.end)):
        if x and y and not (x.startswith(y) or y.startswith(x)):
            return False
    return True


def _clash(
    x: dict[str, set[Amount]] | dict[str, set[FillerValue]], y: dict[str, set[Amount]] | dict[str, set[FillerValue]]
) -> bool:
    return any(not (set(x[role]) & set(y[role])) for role in x.keys() & y.keys())


def _nested(x: dict[str, set[str]], y: dict[str, set[str]]) -> bool:
    """In every role that both fill, one names all that the other names."""
    return all(x[role] <= y[role] or y[role] <= x[role] for role in x.keys() & y.keys())


def _alike(x: set[str], y: set[str]) -> bool:
    return 2 * len(x & y) >= min(len(x), len(y)) and bool(x & y)


def _shares_enough(x: Profile, y: Profile, a: Report, b: Report) -> bool:
    """At least two things in common, one of them a participant, an amount or the words of a role."""
    people = sum(len(x.entities[r] & y.entities[r]) for r in x.participants.keys() & y.participants.keys())
    amounts = sum(len(x.amounts[r] & y.amounts[r]) for r in x.amounts.keys() & y.amounts.keys())
    words = sum(1 for r in x.words.keys() & y.words.keys() if _alike(x.words[r], y.words[r]))
    places = len(x.entities.get("place", set()) & y.entities.get("place", set()))
    counts = sum(1 for r in x.plain.keys() & y.plain.keys() if r not in _TOKENS)
    dated = int(bool(a.time.begin and b.time.begin))
    return people + amounts + words > 0 and people + amounts + words + places + counts + dated >= _MANY


def _join(a: Report, b: Report) -> Report:
    """The first report with what the second adds."""
    return replace(
        a,
        evidence=tuple(sorted({*a.evidence, *b.evidence})),
        fillers=_fillers(a.fillers, b.fillers),
        time=_time(a.time, b.time),
        factuality="Actual" if "Actual" in (a.factuality, b.factuality) else a.factuality,
        status=a.status or b.status,
        attribution=_fillers(a.attribution, b.attribution, keep_all=True),
        confidence=max(a.confidence, b.confidence),
        cause=a.cause if a.cause is not None else b.cause,
    )


def _fillers(first: tuple[Filler, ...], second: tuple[Filler, ...], keep_all: bool = False) -> tuple[Filler, ...]:
    """The fillers of both: entities and amounts add up, words, counts and places only where the first has none."""
    known = {(f.role, _identity(f.value)) for f in first}
    filled = {f.role for f in first}
    added = [
        f
        for f in second
        if (f.role, _identity(f.value)) not in known
        and (keep_all or f.role not in filled or (isinstance(f.value, Entity | Amount) and f.role != "place"))
    ]
    return (*first, *added)


def _identity(value: FillerValue) -> FillerValue:
    return value.label if isinstance(value, Entity) else value


def _time(a: EventTime, b: EventTime) -> EventTime:
    """The more precise time of the two, end by end."""
    begin, end = (max((x or "", y or ""), key=len) or None for x, y in ((a.begin, b.begin), (a.end, b.end)))
    return EventTime(begin, end, a.span or b.span)
