"""Compiles the constructions of the event folders into look-ups by lemma.

From a verb the passive, the masdar and the participles follow by grammar, so a folder names the verb alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg_builder.normalise import clean
from kg_builder.ontology import LEX, NEV, NamedNode, Ontology, Term, local_name, python_value

OWL_CLASS = "http://www.w3.org/2002/07/owl#Class"
SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
SH = "http://www.w3.org/ns/shacl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RANGE = "http://www.w3.org/2000/01/rdf-schema#range"

CARRIERS = {"verb": "verb", "noun": "noun", "adjectiveHead": "adjective"}
COMPANIONS = ("objectNoun", "subjectNoun", "genitiveNoun", "prepNoun", "withAdjective")
SLOTS = (
    "subject", "object", "genitive", "agent", "patient", "objectGenitive", "subjectGenitive",
    "prepGenitive", "clause", "self", "adjectiveRole", "either", "companionRole", "measure",
    "second",
)
ALL_FORMS = frozenset({"verb", "passive", "masdar", "participle"})

Chain = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Construction:
    """One way to tell an event.

    `slots` maps a slot ("subject", "prep:من", …) to a role, `constants` a property to its fixed value, and
    `companions` the place of a companion ("objectNoun", …) to the chains of lemmas allowed there.
    """

    type: str
    rule: str
    carrier: str
    lemmas: frozenset[str]
    slots: Mapping[str, str]
    constants: Mapping[str, str]
    companions: Mapping[str, frozenset[Chain]]
    forms: frozenset[str] = ALL_FORMS


@dataclass(frozen=True, slots=True)
class EventType:
    """An event class as the engine sees it: its parent, its roles with their ranges, the status tokens it may have."""

    name: str
    parent: str | None
    roles: Mapping[str, str]
    statuses: frozenset[str] = frozenset()


class Lexicon:
    """Every construction, by the lemma of its carrier."""

    def __init__(self, ontology: Ontology) -> None:
        self.masdars = _masdars(ontology)
        classes = _event_classes(ontology)
        self.types = _event_types(ontology, classes)
        self.constructions = tuple(_construction(ontology, name, node, _shared(ontology, classes[name]))
                                   for name in self.types
                                   for node in ontology.objects(classes[name], LEX + "construction"))
        self.verbs = _by_lemma(c for c in self.constructions if c.carrier == "verb")
        nouns = [c for c in self.constructions if c.carrier == "noun"]
        told = {(c.type, lemma) for c in nouns for lemma in c.lemmas if not c.companions}
        self.nouns = _by_lemma(nouns + [d for c in self.constructions for d in self._masdar_forms(c, told)])
        self.adjectives = _by_lemma(c for c in self.constructions if c.carrier == "adjective")

    def _masdar_forms(self, verb: Construction, told: set[tuple[str, str]]) -> Iterable[Construction]:
        if verb.carrier != "verb" or "masdar" not in verb.forms:
            return
        lemmas = {m for v in verb.lemmas for m in self.masdars.get(v, ())}
        if not verb.companions:
            lemmas = {m for m in lemmas if (verb.type, m) not in told}
        if lemmas and "subjectNoun" not in verb.companions:
            yield _as_masdar(verb, frozenset(lemmas))


def _as_masdar(verb: Construction, lemmas: frozenset[str]) -> Construction:
    """The masdar of a verb construction: its object becomes the genitive, its subject the agent."""
    renamed = {"subject": "agent", "object": "patient"}
    slots = {renamed.get(slot, slot): role for slot, role in verb.slots.items()}
    companions = {("genitiveNoun" if place == "objectNoun" else place): c for place, c in verb.companions.items()}
    if "genitiveNoun" in companions:
        slots = {("genitive" if slot == "objectGenitive" else slot): role for slot, role in slots.items()}
    return replace(verb, carrier="noun", lemmas=lemmas, slots=slots, companions=companions, rule=verb.rule + "/masdar")


def _by_lemma(constructions: Iterable[Construction]) -> dict[str, tuple[Construction, ...]]:
    found: dict[str, list[Construction]] = defaultdict(list)
    for construction in constructions:
        for lemma in sorted(construction.lemmas):
            found[lemma].append(construction)
    return {lemma: tuple(group) for lemma, group in found.items()}


def _masdars(ontology: Ontology) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for entry in ontology.words("Verb"):
        for form in entry.forms:
            found[clean(form)] += [clean(str(m)) for m in entry.all("masdar")]
    return {verb: tuple(dict.fromkeys(masdars)) for verb, masdars in found.items()}


def _name(node: Term) -> str:
    """The local name of a node; "" for a literal or a blank node."""
    return local_name(node.value) if isinstance(node, NamedNode) else ""


def _event_types(ontology: Ontology, classes: Mapping[str, Term]) -> dict[str, EventType]:
    """Every class that has constructions, with the roles that it and its ancestors name."""
    return {name: EventType(name, _parent(ontology, node, classes), _roles(ontology, node, classes),
                            _statuses(ontology, node))
            for name, node in sorted(classes.items())}


def _statuses(ontology: Ontology, node: Term) -> frozenset[str]:
    """The tokens that the shape of the class allows for nev:status."""
    shapes = [s for s in ontology.subjects(SH + "NodeShape") if node in ontology.objects(s, SH + "targetClass")]
    properties = [p for shape in shapes for p in ontology.objects(shape, SH + "property")]
    lists = [head for p in properties if any(_name(o) == "status" for o in ontology.objects(p, SH + "path"))
             for head in ontology.objects(p, SH + "in")]
    return frozenset(str(python_value(item)) for head in lists for item in _items(ontology, head))


def _items(ontology: Ontology, head: Term) -> Iterable[Term]:
    while any(ontology.objects(head, RDF + "first")):
        yield next(ontology.objects(head, RDF + "first"))
        head = next(ontology.objects(head, RDF + "rest"))


def _event_classes(ontology: Ontology) -> dict[str, Term]:
    """The classes that have constructions, by local name."""
    nodes = ontology.subjects(OWL_CLASS)
    return {_name(node): node for node in nodes if any(ontology.objects(node, LEX + "construction"))}


def _parent(ontology: Ontology, node: Term, classes: Mapping[str, Term]) -> str | None:
    parents = [_name(o) for o in ontology.objects(node, SUBCLASS)]
    return next((p for p in parents if p in classes), None)


def _roles(ontology: Ontology, node: Term, classes: Mapping[str, Term]) -> dict[str, str]:
    found: dict[str, str] = {}
    parent = _parent(ontology, node, classes)
    if parent:
        found.update(_roles(ontology, classes[parent], classes))
    for role in ontology.objects(node, LEX + "role"):
        ranges = [_name(r) for r in ontology.objects(role, RANGE)]
        found[_name(role)] = ranges[0] if ranges else "Thing"
    return found


def _shared(ontology: Ontology, node: Term) -> dict[str, str]:
    """The slots that a class gives to all its constructions."""
    slots: dict[str, str] = {}
    for role in ontology.objects(node, LEX + "title"):
        slots["title"] = _name(role)
    for key in ("beside", "besideObject", "besideNoun"):
        for slot in ontology.objects(node, LEX + key):
            slots.update(_worded(ontology, key, slot))
    return slots


def _construction(ontology: Ontology, type_name: str, node: Term, shared: Mapping[str, str]) -> Construction:
    lemmas: list[str] = []
    carrier = "noun"
    slots = dict(shared)
    constants: dict[str, str] = {}
    companions: dict[str, list[Chain]] = defaultdict(list)
    forms: list[str] = []
    for predicate, value in ontology.about(node):
        key, text = local_name(predicate), str(python_value(value))
        if predicate.startswith(NEV):
            constants[key] = text
        elif key in CARRIERS:
            carrier = CARRIERS[key]
            lemmas.append(clean(text))
        elif key in COMPANIONS:
            companions[key].append(tuple(clean(text).split()))
        elif key in SLOTS:
            slots[key] = text
        elif key == "prep":
            for opened, role in _worded(ontology, key, value).items():
                slots[opened if slots.get(opened, role) == role else opened.replace("prep:", "also:", 1)] = role
        elif key == "forms":
            forms.append(text)
    rule = _rule_name(type_name, carrier, lemmas, companions)
    return Construction(type_name, rule, carrier, frozenset(lemmas), slots, constants,
                        {k: frozenset(v) for k, v in companions.items()}, frozenset(forms) or ALL_FORMS)


def _worded(ontology: Ontology, key: str, slot: Term) -> dict[str, str]:
    """Slots opened by a word: a preposition, or a noun that stands beside."""
    role = next(_name(r) for r in ontology.objects(slot, LEX + "role"))
    return {f"{key}:{clean(str(python_value(w)))}": role for w in ontology.objects(slot, LEX + "word")}


def _rule_name(type_name: str, carrier: str, lemmas: list[str], companions: Mapping[str, list[Chain]]) -> str:
    extra = "".join("+" + " ".join(chains[0]) for chains in companions.values())
    return f"{type_name}/{carrier}:{lemmas[0] if lemmas else ''}{extra}"
