"""Mints every IRI of the instance data, from content alone: same input, same IRI, on any worker and in any order."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from kg_builder.errors import OptionError
from kg_builder.graph.spelling import name_key, phrase_key, slug
from kg_builder.model import Amount, Article, Entity, Span

DEFAULT_BASE = "https://w3id.org/news-event/data/"


def digest(*parts: str) -> str:
    """The first 12 hexadecimal digits of a SHA-256 over the parts."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def decimal_text(value: Decimal) -> str:
    """The canonical lexical form of an xsd:decimal: no exponent, no idle zeros ("60", "0.12"), as stores keep it."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) if value else "0"


def content(text: str) -> str:
    """What a text says, once: its lines without the copies of earlier lines, so that a pasted-twice text is itself."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(dict.fromkeys(line for line in lines if line))


@dataclass(frozen=True, slots=True)
class Minter:
    """Makes IRIs below `base`, which ends in / or #."""

    base: str = DEFAULT_BASE

    @classmethod
    def under(cls, base: str) -> Minter:
        """A minter for a base the user gave; an `OptionError` when it is no absolute IRI."""
        full = base if base.endswith(("/", "#")) else base + "/"
        try:
            ox.NamedNode(full)
        except ValueError as error:
            raise OptionError(f"--base {base}: not an absolute IRI, such as {DEFAULT_BASE}") from error
        return cls(full)

    def document(self, article: Article) -> str:
        """`…document/ID-HASH`, the hash over the identifier and the content of the text."""
        return f"{self.base}document/{_named(slug(article.id), digest(article.id, content(article.text)))}"

    def span(self, document: str, span: Span) -> str:
        """A stretch of a document by its characters (RFC 5147): `…#char=BEGIN,END`."""
        return f"{document}#char={span.start},{span.end}"

    def report(self, document: str, kind: str, trigger: Span, twin: int = 0) -> str:
        """`…report/DOCUMENT/TYPE-BEGIN-END`; `twin` counts reports of one type on one trigger."""
        name = document.rsplit("/document/", 1)[-1]
        tail = f"-{twin + 1}" if twin else ""
        return f"{self.base}report/{name}/{kind}-{trigger.start}-{trigger.end}{tail}"

    def event(self, kind: str, first_report: str) -> str:
        """`…event/TYPE-HASH`, from the least IRI among the event's reports."""
        return f"{self.base}event/{kind}-{digest(first_report.removeprefix(self.base))}"

    def merge(self, one: str, other: str) -> str:
        """`…merge/HASH`, from the IRIs of the two reports that were joined."""
        return f"{self.base}merge/{digest(*sorted(iri.removeprefix(self.base) for iri in (one, other)))}"

    def amount(self, amount: Amount) -> str:
        """`…amount/60-KZT-per-litre`: one node for one value."""
        unit = amount.currency or amount.unit
        tail = f"-per-{amount.per if _is_plain(amount.per) else slug(amount.per)}" if amount.per else ""
        readable = f"{decimal_text(amount.value)}{f'-{unit if _is_plain(unit) else slug(unit)}' if unit else ''}{tail}"
        exact = all(_is_plain(part) for part in (unit, amount.per) if part)
        return f"{self.base}amount/{readable if exact else _named(readable, digest(str(unit), str(amount.per)))}"

    def entity(self, entity: Entity, family: str, document: str | None) -> str:
        """`…entity/FAMILY/LABEL-HASH`; with a document, the entity is that document's own (a generic phrase)."""
        folder = f"{self.base}entity/{family.lower()}"
        if document is not None:
            local = document.rsplit("/document/", 1)[-1]
            return f"{folder}/{_named(slug(entity.label), digest(local, phrase_key(entity.label)))}"
        return self.keyed(name_key(entity.label), family)

    def keyed(self, key: str, family: str) -> str:
        """`…entity/FAMILY/KEY-HASH`: the entity that goes by a key in every document."""
        return f"{self.base}entity/{family.lower()}/{_named(slug(key), digest(family, key))}"


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalnum()


def _named(readable: str, hashed: str) -> str:
    return f"{readable}-{hashed}" if readable else hashed
