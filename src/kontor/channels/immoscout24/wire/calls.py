"""The small documents beside the object itself: attachments, their order, publications, contacts, reports, answers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import orjson

from kontor.channels.contract.errors import Unreadable
from kontor.channels.contract.transport import Answer
from kontor.channels.immoscout24.wire.document import (
    COMMON,
    ORDER,
    XSI,
    Element,
    Leaves,
    first,
    parts,
    read,
    written,
)

_MESSAGE: Final = re.compile(r"\[(?:ERROR )?MESSAGE: ?(.*)\]\s*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as its metadata say it; `checksum` is ours, by which unchanged ones are known."""

    title: str
    checksum: str
    is_plan: bool
    is_title: bool
    id: str = ""


def picture_metadata(picture: Picture) -> bytes:
    """The metadata of a picture. A PUT clears what is left out, our checksum too: always all of it."""
    children = (
        *([Element("title", picture.title)] if picture.title else []),
        Element("externalId", picture.checksum[:50]),
        Element("externalCheckSum", picture.checksum),
        Element("floorplan", _flag(said=picture.is_plan)),
        Element("titlePicture", _flag(said=picture.is_title)),
    )
    attributes = (("xmlns:common", COMMON), ("xmlns:xsi", XSI), ("xsi:type", "common:Picture"))
    return written(Element("common:attachment", children=children, attributes=attributes))


def _flag(*, said: bool) -> str:
    return "true" if said else "false"


def upload(metadata: bytes, name: str, content_type: str, content: bytes) -> tuple[str, bytes]:
    """Content type and body of a multipart upload, with the parts as the portal wants them."""
    boundary = hashlib.sha256(metadata + content).hexdigest()[:40]
    body = b"".join(
        (
            _part(boundary, "attachment", name, content_type, content),
            _part(boundary, "metadata", "body.xml", "application/xml", metadata),
            f"--{boundary}--\r\n".encode(),
        )
    )
    return f"multipart/form-data; boundary={boundary}", body


def _part(boundary: str, field: str, name: str, content_type: str, content: bytes) -> bytes:
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: binary\r\n\r\n"
    )
    return head.encode() + content + b"\r\n"


def pictures_of(answer: Answer) -> tuple[Picture, ...]:
    """The pictures that the portal has, in its order; other attachments are left out."""
    return tuple(
        Picture(
            title=first(each, "title"),
            checksum=first(each, "externalCheckSum"),
            is_plan=first(each, "floorplan") == "true",
            is_title=first(each, "titlePicture") == "true",
            id=first(each, "@id"),
        )
        for each in parts(answer.body, "attachment")
        if first(each, "@type").rpartition(":")[2] == "Picture"
    )


def attachments_order(ids: Sequence[str]) -> bytes:
    """The order in which attachments are shown."""
    children = tuple(Element("attachmentId", each) for each in ids)
    root = Element("order:attachmentsorder", children=children, attributes=(("xmlns:order", ORDER),))
    return written(root)


def publication(object_id: str, channel_id: str) -> bytes:
    """The body that shows an object on one channel."""
    children = (
        Element("realEstate", attributes=(("id", object_id),)),
        Element("publishChannel", attributes=(("id", channel_id),)),
    )
    return written(Element("common:publishObject", children=children, attributes=(("xmlns:common", COMMON),)))


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom prospects write to, as the portal has it."""

    id: str
    name: str
    email: str
    is_default: bool


def contacts_of(answer: Answer) -> tuple[Contact, ...]:
    """All contacts of the account."""
    return tuple(
        Contact(
            id=first(each, "@id"),
            name=_name(each),
            email=first(each, "email"),
            is_default=first(each, "defaultContact") == "true",
        )
        for each in parts(answer.body, "realtorContactDetails")
    )


def _name(leaves: Leaves) -> str:
    name = f"{first(leaves, 'firstname')} {first(leaves, 'lastname')}".strip()
    return name or first(leaves, "company") or first(leaves, "email")


_CONTACT_ORDER: Final = ("email", "salutation", "firstname", "lastname", "phoneNumber", "cellPhoneNumber", "company",
                         "homepageUrl", "position", "secondaryEmail", "externalId")  # fmt: skip


def contact_body(fields: Mapping[str, str]) -> bytes:
    """A contact by the portal's element names. `secondaryEmail` is cleared by a PUT that leaves it out."""
    children = tuple(Element(name, fields[name]) for name in _CONTACT_ORDER if fields.get(name))
    root = Element("common:realtorContactDetail", children=children, attributes=(("xmlns:common", COMMON),))
    return written(root)


