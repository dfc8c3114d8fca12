"""Documents read back from a graph that was built before, so that others can be put beside them.

A document's own graph holds all that merging needs: its reports, its names for whom it speaks of, the words it quotes,
and the signature of its text. Amounts are read from the default graph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from kg_builder.errors import InputError
from kg_builder.graph import vocab as v
from kg_builder.graph.document import Document, Pair, Quote, Told
from kg_builder.graph.iri import Minter
from kg_builder.graph.naming import Few, Naming, few, local_entity, slot
from kg_builder.model import Amount, Article, Span
from kg_builder.ontology import NEV, local_name

Statements = dict[ox.NamedNode, list[Pair]]
_FIXED = frozenset({v.TYPE, v.EVENT_TYPE, v.DERIVED_FROM, v.CONFIDENCE, v.RULE})


@dataclass(frozen=True, slots=True)
class Stored:
    """The documents of a dataset, and what it says of the runs that made it."""

    documents: list[Document]
    runs: list[ox.Triple]


def read(quads: Iterable[ox.Quad], minter: Minter) -> Stored:
    """What a dataset holds. Raises InputError for documents below another base, or without what merging needs."""
    graphs = defaultdict[ox.NamedNode, Statements](lambda: defaultdict(list))
    amounts: Statements = defaultdict(list)
    runs: list[ox.Triple] = []
    for quad in quads:
        if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.NamedNode | ox.Literal):
            continue
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs[quad.graph_name][quad.subject].append((quad.predicate, quad.object))
        elif quad.subject.value.startswith(minter.base + "amount/"):
            amounts[quad.subject].append((quad.predicate, quad.object))
        elif quad.subject.value.startswith(minter.base + "run/"):
            runs.append(quad.triple)
    return Stored(list(_documents(graphs, amounts, minter)), runs)


def _documents(graphs: Mapping[ox.NamedNode, Statements], amounts: Statements, minter: Minter) -> Iterator[Document]:
    known = {node: _amount(pairs) for node, pairs in amounts.items()}
    for iri in sorted(graphs, key=lambda node: node.value):
        if (v.TYPE, v.NEWS_ARTICLE) in graphs[iri].get(iri, ()):
            yield _document(iri, graphs[iri], known, minter)


def _document(iri: ox.NamedNode, graph: Statements, amounts: Mapping[ox.NamedNode, Amount], minter: Minter) -> Document:
    if not iri.value.startswith(minter.base + "document/"):
        base = iri.value.partition("document/")[0]
        raise InputError(iri.value, f"lives not under {minter.base}; give --base {base}")
    head = dict(graph[iri])
    document = Document(_article(head), iri, _text(head, v.SIGNATURE))
    locals_: dict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
    filled: dict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
    candidates: dict[ox.NamedNode, dict[str, float]] = defaultdict(dict)
    for pairs in graph.values():
        if (v.TYPE, v.CANDIDATE) in pairs:
            said = dict(pairs)
            candidates[_node(pairs, v.CANDIDATE_OF)][local_name(said[v.MEANS].value)] = float(said[v.SURETY].value)
    for node, pairs in graph.items():
        if (v.TYPE, v.NAMING) in pairs:
            local = local_entity(node)
            document.names[local] = _naming(pairs, candidates[node])
            locals_[_node(pairs, v.NAME_OF)].append(local)
            for place in (o for p, o in pairs if p == v.FILLS and isinstance(o, ox.NamedNode)):
                filled[place].append(local)
        elif quote := _quote(pairs):
            document.quotes[node] = quote
    reports = (node for node, pairs in graph.items() if (v.TYPE, v.REPORT) in pairs)
    document.told = tuple(_told(r, graph[r], locals_, filled) for r in sorted(reports, key=lambda node: node.value))
    _check(document, minter.base)
    values = {value for told in document.told for _, value in told.pairs if isinstance(value, ox.NamedNode)}
    document.amounts = {node: amounts[node] for node in values if node in amounts}
    return document


def _check(document: Document, base: str) -> None:
    nodes = {value for told in document.told for _, value in told.pairs if isinstance(value, ox.NamedNode)}
    unnamed = sorted(n.value for n in nodes if n.value.startswith(base + "entity/") and n not in document.names)
    if unnamed:
        reason = f"does not say how it names {unnamed[0]}; it was built by an older version, build it anew"
        raise InputError(document.iri.value, reason)


def _article(head: Mapping[ox.NamedNode, ox.NamedNode | ox.Literal]) -> Article:
    def known(predicate: ox.NamedNode) -> str | None:
        return head[predicate].value if predicate in head else None

    return Article(
        known(v.IDENTIFIER) or "",
        "",
        known(v.HEADLINE) or "",
        known(v.PUBLISHED),
        known(v.URL),
        known(v.PUBLISHER),
    )


def _text(head: Mapping[ox.NamedNode, ox.NamedNode | ox.Literal], predicate: ox.NamedNode) -> str:
    return head[predicate].value if predicate in head else ""


def _node(pairs: list[Pair], predicate: ox.NamedNode) -> ox.NamedNode:
    return next(o for p, o in pairs if p == predicate and isinstance(o, ox.NamedNode))


def _naming(pairs: list[Pair], candidates: dict[str, float]) -> Naming:
    def values(predicate: ox.NamedNode) -> Few:
        return few(*(value.value for p, value in pairs if p == predicate))

    labels = values(v.MAIN_NAME)
    kinds = few(*map(local_name, values(v.NAME_KIND)))
    qids = few(*map(local_name, values(v.NAME_LINK)))
    names = few(*labels, *values(v.OTHER_NAME))
    return Naming(labels, names, kinds, qids, candidates, bool(values(v.GENERIC)))


def _quote(pairs: list[Pair]) -> Quote | None:
    said = dict(pairs)
    if v.ANCHOR_OF not in said:
        return None
    span = Span(int(said[v.BEGIN_INDEX].value), int(said[v.END_INDEX].value))
    kinds = sorted((o for p, o in pairs if p == v.TYPE and isinstance(o, ox.NamedNode)), key=lambda n: n.value)
    return Quote(span, said[v.ANCHOR_OF].value, tuple(kinds))


def _told(
    iri: ox.NamedNode,
    pairs: list[Pair],
    locals_: Mapping[ox.NamedNode, list[ox.NamedNode]],
    filled: Mapping[ox.NamedNode, list[ox.NamedNode]],
) -> Told:
    """The report with entities as the document names them: where it has several names, those for this role."""

    def own(role: ox.NamedNode, value: ox.NamedNode | ox.Literal) -> Sequence[ox.NamedNode | ox.Literal]:
        if not isinstance(value, ox.NamedNode) or value not in locals_:
            return [value]
        names = locals_[value]
        return names if len(names) == 1 else [local for local in filled[slot(iri, role)] if local in names]

    said = dict(pairs)
    confidence = said[v.CONFIDENCE]
    assert isinstance(confidence, ox.Literal)
    told = tuple(sorted(((p, local) for p, o in pairs if p not in _FIXED for local in own(p, o)), key=str))
    return Told(iri, said[v.EVENT_TYPE].value.removeprefix(NEV), told, confidence, _text(said, v.RULE))


def _amount(pairs: list[Pair]) -> Amount:
    said = {local_name(p.value): o.value for p, o in pairs}
    qid = local_name(said["currencyEntity"]) if "currencyEntity" in said else None
    return Amount(Decimal(said["value"]), said.get("currency"), said.get("unit"), said.get("per"), qid)
