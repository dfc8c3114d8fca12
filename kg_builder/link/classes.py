"""Which classes of Wikidata the members of our kinds have, as the ontology's word lists say."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from kg_builder.errors import OptionError
from kg_builder.ontology import Ontology, load

Roots = dict[str, list[str]]
_LIST = "WikidataClass"


def roots(ontology: Ontology) -> Roots:
    """Kind → the QIDs of its classes."""
    found: Roots = defaultdict(list)
    for entry in ontology.words(_LIST):
        found[str(entry.get("kind"))] += map(str, entry.all("qid"))
    return dict(found)


def roots_of_file(path: Path) -> Roots:
    """The classes that a Turtle file names as the word list does. Raises OptionError when it names none."""
    if not path.is_file():
        raise OptionError(f"--classes {path}: no such file")
    found = roots(Ontology(path.parent, [path]))
    if not found:
        raise OptionError(
            f'--classes {path}: no class in it, such as [] a lex:{_LIST} ; lex:kind "City" ; lex:qid "Q515" .'
        )
    return found


def bundled_roots(ontology: Path | None = None) -> Roots:
    """The classes of the bundled ontology, or of another."""
    return roots(load(ontology))
