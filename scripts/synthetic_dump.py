"""Writes a Wikidata JSON dump of made-up entities, in the real format, to measure the index on.

    synthetic_dump.py N [--labels LABELS.tsv] [-o DUMP.json[.gz]]

LABELS.tsv has a column `ar_label` and may have `en`; every fourth entity gets its names from there, the others are made
up of syllables. One entity in fifty has no Arabic name. The same N gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import IO, Any

SYLLABLES = "با تي مو را سن لي كا دو في نور حم زي شا قر طا جو هل غا يم عب"
LATIN = "ba ti mo ra san li ka do fi nour ham zi sha qar ta jo hal gha yam ab"
CITY, HUMAN, PARTY, COMPANY = "Q515", "Q5", "Q7278", "Q4830453"
LANGUAGES = ["de", "fr", "es", "ru", "zh", "ja", "pt", "it", "nl", "sv"]
FIRST = 10_000_000


def names(labels: Path | None, rng: random.Random) -> Iterator[tuple[str, str]]:
    """(Arabic, English) for ever: one of the file for three that are made up."""
    given: list[tuple[str, str]] = []
    if labels:
        with labels.open(encoding="utf-8") as file:
            given = [(row["ar_label"], row.get("en") or "") for row in csv.DictReader(file, delimiter="\t")]
    real = cycle(given or [("", "")])
    syllables = list(zip(SYLLABLES.split(), LATIN.split(), strict=True))
    while True:
        arabic, english = next(real)
        if arabic:
            yield arabic, english or made_up(syllables, rng)[1]
        for _ in range(3):
            yield made_up(syllables, rng)


def made_up(syllables: list[tuple[str, str]], rng: random.Random) -> tuple[str, str]:
    words = [rng.choices(syllables, k=rng.randint(2, 4)) for _ in range(rng.randint(1, 3))]
    arabic = " ".join("".join(a for a, _ in word) for word in words)
    return arabic, " ".join("".join(e for _, e in word).capitalize() for word in words)


def statement(property_id: str, value: Any, kind: str, qualifiers: dict[str, Any] | None = None) -> dict[str, Any]:
    snak = {
        "snaktype": "value",
        "property": property_id,
        "datavalue": {"value": value, "type": kind},
        "datatype": {"wikibase-entityid": "wikibase-item"}.get(kind, kind),
    }
    reference = {"hash": "fa278ebfc458360e5aed63d5058cca83c46134f1", "snaks": {"P143": [snak]}, "snaks-order": ["P143"]}
    extra = {"qualifiers": qualifiers, "qualifiers-order": list(qualifiers)} if qualifiers else {}
    return {
        "mainsnak": snak,
        "type": "statement",
        "id": "Q1$8983b0ea-4a9c-0902-c0db-785db33f767c",
        "rank": "normal",
        "references": [reference],
        **extra,
    }


def item(qid: str) -> dict[str, Any]:
    return {"entity-type": "item", "numeric-id": int(qid[1:]), "id": qid}


def day(year: int) -> dict[str, Any]:
    return {"time": f"+{year}-01-01T00:00:00Z", "timezone": 0, "before": 0, "after": 0, "precision": 11,
            "calendarmodel": "http://www.wikidata.org/entity/Q1985727"}  # fmt: skip


def claims(kind: str, rng: random.Random) -> dict[str, list[dict[str, Any]]]:
    """What an entity of a class has; every city has its place on earth."""
    country = item(f"Q{rng.randint(16, 1050)}")
    found = {"P31": [statement("P31", item(kind), "wikibase-entityid")]}
    if kind == HUMAN:
        years = rng.randint(1980, 2015)
        term = {
            name: [statement(name, day(year), "time")["mainsnak"]]
            for name, year in (("P580", years), ("P582", years + 5))
        }
        office = item(f"Q{rng.randint(30_000, 31_000)}")
        found["P27"] = [statement("P27", country, "wikibase-entityid")]
        if rng.random() < 0.2:
            found["P39"] = [statement("P39", office, "wikibase-entityid", term)]
        return found
    found["P17"] = [statement("P17", country, "wikibase-entityid")]
    if kind == CITY:
        where = {"latitude": rng.uniform(-60, 70), "longitude": rng.uniform(-180, 180), "altitude": None,
                 "precision": 0.01, "globe": "http://www.wikidata.org/entity/Q2"}  # fmt: skip
        people = {"amount": f"+{rng.randint(500, 2_000_000)}", "unit": "1"}
        found["P625"] = [statement("P625", where, "globe-coordinate")]
        found["P1082"] = [statement("P1082", people, "quantity")]
    else:
        found["P571"] = [statement("P571", day(rng.randint(1900, 2015)), "time")]
    return found


def entity(number: int, named: tuple[str, str], rng: random.Random) -> dict[str, Any]:
    arabic, english = named
    kind = rng.choices((HUMAN, CITY, COMPANY, PARTY), weights=(50, 35, 12, 3))[0]
    labels = {code: {"language": code, "value": english} for code in ("en", *LANGUAGES[: rng.randint(2, 10)])}
    aliases = {"en": [{"language": "en", "value": english.upper()}]}
    if number % 50:
        labels["ar"] = {"language": "ar", "value": arabic}
        if number % 4 == 0:
            aliases["ar"] = [{"language": "ar", "value": f"ال{arabic}"}]
    wikis = ("enwiki", "arwiki", *(f"{code}wiki" for code in LANGUAGES))[: rng.randint(1, 12)]
    return {
        "type": "item",
        "id": f"Q{FIRST + number}",
        "labels": labels,
        "descriptions": {"en": {"language": "en", "value": "an entity that is made up"}},
        "aliases": aliases,
        "claims": claims(kind, rng),
        "sitelinks": {wiki: {"site": wiki, "title": english, "badges": []} for wiki in wikis},
        "lastrevid": 2_000_000_000 + number,
    }


def write(count: int, labels: Path | None, out: IO[str]) -> None:
    rng = random.Random(count)
    out.write("[\n")
    for number, named in zip(range(count), names(labels, rng), strict=False):
        line = json.dumps(entity(number, named, rng), ensure_ascii=False, separators=(",", ":"))
        out.write(line + (",\n" if number + 1 < count else "\n"))
    out.write("]\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--labels", type=Path)
    parser.add_argument("-o", "--output", type=Path)
    given = parser.parse_args()
    if given.output is None:
        write(given.count, given.labels, sys.stdout)
    elif given.output.suffix == ".gz":
        with gzip.open(given.output, "wt", encoding="utf-8", compresslevel=1) as out:
            write(given.count, given.labels, out)
    else:
        with given.output.open("w", encoding="utf-8") as out:
            write(given.count, given.labels, out)


if __name__ == "__main__":
    main()
