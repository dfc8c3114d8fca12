"""What one word may mean to the value grammar, and the form under which words are looked up."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace


@dataclass(slots=True)
class Sense:
    """All that one form may mean; a field left None is a meaning it does not have."""

    number: float | None = None
    role: str | None = None
    base: int | None = None
    divisor: int | None = None
    ordinal: int | None = None
    month: int | None = None
    hijri: bool = False
    weak: bool = False
    weekday: int | None = None
    unit: str | None = None
    factor: int = 1
    count: int | None = None
    shift: int | None = None
    anaphoric: bool = False
    rday: int | None = None
    dependent: bool = False
    spoken: bool = False
    night: bool = False
    edge: str | None = None
    part: tuple[int, int] | None = None
    adverb: bool = False
    hour_word: bool = False
    season: int | None = None
    decade: int | None = None
    holiday: tuple[str, int, int] | None = None
    noun: str | None = None
    code: str | None = None
    cent: tuple[str, int] | None = None
    adjective: frozenset[str] | None = None
    place: str | None = None
    measure: str | None = None
    measure_name: str | None = None
    abbreviation: bool = False
    bound: str | None = None
    bound_after: bool = False
    link: str | None = None
    block: str | None = None
    digits: str | None = None
    date: tuple[int | None, int | None, int | None] | None = None
    clock: tuple[int, int, int | None] | None = None
    pair: tuple[int, int] | None = None
    zone: str | None = None
    year_part: int | None = None
    starts: bool = False


EMPTY = Sense()


_DEFAULTS = {f.name: getattr(EMPTY, f.name) for f in fields(Sense)}


_FOLD = str.maketrans("أإآٱىة", "اااايه", "\u0640")


# Words whose presence alone makes it worth to parse the words around them.
_TRIGGERS = frozenset(
    [
        "number",
        "ordinal",
        "month",
        "weekday",
        "unit",
        "rday",
        "night",
        "edge",
        "part",
        "holiday",
        "decade",
        "season",
        "digits",
        "date",
        "clock",
        "pair",
        "code",
        "noun",
        "measure",
        "cent",
        "year_part",
    ]
)


_OPENERS = frozenset(
    ["before", "after", "since", "this", "same", "last", "percent", "minus", "dash", "part", "now", "firstDay"]
)


def fold(word: str) -> str:
    """The form under which word lists are looked up: hamza seats, alef maqsura and ta marbuta made alike."""
    return word.translate(_FOLD).lower()


def merged(old: Sense | None, new: Sense) -> Sense:
    """Both meanings in one; where they compete the earlier stays."""
    if old is None:
        return new
    extra = {k: v for k in _DEFAULTS if (v := getattr(new, k)) != _DEFAULTS[k] and getattr(old, k) == _DEFAULTS[k]}
    if new.adjective and old.adjective:
        extra["adjective"] = old.adjective | new.adjective
    return replace(old, **extra)


def is_trigger(sense: Sense) -> bool:
    """Whether the word can begin or head a value, unlike a preposition or a comma."""
    return any(getattr(sense, k) != _DEFAULTS[k] for k in _TRIGGERS) or sense.link == "now"


def may_start(sense: Sense) -> bool:
    """Whether a value can begin with the word."""
    return is_trigger(sense) or sense.link in _OPENERS
