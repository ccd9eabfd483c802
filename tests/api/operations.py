"""Every operation of the OpenAPI document, and bodies that pass its schemas."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Any
Chosen = Callable[[str, Json], Json]  # (name of the property, its schema) -> value, or None for any
BODY_METHODS = ("POST", "PUT", "PATCH")


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    method: str
    path: str
    spec: Mapping[str, Any]

    @property
    def name(self) -> str:
        """For messages."""
        return f"{self.method} {self.path}"

    @property
    def scope(self) -> str:
        """What the route declares."""
        return str(self.spec["x-scope"])

    @property
    def path_names(self) -> list[str]:
        """Names of the path's parameters."""
        return re.findall(r"{(\w+)}", self.path)

    def query_names(self) -> list[str]:
        """Names of the query's parameters."""
        return [row["name"] for row in self.spec.get("parameters", ()) if row["in"] == "query"]

    def at(self, values: Mapping[str, str]) -> str:
        """The path with its parameters filled in."""
        return self.path.format_map(values)

    def required_query(self) -> dict[str, Json]:
        """A value for each query parameter that must be there."""
        rows = [
            row for row in self.spec.get("parameters", ()) if row["in"] == "query" and row.get("required")
        ]
        return {row["name"]: sample(row["schema"]) for row in rows}

    def sent(self, chosen: Chosen = lambda name, schema: None) -> dict[str, Any]:
        """Arguments for httpx that carry a body which passes the schema, where there is one."""
        content = self.spec.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            return {"json": sample(content["application/json"]["schema"], chosen)}
        if "multipart/form-data" in content:
            body = sample(content["multipart/form-data"]["schema"], chosen)
            files = {
                name: ("goods.csv", b"sku,title\nA,B\n") for name, value in body.items() if value == FILE
            }
            return {"files": files, "data": {k: v for k, v in body.items() if k not in files}}
        return {}


FILE = "<file>"


@functools.cache
def document() -> dict[str, Any]:
    """The OpenAPI document."""
    from kontor.asgi import api

    return api().openapi()


def operations() -> Iterator[Operation]:
    """All of them."""
    for path, methods in document()["paths"].items():
        for method, spec in methods.items():
            yield Operation(method.upper(), path, spec)


def resolved(schema: Json) -> Json:
    """The schema that a reference means; of a choice the first that is not null; of a union all together."""
    if "$ref" in schema:
        return resolved(document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return resolved(next(row for row in schema[key] if row.get("type") != "null"))
    if "allOf" in schema:
        merged: dict[str, Any] = {}
        for row in schema["allOf"]:
            merged |= resolved(row)
        return merged
    return schema


def sample(schema: Json, chosen: Chosen = lambda name, schema: None, name: str = "") -> Json:
    """A value of this schema: what `chosen` says, else an example, else the least that passes."""
    if (value := chosen(name, schema)) is not None:
        return value
    found = resolved(schema)
    for key in ("const", "default"):
        if found.get(key) is not None:
            return found[key]
    if "enum" in found:
        return found["enum"][0]
    if found.get("type") == "object" or "properties" in found:
        wanted = set(found.get("required", ()))
        return {
            key: sample(row, chosen, key)
            for key, row in found.get("properties", {}).items()
            if key in wanted or chosen(key, row) is not None
        }
    if found.get("type") == "array":
        count = max(found.get("minItems", 0), 1 if chosen(name, found.get("items", {})) is not None else 0)
        items = [sample(found.get("items", {}), chosen, name) for _ in range(max(count, 1))]
        return items[: found.get("maxItems", 1)] if count or name else items
    if examples := (schema.get("examples") or found.get("examples")):
        return examples[0]
    return _scalar(found)


def _scalar(schema: Json) -> Json:
    kind, form = schema.get("type"), schema.get("format") or schema.get("contentMediaType")
    if kind == "integer":
        return max(int(schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1)), 0)
    if kind == "number":
        return float(schema.get("minimum", 1))
    if kind == "boolean":
        return True
    fixed = {
        "uuid": "00000000-0000-7000-8000-000000000000",
        "date-time": "2026-01-02T03:04:05Z",
        "date": "2026-01-02",
        "binary": FILE,
        "application/octet-stream": FILE,
    }
    return fixed.get(str(form), "x" * max(schema.get("minLength", 1), 1))
