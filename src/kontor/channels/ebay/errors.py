"""Reads every "no" of eBay as one of the contract's eight, by error id, category and HTTP status, never by text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

import orjson
from pydantic import ValidationError

from kontor.channels.contract.errors import (
    AlreadyThere,
    ChannelError,
    Gone,
    LoginNeeded,
    Rejected,
    SetupNeeded,
    Throttled,
    Unavailable,
    Unreadable,
)
from kontor.channels.contract.transport import Answer
from kontor.channels.ebay.error_table import ASPECT_IDS, MEANINGS, Kind, Meaning
from kontor.channels.ebay.wire.base import ErrorRow
from kontor.core.clock import now
from kontor.core.errors import Problem

_RESOURCES: Final = {
    "inventory": "inventory",
    "account": "account",
    "fulfillment": "fulfillment",
    "taxonomy": "taxonomy",
    "metadata": "metadata",
    "media": "media",
    "notification": "notification",
    "identity": "identity",
    "analytics": "analytics",
}

_SKU_PARAMETERS: Final = ("sku", "skuValue")


def error_from_answer(answer: Answer, call: str) -> ChannelError:
    """What an answer outside 2xx means. `call` is "METHOD path", for the resource and for `maybe_applied`."""
    rows = _rows(answer.body)
    if rows:
        return error_from_rows(rows, answer.status, call, answer.headers)
    oauth = _oauth_error(answer.body)
    if answer.status == 429:
        return _throttled(call, answer.headers, oauth)
    if answer.status >= 500:
        return Unavailable(
            "eBay can't be reached",
            maybe_applied=_writes(call),
            retry_after_seconds=_retry_after(answer.headers),
            channel_code=str(answer.status),
        )
    if answer.status == 401 or oauth in {"invalid_grant", "invalid_token", "access_denied"}:
        return LoginNeeded("eBay no longer accepts the sign-in", channel_code=oauth or "401")
    if answer.status == 404:
        return Gone("eBay does not have this any more", channel_code="404")
    if oauth:
        return Rejected(f"eBay refused the request: {oauth}", channel_code=oauth)
    return Unreadable(
        f"eBay answered {answer.status} in a form that can't be read",
        channel_code=str(answer.status),
        excerpt=answer.body[:200].decode("utf-8", "replace"),
    )


def error_from_rows(
    rows: Sequence[ErrorRow],
    status: int,
    call: str,
    headers: Mapping[str, str] | None = None,
    *,
    names: Mapping[str, str] | None = None,
) -> ChannelError:
    """What the errors of an envelope or of one bulk row mean together.

    A mixture becomes the weightiest kind; a Rejected shows every row as a problem. `names` maps channel SKUs to the
    merchant's own, for problems that concern one variant.
    """
    meanings = [(row, meaning_of(row, status)) for row in rows]
    row, meaning = min(meanings, key=lambda pair: pair[1].kind)
    code, text = str(row.errorId), row.longMessage or row.message
    match meaning.kind:
        case Kind.LOGIN:
            return LoginNeeded(meaning.message, channel_code=code, channel_message=text)
        case Kind.THROTTLED:
            return _throttled(call, headers or {}, code)
        case Kind.UNAVAILABLE | Kind.BUSY:
            lost = meaning.kind is Kind.UNAVAILABLE and _writes(call)
            wait = _retry_after(headers or {})
            return Unavailable(
                meaning.message, maybe_applied=lost, retry_after_seconds=wait, channel_code=code
            )
        case Kind.SETUP:
            return SetupNeeded(meaning.message, what=meaning.what, channel_code=code)
        case Kind.THERE:
            external_id = row.parameter("offerId", "listingId", "subscriptionId", "destinationId")
            return AlreadyThere(meaning.message, external_id=external_id, channel_code=code)
        case Kind.GONE:
            return Gone(meaning.message, channel_code=code, channel_message=text)
        case _:
            problems = tuple(_problem(each, what, names or {}) for each, what in meanings)
            return Rejected(meaning.message, channel_code=code, channel_message=text, problems=problems)


def warnings_from_rows(
    rows: Sequence[ErrorRow], names: Mapping[str, str] | None = None
) -> tuple[Problem, ...]:
    """Warnings beside a success, as problems that stop nothing."""
    return tuple(
        _problem(row, Meaning(Kind.REJECTED, "warning", "eBay took it with a remark"), names or {}, "warning")
        for row in rows
    )


def meaning_of(row: ErrorRow, status: int) -> Meaning:
    """One error's meaning: by its id, else by category and status."""
    if row.errorId == 25002 and row.parameter("offerId"):
        return Meaning(Kind.THERE, "offer.there", "eBay has an offer for this SKU already")
    if known := MEANINGS.get(row.errorId):
        return known
    if status == 429 or (row.domain == "ACCESS" and status == 403):
        return MEANINGS[2001] if status == 429 else MEANINGS[1100]
    if status == 401 or row.domain == "OAuth":
        return MEANINGS[1001]
    if row.category == "APPLICATION" or status >= 500:
        return MEANINGS[25001]
    if status == 404:
        return MEANINGS[25710]
    return Meaning(Kind.REJECTED, "refused", "eBay does not accept this")


