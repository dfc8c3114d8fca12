"""A .jsonl file holds one document a line: id, title, date, url, source, text; other keys are ignored."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg_builder.errors import InputError
from kg_builder.model import Article
from kg_builder.read.document import article
from kg_builder.read.lines import codec_of, lines
from kg_builder.read.options import Options
from kg_builder.read.source import Source


def read(source: Source, options: Options) -> Iterator[Article | InputError]:
    """An article, or the reason why not, for every line that is not blank."""
    with source.open() as stream:
        for number, line in lines(stream, codec_of(stream, source, options), source, options):
            if isinstance(line, InputError):
                yield line
            elif line.strip():
                yield _document(line, f"{source.name}:{number}", f"{source.stem}-{number}", options)


def _document(line: str, place: str, fallback_id: str, options: Options) -> Article | InputError:
    try:
        fields = json.loads(line.strip())
    except json.JSONDecodeError as error:
        return InputError(place, f"broken JSON at column {error.colno}: {error.msg}")
    except (RecursionError, ValueError) as error:
        return InputError(place, f"broken JSON: {error}")
    if not isinstance(fields, dict):
        return InputError(place, f"not a JSON object but {type(fields).__name__}")
    return article(fields, place, fallback_id, options)
