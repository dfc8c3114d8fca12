"""Score who is who: the entities that fill roles, as the pipeline joins them inside each article, against gold by B³.

    python scripts/score_entities.py GOLD.jsonl

GOLD has one article a line: {"id", "text", "date", "entities": [{"name", "aliases": [...], "type"}]}. The list names
every entity of the article with all the phrases that the article uses of it.

A mention is a stretch of the text that fills a role of some report with an entity, as extraction gives it. Its gold
entity is the one whose name or alias has the same words; failing that, the one whose name or alias shares most of its
words with it (token F1, at least 0.5). Words are folded, and lose the article and joined particles. Mentions of nobody
in the list, or of two alike, have no gold entity: they are counted, and not scored; whether a mention should be a role
at all is what the score of events tells. Its entity in the output is what `resolve` makes of it.

B³ (Bagga and Baldwin 1998): for each mention, precision is the part of its output entity that is of its gold entity,
recall the part of its gold entity that is in its output entity; both are averaged over all mentions of all articles.
An entity of one article is never that of another.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg_builder.model import Article, Entity
from kg_builder.normalise import fold

LEAST = 0.5
PARTICLES = ("وال", "فال", "بال", "كال", "لل", "ال")
Pair = tuple[Hashable, Hashable]


def words(phrase: str) -> tuple[str, ...]:
    """The folded words of a phrase, without article and the particles before it."""
    return tuple(map(_bare, fold(phrase).replace('"', " ").split()))


def _bare(word: str) -> str:
    prefix = next((p for p in PARTICLES if word.startswith(p) and len(word) - len(p) >= 2), "")
    return word[len(prefix) :]


def overlap(first: Sequence[str], second: Sequence[str]) -> float:
    """Token F1 of two phrases, 0 to 1."""
    shared = sum((Counter(first) & Counter(second)).values())
    return 2 * shared / (len(first) + len(second)) if shared else 0.0


def gold_entity(phrase: str, entities: Sequence[Mapping[str, Any]]) -> int | None:
    """The index of the entity that a phrase names; None for nobody, and for two that fit alike."""
    mine = words(phrase)
    fits = [max(_fit(mine, words(name)) for name in (e["name"], *e.get("aliases", ()))) for e in entities]
    best = max(fits, default=0.0)
    return fits.index(best) if best >= LEAST and fits.count(best) == 1 else None


def _fit(mine: tuple[str, ...], name: tuple[str, ...]) -> float:
    """2 for the same words in the same order, else the overlap."""
    return 2.0 if mine == name else overlap(mine, name)


def b_cubed(pairs: Sequence[Pair]) -> tuple[float, float, float]:
    """Precision, recall and F1 of mentions given as (gold entity, output entity). 1 for no mentions."""
    both, gold, output = Counter(pairs), Counter(g for g, _ in pairs), Counter(o for _, o in pairs)
    if not pairs:
        return 1.0, 1.0, 1.0
    precision = sum(n * n / output[o] for (_, o), n in both.items()) / len(pairs)
    recall = sum(n * n / gold[g] for (g, _), n in both.items()) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def mentions(pipeline: Any, article: Article) -> Iterator[tuple[str, Entity]]:
    """The phrases of an article that fill roles, once for each place in the text, and the entity that each becomes."""
    from kg_builder.pipeline import names
    from kg_builder.resolve import resolved_entities

    doc = pipeline.annotate(article)
    found = resolved_entities(doc.text, pipeline.extract(doc), pipeline.config.ontology, names(doc))
    places = {span: (said, entity) for (span, said), entity in found.items()}
    for span in sorted(places):
        said, entity = places[span]
        yield said.label, entity


def score(documents: Sequence[Mapping[str, Any]], pipeline: Any) -> tuple[list[Pair], int]:
    """The scored mentions of all documents, and how many have no gold entity."""
    pairs: list[Pair] = []
    unknown = 0
    for document in documents:
        article = Article(document["id"], document["text"], document.get("title", ""), document.get("date"))
        for phrase, entity in mentions(pipeline, article):
            gold = gold_entity(phrase, document["entities"])
            if gold is None:
                unknown += 1
            else:
                pairs.append(((document["id"], gold), (document["id"], entity)))
    return pairs, unknown


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints B³ of a gold file."""
    from kg_builder.pipeline import Pipeline

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    gold = parser.parse_args(arguments).gold
    documents = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    pairs, unknown = score(documents, Pipeline())
    precision, recall, f1 = b_cubed(pairs)
    print(f"B3  P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}   ({len(pairs)} mentions; {unknown} of no gold entity)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
