"""The marketplace's own OpenAPI files, where they are: they belong to eBay and are read beside the repository."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import orjson
import pytest

FOLDER = Path(__file__).resolve().parents[3].parent / "shared" / "specs" / "ebay"

#: Known defects of the documents: `aspects` is declared a string and is an object of lists.
_REALLY: dict[tuple[str, str], dict[str, Any]] = {
    (schema, "aspects"): {
        "type": "object",
        "additionalProperties": {"type": "array", "items": {"type": "string"}},
    }
    for schema in ("Product", "InventoryItemGroup")
}


def conform(api: str, schema: str, body: Any) -> None:
    """Asserts that a body has only fields of the schema, each of its type. `required` is not trusted there."""
    document = _load(api)
    problems = list(_differences(document, {"$ref": f"#/components/schemas/{schema}"}, body, schema))
    assert not problems, problems


@functools.cache
def _load(api: str) -> dict[str, Any]:
    path = FOLDER / f"{api}_oas3.json"
    if not path.is_file():
        pytest.skip(f"the OpenAPI file of {api} is not beside the repository")
    document: dict[str, Any] = orjson.loads(path.read_bytes())
    return document


def _differences(document: dict[str, Any], schema: dict[str, Any], value: Any, where: str) -> list[str]:
    name = ""
    if reference := schema.get("$ref"):
        name = reference.rpartition("/")[2]
        schema = document["components"]["schemas"][name]
    if options := schema.get("enum"):
        return [] if value in options else [f"{where}: {value!r} is none of the allowed values"]
    kind = schema.get("type")
    expected: dict[str, type | tuple[type, ...]] = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "array": list,
        "object": dict,
    }
    if kind in expected and not isinstance(value, expected[kind]):
        return [f"{where}: {type(value).__name__} instead of {kind}"]
    if isinstance(value, list):
        rows = schema.get("items", {})
        return [
            each for n, row in enumerate(value) for each in _differences(document, rows, row, f"{where}[{n}]")
        ]
    if isinstance(value, dict):
        return _of_object(document, schema, value, where, name)
    return []


def _of_object(
    document: dict[str, Any], schema: dict[str, Any], value: dict[str, Any], where: str, name: str
) -> list[str]:
    fields = schema.get("properties", {})
    problems: list[str] = []
    for field, content in value.items():
        known = _REALLY.get((name, field)) or fields.get(field)
        if known is None and isinstance(schema.get("additionalProperties"), dict):
            known = schema["additionalProperties"]
        if known is None:
            problems.append(f"{where}.{field}: the specification has no such field")
        else:
            problems += _differences(document, known, content, f"{where}.{field}")
    return problems