def _problem(row: ErrorRow, meaning: Meaning, names: Mapping[str, str], severity: str = "error") -> Problem:
    field, fix = meaning.field, meaning.fix
    params: dict[str, object] = {
        "channel_code": str(row.errorId),
        "channel_message": row.longMessage or row.message,
    }
    if row.errorId in ASPECT_IDS and severity == "error" and (aspect := _named_aspect(row)):
        field, fix = f"aspect:{aspect}", f"default:aspect:{aspect}"
        params["aspect"] = aspect
    if sku := row.parameter(*_SKU_PARAMETERS):
        params["sku"] = names.get(sku, sku)
    return Problem(f"ebay.{meaning.code}", meaning.message, field, params, fix, severity)


def _named_aspect(row: ErrorRow) -> str:
    named = row.parameter("aspectName", "productAspectName", "fieldName", "field", "name")
    if named:
        return named
    return next((p.value for p in row.parameters if p.value and p.name not in _SKU_PARAMETERS), "")


def _rows(body: bytes) -> tuple[ErrorRow, ...]:
    try:
        document = orjson.loads(body) if body else None
        listed = (
            document.get("errors") or document.get("warnings") if isinstance(document, dict) else document
        )
        if isinstance(listed, dict):
            listed = [listed]
        return tuple(ErrorRow.model_validate(row) for row in listed) if isinstance(listed, list) else ()
    except (orjson.JSONDecodeError, ValidationError):
        return ()


def _oauth_error(body: bytes) -> str:
    try:
        document = orjson.loads(body) if body else None
    except orjson.JSONDecodeError:
        return ""
    return str(document.get("error", "")) if isinstance(document, dict) else ""


def _throttled(call: str, headers: Mapping[str, str], code: str) -> Throttled:
    # eBay promises no Retry-After; a time that is past lets the transport decide.
    wait = _retry_after(headers)
    until = now() + timedelta(seconds=wait) if wait is not None else now()
    return Throttled(
        "eBay's request limit is reached", until=until, resource=resource_of(call), channel_code=code
    )


def _retry_after(headers: Mapping[str, str]) -> float | None:
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isdigit():
        return float(value)
    try:
        moment: datetime = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max((moment - now()).total_seconds(), 0.0)


def resource_of(call: str) -> str:
    """The group of endpoints that shares a limit: `inventory` of "POST /sell/inventory/v1/offer"."""
    parts = call.partition(" ")[2].split("/")
    return next((_RESOURCES[part] for part in parts if part in _RESOURCES), "")


def _writes(call: str) -> bool:
    return not call.startswith(("GET ", "HEAD ")) and "/bulk_get_" not in call
