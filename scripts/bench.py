"""Measures the whole build, stage by stage, beside spaCy's blank Arabic tokenizer on the same text in the same run.

    bench.py --corpus NEWS.jsonl.gz [--articles N] [--annotate]

With `--annotate`, reading and annotation alone. Words are what stands between white space. Seconds are those of the
processor, so that they do not count what else the machine does. One process; peak memory is that of the process before
the other tokenizer is loaded.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class Stopwatch:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def call(self, stage: str, work: Callable[..., T]) -> Callable[..., T]:
        """The same function, timed."""

        def timed(*arguments: Any, **options: Any) -> T:
            start = time.process_time()
            try:
                return work(*arguments, **options)
            finally:
                self.seconds[stage] += time.process_time() - start

        return timed

    def each(self, stage: str, items: Iterable[T]) -> Iterator[T]:
        """The same items, the waiting for each timed."""
        fetch = self.call(stage, iter(items).__next__)
        while True:
            try:
                yield fetch()
            except StopIteration:
                return


def main(corpus: Path, most: int, annotate_alone: bool) -> int:
    if not corpus.exists():
        print(f"no corpus at {corpus}: name one with make bench CORPUS=NEWS.jsonl.gz")
        return 0
    watch = Stopwatch()
    speeds: dict[str, float] = {}
    words, documents, failed = annotation(corpus, most, watch) if annotate_alone else build(corpus, most, watch, speeds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    blank = tokenizer_seconds(corpus, most)
    total = sum(s for stage, s in watch.seconds.items() if stage != "start-up")
    print(f"{documents} articles, {words} words, {failed} failed")
    for stage, seconds in watch.seconds.items():
        share = "" if stage == "start-up" else f"{100 * seconds / total:5.1f} %  {words / seconds:12,.0f} words/s"
        print(f"  {stage:<12} {seconds:8.2f} s  {share}")
    print(f"all stages         {words / total:12,.0f} words/s  ({total:.2f} s, {total / blank:.1f} x the tokenizer)")
    annotated = watch.seconds["annotate"]
    print(f"annotate           {words / annotated:12,.0f} words/s  ({annotated / blank:.1f} x the tokenizer)")
    print(f"spaCy blank('ar')  {words / blank:12,.0f} words/s  ({blank:.2f} s)")
    print(f"peak memory        {peak:12,.0f} MB")
    for kind, speed in speeds.items():
        print(f"write {kind:<12} {speed:12,.0f} triples/s")
    for command, (wall, cpu) in starts().items():
        print(f"{command:<34} {wall:6.2f} s, {cpu:.2f} s of the processor")
    return int(failed > 0)


def starts() -> dict[str, tuple[float, float]]:
    """Seconds on the clock and of the processor that small commands take, each the second time it runs."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "one.txt"
        article.write_text("التقى الرئيس وزير الخارجية في القاهرة.", encoding="utf-8")
        for command in (["--help"], ["annotate", str(article)]):
            for _ in range(2):
                before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
                subprocess.run([sys.executable, "-m", "kg_builder", *command], check=True, stdout=subprocess.DEVNULL)
                wall, after = time.perf_counter() - clock, resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            found[f"kg-builder {command[0]}"] = wall, cpu
    return found


def annotation(corpus: Path, most: int, watch: Stopwatch) -> tuple[int, int, int]:
    """Words, documents and failures of reading and annotation alone, one document in memory at a time."""
    start = time.process_time()
    from kg_builder.model import Article
    from kg_builder.pipeline import load
    from kg_builder.read import articles

    annotate = load().annotate
    annotate(Article("warm-up", "كلمة."))
    watch.seconds["start-up"] = time.process_time() - start
    counted, timed = Counter[str](), watch.call("annotate", annotate)
    for found in watch.each("read", islice(articles([str(corpus)]), most)):
        if isinstance(found, Article):
            timed(found)
            counted.update(words=len(found.text.split()), documents=1)
        else:
            counted["failed"] += 1
    return counted["words"], counted["documents"], counted["failed"]


