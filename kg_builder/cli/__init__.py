"""The command line: it parses, calls and prints. Nothing else is decided here.

`run` is the only entry; everything heavy is imported by the command that needs it.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence

from kg_builder.errors import ExitCode, InputError, KgBuilderError

INTERRUPTED = 130


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command (`sys.argv` by default) and give its exit code. A user's mistake is one line on stderr.

    With KG_BUILDER_DEBUG set, errors come with their traceback.
    """
    debug = bool(os.environ.get("KG_BUILDER_DEBUG"))
    logging.basicConfig(level=logging.DEBUG if debug else logging.WARNING, format="kg-builder: %(message)s")
    logging.getLogger("stamina").setLevel(logging.DEBUG if debug else logging.ERROR)  # it tells of every repetition
    try:
        return _command(arguments)
    except InputError as error:
        return _said(str(error), ExitCode.NO_INPUT)
    except KgBuilderError as error:
        return _said(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _said("interrupted", INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except Exception as error:
        if debug:
            raise
        reason = f"internal error, {type(error).__name__}: {error} (KG_BUILDER_DEBUG=1 shows where)"
        return _said(reason, ExitCode.INTERNAL)


def _command(arguments: Sequence[str] | None) -> int:
    """Typer's own `main` would answer a closed pipe with exit code 1 and a mistake with several lines."""
    import typer

    from kg_builder.cli.app import app

    given = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    command = typer.main.get_command(app)
    try:
        with command.make_context("kg-builder", given) as context:
            done = command.invoke(context)
        sys.stdout.flush()
    except _usage_error() as error:
        return _said(f"{_message(error)} (see kg-builder {_name(error)}--help)", ExitCode.USAGE)
    except typer.Exit as done_early:
        return done_early.exit_code
    return done if isinstance(done, int) else ExitCode.OK


def _usage_error() -> type[Exception]:
    """What Typer raises for a mistake on the command line; only its subclass has a public name."""
    import typer

    return next(c for c in typer.BadParameter.__mro__ if c.__name__ == "UsageError")


def _message(error: Exception) -> str:
    describe = getattr(error, "format_message", error.__str__)
    return str(describe()).removesuffix(".")


def _name(error: object) -> str:
    context = getattr(error, "ctx", None)
    return f"{context.info_name} " if context and context.parent else ""


def _said(message: str, code: int) -> int:
    print(f"kg-builder: {' '.join(message.split())}", file=sys.stderr)
    return code
