"""What a person sees: a console, and Arabic in it that keeps its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
WIDE = 20_000  # columns: where nobody watches, no line is cut
LRM, RLM = "\u200e", "\u200f"


@cache
def console() -> Console:
    """Standard output. Without a terminal there is no colour, and no line is cut."""
    import sys

    from rich.console import Console

    plain = not sys.stdout.isatty()
    return Console(highlight=False, width=WIDE if plain else None, emoji=False, markup=False)


def cell(text: str) -> str:
    """Text for a table. A terminal that orders bidirectional text would swap two Arabic cells side by side; marks of
    direction around each keep the columns where they are. Piped text is left as it is.
    """
    if not console().is_terminal or not RIGHT_TO_LEFT.search(text):
        return text
    return f"{LRM}{text}{LRM}"


def running(text: str) -> str:
    """Running Arabic text: a mark before it makes its line go from right to left."""
    return RLM + text if console().is_terminal and RIGHT_TO_LEFT.search(text) else text


def counted(number: int) -> str:
    """As in "1 event", "2 events"."""
    return f"{number} event{'s' * (number != 1)}"


def joined(texts: Iterable[str]) -> str:
    """Texts in a row, with the comma of their script between them."""
    told = list(texts)
    return ("، " if any(map(RIGHT_TO_LEFT.search, told)) else ", ").join(told)


def table(*columns: str) -> Table:
    """A table without frame but for a line under its header."""
    from rich import box
    from rich.table import Table

    found = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        found.add_column(column, overflow="fold")
    return found
