"""Cardinals: words, digits and both together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg_builder.annotate.values.cell import Cell
from kg_builder.annotate.values.decimals import decimal_comma


class Numeral(NamedTuple):
    """A number read from a cell on: `end` is the cell after it, `scale` the last multiplier (1 when there is none)."""

    value: float
    end: int
    scale: int = 1
    figure: bool = False
    about: bool = False


def joined(cell: Cell) -> bool:
    """The cell goes on after "and", with nothing else joined to it."""
    return cell.conj and not cell.clitic


def bare(cell: Cell) -> bool:
    """Nothing is joined to the front of the cell but maybe the article."""
    return not cell.conj and not cell.clitic


def _digits(cells: Sequence[Cell], p: int) -> Numeral:
    """Digits, also cut in groups of three by spaces."""
    sense = cells[p].sense
    written, end = sense.digits or "", p + 1
    if decimal_comma(cells, p):
        return Numeral(float(f"{written}.{cells[p + 2].sense.digits}"), p + 3, figure=True)
    if not written.isdigit() or len(written) > 3 or written[0] == "0":
        return Numeral(sense.number or 0.0, end, figure=True)
    while (
        (nxt := cells[end]).sense.role == "digits"
        and len(nxt.sense.digits or "") == 3
        and (nxt.sense.digits or "").isdigit()
        and nxt.start - cells[end - 1].end == 1
        and bare(nxt)
        and not nxt.article
    ):
        written += nxt.sense.digits or ""
        end += 1
    return Numeral(float(written), end, figure=True)


def _below_hundred(cells: Sequence[Cell], p: int, join: bool) -> Numeral | None:
    sense = cells[p].sense
    role, value = sense.role, sense.number or 0.0
    if role in ("ten", "tens", "whole"):
        return Numeral(value, p + 1)
    if role not in ("unit", "one"):
        return None
    nxt = cells[p + 1]
    if value and nxt.sense.role == "ten" and bare(nxt) and not nxt.article:
        return Numeral(10 + value, p + 2)
    if value and join and nxt.sense.role == "tens" and joined(nxt):
        return Numeral(value + (nxt.sense.number or 0), p + 2)
    return Numeral(value, p + 1) if role == "unit" else None


def _below_thousand(cells: Sequence[Cell], p: int, join: bool) -> Numeral | None:
    sense = cells[p].sense
    if sense.role == "digits":
        small: Numeral | None = _digits(cells, p)
    elif sense.role == "hundred":
        small = Numeral(sense.number or 0, p + 1)
    else:
        small = _below_hundred(cells, p, join)
        if small is None:
            return None
    assert small is not None
    value, end = small.value, small.end
    nxt = cells[end]
    hundreds = sense.role == "hundred"
    if nxt.sense.role == "hundred" and nxt.sense.number == 100 and bare(nxt) and not nxt.article and not hundreds:
        value, end, hundreds = value * 100, end + 1, True
    if not hundreds:
        return small
    nxt = cells[end]
    if not nxt.clitic and not nxt.article and (join if nxt.conj else nxt.sense.role != "digits"):
        tail = _digits(cells, end) if nxt.sense.role == "digits" else _below_hundred(cells, end, join)
        if tail is not None and tail.value < 100 and tail.value == int(tail.value):
            return Numeral(value + tail.value, tail.end)
    return Numeral(value, end)


def _group(cells: Sequence[Cell], p: int, join: bool) -> Numeral | None:
    """A number below a thousand with the multipliers after it, or a multiplier alone (a thousand, two million)."""
    sense = cells[p].sense
    if sense.role == "scale":
        value, end, scale, figure = sense.number or 0.0, p + 1, sense.base or 1, False
        if value == scale and cells[p].norm.endswith("ا"):
            value *= 2  # without a number before it the ending is that of the dual, not of the accusative
    elif sense.role in ("few", "scales"):
        return None
    else:
        small = _below_thousand(cells, p, join)
        if small is None:
            return None
        value, end, scale, figure = small.value, small.end, 1, small.figure
    while (nxt := cells[end]).sense.role in ("scale", "scales") and bare(nxt):
        if nxt.sense.number != nxt.sense.base:
            break
        if figure and value >= 1000 and nxt.sense.role == "scales" and nxt.sense.base == 1000:
            return Numeral(value, end + 1, 1000)  # "7000 thousands" says it twice
        value, end, scale = value * (nxt.sense.base or 1), end + 1, nxt.sense.base or 1
        figure = False
    return Numeral(value, end, scale, figure)


def _with_fraction(cells: Sequence[Cell], n: Numeral, last: float) -> Numeral:
    """Adds "and a half", "and three quarters"; reads "five eighths"."""
    nxt = cells[n.end]
    role, sense = nxt.sense.role, nxt.sense
    if role == "fraction" and joined(nxt) and (not nxt.article or (n.scale > 1 and cells[n.end - 1].article)):
        end = n.end + 1
        again = cells[end]
        if again.sense.role in ("scale", "scales") and again.sense.base == n.scale and bare(again):
            end += 1
        return Numeral(n.value + (sense.number or 0) * n.scale, end, n.scale)
    if role == "fractions" and bare(nxt):
        part = last / (sense.divisor or 1)
        whole = n.value - last if last < 10 else 0.0
        value = whole + part if last < 10 else n.value / (sense.divisor or 1)
        return _scaled(cells, Numeral(value, n.end + 1))
    if role == "unit" and joined(nxt) and cells[n.end + 1].sense.role == "fractions":
        divisor = cells[n.end + 1].sense.divisor or 1
        return Numeral(n.value + (sense.number or 0) / divisor * n.scale, n.end + 2, n.scale)
    return n


def _scaled(cells: Sequence[Cell], n: Numeral) -> Numeral:
    """A fraction of a multiplier: half a million, three quarters of the million."""
    nxt = cells[n.end]
    if nxt.sense.role == "scale" and nxt.sense.number == nxt.sense.base and bare(nxt):
        return Numeral(n.value * (nxt.sense.base or 1), n.end + 1, nxt.sense.base or 1)
    return n


def _few(cells: Sequence[Cell], p: int) -> Numeral | None:
    nxt = cells[p + 1]
    if nxt.sense.role in ("scales", "scale", "ten") and bare(nxt):
        if nxt.sense.role != "scales" or nxt.article:
            return None
        size = nxt.sense.base or 1
        return Numeral((cells[p].sense.number or 0) * size, p + 2, size, about=True)
    return Numeral(cells[p].sense.number or 0, p + 1, about=True)


def cardinal(cells: Sequence[Cell], p: int, join: bool = True) -> Numeral | None:
    """The longest number that begins at cell `p`. `join` lets "and" add units to tens ("five and twenty")."""
    sense = cells[p].sense
    role = sense.role
    if role is None:
        return _quotient(cells, p) if sense.pair else None
    if role == "fraction":
        return _fraction(cells, p)
    if role == "few":
        return _few(cells, p)
    if role == "eighth":
        return _eighth(cells, p)
    first = _group(cells, p, join)
    if first is None:
        return None
    if first.scale == 1 and cells[first.end].sense.link == "point":
        first = _pointed(cells, first)
    total, end, scale, figure, _ = first
    value, last = total, _last_addend(total)
    while scale > 1:
        nxt = cells[end]
        if (
            nxt.clitic
            or nxt.article
            or nxt.sense.role in (None, "fraction", "fractions", "few")
            or not (join or not nxt.conj)
        ):
            break
        if not nxt.conj and not (nxt.sense.role == "digits" and cells[end + 1].sense.role == "hundred"):
            break
        more = _group(cells, end, join)
        if more is None or more.value >= scale or more.value != int(more.value):
            break
        value, end, last = value + more.value, more.end, _last_addend(more.value)
        scale = more.scale if more.scale > 1 else 1
        figure = False
    if (
        sense.pair is None
        and figure
        and cells[end].sense.pair
        and not cells[end].conj
        and cells[end].start - cells[end - 1].end == 1
    ):
        above, below = cells[end].sense.pair or (0, 0)
        if 0 < above < below:
            return Numeral(value + above / below, end + 1, figure=True)
    return _with_fraction(cells, Numeral(value, end, first.scale if end == first.end else scale, figure), last)


def _pointed(cells: Sequence[Cell], n: Numeral) -> Numeral:
    """A decimal in words: three point five, two point zero seven million."""
    p, zeros = n.end + 1, 0
    while cells[p].sense.role == "unit" and cells[p].sense.number == 0 and bare(cells[p]):
        p, zeros = p + 1, zeros + 1
    tail = _below_thousand(cells, p, True) if bare(cells[p]) else None
    if tail is None or tail.value != int(tail.value) or n.value != int(n.value):
        return n
    decimals = "0" * zeros + ((cells[p].sense.digits if tail.figure else None) or str(int(tail.value)))
    value, nxt = float(f"{int(n.value)}.{decimals}"), cells[tail.end]
    if nxt.sense.role in ("scale", "scales") and nxt.sense.number == nxt.sense.base and bare(nxt):
        return Numeral(value * (nxt.sense.base or 1), tail.end + 1, nxt.sense.base or 1)
    return Numeral(value, tail.end)


def _last_addend(value: float) -> float:
    for unit in (10, 100, 1000):
        if value % unit:
            return value % unit
    return value


def _quotient(cells: Sequence[Cell], p: int) -> Numeral | None:
    above, below = cells[p].sense.pair or (0, 0)
    return Numeral(above / below, p + 1, figure=True) if below else None


def _fraction(cells: Sequence[Cell], p: int) -> Numeral | None:
    cell, after = cells[p], cells[p + 1]
    if cell.article or after.sense.link == "final" or (after.article and after.sense.ordinal):
        return None
    return _scaled(cells, Numeral(cell.sense.number or 0, p + 1))


def _eighth(cells: Sequence[Cell], p: int) -> Numeral | None:
    """The word for an eighth also means price: it is a part only of what is a whole, as the weight or the people."""
    whole = cells[p + 1].article and cells[p + 1].sense.link == "whole"
    return Numeral(cells[p].sense.number or 0, p + 1) if whole else None
