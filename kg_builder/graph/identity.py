"""Which entities of different documents are one. Order-independent, apart when unsure, and the user's lists decide.

A document names an entity by itself; this finds, for each such name that is not the best known, the entity it means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pyoxigraph as ox

from kg_builder.graph.claim import ordinal
from kg_builder.graph.document import Document
from kg_builder.graph.groups import Groups
from kg_builder.graph.iri import Minter
from kg_builder.graph.keys import Keys, alike, sound
from kg_builder.graph.known import Known, near, shortens
from kg_builder.graph.lists import Lists
from kg_builder.graph.naming import Naming
from kg_builder.graph.schema import Schema
from kg_builder.graph.spelling import name_key

DOMINANT = 0.8  # of the documents with a full name that ends in the short one
KNOWN_BY_IT = 3  # documents that must tell of somebody whom a word names that is a first name too


@dataclass(slots=True)
class Identities:
    """`same`: entity as one document names it → entity as all know it, where the two differ; `short`: those of them
    that are a short form, which is no candidate for the best name."""

    same: dict[ox.NamedNode, ox.NamedNode] = field(default_factory=dict)
    short: set[ox.NamedNode] = field(default_factory=set)


class Identifier:
    """Puts the entities of a collection together. `keys` is made once for an ontology."""

    def __init__(self, minter: Minter, schema: Schema, keys: Keys, lists: Lists) -> None:
        self._minter = minter
        self._schema = schema
        self._keys = keys
        self._lists = lists
        self._known: dict[str, Known] = {}
        self._groups = Groups[str]()
        self._short: set[str] = set()
        self._apart: dict[str, set[str]] = defaultdict(set)

    def identify(self, documents: Iterable[Document]) -> Identities:
        """The identities of all documents' entities."""
        found = Identities()
        for document in documents:
            for local, entity in self._locals(document):
                if entity.value != local.value:
                    found.same[local] = entity
                family = self._schema.family(min(document.names[local].kinds))
                known = self._known.setdefault(entity.value, Known(entity.value, family))
                known.add(document.names[local], ordinal(document.article.date))
        self._by_list()
        self._by_item()
        self._by_key()
        self._by_sound()
        self._by_family_name()
        self._settle(found)
        return found

    def _locals(self, document: Document) -> Iterator[tuple[ox.NamedNode, ox.NamedNode]]:
        """The named ones, and the bodies of a state, which are named by their country."""
        codes = {code for naming in document.names.values() for code in self._codes(naming)}
        for local, naming in document.names.items():
            if not naming.generic:
                yield local, local
            elif key := self._body(naming, codes, document, local):
                yield local, ox.NamedNode(self._minter.keyed(key, "Organization"))

    def _codes(self, naming: Naming) -> Iterator[str]:
        for label in naming.labels:
            if code := self._keys.country(label) if "Country" in naming.kinds else self._keys.nation(label):
                yield code

    def _body(self, naming: Naming, codes: set[str], document: Document, local: ox.NamedNode) -> str | None:
        """A body with its country: in its own name, or the only one the document names, in one report with it."""
        if self._schema.family(min(naming.kinds)) != "Organization":
            return None
        label = min(naming.labels)
        if key := self._keys.body(label):
            return key
        bare = self._keys.bare_body(label)
        if not bare or len(codes) != 1:
            return None
        beside = (pairs for pairs in ({value for _, value in told.pairs} for told in document.told) if local in pairs)
        named = {n for n, naming in document.names.items() if n != local and any(self._codes(naming))}
        return f"{bare} {min(codes)}" if any(pairs & named for pairs in beside) else None

    def _by_list(self) -> None:
        """The user's word comes first, and what it forbids no other reason joins."""
        named = defaultdict[str, list[str]](list)
        for iri in sorted(self._known):
            for key in self._known[iri].keys | {iri}:
                named[key].append(iri)
        for a, b in self._lists.apart.entities:
            for one in named[a]:
                self._apart[one].update(named[b])
            for one in named[b]:
                self._apart[one].update(named[a])
        for a, b in sorted(self._lists.same.entities):
            for one, other in pairwise([*named[a], *named[b]] if named[a] and named[b] else []):
                self._groups.join(one, other)

    def _by_item(self) -> None:
        """Names that mean one Wikidata item are one."""
        first: dict[str, str] = {}
        for known in self._all():
            if len(known.qids) == 1:
                self._join(first.setdefault(min(known.qids), known.iri), known.iri)

    def _by_key(self) -> None:
        """One country, or one body of a state, whatever the words."""
        first: dict[tuple[str, str], str] = {}
        for known in self._all():
            for key in sorted(self._meeting(known)):
                self._join(first.setdefault((known.family, key), known.iri), known.iri)

    def _meeting(self, known: Known) -> Iterator[str]:
        for label in known.labels:
            if known.family == "Organization":
                key = self._keys.body(label)
            else:
                key = self._keys.country(label) if known.family == "Place" else None
            if key:
                yield key

    def _by_sound(self) -> None:
        """Foreign names of persons spelled otherwise, a vowel more or less."""
        buckets = defaultdict[str, list[Known]](list)
        for known in self._all():
            if known.family == "Person" and (key := sound(known.label)) and (" " in key or len(key) > 3):
                buckets[key.replace(" ", "")].append(known)
        for bucket in buckets.values():
            for i, one in enumerate(bucket):
                for other in bucket[i + 1 :]:
                    if alike(one.label, other.label):
                        self._join(one.iri, other.iri)

    def _by_family_name(self) -> None:
        """A short name is the one person whose full name it shortens, told of in the same days."""
        fulls = defaultdict[str, list[Known]](list)
        first_names = set[str]()
        for known in self._all():
            words = name_key(known.label).split()
            if known.family == "Person" and len(words) > 1:
                for end in {words[-1], " ".join(words[:3])}:
                    fulls[end].append(known)
                first_names.add(words[0])
        for known in self._all():
            words = name_key(known.label).split()
            if known.family != "Person" or not words:
                continue
            if len(words) == 1 and words[0] in first_names:
                continue
            ending = (full for end in {words[-1], " ".join(words[:3])} for full in fulls[end])
            candidates = [full for full in ending if shortens(words, name_key(full.label).split())]
            least = KNOWN_BY_IT if len(words) == 1 and self._keys.is_given(words[0]) else 1
            if (meant := self._meant(known, candidates, least)) and self._join(known.iri, meant.iri):
                self._short.add(known.iri)

    def _meant(self, short: Known, candidates: list[Known], least: int) -> Known | None:
        """The candidate that nearly all the documents mean, at least so many."""
        people = defaultdict[str, list[Known]](list)
        for known in candidates:
            people[min(self._groups.of(known.iri))].append(known)
        told = {name: sum(known.documents for known in group) for name, group in people.items()}
        if not told:
            return None
        best = min(told, key=lambda name: (-told[name], name))
        told_of = any(near(short, known) for known in people[best])
        return people[best][0] if told_of and told[best] >= max(least, DOMINANT * sum(told.values())) else None

    def _all(self) -> list[Known]:
        return [self._known[iri] for iri in sorted(self._known)]

    def _join(self, a: str, b: str) -> bool:
        """Joins the groups of two, unless something forbids it; whether they are one now."""
        some, others = self._groups.of(a), self._groups.of(b)
        if some is others or a == b:
            return True
        items = set().union(*(self._known[iri].qids for iri in (*some, *others)))
        if len(items) > 1 or any(not self._apart[iri].isdisjoint(others) for iri in some if iri in self._apart):
            return False
        self._groups.join(a, b)
        return True

    def _settle(self, found: Identities) -> None:
        """Each group goes by the name that most documents use."""
        best: dict[str, str] = {}
        for group in self._groups.several():
            chosen = min(group, key=self._rank)
            best.update(dict.fromkeys((iri for iri in group if iri != chosen), chosen))
        for local, entity in list(found.same.items()):
            found.same[local] = ox.NamedNode(best.get(entity.value, entity.value))
        found.same.update((ox.NamedNode(iri), ox.NamedNode(chosen)) for iri, chosen in best.items())
        found.short = {ox.NamedNode(iri) for iri in self._short if iri in best}

    def _rank(self, iri: str) -> tuple[bool, int, int, str]:
        known = self._known[iri]
        return iri in self._short, -known.documents, -len(known.label), iri
