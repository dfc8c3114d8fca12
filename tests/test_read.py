"""Every kind of input becomes articles, and every bad one a line that says what and where."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from kg_builder.errors import InputError
from kg_builder.model import Article
from kg_builder.read import Options, articles
from kg_builder.read.dates import dateline, iso_date
from kg_builder.read.lines import MAX_DOCUMENT

TEXT = "افتتح وزير الصحة مستشفى جديدا في بنغازي، وقال إن العمل فيه يبدأ غدا.\r\nوحضر الافتتاح عدد من النواب."
LONGER = TEXT + "\n" + "وأضاف الوزير أن المستشفى يضم مئتي سرير وأن كلفته بلغت ثلاثين مليون دينار. " * 5


def read(*inputs: Path | str, **options: object) -> list[Article | InputError]:
    return list(articles([str(i) for i in inputs], Options(**options)))  # type: ignore[arg-type]


def one(path: Path | str, **options: object) -> Article:
    (found,) = read(path, **options)
    assert isinstance(found, Article), found
    return found


def refusal(path: Path | str, **options: object) -> str:
    (found,) = read(path, **options)
    assert isinstance(found, InputError), found
    return str(found)


def put(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def line(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"


# --- text files


def test_text_file_is_one_document_with_its_stem_as_id(tmp_path: Path) -> None:
    assert one(put(tmp_path / "health.txt", TEXT), date="2022-01-05") == Article("health", TEXT, date="2022-01-05")


def test_line_ends_stay_so_that_offsets_are_those_of_the_file(tmp_path: Path) -> None:
    assert "\r\n" in one(put(tmp_path / "a.txt", TEXT)).text


def test_front_matter_gives_fields_and_stays_in_the_text(tmp_path: Path) -> None:
    whole = f"---\ntitle: مستشفى جديد\ndate: 2021-03-04\nurl: https://example.org/1\nauthor: x\n---\n{TEXT}"
    found = one(put(tmp_path / "a.txt", whole), date="2022-01-05")
    assert (found.title, found.date, found.url, found.text) == (
        "مستشفى جديد",
        "2021-03-04",
        "https://example.org/1",
        whole,
    )


# --- JSON lines


def test_json_lines(tmp_path: Path) -> None:
    path = put(
        tmp_path / "a.jsonl",
        line(id="x", title="ت", date="2022-01-05", url="u", source="s", text=TEXT, other=[1]) + "\n" + line(text=TEXT),
    )
    assert read(path) == [Article("x", TEXT, "ت", "2022-01-05", "u", "s"), Article("a-3", TEXT)]


def test_columns_are_mapped(tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", line(nr=7, body=TEXT, text="x"))
    assert one(path, columns={"text": "body", "id": "nr"}) == Article("7", TEXT)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ('{"text": "نص"', "a.jsonl:2: broken JSON at column 14: Expecting ',' delimiter"),
        ("[1, 2]", "a.jsonl:2: not a JSON object but list"),
        ('{"id": 3, "body": "نص"}', "a.jsonl:2: no `text`; there is: id, body (name another with --column text=NAME)"),
        ('{"text": 5}', "a.jsonl:2: `text` is not a string but int"),
        ('{"text": "  "}', "a.jsonl:2: empty text"),
        ('{"text": "Only English here."}', "a.jsonl:2: no Arabic in it"),
        ('{"text": "نص\\u0000"}', "a.jsonl:2: `text` has U+0000 at 2, which no text may hold"),
        ('{"text": "نص\\ud800"}', "a.jsonl:2: `text` has U+D800 at 2, which no text may hold"),
        ('{"text": "نص\x00"}', "a.jsonl:2: broken JSON at column 13: Invalid control character at"),
        ('{"text": "نص", "title": ["x"]}', "a.jsonl:2: `title` is not a string but list"),
        ('{"text": "نص", "date": "yesterday"}', "a.jsonl:2: `date`: 'yesterday' is no date (known: 2022-01-05"),
        ("[" * 100_000, "a.jsonl:2: broken JSON: "),
    ],
)
def test_a_bad_line_is_told_and_the_rest_goes_on(tmp_path: Path, bad: str, message: str) -> None:
    first, refused, last = read(put(tmp_path / "a.jsonl", line(id=1, text=TEXT) + bad + "\n" + line(id=3, text=TEXT)))
    assert isinstance(first, Article)
    assert str(refused).startswith(f"{tmp_path}/{message}")
    assert isinstance(last, Article)


def test_a_line_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    data = line(id=1, text=TEXT).encode() + b'{"text": "\xff\xfe\x81"}\n' + line(id=3, text=TEXT).encode()
    first, refused, last = read(put(tmp_path / "a.jsonl", data * 1), encoding="utf-8")
    assert isinstance(first, Article)
    assert str(refused).startswith(f"{tmp_path}/a.jsonl:2: not utf-8: byte 0xFF at 10 (known: utf-8, utf-16")
    assert isinstance(last, Article)


def test_a_huge_line_is_refused_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(200):
            file.write("خبر ".encode() * 150_000)
        file.write(b'"}\n' + line(id=2, text=TEXT).encode())
    assert path.stat().st_size > 200_000_000
    tracemalloc.start()
    refused, last = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert str(refused) == f"{path}:1: a line longer than 16 MiB"
    assert isinstance(last, Article)
    assert peak < 4 * MAX_DOCUMENT
    path.unlink()


# --- tables


@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_csv(tmp_path: Path, comma: str) -> None:
    rows = comma.join(("id", "date", "text")) + "\n" + comma.join(("x", "2022-01-05", f'"{TEXT}"')) + "\n"
    assert one(put(tmp_path / "a.csv", rows)) == Article("x", TEXT, date="2022-01-05")


def test_csv_columns_are_mapped(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", f'nr,body\n4,"{TEXT}"\n')
    assert one(path, columns={"text": "body", "id": "nr"}) == Article("4", TEXT)


def test_csv_without_the_column(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", "nr,body\n4,نص\n")
    assert refusal(path) == f"{path}: no column `text`; columns: nr, body (name one with --column text=NAME)"


def test_csv_rows_that_break(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", f'id,text\n1,"{TEXT}"\n2,نص,more\n3\n4,"نص"x\n')
    first, wide, narrow, broken = read(path)
    assert isinstance(first, Article)
    assert str(wide) == f"{path}:4: 3 cells under 2 columns"
    assert str(narrow).startswith(f"{path}:5: no `text`")
    assert str(broken).startswith(f"{path}:6: broken CSV: ")


def test_behind_a_broken_row_reading_goes_on(tmp_path: Path) -> None:
    """A quote that nobody closes swallows the lines behind it, until the row is seen to be broken."""
    path = put(tmp_path / "a.csv", f'id,text\n1,"{TEXT.splitlines()[0]}\n2,"{TEXT}"\n3,{TEXT.splitlines()[0]}\n')
    broken, second, third = read(path)
    assert str(broken).startswith(f"{path}:2: broken CSV: ")
    assert isinstance(second, Article)
    assert isinstance(third, Article)
    assert (second.id, second.text, third.id) == ("2", TEXT, "3")


def test_csv_with_a_row_in_another_encoding(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", b"id,text\n1,\xff\xfe\x81\n2," + TEXT.splitlines()[0].encode() + b"\n")
    refused, last = read(path)
    assert str(refused).startswith(f"{path}:2: neither UTF-8 nor another encoding that fits (known: utf-8")
    assert isinstance(last, Article)


def test_csv_with_line_ends_of_old(tmp_path: Path) -> None:
    assert refusal(put(tmp_path / "a.csv", "id,text\r1,x\r")).startswith(f"{tmp_path}/a.csv:1: broken CSV: ")


# --- feeds


RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>وكالة المثال</title>
<link>https://example.org</link>
<item><title>مستشفى &amp; مدرسة</title><link>https://example.org/1</link><guid>g1</guid>
<pubDate>Wed, 05 Jan 2022 14:30:00 +0300</pubDate><description>موجز</description>
<content:encoded><![CDATA[<p>{TEXT.splitlines()[0]}</p><script>x()</script><p>وحضر&nbsp;النواب.</p>]]></content:encoded></item>
<item><title>ت</title><link>https://example.org/2</link><description>English only</description></item>
</channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>المثال</title>
<entry><id>tag:1</id><title>ت</title><updated>2022-01-06T10:00:00Z</updated><published>2022-01-05T10:00:00Z</published>
<link rel="self" href="https://example.org/api"/><link href="https://example.org/1"/><content>{TEXT}</content></entry>
</feed>"""


