"""Gold frames as training examples: which proposal is which gold event, which candidate which gold filler."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from kg_builder.extract import Extractor
from kg_builder.extract.choose import model_of
from kg_builder.extract.extractor import Proposal, SentenceReading
from kg_builder.extract.slots import Candidate
from kg_builder.extract.times import extent_told
from kg_builder.model import Amount, Article, Entity, Filler
from kg_builder.normalise import fold

Example = tuple[list[str], bool]
Frame = Mapping[str, Any]
Lesson = tuple[SentenceReading, Proposal, Frame | None]
_TOKEN = re.compile(r"[^\W_]+")
_CLITICS = ("وال", "فال", "بال", "كال", "لل", "ال")


@dataclass(slots=True)
class Examples:
    """Binary examples by model, and labelled contexts by family."""

    binary: dict[str, list[Example]] = field(default_factory=lambda: defaultdict(list))
    labels: dict[str, list[tuple[list[str], str]]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class Document:
    """A gold document and what the extractor read in it."""

    gold: Frame
    readings: list[SentenceReading]


def read_gold(path: Path) -> list[Frame]:
    """The gold lines of a file: id, date, text, events."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def tokens(phrase: str) -> Counter[str]:
    """Folded words of a phrase without the article, as a bag."""
    return Counter(_unjoined(t) for t in _TOKEN.findall(fold(phrase)))


def _unjoined(token: str) -> str:
    for clitic in _CLITICS:
        if token.startswith(clitic) and len(token) - len(clitic) >= 2:
            return token[len(clitic):]
    return token


def overlap(one: str, other: str) -> float:
    """Token F1 of two phrases."""
    a, b = tokens(one), tokens(other)
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values())) if shared else 0.0


def same_value(gold: object, filler: Filler) -> bool:
    """Whether a filler is the gold value: amounts by number and currency, phrases by half of their words."""
    value = filler.value
    if isinstance(gold, dict):
        return isinstance(value, Amount) and abs(float(value.value) - float(gold["value"])) < 1e-6 * max(
            1.0, abs(float(gold["value"]))) and gold.get("currency") in {None, value.currency}
    if isinstance(value, Amount | int):
        return str(gold) == str(value)
    labels = value.names if isinstance(value, Entity) else (value,)
    return any(overlap(option, label) >= 0.5 for option in str(gold).split("|") for label in labels)


