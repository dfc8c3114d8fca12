"""What is imported is declared in pyproject.toml and pinned in requirements.lock, and the lock names no host."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
OURS = {"kg_builder", "tests", *(path.stem for path in (ROOT / "tests").glob("*.py"))}
TOOLS = {"ruff", "mypy"}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[ <>=\[;]", name)[0]).lower()


def declared(*lists: list[str]) -> set[str]:
    return {plain(requirement) for names in lists for requirement in names}


def imported(folder: str, late: bool) -> set[str]:
    """The distributions that modules of a folder import; with `late`, inside functions too."""
    found = set()
    for path in (ROOT / folder).rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree) if late else tree.body:
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    known = packages_distributions()
    return {plain(known[name][0]) for name in found - OURS - set(sys.stdlib_module_names)}


def pinned() -> dict[str, str]:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line.split("==") for line in lines if not line.startswith("#")]
    return {plain(name): number for name, number in pins}


def test_what_the_package_imports_is_declared() -> None:
    optional = {name for names in EXTRAS.values() for name in declared(names)} - declared(PROJECT["dependencies"])
    assert imported("kg_builder", late=False) & optional == set()
    assert imported("kg_builder", late=True) <= declared(PROJECT["dependencies"]) | optional


def test_what_the_package_declares_is_imported() -> None:
    assert declared(PROJECT["dependencies"]) <= imported("kg_builder", late=True)


def test_what_the_tests_import_is_declared() -> None:
    for_tests = declared(PROJECT["dependencies"], EXTRAS["test"], EXTRAS["html"], EXTRAS["archives"])
    assert imported("tests", late=True) <= for_tests
    assert for_tests >= TOOLS


@pytest.mark.parametrize("extra", sorted(EXTRAS.keys() - {"neural", "gazetteer"}))
def test_what_is_declared_is_pinned_at_the_version_that_runs(extra: str) -> None:
    for name in declared(PROJECT["dependencies"], EXTRAS[extra]) - {"kg-builder"}:
        assert pinned().get(name) == version(name), name


def test_the_lock_is_exact_and_names_no_place() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"#.*|[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*", line)] == []
    assert not {"torch", "transformers"} & pinned().keys()
