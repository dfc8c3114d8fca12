"""What a stem of the database is, and which affixes it takes.

A stem row names the suffix sets it allows; a set is named by letters, and `n` or `e` tells without or with a pronoun.
"""

from __future__ import annotations

from typing import NamedTuple


class Affix(NamedTuple):
    """A suffix: its surface and the features it overwrites (`key=value;…`)."""

    surface: str
    features: str = ""


# Inflection of the perfective: what follows the stem, by the sound it begins with.
_CONSONANTAL = (
    Affix("ت", "per=3;gen=f;num=s"),
    Affix("نا", "per=1;num=p"),
    Affix("تم", "per=2;gen=m;num=p"),
    Affix("ن", "per=3;gen=f;num=p"),
)
SUFFIXES: dict[str, tuple[Affix, ...]] = {
    "p0": (Affix("", "per=3;gen=m;num=s"),),
    "pt": (Affix("ت", "per=3;gen=f;num=s"), Affix("تا", "per=3;gen=f;num=d")),
    "pa": (Affix("ا", "per=3;gen=m;num=d"),),
    "pw": (Affix("وا", "per=3;gen=m;num=p"),),
    "pc": (Affix("ت", "per=1;num=s"), *_CONSONANTAL[1:]),
    "pg": (
        Affix("ت", "per=1;num=s"),
        Affix("ا", "per=1;num=p"),
        Affix("تم", "per=2;gen=m;num=p"),
        Affix("", "gen=f;num=p"),
    ),
    "i0": (Affix(""),),
    "ij": (Affix("", "mod=j"),),
    "iw": (Affix("ون", "mod=i;gen=m;num=p"), Affix("وا", "mod=s;gen=m;num=p")),
    "iy": (Affix("ين", "mod=i;gen=f;num=s;per=2"),),
    "ia": (Affix("ان", "mod=i;num=d"), Affix("ا", "mod=s;num=d")),
    "in": (Affix("ن", "gen=f;num=p"),),
    "c0": (Affix("", "per=2;gen=m;num=s"),),
    "cw": (Affix("وا", "per=2;gen=m;num=p"),),
    "n0": (Affix(""),),
    "na": (Affix("ا", "stt=i;cas=a"),),
    "nd": (Affix("ان", "num=d;cas=n"), Affix("ين", "num=d;cas=g")),
    "nc": (Affix("ا", "num=d;cas=n;stt=c"), Affix("ي", "num=d;cas=g;stt=c")),
    "np": (Affix("ون", "num=p;cas=n;gen=m"), Affix("ين", "num=p;cas=g;gen=m")),
    "nq": (Affix("و", "num=p;cas=n;gen=m;stt=c"), Affix("ي", "num=p;cas=g;gen=m;stt=c")),
    "nf": (Affix("ة"),),
    "nh": (Affix("ت"),),
    "ne": (Affix("تان", "gen=f;num=d;cas=n"), Affix("تين", "gen=f;num=d;cas=g")),
    "ng": (Affix("تا", "gen=f;num=d;cas=n;stt=c"), Affix("تي", "gen=f;num=d;cas=g;stt=c")),
    "nt": (Affix("ات", "num=p"),),
    "f0": (Affix(""),),
}
ATTACHED = {"وا": "و", "تم": "تمو"}  # how a suffix is spelled before a pronoun

PRONOUNS: dict[str, str] = {
    "ه": "Gender=Masc|Number=Sing|Person=3",
    "ها": "Gender=Fem|Number=Sing|Person=3",
    "هم": "Gender=Masc|Number=Plur|Person=3",
    "هما": "Number=Dual|Person=3",
    "هن": "Gender=Fem|Number=Plur|Person=3",
    "نا": "Number=Plur|Person=1",
    "ك": "Number=Sing|Person=2",
    "كم": "Gender=Masc|Number=Plur|Person=2",
    "كما": "Number=Dual|Person=2",
    "ي": "Number=Sing|Person=1",
    "ني": "Number=Sing|Person=1",
}


class Stem(NamedTuple):
    """One stem of the database. `sets` names suffix sets with their `n`/`e`; `starts` the family of its prefixes."""

    surface: str
    starts: str
    sets: tuple[str, ...]
    lemma: str
    pos: str
    gen: str = ""
    num: str = ""
    per: str = ""
    asp: str = ""
    vox: str = ""
    mod: str = ""
    stt: str = ""
    cas: str = ""
    vform: str = ""
    verb: str = ""
    ud: str = ""
    kind: str = ""
    form: str = ""
    price: str = ""


def both(*sets: str) -> tuple[str, ...]:
    """The sets without and with a pronoun behind them."""
    return tuple(s + end for s in sets for end in "ne")
