"""The ``filter`` of getOrders: dates and states, as SQL."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from kontor_sandbox.ebay.errors import refuse
from kontor_sandbox.ebay.operations import Call
from kontor_sandbox.world import moment, stamp

_PART = re.compile(r"(\w+):(\[[^\]]*\]|\{[^}]*\}|[^,]*)")
_DAYS_BY_DEFAULT = 90
_STATES = {
    frozenset({"NOT_STARTED", "IN_PROGRESS"}): ("NOT_STARTED", "IN_PROGRESS"),
    frozenset({"FULFILLED", "IN_PROGRESS"}): ("FULFILLED", "IN_PROGRESS"),
}


def selection(call: Call) -> tuple[str, list[str]]:
    """A WHERE clause and its values. A creation date beats a modification date that is also given."""
    where, values = ["seller_id = ?"], [call.seller_id]
    dates: dict[str, tuple[datetime, datetime]] = {}
    for name, value in _PART.findall(call.query.get("filter", "")):
        if name in ("creationdate", "lastmodifieddate"):
            dates[name] = _range(call, value)
        elif name == "orderfulfillmentstatus":
            states = _STATES.get(frozenset(value.strip("{}").split("|")))
            if states is None:
                raise refuse(30800, field=name, value=value)
            where.append("fulfillment IN (?, ?)")
            values += states
        else:
            raise refuse(30700, field=name)
    column = "changed_at" if "lastmodifieddate" in dates and "creationdate" not in dates else "created_at"
    start, end = dates.get("creationdate") or dates.get("lastmodifieddate") or _default_range(call)
    where.append(f"{column} >= ? AND {column} <= ?")
    return " AND ".join(where), [*values, stamp(start), stamp(end)]


def _default_range(call: Call) -> tuple[datetime, datetime]:
    return call.now - timedelta(days=_DAYS_BY_DEFAULT), call.now


def _range(call: Call, text: str) -> tuple[datetime, datetime]:
    match = re.fullmatch(r"\[(.*?)\.\.(.*)\]", text)
    if match is None:
        raise refuse(30810, value=text)
    if not match.group(1):
        raise refuse(30820)
    start = _date(match.group(1))
    end = _date(match.group(2)) if match.group(2) else call.now
    if start > call.now + timedelta(minutes=5):
        raise refuse(30850)
    if start > end:
        raise refuse(30840)
    if end - start > timedelta(days=731):
        raise refuse(30830)
    return start, end


def _date(text: str) -> datetime:
    try:
        found = moment(text)
    except ValueError:
        raise refuse(30810, value=text) from None
    if found.tzinfo is None:
        raise refuse(30810, value=text)
    return found
