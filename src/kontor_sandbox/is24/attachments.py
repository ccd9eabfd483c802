"""Pictures, documents and links of an object; the first picture in their order is its title picture."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from kontor_sandbox.is24.errors import Refusal, invalid, not_found
from kontor_sandbox.is24.fields import tables
from kontor_sandbox.is24.keeping import realestate
from kontor_sandbox.is24.nodes import Node, parse, render
from kontor_sandbox.is24.operations import (
    CREATED,
    DELETED,
    UPDATED,
    USER,
    Call,
    Operations,
    Reply,
    done,
    expect,
    parsed,
)
from kontor_sandbox.is24.uploads import PICTURES, Upload, taken_apart
from kontor_sandbox.is24.validation import check_json, check_xml
from kontor_sandbox.store import Row, find, next_number, rows
from kontor_sandbox.world import World

OPERATIONS = Operations()
FIRST_ID = 904_864_036
MOST_FILES = MOST_LINKS = 150
PICTURE, DOCUMENT, LINK = "Picture", "PDFDocument", "Link"
_PATH = USER + "/realestate/{realestate}/attachment"
_SCALES = (
    "SCALE_60x60",
    "SCALE_118x118",
    "SCALE_210x210",
    "SCALE_400x300",
    "SCALE_540x540",
    "SCALE_1000x1000",
)
_OURS = frozenset({"checkSum", "titlePicture", "urls"})


@OPERATIONS.add("POST", _PATH)
def create(call: Call) -> Reply:
    """Add a file (multipart) or a link (a plain body)."""
    row = realestate(call)
    is_upload = call.request.headers.get("content-type", "").startswith("multipart/")
    upload = taken_apart(call.request) if is_upload else None
    node, kind, takes_title = _checked(call, upload)
    _check_count(call, row["realestate_id"], kind)
    if not node.value("title"):
        node.children = [child for child in node.children if child.name != "title"]
        title = Path(upload.file_name).stem[:30] if upload is not None else "Link"
        node.children.insert(0, Node("title", title))
    identifier = next_number(call.db, "is24_attachment", FIRST_ID)
    _store(call, row["realestate_id"], identifier, kind, node, upload)
    if takes_title:
        _to_front(call, row["realestate_id"], identifier)
    resource = str(row["realestate_id"])
    location = call.url(f"/user/me/realestate/{resource}/attachment/{identifier}")
    return Reply(201, done(CREATED, "attachment", str(identifier)), resource, location)


def _store(
    call: Call, realestate_id: int, identifier: int, kind: str, node: Node, upload: Upload | None
) -> None:
    content = upload.content if upload is not None else b""
    if upload is not None:
        path = file_path(call.world, identifier)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    call.db.execute(
        "INSERT INTO is24_attachment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            identifier,
            realestate_id,
            kind,
            render(node),
            identifier,
            upload.media_type if upload is not None else "",
            len(content),
            hashlib.sha256(content).hexdigest(),
            hashlib.md5(content, usedforsecurity=False).hexdigest(),
            call.stamp,
        ),
    )


def file_path(world: World, identifier: int) -> Path:
    """Where an attachment's bytes are."""
    return world.data / "attachments" / str(identifier)


def file_of(world: World, identifier: str) -> tuple[bytes, str] | None:
    """An attachment's bytes and media type; None where there is no such file."""
    with world.store.transaction() as db:
        row = find(db, "SELECT * FROM is24_attachment WHERE attachment_id = ? AND size > 0", identifier)
    return (file_path(world, row["attachment_id"]).read_bytes(), row["media_type"]) if row else None


def _checked(call: Call, upload: Upload | None) -> tuple[Node, str, bool]:
    """What is said about an attachment, its kind, and whether it is to be the title picture; raises Refusal."""
    is_json = upload.metadata_is_json if upload is not None else call.is_json
    node = parsed(upload.metadata if upload is not None else call.request.body, is_json=is_json)
    expect(node, "common:attachment")
    kind = _kind(node, upload)
    (check_json if is_json else check_xml)(node, tables().records[kind])
    takes_title = kind == PICTURE and node.value("titlePicture") in ("true", "1")
    ours = _OURS | {"url"} if kind == DOCUMENT else _OURS
    node.children = [child for child in node.children if child.name not in ours]
    node.attributes.clear()
    return node, kind, takes_title


def _kind(node: Node, upload: Upload | None) -> str:
    named = node.attributes.get("xsi:type", "").rpartition(":")[2]
    if upload is None:
        if named not in (PICTURE, DOCUMENT, LINK):
            raise Refusal(
                400, "ERROR_COMMON_BAD_REQUEST", "The http request is invalid. [MESSAGE: xsi:type is missing]"
            )
        return named
    by_file = PICTURE if upload.media_type in PICTURES else DOCUMENT
    if named and named != by_file:
        raise invalid(f"a file of type {upload.media_type} is no {named}")
    return by_file


def _check_count(call: Call, realestate_id: int, kind: str) -> None:
    counted = find(
        call.db,
        "SELECT COUNT(*) AS n FROM is24_attachment WHERE realestate_id = ? AND (kind = 'Link') = ?",
        *(realestate_id, kind == LINK),
    )
    if counted is not None and counted["n"] >= (MOST_LINKS if kind == LINK else MOST_FILES):
        raise invalid(f"the maximum of {MOST_FILES} attachments is reached")


@OPERATIONS.add("GET", _PATH)
def listing(call: Call) -> Reply:
    """All attachments in their order, links at the end; of one external id where the query names it."""
    row = realestate(call)
    root = Node("common:attachments")
    for entry in _attachments(call, row["realestate_id"]):
        node = _shown(call, entry, "attachment")
        if call.query.get("externalid", node.value("externalId")) == node.value("externalId"):
            root.children.append(node)
    return Reply(200, root, str(row["realestate_id"]))


