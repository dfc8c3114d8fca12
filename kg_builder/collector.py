"""Garbage collection beside large tables that live as long as the process, and work that leaves no cycles behind."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def collector_waiting() -> Iterator[None]:
    """Put garbage collection off until the work is done: most of what it makes is gone by then, or is kept for good."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextlib.contextmanager
def collector_at_rest() -> Iterator[None]:
    """Load without garbage collection, and spare what was loaded from it for good: it lives as long as the process."""
    with collector_waiting():
        try:
            yield
        finally:
            gc.freeze()


def spare_what_is_left() -> None:
    """Collect garbage, and spare all that is left from further collections, where garbage is collected at all.

    For tables that grow: else they are looked through again and again while they do.
    """
    if gc.isenabled():
        gc.collect()
        gc.freeze()


def let_go(*modules: str) -> None:
    """Empty the caches of all functions in these modules and packages, and collect what was spared for them."""
    inside = tuple(f"{module}." for module in modules)
    for name, module in list(sys.modules.items()):
        for value in vars(module).values() if f"{name}.".startswith(inside) else ():
            if clear := getattr(value, "cache_clear", None):
                clear()
    gc.unfreeze()
    spare_what_is_left()
