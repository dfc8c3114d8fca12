"""A report as it stands in the text: whether its trigger refers back, or says that it is another one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg_builder.model import Report
from kg_builder.resolve.profile import Profile
from kg_builder.resolve.words import Words, is_definite, split, stem

_TO_COME = "Planned"
_PARTICIPLE = "الم"  # behind a definite noun an adjective: "the shares that fell" refer to no fall
_BEHIND = re.compile(r"(?P<rest>\w*)[\s\"«»“”]*(?P<words>(?:\w+\s*){0,2})")
_BEFORE = re.compile(r"(\w+)[\s\"«»“”]*\w?$")


@dataclass(frozen=True, slots=True)
class Telling:
    """One report: what it says, its trigger's words, and what stands around them.

    `refers`: the trigger is a noun with article, possessive pronoun or demonstrative. `another`: a word by it says
    that it is not the one told before.
    """

    report: Report
    profile: Profile
    lexemes: frozenset[str]
    refers: bool
    another: bool

    @classmethod
    def of(cls, text: str, report: Report, words: Words) -> Telling:
        """Looks at the trigger of a report in its text."""
        span = report.trigger
        trigger = split(text[span.start : span.end])
        before, behind = _BEFORE.search(text[max(0, span.start - 24) : span.start]), _BEHIND.match(text, span.end)
        around = {*split(before.group() if before else ""), *split(behind.group("words") if behind else "")}
        another = bool(around & (words.another if report.factuality == _TO_COME else words.another | words.coming))
        definite = any(map(is_definite, trigger[:1])) or bool(behind and behind.group("rest"))
        if before and trigger and trigger[0].startswith(_PARTICIPLE):
            definite = definite and not any(is_definite(w) or is_definite(w[1:]) for w in split(before.group(1)))
        pointed = bool(before and words.demonstratives.intersection(split(before.group(1))))
        lexemes = frozenset({*map(stem, trigger), *map(stem, split(report.rule.partition(":")[2]))})
        refers = "/verb:" not in report.rule and (definite or pointed) and not another
        return cls(report, Profile.of(report, lexemes), lexemes, refers, another)

    @property
    def is_bare(self) -> bool:
        """Whether it says nothing but that something happened."""
        return self.profile.is_mere and not self.profile.entities