def _attachments(call: Call, realestate_id: int) -> list[Row]:
    return rows(
        call.db,
        "SELECT * FROM is24_attachment WHERE realestate_id = ? ORDER BY kind = 'Link', position",
        realestate_id,
    )


@OPERATIONS.add("GET", f"{_PATH}/attachmentsorder")
def read_order(call: Call) -> Reply:
    """The order of pictures and documents."""
    row = realestate(call)
    root = Node("attachmentsorder:attachmentsorder")
    for entry in _attachments(call, row["realestate_id"]):
        if entry["kind"] != LINK:
            root.add("attachmentId", entry["attachment_id"])
    return Reply(200, root, str(row["realestate_id"]))


@OPERATIONS.add("PUT", f"{_PATH}/attachmentsorder")
def write_order(call: Call) -> Reply:
    """Put pictures and documents in an order; what is not named follows."""
    row = realestate(call)
    node = call.sent()
    expect(node, "attachmentsorder:attachmentsorder")
    wanted = [child.text for child in node.all("attachmentId")]
    files = [
        str(entry["attachment_id"])
        for entry in _attachments(call, row["realestate_id"])
        if entry["kind"] != LINK
    ]
    for identifier in wanted:
        if identifier not in files:
            raise invalid(f"attachment with id {identifier} does not belong to this real estate")
    _write_order(call, [*wanted, *(identifier for identifier in files if identifier not in wanted)])
    resource = str(row["realestate_id"])
    return Reply(200, done(UPDATED, "attachmentsorder", resource), resource)


def _write_order(call: Call, identifiers: Sequence[int | str]) -> None:
    call.db.executemany(
        "UPDATE is24_attachment SET position = ? WHERE attachment_id = ?",
        [(position, identifier) for position, identifier in enumerate(identifiers)],
    )


def _to_front(call: Call, realestate_id: int, identifier: int) -> None:
    others = [entry["attachment_id"] for entry in _attachments(call, realestate_id)]
    _write_order(call, [identifier, *(other for other in others if other != identifier)])


@OPERATIONS.add("GET", _PATH + "/{attachment}")
def read(call: Call) -> Reply:
    """One attachment."""
    entry = _attachment(call)
    return Reply(200, _shown(call, entry, "common:attachment"), str(entry["realestate_id"]))


@OPERATIONS.add("PUT", _PATH + "/{attachment}")
def replace(call: Call) -> Reply:
    """Replace what is said about an attachment, never its file; what is left out is cleared."""
    entry = _attachment(call)
    node, kind, takes_title = _checked(call, None)
    if kind != entry["kind"]:
        raise invalid(f"a {entry['kind']} can not become a {kind}")
    call.db.execute(
        "UPDATE is24_attachment SET document = ?, modified_at = ? WHERE attachment_id = ?",
        (render(node), call.stamp, entry["attachment_id"]),
    )
    if takes_title:
        _to_front(call, entry["realestate_id"], entry["attachment_id"])
    return Reply(200, done(UPDATED, "attachment", str(entry["attachment_id"])), str(entry["realestate_id"]))


@OPERATIONS.add("DELETE", _PATH + "/{attachment}")
def remove(call: Call) -> Reply:
    """Delete an attachment; the next picture becomes the title picture."""
    entry = _attachment(call)
    call.db.execute("DELETE FROM is24_attachment WHERE attachment_id = ?", (entry["attachment_id"],))
    return Reply(200, done(DELETED, "attachment", str(entry["attachment_id"])), str(entry["realestate_id"]))


def _attachment(call: Call) -> Row:
    row = realestate(call)
    found = find(
        call.db,
        "SELECT * FROM is24_attachment WHERE realestate_id = ? AND attachment_id = ?",
        *(row["realestate_id"], call.path["attachment"]),
    )
    if found is None:
        raise not_found()
    return found


def _shown(call: Call, entry: Row, name: str) -> Node:
    node = parse(entry["document"])
    identifier = str(entry["attachment_id"])
    node.name = name
    node.attributes = {
        "xsi:type": f"common:{entry['kind']}",
        "xlink:href": call.url(f"/user/me/realestate/{entry['realestate_id']}/attachment/{identifier}"),
        "id": identifier,
        "modification": entry["modified_at"],
    }
    if entry["kind"] != LINK:
        node.add("checkSum", entry["md5"])
        if node.child("floorplan") is None:
            node.add("floorplan", "false")
    address = f"{call.world.public_url}/_is24/attachments/{identifier}/{entry['md5'][:12]}"
    if entry["kind"] == DOCUMENT:
        node.add("url", f"{address}.pdf")
    if entry["kind"] == PICTURE:
        title = title_picture(call.db, entry["realestate_id"])
        node.add("titlePicture", "true" if title == entry["attachment_id"] else "false")
        urls = node.add("urls")
        for scale in _SCALES:
            urls.add("url", scale=scale, href=f"{address}.jpg")
    order = [field.name for field in tables().records[entry["kind"]]]
    node.children.sort(key=lambda child: order.index(child.name))
    return node


def title_picture(db: sqlite3.Connection, realestate_id: int) -> int | None:
    """The first picture in the order."""
    row = find(
        db,
        "SELECT attachment_id FROM is24_attachment WHERE realestate_id = ? AND kind = 'Picture'"
        " ORDER BY position LIMIT 1",
        realestate_id,
    )
    return int(row["attachment_id"]) if row is not None else None
