"""Asks services the way Wikimedia wants to be asked: by name, one request at a time, with pauses, as often as told.

https://foundation.wikimedia.org/wiki/Policy:Wikimedia_Foundation_User-Agent_Policy
https://www.mediawiki.org/wiki/API:Etiquette and https://www.mediawiki.org/wiki/Manual:Maxlag_parameter
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import stamina

from kg_builder.errors import InputError
from kg_builder.link.online.cache import AnswerCache

T = TypeVar("T")
log = logging.getLogger("kg_builder")

BUSY_STATUSES = frozenset({429, 500, 502, 503, 504})
_LARGEST = 64 * 2**20  # bytes of one answer


class Unavailable(InputError):
    """A service that gives no answer, or none that can be used."""


class Busy(Exception):
    """An answer that may come another time: in `wait` seconds where the service says so."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Manners:
    """How a service is asked. Times are in seconds.

    `timeout` is what a whole answer may take, `interval` lies between the starts of two requests, `first_wait` doubles
    with each of the `attempts`; who wants us to wait longer than `longest_wait` is not waited for. A service that
    fails `patience` requests in a row is left alone for a `rest`. `max_lag` is MediaWiki's, of its databases.
    """

    timeout: float = 30.0
    interval: float = 0.2
    attempts: int = 4
    first_wait: float = 0.5
    longest_wait: float = 60.0
    patience: int = 2
    rest: float = 300.0
    max_lag: int = 5


class Courier:
    """Fetches answers: from the cache, else from the service. Nothing but good answers is kept."""

    def __init__(self, cache: AnswerCache, manners: Manners | None = None) -> None:
        self.manners = manners or Manners()
        self._cache = cache
        self._lock = threading.RLock()
        self._free_at = 0.0
        self._failed: Counter[str] = Counter()
        self._resting: dict[str, float] = {}

    def ask(self, service: str, request: str, send: Callable[[], str], read: Callable[[str], T]) -> T:
        """What `read` makes of the body that `send` brings.

        `send` raises Busy, or Unavailable where no repetition helps; what `read` cannot read (ValueError, KeyError,
        TypeError, AttributeError) counts as busy. Raises Unavailable when the service does not answer after all.
        """
        with self._lock:
            kept = self._cache.get(f"{service}\n{request}")
            if kept is not None:
                with contextlib.suppress(Busy):
                    return _read(kept, read)
            if time.monotonic() < self._resting.get(service, 0.0):
                raise Unavailable(service, "not asked again so soon after it failed")
            body, answer = self._fetched(service, send, read)
            self._cache.put(f"{service}\n{request}", body)
            return answer

    def _fetched(self, service: str, send: Callable[[], str], read: Callable[[str], T]) -> tuple[str, T]:
        try:
            found = self._repeated(send, read)
        except Busy as error:
            self._fail(service)
            raise Unavailable(service, str(error)) from error
        except Unavailable:
            self._fail(service)
            raise
        self._failed[service] = 0
        return found

    def _fail(self, service: str) -> None:
        self._failed[service] += 1
        if self._failed[service] >= self.manners.patience:
            self._resting[service] = time.monotonic() + self.manners.rest

    def _repeated(self, send: Callable[[], str], read: Callable[[str], T]) -> tuple[str, T]:
        ways = self.manners
        for attempt in stamina.retry_context(
            on=self._backoff,
            attempts=ways.attempts,
            timeout=None,
            wait_initial=ways.first_wait,
            wait_max=ways.longest_wait,
            wait_jitter=ways.first_wait,
        ):
            with attempt:
                self._pause()
                body = send()
                return body, _read(body, read)
        raise AssertionError("stamina ends with an answer or an error")

    def _backoff(self, error: Exception) -> bool | float:
        """Whether to ask again, or after how many seconds."""
        if not isinstance(error, Busy):
            return False
        log.debug("asked again: %s", error)
        return True if error.wait is None else error.wait <= self.manners.longest_wait and error.wait

    def _pause(self) -> None:
        time.sleep(max(0.0, self._free_at - time.monotonic()))
        self._free_at = time.monotonic() + self.manners.interval


def _read(body: str, read: Callable[[str], T]) -> T:
    try:
        return read(body)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Busy(f"malformed answer, {type(error).__name__}: {error}") from error


def collect(chunks: Iterable[bytes], seconds: float) -> str:
    """The text of an answer that comes in pieces. Raises Busy when it takes longer, or never ends."""
    deadline, size, pieces = time.monotonic() + seconds, 0, []
    for chunk in chunks:
        pieces.append(chunk)
        size += len(chunk)
        if time.monotonic() > deadline:
            raise Busy(f"no whole answer in {seconds:g} s")
        if size > _LARGEST:
            raise Unavailable("answer", f"larger than {_LARGEST >> 20} MB")
    try:
        return b"".join(pieces).decode()
    except UnicodeDecodeError as error:
        raise Busy(f"malformed answer, {error}") from error


def seconds_to_wait(retry_after: str | None) -> float | None:
    """A `Retry-After` header as seconds from now: it holds a number of them, or a date."""
    if not retry_after:
        return None
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (until.astimezone(UTC) - datetime.now(UTC)).total_seconds())
