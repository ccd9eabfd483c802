"""What the portal knows: objects with everything that hangs on them, contacts, enquiries, and who may act for whom."""

from __future__ import annotations

import sqlite3
from typing import Any

from kontor_sandbox.is24.accounts import all_accounts
from kontor_sandbox.is24.attachments import title_picture
from kontor_sandbox.is24.json_dialect import to_json
from kontor_sandbox.is24.keeping import MAIN_CHANNEL, channels_of, completed_document
from kontor_sandbox.is24.nodes import parse
from kontor_sandbox.store import Row, load, rows


def everything(db: sqlite3.Connection) -> dict[str, Any]:
    """The truth, account by account, by user name."""
    return {row["username"]: _account(db, row) for row in all_accounts(db)}


def _account(db: sqlite3.Connection, account: Row) -> dict[str, Any]:
    account_id = account["account_id"]
    objects = rows(
        db, "SELECT * FROM is24_realestate WHERE account_id = ? ORDER BY realestate_id", account_id
    )
    contacts = rows(db, "SELECT * FROM is24_contact WHERE account_id = ? ORDER BY contact_id", account_id)
    enquiries = rows(db, "SELECT * FROM is24_enquiry WHERE account_id = ? ORDER BY enquiry_id", account_id)
    return {
        "objects": [realestate(db, row) for row in objects],
        "contacts": [
            {
                "id": row["contact_id"],
                "external_id": row["external_id"],
                "is_default": bool(row["is_default"]),
                "email": parse(row["document"]).value("email"),
            }
            for row in contacts
        ],
        "enquiries": [
            {"id": row["enquiry_id"], "object": row["realestate_id"], "message_id": row["message_id"]}
            | load(row["body"])
            for row in enquiries
        ],
    }


def realestate(db: sqlite3.Connection, row: Row) -> dict[str, Any]:
    """One object: whether it is live, and what a reader of the portal sees."""
    identifier = row["realestate_id"]
    channels = channels_of(db, identifier)
    (content,) = to_json(completed_document(row)).values()
    attachments = rows(
        db,
        "SELECT * FROM is24_attachment WHERE realestate_id = ? ORDER BY kind = 'Link', position",
        identifier,
    )
    title = title_picture(db, identifier)
    placements = rows(db, "SELECT kind FROM is24_placement WHERE realestate_id = ? ORDER BY kind", identifier)
    return {
        "id": identifier,
        "external_id": row["external_id"],
        "type": row["type"],
        "title": content.get("title", ""),
        "is_live": MAIN_CHANNEL in channels,
        "channels": channels,
        "contact": row["contact_id"],
        "created_at": row["created_at"],
        "modified_at": row["modified_at"],
        "placements": [entry["kind"] for entry in placements],
        "attachments": [
            {
                "id": entry["attachment_id"],
                "kind": entry["kind"],
                "title": (document := parse(entry["document"])).value("title"),
                "external_check_sum": document.value("externalCheckSum"),
                "is_title": entry["attachment_id"] == title,
                "sha256": entry["sha256"],
            }
            for entry in attachments
        ],
        "content": content,
    }
