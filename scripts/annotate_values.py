"""Prints the value mentions of JSON-lines documents in the form of `kg-builder annotate`: INPUT.jsonl [past|future]."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kg_builder import ontology
from kg_builder.annotate.tokens import tokenise
from kg_builder.annotate.values import load


def main(path: str, prefer: str = "past") -> None:
    """One line for each document, mentions in the order of the text."""
    finder = load(ontology.load())
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        doc = json.loads(line)
        text = doc["text"]
        found = finder(tokenise(text).raws, doc.get("date"), prefer, text=text)
        mentions = [
            {
                "kind": m.kind,
                "begin": m.span.start,
                "end": m.span.end,
                "text": text[m.span.start : m.span.end],
                "value": m.value,
            }
            for m in found
        ]
        print(json.dumps({"id": doc["id"], "mentions": mentions}, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
