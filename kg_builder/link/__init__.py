"""Links entities to Wikidata: candidates, their choice, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg_builder.config import Config

if TYPE_CHECKING:
    from kg_builder.link.item import Candidates
    from kg_builder.link.linker import Linker

__all__ = ["load"]

STARTER = Path(__file__).parent / "starter.idx"


def load(config: Config) -> Linker | None:
    """The linker of a configuration; None when linking is off. Raises OptionError, InputError for files it names."""
    if config.link == "off":
        return None
    from kg_builder.link.classes import roots
    from kg_builder.link.decisions import Decisions, read
    from kg_builder.link.linker import Linker
    from kg_builder.link.sources import Sources
    from kg_builder.link.words import words_of

    known = roots(config.ontology)
    sources = Sources(_candidates(config, known), known)
    decisions = Decisions(read(config.links) if config.links else ())
    return Linker(sources, words_of(config.ontology), decisions, config.link_candidates)


def _candidates(config: Config, roots: Mapping[str, Sequence[str]]) -> list[Candidates]:
    from kg_builder.link.index import Index

    indexes: list[Candidates] = [Index(path) for path in (*config.indexes, STARTER)]
    if config.link == "online":
        from kg_builder.link.online import live, service

        address = service(config.wikidata_api, config.wikidata_sparql)
        return [*indexes, live([qid for qids in roots.values() for qid in qids], address)]
    return indexes
