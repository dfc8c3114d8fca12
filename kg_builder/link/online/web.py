"""One HTTP client for all that speaks JSON: its errors told apart into those that pass and those that stay."""

from __future__ import annotations

import json
import ssl
import weakref
from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any

import httpx

from kg_builder.link.online.courier import BUSY_STATUSES, Busy, Unavailable, collect, seconds_to_wait


@cache
def _certificates() -> ssl.SSLContext:
    """Read once: it takes longer than many an answer."""
    return httpx.create_ssl_context()


class Web:
    """Gets and posts, and reads nothing: bodies come back as text."""

    def __init__(self, agent: str, timeout: float) -> None:
        self._agent, self._timeout = agent, timeout

    @cached_property
    def _client(self) -> httpx.Client:
        headers = {"User-Agent": self._agent, "Accept": "application/json"}
        client = httpx.Client(headers=headers, timeout=self._timeout, follow_redirects=True, verify=_certificates())
        weakref.finalize(self, client.close)  # those who ask for candidates know of no connection to close
        return client

    def get(self, url: str, parameters: Mapping[str, str]) -> str:
        """The body. Raises Busy or Unavailable."""
        return self._send("GET", url, params=httpx.QueryParams(dict(parameters)))

    def post(self, url: str, form: Mapping[str, str]) -> str:
        """The body of the answer to a form. Raises Busy or Unavailable."""
        return self._send("POST", url, data=dict(form))

    def _send(self, method: str, url: str, **content: Any) -> str:
        try:
            with self._client.stream(method, url, **content) as response:
                _check(url, response)
                return collect(response.iter_bytes(), self._timeout)
        except httpx.TimeoutException as error:
            raise Busy(f"no answer in {self._timeout:g} s") from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise Busy(f"{type(error).__name__}: {error}") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unavailable(url, str(error)) from error


def _check(url: str, response: httpx.Response) -> None:
    told = f"HTTP {response.status_code} {response.reason_phrase}".strip()
    if response.status_code in BUSY_STATUSES:
        raise Busy(told, seconds_to_wait(response.headers.get("Retry-After")))
    if response.is_error:
        raise Unavailable(url, told)
    lagging = response.headers.get("MediaWiki-API-Error", "") in {"maxlag", "ratelimited"}
    if lagging:
        raise Busy(response.headers["MediaWiki-API-Error"], seconds_to_wait(response.headers.get("Retry-After")))


def parsed(body: str) -> dict[str, Any]:
    """The object of a JSON text. Raises ValueError where it is none."""
    found = json.loads(body)
    if not isinstance(found, dict):
        raise ValueError(f"a JSON object is wanted, not {type(found).__name__}")
    return found
