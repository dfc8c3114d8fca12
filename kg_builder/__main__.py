"""`python -m kg_builder` and the `kg-builder` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from kg_builder.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()
