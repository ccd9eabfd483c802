"""ImmobilienScout24 as a whole: what every call passes before and after its handler."""

from __future__ import annotations

import json
import sqlite3
import time
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from kontor_sandbox.exchange import Answer, Request
from kontor_sandbox.faults import Fault, Fired
from kontor_sandbox.is24 import (
    accounts,
    attachments,
    consent,
    contacts,
    oauth,
    placements,
    publishing,
    rates,
    realestates,
    reports,
    truth,
)  # fmt: skip
from kontor_sandbox.is24.errors import Refusal, messages, schema_problem, unauthorised
from kontor_sandbox.is24.faults import FAULTS
from kontor_sandbox.is24.json_dialect import to_json
from kontor_sandbox.is24.nodes import Node, render
from kontor_sandbox.is24.operations import Call, Handler, Reply, Router
from kontor_sandbox.is24.schema import SCHEMA
from kontor_sandbox.store import find
from kontor_sandbox.world import World

_MODULES = (attachments, contacts, placements, publishing, realestates, reports)
_XML, _JSON = "application/xml;charset=UTF-8", "application/json;charset=UTF-8"


class ImmobilienScout24:
    """The played portal."""

    name = "immoscout24"
    title = "ImmobilienScout24"
    schema = SCHEMA
    faults: Sequence[Fault] = FAULTS
    hosts = frozenset({"rest.immobilienscout24.de", "rest.sandbox-immobilienscout24.de"})
    settings: Mapping[str, Any] = rates.SETTINGS | placements.SETTINGS

    def __init__(self) -> None:
        self._router = Router(entry for module in _MODULES for entry in module.OPERATIONS.listed)

    def claims(self, path: str) -> bool:
        """Whether a path is ImmobilienScout24's."""
        return path.startswith("/restapi/")

    def seed(self, world: World, db: sqlite3.Connection) -> None:
        """The two played estate agents, and the application that is registered from the start."""
        accounts.seed(db)

    def truth(self, world: World, db: sqlite3.Connection) -> dict[str, Any]:
        """Everything the portal knows, account by account."""
        return truth.everything(db)

    async def background(self, world: World) -> None:
        """Nothing runs beside the answers."""

    def answer(self, world: World, request: Request, fired: Fired | None) -> Answer:
        """Answer one request."""
        if request.path == f"{oauth.BASE}confirm_access":
            return consent.answer(world, request)
        shows_json = _wants_json(request)
        if shows_json is None:
            return Answer(404, headers=_reference())
        limits: dict[str, str] = {}
        try:
            if request.path in (f"{oauth.BASE}request_token", f"{oauth.BASE}access_token"):
                return oauth.answer(world, request)
            found = self._router.find(request.method, request.segments)
            with world.store.transaction() as db:
                signed = oauth.authorise(db, request)
            limits, too_many = rates.count(world, signed.application)
            if too_many is not None:
                return too_many
            if early := _faulty(world, signed, fired, limits, writes=request.method in ("POST", "PUT")):
                return early
            if found is None:
                raise self._unknown(request)
            reply = _handled(world, request, signed, fired, found)
        except Refusal as refusal:
            return _refused(refusal, shows_json=shows_json, limits=limits)
        return _answered(reply, fired, shows_json=shows_json, limits=limits)

    def _unknown(self, request: Request) -> Refusal:
        if self._router.methods(request.segments):
            return Refusal(405, "ERROR_COMMON_METHOD_NOT_ALLOWED", "Method not allowed for this resource.")
        return Refusal(404, "ERROR_COMMON_RESOURCE_NOT_FOUND", "Resource was not found.")


def _handled(
    world: World,
    request: Request,
    signed: oauth.Signed,
    fired: Fired | None,
    found: tuple[Handler, dict[str, str]],
) -> Reply:
    handler, values = found
    if signed.token is None:
        raise unauthorised("Access token is required for this resource")
    account_id = signed.token["account_id"]
    with world.writing.claim([f"{account_id} {request.method} {request.path}"]) as overlapping:
        if latency := world.setting("latency_ms"):
            time.sleep(float(latency) / 1000)
        with world.store.transaction() as db:
            account = find(db, "SELECT * FROM is24_account WHERE account_id = ?", account_id)
            assert account is not None
            if values.get("user", "me") not in ("me", account["username"]):
                raise Refusal(
                    403, "ERROR_COMMON_ACCESS_DENIED", "No authorization for the requested operation."
                )
            key = signed.application["consumer_key"]
            return handler(Call(world, request, values, db, account, key, fired, bool(overlapping)))


def _faulty(
    world: World, signed: oauth.Signed, fired: Fired | None, limits: dict[str, str], *, writes: bool
) -> Answer | None:
    """The faults that refuse a call before anything happens; commits what they have to remember."""
    if fired is None:
        return None
    if fired.name == "server_error_once":
        raise Refusal(503, "ERROR_COMMON_SERVICE_UNAVAILABLE", "Service is temporarily unavailable.")
    if fired.name == "schema_drift" and writes:
        raise schema_problem(
            "cvc-complex-type.2.4.b: The content of element is not complete. One of '{newlyInvented}' is expected."
        )
    if fired.name == "throttled":
        return rates.spend(world, signed.application, limits)
    if fired.name == "token_revoked" and signed.token is not None:
        with world.store.transaction() as db:
            oauth.revoke(db, signed.token["account_id"])
        raise unauthorised(f"Invalid access token: {signed.token['token']}")
    return None


def _wants_json(request: Request) -> bool | None:
    """Whether the caller reads JSON; None where it reads neither."""
    accepted = request.headers.get("accept", "*/*").lower()
    if "json" in accepted and "xml" not in accepted.partition("json")[0]:
        return True
    return False if "xml" in accepted or "*/*" in accepted or "application/*" in accepted else None


def _reference(resource_id: str = "-") -> dict[str, str]:
    return {"L-Is24-Requestrefnum": str(uuid.uuid4()), "L-Is24-Resourceid": resource_id}


def _written(node: Node, *, shows_json: bool, numeric_id: bool = False) -> tuple[bytes, str]:
    if not shows_json:
        return render(node), _XML
    body = to_json(node)
    if numeric_id:
        for wrapper in body["common.messages"]:
            if "id" in wrapper["message"]:
                wrapper["message"]["id"] = int(wrapper["message"]["id"])
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(), _JSON


def _refused(refusal: Refusal, *, shows_json: bool, limits: dict[str, str]) -> Answer:
    if refusal.flat:
        flat = json.dumps({"messageCode": refusal.code, "message": refusal.text}).encode()
        return Answer(refusal.status, flat, limits | _reference(), _JSON)
    body, media_type = _written(messages(refusal.code, refusal.text), shows_json=shows_json)
    return Answer(refusal.status, body, limits | _reference(), media_type)


def _answered(reply: Reply, fired: Fired | None, *, shows_json: bool, limits: dict[str, str]) -> Answer:
    if fired is not None and fired.name == "schema_drift":
        reply.node.add("newlyInvented", f"{fired.number}")
    if reply.plain is not None:
        body, media_type = json.dumps(reply.plain, separators=(",", ":")).encode(), _JSON
    else:
        body, media_type = _written(reply.node, shows_json=shows_json, numeric_id=reply.numeric_id)
    if fired is not None and fired.name == "truncated_page":
        body = body[: len(body) // 2]
    headers = limits | _reference(reply.resource_id)
    if reply.location:
        headers["Location"] = reply.location
    elif reply.status == 200:
        headers["Cache-Control"] = "private"
    return Answer(reply.status, body, headers, media_type)
