"""How long every bundled query takes on a graph in the embedded store, with parameters that are frequent in the graph.

    python scripts/time_queries.py GRAPH.nq|FOLDER [--runs 3] [--limit 1.0]

Those that ask other servers are left out. Seconds of the clock, and of the processor, which do not count what else the
machine does, in the fastest of some runs. The exit code is 1 when one needs more of the processor than the
limit.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox

from kg_builder.store import LocalStore, Query, bundled, run_query

PREFIXES = """PREFIX nev: <https://w3id.org/news-event#> PREFIX schema: <https://schema.org/>
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"""
# What stands most often in the graph, so that the answers are long.
FREQUENT = {
    "person": "?e nev:speaker ?n . ?n a nev:Person ; rdfs:label ?found",
    "place": "?e nev:place ?n . ?n rdfs:label ?found",
    "region": "?e nev:place ?n . ?n a nev:Country ; rdfs:label ?found",
    "commodity": "?e nev:commodity ?found",
    "id": "?e nev:report ?r . ?e <http://www.w3.org/ns/prov#wasDerivedFrom>/schema:identifier ?found",
    "event": "?found nev:report ?r",
    "date": "?e nev:begin ?found . FILTER(STRLEN(STR(?found)) = 10)",
}


def parameters(store: LocalStore) -> dict[str, str]:
    """A value for every parameter that a bundled query has."""
    found = {"type": "nev:Death", "property": "nev:factuality"}
    for name, where in FREQUENT.items():
        query = f"{PREFIXES} SELECT ?found WHERE {{ {where} }} GROUP BY ?found ORDER BY DESC(COUNT(*)) LIMIT 1"
        found[name] = next(iter(run_query(Query(name, "", "", query), store).values()), ("x",))[0]
    return found


def best(query: Query, store: LocalStore, given: dict[str, str], runs: int) -> tuple[float, float, int]:
    """Seconds of the processor and of the clock in the fastest run, and the number of rows."""
    fastest = clock = float("inf")
    rows = 0
    for _ in range(runs):
        start, started = time.process_time(), time.perf_counter()
        rows = len(run_query(query, store, given).rows)
        fastest, clock = min(fastest, time.process_time() - start), min(clock, time.perf_counter() - started)
    return fastest, clock, rows


def opened(graph: Path, folder: Path) -> LocalStore:
    """The store of a folder; a file is loaded into one."""
    if graph.is_dir():
        return LocalStore.embedded(graph, read_only=True)
    store = ox.Store(str(folder))
    store.bulk_load(path=str(graph))
    store.optimize()
    return LocalStore(store)


def main() -> int:
    """Print a line for each query."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--limit", type=float, default=1.0)
    options = parser.parse_args()
    slow = []
    with tempfile.TemporaryDirectory() as folder:
        store = opened(options.graph, Path(folder))
        known = parameters(store)
        for query in (q for q in bundled() if "SERVICE" not in q.text):
            seconds, clock, rows = best(query, store, {n: known[n] for n in query.needed}, options.runs)
            slow += [query.name] * (seconds > options.limit)
            print(f"{clock:7.3f} s  {seconds:7.3f} s of the processor  {rows:6} rows  {query.name}", flush=True)
        store.close()
    print(f"slower than {options.limit:g} s: {', '.join(slow) or 'none'}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
