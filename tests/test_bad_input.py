"""Bad inputs on the command line: the exact line that each gets from `build` and `annotate`, the exit code, and the
documents beside it, of which none is lost."""

from __future__ import annotations

import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from kg_builder.cli import run
from kg_builder.errors import ExitCode

TEXT = "قدم وزير النقل استقالته إلى رئيس الوزراء يوم الاثنين."
ENCODINGS = "(known: utf-8, utf-16, windows-1256, iso-8859-6; name it with --encoding)"
DATES = "(known: 2022-01-05, 2022-01-05T14:30:00+03:00, 5/1/2022, Wed, 05 Jan 2022 14:30:00 GMT)"
KINDS = ".txt .jsonl .ndjson .csv .tsv .rss .atom .xml .html .htm .warc, each also with .gz .bz2 .xz .zst"
CUT = "compressed data is cut off or broken ({}); what came before it was read"
ENDED = CUT.format("Compressed file ended before the end-of-stream marker was reached")
JSON_LINE = json.dumps({"id": "x", "text": TEXT}, ensure_ascii=False)

# name of the file, its bytes, what is said of it behind its name, more options
BAD: dict[str, tuple[str, bytes, str, tuple[str, ...]]] = {
    "wrong encoding": (
        "a.txt",
        TEXT.encode("cp1256"),
        f": not utf-8: byte 0xDE at 0 {ENCODINGS}",
        ("--encoding", "utf-8"),
    ),
    "no encoding fits": (
        "a.txt",
        bytes(range(0x80, 0xC0)),
        f": neither UTF-8 nor another encoding that fits {ENCODINGS}",
        (),
    ),
    "half a UTF-16 character": (
        "a.txt",
        TEXT.encode("utf-16-le")[:-1],
        f": not utf-16-le: byte 0x2E at 104 {ENCODINGS}",
        ("--encoding", "utf-16-le"),
    ),
    "truncated gzip": ("a.txt.gz", gzip.compress(TEXT.encode())[:-12], f": {ENDED}", ()),
    "truncated xz": ("a.txt.xz", lzma.compress(TEXT.encode())[:-12], f": {ENDED}", ()),
    "truncated zstd": (
        "a.txt.zst",
        zstandard.ZstdCompressor().compress(TEXT.encode())[:-12],
        f": {CUT.format('the last zstd frame has no end')}",
        (),
    ),
    "gzip in name only": ("a.txt.gz", TEXT.encode(), ": not gzip data, though its name says so", ()),
    "broken JSON line": ("a.jsonl", b'{"text": \n', ":1: broken JSON at column 9: Expecting value", ()),
    "JSON of a wrong type": ("a.jsonl", b'{"text": ["x"]}', ":1: `text` is not a string but list", ()),
    "a list": ("a.jsonl", f"[{JSON_LINE}]".encode(), ":1: not a JSON object but list", ()),
    "no text": (
        "a.jsonl",
        b'{"id": 1, "body": "x"}',
        ":1: no `text`; there is: id, body (name another with --column text=NAME)",
        (),
    ),
    "unreadable date": (
        "a.jsonl",
        json.dumps({"text": TEXT, "date": "1/2"}).encode(),
        f":1: `date`: '1/2' is no date {DATES}",
        (),
    ),
    "CSV without the column": (
        "a.csv",
        b"id,body\n1,x\n",
        ": no column `text`; columns: id, body (name one with --column text=NAME)",
        (),
    ),
    "CSV with a header alone": ("a.csv", b"id,text\n", ": no document in it", ()),
    "CSV that breaks": ("a.csv", b'id,text\n1,"x"y\n', ":2: broken CSV: ',' expected after '\"'", ()),
    "NUL bytes": ("a.txt", f"{TEXT}\0".encode(), f": `text` has U+0000 at {len(TEXT)}, which no text may hold", ()),
    "many NUL bytes": ("a.txt", bytes(5000) + TEXT.encode(), ": a binary file, not text", ()),
    "nothing": ("a.txt", b"", ": empty file", ()),
    "white space": ("a.txt", b" \n\n", ": empty text", ()),
    "a renamed ZIP": ("a.txt", b"PK\x03\x04abc", ": a binary file (ZIP or Office document), not text", ()),
    "an unknown kind": (
        "a.docx",
        b"x",
        f": unknown kind of file (.docx); known: {KINDS}; or say --format txt|jsonl|csv|feed|html|warc",
        (),
    ),
    "a feed without items": ("a.rss", b"<rss/>", ": XML without an RSS item or an Atom entry", ()),
    "a feed that breaks off": (
        "a.rss",
        b"<rss><channel>\n<item>",
        ":2: broken XML at column 7: no element found",
        (),
    ),
    "no archive": (
        "a.warc",
        b"no archive\r\n",
        ": broken WARC: Unknown archive format, first line: ['no', 'archive']; what came before it was read",
        (),
    ),
}  # fmt: skip


