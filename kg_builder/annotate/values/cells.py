"""From orthographic tokens to cells.

A cell is one word, number or sign that may be part of a value; words that never are cost one dictionary look-up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from kg_builder.annotate.values.cell import NOTHING, TAIL, Cell, Cut, Opening, Token, Word
from kg_builder.annotate.values.figures import CHUNK, figure_sense
from kg_builder.annotate.values.sense import EMPTY, Sense, fold, is_trigger, may_start, merged
from kg_builder.annotate.values.words import Lexicon

_TATWEEL = "\u0640"


_PARTICLES = frozenset(["و", "ف", "ب", "ل", "ك", "ال", "لل", "بال", "وال", "وب", "ول", "كال"])


_HAMZAS = frozenset("أإآ")


_NUMERIC = frozenset("-–—−/.,:،%٪+^$€£eر")


_SEGMENT = re.compile("[ct]*t[ct]*")


_DIGIT = re.compile(r"\d")


_CACHE_LIMIT = 400_000


class Reader:
    """Turns tokens into segments of cells. Caches what every word type means."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._words: dict[str, Word] = {}
        self._figures: dict[str, Sense] = {}

    def word(self, norm: str) -> Word:
        """What a word type means, remembered."""
        found = self._words.get(norm)
        if found is None:
            if len(self._words) > _CACHE_LIMIT:
                self._words.clear()
            found = self._words[norm] = self._look_up(norm)
        return found

    def _look_up(self, norm: str) -> Word:
        if norm in _PARTICLES:
            return Word("c", kind="particle")
        if _DIGIT.search(norm):
            return Word("t" if norm[0].isdigit() or not norm.isascii() else "c", kind="digits")
        folded, lexicon = fold(norm), self.lexicon
        sense, cut = EMPTY, Cut()
        openings: list[Opening] = []
        joined = norm[0] in "وف" and norm[1:2] in _HAMZAS  # a hamza after it tells "and" from the first letter
        for way, stem in _cuts(folded):
            if joined and not way.letters:
                continue
            openings += [Opening(p, way) for p in lexicon.phrases.get(stem, ())]
            found = lexicon.single.get(stem)
            if found and sense is EMPTY:
                sense, cut = found, way
            elif found and way.article and not cut.clitic and not cut.article:
                sense, cut = merged(sense, found), cut._replace(article=True)
                sense.starts = may_start(sense)
        if sense is not EMPTY or openings:
            code = "t" if is_trigger(sense) or any(is_trigger(o.phrase.sense) for o in openings) else "c"
            return Word(code, sense, cut, tuple(openings))
        if norm in _NUMERIC:
            return Word("c", kind="sign")
        return Word("c") if folded in lexicon.inner else NOTHING

    def segments(self, raws: Sequence[Token], text: str) -> Iterator[list[Cell]]:
        """The stretches of tokens that hold a value word, as cells; `END` cells close each."""
        cache = self._words
        words = [cache.get(r.norm) or self.word(r.norm) for r in raws]
        codes = "".join([w.code for w in words])
        for match in _SEGMENT.finditer(codes):
            begin, stop = match.span()
            for i in range(begin + 1, stop + 1):
                if i == stop or (text and text.find("\n", raws[i - 1].end, raws[i].start) >= 0):
                    cells = self._cells(raws, words, begin, i, text)
                    begin = i
                    if cells:
                        cells += TAIL
                        yield cells

    def _cells(self, raws: Sequence[Token], words: list[Word], i: int, stop: int, text: str) -> list[Cell]:
        cells: list[Cell] = []
        pending = ""
        last_end = raws[i - 1].end if i else -1
        while i < stop:
            word, raw = words[i], raws[i]
            if word.kind == "particle":
                pending = raw.norm
                i += 1
                continue
            if word.kind == "digits" or (
                (word.kind == "sign" or word.sense.link == "dash") and self._starts_figure(raws, words, i, stop)
            ):
                new, i = self._chunk(raws, words, i, stop)
            else:
                cell, i = self._word_cell(raws, word, i, text)
                new = [cell]
            first = new[0]
            if pending:
                _attach(first, pending)
                pending = ""
            first.glued = first.start == last_end
            cells += new
            last_end = cells[-1].end
        return cells

    def _starts_figure(self, raws: Sequence[Token], words: list[Word], i: int, stop: int) -> bool:
        if raws[i].norm not in ".-–−" or i + 1 >= stop:
            return False
        before = i > 0 and raws[i - 1].end == raws[i].start
        return not before and raws[i + 1].start == raws[i].end and words[i + 1].kind == "digits"

    def _word_cell(self, raws: Sequence[Token], word: Word, i: int, text: str) -> tuple[Cell, int]:
        raw = raws[i]
        sense, following, end, cut = word.sense, i + 1, raw.end, word.cut
        second = fold(raws[i + 1].norm) if word.phrases and i + 1 < len(raws) else ""
        for phrase, way in word.phrases:
            if phrase.rest[0] != second:
                continue
            stop = i + 1 + len(phrase.rest)
            if stop <= len(raws) and all(
                fold(raws[k].norm) == w for k, w in zip(range(i + 1, stop), phrase.rest, strict=True)
            ):
                sense, following, end, cut = phrase.sense, stop, raws[stop - 1].end, way
                break
        start = raw.start + cut.letters
        if cut.letters and text:
            start = _after_letters(text, raw.start, cut.letters)
        cell = Cell(raw.norm, sense, start, end, following)
        cell.conj = cut.clitic[:1] in ("و", "ف") and cut.clitic != ""
        cell.clitic = cut.clitic.lstrip("وف")
        cell.article = cut.article
        return cell, following

    def _chunk(self, raws: Sequence[Token], words: list[Word], i: int, stop: int) -> tuple[list[Cell], int]:
        """Joins the contiguous tokens of a figure and cuts them anew, so that any tokenizer's cut will do."""
        begin = i
        i += 1
        while i < stop and raws[i].start == raws[i - 1].end and (words[i].kind == "digits" or raws[i].norm in _NUMERIC):
            i += 1
        while i > begin + 1 and words[i - 1].kind != "digits":
            i -= 1
        joined = "".join(raws[k].norm for k in range(begin, i))
        offsets = [o for k in range(begin, i) for o in _offsets(raws[k])] + [raws[i - 1].end]
        lead = re.match(r"[وف]?[بلك]?(?:ال|لل)?(?=\d)", joined)
        skip = lead.end() if lead else 0
        cells = [self._figure(m, offsets, i) for m in CHUNK.finditer(joined, skip)]
        if skip:
            _attach(cells[0], joined[:skip])
        for cell in cells[1:]:
            cell.glued = True
        return cells, i

    def _figure(self, match: re.Match[str], offsets: list[int], following: int) -> Cell:
        kind, body = match.lastgroup or "sign", match.group()
        if kind == "at":
            kind = "iso"
        key = f"{kind}:{body}"
        sense = self._figures.get(key)
        if sense is None:
            if len(self._figures) > _CACHE_LIMIT:
                self._figures.clear()
            sense = self._figures[key] = figure_sense(kind, match) or self.lexicon.single.get(body, EMPTY)
            sense.starts = sense.starts or kind != "sign"
        return Cell(body, sense, offsets[match.start()], offsets[match.end() - 1] + 1, following)


