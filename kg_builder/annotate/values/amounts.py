"""Numbers with what they count, their bounds and ranges."""

from __future__ import annotations

import re
from dataclasses import replace

from kg_builder.annotate.values.counted import Amount, Atom, UnitReader
from kg_builder.annotate.values.numerals import Numeral, cardinal

_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_COMMA_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_FEW_FIFTHS = frozenset([5.0, 7.0, 9.0, 10.0])


class AmountReader(UnitReader):
    """Reads amounts with their ranges and bounds."""

    def read(self, p: int) -> Amount | None:
        """The longest amount at cell `p`, with its range and bound."""
        opener = self.line.link(p - 1)
        amount = self._range(p, opener) or self._one(p)
        if amount is None:
            return None
        amount.bound = self._bound(amount)
        if amount.kind == "number" and amount.upper is None and self._share(amount):
            amount.kind = "percent"
        return amount

    def _share(self, a: Amount) -> bool:
        return self.line.link(a.begin - 1) == "share" and self.line.bare(a.begin)

    def _bound(self, a: Amount) -> str | None:
        before, after = self.line.sense(a.begin - 1), self.line.sense(a.end)
        if before.bound and not before.bound_after and not self.line.cells[a.begin].conj:
            return before.bound
        if self.line.link(a.begin - 1) in ("from", "between") and a.upper is not None:
            outer = self.line.sense(a.begin - 2)
            if outer.bound and not outer.bound_after:
                return outer.bound
        if after.bound and after.bound_after:
            return after.bound
        return "about" if a.about else None

    def _range(self, p: int, opener: str | None) -> Amount | None:
        for join in (True, False) if opener == "between" else (True,):
            first = self._one(p, join)
            found = self._up_to(first, opener) if first else None
            if found:
                return found
        return None

    def _up_to(self, first: Amount, opener: str | None) -> Amount | None:
        line, e = self.line, first.end
        cell = line.cells[e]
        dash = cell.sense.link == "dash"
        if (
            cell.sense.link in ("to", "until")
            and not cell.conj
            and (opener in ("from", "between") or first.kind == "number")
        ) or dash:
            q = e + 1
        elif (cell.conj and not cell.clitic and opener == "between") or (cell.clitic == "ل" and opener == "from"):
            q = e
        else:
            return None
        last = self._one(q)
        if last is None or (last.kind != first.kind and first.kind != "number"):
            return None
        if (dash and not (first.number < last.number or first.scale < last.scale)) or last.number < 0:
            return None
        if first.kind == last.kind != "number" and not _same_unit(first.extra, last.extra):
            return None
        low = first.number
        if last.scale > 1 and first.scale == 1 and low < last.number / last.scale and low < 1000:
            low *= last.scale
        if low > last.number and opener != "between":
            return None  # a fall "from 54 to 28" is a change, not a range
        if dash and last.kind == "number" and opener is None and last.number < 10:
            return None  # two small figures around a dash are the score of a match
        low, high = sorted((low, last.number))
        return replace(last, number=low, upper=high, begin=first.begin, about=False)

    def _one(self, p: int, join: bool = True) -> Amount | None:
        line = self.line
        sense = line.sense(p)
        if sense.code:
            return self.code_first(p)
        if sense.link == "percent":
            n = cardinal(line.cells, p + 1) if line.sense(p + 1).role and line.bare(p + 1) else None
            glued = n and (line.cells[p + 1].glued or not line.before(p))
            return Amount("percent", n.value, p, n.end, {}) if n and glued else None
        if sense.link in ("dash", "minus"):
            return self._negative(p)
        if sense.link == "part":
            return self._parts(Numeral(1, p), p)
        n = cardinal(line.cells, p, join) if sense.role or sense.pair else None
        if n is None:
            return self.counted_once(p)
        q, n = self._out_of_brackets(p, n)
        return self.with_unit(q, n) or (self._plain(q, n) if q < p else self._quotient(p, n) or self._plain(p, n))

    def _out_of_brackets(self, p: int, n: Numeral) -> tuple[int, Numeral]:
        """A number that stands in brackets before its multiplier: (1.2) million."""
        line = self.line
        scale = line.sense(n.end + 1)
        if scale.role not in ("scale", "scales") or scale.number != scale.base or not line.bare(n.end + 1):
            return p, n
        if not self.enclosed(p, n.end):
            return p, n
        size = scale.base or 1
        return p - 1, Numeral(n.value * size, n.end + 2, size)

    def _plain(self, p: int, n: Numeral) -> Amount:
        value = n.value
        cell = self.line.cells[p]
        fifth = (
            cell.sense.role in ("unit", "ten")
            and value in _FEW_FIFTHS
            and not cell.norm.endswith("ة")
            and not cell.article
        )
        if fifth and n.end == p + 1 and self.line.after(p).startswith("ال") and not self.line.sense(n.end).starts:
            value = 1 / value
        digits = cell.sense.digits or ""
        if n.scale == 1 and _THOUSANDS.fullmatch(digits) and self._counts_things(n.end - 1):
            value = round(value * 1000)
        elif n.scale == 1 and _COMMA_THOUSANDS.fullmatch(digits) and self._is_level(n.end - 1):
            value /= 1000
        return Amount("number", value, p, n.end, {}, n.scale, n.about, plain=n.figure)

    def _counts_things(self, p: int) -> bool:
        """Whether an indefinite noun follows, so that the point in 5.706 parts thousands."""
        p += self.line.link(p + 1) == "close"
        following = self.line.after(p)
        return following.isalpha() and not following.startswith("ال") and not self.line.uncounted(p)

    def _is_level(self, p: int) -> bool:
        """Whether a figure like 96,599 counts nothing in a text that puts a comma before its decimals."""
        return self.comma_decimals() and not self._counts_things(p)

    def _negative(self, p: int) -> Amount | None:
        line = self.line
        nxt = line.cells[p + 1]
        word = line.link(p) == "minus"
        if not word and (not nxt.glued or line.cells[p].glued or not (nxt.sense.digits is not None or nxt.sense.pair)):
            return None
        inner = self._one(p + 1) if nxt.sense.role or nxt.sense.pair else None
        return replace(inner, number=-inner.number, begin=p) if inner else None

    def _quotient(self, p: int, n: Numeral) -> Amount | None:
        """One over three; two parts of five."""
        line = self.line
        if line.link(n.end) == "part":
            return self._parts(n, p)
        if line.link(n.end) != "over" or not line.sense(n.end + 1).role or not line.bare(n.end + 1):
            return None
        below = cardinal(line.cells, n.end + 1)
        if below is None or not below.value or line.sense(below.end).unit or line.sense(below.end).measure:
            return None
        if line.link(below.end) == "percent" or line.sense(below.end).noun or n.value != int(n.value):
            return None
        return Amount("number", n.value / below.value, p, below.end, {})

    def _parts(self, n: Numeral, p: int) -> Amount | None:
        below = cardinal(self.line.cells, n.end + 1)
        if below is None or not below.value:
            return None
        over = n.value % 100
        whole = n.value - over if over and n.value > 100 and n.value > below.value else 0.0
        return Amount("number", whole + (n.value - whole) / below.value, p, below.end, {})


def _same_unit(first: dict[str, Atom], last: dict[str, Atom]) -> bool:
    return all(first.get(k) == last.get(k) for k in ("currency", "unit"))
