"""eBay as a whole: what every call passes before and after its handler."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kontor_sandbox.ebay import (
    account,
    analytics,
    bulk,
    consent,
    destinations,
    gate,
    groups,
    hosts,
    items,
    limits,
    locations,
    media,
    metadata,
    notifications,
    oauth,
    offers,
    orders,
    publishing,
    subscriptions,
    truth,
)
from kontor_sandbox.ebay.delivery import deliver_for_ever
from kontor_sandbox.ebay.drift import drifted
from kontor_sandbox.ebay.errors import Problem, Refusal
from kontor_sandbox.ebay.faults import FAULTS
from kontor_sandbox.ebay.operations import Call, Router
from kontor_sandbox.ebay.schema import SCHEMA
from kontor_sandbox.ebay.sellers import seed_sellers
from kontor_sandbox.ebay.shapes import shape_problems
from kontor_sandbox.ebay.specs import Specifications
from kontor_sandbox.ebay.taxonomy import api as taxonomy
from kontor_sandbox.exchange import Answer, Request
from kontor_sandbox.faults import Fault, Fired
from kontor_sandbox.world import World

_MODULES = (
    account, analytics, bulk, destinations, groups, items, locations, media, metadata, notifications, offers, orders,
    publishing, subscriptions, taxonomy,
)  # fmt: skip


class Ebay:
    """The played marketplace."""

    name = "ebay"
    title = "eBay"
    schema = SCHEMA
    faults: Sequence[Fault] = FAULTS
    hosts = hosts.HOSTS
    settings: Mapping[str, Any] = limits.SETTINGS | oauth.SETTINGS | media.SETTINGS

    def __init__(self, specs: Path | None) -> None:
        self.specifications = Specifications(specs)
        self._router = Router(operation for module in _MODULES for operation in module.OPERATIONS.listed)

    def claims(self, path: str) -> bool:
        """Whether a path is eBay's."""
        return hosts.owner(path) is not None

    def seed(self, world: World, db: sqlite3.Connection) -> None:
        """The two played sellers, and the application that is registered from the start."""
        seed_sellers(db)
        oauth.seed_application(db)
        notifications.seed_key(db)

    def truth(self, world: World, db: sqlite3.Connection) -> dict[str, Any]:
        """Everything eBay knows, seller by seller."""
        return truth.everything(db)

    async def background(self, world: World) -> None:
        """Send notifications for as long as the sandbox runs."""
        await deliver_for_ever(world)

    def answer(self, world: World, request: Request, fired: Fired | None) -> Answer:
        """Answer one request."""
        if request.host is not None and hosts.owner(request.raw_path) != request.host:
            return Answer(404, "Not Found", media_type="text/plain")
        if request.path == "/oauth2/authorize":
            return consent.answer(world, request)
        if request.path == "/identity/v1/oauth2/token":
            return oauth.answer(world, request, fired)
        return self._call(world, request, fired)

    def _call(self, world: World, request: Request, fired: Fired | None) -> Answer:
        found = self._router.find(request.method, request.segments)
        if found is None:
            methods = self._router.methods(request.segments)
            return Answer(405, headers={"allow": ", ".join(methods)}) if methods else _unknown_path()
        operation, values = found
        call = Call(world, request, operation, values, None, fired)
        call.language = gate.language(call)
        try:
            if early := gate.edge(call):
                return early
            with world.store.transaction() as db:
                call.db = db
                gate.let_tokens_die(call)
            with world.store.transaction() as db:
                gate.admit(call)
            call.body = _parsed(request)
            gate.faulty(call)
            self._check_body(call)
            return self._handled(call)
        except Refusal as refusal:
            return refusal.answer(call.language)

    def _check_body(self, call: Call) -> None:
        problems = list(shape_problems(call.body))[:10]
        if problems:
            raise Refusal(*(Problem(2004, values={"problem": problem}) for problem in problems))
        self.specifications.check_request(call)

    def _handled(self, call: Call) -> Answer:
        with call.world.writing.claim(_keys(call)) as taken:
            if latency := call.world.setting("latency_ms"):
                gate.wait(latency)
            if taken and not call.operation.bulk:
                raise Refusal(Problem(25025))
            call.taken = frozenset(key.split("/", 1)[1] for key in taken)
            if call.operation.before is not None:
                call.operation.before(call)
            with call.world.store.transaction() as db:
                call.db = db
                answer = call.operation.handler(call)
        return drifted(call, answer)


def _keys(call: Call) -> list[str]:
    if call.operation.keys is None:
        return []
    return [f"{call.seller_id}/{key}" for key in call.operation.keys(call)]


def _parsed(request: Request) -> Any:
    if not request.body or not request.headers.get("content-type", "").startswith("application/json"):
        return None
    try:
        return json.loads(request.body)
    except ValueError:
        raise Refusal(Problem(2004, values={"problem": "the body is not JSON"})) from None


def _unknown_path() -> Answer:
    return Answer(
        404,
        {
            "errors": [
                {
                    "errorId": 2002,
                    "domain": "ACCESS",
                    "category": "REQUEST",
                    "message": "Resource not found",
                    "longMessage": "Nothing answers at this path and method.",
                }
            ]
        },
    )
