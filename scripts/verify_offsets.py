"""Verifies over a whole corpus that every offset leads back to the original text.

Run as `python scripts/verify_offsets.py INPUT...` with anything that `kg-builder annotate` reads. For each document
the tokens must spell the text without gap or overlap, the sentences must cover it, and each mention and name must
quote exactly the characters that its offsets name, beginning and ending with none but visible characters of its own.
Prints the counts; exits with 1 when a document fails or an offset is wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Doc

from kg_builder import ontology
from kg_builder.annotate import load
from kg_builder.cli.making import record
from kg_builder.errors import InputError
from kg_builder.model import Article
from kg_builder.pipeline import each
from kg_builder.read import articles


def faults(article: Article, doc: Doc) -> Iterator[str]:
    """What is wrong with the offsets of an annotated document; nothing when all lead back to the text."""
    text = article.text
    if doc.text != text:
        yield "the document is not the text"
    at = 0
    for token in doc:
        if text[token.idx : token.idx + len(token)] != token.text or not len(token):
            yield f"token at {token.idx} is not {token.text!r}"
        if token.idx != at:
            yield f"gap or overlap between {at} and {token.idx}"
        at = token.idx + len(token) + len(token.whitespace_)
    if at != len(text):
        yield f"tokens end at {at}, the text at {len(text)}"
    at = 0
    for sentence in doc.sents:
        if text[sentence.start_char : sentence.end_char] != sentence.text or sentence.start_char != at:
            yield f"sentence at {sentence.start_char} is not its text, or does not follow the one before"
        at = sentence.end_char + len(sentence[-1].whitespace_)
    for mention in record(article, doc)["mentions"]:
        begin, end, quoted = mention["begin"], mention["end"], mention["text"]
        if not (0 <= begin < end <= len(text)) or text[begin:end] != quoted or quoted != quoted.strip():
            yield f"{mention['kind']} {begin}..{end} is not {quoted!r}"


def counts(doc: Doc) -> dict[str, int]:
    """How many tokens, sentences, mentions and names a document has."""
    found = {"tokens": len(doc), "sentences": sum(1 for _ in doc.sents)}
    return found | {"mentions": len(doc._.mentions), "names": len(doc.ents)}


def main() -> None:
    """Verify every document, print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", nargs="+")
    annotator, total = load(ontology.load()), Counter[str]()

    def verify(article: Article) -> None:
        doc = annotator(article)
        total.update(documents=1, **counts(doc))
        for fault in faults(article, doc):
            total.update(faults=1)
            print(f"{article.id}: {fault}", file=sys.stderr)

    for outcome in each(articles(parser.parse_args().inputs), verify):
        if isinstance(outcome, InputError):
            total.update(failed=1)
            print(outcome, file=sys.stderr)
    print(", ".join(f"{total[name]} {name}" for name in ("documents", "failed", *counts_names(), "faults")))
    sys.exit(1 if total["failed"] or total["faults"] else 0)


def counts_names() -> tuple[str, ...]:
    """What is counted, in the order of the report."""
    return "tokens", "sentences", "mentions", "names"


if __name__ == "__main__":
    main()
