"""What every route of the document promises, whoever wrote it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.api.operations import document, operations
from tests.plugins.api import Caller, Enter

# Routes without a credential, each with what protects it instead.
PUBLIC = {
    "GET /healthz": "says nothing",
    "GET /readyz": "says nothing of anybody",
    "POST /api/v1/auth/register": "makes a new tenant",
    "POST /api/v1/auth/login": "takes the password",
    "POST /api/v1/auth/login/second-factor": "takes the challenge that the right password got",
    "POST /api/v1/auth/refresh": "takes the refresh token",
    "POST /api/v1/auth/logout": "takes the refresh token",
    "GET /api/v1/.well-known/jwks.json": "public keys are public",
    "POST /api/v1/auth/verify-email": "takes the single-use link of a mail",
    "POST /api/v1/auth/resend-verification": "answers the same to everybody; the mail goes to the mailbox alone",
    "POST /api/v1/auth/forgotten-password": "answers the same to everybody; the mail goes to the mailbox alone",
    "POST /api/v1/auth/reset-password": "takes the single-use link of a mail",
    "POST /api/v1/auth/confirm-email-change": "takes the single-use link of a mail",
    "GET /api/v1/auth/invitations/{token}": "takes the link of a mail",
    "POST /api/v1/auth/invitations/{token}/accept": "takes the single-use link of a mail, and a password",
    "GET /api/v1/avatars/{sha256}": "named by its content's own hash, so that <img> works",
    "GET /api/v1/media/{media_id}/{rendition}": "a signature in the address, so that <img> works",
    "GET /api/v1/privacy/downloads/{token}": "a signed link that ends after ten minutes, made for a fresh proof",
    "GET /api/v1/connections/callback": "the single-use state and the browser's cookie",
    "GET /api/v1/ebay/oauth/callback": "the single-use state and the browser's cookie",
    "GET /api/v1/hooks/{channel_id}/{token}": "the channel's challenge, for a random token",
    "POST /api/v1/hooks/{channel_id}/{token}": "the channel's signature, for a random token",
}
# Changing methods that a read-only person may use, each with why nothing of the business changes.
HARMLESS = {
    "POST /api/v1/live/tickets": "opens a socket that shows what may be read anyway",
    "POST /api/v1/me/notices/read": "one's own notices",
    "POST /api/v1/publications/preflight": "asks a question whose words fit in no address",
}
# Creates that need no Idempotency-Key, each with what makes a repeat harmless.
REPEATABLE = {
    "POST /api/v1/live/tickets": "an unused ticket runs out by itself",
    "POST /api/v1/media": "the same content is one picture",
    "POST /api/v1/api-keys": "the answer holds the key, and is kept nowhere",
    "POST /api/v1/imports": "an upload changes nothing before it is started",
    "POST /api/v1/property-imports": "an upload changes nothing before it is started",
    "POST /api/v1/enquiries/mails": "the same mail is one",
}
CHANGING = ("POST", "PUT", "PATCH", "DELETE")
ANY = {
    "number": "1", "rendition": "thumb_96", "channel_id": "ebay", "template_name": "reset_password",
    "sha256": "0" * 64,
}  # fmt: skip
NOBODYS = "019b0000-0000-7000-8000-000000000000"


def anywhere(operation: Any) -> str:
    """Its address with ids of nothing."""
    return str(operation.at({name: ANY.get(name, NOBODYS) for name in operation.path_names}))


def test_every_route_declares_its_scope_and_public_ones_say_why() -> None:
    found = {op.name: op.scope for op in operations()}
    assert set(found.values()) <= {"public", "person", "read", "write", "admin"}
    assert {name for name, scope in found.items() if scope == "public"} <= set(PUBLIC)
    for op in operations():
        assert op.spec["security"] == ([] if op.scope == "public" else [{"bearer": []}]), op.name


def test_changing_routes_need_more_than_reading() -> None:
    found = {op.name for op in operations() if op.method in CHANGING and op.scope == "read"}
    assert found <= set(HARMLESS)
    assert not [op.name for op in operations() if op.method not in CHANGING and op.scope == "write"]


def test_creates_can_be_repeated_safely() -> None:
    for op in operations():
        if op.method == "POST" and "201" in op.spec["responses"] and op.scope != "public":
            names = {row["name"] for row in op.spec.get("parameters", ())}
            assert "Idempotency-Key" in names or op.name in REPEATABLE, op.name


def test_names_are_unique_and_every_route_is_explained() -> None:
    names = Counter(op.spec["operationId"] for op in operations())
    assert [name for name, count in names.items() if count > 1] == []
    assert [
        op.name for op in operations() if not (op.spec.get("description") or op.spec.get("summary"))
    ] == []


def test_every_answer_has_a_schema_and_every_refusal_is_a_problem_document() -> None:
    for op in operations():
        for status, answer in op.spec["responses"].items():
            content = answer.get("content", {})
            if status.startswith("2") and "application/json" in content:
                assert content["application/json"]["schema"] or status == "202", f"{op.name} answers anything"
        assert "application/problem+json" in op.spec["responses"]["default"]["content"], op.name
        assert "HTTPValidationError" not in str(op.spec["responses"]), op.name
    assert "ProblemDocument" in document()["components"]["schemas"]


def test_nobody_gets_in_without_a_token(anonymous: TestClient) -> None:
    for op in operations():
        if op.scope != "public":
            answer = anonymous.request(op.method, anywhere(op), **op.sent())
            assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), op.name
            assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("role", "scopes"), [("read_only", {"read"}), ("member", {"read", "write"})])
def test_a_role_may_do_only_what_its_scopes_say(
    tenant_a: Any, enter: Enter, role: str, scopes: set[str]
) -> None:
    caller: Caller = enter(tenant_a, role)
    for op in operations():
        if op.scope not in scopes | {"public", "person"}:
            answer = caller.request(op.method, anywhere(op), **op.sent())
            assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), op.name
            assert answer.json()["params"] == {"needs": op.scope}


def test_unknown_addresses_and_methods_are_problem_documents(anonymous: TestClient) -> None:
    for op in operations():
        unknown = anonymous.request("DELETE" if op.method != "DELETE" else "PATCH", "/api/v1/no/such/thing")
        assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")
        trace = anonymous.request("TRACE", anywhere(op))
        assert (trace.status_code, trace.json()["code"]) == (405, "method_not_allowed"), op.name
