"""A morphological database and a tagger of the user's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg_builder import ontology
from kg_builder.annotate import load
from kg_builder.cli import run
from kg_builder.config import Config
from kg_builder.errors import ExitCode, OptionError
from kg_builder.model import Article
from kg_builder.pipeline import load as load_pipeline

# Two made-up lemmas: a noun "طرشوق", plural "طراشيق", and a verb "ترنطع", with a few of CALIMA's affixes.
FEATURES = "diac lex bw pos prc3 prc2 prc1 prc0 per asp vox mod gen num stt cas enc0 pos_lex_logprob"
UNSAID = "prc3:0 prc2:0 prc1:0 prc0:0 enc0:0"
ALMOR = f"""###DEFINES###
{chr(10).join(f"DEFINE {name} {name}:*open*" for name in FEATURES.split())}
###DEFAULTS###
{chr(10).join(f"DEFAULT pos:{pos} {UNSAID}" for pos in ("noun", "verb", "digit", "punc", "latin"))}
###ORDER###
ORDER {FEATURES}
###TOKENIZATIONS###
###STEMBACKOFF###
###PREFIXES###
\tP0\tdiac: bw:
وال\tPn\tdiac:وَال bw:wa+Al prc2:wa_conj prc0:Al_det
لل\tPn\tdiac:لِل bw:li+Al prc1:li_prep prc0:Al_det
سي\tPv\tdiac:سَي bw:sa+ya prc1:sa_fut
###SUFFIXES###
\tS0\tdiac: bw:
ها\tSn\tdiac:ها bw:hA enc0:3fs_poss
###STEMS###
طرشوق\tN\tdiac:طَرْشوق bw:T lex:طَرْشوق_1 {UNSAID} pos:noun gen:m num:s stt:i cas:u pos_lex_logprob:-4.0
طراشيق\tN\tdiac:طَراشيق bw:T lex:طَرْشوق_1 {UNSAID} pos:noun gen:m num:p stt:i cas:u pos_lex_logprob:-5.0
ترنطع\tV\tdiac:تَرَنْطَعَ bw:t lex:تَرَنْطَع_1 {UNSAID} pos:verb per:3 asp:p vox:a gen:m num:s pos_lex_logprob:-5.0
ترنطع\tI\tdiac:تَرَنْطَعُ bw:t lex:تَرَنْطَع_1 {UNSAID} pos:verb per:3 asp:i vox:a mod:i gen:m num:s pos_lex_logprob:-5.0
###TABLE AB###
P0 N
P0 V
Pn N
Pv I
###TABLE BC###
N S0
N Sn
V S0
I S0
###TABLE AC###
P0 S0
P0 Sn
Pn S0
Pv S0
"""


@pytest.fixture
def database(tmp_path: Path) -> str:
    path = tmp_path / "own.db"
    path.write_text(ALMOR, encoding="utf-8")
    return str(path)


def words(doc: Doc) -> list[tuple[str, str, str]]:
    return [(t.norm_, t.pos_, t.lemma_) for t in doc]


def test_a_database_serves_words_that_the_lexicon_lacks(database: str) -> None:
    annotator = load(ontology.load(), morphology=database)
    doc = annotator(Article("a", "سيترنطع الوزير للطرشوق والطراشيق، قال طرشوقها."))
    assert words(doc) == [
        ("س", "PART", "س"),
        ("يترنطع", "VERB", "ترنطع"),
        ("الوزير", "NOUN", "وزير"),
        ("ل", "ADP", "ل"),
        ("الطرشوق", "NOUN", "طرشوق"),
        ("و", "CCONJ", "و"),
        ("الطراشيق", "NOUN", "طرشوق"),
        ("،", "PUNCT", "،"),
        ("قال", "VERB", "قال"),
        ("طرشوق", "NOUN", "طرشوق"),
        ("ها", "PRON", "هو"),
        (".", "PUNCT", "."),
    ]
    assert doc[1].morph.get("Aspect") + doc[6].morph.get("Number") == ["Imp", "Plur"]
    assert doc[1]._.verb_lemma == "ترنطع"


def test_the_lexicon_comes_first(database: str) -> None:
    text = "قدم وزير النقل استقالته إلى رئيس الوزراء."
    own, more = (load(ontology.load(), morphology=given) for given in (None, database))
    assert words(own(Article("a", text))) == words(more(Article("a", text)))


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (None, "--morphology {}: no such file, and no data of camel-tools (installed: none)"),
        ("###DEFINES###\nnonsense\n", "--morphology {}: no database in the ALMOR format ("),
        ("", "--morphology {}: no database in the ALMOR format ("),
    ],
)
def test_what_is_no_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], written: str | None, message: str
) -> None:
    path = tmp_path / "own.db"
    if written is not None:
        path.write_text(written)
    news = tmp_path / "a.txt"
    news.write_text("استقال الوزير.", encoding="utf-8")
    assert run(["annotate", str(news), "--morphology", str(path)]) == ExitCode.USAGE
    assert capsys.readouterr().err.startswith("kg-builder: " + message.format(path))


@pytest.fixture
def toy() -> Iterator[str]:
    """A component that takes every word for a noun that is its own lemma."""

    @Language.component("toy_tagger")
    def tag(doc: Doc) -> Doc:
        for token in doc:
            token.pos_, token.lemma_ = "NOUN", token.norm_
        return doc

    yield "toy_tagger"


def test_a_tagger_takes_the_place_of_the_own(toy: str) -> None:
    doc = load_pipeline(Config(tagger=toy)).annotate(Article("a", "وقدم استقالته يوم 5 يناير 2022."))
    assert [t.text for t in doc] == ["و", "قدم", "استقالت", "ه", "يوم", "5", "يناير", "2022", "."]
    assert {t.pos_ for t in doc} == {"NOUN"}
    assert [m.kind for m in doc._.mentions] == ["time"]


def test_an_unknown_tagger() -> None:
    with pytest.raises(OptionError, match=r"^--tagger nobody: no spaCy component of this name is installed"):
        load(ontology.load(), tagger="nobody")
