"""Ordinals: first, twenty-first, the hundred and fifth."""

from __future__ import annotations

from collections.abc import Sequence

from kg_builder.annotate.values.cell import Cell
from kg_builder.annotate.values.numerals import Numeral, bare, joined


def ordinal(cells: Sequence[Cell], p: int) -> Numeral | None:
    """The ordinal that begins at cell `p`: first, twenty-first, eleventh, the hundred and fifth."""
    cell = cells[p]
    sense, nxt = cell.sense, cells[p + 1]
    if sense.role == "hundred" and cell.article:
        tail = ordinal(cells, p + 1) if nxt.conj and nxt.article else None
        return Numeral((sense.number or 0) + tail.value, tail.end) if tail else Numeral(sense.number or 0, p + 1)
    if sense.ordinal == 1 and not cell.article and cell.norm.endswith("ي"):
        return None  # "preliminary"
    if sense.ordinal is None and not (cell.article and sense.role in ("tens", "one", "unit")):
        return None
    value = sense.ordinal or sense.number or 0
    if nxt.sense.role == "ten" and bare(nxt) and not nxt.article and (sense.ordinal or sense.role == "one"):
        return Numeral(10 + value, p + 2)
    if cell.article and nxt.sense.role == "tens" and joined(nxt) and nxt.article and value < 10:
        return _and_hundred(cells, Numeral(value + (nxt.sense.number or 0), p + 2))
    if sense.ordinal or sense.role == "tens":
        return _and_hundred(cells, Numeral(value, p + 1)) if cell.article else Numeral(value, p + 1)
    return None


def _and_hundred(cells: Sequence[Cell], n: Numeral) -> Numeral:
    """The forty-eighth after the hundredth: "the eighth and fortieth and hundred"."""
    nxt = cells[n.end]
    if not (nxt.sense.role == "hundred" and nxt.article and joined(nxt)):
        return n
    return Numeral(n.value + (nxt.sense.number or 0), n.end + 1)
