"""A .txt file is one document; its stem is the id. A front matter may give its title, date, url and source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg_builder.errors import InputError
from kg_builder.model import Article
from kg_builder.read.document import article
from kg_builder.read.encoding import decode, detect
from kg_builder.read.lines import MAX_DOCUMENT, noted
from kg_builder.read.options import FIELDS, Options
from kg_builder.read.source import Source

FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)
ENTRY = re.compile(r"^(\w+)[ \t]*:[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)


def read(source: Source, options: Options) -> Iterator[Article | InputError]:
    """The one article of the file. The front matter stays in the text, so that offsets are those of the file."""
    text = whole(source, options)
    fields: dict[str, object] = {options.column(k): v for k, v in _front_matter(text).items()}
    yield article({**fields, options.column("text"): text}, source.name, source.stem, options)


def whole(source: Source, options: Options) -> str:
    """All text of a file that is one document. Raises InputError for an empty, binary, undecodable or huge one."""
    with source.open() as stream:
        data = stream.read(MAX_DOCUMENT + 1)
    if not data:
        raise InputError(source.name, "empty file")
    if len(data) > MAX_DOCUMENT:
        raise InputError(source.name, f"one document of more than {MAX_DOCUMENT >> 20} MiB")
    codec = noted(options.encoding or detect(data, source.name), source, options)
    return decode(data, codec, source.name)


def _front_matter(text: str) -> dict[str, str]:
    match = FRONT_MATTER.match(text)
    entries = {key.lower(): value.strip("\"'") for key, value in ENTRY.findall(match[1])} if match else {}
    return {key: value for key, value in entries.items() if key in FIELDS and key != "text"}
