"""Pushes a graph to Oxigraph while the server is killed at random, and compares what is there with a clean push.

    push_under_fire.py GRAPH [--kills N] [--seed N]

The first kill, and every second after it, takes the server alone: it is started again after a second, and the push
waits for it. The others take the push too, which is started again and goes on from its journal. Exit code 0 when every
graph holds the same triples as after the clean push.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from servers import Oxigraph

from kg_builder.store import open_store


def main(graph: Path, kills: int, seed: int) -> int:
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        clean, shot = (started(Path(folder) / name) for name in ("clean", "shot"))
        try:
            begin = time.monotonic()
            finish(push(graph, clean))
            took = time.monotonic() - begin
            print(f"clean push: {took:.1f} s, {describe(clean)}")
            under_fire(graph, shot, [took * dice.uniform(0.1, 0.6) for _ in range(kills)])
            print(f"after {kills} kills: {describe(shot)}")
            same = content(clean) == content(shot) and counts(clean) == counts(shot)
        finally:
            clean.kill()
            shot.kill()
    print("the same triples in every graph" if same else "NOT THE SAME")
    return 0 if same else 1


def under_fire(graph: Path, server: Oxigraph, after: list[float]) -> None:
    """Push, and kill so many seconds after each start or restart."""
    running = push(graph, server)
    for number, seconds in enumerate(after):
        time.sleep(seconds)
        ended = running.poll() is not None
        server.kill()
        print(f"  server killed after {seconds:.1f} s" + (", when the push had ended" if ended else ""))
        if number % 2 or ended:
            running.kill()
            running.wait()
            print("  push killed too, and started again")
        else:
            time.sleep(1)
        server.start()
        print(f"  back with {describe(server)}")
        if number % 2 or ended:
            running = push(graph, server)
    finish(running)


def started(folder: Path) -> Oxigraph:
    """A server on a new folder."""
    folder.mkdir()
    server = Oxigraph(folder)
    server.start()
    return server


def push(graph: Path, server: Oxigraph) -> subprocess.Popen[bytes]:
    """`kg-builder push`, its journal beside the server's data."""
    program = str(Path(sys.executable).with_name("kg-builder"))
    journal = str(server.folder / "journal.jsonl")
    return subprocess.Popen([program, "push", str(graph), "--store", server.url, "--journal", journal], env=os.environ)


def finish(running: subprocess.Popen[bytes]) -> None:
    """Wait for a push, which must succeed."""
    if running.wait() != 0:
        raise SystemExit(f"the push ended with exit code {running.returncode}")


def counts(server: Oxigraph) -> dict[str, int]:
    """Triples by graph."""
    with open_store(server.url) as store:
        return {str(name): count for name, count in store.counts().items()}


def describe(server: Oxigraph) -> str:
    """How much is there."""
    found = counts(server)
    return f"{len(found)} graphs, {sum(found.values())} triples"


def content(server: Oxigraph) -> str:
    """A digest of all quads."""
    dump = httpx.get(f"{server.url}/store", headers={"Accept": "application/n-quads"}, timeout=600).content
    return hashlib.sha256(b"\n".join(sorted(dump.splitlines()))).hexdigest()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.exit(main(options.graph, options.kills, options.seed))
