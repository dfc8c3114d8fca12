"""Who we are to a server: from the environment, else from netrc; never from the command line, never in a message."""

from __future__ import annotations

import contextlib
import netrc
import os
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from kg_builder.errors import OptionError

USER, PASSWORD, TOKEN = "KG_BUILDER_STORE_USER", "KG_BUILDER_STORE_PASSWORD", "KG_BUILDER_STORE_TOKEN"
WHERE = f"{USER} and {PASSWORD}, {TOKEN}, or netrc"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user with a password, or a token. Neither shows in `repr`."""

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)

    def __bool__(self) -> bool:
        return bool(self.token or self.user)


def credentials(url: str) -> Credentials:
    """The credentials for the server of an address; empty ones where there are none.

    Raises OptionError for an address that holds a password, and for a netrc file that cannot be understood.
    """
    address = httpx.URL(url)
    if address.userinfo:
        raise OptionError(f"--store: no user or password in the address of {address.host}; they go into {WHERE}")
    if os.environ.get(TOKEN):
        return Credentials(token=os.environ[TOKEN])
    if os.environ.get(USER):
        return Credentials(os.environ[USER], os.environ.get(PASSWORD, ""))
    return _from_netrc(address.host)


def _from_netrc(host: str) -> Credentials:
    path = Path(os.environ.get("NETRC") or Path.home() / ".netrc")
    try:
        found = netrc.netrc(str(path)).authenticators(host)
    except OSError:
        return Credentials()
    except netrc.NetrcParseError as error:
        raise OptionError(f"{path}: cannot be understood as netrc, line {error.lineno}") from None
    return Credentials(found[0], found[2] or "") if found else Credentials()


class Negotiated(httpx.Auth):
    """Answers the challenge of the server, Basic or Digest, with user and password; a token goes with each request."""

    def __init__(self, known: Credentials) -> None:
        self._known = known
        self._scheme: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._known.token:
            request.headers["Authorization"] = f"Bearer {self._known.token}"
        if self._scheme is None:
            response = yield request
            self._scheme = self._chosen(response)
        if self._scheme is not None:
            yield from self._scheme.auth_flow(request)

    def header(self, url: str, challenge: httpx.Response | None = None) -> str | None:
        """The Authorization of a POST, for who sends it without us; `challenge` is the 401 that asked for it."""
        request = httpx.Request("POST", url)
        if challenge is not None:
            self._scheme = self._chosen(challenge)
        if self._scheme is None:
            return f"Bearer {self._known.token}" if self._known.token else None
        flow = self._scheme.auth_flow(request)
        next(flow)
        if challenge is not None:
            with contextlib.suppress(StopIteration):
                flow.send(challenge)
        return str(request.headers["Authorization"]) if "Authorization" in request.headers else None

    def _chosen(self, response: httpx.Response) -> httpx.Auth | None:
        if response.status_code != 401 or self._known.user is None:
            return None
        user, password = self._known.user, self._known.password or ""
        digest = response.headers.get("WWW-Authenticate", "").lower().startswith("digest")
        return httpx.DigestAuth(user, password) if digest else httpx.BasicAuth(user, password)
