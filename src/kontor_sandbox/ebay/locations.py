"""Inventory locations: where goods are sent from."""

from __future__ import annotations

import re
from typing import Any
from zlib import crc32

from kontor_sandbox.ebay.errors import Problem, Refusal, refuse
from kontor_sandbox.ebay.operations import Call, Operations, whole_number
from kontor_sandbox.exchange import Answer
from kontor_sandbox.store import Row, dump, find, load, rows

OPERATIONS = Operations("sell_inventory_v1", "sell.inventory", strict_language=True)
_BASE = "/sell/inventory/v1/location"
_KEY = "merchantLocationKey"


def _body(row: Row) -> dict[str, Any]:
    body: dict[str, Any] = load(row["body"])
    body[_KEY] = row["key"]
    body["merchantLocationStatus"] = row["status"]
    body["location"] = body["location"] | {"locationId": f"L{crc32(row['key'].encode()):010d}"}
    body.setdefault("locationTypes", ["WAREHOUSE"])
    return body


def find_location(call: Call, key: str) -> Row | None:
    """The seller's location of this key."""
    return find(call.db, "SELECT * FROM ebay_location WHERE seller_id = ? AND key = ?", call.seller_id, key)


def _own(call: Call) -> Row:
    row = find_location(call, call.path[_KEY])
    if row is None:
        raise Refusal(Problem(25710), status=404)
    return row


def _check_address(body: dict[str, Any]) -> None:
    address = (body.get("location") or {}).get("address") or {}
    by_code = address.get("postalCode") and address.get("country")
    by_city = address.get("city") and address.get("stateOrProvince") and address.get("country")
    if not by_code and not by_city:
        raise refuse(25709, field="location.address")


@OPERATIONS.add("POST", f"{_BASE}/{{{_KEY}}}")
def create_location(call: Call) -> Answer:
    """204, or 409 with 25803 when the key is taken."""
    key = call.path[_KEY]
    if not re.fullmatch(r"[\w-]{1,36}", key, re.ASCII):
        raise refuse(25709, field=_KEY)
    if find_location(call, key) is not None:
        raise refuse(25803, field=_KEY)
    body = call.body if isinstance(call.body, dict) else {}
    _check_address(body)
    status = body.pop("merchantLocationStatus", "ENABLED")
    call.db.execute(
        "INSERT INTO ebay_location VALUES (?, ?, ?, ?)", (call.seller_id, key, status, dump(body))
    )
    return Answer(204)


@OPERATIONS.add("GET", f"{_BASE}/{{{_KEY}}}")
def get_location(call: Call) -> Answer:
    """One location."""
    return Answer(200, _body(_own(call)))


@OPERATIONS.add("GET", _BASE)
def get_locations(call: Call) -> Answer:
    """All locations; here the offset counts records."""
    limit = whole_number(call, "limit", 100, 1, 100, 25706)
    offset = whole_number(call, "offset", 0, 0, 10**6, 25706)
    every = rows(call.db, "SELECT * FROM ebay_location WHERE seller_id = ? ORDER BY rowid", call.seller_id)
    page = every[offset : offset + limit]
    return Answer(
        200,
        {
            "href": call.url(f"{_BASE}?limit={limit}&offset={offset}"),
            "limit": limit,
            "offset": offset,
            "total": len(every),
            "locations": [_body(row) for row in page],
        },
    )


@OPERATIONS.add("DELETE", f"{_BASE}/{{{_KEY}}}")
def delete_location(call: Call) -> Answer:
    """Forget a location."""
    row = _own(call)
    call.db.execute("DELETE FROM ebay_location WHERE seller_id = ? AND key = ?", (call.seller_id, row["key"]))
    return Answer(204)


@OPERATIONS.add("POST", f"{_BASE}/{{{_KEY}}}/update_location_details")
def update_location(call: Call) -> Answer:
    """Change what is sent, keep the rest."""
    row = _own(call)
    body = load(row["body"]) | (call.body if isinstance(call.body, dict) else {})
    _check_address(body)
    call.db.execute(
        "UPDATE ebay_location SET body = ? WHERE seller_id = ? AND key = ?",
        (dump(body), call.seller_id, row["key"]),
    )
    return Answer(204)


def _switch(call: Call, status: str) -> Answer:
    row = _own(call)
    if row["status"] == status:
        raise refuse(25804, field="merchantLocationStatus")
    call.db.execute(
        "UPDATE ebay_location SET status = ? WHERE seller_id = ? AND key = ?",
        (status, call.seller_id, row["key"]),
    )
    return Answer(200, {})


@OPERATIONS.add("POST", f"{_BASE}/{{{_KEY}}}/enable")
def enable_location(call: Call) -> Answer:
    """Let it be used again."""
    return _switch(call, "ENABLED")


@OPERATIONS.add("POST", f"{_BASE}/{{{_KEY}}}/disable")
def disable_location(call: Call) -> Answer:
    """Let it not be used any more."""
    return _switch(call, "DISABLED")