Said = tuple[int, str, list[str]]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Runs a command; its exit code, standard output, and the lines on stderr without the program's name."""

    def command(*arguments: object) -> Said:
        code = run([str(a) for a in arguments])
        streams = capsys.readouterr()
        return code, streams.out, [line.removeprefix("kg-builder: ") for line in streams.err.splitlines()]

    return command


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("case", BAD)
def test_alone_it_is_said_and_nothing_is_written(said: Callable[..., Said], tmp_path: Path, case: str) -> None:
    name, data, message, options = BAD[case]
    bad, graph = put(tmp_path / name, data), tmp_path / "a.nq"
    assert said("annotate", bad, *options) == (ExitCode.NO_INPUT, "", [f"{bad}{message}"])
    nothing = [f"{bad}{message}", "no document could be read, so nothing was written"]
    assert said("build", bad, "-o", graph, *options) == (ExitCode.NO_INPUT, "", nothing)
    assert not graph.exists()


def test_without_arabic_there_are_no_events_but_values(said: Callable[..., Said], tmp_path: Path) -> None:
    path, graph = put(tmp_path / "a.txt", b"Only English, 12 GBP."), tmp_path / "a.nq"
    nothing = [f"{path}: no Arabic in it", "no document could be read, so nothing was written"]
    assert said("build", path, "-o", graph) == (ExitCode.NO_INPUT, "", nothing)
    code, out, lines = said("annotate", path)
    assert (code, lines, json.loads(out)["id"]) == (ExitCode.OK, [], "a")


def test_beside_all_of_them_nothing_is_lost(said: Callable[..., Said], tmp_path: Path) -> None:
    """In one folder, read as one input, among documents that are well."""
    told, news, graph = [], tmp_path / "news", tmp_path / "a.nq"
    for number, (name, data, message, options) in enumerate(BAD.values()):
        if not options and not name.endswith(".docx"):
            folder = news / f"{number:02}"
            folder.mkdir(parents=True)
            told.append(f"{put(folder / name, data)}{message}")
            put(folder / f"good{number}.txt", TEXT.encode())
    code, out, lines = said("annotate", news)
    assert (code, lines) == (ExitCode.SOME_INPUT_FAILED, told)
    assert len(out.splitlines()) == len(told)
    code, out, lines = said("build", news, "-o", graph)
    assert (code, out, lines) == (ExitCode.SOME_INPUT_FAILED, "", told)
    written = graph.read_text(encoding="utf-8")
    assert all(f'"{path.stem}"' in written for path in news.rglob("good*.txt"))


@pytest.mark.parametrize("command", ["annotate", "build"])
def test_a_line_of_200_megabytes(said: Callable[..., Said], tmp_path: Path, command: str) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(200):
            file.write("خبر ".encode() * 150_000)
        file.write(f'"}}\n{JSON_LINE}\n'.encode())
    output = ["-o", tmp_path / "a.nq"] if command == "build" else []
    code, _, lines = said(command, path, *output)
    path.unlink()
    assert (code, lines) == (ExitCode.SOME_INPUT_FAILED, [f"{path}:1: a line longer than 16 MiB"])
    assert command == "annotate" or '"x"' in (tmp_path / "a.nq").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["annotate", "build"])
def test_places_where_nothing_is(said: Callable[..., Said], tmp_path: Path, command: str) -> None:
    (tmp_path / "empty").mkdir()
    places = [tmp_path / "empty", tmp_path / "no.txt", f"{tmp_path}/*.rss"]
    output = ["-o", tmp_path / "a.nq"] if command == "build" else []
    code, out, lines = said(command, *places, *output)
    assert (code, out) == (ExitCode.NO_INPUT, "")
    assert lines[:3] == [
        f"{tmp_path}/empty: a folder without a file of a known kind (known: {KINDS})",
        f"{tmp_path}/no.txt: no such file",
        f"{tmp_path}/*.rss: matches no file",
    ]
