"""The user's own word on what is one and what is not: lists of pairs, one a line, with a tab between.

Each side is a name as the texts write it, the IRI of an entity, or a report (its IRI or what follows `report/`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg_builder.errors import OptionError
from kg_builder.graph.spelling import name_key

_REPORT = re.compile(r"[^/\s]+/[A-Z]\w*-\d+-\d+(-\d+)?$")
Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Listed:
    """Pairs of one list, each side in the form it is compared in, the sides of a pair in order: names by their key,
    entities by IRI, reports by what follows `report/`."""

    entities: Pairs = frozenset()
    reports: Pairs = frozenset()


@dataclass(frozen=True, slots=True)
class Lists:
    """What must never be one, and what is one."""

    apart: Listed = field(default_factory=Listed)
    same: Listed = field(default_factory=Listed)


def read_lists(must_not_merge: Path | None, same_as: Path | None) -> Lists:
    """The lists of two files. Raises OptionError, naming the line, for what is no pair, or stands in both lists."""
    lists = Lists(_listed(must_not_merge), _listed(same_as))
    both = (lists.apart.entities & lists.same.entities) | (lists.apart.reports & lists.same.reports)
    if both:
        pair = " and ".join(min(both))
        raise OptionError(f"{must_not_merge}: {pair} are in {same_as} too; take one of them out")
    return lists


def _listed(path: Path | None) -> Listed:
    found: dict[bool, set[tuple[str, str]]] = {True: set(), False: set()}
    for place, line in _lines(path) if path else ():
        sides = [side.strip() for side in line.split("\t")]
        if len(sides) != 2 or not all(sides):
            raise OptionError(f"{place}: not two names with a tab between: {line.strip()}")
        kinds = [_is_report(side) for side in sides]
        if kinds[0] != kinds[1]:
            raise OptionError(f"{place}: a report on one side only; both are reports, or both names or entities")
        left, right = sorted(_report(side) if kinds[0] else _entity(side) for side in sides)
        if left == right:
            raise OptionError(f"{place}: both sides are the same: {line.strip()}")
        found[kinds[0]].add((left, right))
    return Listed(frozenset(found[False]), frozenset(found[True]))


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """Lines with their places, without comments and empty lines."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise OptionError(f"{path}: not UTF-8: byte {error.start}") from error
    except OSError as error:
        raise OptionError(f"{path}: {'no such file' if not path.exists() else error.strerror}") from error
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield f"{path}:{number}", line


def _is_report(side: str) -> bool:
    return "/report/" in side or bool(_REPORT.match(side))


def _report(side: str) -> str:
    return side.rpartition("/report/")[2]


def _entity(side: str) -> str:
    return side if "://" in side else name_key(side)
