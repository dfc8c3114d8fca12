"""What a run may be told: one frozen record, made from the command line or by hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg_builder.errors import OptionError
from kg_builder.ontology import Ontology
from kg_builder.ontology import load as load_ontology

DEFAULT_BASE = "https://w3id.org/news-event/data/"
PREFERENCES = ("past", "future")


@dataclass(frozen=True)
class Config:
    """`base` is the IRI under which instance data lives; `prefer_dates` reads a bare weekday as past or future;
    `ontology_folder` takes the place of the bundled ontology.

    Raises OptionError for a value that is not one of the known choices.
    """

    base: str = DEFAULT_BASE
    prefer_dates: str = "past"
    ontology_folder: Path | None = None

    def __post_init__(self) -> None:
        if self.prefer_dates not in PREFERENCES:
            raise OptionError(f"--prefer-dates {self.prefer_dates}: known are {', '.join(PREFERENCES)}")

    @cached_property
    def ontology(self) -> Ontology:
        """The ontology of the folder, read on first use."""
        return load_ontology(self.ontology_folder)