def phone_number(number: str) -> str:
    """As the portal wants it: "+49 30 123", the area without its 0. Empty where the parts can't be told apart."""
    groups = re.findall(r"\d+", number.replace("(0)", " "))
    if number.strip().startswith("+") and len(groups) > 2:
        country, area, *rest = groups
    elif number.strip().startswith("0") and not number.strip().startswith("00") and len(groups) > 1:
        country, (area, *rest) = "49", groups
    else:
        return ""
    return f"+{country} {area.lstrip('0')} {''.join(rest)}"


@dataclass(frozen=True, slots=True)
class ReportDay:
    """One day of an object: how often it stood in a result, was opened, put on a list, answered."""

    day: date
    results: int
    views: int
    shortlisted: int
    contacts: int


def report_of(answer: Answer) -> tuple[ReportDay, ...]:
    """The days of a report, which is JSON. Raises Unreadable."""
    rows = answer.json().get("dailyReports", [])
    try:
        return tuple(
            ReportDay(
                day=date.fromisoformat(row["date"]),
                results=int(row.get("displaysResultList") or 0),
                views=int(row.get("exposeHits") or 0),
                shortlisted=int(row.get("onShortList") or 0),
                contacts=int(row.get("emailContacts") or 0),
            )
            for row in rows
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable("The portal's report can't be read") from error


@dataclass(frozen=True, slots=True)
class Message:
    """What the portal says about a call: a code, a sentence, and the id of what it concerns."""

    code: str
    text: str
    id: str = ""

    @property
    def inner(self) -> str:
        """The part of the sentence that tells what is meant."""
        match = _MESSAGE.search(self.text)
        return match.group(1) if match else self.text


def messages_of(answer: Answer) -> tuple[Message, ...]:
    """The messages of an answer, XML or JSON, in an envelope or flat; none where it can't be read."""
    try:
        if "json" in answer.headers.get("content-type", "") or answer.body[:1] in (b"{", b"["):
            return _json_messages(orjson.loads(answer.body))
        found = parts(answer.body, "message")
    except (Unreadable, orjson.JSONDecodeError):
        return ()
    return tuple(
        Message(first(each, "messageCode"), first(each, "message"), first(each, "id")) for each in found
    )


def _json_messages(document: Any) -> tuple[Message, ...]:
    if not isinstance(document, dict):
        return ()
    wrapped = document.get("common.messages", document)
    rows = wrapped if isinstance(wrapped, list) else [wrapped]
    found = []
    for row in rows:
        inner = row.get("message", row) if isinstance(row, dict) else row
        for each in inner if isinstance(inner, list) else [inner if isinstance(inner, dict) else row]:
            if isinstance(each, dict) and each.get("messageCode"):
                # The id comes as a text or as a number.
                found.append(
                    Message(str(each["messageCode"]), str(each.get("message", "")), str(each.get("id", "")))
                )
    return tuple(found)


def created_id(answer: Answer) -> str:
    """The id of what a POST made. Raises Unreadable where the portal does not name it."""
    named = next((each.id for each in messages_of(answer) if each.id), "")
    made = named or answer.headers.get("location", "").rstrip("/").rpartition("/")[2]
    if not made:
        raise Unreadable("The portal did not say what it made", maybe_applied=True)
    return made


def object_id(answer: Answer) -> str:
    """The id of an object that was read. Raises Unreadable."""
    found = first(read(answer.body).leaves, "@id")
    if not found:
        raise Unreadable("The portal's object has no id")
    return found
