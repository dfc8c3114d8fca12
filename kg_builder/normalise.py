"""Clean forms of Arabic text, with a map back to the original.

`normalise` drops what carries no letter (diacritics, tatweel, superscript alef, bidi and zero-width controls) and maps
look-alikes to one character (presentation forms, Persian and Urdu letters, digits of any script, exotic spaces, HTML
entities). Hamza forms, ya and ta marbuta stay as they are: only `fold`, the key for matching, gives them up.
"""

from __future__ import annotations

import html
import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08ff"
CONTROLS = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\x00-\x08\x0e-\x1f\x7f"
TATWEEL = "\u0640"

_COMPOSED = {
    "ا\u0653": "آ",
    "ا\u0654": "أ",
    "ا\u0655": "إ",
    "و\u0654": "ؤ",
    "ي\u0654": "ئ",
    "ى\u0654": "ئ",
    "ه\u0654": "ه",
}
_FOREIGN_LETTERS = {
    "ٱ": "ا",
    "ٲ": "أ",
    "ٳ": "إ",
    "ٵ": "ا",
    "ٮ": "ب",
    "پ": "ب",
    "ٻ": "ب",
    "ڀ": "ب",
    "ټ": "ت",
    "ٹ": "ت",
    "ٺ": "ت",
    "ٽ": "ت",
    "چ": "ج",
    "ڄ": "ج",
    "ڃ": "ج",
    "ڇ": "ج",
    "ڈ": "د",
    "ډ": "د",
    "ڊ": "د",
    "ڍ": "د",
    "ڑ": "ر",
    "ړ": "ر",
    "ڕ": "ر",
    "ژ": "ز",
    "ڤ": "ف",
    "ڡ": "ف",
    "ڥ": "ف",
    "ڨ": "ق",
    "ک": "ك",
    "ڪ": "ك",
    "ګ": "ك",
    "ڭ": "ك",
    "گ": "ك",
    "ڵ": "ل",
    "ں": "ن",
    "ڼ": "ن",
    "ھ": "ه",
    "ہ": "ه",
    "ە": "ه",
    "ۀ": "ه",
    "ۂ": "ه",
    "ۃ": "ة",
    "ۄ": "و",
    "ۆ": "و",
    "ۇ": "و",
    "ۈ": "و",
    "ۊ": "و",
    "ۋ": "و",
    "ی": "ي",
    "ې": "ي",
    "ێ": "ي",
    "ۍ": "ي",
    "ے": "ي",
    "ۓ": "ئ",
    "ڳ": "ك",
    "ڻ": "ن",
}
_SIGNS = {"٫": ".", "٬": ",", "٪": "%", "\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\x0b": "\n", "\x0c": "\n"}
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
# Word ligatures of U+FDF0.. stand for whole phrases; only the name of God is a word met inside running text.
_PRESENTATION = "\ufb50-\ufdf2\ufe70-\ufefc\uff01-\uff5e"

_SPECIAL = re.compile(
    "&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
    "|[اويىه][\u0653-\u0655]"
    f"|[{MARKS}{CONTROLS}{TATWEEL}]+"
    f"|[{_SPACES}{_PRESENTATION}٠-٩۰-۹{''.join(_FOREIGN_LETTERS)}{''.join(_SIGNS)}]"
)
_DROPPED = re.compile(f"[{MARKS}{CONTROLS}{TATWEEL}]")
_INVISIBLE = re.compile(f"[{CONTROLS}]")
_FOLD = str.maketrans("أإآٱىةؤئ", "اااايهءء")
_WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(r"\bال(?=\w\w)")
_DOUBLED = re.compile("([يو])\\1")
_JOINED = re.compile(r"\b(عبد|ابو) (?=\w)")
_SON = re.compile(r"\bابن\b")
_CACHED_WORDS = 100_000


