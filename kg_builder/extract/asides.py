"""Candidates behind an aside: «ودعا المدير، في بيان نشرته الصحيفة، إلى الحوار», «قرر المجلس، وفق وكالة، خفض الرسوم»."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg_builder.extract.candidate import TEXT_RANGES, Candidate, Ranges
from kg_builder.extract.match import Match
from kg_builder.extract.parse import COMMAS, HARD, Parse
from kg_builder.extract.texts import MAX_TEXT, Texts

WITHIN = MAX_TEXT * 2


def behind_asides(
    parse: Parse, match: Match, ranges: Ranges, texts: Texts, told: Collection[str]
) -> Iterator[Candidate]:
    """What a verb is still to say right after a comma, for the roles in words that are not `told` yet."""
    if match.frame is None:
        return
    slots, wanted = match.construction.slots, set[str]()
    for k in _after_commas(parse, match.i):
        slot = _slot(parse, k)
        role = slots.get(slot) or (slots.get("second") if not parse.phrases[k].prep and parse.head(k).masdar else None)
        if role is None or role in told or role in wanted or ranges.get(role) not in TEXT_RANGES:
            continue
        wanted.add(role)
        yield texts.candidate(parse, role, parse.phrases[k].start, len(parse.words), f"aside-{slot}", k)


def _slot(parse: Parse, k: int) -> str:
    prep = parse.phrases[k].prep
    return f"prep:{prep}" if prep else "object"


def _after_commas(parse: Parse, i: int) -> Iterator[int]:
    """The phrases after word `i` that begin right behind a comma, up to a stop and not far."""
    last = next((w.i for w in parse.words[i:i + WITHIN] if w.norm in HARD), i + WITHIN)
    for k, phrase in enumerate(parse.phrases):
        if phrase.begin > last:
            return
        if phrase.begin > i + 1 and phrase.first == k and not phrase.pron:
            before = parse.words[phrase.begin - 1]
            if before.norm in COMMAS:
                yield k
