"""From a document to offerers and objects, one at a time."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from kontor.core.errors import Problem
from kontor.properties.openimmo.document import EstateSeen, OffererSeen, Seen, TransferSeen, leaves
from kontor.properties.openimmo.mapping import read_content
from kontor.properties.openimmo.package import Readable
from kontor.properties.openimmo.values import Action, Estate, Extent, Item, Offerer, Skipped, Transfer

_ACTION: Final = "verwaltung_techn/aktion@aktionart"
_ACTIONS: Final = {
    "": Action.CHANGE, "CHANGE": Action.CHANGE, "NEW": Action.CHANGE, "DELETE": Action.DELETE, "REFERENZ": Action.REFERENCE,
}  # fmt: skip
_INLINE: Final = "/daten/anhanginhalt"
_OFFERER: Final = {
    "company": "firma", "openimmo_id": "openimmo_anid", "offerer_number": "anbieternr", "licence": "lizenzkennung",
    "imprint": "impressum",
}  # fmt: skip


def read(stream: Readable, *, largest_object: int = 64 * 1024**2) -> Iterator[Item]:
    """Everything a document says, in its order and in memory that grows with one object only.

    An offerer comes before its first object, and again (under the same number) where more of it was told after that. An
    object of more than `largest_object` characters is skipped. Nothing that an object says stops the reading; what isn't
    understood is in its `unknown`. Raises a DocumentRefused where the document can't be read (on).
    """
    for seen in leaves(stream, largest_estate=largest_object):
        yield _item(seen, largest_object)


def _item(seen: Seen, largest: int) -> Item:
    match seen:
        case TransferSeen(attributes):
            return _transfer(attributes)
        case OffererSeen(number, told):
            return _offerer(number, told)
        case EstateSeen(is_too_large=True):
            problem = Problem(
                "openimmo.object_too_large", "This object is too large to be read", params={"limit": largest}
            )
            return Skipped(problem, seen.offerer, seen.line)
    return _estate(seen)


def _transfer(attributes: Mapping[str, str]) -> Transfer:
    told = {name: value.strip() for name, value in attributes.items()}
    try:
        at = datetime.fromisoformat(told.get("timestamp", ""))
    except ValueError:
        at = None
    return Transfer(
        extent=Extent.WHOLE if told.get("umfang", "").upper() == "VOLL" else Extent.PARTIAL,
        software=told.get("sendersoftware", ""),
        software_version=told.get("senderversion", ""),
        version=told.get("version", ""),
        email=told.get("techn_email", ""),
        registration=told.get("regi_id", ""),
        at=at,
        is_online=told.get("art", "").upper() != "OFFLINE",
    )


def _offerer(number: int, told: Mapping[str, str]) -> Offerer:
    known = {ours: told.get(theirs, "") for ours, theirs in _OFFERER.items()}
    unknown = {path: text for path, text in told.items() if text and path not in _OFFERER.values()}
    return Offerer(number=number, **known, unknown=unknown)


def _estate(seen: EstateSeen) -> Estate:
    told = dict(seen.leaves)
    action = _ACTIONS.get(told.get(_ACTION, "").upper())
    if action is not None:
        told.pop(_ACTION, None)
    contents = dict(_contents(told))
    return Estate(read_content(told), action or Action.CHANGE, seen.offerer, seen.line, contents)


def _contents(told: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Takes out the files that stand in the document; in their place is a name for each."""
    for number, path in enumerate([path for path in told if path.endswith(_INLINE)], 1):
        try:
            content = base64.b64decode(told.pop(path))
        except (binascii.Error, ValueError):
            continue
        attachment = path.removesuffix(_INLINE)
        name = f"inline-{number}.{_extension(told.get(f'{attachment}/format', ''))}"
        yield told.setdefault(f"{attachment}/daten/pfad", name), content


def _extension(form: str) -> str:
    word = form.rpartition("/")[2].lower()
    return "jpg" if word in ("", "jpeg") or not word.isalnum() else word
