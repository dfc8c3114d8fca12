"""One document's fields, from whatever file, become an `Article` or the reason why not."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg_builder.errors import InputError
from kg_builder.model import Article
from kg_builder.read.dates import dateline, iso_date
from kg_builder.read.encoding import ARABIC, once
from kg_builder.read.options import Options

UNFIT = re.compile("[\x00\ud800-\udfff]")


def article(fields: Mapping[str, object], place: str, fallback_id: str, options: Options) -> Article | InputError:
    """The article of the fields id, title, date, url, source and text; `fallback_id` serves when there is no id."""
    try:
        text = _text(fields, place, options)
        return Article(
            id=_string(fields, "id", place, options) or fallback_id,
            text=text,
            title=_string(fields, "title", place, options) or "",
            date=_date(fields, text, place, options),
            url=_string(fields, "url", place, options),
            source=_string(fields, "source", place, options),
        )
    except InputError as error:
        return error


def _text(fields: Mapping[str, object], place: str, options: Options) -> str:
    key = options.column("text")
    if fields.get(key) is None:
        there = ", ".join(map(str, fields)) or "none"
        raise InputError(place, f"no `{key}`; there is: {there} (name another with --column text=NAME)")
    text = _string(fields, "text", place, options)
    if not text:
        raise InputError(place, "empty text")
    if not options.any_script and not ARABIC.search(text):
        raise InputError(place, "no Arabic in it")
    return text


def _string(fields: Mapping[str, object], name: str, place: str, options: Options) -> str | None:
    key = options.column(name)
    value = fields.get(key)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise InputError(place, f"`{key}` is not a string but {type(value).__name__}")
    unfit = UNFIT.search(value)
    if unfit:
        raise InputError(place, f"`{key}` has U+{ord(unfit[0]):04X} at {unfit.start()}, which no text may hold")
    repaired = once(value)
    if repaired is not None:
        options.note(f"{place}: `{key}` was encoded twice and is read as it was before")
    return value if repaired is None else repaired


def _date(fields: Mapping[str, object], text: str, place: str, options: Options) -> str | None:
    """From the data, else from a dateline that has a year, else the date given for all."""
    value = _string(fields, "date", place, options)
    if value is None:
        return dateline(text, options.ontology_folder) or options.date
    try:
        return iso_date(value, options.ontology_folder)
    except ValueError as error:
        raise InputError(place, f"`{options.column('date')}`: {error}") from error