class Held:
    """A graph whose triples are made already, so that writing alone is measured."""

    def __init__(self, source: Any) -> None:
        self.base, self.prefixes = source.base, source.prefixes
        self._default, self._documents = list(source.default_graph()), list(source.documents())

    def default_graph(self) -> Iterable[Any]:
        return self._default

    def documents(self) -> Iterator[tuple[Any, list[Any]]]:
        return iter(self._documents)

    def frames(self) -> Iterator[dict[str, Any]]:
        return iter(())

    def size(self, suffix: str) -> int:
        """The triples that a format takes: Turtle has the default graph alone."""
        named = sum(len(triples) for _, triples in self._documents)
        return len(self._default) + (0 if suffix == ".ttl" else named)


def writing_speeds(source: Any) -> dict[str, float]:
    """Triples per second of processor time by format, the best of three."""
    from kg_builder.store import write

    held, speeds = Held(source), {}
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (".nq", ".ttl", ".trig"):
            seconds = []
            for _ in range(3):
                start = time.process_time()
                write(held, Path(folder) / f"bench{suffix}")
                seconds.append(time.process_time() - start)
            speeds[suffix] = held.size(suffix) / min(seconds)
    return speeds


def build(corpus: Path, most: int, watch: Stopwatch, speeds: dict[str, float]) -> tuple[int, int, int]:
    """Words, documents and failures of one whole build, from the file to checked N-Quads; fills `speeds`."""
    start = time.process_time()
    from kg_builder import validate
    from kg_builder.errors import InputError
    from kg_builder.graph import Builder, copies
    from kg_builder.graph.claim import Claims
    from kg_builder.graph.identity import Identifier
    from kg_builder.graph.merge import Merger
    from kg_builder.model import Article
    from kg_builder.pipeline import load
    from kg_builder.read import articles
    from kg_builder.store import write

    pipeline: Any = load()
    pipeline(Article("warm-up", "كلمة."))
    watch.seconds["start-up"] = time.process_time() - start
    for stage in ("annotate", "extract", "resolve", "link"):
        setattr(pipeline, stage, watch.call(stage, getattr(pipeline, stage)))
    validate.Validator.check = watch.call("validate", validate.Validator.check)  # type: ignore[method-assign]
    Builder.add = watch.call("graph", Builder.add)  # type: ignore[method-assign]
    Identifier.identify = watch.call("merge", Identifier.identify)  # type: ignore[method-assign]
    Merger.__init__ = watch.call("merge", Merger.__init__)  # type: ignore[method-assign]
    Merger.clusters = watch.call("merge", Merger.clusters)  # type: ignore[method-assign]
    Claims.__init__ = watch.call("merge", Claims.__init__)  # type: ignore[method-assign]
    copies.groups = watch.call("merge", copies.groups)
    counted, errors = Counter[str](), list[InputError]()

    def read() -> Iterator[Article | InputError]:
        for found in watch.each("read", islice(articles([str(corpus)]), most)):
            if isinstance(found, Article):
                counted.update(words=len(found.text.split()), documents=1)
            yield found

    builder = pipeline.build(read(), errors.append)
    for error in errors[:5]:
        print(error, file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        watch.call("write", write)(builder, Path(folder) / "bench.nq")
    speeds.update(writing_speeds(builder))
    return counted["words"], counted["documents"], len(errors)


def tokenizer_seconds(corpus: Path, most: int) -> float:
    """What spaCy's blank Arabic tokenizer takes for the same texts."""
    import spacy

    from kg_builder.model import Article
    from kg_builder.read import articles

    texts = [a.text for a in islice(articles([str(corpus)]), most) if isinstance(a, Article)]
    tokenize = spacy.blank("ar").tokenizer
    start = time.process_time()
    for text in texts:
        tokenize(text)
    return time.process_time() - start


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=400, help="how many of the corpus, from its start")
    parser.add_argument("--annotate", action="store_true", help="measure reading and annotation alone")
    options = parser.parse_args()
    sys.exit(main(options.corpus, options.articles, options.annotate))
