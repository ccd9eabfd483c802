"""Contacts: exactly one is the default; a deleted one's objects move to it."""

from __future__ import annotations

import re

from kontor_sandbox.is24.errors import invalid, not_found
from kontor_sandbox.is24.fields import tables
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
)
from kontor_sandbox.is24.realestates import default_contact
from kontor_sandbox.store import Row, find, next_number, rows

OPERATIONS = Operations()
FIRST_ID = 124_308_575
MOST_ON_PROFILE = 20
_REQUIRED = ("email", "lastname")
_DEFAULTS = {
    "salutation": "NO_SALUTATION",
    "localPartnerContact": "false",
    "businessCardContact": "false",
    "showOnProfilePage": "false",
}
_OURS = frozenset({"defaultContact", "realEstateReferenceCount"})
_NUMBERS = ("faxNumber", "phoneNumber", "cellPhoneNumber")


@OPERATIONS.add("POST", f"{USER}/contact")
def create(call: Call) -> Reply:
    """A new contact."""
    node, becomes_default = _checked(call, None)
    identifier = next_number(call.db, "is24_contact", FIRST_ID)
    call.db.execute(
        "INSERT INTO is24_contact VALUES (?, ?, ?, 0, ?)",
        (identifier, call.account_id, node.value("externalId") or None, render(node)),
    )
    if becomes_default:
        _make_default(call, identifier)
    location = call.url(f"/user/me/contact/{identifier}")
    return Reply(201, done(CREATED, "contact", str(identifier)), location=location, numeric_id=True)


@OPERATIONS.add("GET", f"{USER}/contact")
def listing(call: Call) -> Reply:
    """All contacts of the caller."""
    root = Node("common:realtorContactDetailsList")
    for row in rows(
        call.db, "SELECT * FROM is24_contact WHERE account_id = ? ORDER BY contact_id", call.account_id
    ):
        root.children.append(_shown(call, row, "realtorContactDetails"))
    return Reply(200, root)


@OPERATIONS.add("GET", USER + "/contact/{contact}")
def read(call: Call) -> Reply:
    """One contact."""
    row = _contact(call)
    return Reply(200, _shown(call, row, "common:realtorContactDetail"), str(row["contact_id"]))


@OPERATIONS.add("PUT", USER + "/contact/{contact}")
def replace(call: Call) -> Reply:
    """Replace a contact; only the default flag stays where it is left out or false."""
    row = _contact(call)
    node, becomes_default = _checked(call, row)
    call.db.execute(
        "UPDATE is24_contact SET document = ?, external_id = ? WHERE contact_id = ?",
        (render(node), node.value("externalId") or None, row["contact_id"]),
    )
    if becomes_default:
        _make_default(call, row["contact_id"])
    identifier = str(row["contact_id"])
    message = done(UPDATED, "contact", identifier, trailing=" ")
    message.children[0].children = [part for part in message.children[0].children if part.name != "id"]
    return Reply(200, message, identifier)


@OPERATIONS.add("DELETE", USER + "/contact/{contact}")
def remove(call: Call) -> Reply:
    """Delete a contact; its objects move to the one that the query names, else to the default one."""
    row = _contact(call)
    heir = default_contact(call.db, call.account_id)
    if named := call.query.get("assigntocontactid", ""):
        heir = _contact(call, named)
    if heir["contact_id"] == row["contact_id"]:
        raise invalid("default contact can not be deleted. Please provide assigntocontactid query parameter")
    if row["is_default"]:
        _make_default(call, heir["contact_id"])
    call.db.execute(
        "UPDATE is24_realestate SET contact_id = ? WHERE contact_id = ?",
        (heir["contact_id"], row["contact_id"]),
    )
    call.db.execute("DELETE FROM is24_contact WHERE contact_id = ?", (row["contact_id"],))
    identifier = str(row["contact_id"])
    return Reply(200, done(DELETED, "contact", identifier, trailing=" "), identifier, numeric_id=True)


