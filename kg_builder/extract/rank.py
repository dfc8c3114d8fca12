"""A small linear model that ranks readings over named features; without weights, the grammar's own order stands."""

from __future__ import annotations

import gzip
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from itertools import repeat
from pathlib import Path

Weights = Mapping[str, Mapping[str, float]]
AGAIN = "/again"
"""What a model of the second look is called after the model of the first."""


def probability(odds: float) -> float:
    """From log-odds to 0 … 1."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))


class Ranker:
    """Linear models by name: `weights[model][feature]`, a binary model for each choice or label."""

    def __init__(self, weights: Weights | None = None) -> None:
        self.weights = weights or {}

    @cached_property
    def types(self) -> frozenset[str]:
        """The event types that the training met, by their constructions."""
        rules = (f.removeprefix("rule:") for f in self.weights.get("trigger", {}) if f.startswith("rule:"))
        return frozenset(rule.partition("/")[0] for rule in rules)

    def __contains__(self, model: str) -> bool:
        return model in self.weights

    def odds(self, model: str, features: Iterable[str]) -> float:
        """The log-odds that the model gives."""
        table = self.weights[model]
        get = table.get
        return get("", 0.0) + sum(map(get, dict.fromkeys(features), repeat(0.0)))

    def score(self, model: str, features: Iterable[str]) -> float:
        """The probability that the model gives, 0 to 1."""
        return probability(self.odds(model, features))

    def again(self, model: str, odds: float, values: Mapping[str, float]) -> float:
        """The probability after a second look, with the rivals in view; after the first where none was learnt."""
        table = self.weights.get(model + AGAIN)
        if table is None:
            return probability(odds)
        get = table.get
        return probability(get("", 0.0) + sum([get(f, 0.0) * v for f, v in values.items()]))

    def scores(self, family: str, features: Iterable[str]) -> dict[str, float]:
        """The probability of each label of a family ("factuality", …); none when there is no such family."""
        found = list(features)
        return {label: self.score(f"{family}={label}", found) for label in self._families.get(family, ())}

    @cached_property
    def _families(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for family, sign, label in (name.partition("=") for name in self.weights):
            found[family] += [label] if sign else []
        return found

    def reasons(self, model: str, features: Iterable[str], most: int = 5) -> list[tuple[str, float]]:
        """The features that weighed most, for `explain`."""
        table = self.weights.get(model, {})
        weighed = [(f, table[f]) for f in dict.fromkeys(features) if f in table]
        return sorted(weighed, key=lambda pair: -abs(pair[1]))[:most]


def weights_path() -> Path:
    """Where the bundled weights lie."""
    return Path(__file__).parent.parent / "learn" / "weights" / "events.json.gz"


def load_weights(path: Path | None = None) -> Ranker:
    """The bundled weights, or a ranker without any when there are none."""
    path = path or weights_path()
    if not path.exists():
        return Ranker()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return Ranker(json.load(file, parse_float=cache(float)))  # a few weights are those of all features
