"""What two reports of one type are compared by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from kg_builder.model import Amount, Entity, EventTime, FillerValue, Report
from kg_builder.resolve.words import split, stem

TOKENS = frozenset({"direction"})


@dataclass(slots=True)
class Profile:
    """The fillers of a report by role: entities by label, amounts, counts, and words but for those of its trigger."""

    entities: dict[str, dict[str, Entity]] = field(default_factory=lambda: defaultdict(dict))
    amounts: dict[str, set[Amount]] = field(default_factory=lambda: defaultdict(set))
    plain: dict[str, set[FillerValue]] = field(default_factory=lambda: defaultdict(set))
    words: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    time: EventTime = field(default_factory=EventTime)

    @classmethod
    def of(cls, report: Report, trigger: AbstractSet[str] = frozenset()) -> Profile:
        """The profile of a report whose entities are resolved: one entity, one label. Those whom the trigger itself
        names ("the dead") are told of by no word of their own."""
        profile = cls(time=report.time)
        for filler in report.fillers:
            value, role = filler.value, filler.role
            if isinstance(value, Entity):
                if value.generic and set(map(stem, split(value.label))) <= trigger:
                    continue
                profile.entities[role][value.label] = value
            elif isinstance(value, Amount):
                profile.amounts[role].add(value)
            elif isinstance(value, int) or role in TOKENS:
                profile.plain[role].add(value)
            elif words := set(map(stem, split(value))) - trigger:
                profile.words[role] |= words
        return profile

    def named(self, role: str) -> set[str]:
        """Those in a role who are called by a name."""
        return {label for label, entity in self.entities.get(role, {}).items() if not entity.generic}

    @property
    def is_mere(self) -> bool:
        """Whether it says no amounts, no words of its own, no counts and no time: at most who and where."""
        return not (self.amounts or self.words or self.plain or self.time.begin or self.time.end)
