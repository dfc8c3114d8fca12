"""Requests to a server, tried again with back-off while it does not answer, and its errors in one line."""

from __future__ import annotations

import ast
import re
import urllib.error
import urllib.request
import warnings
from collections.abc import Callable
from http.client import HTTPException
from typing import Any, TypeVar

import httpx
import stamina
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLExceptions, SPARQLWrapper

from kg_builder.errors import OutputError
from kg_builder.store.protocol import Answer
from kg_builder.store.remote.answers import answer
from kg_builder.store.remote.credentials import WHERE, Negotiated, credentials

T = TypeVar("T")

TIMEOUT = 600.0
"""Seconds that a server may take for one request: to move a big graph is slow."""
PATIENCE = 120.0
"""Seconds during which a server that does not answer any more is asked again."""
FIRST_PATIENCE = 3.0
"""The same for a server that has never answered: most likely its address is wrong."""
_LONGEST = 300
_GRAPH = re.compile(r"\bGRAPH\s*<([^<>\"\s]+)>", re.IGNORECASE)
_PASSING = {408, 425, 429, 502, 503, 504}
_DEADLOCK = re.compile(r"deadlock|SR172|40001", re.IGNORECASE)
_STATUSES = {
    SPARQLExceptions.QueryBadFormed: 400,
    SPARQLExceptions.Unauthorized: 401,
    SPARQLExceptions.EndPointNotFound: 404,
    SPARQLExceptions.URITooLong: 414,
    SPARQLExceptions.EndPointInternalError: 500,
}


class RefusedError(OutputError):
    """What a server answered in place of doing it."""

    def __init__(self, place: str, status: int, said: str) -> None:
        super().__init__(f"{place}: {said}")
        self.status = status


class UnansweredError(OutputError):
    """A server that is not there, went away in the middle, or says that it is busy."""


class _Wrapper(SPARQLWrapper):
    """Sends its Authorization to the server that was named, and not to where that one points."""

    authorization: str | None = None

    def _createRequest(self) -> urllib.request.Request:
        request = super()._createRequest()
        if self.authorization:
            request.add_unredirected_header("Authorization", self.authorization)
        return request


class Connection:
    """Speaks to one server, with the credentials of the environment. `patience` in seconds."""

    def __init__(self, url: str, patience: float = PATIENCE) -> None:
        self.patience = patience
        self._auth = Negotiated(credentials(url))
        self._client = httpx.Client(auth=self._auth, timeout=TIMEOUT)

    def close(self) -> None:
        """Let go of open connections."""
        self._client.close()

    def send(self, method: str, url: str, **options: Any) -> httpx.Response:
        """The response to a request of the Graph Store Protocol; RefusedError for a status of 400 and more."""

        def attempt() -> httpx.Response:
            try:
                response = self._client.request(method, url, **options)
            except httpx.TransportError as error:
                raise UnansweredError(f"{url}: {_unanswered(error)}") from error
            if response.status_code >= 400:
                raise _refusal(url, response.status_code, response.text)
            return response

        return self._patiently(attempt)

    def status(self, method: str, url: str, **options: Any) -> int:
        """The status that a request gets, whatever it is; the body is not waited for."""

        def attempt() -> int:
            try:
                with self._client.stream(method, url, **options) as response:
                    return response.status_code
            except httpx.TransportError as error:
                raise UnansweredError(f"{url}: {_unanswered(error)}") from error

        return self._patiently(attempt)

    def query(self, url: str, text: str, default_graph: str | None = None) -> Answer:
        """The answer of a query endpoint."""

        body, media_type = self._sparql(url, text, default_graph)
        return answer(body, media_type, url)

    def update(self, url: str, text: str, once: bool = False) -> None:
        """Carry out a SPARQL update; `once` for one that must not be said again when its answer is lost."""
        self._sparql(url, text, once=once)

    def _sparql(self, url: str, text: str, default_graph: str | None = None, once: bool = False) -> tuple[bytes, str]:
        def attempt() -> tuple[bytes, str]:
            try:
                return self._ask(url, text, default_graph, self._auth.header(url))
            except SPARQLExceptions.Unauthorized:
                challenge = httpx.post(url, timeout=TIMEOUT)
                return self._ask(url, text, default_graph, self._auth.header(url, challenge))

        return _told(url, attempt) if once else self._patiently(lambda: _told(url, attempt))

    def _ask(self, url: str, text: str, default_graph: str | None, authorization: str | None) -> tuple[bytes, str]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a text that is no SPARQL; the server will say it better
            wrapper = _Wrapper(url, agent="kg-builder")
            wrapper.setQuery(text)
        wrapper.setMethod(POST)
        wrapper.setTimeout(int(TIMEOUT))
        wrapper.setReturnFormat(TURTLE if wrapper.queryType in {"CONSTRUCT", "DESCRIBE"} else JSON)
        if default_graph:
            wrapper.addDefaultGraph(default_graph)
            for name in _GRAPH.findall(text):  # beside a given default graph, a server knows only the graphs it is told
                wrapper.addNamedGraph(name)
        wrapper.authorization = authorization
        with wrapper.query().response as response:
            return response.read(), response.headers.get("Content-Type", "")

    def _patiently(self, attempt: Callable[[], T]) -> T:
        for trial in stamina.retry_context(
            on=UnansweredError, attempts=None, timeout=self.patience, wait_initial=0.1, wait_max=5.0
        ):
            with trial:
                return attempt()
        raise AssertionError("a retry ends with a result or an error")


def _told(url: str, attempt: Callable[[], T]) -> T:
    """SPARQLWrapper's errors, and those of what it stands on, as ours."""
    try:
        return attempt()
    except tuple(_STATUSES) as error:
        status = next(code for kind, code in _STATUSES.items() if isinstance(error, kind))
        raise _refusal(url, status, _body(error)) from error
    except urllib.error.HTTPError as error:
        with error:
            raise _refusal(url, error.code, error.read().decode("utf-8", "replace")) from error
    except (OSError, HTTPException, httpx.TransportError) as error:
        raise UnansweredError(f"{url}: {_unanswered(error)}") from error


def _body(error: Exception) -> str:
    """What the server said; SPARQLWrapper keeps it as the representation of bytes behind words of its own."""
    said = ast.literal_eval(str(error).partition("Response:\n")[2] or "b''")
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else ""


def _refusal(url: str, status: int, body: str) -> OutputError:
    if status in {401, 403}:
        return RefusedError(url, status, f"the server wants other credentials (HTTP {status}); they go into {WHERE}")
    said = f"the server refused (HTTP {status}): {_cause(body)}" if _cause(body) else f"HTTP {status}"
    if status in _PASSING or _DEADLOCK.search(body):
        return UnansweredError(f"{url}: {said}")
    return RefusedError(url, status, said)


def _cause(body: str) -> str:
    """The first line that says something; pages for browsers lose their marks."""
    text = re.sub(r"<(title|style)>.*?</\1>|<[^>]*>", " ", body, flags=re.DOTALL) if "<html" in body.lower() else body
    lines = (" ".join(line.split()) for line in text.splitlines())
    said = " ".join(line for line in lines if line) if text is not body else next((ln for ln in lines if ln), "")
    return said if len(said) <= _LONGEST else said[:_LONGEST] + "…"


def _unanswered(error: BaseException) -> str:
    reason = getattr(error, "reason", None) or error
    return f"the server does not answer: {getattr(reason, 'strerror', None) or str(reason) or type(reason).__name__}"
