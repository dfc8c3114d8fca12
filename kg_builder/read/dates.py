"""When a document was published: dates in data, and the dateline that opens a news text."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path

from kg_builder.ontology import load

KNOWN = "known: 2022-01-05, 2022-01-05T14:30:00+03:00, 5/1/2022, Wed, 05 Jan 2022 14:30:00 GMT"
YEARS = range(1800, 2101)
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
TIME = re.compile(r"(.*?)(?:\s*[-،,|]\s*|\s+)(\d{1,2}:\d{2}(?::\d{2})?)")
DASH = r"[-\u2010-\u2015:(،,]"
LONGEST = 80  # characters of a date with all its names
OPENING = 160  # characters of the text in which a dateline may stand


def iso_date(given: str, ontology_folder: Path | None = None) -> str:
    """ISO 8601 at the precision given (a day, or a time with its zone). Raises ValueError with the known forms.

    Also read are 5/1/2022 14:30, and the Arabic "الأربعاء، 5 يناير 2022 - 14:30" with the ontology's months.
    """
    text = given.strip().translate(DIGITS)
    if len(text) > LONGEST:
        raise ValueError(f"'{text[:LONGEST]}…' is no date ({KNOWN})")
    moment = _iso(text) or _numeric(text) or _mail(text) or _spelled(text, ontology_folder)
    if moment is None:
        raise ValueError(f"'{given}' is no date ({KNOWN})")
    if moment.year not in YEARS:
        raise ValueError(f"'{given}': the year {moment.year} is not between {YEARS[0]} and {YEARS[-1]}")
    return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()


def _iso(text: str) -> date | None:
    if not re.match(r"\d{4}-?\d{2}-?\d{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _numeric(text: str) -> date | None:
    text, time = _parted(text)
    if match := DAY_FIRST.fullmatch(text):
        return _at(_day(int(match[3]), int(match[2]), int(match[1])), time)
    if match := YEAR_FIRST.fullmatch(text):
        return _at(_day(int(match[1]), int(match[2]), int(match[3])), time)
    return None


def _spelled(text: str, ontology_folder: Path | None) -> date | None:
    """A day with the name of its month, perhaps behind its weekday and before a time."""
    text, time = _parted(text)
    spelled, _, months = _patterns(ontology_folder)
    match = re.fullmatch(rf"(?:\w+\s*[،,]?\s+)?{spelled}", text)
    return _at(_day(int(match["year"]), months[match["month"]], int(match["day"])), time) if match else None


def _parted(text: str) -> tuple[str, str]:
    """The day, and the time of day behind it ("" for none)."""
    match = TIME.fullmatch(text)
    return (match[1], match[2]) if match else (text, "")


def _at(day: date | None, time: str) -> date | None:
    try:
        return datetime.fromisoformat(f"{day.isoformat()}T{time:0>5}") if day and time else day
    except ValueError:
        return None


def _mail(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def dateline(text: str, ontology_folder: Path | None = None) -> str | None:
    """The ISO date of a dateline (a place or an agency, a dash, day, month, year), None when there is none.

    A dateline without a year gives nothing: no year is invented.
    """
    opening = text[:OPENING].lstrip().partition("\n")[0].translate(DIGITS)
    if not re.search(r"\d{4}", opening):
        return None
    _, pattern, months = _patterns(ontology_folder)
    match = pattern.match(opening)
    if not match or not (match["before"] or match["after"]):
        return None
    if match["month"]:
        day = _day(int(match["year"]), months[match["month"]], int(match["day"]))
    else:
        day = _iso(match["iso"]) or _numeric(match["iso"])
    return day.isoformat() if day and day.year in YEARS else None


@lru_cache(maxsize=8)
def _patterns(ontology_folder: Path | None) -> tuple[str, re.Pattern[str], dict[str, int]]:
    """A spelled day, a dateline, and the number of each month's name."""
    entries = load(ontology_folder).words("Month")
    months = {form: int(entry.get("value") or 0) for entry in entries for form in entry.forms}
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True)) or "(?!)"
    spelled = rf"(?P<day>\d{{1,2}})\s+(?P<month>{names})(?:\s*[/(]\s*(?:{names})\)?)?\s*[،,]?\s*(?P<year>\d{{4}})"
    numeric = r"(?P<iso>\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})"
    start = rf"[^\d.!؟\n]{{0,60}}?(?P<before>{DASH})?\s*(?:\w+\s+)?"
    return spelled, re.compile(rf"{start}(?:{spelled}|{numeric})\s*(?P<after>{DASH})?"), months
