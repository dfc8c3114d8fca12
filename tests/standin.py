"""A stand-in for a SPARQL server, for what real ones do not do: it wants an exact Authorization, or is none at all."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

YES = '{"head":{},"boolean":true}'
SPARQL = {"/query": YES, "/update": "", "/store": ""}


class StandIn:
    """Answers YES to every query under `pages`; with `wanted`, only to who sends that Authorization.

    A page that is an address is a redirection to it. `seen` are the Authorizations of all requests.
    """

    def __init__(self, wanted: str | None = None, pages: Mapping[str, str] = SPARQL) -> None:
        self.accepted: set[tuple[str, str]] = set()
        self.seen: list[str | None] = []
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                path = self.path.partition("?")[0]
                stand_in.seen.append(self.headers.get("Authorization"))
                body = pages.get(path)
                if wanted is not None and self.headers.get("Authorization") != wanted:
                    self.reply(401, "")
                elif body is not None and body.startswith("http"):
                    self.send_response(302)
                    self.send_header("Location", body)
                    self.end_headers()
                elif body is None:
                    self.reply(404, "<html><title>no</title>nothing here</html>")
                else:
                    stand_in.accepted.add((self.command, path))
                    self.reply(200, body)

            def reply(self, status: int, body: str) -> None:
                self.send_response(status)
                if status == 401:
                    self.send_header("WWW-Authenticate", 'Basic realm="tests"')
                kind = "text/html" if "<html>" in body else "application/sparql-results+json"
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())

            do_GET = do_POST = do_PUT = answer

            def log_message(self, format: str, *args: object) -> None:
                """Nothing on stderr."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
