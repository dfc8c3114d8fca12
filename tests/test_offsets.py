"""Every offset leads back to the original text, whatever characters stand in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg_builder import ontology
from kg_builder.annotate import load
from kg_builder.model import Article
from scripts.verify_offsets import faults

ANNOTATOR = load(ontology.load())
# Words that make mentions, names, clitics and sentences; what stands between their letters is drawn beside them.
SAID = (
    "قال وللحكومة استقالته الرئيس محمد بن سلمان في القاهرة بين 3 و7 مارس ٢٠٢٢ بنسبة ٥٪ نحو مليوني دولار ألف "
    'كانون الثاني/يناير 1443هـ الساعة ١٢:٣٠ د. الـ"ناتو" #اقتصاد_مصر https://example.org/a?b=1 John O\'Neil G20 '
    "ﺍﻟﺤﻜﻮﻣﺔ ﻷن ﷲ ﷺ ﷼ الأمم المتحدة منذ أمس قُتِلَ هــذا می‌رود کشور ئۇيغۇر ٣٫٥ ١٬٠٠٠ 10.5 «نعم» “لا” ... ؟! ؛"
)
WORDS = SAID.split()
MARKS = [
    *"\u064b\u0650\u0651\u0670\u0640",  # tanwin, kasra, shadda, superscript alef, tatweel
    *"\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2069",  # bidi controls
    *"\u200b\u200c\u200d\ufeff\u00ad",  # zero width
    *"\u00a0\u2009\u3000 \t\n",
    *("\r\n", "&nbsp;", "&quot;", "&#1575;", "&amp", "\u2028", "\x0b", "\x1f"),
    *("Ø§Ù„", "\ufffd", "\x85", "ÿ"),  # what wrong encodings leave behind
    *("😀", "👨‍👩‍👧", "🇸🇦", "e\u0301", "\U0001d7d8", "\U0001ee00"),  # outside the first plane, or of several characters
    *"ﻻﷲﺎی۵٫٬٪ءى—-.،:()%$€",
]
PIECES = st.one_of(st.sampled_from(WORDS), st.sampled_from(MARKS), st.sampled_from([" ", " ", "\n"]))
TEXTS = st.one_of(
    st.lists(PIECES, max_size=30).map("".join),
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(MARKS), st.integers(0, 9)), max_size=12).map(
        lambda drawn: " ".join(word[:at] + mark + word[at:] for word, mark, at in drawn)
    ),
    st.text(max_size=40),
)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_every_offset_leads_back_to_the_text(text: str) -> None:
    article = Article("a", text, date="2022-01-05")
    assert list(faults(article, ANNOTATOR(article))) == []


def test_the_check_sees_what_is_wrong() -> None:
    article = Article("a", "قال الوزير في 5 مارس.")
    doc = ANNOTATOR(article)
    other = Article("a", "قال الوزير في  5 مارس.")
    found = list(faults(other, doc))
    assert found[0] == "the document is not the text"
    assert any(fault.startswith("token at 14") for fault in found)


@pytest.mark.parametrize("mark", ["\u200f", "\u0640", "\u064e", "\u00a0", "\u200d", "😀"])
def test_marks_inside_and_around_a_mention(mark: str) -> None:
    text = f"قال{mark} إن{mark} الكلفة {mark}5{mark} مليون{mark} دولار{mark}."
    article = Article("a", text)
    assert list(faults(article, ANNOTATOR(article))) == []
