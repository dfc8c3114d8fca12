"""Numbers, dates and clock times written in digits."""

from __future__ import annotations

import re

from kg_builder.annotate.values.sense import Sense

_NUMBER = r"\d{1,3}(?:[,،]\d{3})+(?:[.,]\d+)?(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?(?!\d)|\d+[.,]\d+|\d+|\.\d+"


CHUNK = re.compile(
    r"(?P<iso>\d{4}([-/.])\d{1,2}\2\d{1,2})(?:T(?P<at>\d\d:\d\d(?::\d\d)?)\S*)?(?!\d)"
    r"|(?P<dmy>\d{1,2}([-/.])\d{1,2}\5\d{4}|\d{1,2}/\d{1,2}/\d{2})(?!\d)"
    r"|(?P<my>\d{1,2}/[12]\d{3})(?!\d)|(?P<ym>[12]\d{3}[-/](?:0[1-9]|1[0-2]))(?![\d/-])"
    r"|(?P<clock>(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?)(?!\d)"
    r"|(?P<agency>\d+(?:ر\d+)+)(?!\d)"
    rf"|(?P<power>(?:{_NUMBER})(?:\^-?|e[+-]?)\d+)"
    r"|(?P<pair>\d{1,3}/\d{1,3})(?![\d/])"
    rf"|(?P<number>{_NUMBER})|(?P<sign>.)"
)


def figure(digits: str) -> float:
    """The number that a run of digits with separators writes: 3,500 · 0,5 · 1.234.567,8 · 200.000."""
    digits = digits.replace("،", ",")
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+([.,]\d+)?", digits):
        head, mark, tail = digits.rpartition(".") if "." in digits else (digits, "", "")
        if not mark and len(digits.rsplit(",", 1)[1]) != 3:
            head, _, tail = digits.rpartition(",")
        return float(head.replace(",", "") + "." + (tail or "0"))
    if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3}){2,}(,\d+)?|[1-9]\d{0,2}(\.000)", digits):
        return float(digits.replace(".", "").replace(",", "."))
    return float(digits.replace(",", "."))


def agency_figure(text: str) -> float:
    """A number in the manner of Arab news agencies, written so that it looks right from right to left.

    The letter ra is the point and stands after the decimals (52ر1 is 1.52); more of them part groups of three digits.
    """
    parts = text.split("ر")
    if len(parts) == 2:
        below, above = parts if parts[0] != "0" or parts[1] == "0" else reversed(parts)
        return float(f"{above}.{below}")
    groups = parts if len(parts[0]) < 3 else parts[::-1]
    return float("".join(groups))


def _power(text: str) -> float:
    if "e" in text:
        base, _, exponent = text.partition("e")
        return float(f"{figure(base)!r}e{int(exponent)}")
    base, _, exponent = text.partition("^")
    return float(figure(base) ** int(exponent))


def _three(text: str) -> tuple[int, int, int]:
    first, second, third = (int(x) for x in re.split("[-/.]", text))
    return first, second, third


def _day_first(text: str) -> tuple[int | None, int | None, int | None]:
    day, month, year = _three(text)
    if month > 12 >= day:
        day, month = month, day
    return (year + (2000 if year < 50 else 1900) if year < 100 else year), month, day


def _clock(text: str) -> tuple[int, int, int | None]:
    hour, minute, *rest = (int(x) for x in text.split(":"))
    return hour, minute, rest[0] if rest else None


def figure_sense(kind: str, match: re.Match[str]) -> Sense | None:
    """What a piece of `CHUNK` writes; None for a sign."""
    body = match.group()
    if kind == "number":
        return Sense(number=figure(body), role="digits", digits=body)
    if kind == "agency":
        return Sense(number=agency_figure(body), role="digits", digits="")
    if kind == "power":
        return Sense(number=_power(body), role="digits", digits="")
    if kind == "iso":
        at = match.group("at")
        return Sense(date=_three(match.group("iso")), clock=_clock(at) if at else None)
    if kind == "dmy":
        return Sense(date=_day_first(body))
    if kind == "my":
        month, year = body.split("/")
        return Sense(date=(int(year), int(month), None))
    if kind == "ym":
        return Sense(date=(int(body[:4]), int(body[5:]), None))
    if kind == "clock":
        return Sense(clock=_clock(body))
    if kind == "pair":
        first, second = (int(x) for x in body.split("/"))
        return Sense(pair=(first, second), digits=body)
    return None
