"""What people decided about names: `links.tsv`, which overrules every score.

Three columns, no header: the name; words that its document must hold (empty: any document); a QID, or NIL where
Wikidata does not know whom the name means. A line without columns that begins with # is a comment.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg_builder.errors import InputError
from kg_builder.normalise import clean, name_key

NIL = "NIL"
_QID = re.compile(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/|wd:)?(Q[1-9]\d*)$")


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """A name, in documents that hold the words of `context`, is the entity of the QID; of None: of no entity."""

    name: str
    context: str
    qid: str | None


def parse_choice(text: str) -> str | None:
    """The QID of a cell, None for NIL. Raises ValueError for anything else."""
    if text.strip().upper() == NIL:
        return None
    if found := _QID.match(text.strip()):
        return found[1]
    raise ValueError(f"{text.strip()!r} is neither a QID (Q232) nor {NIL}")


def read(path: Path) -> list[Decision]:
    """The decisions of a file. Raises InputError that names the file and the line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"not UTF-8: {error.reason}") from error
    told = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not _is_comment(line)]
    return [_decision(f"{path}:{number}", line) for number, line in told]


def _is_comment(line: str) -> bool:
    return line.startswith("#") and "\t" not in line


def _decision(place: str, line: str) -> Decision:
    cells = line.split("\t")
    if len(cells) != 3 or not cells[0].strip():
        raise InputError(place, "three columns are wanted: a name, words of its document or nothing, a QID or NIL")
    try:
        return Decision(_line(cells[0]), _line(cells[1]), parse_choice(cells[2]))
    except ValueError as error:
        raise InputError(place, str(error)) from error


def written(decisions: Iterable[Decision]) -> str:
    """The text of the file, in an order of its own, each decision once."""
    ordered = sorted({(d.name, d.context, d.qid or NIL) for d in decisions})
    return "".join("\t".join(map(_line, cells)) + "\n" for cells in ordered)


def _line(text: str) -> str:
    return " ".join(text.split())


class Decisions:
    """Finds the decision that holds for a name in a text: the one with the longest context."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._by_name: dict[str, list[tuple[str, Decision]]] = defaultdict(list)
        for decision in sorted(decisions, key=lambda d: (-len(d.context), d.context, d.qid or "")):
            self._by_name[name_key(decision.name)].append((clean(decision.context), decision))

    def decided(self, name: str, text: str) -> Decision | None:
        """The decision for a name in a document of this text, None where people said nothing."""
        known = self._by_name.get(name_key(name))
        if not known:
            return None
        words = _line(clean(text))
        return next((decision for context, decision in known if context in words), None)
