"""Publishing is a call of its own: an object is ACTIVE while it is published on channel 10000."""

from __future__ import annotations

import sqlite3

from kontor_sandbox.is24.errors import Refusal, conflict, invalid, not_found, reference_not_found
from kontor_sandbox.is24.keeping import CHANNELS, MAIN_CHANNEL, find_realestate
from kontor_sandbox.is24.nodes import Node, parse
from kontor_sandbox.is24.operations import (
    CREATED,
    DELETED,
    OFFER,
    USER,
    Call,
    Operations,
    Reply,
    done,
    expect,
)
from kontor_sandbox.store import Row, find, rows

OPERATIONS = Operations()
PUBLISH = f"{OFFER}/publish"
_SELECT = (
    "SELECT is24_publication.*, is24_realestate.document,"
    " (SELECT MIN(began_at) FROM is24_live_time AS time"
    "  WHERE time.realestate_id = is24_publication.realestate_id) AS first_at"
    " FROM is24_publication JOIN is24_realestate USING (realestate_id) WHERE account_id = ?"
)


@OPERATIONS.add("POST", PUBLISH)
def publish(call: Call) -> Reply:
    """Publish one object on one channel; twice is 409."""
    node = call.sent()
    expect(node, "common:publishObject")
    if call.overlaps or (call.fired is not None and call.fired.name == "concurrent_access"):
        raise conflict()
    identifier = _publish(call, node)
    location = call.url(f"/publish/{identifier}")
    return Reply(201, done(CREATED, "publish", identifier), location=location)


def _publish(call: Call, node: Node) -> str:
    reference, channel = (
        child.attributes.get("id", "") if (child := node.child(name)) is not None else ""
        for name in ("realEstate", "publishChannel")
    )
    row = find_realestate(call.db, call.account_id, reference)
    if row is None:
        raise reference_not_found()
    if channel not in CHANNELS:
        raise invalid(f"publish channel {channel} is not available")
    realestate_id = row["realestate_id"]
    made = call.db.execute(
        "INSERT OR IGNORE INTO is24_publication VALUES (?, ?, ?)", (realestate_id, channel, call.stamp)
    )
    if not made.rowcount:
        raise conflict(
            f"Publish object already exists for publishchannel id={channel}, realestate id={realestate_id}"
        )
    if channel == MAIN_CHANNEL:
        call.db.execute("INSERT INTO is24_live_time VALUES (?, ?, NULL)", (realestate_id, call.stamp))
    return f"{realestate_id}_{channel}"


@OPERATIONS.add("POST", f"{PUBLISH}/list")
def publish_many(call: Call) -> Reply:
    """Publish several; each says how it went."""
    node = call.sent()
    expect(node, "common:publishObjects")
    root = Node("common:publishObjects")
    for wanted in node.all("publishObject"):
        try:
            identifier = _publish(call, wanted)
        except Refusal as refusal:
            _result(root, wanted, refusal.code, refusal.text)
        else:
            _result(root, wanted, "MESSAGE_OPERATION_SUCCESSFUL", "published").attributes["id"] = identifier
    return Reply(200, root)


def _result(root: Node, wanted: Node, code: str, text: str) -> Node:
    shown = root.add("publishObject")
    shown.children = [Node(child.name, attributes=dict(child.attributes)) for child in wanted.children]
    shown.add("messageCode", code)
    shown.add("message", text)
    return shown


@OPERATIONS.add("GET", PUBLISH)
def listing(call: Call) -> Reply:
    """The caller's publications, of one object or channel where the query says so; an empty list where there is none."""
    found = rows(call.db, f"{_SELECT} ORDER BY realestate_id, channel_id", call.account_id)
    reference, channel = call.query.get("realestate", ""), call.query.get("publishchannel", "")
    wanted = find_realestate(call.db, call.account_id, reference) if reference else None
    root = Node("common:publishObjects")
    for row in found:
        is_wanted = not reference or (wanted is not None and row["realestate_id"] == wanted["realestate_id"])
        if is_wanted and channel in ("", row["channel_id"]):
            root.children.append(_shown("publishObject", row))
    return Reply(200, root)


