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
    import click
    import typer

    from kg_builder.cli.app import app

    command = typer.main.get_command(app)
    try:
        done = command.main(args=arguments, prog_name="kg-builder", standalone_mode=False)
    except click.UsageError as error:
        return _said(f"{error.format_message()} (see kg-builder {_name(error)}--help)", ExitCode.USAGE)
    except click.Abort:
        return INTERRUPTED
    sys.stdout.flush()
    return done if isinstance(done, int) else ExitCode.OK


def _name(error: object) -> str:
    context = getattr(error, "ctx", None)
    return f"{context.info_name} " if context and context.parent else ""


def _said(message: str, code: int) -> int:
    print(f"kg-builder: {' '.join(message.split())}", file=sys.stderr)
    return code
