"""Compares one scorer report with its floors: `floors.py SET REPORT.json`; fails when any F1 lies below."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(name: str, report_path: str) -> int:
    """Print each figure beside its floor; 1 when one is below, else 0. A floor of an unknown figure is an error."""
    floors = json.loads(Path(__file__).with_name("floors.json").read_text(encoding="utf-8"))[name]
    report = json.loads(Path(report_path).read_text(encoding="utf-8"))
    below = 0
    for figure, floor in floors.items():
        have = report[figure]["f1"]
        low = have < floor
        below |= low
        print(f"{name} {figure}: F1 {have:.3f}, floor {floor:.3f}{'  BELOW' if low else ''}")
    return int(below)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
