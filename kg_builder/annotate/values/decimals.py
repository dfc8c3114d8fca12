"""Which mark a document puts before its decimals, where a figure alone does not tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg_builder.annotate.values.cell import Token

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
