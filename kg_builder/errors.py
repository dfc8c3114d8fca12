"""The one error tree: what went wrong, where, and what would have been right.

Every error a user can cause is a `KgBuilderError`; its text is one line that names the file, the place
and the known choices. The exit code of a command is that of the worst error met.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line, documented in the README."""

    OK = 0
    SOME_INPUT_FAILED = 1
    USAGE = 2
    NO_INPUT = 3
    INVALID_GRAPH = 4
    OUTPUT = 5
    INTERNAL = 70


class KgBuilderError(Exception):
    """Base of all errors that a user can cause and mend."""

    exit_code: ExitCode = ExitCode.USAGE


class InputError(KgBuilderError):
    """A document or a file that cannot be read as Arabic news."""

    exit_code = ExitCode.SOME_INPUT_FAILED

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


class OptionError(KgBuilderError):
    """An option whose value is not one of the known choices."""

    exit_code = ExitCode.USAGE


class OntologyError(KgBuilderError):
    """An ontology folder that says too little, or something unknown."""

    exit_code = ExitCode.USAGE


class InvalidGraphError(KgBuilderError):
    """A graph that breaks the shapes of the ontology."""

    exit_code = ExitCode.INVALID_GRAPH


class OutputError(KgBuilderError):
    """A place that cannot be written to, or a store that does not answer."""

    exit_code = ExitCode.OUTPUT
