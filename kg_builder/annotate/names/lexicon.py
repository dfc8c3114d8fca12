"""What is known of single words and of whole names: titles, heads, countries, cities, families, organisations."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg_builder import normalise
from kg_builder.annotate.kept import digest, kept
from kg_builder.normalise import fold
from kg_builder.ontology import Ontology, WordEntry

TABLE = Path(__file__).parent / "gazetteer.tsv.gz"
_MADE_BY = (TABLE, Path(__file__), Path(normalise.__file__))

# Word list → how its entries are called here; None: by the value that follows, in lower case.
_LISTS: tuple[tuple[str, str | None, str], ...] = (
    ("Country", "country", ""),
    ("Nationality", "nation", ""),
    ("Place", None, "kind"),
    ("Organisation", None, "kind"),
    ("PersonName", None, "part"),
    ("Title", None, "kind"),
    ("NamePart", None, "kind"),
    ("OrgHead", "orghead", ""),
    ("MediaHead", "mediahead", ""),
    ("TeamHead", "teamhead", ""),
    ("PlaceHead", "placehead", ""),
    ("Direction", "direction", ""),
    ("PlacePreposition", "placeprep", ""),
    ("Month", "month", ""),
    ("Weekday", "weekday", ""),
    ("Unit", "unit", ""),
    ("Currency", "unit", ""),
    ("Noun", "noun", ""),
    ("Adjective", "adjective", ""),
    ("Verb", "verb", ""),
)
# Classes whose entries name somebody or something by themselves, by the label of the name.
LABELS = {
    "country": "PLACE", "city": "PLACE", "region": "PLACE", "facility": "PLACE",
    "body": "ORG", "party": "ORG", "armedgroup": "ORG", "media": "ORG", "company": "ORG", "team": "ORG",
}  # fmt: skip
_KINDS = {"country": "Country", "city": "City", "region": "Region", "facility": "Facility"}
_ARTICLE = "ال"


@dataclass(frozen=True, slots=True)
class Known:
    """What the gazetteer says of a place: Country, Region, City or Facility; its country's ISO 3166-1 code or ""."""

    kind: str
    iso: str


@dataclass(frozen=True, slots=True)
class NameLexicon:
    """Folded word → its classes; the first two words of a longer name → (all but the first, class), the longest first;
    place name → what it is."""

    classes: dict[str, tuple[str, ...]]
    phrases: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]]
    places: dict[str, Known] = field(default_factory=dict)

    def of(self, word: str) -> tuple[str, ...]:
        """The classes of a folded word; those it has only without its article end in "+"."""
        own = self.classes.get(word, ())
        if not word.startswith(_ARTICLE):
            return own
        return own + tuple(f"{c}+" for c in self.classes.get(word[2:], ()) if c not in own)

    def longest(self, words: Sequence[str], start: int) -> tuple[int, str] | None:
        """The longest name of several words that begins at `start`: where it ends, and its class."""
        following = words[start + 1] if start + 1 < len(words) else ""
        for rest, name_class in self.phrases.get(words[start], {}).get(following, ()):
            end = start + 1 + len(rest)
            if len(rest) == 1 or tuple(words[start + 1 : end]) == rest:
                return end, name_class
        return None

    def names_at(self, words: Sequence[str], places: Iterable[int]) -> Iterator[tuple[int, int, str]]:
        """The names of several words that begin at one of the places, as (first, end, class); none overlaps another."""
        after = 0
        for place in places:
            if place >= after and (hit := self.longest(words, place)):
                after = hit[0]
                yield place, *hit


def _class_of(entry: WordEntry, fixed: str | None, key: str) -> str:
    return fixed or str(entry.get(key, "")).lower()


def _forms(entry: WordEntry, name_class: str) -> Iterator[str]:
    yield from entry.forms
    for key in ("plural", "feminine"):
        yield from (str(form) for form in entry.all(key))
    if name_class == "nation":
        yield from (form + ending for form in entry.forms for ending in ("ة", "ون", "ين", "ات"))


def _listed(ontology: Ontology) -> Iterator[tuple[str, str, str]]:
    for list_name, fixed, key in _LISTS:
        for entry in ontology.words(list_name):
            name_class = _class_of(entry, fixed, key)
            for form in _forms(entry, name_class):
                yield fold(form), name_class, str(entry.get("iso", ""))


def _bundled() -> Iterator[tuple[str, str, str]]:
    """The rows of the built table. Their classes end in "~": less sure than those of the hand-written lists."""
    for line in gzip.decompress(TABLE.read_bytes()).decode().splitlines():
        name, name_class, iso = line.split("\t")
        yield name, f"{name_class}~", iso


def _split_and(words: list[str]) -> list[str]:
    """Words as the annotator cuts them: "and" is a token of its own."""
    out = words[:1]
    for word in words[1:]:
        out += ["و", word[1:]] if word.startswith("و" + _ARTICLE) else [word]
    return out


def build(rows: Iterable[tuple[str, str, str]]) -> NameLexicon:
    """The lexicon of (folded name, class, ISO code) rows; of several places with one name the first row wins."""
    classes: dict[str, dict[str, None]] = defaultdict(dict)
    phrases: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    places: dict[str, Known] = {}
    for name, name_class, iso in rows:
        words = _split_and(name.split())
        if len(words) == 1:
            classes[name][name_class] = None
        elif words:
            phrases[words[0]].setdefault(tuple(words[1:]), name_class)
        if kind := _KINDS.get(name_class.rstrip("~")):
            places.setdefault(" ".join(words), Known(kind, iso))
    nested = {first: _by_second(rest) for first, rest in phrases.items()}
    return NameLexicon({w: tuple(c) for w, c in classes.items()}, nested, places)


def _by_second(names: Mapping[tuple[str, ...], str]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Second word → (the words from it on, class), the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for rest, name_class in sorted(names.items(), key=lambda name: -len(name[0])):
        found[rest[0]].append((rest, name_class))
    return dict(found)


def load_lexicon(ontology: Ontology) -> NameLexicon:
    """The lexicon of an ontology's word lists and the bundled gazetteer."""

    def make() -> tuple[object, ...]:
        made = build([*_listed(ontology), *_bundled()])
        return made.classes, made.phrases, {name: (known.kind, known.iso) for name, known in made.places.items()}

    classes, phrases, places = kept("names", digest(ontology.hashes, *_MADE_BY), make)
    known = {place: Known(*place) for place in set(places.values())}
    return NameLexicon(classes, phrases, {name: known[place] for name, place in places.items()})


_PROPER = ("Country", "Place", "PersonName", "Organisation")
_COMMON = ("Noun", "Adjective", "Verb", "FunctionWord", "Title", "NamePart", "OrgHead", "PlaceHead", "Direction")


def proper_words(ontology: Ontology) -> tuple[str, ...]:
    """Words of hand-listed names that are no common words besides, spelled in full: what morphology must not cut up."""
    common = {fold(f) for name in _COMMON for entry in ontology.words(name) for f in _forms(entry, "")}
    words = (w for name in _PROPER for entry in ontology.words(name) for f in entry.forms for w in f.split())
    bare = {c.removeprefix(_ARTICLE) for c in common}
    return tuple(dict.fromkeys(w for w in words if len(w) > 2 and fold(w).removeprefix(_ARTICLE) not in bare))
