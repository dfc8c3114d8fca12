"""Arabic news in, an RDF knowledge graph of events out.

`build(articles)` gives the graph, `load()` the pipeline behind it. Both are imported on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg_builder.errors import KgBuilderError
from kg_builder.model import Article, Report

if TYPE_CHECKING:
    from kg_builder.pipeline import Pipeline, build, load

__version__ = "0.1.0"
__all__ = ["Article", "KgBuilderError", "Pipeline", "Report", "build", "load"]


def __getattr__(name: str) -> Any:
    if name in {"Pipeline", "build", "load"}:
        from kg_builder import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
