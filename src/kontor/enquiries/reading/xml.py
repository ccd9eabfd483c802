"""XML that strangers attach: without document types, so that nothing in it can swell or reach out."""

from __future__ import annotations

import html
import re
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from kontor.properties.openimmo.encoding import Decoder
from kontor.properties.openimmo.errors import UnknownEncoding

MOST_BYTES: Final = 5 * 1024 * 1024
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_TYPES: Final = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(#?\w{1,32};)?")
_OF_XML: Final = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))


def root_of(content: bytes) -> Element | None:
    """The root element, namespaces taken off; None for what is no XML, is too large, or declares types."""
    if len(content) > MOST_BYTES or b"<" not in content[:512]:
        return None
    try:
        decoder = Decoder(content)
    except UnknownEncoding:
        return None
    text = _DECLARATION.sub("", decoder.decode(content) + decoder.decode(b""))
    if _TYPES.search(text):
        return None
    try:
        root = ElementTree.fromstring(_ENTITY.sub(_known, text))  # noqa: S314 (no types, so no entities)
    except ElementTree.ParseError:
        return None
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def _known(entity: re.Match[str]) -> str:
    """An entity that XML knows as it is, HTML's as its sign, a lone ampersand as one."""
    name = entity[1] or ""
    if name in _OF_XML or name.startswith("#"):
        return entity[0]
    sign = html.unescape(entity[0])
    return sign.replace("&", "&amp;") if sign != entity[0] or not name else f"&amp;{name}"


def text_of(element: Element | None, *path: str) -> str:
    """The trimmed text at a path below an element; empty where there is none."""
    for name in path:
        element = element.find(name) if element is not None else None
    return (element.text or "").strip() if element is not None else ""
