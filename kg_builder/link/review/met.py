"""The entities that a graph names, each with a sentence that shows who is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg_builder.normalise import clean
from kg_builder.ontology import NEV, Ontology, data_folder, local_name

WIKIDATA = "http://www.wikidata.org/entity/"
_CLOSE_MATCH = "http://www.w3.org/2004/02/skos/core#closeMatch"
FAMILIES = ("Person", "Organization", "Place")


@dataclass(frozen=True, slots=True)
class Met:
    """An entity of a graph.

    `kind` is the local name of its narrowest class, `family` one of FAMILIES, `qid` the Wikidata item it is linked to,
    `maybe` those it is only near to. `context` is a sentence that names it; `documents` and `events` count where it is.
    """

    iri: str
    name: str
    other_names: tuple[str, ...]
    kind: str
    family: str
    qid: str | None = None
    maybe: tuple[str, ...] = ()
    context: str = ""
    documents: int = 0
    events: int = 0


@dataclass(frozen=True, slots=True, order=True)
class _Mention:
    document: str
    begin: int
    sentence: str
    event: str


def ask(store: ox.Store, name: str) -> Iterator[dict[str, str]]:
    """The rows of a question of `queries/review/`, each variable with the text of its term; unbound ones are absent."""
    text = (data_folder("queries") / "review" / f"{name}.rq").read_text(encoding="utf-8")
    rows = store.query(text, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    names = [variable.value for variable in rows.variables]
    for row in rows:
        terms = {name: row[name] for name in names}
        yield {name: term.value for name, term in terms.items() if isinstance(term, ox.NamedNode | ox.Literal)}


def met(store: ox.Store) -> list[Met]:
    """The entities that take part in events, those of most documents first."""
    told: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in ask(store, "entities"):
        told[row["entity"]][row["key"]].add(row["value"])
    mentions: dict[str, list[_Mention]] = defaultdict(list)
    for row in ask(store, "mentions"):
        found = _Mention(row["document"], int(row["begin"]), row["sentence"], row["event"])
        mentions[row["entity"]].append(found)
    entities = [_met(iri, told[iri], sorted(mentions[iri])) for iri in mentions if told[iri]["label"]]
    return sorted(entities, key=lambda found: (-found.documents, -found.events, found.name, found.iri))


def _met(iri: str, told: dict[str, set[str]], mentions: list[_Mention]) -> Met:
    classes = {local_name(value) for value in told["class"]}
    name = min(told["label"])
    names = (name, *sorted(told["name"] - {name}))
    family = next(family for family in FAMILIES if family in classes)
    return Met(
        iri,
        name,
        names[1:],
        kind=min(classes - set(FAMILIES), default=family),
        family=family,
        qid=min(map(local_name, told["link"]), default=None),
        maybe=tuple(sorted(map(local_name, told["near"]))),
        context=_context(names, mentions),
        documents=len({mention.document for mention in mentions}),
        events=len({mention.event for mention in mentions}),
    )


def _context(names: tuple[str, ...], mentions: list[_Mention]) -> str:
    """The first sentence that names the entity, under its best name if any does; else the first sentence."""
    texts = [(mention.sentence, clean(mention.sentence)) for mention in mentions]
    for name in names:
        for sentence, text in texts:
            if name in text:
                return sentence
    return texts[0][0]


def item_class(ontology: Ontology, kind: str) -> str | None:
    """The QID of the class of Wikidata that a kind of agent or place is much the same as."""
    found = ontology.objects(ox.NamedNode(NEV + kind), _CLOSE_MATCH)
    iris = (term.value for term in found if isinstance(term, ox.NamedNode))
    return min((local_name(iri) for iri in iris if iri.startswith(WIKIDATA)), default=None)
