"""What is imported is declared in pyproject.toml and pinned in requirements.lock, and the lock names no host."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
OURS = {"kg_builder", "scripts", "tests", *(path.stem for path in (ROOT / "tests").glob("*.py"))}
TOOLS = {"ruff", "mypy"}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[ <>=\[;]", name)[0]).lower()


def declared(*lists: list[str]) -> set[str]:
    return {plain(requirement) for names in lists for requirement in names}


def names_of(path: Path, late: bool) -> set[str]:
    """The modules that a file imports; with `late`, inside functions too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree) if late else tree.body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@cache
def installed() -> Mapping[str, list[str]]:
    """Top-level module → the distributions that bring it; slow to find out."""
    return packages_distributions()


def distributions(modules: set[str]) -> set[str]:
    known = installed()
    top = {name.split(".")[0] for name in modules} - OURS - set(sys.stdlib_module_names)
    return {plain(known[name][0]) for name in top}


def imported(folder: str) -> set[str]:
    """The distributions that modules of a folder import, at once or late."""
    return distributions({name for path in (ROOT / folder).rglob("*.py") for name in names_of(path, late=True)})


def needing(wanted: set[str]) -> set[str]:
    """Our modules that cannot be imported without one of some distributions."""
    files = {module_name(path): names_of(path, late=False) for path in (ROOT / "kg_builder").rglob("*.py")}
    found = {module for module, names in files.items() if distributions(names) & wanted}
    while more := {module for module, names in files.items() if names & found} - found:
        found |= more
    return found


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def pinned() -> dict[str, str]:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line.split("==") for line in lines if not line.startswith("#")]
    return {plain(name): number for name, number in pins}


def test_what_the_package_imports_is_declared() -> None:
    optional = {name for names in EXTRAS.values() for name in declared(names)} - declared(PROJECT["dependencies"])
    assert imported("kg_builder") <= declared(PROJECT["dependencies"]) | optional
    needed = needing(optional)
    assert "kg_builder.store.remote.connection" in needed
    entrances = {name for name in needed if name.startswith("kg_builder.cli") or name.count(".") < 2}
    assert entrances | needed & {"kg_builder.link.online"} == set()


def test_what_the_package_declares_is_imported() -> None:
    assert declared(PROJECT["dependencies"]) <= imported("kg_builder")


def test_what_the_tests_import_is_declared() -> None:
    (ours,) = (name for name in EXTRAS["test"] if name.startswith("kg-builder["))
    extras = ours.removeprefix("kg-builder[").removesuffix("]").split(",")
    for_tests = declared(PROJECT["dependencies"], EXTRAS["test"], *(EXTRAS[extra] for extra in extras))
    assert imported("tests") <= for_tests
    assert for_tests >= TOOLS


@pytest.mark.parametrize("extra", sorted(EXTRAS.keys() - {"neural", "gazetteer"}))
def test_what_is_declared_is_pinned_at_the_version_that_runs(extra: str) -> None:
    for name in declared(PROJECT["dependencies"], EXTRAS[extra]) - {"kg-builder"}:
        assert pinned().get(name) == version(name), name


def test_the_lock_is_exact_and_names_no_place() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"#.*|[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*", line)] == []
    assert not {"torch", "transformers"} & pinned().keys()
