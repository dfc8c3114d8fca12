"""Which event of a sentence the text gives as the cause of which: «… على وقع ارتفاع الأسعار», «إثر مقتل …»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg_builder.extract.match import Match
from kg_builder.extract.parse import Parse


def causes(parse: Parse, matches: Sequence[Match], functions: Mapping[str, str]) -> dict[int, int]:
    """From the index of an event to that of its cause, among the matches of a sentence.

    The cause stands behind a preposition of cause; what it causes is the nearest event before it that is no cause
    itself, or, where the sentence opens with the cause, the first event after it.
    """
    behind = {n for n, match in enumerate(matches) if _is_cause(parse, match, functions)
              and not any(parse.at[m.i] == parse.at[match.i] for m in matches[:n] if m.i != match.i)}
    found: dict[int, int] = {}
    for n in sorted(behind):
        effect = _effect(matches, n, behind)
        if effect is not None:
            found.setdefault(effect, n)
    return found


def _is_cause(parse: Parse, match: Match, functions: Mapping[str, str]) -> bool:
    k = parse.at[match.i]
    return k >= 0 and functions.get(parse.phrases[k].prep) == "cause" and match.form in {"noun", "masdar"}


def _effect(matches: Sequence[Match], cause: int, behind: set[int]) -> int | None:
    others = [n for n in range(len(matches)) if n not in behind and matches[n].i != matches[cause].i]
    before = [n for n in others if matches[n].i < matches[cause].i]
    after = [n for n in others if matches[n].i > matches[cause].i]
    return before[-1] if before else after[0] if after else None
