"""Frames labelled by hand over articles kept elsewhere: a label says where in the article, never what stands there.

A line is one sentence: `{"doc", "begin", "end", "events": [{"type", "trigger": [0, 4], "roles": {role: [filler]}}]}`.
Offsets count characters, those of the sentence in its article, those of triggers and fillers in the sentence. A filler
is a number, an amount, a word of the ontology, or a list of spans, any of which is right: `[[10, 15], [10, 22]]`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg_builder.errors import InputError
from kg_builder.learn.gold import Frame, listed
from kg_builder.model import Article
from kg_builder.read import articles

OFFSETS = ("roles", "optional")
ARTICLE = "ال"
TOKENS = frozenset({"rise", "fall", "set"})
"""Fillers that are words of the ontology, not of the text."""


def read_labels(path: Path, corpus: Path) -> Iterator[Frame]:
    """The labelled sentences as gold frames (id, date, text, events), with their words out of a corpus of JSON lines.

    Sentences of articles that the corpus lacks are left out. Raises `ValueError` naming a line whose end the article
    does not reach, `InputError` for what cannot be read of the corpus.
    """
    labels = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    known = _articles(corpus, {label["doc"] for label in labels})
    for n, label in enumerate(labels, 1):
        article = known.get(label["doc"])
        if article is None:
            continue
        if not 0 <= label["begin"] < label["end"] <= len(article.text):
            raise ValueError(f"{path}, line {n}: {label['doc']} has no characters {label['begin']} to {label['end']}")
        text = article.text[label["begin"]:label["end"]]
        yield {"id": f"{label['doc']}#{label['begin']}", "date": article.date, "text": text,
               "events": [_worded(event, text) for event in label["events"]]}


def _articles(corpus: Path, wanted: set[str]) -> dict[str, Article]:
    found: dict[str, Article] = {}
    for outcome in articles([str(corpus)]):
        if isinstance(outcome, InputError):
            raise outcome
        if outcome.id in wanted:
            found[outcome.id] = outcome
    return found


def _worded(event: Mapping[str, Any], text: str) -> dict[str, Any]:
    def word(filler: object) -> object:
        return "|".join(text[a:b] for a, b in filler) if isinstance(filler, list) else filler

    return _each_filler(event, word) | {"trigger": text[slice(*event["trigger"])]}


def label(doc: str, begin: int, text: str, events: list[Frame]) -> dict[str, Any]:
    """The label of a sentence from its frames: phrases become spans; those that the text does not have are left out."""
    return {"doc": doc, "begin": begin, "end": begin + len(text),
            "events": [_placed(event, text) for event in events if _spans(event["trigger"], text)]}


def _placed(event: Frame, text: str) -> dict[str, Any]:
    def place(filler: object) -> object:
        if isinstance(filler, dict):  # an amount, without a unit in the words of the text
            return {key: value for key, value in filler.items() if not isinstance(value, str) or value.isascii()}
        return filler if not isinstance(filler, str) or filler in TOKENS else _spans(filler, text) or None

    return _each_filler(event, place) | {"trigger": _spans(event["trigger"], text)[0]}


def _spans(phrases: str, text: str) -> list[list[int]]:
    """Where the alternatives `A|B` stand; after a joined «ل» the article has lost its alef («للحكومة»)."""
    found = []
    for phrase in phrases.split("|"):
        cut = phrase.startswith(ARTICLE) and phrase not in text
        start = text.find(phrase[1:] if cut else phrase)
        if phrase and start >= cut:
            found.append([start - cut, start - cut + len(phrase)])
    return found


def _each_filler(event: Mapping[str, Any], change: Callable[[object], object]) -> dict[str, Any]:
    """The event with every filler changed; those that become None are left out, and roles without any."""
    changed = dict(event)
    for part in OFFSETS:
        roles = {role: [new for new in map(change, listed(fillers)) if new is not None]
                 for role, fillers in event.get(part, {}).items()}
        changed[part] = {role: fillers for role, fillers in roles.items() if fillers}
    return {key: value for key, value in changed.items() if value != {}}