def _cuts(folded: str) -> Iterator[tuple[Cut, str]]:
    """The ways to take joined particles and the article off a word, with what is left of it."""
    yield Cut(), folded
    size = len(folded)
    for start in (0, 1) if folded[0] in "وف" and size > 2 else (0,):
        if start:
            yield Cut(folded[:1], False, 1), folded[1:]
        if folded.startswith("ال", start) and size - start > 4:
            yield Cut(folded[:start], True, start), folded[start + 2 :]
        if size - start < 4 or folded[start] not in "بلك":
            continue
        taken = start + 1
        if folded.startswith("ال", taken) and size - start > 5:
            yield Cut(folded[:taken], True, taken), folded[taken + 2 :]
        if folded.startswith("لل", start):
            yield Cut(folded[:taken], True, taken + 1), folded[taken + 1 :]
            yield Cut(folded[:taken], True, taken), folded[taken:]
        yield Cut(folded[:taken], False, taken), folded[taken:]


def _attach(cell: Cell, particle: str) -> None:
    if particle[0] in "وف":
        cell.conj = True
        particle = particle[1:]
    if particle.endswith("ال") or particle == "لل":
        cell.article = True
        particle = particle[:1] if particle[0] != "ا" else ""
    cell.clitic = particle or cell.clitic


def _offsets(raw: Token) -> list[int]:
    """Where each character of the normalised form stood; counted from the end when marks were dropped."""
    size = len(raw.norm)
    first = max(raw.end - size, raw.start)
    return [raw.start, *range(first + 1, first + size)]


def _after_letters(text: str, start: int, letters: int) -> int:
    """The position after so many letters and the marks that sit on them."""
    while letters:
        start += 1
        while start < len(text) and (unicodedata.combining(text[start]) or text[start] == _TATWEEL):
            start += 1
        letters -= 1
    return start
