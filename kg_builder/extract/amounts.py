"""Amounts and counts: the values that the annotation found, cut as events want them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg_builder.extract.candidate import Candidate, head_of
from kg_builder.extract.grammar import Grammar
from kg_builder.extract.parse import Parse
from kg_builder.model import Amount, Filler, Mention, Span

NUMERIC_KINDS = ("money", "percent", "quantity", "number")
BOUNDS = frozenset({"about", "atLeast", "atMost"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One amount in the words `start:end`; `part` tells which end of a range it is ("from", "to") or ""."""

    start: int
    end: int
    amount: Amount
    part: str
    span: Span


def pieces(parse: Parse, mentions: Sequence[Mention], grammar: Grammar) -> list[Piece]:
    """Every amount of the sentence, the two ends of a range apart, the second currency in brackets with its first.

    A number after «من» or «إلى» that leaves its unit out has that of the amount after the other.
    """
    found: list[Piece] = []
    for mention in mentions:
        if mention.kind not in NUMERIC_KINDS:
            continue
        inside = [w.i for w in parse.words if w.start >= mention.span.start and w.end <= mention.span.end]
        for amount, part in _amounts(mention) if inside else ():
            start = _last_number(parse, inside) if part == "to" else inside[0]
            found.append(Piece(start, inside[-1] + 1, amount, part, mention.span))
    return _with_units(parse, list(_with_equivalents(parse, found)), grammar)


def _with_units(parse: Parse, found: list[Piece], grammar: Grammar) -> list[Piece]:
    ends = [(_end_told(parse, piece, grammar), piece) for piece in found]
    return [_completed(piece, [p for side, p in ends if side and end and side != end]) for end, piece in ends]


def _end_told(parse: Parse, piece: Piece, grammar: Grammar) -> str:
    """Which end of a change the preposition before an amount says: "from", "to" or ""."""
    k = parse.at[piece.start]
    prep = parse.phrases[k].prep if k >= 0 and not piece.part else ""
    return next((use for use in ("from", "goal") if prep and prep in grammar.uses(use)), "")


def _completed(piece: Piece, others: Sequence[Piece]) -> Piece:
    """The amount with the unit of the nearest of the others, where it has none."""
    amount, told = piece.amount, [p for p in others if p.amount.currency or p.amount.unit]
    if amount.currency or amount.unit or not told:
        return piece
    twin = min(told, key=lambda p: abs(p.start - piece.start)).amount
    return replace(piece, amount=replace(amount, currency=twin.currency, unit=twin.unit, per=amount.per or twin.per))


def _last_number(parse: Parse, inside: Sequence[int]) -> int:
    """Where the second end of a range begins."""
    numbers = [i for i in inside if parse.words[i].numeral]
    return numbers[-1] if numbers else inside[0]


def _amounts(mention: Mention) -> Iterator[tuple[Amount, str]]:
    value = mention.value
    unit = {"percent": "percent"}.get(mention.kind) or _text(value.get("unit"))
    currency, per = _text(value.get("currency")), _text(value.get("per"))
    for key, part in (("value", ""), ("from", "from"), ("to", "to")):
        if key in value:
            yield Amount(Decimal(str(value[key])), currency, unit, per), part


def _text(value: object) -> str | None:
    return str(value) if value is not None else None


def _with_equivalents(parse: Parse, found: list[Piece]) -> Iterator[Piece]:
    """An amount in brackets says the one before in another currency: it takes that one's part and unit price."""
    earlier: list[Piece] = []
    for piece in found:
        if earlier and _bracketed(parse, piece):
            order = sum(1 for _ in _same_bracket(parse, found, piece)) if not piece.part else piece.part == "to"
            yield _equivalent(piece, [p for p in earlier if p.part] or earlier[-1:], order)
            continue
        earlier = [p for p in earlier if p.span == piece.span] + [piece] if piece.part else [piece]
        yield piece


def _bracketed(parse: Parse, piece: Piece) -> bool:
    before = [w.norm for w in parse.words[:piece.start]]
    return before.count("(") > before.count(")")


def _equivalent(piece: Piece, group: Sequence[Piece], order: int) -> Piece:
    """The amount of `piece` in the place of the one of the group that it says again."""
    twin = group[min(order, len(group) - 1)]
    amount = Amount(piece.amount.value, piece.amount.currency, piece.amount.unit, piece.amount.per or twin.amount.per)
    return Piece(twin.start, twin.end, amount, twin.part, piece.span)


def _same_bracket(parse: Parse, found: list[Piece], piece: Piece) -> Iterator[Piece]:
    """The pieces before `piece` inside its bracket."""
    opening = max((w.i for w in parse.words[:piece.start] if w.norm == "("), default=0)
    return (p for p in found if opening < p.start < piece.start)


def count_of(parse: Parse, candidate: Candidate, mentions: Sequence[Mention], role: str) -> Filler | None:
    """The number of people that a phrase counts: a numeral in it, or a dual."""
    span = Span(*parse.text(candidate.start, candidate.end))
    for mention in mentions:
        if mention.kind == "number" and mention.span.start < span.end and span.start < mention.span.end:
            value = mention.value.get("value")
            if isinstance(value, (int, float)) and value == int(value):
                return Filler(role, int(value), mention.span, "count", _bound(mention.value))
            return None
    head = parse.words[head_of(parse, candidate)]
    if head.feats.get("Number") == "Dual":
        return Filler(role, 2, Span(head.start, head.end), "dual")
    return None


def _bound(value: Mapping[str, object]) -> str | None:
    bound = value.get("bound")
    return str(bound) if bound in BOUNDS else None
