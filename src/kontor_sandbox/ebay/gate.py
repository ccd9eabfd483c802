"""What every call meets on its way in: language, edge, token, scope, limits, and the faults that stand before the handler."""

from __future__ import annotations

import time

from kontor_sandbox.ebay import limits, oauth
from kontor_sandbox.ebay.errors import Problem, Refusal, refuse
from kontor_sandbox.ebay.marketplaces import LOCALES
from kontor_sandbox.ebay.operations import BASE_SCOPE, Call
from kontor_sandbox.exchange import Answer


def language(call: Call) -> str:
    """The language to answer in: Content-Language, else Accept-Language, else the marketplace of the query."""
    headers = call.request.headers
    for header in ("content-language", "accept-language"):
        if (found := headers.get(header, "")[:2].lower()) in ("de", "fr", "en"):
            return found
    marketplace = call.query.get("marketplace_id", "")
    return {"EBAY_DE": "de", "EBAY_AT": "de", "EBAY_CH": "de", "EBAY_FR": "fr"}.get(marketplace, "en")


def edge(call: Call) -> Answer | None:
    """What answers before eBay's own code does: a POST without any length."""
    headers = call.request.headers
    has_length = "content-length" in headers or "transfer-encoding" in headers
    if call.operation.empty_post and not has_length:
        return Answer(411, "<html><body><h1>411 Length Required</h1></body></html>", media_type="text/html")
    return None


def wait(latency_ms: float) -> None:
    """The time that the channel takes."""
    time.sleep(float(latency_ms) / 1000)


def let_tokens_die(call: Call) -> None:
    """The faults that take a token away before its time, committed although the call is then refused."""
    token = call.request.headers.get("authorization", "").removeprefix("Bearer ")
    if call.fired is not None and call.fired.name == "token_expired":
        oauth.declare_dead(call.db, token)
    if call.fired is not None and call.fired.name == "token_revoked":
        oauth.revoke_consent_of(call.db, token, call.now)


def admit(call: Call) -> None:
    """Token, scope, limits and headers, in the order in which eBay checks them; raises Refusal."""
    _authorise(call)
    limits.count(call)
    _check_headers(call)


def _authorise(call: Call) -> None:
    header = call.request.headers.get("authorization", "")
    if not header.startswith("Bearer "):
        raise refuse(1002)
    token = oauth.access_token(call.db, header[7:], call.now)
    if token is None:
        raise refuse(1001)
    call.token = token
    operation = call.operation
    if operation.caller not in ("any", token.kind):
        raise refuse(1100)
    wanted = {f"{BASE_SCOPE}/{operation.scope}" if operation.scope else BASE_SCOPE}
    if operation.scope and not operation.is_write:
        wanted.add(f"{BASE_SCOPE}/{operation.scope}.readonly")
    if not wanted & token.scopes:
        raise refuse(1100)


def _check_headers(call: Call) -> None:
    headers = call.request.headers
    if call.operation.strict_language:
        accepted = headers.get("accept-language")
        if accepted is not None and accepted not in LOCALES:
            raise refuse(25709, field="Accept-Language")
    if call.operation.localized and call.content_language not in LOCALES:
        raise refuse(25709, field="Content-Language")
    if call.request.body and call.operation.method in ("POST", "PUT"):
        media_type = headers.get("content-type", "").split(";")[0].strip()
        if media_type not in ("application/json", "multipart/form-data"):
            raise Refusal(
                Problem(2004, values={"problem": "the Content-Type is not application/json"}), status=415
            )


def faulty(call: Call) -> None:
    """The faults that refuse a call before anything happens; commits what they have to remember."""
    if call.fired is None:
        return
    if call.fired.name == "server_error_once":
        raise refuse(25001 if call.operation.template.startswith("/sell/inventory") else 2003)
    if call.fired.name == "concurrent_access":
        raise refuse(25025)
    if call.fired.name in ("throttled", "throttled_retry_after"):
        seconds = float(call.world.setting("throttle_seconds"))
        with call.world.store.transaction() as db:
            call.db = db
            limits.throttle(call, seconds, tells_when=call.fired.name == "throttled_retry_after")
        raise limits.too_many(call, seconds if call.fired.name == "throttled_retry_after" else None)
