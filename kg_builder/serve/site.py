"""What each path answers; nothing here knows the file system, so no path of a request can reach it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

from kg_builder.errors import KgBuilderError
from kg_builder.ontology import Ontology
from kg_builder.serve.job import Describe, Find, Job, Reply, Statements
from kg_builder.serve.negotiate import GRAPHS, HTML, negotiate
from kg_builder.serve.pages import Pages, Question
from kg_builder.serve.pool import Pool
from kg_builder.serve.protocol import Request, ask, fields, is_iri, job_of
from kg_builder.serve.saved import Saved

_FOR_PAGE = "application/sparql-results+json, text/turtle"


class Site:
    """What the paths answer. Every method takes what came over HTTP and gives a Reply."""

    def __init__(self, pool: Pool, saved: Sequence[Saved], ontology: Ontology) -> None:
        self._pool = pool
        self._saved = {one.name: one for one in saved}
        self._pages = Pages(saved, ontology)
        self._base: str | None = None

    async def endpoint(self, request: Request) -> Reply:
        """`/sparql`: the protocol."""
        job = job_of(request)
        return job if isinstance(job, Reply) else await self._reply(job)

    async def page(self, query: str) -> Reply:
        """`/`: the page to ask, with the answer to `query`, or to the question that `saved` names."""
        given = dict(fields(query))
        if (name := given.get("saved")) is not None:
            if name not in self._saved:
                return Reply.error(404, f"{name}: no such question; known are {', '.join(sorted(self._saved))}")
            values = {key[2:]: value.strip() for key, value in given.items() if key.startswith("p-") and value.strip()}
            question = Question(saved=self._saved[name], given=values)
            return self._pages.ask(
                question, await self._saved_answer(name, values, _FOR_PAGE) if "run" in given else None
            )
        if not (text := given.get("query", "")).strip():
            return self._pages.ask(Question())
        job = ask(text, _FOR_PAGE)
        return self._pages.ask(Question(text), job if isinstance(job, Reply) else await self._reply(job))

    def questions(self) -> Reply:
        """`/queries`: the saved questions as JSON."""
        told = [
            {
                "name": one.name,
                "title": {"en": one.title, "ar": one.title_ar},
                "parameters": [{"name": f.name, "meaning": f.meaning, "default": f.default} for f in one.fields],
            }
            for one in self._saved.values()
        ]
        return Reply(200, "application/json", json.dumps(told, ensure_ascii=False).encode())

    async def question(self, name: str, query: str, accept: str) -> Reply:
        """`/queries/NAME?KEY=VALUE`: the answer to a saved question."""
        if name not in self._saved:
            return Reply.error(404, f"{name}: no such question; known are {', '.join(sorted(self._saved))}")
        return await self._saved_answer(name, dict(fields(query)), accept)

    async def _saved_answer(self, name: str, given: dict[str, str], accept: str) -> Reply:
        one = self._saved[name]
        try:
            job = ask(one.text, accept, one.bind(given))
        except KgBuilderError as error:
            return Reply.error(400, str(error))
        return job if isinstance(job, Reply) else await self._reply(job)

    async def node(self, iri: str, accept: str) -> Reply:
        """A node of the graph, as HTML or as RDF."""
        if not is_iri(iri):
            return Reply.error(404, "no such node")
        form = negotiate(accept, [HTML, *GRAPHS])
        if form is None:
            return Reply.error(406, f"there is this only as {HTML} {' '.join(GRAPHS)}")
        found = await self._ask(Describe(iri, None if form == HTML else form))
        return self._pages.node(iri, found) if isinstance(found, Statements) else _reply_of(found)

    async def path(self, path: str, accept: str) -> Reply:
        """What an IRI below the base of the data names, at the same path of this server."""
        if self._base is None:
            found = await self._ask(Find())
            self._base = found if isinstance(found, str) else None
        return await self.node(f"{self._base}{path}", accept) if self._base else Reply.error(404, "no such page")

    async def _reply(self, job: Job) -> Reply:
        return _reply_of(await self._ask(job))

    async def _ask(self, job: Job) -> Reply | Statements | str:
        return await asyncio.to_thread(self._pool.ask, job)


def _reply_of(found: Reply | Statements | str) -> Reply:
    return found if isinstance(found, Reply) else Reply.error(500, "an answer of another kind")
