"""A database of the user's own in the ALMOR format, such as CALIMA, for words that the project's lexicon lacks.

It is named by its file, or by the name under which camel-tools has installed it. Its analyses are put into the terms of
the project's; the features are those of the reference at https://camel-tools.readthedocs.io (morphology features).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg_builder.annotate.morphology.database import import_camel_tools
from kg_builder.annotate.morphology.reading import Analysis, analysis_of
from kg_builder.errors import OptionError
from kg_builder.normalise import clean

Analyse = Callable[[str], list[Analysis]]

_POS = {
    "noun": ("NOUN", ""),
    "noun_prop": ("PROPN", "name"),
    "noun_num": ("NUM", "num"),
    "noun_quant": ("NOUN", "noun"),
    "adj": ("ADJ", ""),
    "adj_comp": ("ADJ", ""),
    "adj_num": ("ADJ", ""),
    "verb": ("VERB", ""),
    "verb_pseudo": ("PART", "inna"),
    "adv": ("ADV", "adv"),
    "adv_rel": ("ADV", "adv"),
    "adv_interrog": ("ADV", "adv"),
    "pron": ("PRON", "pron"),
    "pron_dem": ("PRON", "dem"),
    "pron_rel": ("PRON", "rel"),
    "pron_interrog": ("PRON", "rel"),
    "prep": ("ADP", "prep"),
    "conj": ("CCONJ", "conj"),
    "conj_sub": ("SCONJ", "clause"),
    "part": ("PART", "adv"),
    "part_neg": ("PART", "neg"),
    "part_fut": ("PART", "future"),
    "part_verb": ("PART", "qad"),
    "interj": ("INTJ", "adv"),
    "abbrev": ("NOUN", ""),
}
_PROCLITICS = {
    "prc3": {">a_ques": "أ"},
    "prc2": {"wa": "و", "fa": "ف"},
    "prc1": {"bi": "ب", "li": "ل", "la": "ل", "ka": "ك", "sa": "س"},
}
_PRONOUNS = {
    "3ms": ("ه",), "3fs": ("ها",), "3d": ("هما",), "3mp": ("هم",), "3fp": ("هن",), "2ms": ("ك",), "2fs": ("ك",),
    "2d": ("كما",), "2mp": ("كم",), "2fp": (), "1s": ("ني", "ي"), "1p": ("نا",),
}  # fmt: skip
_INFLECTION = {
    "asp": "pic", "vox": "ap", "per": "123", "gen": "mf", "num": "sdp", "mod": "isj", "stt": "dic", "cas": "nag",
}  # fmt: skip
_NOMINAL = {"NOUN", "ADJ", "PROPN", "NUM"}
_RAREST = 20.0  # the cost of what the database gives no probability, as a natural logarithm


def load(given: str) -> Analyse:
    """The analyses of a word by the database of this file or name. Raises OptionError when there is none."""
    import_camel_tools()
    from camel_tools.morphology.analyzer import Analyzer

    analyzer = Analyzer(_database(given))

    def analyse(word: str) -> list[Analysis]:
        found = (_converted(word, analysis) for analysis in analyzer.analyze(word))
        return [analysis_of(record) for record in {tuple(r.items()): r for r in found if r is not None}.values()]

    return analyse


def _database(given: str) -> Any:
    from camel_tools.data import CATALOGUE
    from camel_tools.morphology.database import MorphologyDB
    from camel_tools.morphology.errors import MorphologyError

    try:
        if Path(given).is_file():
            return _whole(MorphologyDB(given, "a"))
        installed = sorted(CATALOGUE.components["MorphologyDB"].datasets) if CATALOGUE.components else []
        if given in installed:
            return MorphologyDB.builtin_db(given, "a")
    except (OSError, ValueError, LookupError, MorphologyError) as error:
        raise OptionError(f"--morphology {given}: no database in the ALMOR format ({error})") from error
    there = ", ".join(installed) or "none"
    raise OptionError(f"--morphology {given}: no such file, and no data of camel-tools (installed: {there})")


def _whole(database: Any) -> Any:
    if not database.stem_hash:
        raise ValueError("it has no stems")
    return database


def _converted(word: str, theirs: Mapping[str, Any]) -> dict[str, str] | None:
    """An analysis in the project's terms; None where the word cannot be cut as it says."""
    pos, kind = _POS.get(str(theirs.get("pos")), ("", ""))
    before = "".join(_proclitics(theirs))
    after = _pronoun(word, str(theirs.get("enc0", "0")))
    if not pos or after is None or not word.startswith(before) or len(word) <= len(before) + len(after):
        return None
    found = {"pre": before, "pos": pos, "lex": clean(str(theirs["lex"]).split("_")[0].split("-")[0]), "diac": word}
    found |= {name: value for name, allowed in _INFLECTION.items() if (value := str(theirs.get(name))) in {*allowed}}
    found |= {"kind": kind} if kind else {}
    found |= {"enc": after} if after else {}
    if pos in _NOMINAL and theirs.get("prc0") == "Al_det":
        found |= {"art": _unwritten(word[len(before) :], before, found["lex"]), "stt": "d"}
    if pos == "VERB":
        found["verb"] = found["lex"]
    return found | {"cost": f"{_cost(theirs):.1f}"}


def _proclitics(theirs: Mapping[str, Any]) -> Iterator[str]:
    for name, letters in _PROCLITICS.items():
        value = str(theirs.get(name, "0"))
        yield letters.get(value, letters.get(value.partition("_")[0], ""))


def _pronoun(word: str, enclitic: str) -> str | None:
    """The letters of the attached pronoun, "" for none; None where the word does not end in it."""
    if enclitic in {"0", "na", "None"}:
        return ""
    return next((form for form in _PRONOUNS.get(enclitic.partition("_")[0], ()) if word.endswith(form)), None)


def _unwritten(rest: str, before: str, lemma: str) -> str:
    """How many letters of the article the spelling leaves out: its alef behind ل, and its lam too before another."""
    if not before.endswith("ل"):
        return "0"
    return "2" if lemma.startswith("ل") and not rest.startswith("لل") else "1"


def _cost(theirs: Mapping[str, Any]) -> float:
    """The database gives logarithms to base 10, −99 for what was never met."""
    return min(_RAREST, -2.3 * float(theirs.get("pos_lex_logprob", -99)))
