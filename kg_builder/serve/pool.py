"""Processes that run queries: so many at once, each ended when its time is up and another put in its place."""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Self

from kg_builder.serve.job import Answer, Job, Reply
from kg_builder.serve.worker import work


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost. `timeout` in seconds, for the query and for a free worker; the rest in bytes."""

    timeout: float = 30.0
    result: int = 32 * 1024 * 1024
    request: int = 256 * 1024
    memory: int = 4 * 1024**3
    workers: int = 2


class _Worker:
    def __init__(self, folder: Path, limits: Limits) -> None:
        context = multiprocessing.get_context("spawn")
        self._here, there = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=work, args=(str(folder), there, limits.result, limits.memory), daemon=True
        )
        self._process.start()
        there.close()

    @property
    def connection(self) -> Connection:
        return self._here

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._here.close()


class Pool:
    """Workers on the store in a folder. Use it in a `with` block, which ends them all."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.limits = limits
        self._folder = folder
        self._idle: queue.Queue[_Worker] = queue.Queue()
        self._all: set[_Worker] = set()
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        for _ in range(self.limits.workers):
            self._hire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._closed = True
            for worker in self._all:
                worker.end()
            self._all.clear()

    def ask(self, job: Job) -> Answer:
        """The answer, or a Reply that says why there is none: all are busy, too slow, or out of memory."""
        try:
            worker = self._idle.get(timeout=self.limits.timeout)
        except queue.Empty:
            return Reply.error(503, "busy: try again later")
        try:
            worker.connection.send(job)
            if worker.connection.poll(self.limits.timeout):
                found: Answer = worker.connection.recv()
                self._idle.put(worker)
                return found
            refusal = Reply.error(503, f"the query took longer than {self.limits.timeout:g} s and was stopped")
        except (EOFError, OSError):
            refusal = Reply.error(503, "the query needs too much memory")
        self._replace(worker)
        return refusal

    def _hire(self) -> None:
        worker = _Worker(self._folder, self.limits)
        self._all.add(worker)
        self._idle.put(worker)

    def _replace(self, worker: _Worker) -> None:
        with self._lock, contextlib.suppress(KeyError):
            self._all.remove(worker)
            worker.end()
            if not self._closed:
                self._hire()