@OPERATIONS.add("GET", PUBLISH + "/{publication}")
def read(call: Call) -> Reply:
    """One publication."""
    row = _find(call, call.path["publication"])
    if row is None:
        raise reference_not_found()
    return Reply(200, _shown("common:publishObject", row), call.path["publication"])


def _find(call: Call, identifier: str) -> Row | None:
    realestate_id, _, channel = identifier.rpartition("_")
    return find(
        call.db,
        f"{_SELECT} AND realestate_id = ? AND channel_id = ?",
        *(call.account_id, realestate_id, channel),
    )


def _shown(name: str, row: Row) -> Node:
    node = Node(name, attributes={"id": f"{row['realestate_id']}_{row['channel_id']}"})
    realestate = node.add("realEstate", id=str(row["realestate_id"]))
    realestate.attributes["title"] = parse(row["document"]).value("title")
    if row["first_at"] and row["channel_id"] == MAIN_CHANNEL:
        realestate.attributes["firstActivationDate"] = row["first_at"]
    node.add("publishChannel", id=row["channel_id"], title=CHANNELS[row["channel_id"]])
    return node


@OPERATIONS.add("DELETE", PUBLISH + "/{publication}")
def unpublish(call: Call) -> Reply:
    """Take one publication back; twice is 404."""
    identifier = call.path["publication"]
    row = _find(call, identifier)
    if row is None:
        raise not_found()
    end(call.db, row["realestate_id"], row["channel_id"], call.stamp)
    return Reply(200, done(DELETED, "publish", identifier, trailing=" "), identifier)


@OPERATIONS.add("DELETE", f"{PUBLISH}/list")
def unpublish_many(call: Call) -> Reply:
    """Take several back; each says how it went."""
    root = Node("common:publishObjects")
    for identifier in filter(None, call.query.get("publishids", "").split(",")):
        row = _find(call, identifier)
        realestate_id, _, channel = identifier.rpartition("_")
        shown = root.add("publishObject", id=identifier)
        shown.add("realEstate", id=realestate_id)
        shown.add("publishChannel", id=channel)
        if row is None:
            shown.add("messageCode", "ERROR_RESOURCE_NOT_FOUND")
            shown.add("message", f"PublishObject with ID {identifier} does not exist.")
        else:
            end(call.db, row["realestate_id"], row["channel_id"], call.stamp)
            shown.add("messageCode", "MESSAGE_OPERATION_SUCCESSFUL")
            shown.add("message", "publishing deleted")
    return Reply(200, root)


def end(db: sqlite3.Connection, realestate_id: int, channel: str, at: str) -> None:
    """End a publication; without the main channel, no placement stays."""
    db.execute(
        "DELETE FROM is24_publication WHERE realestate_id = ? AND channel_id = ?", (realestate_id, channel)
    )
    if channel == MAIN_CHANNEL:
        db.execute("DELETE FROM is24_placement WHERE realestate_id = ?", (realestate_id,))
        db.execute(
            "UPDATE is24_live_time SET ended_at = ? WHERE realestate_id = ? AND ended_at IS NULL",
            (at, realestate_id),
        )


@OPERATIONS.add("GET", f"{USER}/publishchannel")
def channels(call: Call) -> Reply:
    """The channels on which the caller may publish."""
    root = Node("common:publishChannels")
    for identifier, title in CHANNELS.items():
        root.add("publishChannel", id=identifier, title=title)
    return Reply(200, root)


@OPERATIONS.add("GET", f"{USER}/realestatecounts")
def counts(call: Call) -> Reply:
    """How many objects are published, and how many are not."""
    published = rows(call.db, _SELECT, call.account_id)
    every = rows(call.db, "SELECT 1 FROM is24_realestate WHERE account_id = ?", call.account_id)
    live = sum(row["channel_id"] == MAIN_CHANNEL for row in published)
    root = Node("counts:realEstateCounts")
    root.add("is24publishedRealEstatesCount", live)
    root.add("is24notPublishedRealEstatesCount", len(every) - live)
    root.add("homepagePublishedRealEstatesCount", len(published) - live)
    return Reply(200, root)
