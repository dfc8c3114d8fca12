"""The application: HTTP around the site, with limits on addresses and bodies, and headers that keep browsers strict."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kg_builder.ontology import Ontology
from kg_builder.serve.job import Reply
from kg_builder.serve.pages import FOLDER
from kg_builder.serve.pool import Pool
from kg_builder.serve.protocol import Request
from kg_builder.serve.saved import Saved
from kg_builder.serve.site import Site

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.requests import Request as Incoming
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

MOST_ADDRESS = 32 * 1024
"""Bytes of an address, without the host."""
BODY_WITHIN = 10.0
"""Seconds in which the body of a request must arrive."""
METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"]
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}


def application(
    pool: Pool, saved: Sequence[Saved], ontology: Ontology, hosts: Sequence[str] = ("*",), origins: Sequence[str] = ()
) -> Starlette:
    """The ASGI application. `hosts` are the names it answers to, `origins` the sites whose scripts may read it."""
    from starlette.applications import Starlette
    from starlette.routing import Route

    paths = _Paths(Site(pool, saved, ontology), pool.limits.request)
    routes = [
        Route("/sparql", paths.endpoint, methods=METHODS),
        Route("/", paths.page),
        Route("/queries", paths.questions),
        Route("/queries/{name}", paths.question),
        Route("/node", paths.node),
        Route("/style.css", paths.style),
        Route("/{path:path}", paths.named),
    ]
    handlers: dict[Any, Any] = {ValueError: _malformed, TimeoutError: _late}
    return Starlette(routes=routes, middleware=_middleware(hosts, origins), exception_handlers=handlers)


def _middleware(hosts: Sequence[str], origins: Sequence[str]) -> list[Middleware]:
    from starlette.middleware import Middleware
    from starlette.middleware.cors import CORSMiddleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    trusted = Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    shared = Middleware(CORSMiddleware, allow_origins=list(origins), allow_methods=["GET", "POST"], allow_headers=["*"])
    return [Middleware(ShortAddresses), trusted, *([shared] if origins else [])]


class _Paths:
    """From what came over HTTP to the site, and back."""

    def __init__(self, site: Site, most_body: int) -> None:
        self._site = site
        self._most_body = most_body
        self._style = (FOLDER / "style.css").read_bytes()

    async def endpoint(self, request: Incoming) -> Response:
        body = await _body(request, self._most_body)
        if body is None:
            return _response(Reply.error(413, f"the body of a request may have {self._most_body} bytes"))
        kind = request.headers.get("content-type", "")
        asked = Request(request.method, request.url.query, kind, _accept(request), body)
        return _response(await self._site.endpoint(asked))

    async def page(self, request: Incoming) -> Response:
        return _response(await self._site.page(request.url.query))

    async def questions(self, request: Incoming) -> Response:
        return _response(self._site.questions())

    async def question(self, request: Incoming) -> Response:
        name = request.path_params["name"]
        return _response(await self._site.question(name, request.url.query, _accept(request)))

    async def node(self, request: Incoming) -> Response:
        return _response(await self._site.node(request.query_params.get("iri", ""), _accept(request)))

    async def style(self, request: Incoming) -> Response:
        return _response(Reply(200, "text/css; charset=utf-8", self._style))

    async def named(self, request: Incoming) -> Response:
        return _response(await self._site.path(request.path_params["path"], _accept(request)))


def _accept(request: Incoming) -> str:
    return ",".join(request.headers.getlist("accept"))


def _response(reply: Reply) -> Response:
    from starlette.responses import Response

    return Response(reply.body, reply.status, {**SAFE, "Content-Type": reply.media_type, "Vary": "Accept"})


async def _malformed(request: Incoming, error: Exception) -> Response:
    return _response(Reply.error(400, f"the request is malformed: {error}"))


async def _late(request: Incoming, error: Exception) -> Response:
    return _response(Reply.error(408, f"the body did not arrive within {BODY_WITHIN:g} s"))


async def _body(request: Incoming, most: int) -> bytes | None:
    """The body of a request; None for one that is larger than it may be, of which no more is read."""
    if int(request.headers.get("content-length") or 0) > most:
        return None
    body = bytearray()
    async with asyncio.timeout(BODY_WITHIN):
        async for part in request.stream():
            body += part
            if len(body) > most:
                return None
    return bytes(body)


class ShortAddresses:
    """Refuses addresses that are longer than `MOST_ADDRESS`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        long = scope["type"] == "http" and len(scope["raw_path"]) + len(scope["query_string"]) > MOST_ADDRESS
        refused = _response(Reply.error(414, f"an address may have {MOST_ADDRESS} bytes; send the query by POST"))
        await (refused(scope, receive, send) if long else self._app(scope, receive, send))
