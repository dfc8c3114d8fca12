"""What a query may not do here: send requests to other servers."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""(?P<skip>\#[^\n\r]*|<[^\x00-\x20<>"{}|^`\\]*>
        |\"{3}(?:(?:"|"")?(?:[^"\\]|\\.))*\"{3}|'{3}(?:(?:'|'')?(?:[^'\\]|\\.))*'{3}
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'
        |[?$]\w+|@[A-Za-z-]+|(?:[^\W\d_][\w.-]*)?:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)
      |(?P<word>[A-Za-z]+)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def asks_elsewhere(query: str) -> bool:
    """Whether a query has a SERVICE clause, in whatever letters and escapes; the word may stand in names and texts."""
    return any(_has_service(text) for text in (query, _ESCAPE.sub(_character, query)))


def _has_service(text: str) -> bool:
    return any((found["word"] or "").upper() == "SERVICE" for found in _TOKEN.finditer(text))


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code < 0x110000 else escape[0]
