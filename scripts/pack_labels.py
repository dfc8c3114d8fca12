"""Turns sentences annotated in words into labels that hold no word of them.

    pack_labels.py SENTENCES.jsonl FRAMES.jsonl -o LABELS.jsonl

A line of SENTENCES has "n", "doc", "begin" and "text"; a line of FRAMES has "n" and "events" as gold has them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from kg_builder.learn.labels import label


def lines(path: Path) -> list[dict[str, Any]]:
    """The JSON lines of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main(sentences: Path, frames: Path, output: Path) -> None:
    known = {sentence["n"]: sentence for sentence in lines(sentences)}
    found: dict[tuple[str, int], dict[str, Any]] = {}
    lost = 0
    for frame in lines(frames):
        sentence = known[frame["n"]]
        packed = label(sentence["doc"], sentence["begin"], sentence["text"], frame["events"])
        lost += len(frame["events"]) - len(packed["events"])
        found.setdefault((packed["doc"], packed["begin"]), packed)
    packed_lines = (json.dumps(found[key], ensure_ascii=False, separators=(",", ":")) for key in sorted(found))
    output.write_text("".join(f"{line}\n" for line in packed_lines), encoding="utf-8")
    print(f"{len(found)} sentences, {sum(len(f['events']) for f in found.values())} events, "
          f"{lost} left out: their triggers are not in the sentence")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("frames", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    args = parser.parse_args()
    main(args.sentences, args.frames, args.output)
