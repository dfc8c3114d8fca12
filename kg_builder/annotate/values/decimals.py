"""Which mark stands before decimals, where a figure alone does not tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg_builder.annotate.values.cell import Cell, Token

_COMMA = re.compile(r"(?<![\d.,])\d+,(?:\d{1,2}|\d{4,})(?![\d,])")
_POINT = re.compile(r"(?<![\d.,])\d+\.\d+(?![\d.])")


class Decimals:
    """Answers whether the comma stands before the decimals of a document («0,98», «1,1075»); reads it when asked."""

    def __init__(self, raws: Sequence[Token]) -> None:
        self._raws = raws
        self._comma: bool | None = None

    def with_comma(self) -> bool:
        """Whether some figure has a comma that can part no thousands, and none has a point."""
        if self._comma is None:
            text = _text(self._raws)
            self._comma = bool(_COMMA.search(text)) and not _POINT.search(text)
        return self._comma


def _text(raws: Sequence[Token]) -> str:
    parts, end = [], 0
    for raw in raws:
        parts += [" " * (raw.start > end), raw.norm]
        end = raw.end
    return "".join(parts)


def decimal_comma(cells: Sequence[Cell], p: int) -> bool:
    """A comma without spaces before one or two digits that a multiplier or unit follows: 102,5 million."""
    comma, tail, unit = cells[p + 1], cells[p + 2], cells[p + 3].sense
    whole, part = cells[p].sense.digits or "", tail.sense.digits or ""
    if comma.sense.link != "comma" or not (comma.glued and tail.glued and whole.isdigit() and part.isdigit()):
        return False
    counted = unit.noun or unit.measure or unit.link == "percent" or unit.role in ("scale", "scales")
    return len(part) < 3 and bool(counted)
