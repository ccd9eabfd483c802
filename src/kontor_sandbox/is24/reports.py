"""Reports by day: what seekers did with an object while it was live. The same numbers each time they are asked for."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from kontor_sandbox.is24.errors import Refusal
from kontor_sandbox.is24.keeping import realestate
from kontor_sandbox.is24.nodes import Node
from kontor_sandbox.is24.operations import USER, Call, Operations, Reply
from kontor_sandbox.store import Row, rows
from kontor_sandbox.world import moment

OPERATIONS = Operations()
MOST_DAYS = 180
_ZERO = ("clicksHomepage", "clicksSendUrl")


@OPERATIONS.add("GET", USER + "/realestate/{realestate}/dailyreport")
def daily(call: Call) -> Reply:
    """One row per day; JSON whatever is asked for, and problems without the usual envelope."""
    row = realestate(call)
    first, last = _day(call, "dateFrom"), _day(call, "dateTo")
    if last < first or (last - first).days >= MOST_DAYS:
        raise _wrong("dateTo", last.isoformat())
    last = min(last, call.now.date())
    days = [_report(call, row, first + timedelta(days=n)) for n in range((last - first).days + 1)]
    plain = {"realEstateId": str(row["realestate_id"]), "dailyReports": days}
    return Reply(200, Node("dailyReport"), str(row["realestate_id"]), plain=plain)


def _day(call: Call, name: str) -> date:
    text = call.query.get(name.lower(), "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _wrong(name, text) from None


def _wrong(name: str, text: str) -> Refusal:
    return Refusal(
        412,
        "ERROR_COMMON_URL_PARAMETER_VALIDATION_FAILED",
        f"Error while validating the parameter [{name}] with value [{text}].",
        flat=True,
    )


def _report(call: Call, row: Row, day: date) -> dict[str, object]:
    share = _share_live(call, row["realestate_id"], day)
    digest = hashlib.sha256(f"{row['realestate_id']}/{day}".encode()).digest()
    listed = round(share * (400 + digest[0] * 3))
    shown = round(listed * (0.15 + digest[1] / 2560))
    opened = round(shown * (0.05 + digest[2] / 2560))
    enquiries = rows(
        call.db,
        "SELECT 1 FROM is24_enquiry WHERE realestate_id = ? AND substr(at, 1, 10) = ?",
        *(row["realestate_id"], day.isoformat()),
    )
    return {
        "date": day.isoformat(),
        "matchesResultList": listed,
        "displaysResultList": shown,
        "exposeHits": opened,
        "onShortList": round(opened * digest[3] / 1024),
        "emailContacts": len(enquiries),
    } | dict.fromkeys(_ZERO, 0)


def _share_live(call: Call, realestate_id: int, day: date) -> float:
    """Which part of a day an object was live."""
    start, end = f"{day}T00:00:00.000Z", f"{day + timedelta(days=1)}T00:00:00.000Z"
    found = rows(
        call.db,
        "SELECT MAX(began_at, ?) AS began, MIN(COALESCE(ended_at, ?), ?, ?) AS ended FROM is24_live_time"
        " WHERE realestate_id = ? AND began_at < ? AND COALESCE(ended_at, ?) > ?",
        *(start, call.stamp, end, call.stamp, realestate_id, end, call.stamp, start),
    )
    return sum(_seconds(row["began"], row["ended"]) for row in found) / 86_400


def _seconds(began: str, ended: str) -> float:
    return max(0.0, (moment(ended) - moment(began)).total_seconds())
