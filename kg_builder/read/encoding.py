"""Bytes to text: which encoding a file is in, and text that was encoded twice.

Known are UTF-8, UTF-16, UTF-32 (by their signature), Windows-1256 and ISO-8859-6. The signature (BOM) is no part of the
text; everything else stays as it stands, line ends included, so that offsets count characters of the original.
"""

from __future__ import annotations

import codecs
import re

from kg_builder.errors import InputError

SIGNATURES = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BINARY = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP or Office document"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"\xd0\xcf\x11\xe0", "old Office document"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3", "SQLite database"),
    (b"PAR1", "Parquet table"),
)
KNOWN = "known: utf-8, utf-16, windows-1256, iso-8859-6; name it with --encoding"
ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
CONTROLS = bytes(set(range(32)) - {*b"\t\n\r\f\x1b"})
MOST_CONTROLS = 0.02  # of all bytes; a stray NUL in a text is its document's trouble, not the file's
MOST_BROKEN = 4  # Arabic letters for each broken place: a Windows-1256 text read as UTF-8 has hardly any
# In running Arabic these letters are two thirds of all; a wrong table leaves a third of that.
FREQUENT = set("اليمونرتبةدعس")
ENOUGH_FREQUENT = 0.55
# "ال" as its UTF-8 bytes look when read as Latin or as Windows-1256: the marks of text that was encoded twice.
TWICE = re.compile("Ø§|Ù„|ط§ظ„|ظٹ")


def detect(data: bytes, place: str) -> str:
    """The codec of the bytes, which may be a file's beginning. Raises InputError when none fits or they are binary."""
    for mark, name in SIGNATURES:
        if data.startswith(mark):
            return name
    for mark, what in BINARY:
        if data.startswith(mark):
            raise InputError(place, f"a binary file ({what}), not text")
    wide = _wide(data)
    if wide:
        return wide
    controls = len(data) - len(data.translate(None, CONTROLS))
    if controls > MOST_CONTROLS * len(data):
        raise InputError(place, "a binary file, not text")
    if _mostly_utf8(data):
        return "utf-8"
    return _single_byte(data, place)


def decode(data: bytes, codec: str, place: str) -> str:
    """The text of the bytes, without a signature. Raises InputError at the first byte that does not fit."""
    mark = next((m for m, name in SIGNATURES if data.startswith(m) and name == canonical(codec)), b"")
    try:
        return data[len(mark) :].decode(codec)
    except UnicodeDecodeError as error:
        byte = data[len(mark) + error.start]
        raise InputError(place, f"not {codec}: byte 0x{byte:02X} at {len(mark) + error.start} ({KNOWN})") from error


def canonical(codec: str) -> str:
    """Python's own name of a codec, so that `UTF8` and `utf-8` are one. Raises LookupError for an unknown one."""
    return {"utf-16": "utf-16-le"}.get(codecs.lookup(codec).name, codecs.lookup(codec).name)


def once(text: str) -> str | None:
    """The text as it was before it was encoded a second time; None when it was not."""
    if not TWICE.search(text):
        return None
    for table in (_LATIN, _CP1256):
        lines = [_undone(line, table) for line in text.splitlines(keepends=True)]
        repaired = "".join(lines)
        if repaired != text and not TWICE.search(repaired):
            return repaired
    return None


def _undone(line: str, table: dict[str, int]) -> str:
    try:
        return bytes(table[char] for char in line).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return line


def _table(codec: str) -> dict[str, int]:
    """Character to byte; bytes that the codec leaves undefined stand for themselves, as browsers read them."""
    return {bytes([b]).decode(codec, "replace").replace("\ufffd", chr(b)): b for b in range(256)}


_LATIN = _table("cp1252") | {chr(b): b for b in range(0x80, 0xA0)}
_CP1256 = _table("cp1256")


def _wide(data: bytes) -> str | None:
    """UTF-16 without a signature: the high byte of every Arabic letter is 06, and of every ASCII character 00."""
    half = len(data) // 2
    if half < 2:
        return None
    for name, start in (("utf-16-le", 1), ("utf-16-be", 0)):
        high = data[start::2]
        if high.count(0x06) + high.count(0x00) > 0.8 * half and high.count(0x06) > 0.1 * half:
            return name
    return None


def _mostly_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8, or would be but for some broken places, which are then their line's trouble."""
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(data)
    broken = text.count("\ufffd")
    return not broken or len(ARABIC.findall(text)) > MOST_BROKEN * broken


def _single_byte(data: bytes, place: str) -> str:
    best, score = max(((name, _fit(data, name)) for name in ("windows-1256", "iso-8859-6")), key=lambda pair: pair[1])
    if score < ENOUGH_FREQUENT:
        raise InputError(place, f"neither UTF-8 nor another encoding that fits ({KNOWN})")
    return best


def _fit(data: bytes, codec: str) -> float:
    """Share of frequent Arabic letters among the characters above ASCII; 0 when a byte has no character."""
    try:
        high = [c for c in data.decode(codec) if c > "\x7f"]
    except UnicodeDecodeError:
        return 0.0
    return sum(c in FREQUENT for c in high) / len(high) if high else 0.0
