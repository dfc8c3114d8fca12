"""Lines of text out of a byte stream, with a bound on what is held in memory."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, AnyStr

from kg_builder.errors import InputError
from kg_builder.read.encoding import canonical, decode, detect
from kg_builder.read.options import Options
from kg_builder.read.source import BUFFER, Source, broken

MAX_DOCUMENT = 16 * 1024 * 1024  # bytes, or characters where the text is decoded on the way


def codec_of(stream: io.BufferedReader, source: Source, options: Options) -> str:
    """The encoding of a stream, told by the user or detected from its beginning; anything but UTF-8 is noted."""
    start = stream.peek(BUFFER)
    if not start:
        raise InputError(source.name, "empty file")
    return noted(options.encoding or detect(start, source.name), source, options)


def noted(codec: str, source: Source, options: Options) -> str:
    """The codec itself, after telling the user when it was detected and is not UTF-8."""
    if codec != "utf-8" and not options.encoding:
        options.note(f"{source.name}: read as {codec}")
    return codec


def lines(
    stream: io.BufferedReader, codec: str, source: Source, options: Options
) -> Iterator[tuple[int, str | InputError]]:
    """(line number from 1, the line with its end, or why it cannot be read)."""
    if canonical(codec).startswith(("utf-16", "utf-32")):
        return _text_lines(stream, codec, source)
    return _byte_lines(stream, codec, source, options)


@contextmanager
def decoded(stream: io.BufferedReader, codec: str, newline: str) -> Iterator[io.TextIOWrapper]:
    """The stream as text. Who opened the stream closes it."""
    text = io.TextIOWrapper(stream, codec, newline=newline)
    try:
        yield text
    finally:
        text.detach()


def _text_lines(stream: io.BufferedReader, codec: str, source: Source) -> Iterator[tuple[int, str | InputError]]:
    try:
        with decoded(stream, codec, "\n") as text:
            for number, line in _bounded(text, "\n", source):
                yield number, line.removeprefix("\ufeff") if isinstance(line, str) and number == 1 else line
    except UnicodeDecodeError as error:
        yield 0, InputError(source.name, f"not {codec}: {error.reason}")


def _byte_lines(
    stream: io.BufferedReader, codec: str, source: Source, options: Options
) -> Iterator[tuple[int, str | InputError]]:
    for number, line in _bounded(stream, b"\n", source):
        place = f"{source.name}:{number}"
        yield number, line if isinstance(line, InputError) else _decoded(line, codec, place, options)


def _decoded(line: bytes, codec: str, place: str, options: Options) -> str | InputError:
    """The line in the file's encoding; a line that breaks it is looked at alone, unless the user named the encoding."""
    try:
        return decode(line, codec, place)
    except InputError as error:
        if options.encoding:
            return error
    try:
        own = detect(line, place)
        options.note(f"{place}: this line read as {own}")
        return decode(line, own, place)
    except InputError as error:
        return error


def _bounded(stream: IO[AnyStr], end: AnyStr, source: Source) -> Iterator[tuple[int, AnyStr | InputError]]:
    """Numbered lines; the last one is left out where compressed data breaks off in its middle."""
    number = 0
    while line := stream.readline(MAX_DOCUMENT):
        number += 1
        if not line.endswith(end) and broken(stream):
            return
        if len(line) < MAX_DOCUMENT or line.endswith(end):
            yield number, line
            continue
        while (rest := stream.readline(BUFFER)) and not rest.endswith(end):
            pass
        yield number, InputError(f"{source.name}:{number}", f"a line longer than {MAX_DOCUMENT >> 20} MiB")
