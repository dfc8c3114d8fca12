"""RSS and Atom files: one document an item, its text the fullest that the item gives, without markup."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.entities import html5
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from kg_builder.errors import InputError
from kg_builder.model import Article
from kg_builder.read.document import article
from kg_builder.read.lines import MAX_DOCUMENT, codec_of, decoded
from kg_builder.read.markup import plain
from kg_builder.read.options import Options
from kg_builder.read.source import BUFFER, Source

ITEMS = {"item", "entry"}
TEXT = ("encoded", "content", "description", "summary")
DATE = ("pubDate", "published", "date", "updated")
IDENTIFIER = ("guid", "id", "link")
NAME = re.compile("&([A-Za-z][A-Za-z0-9]*);")
CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f]")
LONGEST_NAME = max(map(len, html5)) + 2
_CHARACTERS = {name[:-1]: text for name, text in html5.items() if name[-1] == ";" and not set(text) & set("<>&\"'")}


def read(source: Source, options: Options) -> Iterator[Article | InputError]:
    """An article, or the reason why not, for every item. Raises InputError where the XML breaks or there is no item."""
    publisher, number = "", 0
    with source.open() as stream:
        for element in _closed(stream, source, options):
            name = _name(element)
            if name == "title" and not number and not publisher:
                publisher = _inner(element)
            if name in ITEMS:
                number += 1
                yield _article(element, publisher, f"{source.name} item {number}", f"{source.stem}-{number}", options)
    if not number:
        raise InputError(source.name, "XML without an RSS item or an Atom entry")


def _closed(stream: io.BufferedReader, source: Source, options: Options) -> Iterator[Element]:
    """Elements that matter as they close: items whole, and titles outside of them. Items are forgotten once used."""
    codec = codec_of(stream, source, options)
    try:
        with decoded(stream, codec, "") as text:
            yield from _parsed(text, source)
    except ParseError as error:
        line, column = error.position
        reason = f"broken XML at column {column + 1}: {error.msg.split(':')[0]}"
        raise InputError(f"{source.name}:{line}", reason) from error
    except UnicodeDecodeError as error:
        raise InputError(source.name, f"not {codec}: {error.reason}") from error


def _parsed(text: io.TextIOWrapper, source: Source) -> Iterator[Element]:
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    depth = held = 0
    for chunk in _mended(text):
        held += len(chunk)
        parser.feed(chunk.removeprefix("\ufeff"))
        for event, element in cast(Iterator[tuple[str, Element]], parser.read_events()):
            item = _name(element) in ITEMS
            depth += item if event == "start" else 0
            if event == "end" and (item or not depth):
                yield element
            if event == "end" and item:
                depth, held = depth - 1, 0
                element.clear()
        if held > MAX_DOCUMENT:
            raise InputError(source.name, f"one item of more than {MAX_DOCUMENT >> 20} MiB")
    parser.close()


def _mended(text: io.TextIOWrapper) -> Iterator[str]:
    """The text in pieces, with the names of HTML for characters (`&nbsp;`) resolved, which XML does not know, and
    without the control characters that it forbids. No name is cut in two."""
    rest = ""
    while chunk := text.read(BUFFER):
        whole = rest + chunk
        cut = whole.rfind("&", max(0, len(whole) - LONGEST_NAME))
        rest = whole[cut:] if cut >= 0 and ";" not in whole[cut:] else ""
        yield _resolved(whole[: len(whole) - len(rest)])
    yield _resolved(rest)


def _resolved(text: str) -> str:
    return CONTROLS.sub(" ", NAME.sub(lambda found: _CHARACTERS.get(found[1], found[0]), text))


def _article(item: Element, publisher: str, place: str, fallback_id: str, options: Options) -> Article | InputError:
    parts = {_name(child): child for child in reversed(list(item))}
    found = {
        "id": _first(parts, IDENTIFIER),
        "title": plain(_first(parts, ("title",))),
        "date": _first(parts, DATE),
        "url": _link(item),
        "source": _first(parts, ("source",)) or publisher,
        "text": max((plain(_inner(parts[name])) for name in TEXT if name in parts), key=len, default=""),
    }
    return article({options.column(k): v for k, v in found.items()}, place, fallback_id, options)


def _link(item: Element) -> str:
    """RSS has the address in the element, Atom in its `href`, where `rel` says what it is."""
    links = [e for e in item if _name(e) == "link"]
    links.sort(key=lambda e: e.get("rel", "alternate") != "alternate")
    return next((address for e in links if (address := e.get("href") or _inner(e))), "")


def _first(parts: dict[str, Element], names: tuple[str, ...]) -> str:
    return next((text for name in names if name in parts and (text := _inner(parts[name]))), "")


def _inner(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _name(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1]
