"""Measures linking on mentions of news that were labelled by hand, with an index built of a list of identifiers.

    measure_links.py --corpus NEWS.jsonl.gz --facts QIDS.tsv [--gold MENTIONS.tsv] [-v]

QIDS.tsv has columns `qid`, `en`, `type`, `ar_label`, `sources`; what machines translated (dr5hn alone) is an alias.
Precision is of the mentions that are linked, recall of those whose answer is no NIL; a mention whose answers hold NIL
and an entity counts for neither when it is not linked.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg_builder.config import Config
from kg_builder.link.classes import bundled_roots
from kg_builder.link.index import Index, write_index
from kg_builder.link.item import Item
from kg_builder.link.linker import Linker
from kg_builder.link.sources import Sources
from kg_builder.link.words import words_of
from kg_builder.model import Article, Entity
from kg_builder.pipeline import Pipeline

GOLD = Path(__file__).parent.parent / "tests" / "cases" / "linking" / "mentions.tsv"
NIL = "NIL"
TRANSLATED = "dr5hn"
LONGEST_QID = 11
# The first prefix of a row's type that fits, and the class of Wikidata it stands for.
CLASSES = {
    "country": "Q6256",
    "place:adm1": "Q10864048",
    "wof:region": "Q10864048",
    "place:adm2": "Q13220204",
    "wof:county": "Q13220204",
    "place:adm": "Q56061",
    "place:prov": "Q56061",
    "place:pref": "Q56061",
    "place:county": "Q56061",
    "place:regency": "Q56061",
    "place:capital": "Q5119",
    "place:city": "Q515",
    "place:": "Q486972",
    "wof:continent": "Q5107",
    "wof:marinearea": "Q165",
    "wof:ocean": "Q165",
    "wof:campus": "Q13226383",
    "wof:": "Q486972",
    "politician": "Q5",
    "brand/operator": "Q43229",
}

Mention = tuple[int, int, str, frozenset[str]]


def items(facts: Path) -> Iterator[Item]:
    names: dict[str, list[str]] = defaultdict(list)
    translated: dict[str, list[str]] = defaultdict(list)
    classes: dict[str, set[str]] = defaultdict(set)
    english: dict[str, str] = {}
    with facts.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            (translated if row["sources"] == TRANSLATED else names)[row["qid"]].append(row["ar_label"])
            english.setdefault(row["qid"], row["en"])
            if found := next((qid for prefix, qid in CLASSES.items() if row["type"].startswith(prefix)), None):
                classes[row["qid"]].add(found)
    for qid, label_en in english.items():
        if len(qid) <= LONGEST_QID:
            label, *aliases = names[qid] or [""]
            yield Item(qid, label, label_en, (*aliases, *translated[qid]), tuple(sorted(classes[qid])))


def labelled(gold: Path) -> dict[str, dict[str, list[Mention]]]:
    """Sample → document → its mentions."""
    found: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    with gold.open(encoding="utf-8") as file:
        for row in csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"):
            mention = int(row["begin"]), int(row["end"]), row["kind"], frozenset(row["answer"].split("|"))
            found[row["sample"]][row["document"]].append(mention)
    return found


def articles(corpus: Path, wanted: set[str]) -> Iterator[Article]:
    with gzip.open(corpus, "rt", encoding="utf-8") as file:
        for record in map(json.loads, file):
            if record["id"] in wanted:
                yield Article(record["id"], record["text"], record.get("title") or "", record.get("date"))


def linked(pipeline: Pipeline, linker: Linker, article: Article, mentions: list[Mention]) -> Iterator[Entity]:
    """The entity of each mention, as the document's reading has it now, or by its words alone where it has none."""
    read: dict[tuple[int, int], Entity] = {}
    for report in pipeline(article):
        for filler in (*report.fillers, *report.attribution):
            if isinstance(filler.value, Entity):
                read[filler.span.start, filler.span.end] = filler.value
    asked = [read.get((b, e)) or Entity(kind, article.text[b:e]) for b, e, kind, _ in mentions]
    answers = linker.link([*read.values(), *asked], article.text, article.date)
    yield from (answers[entity] for entity in asked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--facts", type=Path, required=True)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("-v", "--verbose", action="store_true", help="show what is wrong or missing")
    given = parser.parse_args()
    pipeline = Pipeline(Config(link="off"))
    samples = labelled(given.gold)
    with tempfile.TemporaryDirectory() as folder:
        write_index(items(given.facts), Path(folder) / "facts.idx")
        sources = Sources([Index(Path(folder) / "facts.idx")], bundled_roots())
        linker = Linker(sources, words_of(pipeline.config.ontology), keep=True)
        for name, documents in samples.items():
            counts: Counter[str] = Counter()
            for article in articles(given.corpus, set(documents)):
                mentions = documents[article.id]
                for mention, entity in zip(mentions, linked(pipeline, linker, article, mentions), strict=True):
                    verdict = judge(mention[3], entity.qid)
                    counts[verdict] += 1
                    if given.verbose and verdict in ("wrong", "missing"):
                        print(
                            verdict,
                            article.id,
                            entity.kind,
                            entity.label,
                            entity.qid,
                            sorted(mention[3]),
                            entity.links[:2],
                        )
            print(name, figures(counts))


def judge(answers: frozenset[str], qid: str | None) -> str:
    if qid:
        return "right" if qid in answers else "wrong"
    return "none" if NIL in answers else "missing"


def figures(counts: Counter[str]) -> str:
    sure, there = counts["right"] + counts["wrong"], counts["right"] + counts["missing"]
    precision, recall = counts["right"] / max(sure, 1), counts["right"] / max(there, 1)
    return f"{counts.total()} mentions, {sure} linked, precision {precision:.3f}, recall {recall:.3f}  {dict(counts)}"


if __name__ == "__main__":
    main()
