"""Real SPARQL servers on the loopback, for tests: Oxigraph, and Virtuoso where it is installed."""

from __future__ import annotations

import resource
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

PASSWORD = "s3cr3t-of-the-tests"
UP_WITHIN = 120.0
"""Seconds until a server that does not answer is a failure."""

VIRTUOSO_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
DirsAllowed = .
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 10000
"""


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A server process on a folder of its own, which can be killed and started again on the same data."""

    user: str | None = None

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.biggest_file: int | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        """What starts it in the foreground."""
        raise NotImplementedError

    def start(self) -> None:
        """Start it and wait until it answers."""
        log = (self.folder / "out.log").open("ab")
        self._process = subprocess.Popen(
            self.command(), cwd=self.folder, stdout=log, stderr=log, preexec_fn=self._limit, restore_signals=False
        )
        log.close()
        end = time.monotonic() + UP_WITHIN
        while not self.answers():
            if self._process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"{self.command()[0]} does not answer: {(self.folder / 'out.log').read_text()}")
            time.sleep(0.05)

    def _limit(self) -> None:
        """A disk that is full, for this process: no file grows beyond so many bytes (SIGXFSZ stays ignored)."""
        if self.biggest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (self.biggest_file, self.biggest_file))

    def answers(self) -> bool:
        """Whether it takes requests."""
        try:
            return httpx.get(self.url, timeout=5).status_code < 500
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


class Oxigraph(Server):
    """`oxigraph serve`: Graph Store Protocol, no passwords."""

    mode = "serve"

    def command(self) -> list[str]:
        program = Path(sys.executable).with_name("oxigraph")
        data = self.folder / "data"
        return [str(program), self.mode, "-l", str(data), "-b", f"127.0.0.1:{self.port}"]


class Virtuoso(Server):
    """Virtuoso 7: writes only with a password, by HTTP Digest."""

    user = "dba"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._ini = folder / "virtuoso.ini"
        self._ini.write_text(VIRTUOSO_INI.format(folder=folder, port=self.port, sql_port=free_port()))

    def command(self) -> list[str]:
        return ["virtuoso-t", "+foreground", "+configfile", str(self._ini)]

    def start(self) -> None:
        """The first time the database is made with our password, which ends the process."""
        if not (self.folder / "virtuoso.db").exists():
            password = ["+pwdold", "dba", "+pwddba", PASSWORD]
            subprocess.run([*self.command(), *password], cwd=self.folder, capture_output=True, check=True, timeout=120)
        for stale in self.folder.glob("*.lck"):
            stale.unlink()
        super().start()


def require_virtuoso() -> None:
    """Skip, and say loudly what is missing."""
    if shutil.which("virtuoso-t") is None:
        pytest.skip("VIRTUOSO IS NOT INSTALLED (apt-get install virtuoso-opensource-7): nothing was tested against it")


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An Oxigraph for tests that leave it alive."""
    yield from _running(Oxigraph(tmp_path_factory.mktemp("oxigraph")))


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Virtuoso, which may be killed and started again."""
    require_virtuoso()
    yield from _running(Virtuoso(tmp_path_factory.mktemp("virtuoso")))


def _running(server: Server) -> Iterator[Server]:
    server.start()
    yield server
    server.kill()
