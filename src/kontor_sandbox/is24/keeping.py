"""Stored objects: found by their own id or `ext-` and the sender's, and shown as a reader sees them."""

from __future__ import annotations

import sqlite3

from kontor_sandbox.is24.completing import completed
from kontor_sandbox.is24.errors import not_found
from kontor_sandbox.is24.fields import tables
from kontor_sandbox.is24.nodes import Node, parse
from kontor_sandbox.is24.operations import Call
from kontor_sandbox.store import Row, find, rows

CHANNELS = {"10000": "ImmobilienScout24", "10001": "Homepage"}
MAIN_CHANNEL = "10000"
_NEEDS_NEWER = "usenewenergysourceenev2014values"


def realestate(call: Call, reference: str = "") -> Row:
    """The caller's object of the path, or of a reference; raises Refusal."""
    reference = reference or call.path["realestate"]
    found = find_realestate(call.db, call.account_id, reference)
    if found is None:
        raise not_found()
    return found


def find_realestate(db: sqlite3.Connection, account_id: str, reference: str) -> Row | None:
    """An object by its id or `ext-` and the sender's."""
    by_external = reference.startswith("ext-")
    column, value = ("external_id", reference[4:]) if by_external else ("realestate_id", reference)
    return find(
        db,
        f"SELECT * FROM is24_realestate WHERE account_id = ? AND {column} = ?",  # noqa: S608 (our own names)
        *(account_id, value),
    )


def shown(call: Call, row: Row) -> Node:
    """A stored object as GET shows it."""
    node = completed_document(row)
    identifier = str(row["realestate_id"])
    node.attributes["id"] = identifier
    channels = channels_of(call.db, row["realestate_id"])
    wanted = {
        "externalId": row["external_id"],
        "creationDate": row["created_at"],
        "lastModificationDate": row["modified_at"],
        "realEstateState": "ACTIVE" if MAIN_CHANNEL in channels else "INACTIVE",
    }
    node.children = [child for child in node.children if child.name not in (*wanted, "contact")]
    made = [Node(name, value) for name, value in wanted.items() if value is not None]
    made.append(
        Node(
            "attachments",
            attributes={"xlink:href": call.url(f"/user/me/realestate/{identifier}/attachment")},
        )
    )
    made.append(_contact(call.db, row["contact_id"]))
    published = Node("common:publishChannels")
    for channel in channels:
        published.add("publishChannel", id=channel, title=CHANNELS[channel])
    made.append(published)
    if call.query.get(_NEEDS_NEWER) != "true":
        node.children = [child for child in node.children if child.name != "energySourcesEnev2014"]
    node.children = _in_order(node, made)
    return node


def completed_document(row: Row) -> Node:
    """The stored document with defaults, derived fields and numbers."""
    node = parse(row["document"])
    completed(node, str(row["realestate_id"]))
    return node


def _in_order(node: Node, made: list[Node]) -> list[Node]:
    places = {entry.name: place for place, entry in enumerate(tables().types[node.local])}
    return sorted([*node.children, *made], key=lambda child: places[child.name])


def channels_of(db: sqlite3.Connection, realestate_id: int) -> list[str]:
    """The channels on which an object is published."""
    found = rows(
        db,
        "SELECT channel_id FROM is24_publication WHERE realestate_id = ? ORDER BY channel_id",
        realestate_id,
    )
    return [row["channel_id"] for row in found]


def _contact(db: sqlite3.Connection, contact_id: int) -> Node:
    row = find(db, "SELECT external_id FROM is24_contact WHERE contact_id = ?", contact_id)
    node = Node("contact", attributes={"id": str(contact_id)})
    if row is not None and row["external_id"]:
        node.attributes["externalId"] = row["external_id"]
    return node


def takes_newer_sources(call: Call) -> bool:
    """Whether the caller said that it knows the newer energy sources."""
    return call.query.get(_NEEDS_NEWER) == "true"