def _contact(call: Call, reference: str = "") -> Row:
    reference = reference or call.path["contact"]
    column, value = (
        ("external_id", reference[4:]) if reference.startswith("ext-") else ("contact_id", reference)
    )
    found = find(
        call.db,
        f"SELECT * FROM is24_contact WHERE account_id = ? AND {column} = ?",  # noqa: S608 (our own names)
        *(call.account_id, value),
    )
    if found is None:
        raise not_found()
    return found


def _make_default(call: Call, contact_id: int) -> None:
    call.db.execute(
        "UPDATE is24_contact SET is_default = (contact_id = ?) WHERE account_id = ?",
        (contact_id, call.account_id),
    )


def _checked(call: Call, existing: Row | None) -> tuple[Node, bool]:
    """The contact as it is stored, and whether it is to be the default one; raises Refusal."""
    node = call.sent()
    expect(node, "common:realtorContactDetail")
    call.check(node, tables().records["RealtorContactDetails"])
    for name in _REQUIRED:
        if not node.value(name):
            raise invalid(f"Element(s) [{name}] must be set")
    becomes_default = node.value("defaultContact") in ("true", "1")
    node.attributes.clear()
    node.children = [child for child in node.children if child.name not in _OURS]
    own_id = existing["contact_id"] if existing is not None else 0
    _check_external_id(call, node.value("externalId"), own_id)
    if node.value("showOnProfilePage") == "true":
        _check_profile(call, own_id)
    for number in _NUMBERS:
        _complete_number(node, number)
    return node, becomes_default


def _check_external_id(call: Call, external_id: str, own_id: int) -> None:
    other = find(
        call.db,
        "SELECT 1 FROM is24_contact WHERE account_id = ? AND external_id = ? AND contact_id <> ?",
        *(call.account_id, external_id, own_id),
    )
    if external_id and other is not None:
        raise invalid("Contact already exists for external id.")


def _check_profile(call: Call, own_id: int) -> None:
    others = rows(
        call.db,
        "SELECT document FROM is24_contact WHERE account_id = ? AND contact_id <> ?",
        *(call.account_id, own_id),
    )
    shown = sum(parse(row["document"]).value("showOnProfilePage") == "true" for row in others)
    if shown >= MOST_ON_PROFILE:
        raise invalid(f"not more than {MOST_ON_PROFILE} contacts can be shown on the profile page")


def _complete_number(node: Node, name: str) -> None:
    """A number is shown both combined and split, however it was sent."""
    combined = node.value(name)
    split = [node.value(f"{name}{part}") for part in ("CountryCode", "AreaCode", "Subscriber")]
    if combined:
        country, area, subscriber = re.split(r" +", combined, maxsplit=2)
        if country == "+49" and area.startswith("0"):
            raise invalid(f"{name} : {combined} : PHONE_NUMBER_INVALID")
        for part, text in zip(
            ("CountryCode", "AreaCode", "Subscriber"), (country, area, subscriber), strict=True
        ):
            if node.child(f"{name}{part}") is None:
                node.add(f"{name}{part}", text)
    elif all(split):
        node.add(name, " ".join(split))


def _shown(call: Call, row: Row, name: str) -> Node:
    node = parse(row["document"])
    node.name, node.attributes = name, {"id": str(row["contact_id"])}
    counted = find(
        call.db, "SELECT COUNT(*) AS n FROM is24_realestate WHERE contact_id = ?", row["contact_id"]
    )
    for default, text in _DEFAULTS.items():
        if node.child(default) is None:
            node.add(default, text)
    node.add("defaultContact", "true" if row["is_default"] else "false")
    node.add("realEstateReferenceCount", counted["n"] if counted else 0)
    order = [entry.name for entry in tables().records["RealtorContactDetails"]]
    node.children.sort(key=lambda child: order.index(child.name))
    return node