class Teacher:
    """Turns documents with gold frames into examples for the ranker."""

    def __init__(self, extractor: Extractor, annotate: Callable[[Article], Doc]) -> None:
        self.extractor = extractor
        self.annotate = annotate

    def read(self, gold: Frame) -> Document:
        """A gold document with the readings of its sentences."""
        doc = self.annotate(Article(gold["id"], gold["text"], date=gold.get("date")))
        return Document(gold, list(self.extractor.readings(doc, every=True)))

    def examples(self, documents: Iterable[Document]) -> Examples:
        """The examples of every document."""
        found = Examples()
        for document in documents:
            pairs, aligned = self._aligned(document)
            for n, told in aligned.items():
                if told.get("maybe"):  # it need not be found, but whether it happened is told all the same
                    self._context(told, pairs[n][1], found)
            for reading, proposal, event in _spoken_of(document.gold, pairs, aligned):
                found.binary["trigger"].append((proposal.features, event is not None))
                if event is not None:
                    self._fillers(event, reading, proposal, found)
                    self._times(event, reading, proposal, found)
                    self._context(event, proposal, found)
        return found

    def lessons(self, document: Document) -> Iterator[Lesson]:
        """Each proposal of which gold says something, with its gold event, None where it is wrong."""
        return _spoken_of(document.gold, *self._aligned(document))

    def _aligned(self, document: Document) -> tuple[list[tuple[SentenceReading, Proposal]], dict[int, Frame]]:
        """The proposals of a document with their readings, and by their numbers the gold events that they tell."""
        pairs = [(reading, p) for reading in document.readings for p in reading.proposals]
        return pairs, self.align(document.gold, pairs)

    # --- alignment

    def align(self, gold: Frame, pairs: Sequence[tuple[SentenceReading, Proposal]]) -> dict[int, Frame]:
        """Which proposal tells which gold event: by the trigger's place first, then by the fillers it could have."""
        cells = []
        for g, event in enumerate(gold["events"]):
            spans = _occurrences(gold["text"], str(event.get("trigger", "")))
            for n, (reading, proposal) in enumerate(pairs):
                if proposal.match.type == event["type"]:
                    cells.append((self._likeness(event, spans, reading, proposal), -g, -n))
        taken: dict[int, Frame] = {}
        used: set[int] = set()
        for score, g, n in sorted(cells, reverse=True):
            if score >= 1.0 and -g not in used and -n not in taken:
                used.add(-g)
                taken[-n] = gold["events"][-g]
        return taken

    def _likeness(
        self, event: Frame, spans: list[tuple[int, int]], reading: SentenceReading, proposal: Proposal
    ) -> float:
        match = proposal.match
        words = [reading.parse.words[i] for i in (match.i, *match.companions.values())]
        at_trigger = any(start < w.end and w.start < end for start, end in spans for w in words)
        wanted = {**event.get("optional", {}), **event.get("roles", {})}
        hits = {c.role for c, _ in proposal.candidates if c.role in wanted and c.slot != "context"
                and self._is_filler(reading, proposal, c, listed(wanted[c.role]))}
        core = hits - {"place", "attributedTo"}
        told = 0.0 if event.get("trigger") else 1.0
        return 4.0 * at_trigger + told + len(core) + 0.1 * len(hits)

    # --- labels

    def _is_filler(
        self, reading: SentenceReading, proposal: Proposal, candidate: Candidate, golds: Sequence[object]
    ) -> bool:
        fillers = self.extractor.fillers(reading, proposal, candidate)
        return any(same_value(g, f) for g in golds for f in fillers)

    def labels(self, event: Frame, reading: SentenceReading, proposal: Proposal) -> Iterator[tuple[int, bool]]:
        """Which candidates fill their roles, by their number; those that gold leaves open are left out."""
        roles, optional = event.get("roles", {}), event.get("optional", {})
        for n, (candidate, _) in enumerate(proposal.candidates):
            right = self._is_filler(reading, proposal, candidate, listed(roles.get(candidate.role, [])))
            if right or not self._is_filler(reading, proposal, candidate, listed(optional.get(candidate.role, []))):
                yield n, right

    def _fillers(self, event: Frame, reading: SentenceReading, proposal: Proposal, found: Examples) -> None:
        for n, right in self.labels(event, reading, proposal):
            candidate, features = proposal.candidates[n]
            found.binary[model_of(candidate)].append((features, right))

    def _times(self, event: Frame, reading: SentenceReading, proposal: Proposal, found: Examples) -> None:
        for timed, features in proposal.times:
            extent = extent_told(timed, str(event.get("factuality")), event.get("begin"), event.get("end"))
            found.binary["time"].append((features, extent is not None))
            if extent is not None:
                told = self.extractor.extent_features(reading.parse, timed, proposal)
                found.labels["extent"].append((told, extent))

    @staticmethod
    def _context(event: Frame, proposal: Proposal, found: Examples) -> None:
        if event.get("factuality"):
            found.labels["factuality"].append((proposal.context, event["factuality"]))
        if event.get("status"):
            found.labels[f"status:{event['type']}"].append((proposal.context, event["status"]))


def _spoken_of(
    gold: Frame, pairs: Sequence[tuple[SentenceReading, Proposal]], aligned: Mapping[int, Frame]
) -> Iterator[Lesson]:
    for n, (reading, proposal) in enumerate(pairs):
        event = aligned.get(n)
        spoken_of = proposal.match.type in gold.get("types", (proposal.match.type,))
        if spoken_of and not (event and event.get("maybe")):
            yield reading, proposal, event


def listed(value: object) -> list[object]:
    """A gold value as a list: gold writes a lone one bare."""
    return value if isinstance(value, list) else [value]


def _occurrences(text: str, phrase: str) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in re.finditer(re.escape(phrase), text)] if phrase else []


def batches(documents: Sequence[Document], folds: int) -> Iterator[tuple[list[Document], list[Document]]]:
    """Training and held-out parts for cross-validation: every `folds`-th document is held out in turn."""
    for k in range(folds):
        held = [d for n, d in enumerate(documents) if n % folds == k]
        yield [d for n, d in enumerate(documents) if n % folds != k], held
