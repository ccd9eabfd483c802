"""Real estate objects: POST, GET, PUT (which replaces everything), DELETE, and the paged list."""

from __future__ import annotations

import math
import re
import sqlite3

from kontor_sandbox.is24 import energy
from kontor_sandbox.is24.completing import kept
from kontor_sandbox.is24.errors import Refusal, invalid
from kontor_sandbox.is24.fields import tables
from kontor_sandbox.is24.keeping import (
    channels_of,
    completed_document,
    find_realestate,
    realestate,
    shown,
    takes_newer_sources,
)
from kontor_sandbox.is24.nodes import Node, render
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
)
from kontor_sandbox.store import Row, find, next_number, rows

OPERATIONS = Operations()
FIRST_ID = 325_478_305
PAGE, MOST = 20, 100
_IN_LIST = (
    "price",
    "baseRent",
    "livingSpace",
    "plotArea",
    "numberOfRooms",
    "totalFloorSpace",
    "netFloorSpace",
)


@OPERATIONS.add("POST", f"{USER}/realestate")
def create(call: Call) -> Reply:
    """Insert an object; it is inactive until it is published."""
    node = _checked(call)
    external_id = node.value("externalId")
    identifier = next_number(call.db, "is24_realestate", FIRST_ID)
    if external_id and find_realestate(call.db, call.account_id, f"ext-{external_id}") is not None:
        raise invalid("RealEstate already exists for external id.")
    contact_id = _contact(call, node, None)
    kept(node, tables().types[node.local])
    call.db.execute(
        "INSERT INTO is24_realestate VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
        (
            identifier,
            call.account_id,
            external_id or str(identifier),
            node.local,
            contact_id,
            render(node),
            call.stamp,
        ),
    )
    location = call.url(f"/user/me/realestate/{identifier}")
    return Reply(201, done(CREATED, "realestate", str(identifier)), location=location)


@OPERATIONS.add("GET", USER + "/realestate/{realestate}")
def read(call: Call) -> Reply:
    """One object with defaults, state, contact and channels."""
    row = realestate(call)
    return Reply(200, shown(call, row), str(row["realestate_id"]))


@OPERATIONS.add("PUT", USER + "/realestate/{realestate}")
def replace(call: Call) -> Reply:
    """Replace an object: what is left out goes back to its default. The external id stays."""
    row = realestate(call)
    node = _checked(call)
    if node.local != row["type"]:
        raise invalid(f"The type of a real estate can not be changed from {row['type']} to {node.local}.")
    external_id = node.value("externalId")
    if external_id and external_id != row["external_id"]:
        raise invalid(
            f"Given RealEstate external ID ({external_id}) does not match existing one ({row['external_id']})"
        )
    contact_id = _contact(call, node, row)
    kept(node, tables().types[node.local])
    call.db.execute(
        "UPDATE is24_realestate SET document = ?, contact_id = ?, modified_at = ? WHERE realestate_id = ?",
        (render(node), contact_id, call.stamp, row["realestate_id"]),
    )
    identifier = str(row["realestate_id"])
    return Reply(200, done(UPDATED, "realestate", identifier), identifier)


@OPERATIONS.add("DELETE", USER + "/realestate/{realestate}")
def remove(call: Call) -> Reply:
    """Delete an object with its publications, attachments and placements."""
    row = realestate(call)
    call.db.execute("DELETE FROM is24_realestate WHERE realestate_id = ?", (row["realestate_id"],))
    identifier = str(row["realestate_id"])
    return Reply(200, done(DELETED, "realestate", identifier), identifier)


def _checked(call: Call) -> Node:
    node = call.sent()
    expect(node, *(f"realestates:{name}" for name in tables().types))
    call.check(node, tables().types[node.local])
    energy.check_sources(node, takes_newer=takes_newer_sources(call))
    energy.check_rules(node)
    return node


def _contact(call: Call, node: Node, existing: Row | None) -> int:
    named = node.child("contact")
    if named is None:
        return int(default_contact(call.db, call.account_id)["contact_id"])
    identifier, external_id = named.attributes.get("id", ""), named.attributes.get("externalId", "")
    found = find(
        call.db,
        "SELECT contact_id FROM is24_contact WHERE account_id = ? AND (contact_id = ? OR external_id = ?)",
        *(call.account_id, identifier, external_id),
    )
    if found is None:
        raise invalid(f"contact with id {identifier or external_id} does not exist")
    return int(found["contact_id"])


def default_contact(db: sqlite3.Connection, account_id: str) -> Row:
    """The contact of all objects that name none."""
    found = find(db, "SELECT * FROM is24_contact WHERE account_id = ? AND is_default = 1", account_id)
    assert found is not None
    return found


@OPERATIONS.add("GET", f"{USER}/realestate")
def listing(call: Call) -> Reply:
    """The caller's objects, newest first, in pages counted from 1."""
    size = _whole(call, "pagesize", PAGE, MOST)
    number = _whole(call, "pagenumber", 1, None)
    counted = find(call.db, "SELECT COUNT(*) AS n FROM is24_realestate WHERE account_id = ?", call.account_id)
    hits = int(counted["n"]) if counted else 0
    root = Node("realestates:realEstates")
    paging = root.add("Paging")
    paging.add("pageNumber", number)
    paging.add("pageSize", size)
    paging.add("numberOfPages", max(1, math.ceil(hits / size)))
    paging.add("numberOfHits", hits)
    entries = root.add("realEstateList")
    for row in rows(
        call.db,
        "SELECT * FROM is24_realestate WHERE account_id = ? ORDER BY realestate_id DESC LIMIT ? OFFSET ?",
        *(call.account_id, size, size * (number - 1)),
    ):
        entries.children.append(_entry(call, row))
    return Reply(200, root)


def _whole(call: Call, name: str, default: int, most: int | None) -> int:
    text = call.query.get(name, str(default))
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) < 1 or (most is not None and int(text) > most):
        raise Refusal(
            412,
            "ERROR_COMMON_URL_PARAMETER_VALIDATION_FAILED",
            f"Error while validating the parameter [{name}] with value [{text}].",
        )
    return int(text)


def _entry(call: Call, row: Row) -> Node:
    document = completed_document(row)
    identifier = str(row["realestate_id"])
    kind = row["type"][:1].upper() + row["type"][1:]
    node = Node(
        "realEstateElement",
        attributes={
            "xsi:type": f"offerlistelement:Offer{kind}",
            "xlink:href": call.url(f"/user/me/realestate/{identifier}"),
            "modification": row["modified_at"] or row["created_at"],
            "creation": row["created_at"],
            "id": identifier,
        },
    )
    node.add("externalId", row["external_id"])
    node.add("title", document.value("title"))
    node.children += document.all("address")
    state = "ACTIVE" if "10000" in channels_of(call.db, row["realestate_id"]) else "INACTIVE"
    node.add("realEstateState", state)
    node.children += [child for child in document.children if child.name in _IN_LIST]
    return node
