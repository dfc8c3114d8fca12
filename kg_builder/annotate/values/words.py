"""The value words of the ontology: single words and phrases with their meanings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg_builder.annotate.values.sense import Sense, fold, may_start, merged
from kg_builder.ontology import Ontology, WordEntry

_PIECES = re.compile(r"[^\W\d_]+|\d+|\S")


def noun_forms(entry: WordEntry) -> Iterable[tuple[str, int]]:
    """Forms of a counted noun with the count they say: 1 singular, 2 dual, 0 plural."""
    for form in entry.forms:
        yield form, 1
        stem = form[:-1] + "ت" if form.endswith("ة") else form
        if " " in form and not form.endswith("ة"):
            yield form + "ا", 1
        if " " not in form:
            if stem == form:
                yield form + "ا", 1
            yield from ((stem + end, 2) for end in ("ان", "ين", "ا" if stem != form else "ين", "ي"))
    for plural in map(str, entry.all("plural")):
        yield plural, 0
        if not plural.endswith(("ات", "ا")):
            yield plural + "ا", 0


def agreeing(form: str) -> Iterable[str]:
    """An adjective in every gender, number and case ending that shows in writing."""
    return (form + end for end in ("", "ا", "ة", "ين", "ان", "تين", "تان", "ات"))


def text(entry: WordEntry, key: str) -> str:
    """The value of `key` as text, "" when there is none."""
    return str(entry.get(key, ""))


def number(entry: WordEntry, key: str = "value") -> int:
    """The value of `key` as a whole number, 0 when there is none."""
    return int(entry.get(key, 0) or 0)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words after the first of a form of several words, and what the whole means."""

    rest: tuple[str, ...]
    sense: Sense


_CACHE_LIMIT = 400_000
_BLOCKS = (
    ("TodayBlocker", "after"),
    ("TodayBlockerBefore", "before"),
    ("Age", "age"),
    ("NotYearAfter", "number"),
    ("NamedForDay", "named"),
    ("NumberedName", "numbered"),
    ("MerelyWord", "merely"),
)


