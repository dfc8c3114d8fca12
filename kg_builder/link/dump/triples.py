"""Entities of the truthy N-Triples dump: the triples of an entity stand together, those of its page first.

The dump has no qualifiers, so positions have no dates.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from kg_builder.link.index import Writer
from kg_builder.link.index.record import number
from kg_builder.link.item import Item, Position

_TRIPLE = re.compile(rb"<https?://www\.wikidata\.org/(?:entity/|wiki/Special:EntityData/)(Q\d+)> <([^>]*)> (.*) \.\s*$")
_ANY = re.compile(rb"(?:<[^>]*>|_:\S+) <[^>]*> .+ \.\s*$")
_DIRECT = b"http://www.wikidata.org/prop/direct/"
_NAMES = {
    b"http://www.w3.org/2000/01/rdf-schema#label": "label",
    b"http://www.w3.org/2004/02/skos/core#altLabel": "alias",
    b"http://wikiba.se/ontology#sitelinks": "sitelinks",
    **{
        _DIRECT + p.encode(): p
        for p in ["P17", "P27", "P31", "P39", "P279", "P498", "P571", "P576", "P625", "P1082", "P1566"]
    },
}
_LITERAL = re.compile(rb'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z-]+))?')
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_POINT = re.compile(r"Point\(([-+.\deE]+) ([-+.\deE]+)\)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class Triples:
    """Tells a writer of the entities of an N-Triples dump, each when the next one begins."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._qid = ""
        self._held = 0
        self._told: dict[str, list[str]] = defaultdict(list)

    def __call__(self, line: bytes) -> None:
        """Reads a line. Raises ValueError where it is no triple."""
        match = _TRIPLE.match(line)
        self._held += 1
        if match is None:
            if line.strip() and not line.startswith(b"#") and not _ANY.match(line):
                raise ValueError("no triple")
            return
        qid, name = match[1].decode(), _NAMES.get(match[2])
        if qid != self._qid:
            self.close()
            self._qid, self._held = qid, 1
        if name:
            self._note(name, match[3])

    def _note(self, name: str, value: bytes) -> None:
        if value.startswith(b"<"):
            self._told[name].append(value[1:-1].rpartition(b"/")[2].decode())
            return
        literal = _LITERAL.match(value)
        if literal is None:
            raise ValueError("no literal")
        language = literal[2].decode() if literal[2] else ""
        if not language or language in ("ar", "en"):
            self._told[name + language].append(_ESCAPE.sub(_unescaped, literal[1].decode()))

    @property
    def held(self) -> int:
        """How many of the last lines have not been told yet."""
        return self._held

    def close(self) -> None:
        """Tells of the entity whose triples have all come."""
        told, self._told = self._told, defaultdict(list)
        if self._qid and told.get("P279"):
            self._writer.subclass(self._qid, _qids(told["P279"]))
        if told.get("labelar") or told.get("aliasar"):
            self._writer.add(_item(self._qid, told))


def is_one(line: bytes) -> bool:
    """Whether a first line is that of an N-Triples dump."""
    return line.startswith((b"<", b"#", b"_:"))


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _SIGNS.get(match[3], match[3])


def _item(qid: str, told: dict[str, list[str]]) -> Item:
    one = {name: values[0] for name, values in told.items() if values}
    return Item(
        qid=qid,
        label_ar=one.get("labelar", ""),
        label_en=one.get("labelen", ""),
        aliases=(*told.get("aliasar", ()), *told.get("aliasen", ()), *told.get("P498", ())),
        classes=_qids(told.get("P31", ())),
        country=next(iter(_qids((*told.get("P17", ()), *told.get("P27", ())))), None),
        coordinates=_point(one.get("P625", "")),
        sitelinks=int(one.get("sitelinks", 0)),
        positions=tuple(Position(office) for office in _qids(told.get("P39", ()))),
        inception=_date(one.get("P571", "")),
        dissolution=_date(one.get("P576", "")),
        population=max((int(float(value)) for value in told.get("P1082", ())), default=None),
        geonames=int(one["P1566"]) if one.get("P1566", "").isdigit() else None,
    )


def _qids(values: Sequence[str]) -> tuple[str, ...]:
    """The QIDs among values; unknown values are other nodes."""
    return tuple(value for value in values if value[:1] == "Q" and value[1:].isdigit() and number(value))


def _point(text: str) -> tuple[float, float] | None:
    match = _POINT.search(text)
    return (float(match[2]), float(match[1])) if match else None


def _date(text: str) -> str | None:
    match = _DATE.match(text)
    return match.group() if match else None
