"""GraphML, for Gephi, yEd, networkx and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from kg_builder.store.export.network import edges, vertices
from kg_builder.store.export.view import View

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(view: View) -> Iterator[bytes]:
    """Nodes by IRI with their attributes, directed edges with the property as their `kind`."""
    yield _HEAD.encode()
    names = sorted({name for vertex in vertices(view) for name in vertex.attributes} | {"class"})
    keys = {name: f"d{number}" for number, name in enumerate(names)}
    for name, key in keys.items():
        yield f'<key id="{key}" for="node" attr.name={quoteattr(name)} attr.type="string"/>\n'.encode()
    yield b'<key id="kind" for="edge" attr.name="kind" attr.type="string"/>\n<graph edgedefault="directed">\n'
    for vertex in vertices(view):
        told = {"class": vertex.classes[0], **vertex.attributes}
        data = "".join(f'<data key="{keys[name]}">{_text(value)}</data>' for name, value in told.items())
        yield f"<node id={quoteattr(vertex.iri)}>{data}</node>\n".encode()
    for edge in edges(view):
        ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
        yield f'<edge {ends}><data key="kind">{_text(edge.kind)}</data></edge>\n'.encode()
    yield b"</graph>\n</graphml>\n"


def _text(value: str) -> str:
    """Text for XML 1.0, which has no room for most control characters."""
    return escape(_NO_XML.sub("", value))
