"""Which currency a common noun means: "riyal" is that of the country that the sentence or the document speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kg_builder.annotate.values.cell import Token
from kg_builder.annotate.values.words import Lexicon

_NEAR = 40  # tokens on each side in which a country's name tells whose riyal it is
_SENTENCE_END = frozenset(".!؟?")


class CurrencyChooser:
    """Chooses among the currencies of one noun by the countries that a document names."""

    def __init__(self, lexicon: Lexicon, raws: Sequence[Token], country: str | None) -> None:
        self._lexicon = lexicon
        self._raws = raws
        self._country = country
        self._countries: Counter[str] | None = None

    def currency_of(self, noun: str, adjective: frozenset[str] | None, index: int) -> str | None:
        """The ISO 4217 code a noun means: by adjective, nearest country, the document's, the caller's, its default."""
        options = self._lexicon.currency.get(noun, [])
        if adjective:
            fitting = [code for code, _ in options if code in adjective]
            if fitting:
                return fitting[0]
        default = self._lexicon.default.get(noun) or None
        if (len(options) < 2 and default) or noun == "dollar":
            return default
        by_country = {country: code for code, country in options}
        for country in (self._near(index, by_country), self._usual(by_country), self._country):
            if country in by_country:
                return by_country[country]
        return default

    def _near(self, index: int, wanted: dict[str, str]) -> str | None:
        near = (c for i in self._around(index) for c in self._lexicon.countries_named(self._raws[i].norm))
        return next((c for c in near if c in wanted), None)

    def _around(self, index: int) -> Iterator[int]:
        """The tokens near one, those of its sentence first, the nearest first in each."""
        low, high = max(0, index - _NEAR), min(len(self._raws), index + _NEAR)
        begin, end = index, index
        while begin > low and self._raws[begin - 1].norm not in _SENTENCE_END:
            begin -= 1
        while end < high and self._raws[end].norm not in _SENTENCE_END:
            end += 1
        yield from sorted(range(begin, end), key=lambda i: abs(i - index))
        yield from sorted((*range(low, begin), *range(end, high)), key=lambda i: abs(i - index))

    def _usual(self, wanted: dict[str, str]) -> str | None:
        if self._countries is None:
            self._countries = Counter(c for raw in self._raws for c in self._lexicon.countries_named(raw.norm))
        return next((c for c, _ in self._countries.most_common() if c in wanted), None)
