"""Whoever opens /docs can press Send: each request body comes with values that stand for something."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.api.operations import Operation, document, operations, resolved

JSON = "application/json"


def bodies() -> list[tuple[str, Any]]:
    """Operations that take JSON, and the schema of it."""
    return [
        (f"{operation.method} {operation.path}", content[JSON]["schema"])
        for operation in operations()
        if JSON in (content := _content(operation))
    ]


def _content(operation: Operation) -> dict[str, Any]:
    found: dict[str, Any] = operation.spec.get("requestBody", {}).get("content", {})
    return found


def says_something(schema: Any) -> bool:
    """Whether the field shows a value, leaves so little to choose that it need not, or is another standard's document."""
    found = resolved(schema)
    shown = schema.get("examples") or found.get("examples") or found.get("enum")
    return bool(shown) or found.get("type") == "boolean" or found.get("additionalProperties") is True


@pytest.mark.parametrize(("operation", "schema"), bodies())
def test_every_body_has_an_example(operation: str, schema: Any) -> None:
    body = resolved(schema)
    if body.get("examples"):
        return
    fields = body["properties"]
    silent = [name for name in body.get("required", ()) if not says_something(fields[name])]
    assert not silent, f"{operation}: {silent} have no example"
    assert any(map(says_something, fields.values())), f"{operation} has no example"


@pytest.mark.parametrize(("operation", "schema"), bodies())
def test_every_example_is_one(operation: str, schema: Any) -> None:
    body = resolved(schema)
    validator = Draft202012Validator({**body, "components": document()["components"]})
    for example in body.get("examples", ()):
        validator.validate(example)
