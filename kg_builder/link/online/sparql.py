"""Asks a query service the questions of `queries/wikidata/`.

A parameter is a variable that a `VALUES` block of the question binds, `VALUES ?country { wd:Q232 }`: the file is a
whole question as it stands, and what the caller gives takes the place of the terms in the braces, as RDF terms.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from http.client import HTTPResponse
from math import ceil
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError

import pyoxigraph as ox

from kg_builder.link.online.courier import BUSY_STATUSES, Busy, Courier, Unavailable, collect, seconds_to_wait
from kg_builder.ontology import data_folder

Term = ox.NamedNode | ox.Literal
Row = dict[str, str]
ENTITY = "http://www.wikidata.org/entity/"
_SHORT = 1500  # characters of a question that a GET carries, so that the caches of the service may answer it
_BLOCK = r"(VALUES\s+\?{name}\s*\{{)[^}}]*(\}})"


def folder() -> Path:
    """Where the questions are."""
    return data_folder("queries") / "wikidata"


def text(name: str) -> str:
    """The question of a file."""
    return (folder() / f"{name}.rq").read_text(encoding="utf-8")


def nodes(qids: Iterable[str]) -> list[Term]:
    """Items as terms."""
    return [ox.NamedNode(ENTITY + qid) for qid in qids]


def bind(text: str, given: Mapping[str, Sequence[Term]]) -> str:
    """The question with the given terms in its VALUES blocks. Raises KeyError for a parameter it does not have."""
    for name, terms in given.items():
        block = re.search(_BLOCK.format(name=re.escape(name)), text)
        if block is None:
            raise KeyError(name)
        text = f"{text[: block.end(1)]} {' '.join(map(str, terms))} {text[block.start(2) :]}"
    return text


class QueryService:
    """A SPARQL endpoint at an address, asked through a courier."""

    def __init__(self, url: str, agent: str, courier: Courier) -> None:
        self.url, self._agent = url, agent
        self._courier = courier

    def select(self, text: str) -> list[Row]:
        """The rows of the answer: variable → text of its term. Raises Unavailable."""
        return self._courier.ask(self.url, text, lambda: self._send(text), _rows)

    def _send(self, text: str) -> str:
        """SPARQLWrapper reads an answer whole and without a limit of time, so its pieces are taken from below."""
        from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, SPARQLWrapperException

        timeout = self._courier.manners.timeout
        try:
            with self._wrapper(text).query().response as response:
                return collect(_unpacked(response), timeout)
        except EndPointInternalError as error:
            raise Busy("HTTP 500, the question may ask too much") from error
        except SPARQLWrapperException as error:
            raise Unavailable(self.url, type(error).__name__) from error
        except HTTPError as error:
            with error:
                raise self._refused(error) from error
        except zlib.error as error:
            raise Busy(f"malformed answer, {error}") from error
        except TimeoutError as error:
            raise Busy(f"no answer in {timeout:g} s") from error
        except (URLError, OSError) as error:
            raise Busy(f"{type(error).__name__}: {getattr(error, 'reason', error)}") from error

    def _wrapper(self, text: str) -> Any:
        from SPARQLWrapper import GET, JSON, POST, SPARQLWrapper

        wrapper = SPARQLWrapper(self.url, returnFormat=JSON, agent=self._agent)
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept-Encoding", "gzip")
        wrapper.setQuery(text)
        wrapper.setMethod(GET if len(text) <= _SHORT else POST)
        wrapper.setTimeout(ceil(self._courier.manners.timeout))
        return wrapper

    def _refused(self, error: HTTPError) -> Exception:
        told = f"HTTP {error.code} {error.reason}"
        if error.code in BUSY_STATUSES:
            return Busy(told, seconds_to_wait(error.headers.get("Retry-After")))
        return Unavailable(self.url, told)


def _unpacked(response: HTTPResponse) -> Iterator[bytes]:
    chunks = iter(lambda: response.read1(65536), b"")
    if response.headers.get("Content-Encoding") != "gzip":
        yield from chunks
        return
    gzip = zlib.decompressobj(16 + zlib.MAX_WBITS)
    yield from map(gzip.decompress, chunks)
    yield gzip.flush()


def _rows(body: str) -> list[Row]:
    found = json.loads(body)["results"]["bindings"]
    return [{name: str(term["value"]) for name, term in row.items()} for row in found]
