"""What services answered, kept on disk, so that a second run asks nobody and says the same.

SQLite, because answers are few and large and several processes may write; diskcache would unpickle what it finds, and
caches of HTTP (hishel, requests-cache) let answers expire, hold no POST, and know one client each.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import weakref
import zlib
from hashlib import blake2b
from pathlib import Path

log = logging.getLogger("kg_builder")
_TABLE = "CREATE TABLE IF NOT EXISTS answer (key BLOB PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID"


class AnswerCache:
    """Request → body of the answer. A file that cannot be used is said once, and memory takes its place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: sqlite3.Connection | None = None
        self._process = 0

    def get(self, request: str) -> str | None:
        """The body kept for a request, None where there is none."""
        try:
            row = self._connection().execute("SELECT body FROM answer WHERE key = ?", (_key(request),)).fetchone()
            return zlib.decompress(row[0]).decode() if row else None
        except (sqlite3.Error, zlib.error) as error:
            self._forgo(error)
            return None

    def put(self, request: str, body: str) -> None:
        """Keep a body; what was kept for the request before is replaced."""
        try:
            with self._connection() as file:
                file.execute("REPLACE INTO answer VALUES (?, ?)", (_key(request), zlib.compress(body.encode())))
        except sqlite3.Error as error:
            self._forgo(error)

    def _connection(self) -> sqlite3.Connection:
        """A connection of this process: SQLite allows none to be carried over a fork."""
        if self._file is None or self._process != os.getpid():
            return self._use(self._open())
        return self._file

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise sqlite3.OperationalError(str(error)) from error
        return _opened(str(self.path))

    def _forgo(self, error: Exception) -> None:
        log.warning("%s: answers are not kept, the cache cannot be used: %s", self.path, error)
        self._use(_opened(":memory:"))

    def _use(self, file: sqlite3.Connection) -> sqlite3.Connection:
        self._file, self._process = file, os.getpid()
        weakref.finalize(self, file.close)
        return file


def _opened(path: str) -> sqlite3.Connection:
    file = sqlite3.connect(path, timeout=30, check_same_thread=False)
    try:
        file.execute(_TABLE)
    except sqlite3.Error:
        file.close()
        raise
    return file


def _key(request: str) -> bytes:
    return blake2b(request.encode(), digest_size=16).digest()
