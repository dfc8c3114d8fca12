"""Shared by all tests: places in the checkout, and a HOME that nothing may write to by accident."""

from __future__ import annotations

from pathlib import Path

import pytest
from servers import oxigraph, virtuoso

__all__ = ["oxigraph", "virtuoso"]

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def almaty() -> Path:
    """The article of the demo."""
    return ROOT / "tests" / "cases" / "almaty" / "article.txt"