@dataclass(frozen=True, slots=True)
class Normalised:
    """A clean text and where each of its characters stood.

    `offsets` has one entry more than `text`: entry i is the original position of character i, the last one the
    original length. Equal neighbours are one original character that became several (a ligature).
    """

    text: str
    offsets: Sequence[int]
    original: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original range of characters start..end, with the marks behind the last, without invisible controls."""
        begin, stop = self.offsets[start], self.offsets[end]
        if end > start and stop == begin:
            stop = self._next_offset(end)
        while stop > begin + 1 and _INVISIBLE.match(self.original[stop - 1]):
            stop -= 1
        return begin, stop

    def _next_offset(self, index: int) -> int:
        here = self.offsets[index]
        return next((o for o in self.offsets[index:] if o > here), len(self.original))


def _composed(pair: str) -> str:
    return _COMPOSED.get(pair) or pair[0]


def _entity(name: str) -> str:
    """The character of an HTML entity; the text itself when it is none or stands for several characters."""
    char = html.unescape(name)
    if len(char) != 1:
        return name
    return _replacement(char) if _SPECIAL.match(char) else char


@lru_cache(maxsize=4096)
def _replacement(found: str) -> str:
    if len(found) > 2 and found[0] == "&":
        return _entity(found)
    if _DROPPED.match(found):
        return ""
    if len(found) == 2:
        return _composed(found)
    if found in _FOREIGN_LETTERS or found in _SIGNS:
        return _FOREIGN_LETTERS.get(found) or _SIGNS[found]
    if found.isdigit():
        return str(unicodedata.digit(found))
    return _DROPPED.sub("", unicodedata.normalize("NFKC", found)).strip() or (" " if found.isspace() else "")


def normalise(text: str) -> Normalised:
    """The clean form of a text, with offsets into it. Idempotent on its own output."""
    pieces: list[str] = []
    offsets = array("l")
    done, shifted = 0, False
    for match in _SPECIAL.finditer(text):
        start, end = match.span()
        new = _replacement(match.group())
        if new == match.group():  # looks like an entity, but is none
            continue
        pieces += (text[done:start], new)
        offsets.extend(range(done, start))
        offsets.extend(range(start, start + 1) if len(new) == 1 else [start] * len(new))
        shifted = shifted or len(new) != end - start
        done = end
    if not pieces:
        return Normalised(text, range(len(text) + 1), text)
    pieces.append(text[done:])
    offsets.extend(range(done, len(text) + 1))
    return Normalised("".join(pieces), offsets if shifted else range(len(text) + 1), text)


@lru_cache(maxsize=50_000)
def clean(word: str) -> str:
    """The normalised form of a short text, cached."""
    return normalise(word).text


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """The key under which spellings of one word meet: no diacritics, one alef, hamza seat, ya and ta marbuta."""
    return _fold(text)


def fold_words(text: str) -> str:
    """The folded words of a text without quotes and other signs, one space between them."""
    if text.isascii() and text.replace(" ", "").isalnum():
        return " ".join(text.lower().split())
    return " ".join(filter(None, map(_folded, text.split(" "))))


def name_key(name: str) -> str:
    """The key of a name that is the same in every document: article, doubled glides and joined parts do not matter."""
    if name.isascii() and name.replace(" ", "").isalnum():
        return " ".join(name.lower().split())
    key = " ".join(filter(None, map(_keyed, name.split(" "))))
    # Joining alone looks beyond a word, and what it has joined is no word that may begin with an article.
    return _key(fold_words(name)) if "عبد " in key or "ابو " in key else key


def _fold(text: str) -> str:
    if _SPECIAL.search(text):
        text = normalise(text).text
    return text.translate(_FOLD).lower()


def _words(text: str) -> str:
    return " ".join(_WORD.findall(_fold(text)))


def _key(words: str) -> str:
    """The key of folded words."""
    if words.isascii():
        return words
    if "عبد " in words or "ابو " in words:
        words = _JOINED.sub(r"\1", words)
    if "يي" in words or "وو" in words:
        words = _DOUBLED.sub(r"\1", words)
    if "ال" in words:
        words = _ARTICLE.sub("", words)
    return _SON.sub("بن", words) if "ابن" in words else words


# Names share words: each is folded once.
_folded = lru_cache(_CACHED_WORDS)(_words)
_keyed = lru_cache(_CACHED_WORDS)(lambda word: _key(_words(word)))
