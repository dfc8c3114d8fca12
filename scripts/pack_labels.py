"""Turns sentences annotated in words into labels that hold no word of them.

    pack_labels.py SENTENCES.jsonl FRAMES.jsonl [--keep-out SET.tsv]... -o LABELS.jsonl

A line of SENTENCES has "n", "doc", "begin" and "text"; a line of FRAMES has "n" and "events" as gold has them.
Sentences that something is measured on are kept out: those of a SET with columns `article`, `begin` and `end`.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg_builder.learn.labels import label


def lines(path: Path) -> list[dict[str, Any]]:
    """The JSON lines of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def measured(sets: Iterable[Path]) -> dict[str, list[tuple[int, int]]]:
    """The places that sets of measurement hold, by article."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for path in sets:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                found[row["article"]].append((int(row["begin"]), int(row["end"])))
    return found


def main(sentences: Path, frames: Path, keep_out: Iterable[Path], output: Path) -> None:
    known = {sentence["n"]: sentence for sentence in lines(sentences)}
    places = measured(keep_out)
    found: dict[tuple[str, int], dict[str, Any]] = {}
    lost = 0
    for frame in lines(frames):
        sentence = known[frame["n"]]
        packed = label(sentence["doc"], sentence["begin"], sentence["text"], frame["events"])
        if any(a < packed["end"] and packed["begin"] < b for a, b in places.get(packed["doc"], ())):
            continue
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
    parser.add_argument("--keep-out", type=Path, action="append", default=[])
    parser.add_argument("-o", "--output", type=Path, required=True)
    args = parser.parse_args()
    main(args.sentences, args.frames, args.keep_out, args.output)
