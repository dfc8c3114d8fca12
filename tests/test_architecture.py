"""The import contracts of pyproject.toml hold, and they can fail."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "kg_builder"


def test_contracts_hold() -> None:
    done = _lint(ROOT)
    assert done.returncode == 0, done.stdout


def test_a_stray_module_is_refused(tmp_path: Path) -> None:
    _copy_house(tmp_path)
    (tmp_path / "kg_builder" / "helpers.py").write_text('"""Stray."""\n')
    done = _lint(tmp_path)
    assert done.returncode != 0
    assert "helpers" in done.stdout


def test_a_stage_that_imports_another_is_refused(tmp_path: Path) -> None:
    _copy_house(tmp_path)
    (tmp_path / "kg_builder" / "read" / "markup.py").write_text("import kg_builder.graph\n")
    done = _lint(tmp_path)
    assert done.returncode != 0
    assert "kg_builder.read is not allowed to import kg_builder.graph" in done.stdout


def test_text_rooms_may_not_import_rdf(tmp_path: Path) -> None:
    _copy_house(tmp_path)
    (tmp_path / "kg_builder" / "read" / "markup.py").write_text("import rdflib\n")
    done = _lint(tmp_path)
    assert done.returncode != 0
    assert "kg_builder.read is not allowed to import rdflib" in done.stdout


def test_every_room_is_in_a_layer() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    rooms = {room.strip(" ()") for layer in contract["layers"] for room in layer.split("|")}
    there = {p.stem for p in PACKAGE.iterdir() if (p.suffix == ".py" or (p / "__init__.py").exists())} - {"__init__"}
    assert contract["exhaustive"] is True
    assert there - rooms == set()


def _copy_house(place: Path) -> None:
    """The package's sources alone, so that a contract can be broken without harm."""
    for path in PACKAGE.rglob("*.py"):
        copy = place / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (place / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())


def _lint(place: Path) -> subprocess.CompletedProcess[str]:
    code = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as lint; lint()"
    return subprocess.run([sys.executable, "-c", code], cwd=place, capture_output=True, text=True, check=False)
