"""What a long command tells on stderr: each failure in a line, and a bar while a person is watching."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from kg_builder.errors import ExitCode, InputError

T = TypeVar("T")


class Tally:
    """Counts what was read and what was left out, and knows the exit code that follows."""

    def __init__(self, read: int = 0) -> None:
        self.read = read
        self.failed = 0

    def fail(self, error: InputError) -> None:
        """Say why a document or file is left out."""
        self.failed += 1
        note(str(error))

    def miss(self, unanswered: int) -> None:
        """Say how many questions about names Wikidata did not answer."""
        if unanswered:
            self.failed += 1
            note(f"{unanswered} questions about names were not answered, so links may be missing")

    def good(self, items: Iterable[T | InputError]) -> Iterator[T]:
        """The items that are no failures; failures are said and counted."""
        for item in items:
            if isinstance(item, InputError):
                self.fail(item)
            else:
                self.read += 1
                yield item

    @property
    def exit_code(self) -> ExitCode:
        """NO_INPUT when nothing could be read, SOME_INPUT_FAILED when something was left out."""
        if not self.read:
            return ExitCode.NO_INPUT
        return ExitCode.SOME_INPUT_FAILED if self.failed else ExitCode.OK


def note(message: str) -> None:
    """One line on stderr."""
    print(f"kg-builder: {' '.join(message.split())}", file=sys.stderr)


def watched(items: Iterable[T], what: str) -> Iterator[T]:
    """The items, with a count and a speed on stderr while a person is watching."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed} {task.description}"),
        TaskProgressColumn(show_speed=True),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        for item in items:
            yield item
            progress.advance(task)
