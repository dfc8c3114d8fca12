"""An .html file is one document: trafilatura finds its title, date, publisher and body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg_builder.errors import InputError
from kg_builder.model import Article
from kg_builder.read.document import article
from kg_builder.read.options import Options
from kg_builder.read.source import Source
from kg_builder.read.text_file import whole


def read(source: Source, options: Options) -> Iterator[Article | InputError]:
    """The one article of the page; its text is the body as extracted, and offsets count in that."""
    yield page(whole(source, options), source.name, source.stem, None, options)


def page(html: str, place: str, identifier: str, url: str | None, options: Options) -> Article | InputError:
    """The article of a page's source."""
    try:
        from trafilatura import bare_extraction
    except ImportError:
        return InputError(place, "HTML needs an extra: pip install 'kg-builder[html]'")
    found: Any = bare_extraction(
        html,
        url=url,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if found is None:
        return InputError(place, "no article body found in the page")
    fields = {
        "id": identifier,
        "title": found.title,
        "date": found.date,
        "url": url or found.url,
        "source": found.sitename or found.hostname,
        "text": found.text,
    }
    return article({options.column(k): v for k, v in fields.items()}, place, identifier, options)
