"""Marks the examples that the engine does not get right yet: `python scripts/mark_pending.py [FOLDER…]`.

To be run after the ranker was trained anew: `lex:pending` is set on what fails and taken off what passes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import test_examples as harness

from kg_builder import annotate, extract
from kg_builder.model import Article

END = re.compile(r"\s*\.\s*?((?:\n\s*|#[^\n]*)*)\Z")
MARK = re.compile(r'\s*;\s*lex:pending "[^"]*"@en')


def reason(wrong: Sequence[str]) -> str:
    """What is wrong, in a few words."""
    keys = sorted({line.split(":")[0] for line in wrong if not line.startswith("Expected")})
    return "not yet right: " + ", ".join(keys)


def mark(folder: Path, annotator: annotate.Annotator, extractor: extract.Extractor) -> tuple[int, int]:
    """Rewrites the marks of one folder; how many examples pass, and how many there are."""
    path = folder / "examples.ttl"
    head, *parts = re.split(r"(?m)^(?=\[\] a lex:Example)", path.read_text(encoding="utf-8"))
    marked, passed = [], 0
    for raw, part in zip(harness.raw_examples(folder), parts, strict=True):
        case = harness.example(raw)
        wrong = harness.faults(case, extractor(annotator(Article("example", case.text, date=case.date))))
        passed += not wrong
        plain = MARK.sub("", part)
        marked.append(END.sub(f' ;\\n    lex:pending "{reason(wrong)}"@en .\\1', plain) if wrong else plain)
    path.write_text(re.sub(r"\n{3,}", "\n\n", head + "".join(marked)).rstrip("\n") + "\n", encoding="utf-8")
    return passed, len(parts)


def main() -> None:
    """Marks the folders named, or all."""
    annotator, extractor = annotate.load(harness.TYPES), extract.load(harness.TYPES)
    for folder in harness.EVENTS:
        if not sys.argv[1:] or folder.name in sys.argv[1:]:
            print(folder.name, *mark(folder, annotator, extractor))


if __name__ == "__main__":
    main()
