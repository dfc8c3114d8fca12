"""Checks the ontology folder itself: what every event folder must say, and that every term is a known one."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import pyoxigraph as ox

from kg_builder.errors import OntologyError
from kg_builder.ontology import LEX, NEV, RDF_TYPE, Ontology, Term, default_folder, local_name
from kg_builder.validate.graph import Background, Index, View, ontology_rows
from kg_builder.validate.report import ValidationReport, Violation, plain
from kg_builder.validate.shapes import ShapeCompiler, messages

LINT_FILE = "event-type.shacl.ttl"
EVENT_TYPE = ox.NamedNode(NEV + "EventType")
ROLE, CONSTRUCTION = ox.NamedNode(LEX + "role"), LEX + "construction"


def lint(folder: Path | None = None) -> ValidationReport:
    """What an ontology folder says too little of, or wrongly.

    Raises OntologyError for Turtle that does not parse and for shapes that the validator cannot compile.
    """
    root = folder or default_folder()
    ontology, shapes = Ontology(root), _lint_shapes(root)
    background = Background(ontology)
    ShapeCompiler(ontology, background)
    view = View(Index(ontology_rows(ontology, blank=True)))
    found = [
        *ValidationReport.of([(view, ShapeCompiler(shapes, background).check(view))]).violations,
        *_unknown_terms(ontology, shapes),
        *_foreign_roles(ontology, shapes, background),
        *_folders(root, shapes),
    ]
    return ValidationReport(tuple(dict.fromkeys(found)))


def _lint_shapes(root: Path) -> Ontology:
    own = root / LINT_FILE
    return Ontology(root, [own if own.is_file() else default_folder() / LINT_FILE])


def _violation(shapes: Ontology, name: str, place: str, detail: str = "") -> Violation:
    """A breach of a rule that SHACL cannot say; its message stands beside the shapes, under the rule's name."""
    said = dict(messages(shapes.about(ox.NamedNode(NEV + name))))
    lines = {language: f"{said.get(language, name)}{detail and f': {detail}'} · {place}" for language in ("ar", "en")}
    return Violation(place, None, detail or None, name, lines["ar"], lines["en"])


def _named(path: Path) -> Iterator[str]:
    """The IRIs of our namespaces in a file."""
    try:
        for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            for term in (triple.subject, triple.predicate, triple.object):
                if isinstance(term, ox.NamedNode) and term.value.startswith((NEV, LEX)):
                    yield term.value
    except SyntaxError as error:
        raise OntologyError(f"{path}: {error}") from error


def _unknown_terms(ontology: Ontology, shapes: Ontology) -> Iterator[Violation]:
    """Terms of our namespaces that nothing declares, in any file of the folder, examples too."""
    known = _declared(ontology) | _declared(shapes)
    for path in sorted(ontology.folder.rglob("*.ttl")):
        for term in dict.fromkeys(_named(path)):
            if term not in known:
                near = "".join(f" → {name}?" for name in get_close_matches(term, known, n=1, cutoff=0.92))
                yield _violation(shapes, "KnownTermLint", path.relative_to(ontology.folder).as_posix(), term + near)


def _declared(ontology: Ontology) -> set[str]:
    """The named nodes that the ontology gives a type."""
    named = (node for node in ontology.nodes() if isinstance(node, ox.NamedNode))
    return {node.value for node in named if any(ontology.objects(node, RDF_TYPE.value))}


def _foreign_roles(ontology: Ontology, shapes: Ontology, background: Background) -> Iterator[Violation]:
    """Roles in a construction that its event type does not have."""
    for kind in ontology.subjects(EVENT_TYPE.value):
        roles = {role for cls in background.above(kind) for role in background.objects(cls, ROLE)}
        for construction in ontology.objects(kind, CONSTRUCTION):
            for role in _roles_in(ontology, construction):
                if role not in roles:
                    yield _violation(shapes, "RoleOfTypeLint", plain(kind), local_name(role.value))


def _roles_in(ontology: Ontology, node: Term) -> Iterator[ox.NamedNode]:
    for predicate, value in ontology.about(node):
        if isinstance(value, ox.BlankNode):
            yield from _roles_in(ontology, value)
        elif predicate.startswith(LEX) and isinstance(value, ox.NamedNode) and value.value.startswith(NEV):
            yield value


def _folders(root: Path, shapes: Ontology) -> Iterator[Violation]:
    """Event folders without a type.ttl, or whose type.ttl defines no event type, or several."""
    for folder in sorted(p for p in (root / "events").glob("*") if p.is_dir()):
        path = folder / "type.ttl"
        count = len(Ontology(folder, [path]).subjects(EVENT_TYPE.value)) if path.is_file() else 0
        if count != 1:
            yield _violation(shapes, "OneTypeLint", folder.name, str(count))
