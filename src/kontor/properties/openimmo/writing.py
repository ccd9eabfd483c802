"""From offerers and objects to a document and a package, in the order of the schema and in flat memory."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from kontor.properties.openimmo import schema
from kontor.properties.openimmo.document import as_parsed
from kontor.properties.openimmo.mapping import write_content
from kontor.properties.openimmo.values import Action, Audience, Estate, Extent, Offerer, Transfer

UTF_8: Final = "UTF-8"
_ACTIONS: Final = {Action.CHANGE: "CHANGE", Action.DELETE: "DELETE", Action.REFERENCE: "REFERENZ"}
_STEP: Final = re.compile(r"([^\[\]]+)(?:\[(\d+)\])?")
_IN_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE: Final = _IN_TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
_LAST: Final = 10_000
_OFFERER: Final = {
    "anbieternr": "offerer_number", "firma": "company", "openimmo_anid": "openimmo_id", "lizenzkennung": "licence",
    "impressum": "imprint",
}  # fmt: skip
_DEMANDED: Final = ("firma", "openimmo_anid")
#: What the schema demands in those parts of an offerer that we only keep.
_PARTS: Final = {
    "anhang": ("/format", "/daten"),
    "impressum_strukt": tuple(
        f"/{name}" for name in schema.order("anbieter/impressum_strukt") if name not in schema.USER_FIELDS
    ),
}


@dataclass(slots=True)
class _Element:
    """An element on its way to the text."""

    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: dict[tuple[str, int], _Element] = field(default_factory=dict)


def write(
    transfer: Transfer,
    items: Iterable[Offerer | Estate],
    *,
    audience: Audience = Audience.OFFICE,
    encoding: str = UTF_8,
) -> Iterator[bytes]:
    """A document in pieces, an object each. An offerer begins its section; objects belong to the last one before them.

    For an office `read` gives the same objects back, ids of stored pictures excepted; portals get nothing private. Signs that
    the encoding doesn't have are written as references.
    """
    for text in _document(transfer, items, audience, encoding):
        yield text.encode(encoding, errors="xmlcharrefreplace")


def write_package(
    target: BinaryIO,
    document: Iterable[bytes],
    media: Iterable[tuple[str, Iterable[bytes]]],
    *,
    name: str = "openimmo.xml",
) -> None:
    """A ZIP archive with a document and the files that its objects name, all in its root, written as they come."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(name, "w", force_zip64=True) as out:
            for piece in document:
                out.write(piece)
        for file_name, pieces in media:
            with archive.open(
                zipfile.ZipInfo(file_name), "w", force_zip64=True
            ) as out:  # stored: pictures are packed
                for piece in pieces:
                    out.write(piece)


def _document(
    transfer: Transfer, items: Iterable[Offerer | Estate], audience: Audience, encoding: str
) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="{encoding}"?>\n<openimmo>\n{_head(transfer)}\n'
    foot = ""
    for item in items:
        if isinstance(item, Offerer):
            head, next_foot = _offerer(item)
            yield foot + head
            foot = next_foot
            continue
        if not foot:
            head, foot = _offerer(Offerer())
            yield head
        leaves = write_content(item.content, audience)
        leaves["verwaltung_techn/aktion@aktionart"] = _ACTIONS[item.action]
        yield "".join(_text("immobilie", _tree(leaves), "")) + "\n"
    if not foot:
        head, foot = _offerer(Offerer())
        yield head
    yield f"{foot}</openimmo>\n"


def _head(transfer: Transfer) -> str:
    attributes = {
        "art": "ONLINE" if transfer.is_online else "OFFLINE",
        "umfang": "VOLL" if transfer.extent is Extent.WHOLE else "TEIL",
        "version": transfer.version,
        "sendersoftware": transfer.software,
        "senderversion": transfer.software_version,
    }
    if transfer.email:
        attributes["techn_email"] = transfer.email
    if transfer.registration:
        attributes["regi_id"] = transfer.registration
    if transfer.at:
        attributes["timestamp"] = transfer.at.isoformat()
    return "".join(_text("uebertragung", _Element(attributes), ""))


def _offerer(offerer: Offerer) -> tuple[str, str]:
    """What stands before the objects of an offerer, and what after them."""
    leaves = {
        name: text for name, ours in _OFFERER.items() if (text := getattr(offerer, ours)) or name in _DEMANDED
    }
    places = schema.order("anbieter")
    for path, text in offerer.unknown.items():
        if re.split(r"[/@\[]", path)[0] in places:
            leaves.setdefault(path, text)
    for element, demanded in _PARTS.items():
        if any(path.startswith(element) and path[len(element)] in "/@" for path in offerer.unknown):
            leaves |= {path: "" for name in demanded if (path := f"{element}{name}") not in leaves}
    before: list[str] = []
    after: list[str] = []
    for (name, _), child in _in_order(_tree(leaves), "anbieter"):
        where = before if places[name] < places["immobilie"] else after
        where.extend((*_text(name, child, f"anbieter/{name}"), "\n"))
    return f"<anbieter>\n{''.join(before)}", f"{''.join(after)}</anbieter>\n"


def _tree(leaves: Mapping[str, str]) -> _Element:
    root = _Element()
    for path, text in leaves.items():
        element, _, attribute = path.partition("@")
        here = root
        for step in element.split("/") if element else ():
            parts = _STEP.fullmatch(step)
            key = (parts[1], int(parts[2] or 1)) if parts else (step, 1)
            here = here.children.setdefault(key, _Element())
        if attribute:
            here.attributes[attribute] = text
        else:
            here.text = text
    return root


def _in_order(element: _Element, path: str) -> list[tuple[tuple[str, int], _Element]]:
    """The children as the schema orders them; a gap between the user's own fields is filled, for each has its number."""
    places = schema.order(path)
    children = dict(element.children)
    for name, number in element.children:
        if name in schema.USER_FIELDS:
            for missing in range(1, number):
                children.setdefault(
                    (name, missing), _Element({"feldname": ""} if name.endswith("simplefield") else {})
                )
    return sorted(children.items(), key=lambda child: (places.get(child[0][0], _LAST), child[0][1]))


def _text(name: str, element: _Element, path: str) -> Iterator[str]:
    yield f"<{name}"
    for attribute, value in element.attributes.items():
        yield f' {attribute}="{as_parsed(value).translate(_IN_ATTRIBUTE)}"'
    if not element.text and not element.children:
        yield "/>"
        return
    yield ">" + as_parsed(element.text).translate(_IN_TEXT)
    for (child_name, _), child in _in_order(element, path):
        yield from _text(child_name, child, f"{path}/{child_name}" if path else child_name)
    yield f"</{name}>"