class Lexicon:
    """The value words by folded form, single words apart from phrases."""

    def __init__(self, ontology: Ontology) -> None:
        self.single: dict[str, Sense] = {}
        self.phrases: dict[str, list[Phrase]] = {}
        self.inner: set[str] = {"."}
        self.currency: dict[str, list[tuple[str, str]]] = {}
        self.default: dict[str, str] = {}
        self.country: dict[str, tuple[str, ...]] = {}
        self._countries: dict[str, tuple[str, ...]] = {}
        self._future = {fold(form) for e in ontology.words("FutureMark") for form in e.forms}
        self._not_future = tuple(fold(form) for e in ontology.words("FutureLookalike") for form in e.forms)
        self._read_numbers(ontology)
        self._read_times(ontology)
        self._read_money(ontology)
        self._read_small_words(ontology)
        for options in self.phrases.values():
            options.sort(key=lambda p: -len(p.rest))
            for option in options:
                option.sense.starts = may_start(option.sense)
        for sense in self.single.values():
            sense.starts = may_start(sense)

    def add(self, form: str, sense: Sense) -> None:
        """Let `form` mean `sense` too."""
        first, *rest = _PIECES.findall(fold(form))
        if not rest:
            self.single[first] = merged(self.single.get(first), sense)
            return
        self.inner.update(rest)
        options = self.phrases.setdefault(first, [])
        for i, option in enumerate(options):
            if option.rest == tuple(rest):
                options[i] = Phrase(option.rest, merged(option.sense, sense))
                return
        options.append(Phrase(tuple(rest), sense))

    def speaks_of_future(self, norm: str) -> bool:
        """Whether a word puts its clause in the future: a verb with the prefix of it, or a word like "expected"."""
        word = fold(norm)
        stem = word[1:] if word[0] in "وف" and len(word) > 4 else word
        if {word, stem} & self._future:
            return True
        return len(stem) > 4 and stem[0] == "س" and stem[1] in "يتنا" and not stem.startswith(self._not_future)

    def countries_named(self, norm: str) -> tuple[str, ...]:
        """The ISO 3166 codes of the countries that a word names, by themselves, a city or a nationality; remembered."""
        known = self._countries.get(norm)
        if known is None:
            if len(self._countries) > _CACHE_LIMIT:
                self._countries.clear()
            known = self._countries[norm] = self._look_for_countries(fold(norm))
        return known

    def _look_for_countries(self, word: str) -> tuple[str, ...]:
        for stem in (word, word[1:], "ا" + word[1:] if word.startswith("لل") else word):
            if stem in self.country:
                return self.country[stem]
            sense = self.single.get(stem[2:] if stem.startswith("ال") else stem)
            if sense and sense.place:
                return (sense.place,)
        return ()

    def _add_all(self, forms: Iterable[str], sense: Sense) -> None:
        for form in forms:
            self.add(form, sense)

    def _read_numbers(self, ontology: Ontology) -> None:
        for e in ontology.words("Numeral"):
            value = float(e.get("value", 0) or 0)
            sense = Sense(number=value, role=text(e, "role"), base=number(e, "base") or None)
            sense.divisor = number(e, "divisor") or None
            self._add_all(e.forms, sense)
        for e in ontology.words("OrdinalNumeral"):
            self._add_all(e.forms, Sense(ordinal=number(e)))

    def _read_times(self, ontology: Ontology) -> None:
        for e in ontology.words("Month"):
            hijri = text(e, "calendar") == "hijri"
            self._add_all(e.forms, Sense(month=number(e), hijri=hijri, weak=bool(e.get("weak", False))))
        for list_name, field in (("Weekday", "weekday"), ("Season", "season"), ("Decade", "decade")):
            for e in ontology.words(list_name):
                sense = Sense()
                setattr(sense, field, number(e))
                self._add_all(e.forms, sense)
        for e in ontology.words("TimeUnit"):
            for form, count in noun_forms(e):
                self.add(form, Sense(unit=text(e, "name"), factor=number(e, "factor"), count=count))
        for e in ontology.words("TimeShift"):
            sense = Sense(shift=number(e, "shift"), anaphoric=bool(e.get("anaphoric", False)))
            for form in e.forms:
                self._add_all([form] if " " in form else agreeing(form), sense)
        for e in ontology.words("RelativeDay"):
            dependent, spoken = bool(e.get("dependent", False)), bool(e.get("spoken", False))
            self._add_all(e.forms, Sense(rday=number(e, "shift"), dependent=dependent, spoken=spoken))
        for e in ontology.words("TimeEdge"):
            self._add_all(e.forms, Sense(edge=text(e, "name")))
        for list_name, adverb in (("DayPart", False), ("DayPartAdverb", True)):
            for e in ontology.words(list_name):
                self._add_all(e.forms, Sense(part=(number(e, "begin"), number(e, "end")), adverb=adverb))
        for e in ontology.words("Holiday"):
            self._add_all(e.forms, Sense(holiday=(text(e, "calendar"), number(e, "month"), number(e, "day"))))
        self._read_time_marks(ontology)

    def _read_time_marks(self, ontology: Ontology) -> None:
        for e in ontology.words("RelativeNight"):
            self._add_all(e.forms, Sense(night=True))
        for e in ontology.words("TimeZone"):
            self._add_all(e.forms, Sense(zone=text(e, "offset")))
        for e in ontology.words("YearPart"):
            self._add_all(e.forms, Sense(year_part=number(e)))
        for e in ontology.words("HourWord"):
            self._add_all(e.forms, Sense(hour_word=True, unit="hour", count=1))
        for list_name, name in _BLOCKS:
            for e in ontology.words(list_name):
                self._add_all(e.forms, Sense(block=name))

    def _read_money(self, ontology: Ontology) -> None:
        for e in ontology.words("CurrencyNoun"):
            self.default[text(e, "name")] = text(e, "code")
            for form, count in noun_forms(e):
                self.add(form, Sense(noun=text(e, "name"), count=count))
        for e in ontology.words("Currency"):
            code, country = text(e, "code"), text(e, "country")
            self.currency.setdefault(text(e, "noun"), []).append((code, country))
            for adjective in e.all("adjective"):
                self._add_all(agreeing(str(adjective)), Sense(adjective=frozenset([code]), place=country))
            for place in e.all("place"):
                self._name_country(fold(str(place)), country)
        for e in ontology.words("CurrencySymbol"):
            self._add_all(e.forms, Sense(code=text(e, "code")))
        for e in ontology.words("CurrencyPart"):
            for form, count in noun_forms(e):
                self.add(form, Sense(cent=(text(e, "noun"), number(e, "parts")), count=count))

    def _name_country(self, place: str, country: str) -> None:
        known = self.country.get(place, ())
        if country not in known:
            self.country[place] = (*known, country)

    def _read_small_words(self, ontology: Ontology) -> None:
        for e in ontology.words("Unit"):
            code, name = text(e, "code"), text(e, "name")
            for form, count in noun_forms(e):
                self.add(form, Sense(measure=code, measure_name=name, count=count))
            for short in e.all("abbreviation"):
                self.add(str(short), Sense(measure=code, measure_name=name, abbreviation=True))
        for e in ontology.words("ValueLink"):
            self._add_all(e.forms, Sense(link=text(e, "name")))
        for e in ontology.words("ValueBound"):
            self._add_all(e.forms, Sense(bound=text(e, "name"), bound_after=bool(e.get("after", False))))
