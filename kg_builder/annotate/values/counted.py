"""What numbers count: currencies, measures, units of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kg_builder.annotate.values.line import Line
from kg_builder.annotate.values.numerals import Numeral, cardinal

Atom = str | int | float


CurrencyOf = Callable[[str, frozenset[str] | None, int], str | None]


_NO_DUAL = frozenset(["[ft_i]", "[mi_i]", "[in_i]"])


_SIZES = {  # how many of the smaller unit make the larger
    ("year", "month"): 12,
    ("week", "day"): 7,
    ("day", "hour"): 24,
    ("hour", "minute"): 60,
    ("minute", "second"): 60,
}


@dataclass(slots=True)
class Amount:
    """An amount over cells `begin` to `end`; `extra` holds currency, unit and per."""

    kind: str
    number: float
    begin: int
    end: int
    extra: dict[str, Atom]
    scale: int = 1
    about: bool = False
    upper: float | None = None
    bound: str | None = None
    plain: bool = False

    def value(self) -> dict[str, Atom]:
        """The value of the mention."""
        value: dict[str, Atom]
        if self.upper is None:
            value = {"value": tidy(self.number)}
        else:
            value = {"from": tidy(self.number), "to": tidy(self.upper)}
        value |= self.extra
        if self.bound:
            value["bound"] = self.bound
        return value


def tidy(number: float) -> Atom:
    """A whole number as such, another rounded to what was written."""
    rounded = float(f"{number:.15g}")
    return int(rounded) if rounded == int(rounded) and abs(rounded) < 1e18 else rounded


class UnitReader:
    """Reads what a number counts.

    `currency_of` finds the currency of a noun from the text around, `comma_decimals` tells how decimals are written.
    """

    def __init__(self, line: Line, currency_of: CurrencyOf, comma_decimals: Callable[[], bool]) -> None:
        self.line = line
        self.currency_of = currency_of
        self.comma_decimals = comma_decimals

    def enclosed(self, p: int, e: int) -> bool:
        """Whether cells `p` up to `e` stand in brackets, or between slashes as some agencies set figures."""
        marks = (self.line.link(p - 1), self.line.link(e))
        return marks in (("open", "close"), ("slash", "slash"))

    def with_unit(self, p: int, n: Numeral) -> Amount | None:
        """The number `n` at cell `p` with the unit or currency after it."""
        line, e = self.line, n.end
        if self.enclosed(p, e):
            p, e = p - 1, e + 1
        cell = line.cells[e]
        sense = cell.sense
        if cell.conj or (cell.clitic and sense.link != "percent"):
            return None
        base = Amount("", n.value, p, e + 1, {}, n.scale, n.about)
        if sense.link == "percent":
            return replace(base, kind="percent")
        if sense.code and (cell.glued or not cell.norm.isascii() or not line.sense(e + 1).role):
            return self._money(replace(base, kind="money", extra={"currency": sense.code}))
        if sense.cent:
            return self._cents(base, sense.cent)
        if sense.noun and not (sense.measure and not self._is_money(e)):
            return self._noun(base, e)
        if sense.measure and not (sense.abbreviation and not n.figure and n.scale == 1) and not cell.article:
            return self._measured(base, e)
        if sense.unit and sense.role is None and not cell.article:
            return self._lasting(replace(base, kind="duration"), e)
        return None

    def _is_money(self, e: int) -> bool:
        noun = self.line.sense(e).noun or ""
        return (
            bool(self.line.sense(e + 1).adjective) or self.currency_of(noun, None, self.line.cells[e].next) is not None
        )

    def counted_once(self, p: int) -> Amount | None:
        """A noun in the dual, or with "one" or "and a half" after it: two dollars, one dollar, an hour and a half."""
        line = self.line
        cell = line.cells[p]
        sense = cell.sense
        if not (sense.noun or sense.measure or sense.unit) or cell.article or sense.abbreviation or sense.hour_word:
            return None
        count = 0.0
        if sense.count == 2 and cell.norm.endswith(("ان", "ين")) and sense.measure not in _NO_DUAL:
            count = 2.0
        nxt = line.cells[p + 1]
        one = nxt.sense.role == "unit" and nxt.sense.number == 1 and line.bare(p + 1) and not nxt.article
        half = nxt.sense.role == "fraction" and nxt.conj and not nxt.clitic and not nxt.article
        whole = nxt.sense.link == "repeat" and bool(sense.unit)
        if sense.count == 1 and (one or half or whole or self._less_follows(p)):
            count = 1.0
        if not count:
            return None
        base = Amount("", count, p, p + 1, {})
        if sense.noun and not (sense.measure and not self._is_money(p)):
            found: Amount | None = self._noun(base, p)
        elif sense.measure:
            found = self._measured(base, p)
        else:
            found = self._lasting(replace(base, kind="duration"), p)
        if found and (one or whole) and count == 1.0 and found.end == p + 1:
            found.end = p + 2
        return found

    def _less_follows(self, p: int) -> bool:
        """Whether "a year" goes on with "and two months"."""
        nxt = self.line.cells[p + 1]
        if not nxt.conj or nxt.clitic or not self.line.sense(p).unit or self.line.cells[p].article:
            return False
        more = self.line.span_of_time(p + 1)
        return more is not None and (self.line.sense(p).unit or "", more[1]) in _SIZES

    def _noun(self, base: Amount, e: int) -> Amount | None:
        line = self.line
        noun, after = line.sense(e).noun or "", line.sense(e + 1)
        adjective = after.adjective if line.bare(e + 1) else None
        code = self.currency_of(noun, adjective, line.cells[e].next)
        if not code:
            return None
        end = e + 2 if adjective else e + 1
        return self._money(replace(base, kind="money", extra={"currency": code}, end=end))

    def _money(self, money: Amount) -> Amount:
        """Adds cents, "and a half", and the unit that the price is for."""
        line = self.line
        end, number = money.end, money.number
        cell = line.cells[end]
        if cell.conj and cell.sense.role and not cell.clitic:
            if cell.sense.role == "fraction" and not cell.article and money.scale == 1:
                number, end = number + (cell.sense.number or 0), end + 1
                end += line.sense(end).noun is not None and line.cells[end].article
            elif (cents := cardinal(line.cells, end)) and line.sense(cents.end).cent and line.bare(cents.end):
                number, end = number + cents.value / (line.sense(cents.end).cent or ("", 100))[1], cents.end + 1
        return self._per(replace(money, number=number, end=end))

    def _per(self, money: Amount) -> Amount:
        line, e = self.line, money.end
        cell = line.cells[e]
        if line.link(e) == "each" or line.link(e) == "repeat":
            e += 1
        elif cell.clitic != "ل" or cell.conj:
            return money
        sense = line.sense(e)
        per = sense.measure_name
        if per is None and sense.noun and line.cells[e].article:
            per = self.currency_of(sense.noun, line.sense(e + 1).adjective, line.cells[e].next)
        if per is None or line.sense(e).role:
            return money
        end = e + 1
        one = line.sense(end)
        if one.role == "unit" and one.number == 1:
            end += 1
        return replace(money, extra=money.extra | {"per": per}, end=end)

    def _cents(self, base: Amount, cent: tuple[str, int]) -> Amount | None:
        noun, parts = cent
        line, e = self.line, base.end - 1
        adjective = line.sense(e + 1).adjective
        code = self.currency_of(noun, adjective, line.cells[e].next)
        if not code:
            return None
        parts = 1000 if code == "TND" and parts == 100 else parts
        end = base.end + bool(adjective)
        return self._per(replace(base, kind="money", number=base.number / parts, extra={"currency": code}, end=end))

    def _measured(self, base: Amount, e: int) -> Amount:
        sense = self.line.sense(e)
        code, number = sense.measure or "", base.number
        if code == "basisPoint":
            code, number = "point", number / 100
        found = replace(base, kind="quantity", number=number, extra={"unit": code})
        return self._and_half(found, lambda p: self.line.sense(p).measure == sense.measure)

    def _lasting(self, base: Amount, e: int) -> Amount:
        sense = self.line.sense(e)
        unit = "year" if sense.unit in ("decade", "century") else sense.unit or ""
        found = replace(base, number=base.number * sense.factor, extra={"unit": unit}, end=e + 1)
        return self._and_less(self._and_half(found, lambda p: self.line.sense(p).unit == sense.unit))

    def _and_less(self, amount: Amount) -> Amount:
        """Seven hours and five minutes, in the smaller unit."""
        line, e = self.line, amount.end
        more = line.span_of_time(e) if line.cells[e].conj and not line.cells[e].clitic else None
        size = _SIZES.get((str(amount.extra["unit"]), more[1])) if more else None
        if more is None or size is None or more[0] >= size:
            return amount
        less = replace(amount, number=amount.number * size + more[0], extra={"unit": more[1]}, end=more[2])
        return self._and_less(less)

    def _and_half(self, amount: Amount, same: Callable[[int], bool]) -> Amount:
        line, e = self.line, amount.end
        cell = line.cells[e]
        if cell.sense.role != "fraction" or not cell.conj or cell.article or cell.clitic:
            return amount
        end = e + 2 if same(e + 1) and line.bare(e + 1) else e + 1
        return replace(amount, number=amount.number + (cell.sense.number or 0), end=end)

    def code_first(self, p: int) -> Amount | None:
        """A currency sign or code at cell `p` with its number."""
        line = self.line
        nxt = line.cells[p + 1]
        if nxt.sense.role != "digits" or not line.bare(p + 1) or nxt.start - line.cells[p].end > 1:
            return None
        n = cardinal(line.cells, p + 1)
        if n is None:
            return None
        value, end = n.value, n.end
        cents = line.cells[end]
        two = len(cents.norm) == 2 and line.plain(end) is not None and line.bare(end)
        if two and n.figure and value == int(value) and line.clause_ends(end):
            value, end = value + (line.plain(end) or 0) / 100, end + 1
        return self._money(Amount("money", value, p, end, {"currency": line.sense(p).code or ""}, n.scale))