def test_rss(tmp_path: Path) -> None:
    first, second = read(put(tmp_path / "a.rss", RSS))
    assert first == Article(
        "g1",
        TEXT.splitlines()[0] + "\nوحضر\u00a0النواب.",
        "مستشفى & مدرسة",
        "2022-01-05T14:30:00+03:00",
        "https://example.org/1",
        "وكالة المثال",
    )
    assert str(second) == f"{tmp_path}/a.rss item 2: no Arabic in it"


def test_atom(tmp_path: Path) -> None:
    found = one(put(tmp_path / "a.atom", ATOM))
    assert (found.id, found.date, found.url, found.source) == (
        "tag:1",
        "2022-01-05T10:00:00+00:00",
        "https://example.org/1",
        "المثال",
    )
    assert found.text == TEXT.replace("\r\n", "\n")


def test_a_feed_whose_declaration_lies_about_its_encoding(tmp_path: Path) -> None:
    data = ATOM.replace("?>", ' encoding="utf-8"?>', 1).encode("cp1256")
    assert one(put(tmp_path / "a.atom", data)).source == "المثال"


def test_broken_feeds(tmp_path: Path) -> None:
    cut = put(tmp_path / "a.rss", RSS[: RSS.index("<item><title>ت")])
    first, broken = read(cut)
    assert isinstance(first, Article)
    assert str(broken) == f"{cut}:7: broken XML at column 1: no element found"
    assert refusal(put(tmp_path / "b.xml", "<a/>")).endswith("b.xml: XML without an RSS item or an Atom entry")


