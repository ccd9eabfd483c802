"""Every refusal is a problem document, whatever refused."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Annotated

import pytest
from django.db import IntegrityError, OperationalError
from fastapi import Query
from pydantic import BaseModel, Field
from starlette.testclient import TestClient
from tests.plugins.api import Serve

from kontor.core.errors import Invalid, NotFound, Problem
from kontor.core.http.routing import JSON_BODY_BYTES, router


class Line(BaseModel):
    """A part of a body."""

    quantity: int = Field(gt=0)


class Order(BaseModel):
    """A body."""

    lines: list[Line]


FAULTS: dict[str, Exception] = {
    "bug": ZeroDivisionError("secret detail"),
    "away": OperationalError("server closed the connection"),
    "clash": IntegrityError("duplicate key"),
    "unknown": NotFound(id="7"),
    "wrong": Invalid(problems=(Problem("sku.twice", "Twice", field="lines.1.sku", fix="rename"),)),
}


@pytest.fixture
def client(serve: Serve) -> TestClient:
    routes = router("", "X")

    @routes.post("/orders", scope="public")
    def order(wish: Order, page: Annotated[int, Query(ge=1)] = 1) -> int:
        return len(wish.lines)

    @routes.get("/faults/{name}", scope="public")
    def fault(name: str) -> None:
        raise FAULTS[name]

    return serve(routes)


def test_a_document_has_all_its_members(client: TestClient) -> None:
    answer = client.get("/faults/wrong")
    assert answer.headers["content-type"] == "application/problem+json"
    document = answer.json()
    number = answer.headers["x-request-id"]
    assert document == {
        "type": "urn:kontor:problem:invalid",
        "title": "Some values can't be taken",
        "status": 422,
        "detail": "Some values can't be taken",
        "code": "invalid",
        "params": {},
        "problems": [
            {"code": "sku.twice", "message": "Twice", "field": "lines.1.sku", "params": {}, "fix": "rename",
             "severity": "error"},
        ],
        "instance": f"urn:kontor:request:{number}",
    }  # fmt: skip


def test_every_wrong_value_is_named_with_its_place(client: TestClient) -> None:
    answer = client.post("/orders?page=0", json={"lines": [{"quantity": 2}, {"quantity": 0}, {}]})
    assert answer.status_code == 422
    found = {row["field"]: (row["code"], row["params"]) for row in answer.json()["problems"]}
    assert found == {
        "page": ("invalid.greater_than_equal", {"ge": "1"}),
        "lines.1.quantity": ("invalid.greater_than", {"gt": "0"}),
        "lines.2.quantity": ("invalid.missing", {}),
    }


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/nowhere", b"", 404, "not_found"),
        ("DELETE", "/orders", b"", 405, "method_not_allowed"),
        ("POST", "/orders", b"{", 400, "unreadable_request"),
        ("POST", "/orders", b'{"lines": [' + b"1," * JSON_BODY_BYTES, 413, "too_large"),
        ("GET", "/faults/unknown", b"", 404, "not_found"),
        ("GET", "/faults/away", b"", 503, "database.unavailable"),
        ("GET", "/faults/clash", b"", 409, "conflict"),
        ("GET", "/faults/bug", b"", 500, "internal"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refusals(client: TestClient, method: str, path: str, body: bytes, status: int, code: str) -> None:
    answer = client.request(method, path, content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"], answer.json()["status"]) == (status, code, status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.content) < 2000
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_fault_of_ours_tells_only_its_number(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = client.get("/faults/bug", headers={"X-Request-Id": "from-the-proxy-1"})
    assert answer.json()["params"] == {"incident": "from-the-proxy-1"}
    assert "secret detail" not in answer.text
    assert "ZeroDivisionError" not in answer.text
    assert "from-the-proxy-1" in caplog.text


def test_a_foreign_host_name_is_refused(client: TestClient) -> None:
    for host in ("evil.example", "testserver.evil.example", ""):
        answer = client.get("/faults/unknown", headers={"Host": host})
        assert (answer.status_code, answer.json()["code"]) == (400, "host.unknown")
    assert client.get("/faults/unknown", headers={"Host": "TESTSERVER:8443"}).status_code == 404


def test_a_body_that_hides_its_size_is_cut_off_too(client: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(1000):
            yield b" " * 65536

    answer = client.post("/orders", content=endless(), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
