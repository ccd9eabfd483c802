"""Checks requests against the marketplace's OpenAPI files where somebody has put them: types, not what is required."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kontor_sandbox.ebay.errors import Problem, Refusal

if TYPE_CHECKING:
    from kontor_sandbox.ebay.operations import Call

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}
# The description says "string" for what is a map from names to lists of values.
_MAPS = frozenset({("Product", "aspects"), ("InventoryItemGroup", "aspects")})


class Specifications:
    """The files of one folder, read when first needed."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def check_request(self, call: Call) -> None:
        """Refuse (400) a JSON body whose fields or types the description does not know."""
        if self.folder is None or call.body is None:
            return
        operation = call.operation
        schema = self.body_schema(operation.spec, operation.method, operation.template)
        if schema is None:
            return
        problems = list(violations(self.document(operation.spec), schema, call.body))
        if problems:
            raise Refusal(*(Problem(2004, values={"problem": problem}) for problem in problems[:10]))

    def document(self, spec: str) -> dict[str, Any]:
        """One OpenAPI file."""
        assert self.folder is not None
        return _document(self.folder / f"{spec}_oas3.json")

    def body_schema(self, spec: str, method: str, path: str) -> dict[str, Any] | None:
        """The schema of an operation's JSON body."""
        operation = self.operation(spec, method, path)
        content = (operation or {}).get("requestBody", {}).get("content", {})
        schema: dict[str, Any] | None = content.get("application/json", {}).get("schema")
        return schema

    def operation(self, spec: str, method: str, path: str) -> dict[str, Any] | None:
        """An operation by its full path, whatever its parameters are called."""
        document = self.document(spec)
        base = document["servers"][0]["variables"]["basePath"]["default"]
        wanted = _anonymous(path.removeprefix(base))
        for template, operations in document["paths"].items():
            if _anonymous(template) == wanted and method.lower() in operations:
                found: dict[str, Any] = operations[method.lower()]
                return found
        return None


def _anonymous(template: str) -> tuple[str, ...]:
    return tuple("{}" if part.startswith("{") else part for part in template.strip("/").split("/"))


@cache
def _document(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def violations(
    document: dict[str, Any], schema: dict[str, Any], value: Any, at: str = "", *, enums: bool = False
) -> Iterator[str]:
    """What a value does against a schema: wrong types and unknown fields, and unknown enum values if asked."""
    name = ""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        schema = document["components"]["schemas"].get(name, {})
    if value is None:
        return
    if enums and "enum" in schema and isinstance(value, str) and value not in schema["enum"]:
        yield f"{at or 'body'}: {value!r} is no value of {name or 'this enum'}"
    # Some enumerations are described as objects; they are texts on the wire.
    kind = (
        "string" if "enum" in schema else schema.get("type") or ("object" if "properties" in schema else None)
    )
    wanted = _TYPES.get(kind or "")
    if wanted is not None and (
        not isinstance(value, wanted) or (isinstance(value, bool) and kind != "boolean")
    ):
        yield f"{at or 'body'}: {kind} expected, {type(value).__name__} found"
        return
    if isinstance(value, dict) and "properties" in schema:
        yield from _field_violations(document, schema, name, value, at, enums=enums)
    elif isinstance(value, list) and "items" in schema:
        for place, entry in enumerate(value):
            yield from violations(document, schema["items"], entry, f"{at}[{place}]", enums=enums)


def _field_violations(
    document: dict[str, Any],
    schema: dict[str, Any],
    name: str,
    value: dict[str, Any],
    at: str,
    *,
    enums: bool,
) -> Iterator[str]:
    for field, entry in value.items():
        place = f"{at}.{field}" if at else field
        if field not in schema["properties"]:
            yield f"{place}: unknown field"
        elif (name, field) in _MAPS:
            is_map = isinstance(entry, dict) and all(isinstance(values, list) for values in entry.values())
            if not is_map:
                yield f"{place}: a map from names to lists of values expected"
        else:
            yield from violations(document, schema["properties"][field], entry, place, enums=enums)