def test_names_of_characters_and_controls_that_xml_forbids(tmp_path: Path) -> None:
    long = " " * (1 << 16)  # so that a name lies across two pieces of the file
    for shift in (0, 20, 25):
        body = f"<item><description>{long[shift:]}خبر&nbsp;&laquo;أول&raquo;\x01&amp;</description></item>"
        found = one(put(tmp_path / "a.rss", f"<rss><channel>{body}</channel></rss>"))
        assert found.text == "خبر\u00a0«أول» &"


def test_a_feed_with_a_bomb_of_entities(tmp_path: Path) -> None:
    names = [f'<!ENTITY {b} "{f"&{a};" * 12}">' for a, b in zip("abcdefg", "bcdefgh", strict=True)]
    whole = f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaaaa">{"".join(names)}]><rss><item>&h;&h;</item></rss>'
    assert "broken XML at column" in refusal(put(tmp_path / "a.rss", whole))


# --- pages and archives


PAGE = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>مستشفى جديد في بنغازي</title>
<meta property="article:published_time" content="2022-01-05T10:00:00+00:00">
<meta property="og:site_name" content="المثال">
</head><body><nav><a href="/">الرئيسية</a></nav><article><h1>مستشفى جديد في بنغازي</h1>
{"".join(f"<p>{p}</p>" for p in LONGER.splitlines())}</article><footer>حقوق النشر محفوظة</footer></body></html>"""


def test_html(tmp_path: Path) -> None:
    found = one(put(tmp_path / "page.html", PAGE))
    assert (found.id, found.title) == ("page", "مستشفى جديد في بنغازي")
    assert (found.date, found.source) == ("2022-01-05", "المثال")
    assert TEXT.splitlines()[0] in found.text
    assert "الرئيسية" not in found.text


def test_html_without_a_body(tmp_path: Path) -> None:
    path = put(tmp_path / "page.html", "<html><body></body></html>")
    assert refusal(path) == f"{path}: no article body found in the page"


def archive(*pages: tuple[str, str, bytes]) -> bytes:
    whole = b""
    for url, kind, data in pages:
        body = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + data
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
            f"WARC-Target-URI: {url}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        whole += head.encode() + body + b"\r\n\r\n"
    return whole


def test_warc(tmp_path: Path) -> None:
    data = archive(
        ("https://example.org/1", "text/html", PAGE.encode()),
        ("https://example.org/logo", "image/png", b"\x89PNG"),
        ("https://example.org/2", "text/html; charset=windows-1256", PAGE.encode("cp1256")),
    )
    first, second = read(put(tmp_path / "a.warc.gz", gzip.compress(data)))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.id, first.url, second.id) == (
        "https://example.org/1",
        "https://example.org/1",
        "https://example.org/2",
    )
    assert first.text == second.text


def test_an_archive_that_breaks_in_the_middle(tmp_path: Path) -> None:
    good = archive(("https://example.org/1", "text/html", PAGE.encode()))
    cut = put(tmp_path / "a.warc", good + archive(("https://example.org/2", "text/html", PAGE.encode()))[:-300])
    first, second = read(cut)
    assert isinstance(first, Article)
    assert str(second) == f"{cut} https://example.org/2: cut off: the archive ends inside this page"
    broken = put(tmp_path / "b.warc", good + b"nothing of the kind\r\n\r\n" + good)
    first, second = read(broken)
    assert isinstance(first, Article)
    assert str(second).startswith(f"{broken}: broken WARC: Invalid WARC record, first line: nothing of the kind; what")


def test_an_archive_without_pages(tmp_path: Path) -> None:
    path = put(tmp_path / "a.warc", archive(("https://example.org/logo", "image/png", b"\x89PNG")))
    assert refusal(path) == f"{path}: no document in it"


def test_a_file_that_is_no_archive(tmp_path: Path) -> None:
    assert "a.warc: broken WARC: " in refusal(put(tmp_path / "a.warc", b"nothing of the kind\r\n"))


# --- compression


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor().compress,
}


@pytest.mark.parametrize("suffix", PACKERS)
def test_compressed(tmp_path: Path, suffix: str) -> None:
    path = put(tmp_path / f"a.jsonl{suffix}", PACKERS[suffix](line(text=TEXT).encode()))
    assert one(path) == Article("a-1", TEXT)


@pytest.mark.parametrize("suffix", PACKERS)
def test_cut_off_data_gives_what_came_before(tmp_path: Path, suffix: str) -> None:
    noise = "".join(chr(0x620 + (i * i * 7919) % 40) for i in range(300_000))
    packed = PACKERS[suffix]((line(text=TEXT) + line(text=noise)).encode())
    found = read(put(tmp_path / f"a.jsonl{suffix}", packed[:-50]))
    assert str(found[-1]).startswith(f"{tmp_path}/a.jsonl{suffix}: compressed data is cut off or broken (")


@pytest.mark.parametrize("suffix", PACKERS)
def test_no_whole_line_is_lost_where_data_breaks_off(tmp_path: Path, suffix: str) -> None:
    """Neither a line that is whole nor, in the place of the last one, half of a text."""
    rows = [line(id=str(i), text=f"{TEXT} {i * 7919 % 1009}") for i in range(3000)]
    packed = PACKERS[suffix]("".join(rows).encode())[:-30]
    *found, last = read(put(tmp_path / f"a.jsonl{suffix}", packed))
    assert all(isinstance(a, Article) and line(id=a.id, text=a.text) == rows[i] for i, a in enumerate(found))
    assert found or suffix == ".bz2"  # bzip2 packs all of this into one block
    assert str(last).startswith(f"{tmp_path}/a.jsonl{suffix}: compressed data is cut off or broken (")


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz"])  # zstd has a checksum only where the packer asked for it
def test_damaged_data(tmp_path: Path, suffix: str) -> None:
    packed = bytearray(PACKERS[suffix](line(text=TEXT * 50).encode()))
    packed[len(packed) // 2] ^= 0xFF
    path = put(tmp_path / f"a.jsonl{suffix}", bytes(packed))
    assert str(read(path)[-1]).startswith(f"{path}: compressed data is cut off or broken (")


def test_a_checksum_that_does_not_fit(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt.gz", gzip.compress(TEXT.encode())[:-8] + bytes(8))
    assert refusal(path).startswith(f"{path}: compressed data is cut off or broken (CRC check failed")


def test_a_name_that_promises_gzip(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt.gz", TEXT)
    assert refusal(path) == f"{path}: not gzip data, though its name says so"


def test_gzip_is_seen_without_its_suffix(tmp_path: Path) -> None:
    assert one(put(tmp_path / "a.txt", gzip.compress(TEXT.encode()))).text == TEXT


# --- encodings


@pytest.mark.parametrize(
    ("codec", "told"),
    [
        ("cp1256", "windows-1256"),
        ("iso-8859-6", "iso-8859-6"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-8", None),
        ("utf-8-sig", None),
    ],
)
@pytest.mark.parametrize("kind", ["txt", "jsonl", "csv"])
def test_encodings_are_detected_and_told(tmp_path: Path, codec: str, told: str | None, kind: str) -> None:
    whole = {"txt": TEXT, "jsonl": line(text=TEXT), "csv": f'id,text\n1,"{TEXT}"\n'}[kind]
    path, notes = put(tmp_path / f"a.{kind}", whole.encode(codec)), list[str]()
    assert one(path, note=notes.append).text == TEXT
    assert notes == ([f"{path}: read as {told}"] if told else [])


@pytest.mark.parametrize("table", ["cp1252", "latin-1", "cp1256"])
def test_text_encoded_twice_is_read_as_it_was(tmp_path: Path, table: str) -> None:
    text = "أعلن الوزير افتتاح مستشفى."
    twice = text.encode().decode(table, "replace") if table != "cp1252" else _browser(text.encode())
    path, notes = put(tmp_path / "a.jsonl", line(text=twice)), list[str]()
    assert one(path, note=notes.append).text == text
    assert notes == [f"{path}:1: `text` was encoded twice and is read as it was before"]


def _browser(data: bytes) -> str:
    """Windows-1252 as browsers decode it: undefined bytes stand for themselves."""
    return "".join(bytes([b]).decode("cp1252", "replace").replace("\ufffd", chr(b)) for b in data)


def test_ordinary_text_is_never_taken_for_encoded_twice(tmp_path: Path) -> None:
    notes: list[str] = []
    text = "طُرح السؤال: ماذا عن Ø و«ظِل»؟"
    assert one(put(tmp_path / "a.txt", text), note=notes.append).text == text
    assert notes == []


def test_bytes_in_no_known_encoding(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", bytes(range(0x80, 0xC0)) * 4)
    assert refusal(path).startswith(f"{path}: neither UTF-8 nor another encoding that fits (known: utf-8, utf-16,")


def test_utf8_with_a_broken_place_stays_utf8(tmp_path: Path) -> None:
    whole = line(id="1", text=TEXT).encode()
    path = put(tmp_path / "a.jsonl", whole + b'{"id": "2", "text": "\xff\xfe\x81"}\n' + whole)
    first, refused, last = read(path)
    assert isinstance(first, Article)
    assert str(refused).startswith(f"{path}:2: neither UTF-8 nor another encoding that fits (known: ")
    assert isinstance(last, Article)
    text = put(tmp_path / "a.txt", TEXT.encode() + b"\xff")
    assert refusal(text).startswith(f"{text}: not utf-8: byte 0xFF at {len(TEXT.encode())} (known: utf-8")


def test_a_wrong_encoding_is_told(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", TEXT.encode("cp1256"))
    assert refusal(path, encoding="utf-8").startswith(f"{path}: not utf-8: byte 0xC7 at 0 (known: ")


# --- places


def test_folders_globs_and_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deep").mkdir()
    put(tmp_path / "b.txt", TEXT)
    put(tmp_path / "deep" / "a.jsonl", line(id="deep", text=TEXT))
    put(tmp_path / "notes.md", "no news")
    assert [a.id for a in read(tmp_path) if isinstance(a, Article)] == ["b", "deep"]
    assert [a.id for a in read(f"{tmp_path}/**/*.jsonl") if isinstance(a, Article)] == ["deep"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(line(id="s", text=TEXT).encode()))))
    assert one("-").id == "s"


@pytest.mark.parametrize(
    ("name", "data"), [("a.jsonl", "\n\n"), ("a.csv", "id,text\n"), ("a.jsonl.gz", gzip.compress(b" \n"))]
)
def test_files_without_a_document(tmp_path: Path, name: str, data: str | bytes) -> None:
    path = put(tmp_path / name, data)
    assert refusal(path) == f"{path}: no document in it"


def test_ids_may_be_blank_and_may_be_the_same(tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", line(id=" ", text=TEXT) + line(id="x", text=TEXT) + line(id="x", text=LONGER))
    assert [a.id for a in read(path) if isinstance(a, Article)] == ["a-1", "x", "x"]


def test_places_without_news(tmp_path: Path) -> None:
    put(tmp_path / "notes.md", "x")
    empty = put(tmp_path / "empty.txt", "")
    assert refusal(tmp_path / "no.txt") == f"{tmp_path}/no.txt: no such file"
    assert refusal(f"{tmp_path}/*.txtt") == f"{tmp_path}/*.txtt: matches no file"
    assert refusal(empty) == f"{empty}: empty file"
    assert refusal(put(tmp_path / "e.jsonl", "")) == f"{tmp_path}/e.jsonl: empty file"
    unknown = f"{tmp_path}/notes.md: unknown kind of file (.md); known: .txt .jsonl"
    assert refusal(tmp_path / "notes.md").startswith(unknown)
    (tmp_path / "hollow").mkdir()
    assert "a folder without a file of a known kind (known: .txt" in refusal(tmp_path / "hollow")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n", "a binary file (PDF), not text"),
        (b"PK\x03\x04", "a binary file (ZIP or Office document), not text"),
        (b"abc\x00\x01\x02" * 5, "a binary file, not text"),
    ],
)
@pytest.mark.parametrize("kind", ["txt", "jsonl", "csv", "html"])
def test_binary_files(tmp_path: Path, data: bytes, what: str, kind: str) -> None:
    path = put(tmp_path / f"a.{kind}", data)
    assert refusal(path) == f"{path}: {what}"


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path / "a.txt", TEXT)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert refusal(path) == f"{path}: cannot be read: Permission denied"


# --- dates


@pytest.mark.parametrize(
    ("given", "iso"),
    [
        ("2022-01-05", "2022-01-05"),
        ("2022-01-05T14:30", "2022-01-05T14:30:00"),
        ("2022-01-05 14:30:00+03:00", "2022-01-05T14:30:00+03:00"),
        ("٢٠٢٢-٠١-٠٥", "2022-01-05"),
        ("5/1/2022", "2022-01-05"),
        ("2022/1/5", "2022-01-05"),
        ("5/1/2022 14:30", "2022-01-05T14:30:00"),
        ("05-01-2022 - 04:30:15", "2022-01-05T04:30:15"),
        ("5 يناير 2022", "2022-01-05"),
        ("الأربعاء، ٥ كانون الثاني/يناير ٢٠٢٢ - 14:30", "2022-01-05T14:30:00"),
        ("Wed, 05 Jan 2022 14:30:00 GMT", "2022-01-05T14:30:00+00:00"),
    ],
)
def test_dates_of_data(given: str, iso: str) -> None:
    assert iso_date(given) == iso


@pytest.mark.parametrize(
    "given",
    [
        "",
        "soon",
        "2022-13-05",
        "31/2/2022",
        "5/1/2022 25:00",
        "31 فبراير 2022",
        "5 شيء 2022",
        "2022",
        "1443-06-02",
        "99999999",
    ],
)
def test_what_is_no_date(given: str) -> None:
    with pytest.raises(ValueError, match=r"known: 2022-01-05|is not between 1800 and 2100"):
        iso_date(given)


def test_a_long_text_is_no_date() -> None:
    with pytest.raises(ValueError, match=r"^'1 {79}…' is no date \(known: 2022-01-05"):
        iso_date("1" + " " * 1_000_000 + "2")


@pytest.mark.parametrize(
    ("opening", "iso"),
    [
        ("الرياض - 12 مارس 2018 - افتتح الوزير", "2018-03-12"),
        ("بيروت (المثال) ١٢ آذار/مارس ٢٠١٨: افتتح", "2018-03-12"),
        ("تونس، 2018-03-12 - افتتح", "2018-03-12"),
        ("الرياض - 12 مارس - افتتح الوزير", None),
        ("افتتح الوزير في 12 مارس 2018 مستشفى", None),
        ("بلغ العدد 2018 زائرا - 5", None),
    ],
)
def test_datelines(opening: str, iso: str | None) -> None:
    assert dateline(opening) == iso


def test_order_of_dates(tmp_path: Path) -> None:
    text = "الرياض - 12 مارس 2018 - افتتح الوزير مستشفى."
    path = put(tmp_path / "a.jsonl", line(text=text, date="2018-03-13") + line(text=text) + line(text=TEXT))
    dates = [a.date for a in read(path, date="2020-01-01") if isinstance(a, Article)]
    assert dates == ["2018-03-13", "2018-03-12", "2020-01-01"]
