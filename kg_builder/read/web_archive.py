"""A WARC file: every HTML response in it is a document, its address the id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg_builder.errors import InputError
from kg_builder.model import Article
from kg_builder.read.encoding import decode, detect
from kg_builder.read.lines import MAX_DOCUMENT
from kg_builder.read.options import Options
from kg_builder.read.source import Source
from kg_builder.read.web_page import page


def read(source: Source, options: Options) -> Iterator[Article | InputError]:
    """An article, or the reason why not, for every page. Raises InputError for a broken archive."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise InputError(source.name, "WARC needs an extra: pip install 'kg-builder[archives,html]'") from None
    with source.open() as stream:
        if not stream.peek(1):
            raise InputError(source.name, "empty file")
        try:
            for record in ArchiveIterator(stream):
                if _is_page(record):
                    yield _article(record, source, options)
        except ArchiveLoadFailed as error:
            reason = " ".join(str(error).split())
            raise InputError(source.name, f"broken WARC: {reason}; what came before it was read") from error


def _is_cut_off(stream: Any) -> bool:
    """Whether a record's stream, read to its end, gave less than the record's length."""
    return not stream.read(1) and getattr(stream, "limit", 0) > 0


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    return record.rec_type == "response" and headers and "html" in (headers.get_header("Content-Type") or "")


def _article(record: Any, source: Source, options: Options) -> Article | InputError:
    url = record.rec_headers.get_header("WARC-Target-URI")
    place = f"{source.name} {url}"
    data = record.content_stream().read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        return InputError(place, f"one document of more than {MAX_DOCUMENT >> 20} MiB")
    if _is_cut_off(record.raw_stream):
        return InputError(place, "cut off: the archive ends inside this page")
    try:
        text = decode(data, options.encoding or detect(data, place), place)
    except InputError as error:
        return error
    return page(text, place, url, url, options)
