"""Pushes a graph to Oxigraph while the server is killed at random, and compares what is there with a clean push.

    push_under_fire.py GRAPH [--kills N] [--seed N] [--within SECONDS]

With --within there is no clean push to compare with, but the file itself; the kills come within so many seconds.
The first kill, and every second after it, takes the server alone: it is started again after a second, and the push
waits for it. The others take the push too. A push that has ended is started again and goes on from its journal. Exit
code 0 when every graph holds the same triples as after the clean push.
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


def main(graph: Path, kills: int, seed: int, within: float | None) -> int:
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        server = started(Path(folder) / "server")
        try:
            took, wanted = (within, digest(graph.read_bytes())) if within else clean_push(graph, Path(folder) / "clean")
            under_fire(graph, server, [took * dice.uniform(0.1, 0.6) for _ in range(kills)])
            print(f"after {kills} kills: {describe(server)}")
            same = content(server) == wanted
        finally:
            server.kill()
    print("the same triples in every graph" if same else "NOT THE SAME")
    return 0 if same else 1


def clean_push(graph: Path, folder: Path) -> tuple[float, str]:
    """How many seconds an undisturbed push takes, and a digest of what is there then."""
    server = started(folder)
    try:
        begin = time.monotonic()
        finish(push(graph, server))
        took = time.monotonic() - begin
        print(f"clean push: {took:.1f} s, {describe(server)}")
        return took, content(server)
    finally:
        server.kill()


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
            print("  push killed too")
        else:
            time.sleep(1)
        server.start()
        print(f"  back with {describe(server)}")
        if running.poll() is not None:
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
    return digest(httpx.get(f"{server.url}/store", headers={"Accept": "application/n-quads"}, timeout=600).content)


def digest(quads: bytes) -> str:
    """Of lines, in whatever order."""
    return hashlib.sha256(b"\n".join(sorted(quads.splitlines()))).hexdigest()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--within", type=float)
    options = parser.parse_args()
    sys.exit(main(options.graph, options.kills, options.seed, options.within))
