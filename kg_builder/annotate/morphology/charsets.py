"""`camel_tools.utils.charsets` scans all of Unicode at import, for a second: what it finds is kept in a cache folder.

A kept copy counts for one version of camel-tools and of Unicode, and takes the module's place.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import sys
import unicodedata
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

MODULE = "camel_tools.utils.charsets"


def provide(folder: Path) -> None:
    """Make the module importable at once from the copy in `folder`; make the copy when there is none."""
    if MODULE in sys.modules:
        return
    path = folder / f"charsets-{version('camel-tools')}-{unicodedata.unidata_version}.json"
    with contextlib.suppress(OSError, ValueError):
        kept = json.loads(path.read_text(encoding="utf-8"))
        module = ModuleType(MODULE)
        module.__dict__.update({name: _value(value) for name, value in kept.items()})
        sys.modules[MODULE] = module
        return
    _keep(importlib.import_module(MODULE), path)


def _value(value: str | list[str]) -> str | frozenset[str]:
    return value if isinstance(value, str) else frozenset(value)


def _keep(module: ModuleType, path: Path) -> None:
    public = {name: value for name, value in vars(module).items() if name.isupper()}
    if not all(isinstance(value, (str, frozenset)) for value in public.values()):
        return
    kept = {name: value if isinstance(value, str) else sorted(value) for name, value in public.items()}
    with contextlib.suppress(OSError):
        path.write_text(json.dumps(kept), encoding="utf-8")
