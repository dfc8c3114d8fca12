"""The closed classes and the semantic sorts of nouns that the event grammar leans on, compiled from word lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg_builder.extract.words import Word
from kg_builder.normalise import clean
from kg_builder.ontology import Ontology

SORT_GROUPS: Mapping[str, str] = {
    "Person": "agent", "Group": "agent", "Force": "agent", "Organization": "agent", "Government": "agent",
    "Place": "place", "City": "place", "Region": "place", "Country": "place", "Facility": "place",
}


NAME_SORTS: Mapping[str, str] = {"PERSON": "Person", "ORG": "Organization", "PLACE": "Place"}
"""What the names denote that the annotation labels."""


@dataclass(slots=True)
class _Node:
    """What the words so far mean, if they end here, and which may follow."""

    value: str | None = None
    following: dict[str, _Node] = field(default_factory=dict)


class Trie:
    """Sequences of norms, longest match first."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._root = _Node()
        for form, value in entries:
            node = self._root
            for part in clean(form).split():
                node = node.following.setdefault(part, _Node())
            node.value = value if node.value is None else node.value
        self.starts = frozenset(self._root.following)
        """The norms that a sequence may begin with."""

    def match(self, words: Sequence[Word], i: int) -> tuple[int, str] | None:
        """The (length, value) of the longest sequence that stands at `i`, or None."""
        norm = words[i].norm
        if norm not in self.starts:
            return None
        node, found, j = self._root.following.get(norm), None, i + 1
        while node is not None:
            if node.value is not None:
                found = j - i, node.value
            if j == len(words) or not node.following:
                break
            node = node.following.get(words[j].norm)
            j += 1
        return found


class Grammar:
    """Closed classes by name, and what nouns denote."""

    def __init__(self, ontology: Ontology) -> None:
        self.prepositions = Trie((f, clean(f)) for e in ontology.words("Preposition") for f in e.forms)
        self.bounds = Trie((f, "bound") for e in ontology.words("Bound") for f in e.forms)
        self.distributors = Trie((f, "each") for e in ontology.words("Distributor") for f in e.forms)
        self.functions = {clean(f): str(e.get("function")) for e in ontology.words("Preposition") for f in e.forms}
        self.quantifiers = _forms(ontology, "Quantifier")
        self.units = _forms(ontology, "CurrencyNoun") | _forms(ontology, "Currency") | _forms(ontology, "Unit")
        self.adjectives = _forms(ontology, "Adjective") | _forms(ontology, "Nationality")
        self.manners = _forms(ontology, "Manner")
        self.postposed = _forms(ontology, "PostposedNumeral")
        self.negators = {clean(f): str(e.get("scope")) for e in ontology.words("Negator") for f in e.forms}
        self.boundaries = Trie((f, "boundary") for e in ontology.words("Boundary") for f in e.forms)
        self.conditionals = Trie((f, "Possible") for e in ontology.words("Conditional") for f in e.forms)
        self.modality = Trie((f, str(e.get("effect"))) for e in ontology.words("Modality") for f in e.forms)
        self.complementizers = _forms(ontology, "Complementizer")
        self.relatives = _forms(ontology, "Relative")
        self.plural_relatives = _forms(ontology, "PluralRelative")
        self.feminine_relatives = _forms(ontology, "FeminineRelative")
        self.subordinators = self.complementizers | self.relatives
        self.perfect = _forms(ontology, "PerfectParticle")
        self.future = _forms(ontology, "FutureParticle")
        self._read_joints(ontology)
        self.sorts = _sorts(ontology)
        self.titles = {clean(f) for e in ontology.words("Noun") if e.get("title") or e.get("office") for f in e.forms}
        self.titles |= _forms(ontology, "Title")
        self.honorifics = {clean(f) for e in ontology.words("Title") if e.get("kind") == "honorific" for f in e.forms}
        self.unnamed = self.titles | _forms(ontology, "UnnamedSource")
        self.nationalities = {
            clean(f): str(e.get("country", f)) for e in ontology.words("Nationality") for f in e.forms
        }
        self.countries = {
            clean(f): str(e.get("country")) for e in ontology.words("Nationality") if e.get("iso") for f in e.forms
        }
        """The country that a nationality is of."""
        self.verb_classes = _verb_classes(ontology)
        self.transitive = _transitive(ontology)

    def _read_joints(self, ontology: Ontology) -> None:
        """What joins, opens and closes clauses and phrases."""
        self.clause_coordinators = _forms(ontology, "ClauseCoordinator")
        self.phrase_coordinators = _forms(ontology, "PhraseCoordinator")
        self.clause_openers = self.perfect | _forms(ontology, "ClauseOpener")
        self.verb_openers = self.perfect | _forms(ontology, "VerbOpener")
        self.inner_boundaries = _forms(ontology, "InnerBoundary")
        self.past_auxiliaries = _forms(ontology, "PastAuxiliary")
        self.tying_nouns = _forms(ontology, "TyingNoun")
        self.borders = _forms(ontology, "BorderNoun")
        self._uses = {str(e.get("use")): tuple(map(clean, e.forms)) for e in ontology.words("PrepositionUse")}

    def uses(self, use: str) -> tuple[str, ...]:
        """The prepositions with a use in the grammar ("scene", "goal", …)."""
        return self._uses.get(use, ())

    def classes_of(self, word: Word) -> frozenset[str]:
        """The classes of a predicate's verb ("say", "plan", …): of the verb itself, or the one that the noun is of."""
        return self.verb_classes.get(word.lemma if word.is_verb else word.verb_lemma, frozenset())

    def feminine_adjective(self, word: Word) -> bool:
        """An indefinite noun spelled as the feminine of an adjective («نوعية», «بالغة»)."""
        spelled = word.norm.endswith("ة") and word.norm[:-1] in self.adjectives
        return spelled and word.pos == "NOUN" and not word.definite

    def sort_of(self, word: Word) -> str | None:
        """What the noun denotes ("Person", "City", …), or None when the lexicon does not say."""
        return NAME_SORTS.get(word.ent) if word.ent else self.sorts.get(word.lemma)


def _forms(ontology: Ontology, name: str) -> frozenset[str]:
    return frozenset(clean(f) for e in ontology.words(name) for f in e.forms)


def _sorts(ontology: Ontology) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in ontology.words("Noun"):
        denotes = entry.get("denotes")
        for form in entry.forms if denotes else ():
            found.setdefault(clean(form), str(denotes))
    return found


def _transitive(ontology: Ontology) -> frozenset[str]:
    """Verbs that take an object in every reading of their undiacritised form."""
    takes: dict[str, bool] = {}
    for entry in ontology.words("Verb"):
        for form in map(clean, entry.forms):
            takes[form] = bool(entry.get("transitive")) and takes.get(form, True)
    return frozenset(form for form, always in takes.items() if always)


def _verb_classes(ontology: Ontology) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in ontology.words("Verb"):
        for form in entry.forms:
            found[clean(form)] |= {str(c) for c in entry.all("class")}
    return {lemma: frozenset(classes) for lemma, classes in found.items() if classes}
