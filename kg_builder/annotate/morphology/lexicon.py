"""The lexicon's entries as typed records: verbs, nouns, adjectives, adverbs, function words, numerals."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg_builder.normalise import clean, fold
from kg_builder.ontology import Ontology, WordEntry

GAZETTEER = Path(__file__).parent.parent / "names" / "gazetteer.tsv.gz"
SHADDA = "\u0651"
_HAMZAS = str.maketrans("أإآؤئ", "ءءءءء")
_WORD = re.compile(r"[\u0621-\u064a]+")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb. All forms are undiacritised; `doubled` tells that the last letter carries a shadda."""

    lemma: str
    imperfect: str
    form: int
    root: str
    masdars: tuple[str, ...] = ()
    participle: str = ""
    passive_participle: str = ""
    doubled: bool = False
    transitive: bool = True
    price: str = ""


@dataclass(frozen=True, slots=True)
class Nominal:
    """A noun, adjective, masdar or participle.

    `pos` is noun, adj or part; `verb` the lemma of the verb it comes from.
    """

    lemma: str
    pos: str
    gender: str = "m"
    plurals: tuple[str, ...] = ()
    feminine: str = ""
    verb: str = ""
    verb_form: str = ""
    human: bool = False
    price: str = ""


@dataclass(frozen=True, slots=True)
class Function:
    """A function word, a numeral or an adverb: its form, lemma, UPOS and UD features as written."""

    form: str
    lemma: str
    pos: str
    morph: str = ""
    proclitics: str = "wf"
    enclitics: bool = False
    bare: bool = True
    kind: str = ""
    price: str = ""


def _forms(entry: WordEntry, key: str) -> tuple[str, ...]:
    return _words(str(v) for v in entry.all(key))


def _first(entry: WordEntry, key: str) -> str:
    return next(iter(_forms(entry, key)), "")


def _root(entry: WordEntry) -> str:
    return clean(str(entry.get("root", ""))).replace(" ", "").translate(_HAMZAS).replace("ى", "ي")


def verbs(ontology: Ontology) -> Iterator[Verb]:
    """Every verb that says its imperfect and its root; one record for each lemma."""
    for entry in ontology.words("Verb"):
        imperfect, root = _first(entry, "imperfect"), _root(entry)
        if not imperfect or len(root) < 3:
            continue
        for written in entry.forms:
            lemma = clean(written)
            if not _WORD.fullmatch(lemma) or len(lemma) < 2 or len(imperfect) < 3:
                continue
            yield Verb(
                lemma=lemma,
                imperfect=imperfect,
                form=int(entry.get("verbForm", 1) or 1),
                root=root,
                masdars=_forms(entry, "masdar"),
                participle=_first(entry, "participle"),
                passive_participle=_first(entry, "passiveParticiple"),
                doubled=written.rstrip("\u064e\u064f\u0650").endswith(SHADDA),
                transitive=entry.get("transitive", True) is not False,
                price=str(entry.get("cost") or ""),
            )


_HUMAN = frozenset({"Person", "Group"})


def nominals(ontology: Ontology) -> Iterator[Nominal]:
    """Nouns, adjectives and nationality adjectives of one word."""
    for name, pos in (
        ("Noun", "noun"),
        ("Adjective", "adj"),
        ("Nationality", "adj"),
        ("OrdinalNumeral", "adj"),
        ("CurrencyNoun", "noun"),
        ("Unit", "noun"),
    ):
        for entry in ontology.words(name):
            yield from _nominal(entry, pos)


def _nominal(entry: WordEntry, pos: str) -> Iterator[Nominal]:
    human = any(str(v) in _HUMAN for v in entry.all("denotes"))
    for form in dict.fromkeys(map(clean, entry.forms)):
        if _WORD.fullmatch(form):
            gender = str(entry.get("gender") or ("f" if form.endswith("ة") else "m"))
            yield Nominal(
                form,
                pos,
                gender,
                _forms(entry, "plural"),
                _first(entry, "feminine"),
                clean(str(entry.get("masdarOf", ""))),
                "vn" if entry.get("masdarOf") else "",
                human,
                str(entry.get("cost") or ""),
            )


def functions(ontology: Ontology) -> Iterator[Function]:
    """Function words as `function-words.ttl` gives them, and adverbs of one word."""
    for entry in ontology.words("FunctionWord"):
        yield from _function(entry)
    for entry in ontology.words("Adverb"):
        for form in _words(entry.forms):
            yield Function(form, _lemma(entry, form), "ADV", kind="adv", price="1.5")


_NAMES = ("Country", "Place", "PersonName", "Organisation")


def names(ontology: Ontology) -> dict[str, str]:
    """Names of one word, of countries, places, persons and organisations, each with what it costs more than another."""
    found = dict.fromkeys(_words(word for word, kind in _gazetteer() if kind == "given"), "")
    for name in _NAMES:
        for entry in ontology.words(name):
            found |= {form: str(entry.get("cost") or found.get(form, "")) for form in _words(entry.forms)}
    return found


def months(ontology: Ontology) -> Iterator[str]:
    """Names of months, of longer ones the first word."""
    for entry in ontology.words("Month"):
        yield from _words(form.split()[0] for form in entry.forms)


def _gazetteer() -> Iterator[tuple[str, str]]:
    """The (folded name, class) pairs of the bundled table of names; nothing when there is none."""
    if GAZETTEER.is_file():
        with gzip.open(GAZETTEER, "rt", encoding="utf-8") as stream:
            rows = [line.rstrip("\n").split("\t") for line in stream]
        yield from ((row[0], row[1]) for row in rows)


def known_names(ontology: Ontology) -> frozenset[str]:
    """Folded words that are names or parts of names, for words that the database does not know."""
    longer = (
        form
        for name in ("Country", "Place", "PersonName")
        for entry in ontology.words(name)
        for form in entry.forms
        if " " in form
    )
    found = {fold(word) for form in longer for word in form.split() if len(word) > 2}
    return frozenset(found.union(word for word, _ in _gazetteer()))


def less_likely(ontology: Ontology) -> dict[str, frozenset[str]]:
    """Verb → verbs that are far likelier where both are spelled alike."""
    found: dict[str, frozenset[str]] = {}
    for entry in ontology.words("PreferredVerb"):
        for rare in _forms(entry, "over"):
            found[rare] = found.get(rare, frozenset()) | frozenset(entry.forms)
    return found


def numerals(ontology: Ontology) -> Iterator[str]:
    """Number words as they are spelled."""
    for entry in ontology.words("Numeral"):
        yield from _words(entry.forms)


def _words(forms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in map(clean, forms) if _WORD.fullmatch(form)))


def _lemma(entry: WordEntry, form: str) -> str:
    lemma = clean(str(entry.get("lemma") or form))
    return lemma if _WORD.fullmatch(lemma) else form


def _function(entry: WordEntry) -> Iterable[Function]:
    pos, morph, kind, price = (str(entry.get(key) or "") for key in ("pos", "morph", "kind", "cost"))
    proclitics, enclitics = str(entry.get("proclitics", "wf")), entry.get("enclitics") is True
    attached = _forms(entry, "beforePronoun")
    for form in _words(entry.forms):
        lemma = _lemma(entry, form)
        yield Function(form, lemma, pos, morph, proclitics, enclitics and not attached, True, kind, price)
        for stem in attached:
            yield Function(stem, lemma, pos, morph, proclitics, True, False, kind, price)
