"""The JSON dialect: `realestates.apartmentBuy` for a name, `@id` for an attribute, booleans as strings, odd arrays."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from kontor_sandbox.is24.fields import tables
from kontor_sandbox.is24.nodes import NAMESPACES, Malformed, Node

_ARRAYS = frozenset(
    {"attachments", "firingTypes", "common:publishChannels", "common:messages", "common:attachments"}
)
"""Elements that are an array of themselves; empty, they are an empty array."""
_NUMBERS = frozenset({"pageNumber", "pageSize", "numberOfPages", "numberOfHits", "geoCodeId", "attachmentId"})
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LISTS = frozenset({"realtorContactDetails", "realEstateElement"})
"""Elements that are an array also when there is but one."""


def from_json(body: bytes) -> Node:
    """The document's root; raises Malformed."""
    try:
        found = json.loads(body, parse_float=str, parse_int=str)
    except ValueError as error:
        raise Malformed(str(error)) from None
    if not isinstance(found, dict) or len(found) != 1:
        raise Malformed("exactly one root element is expected")
    ((name, content),) = found.items()
    node = Node(_name(name))
    _fill(node, content)
    return node


def _name(key: str) -> str:
    prefix, dot, local = key.replace(":", ".", 1).partition(".")
    return f"{prefix}:{local}" if dot and prefix in NAMESPACES else key


def _fill(node: Node, content: Any) -> None:
    if isinstance(content, list):
        # An array in place of an object is what answers have for some elements.
        for part in content:
            _fill(node, part)
    elif isinstance(content, dict):
        for key, value in content.items():
            if key.startswith("@"):
                if not key.startswith("@xmlns"):
                    node.attributes[_name(key[1:])] = _text(value)
                continue
            for single in value if isinstance(value, list) else [value]:
                child = Node(_name(key))
                _fill(child, single)
                if single is not None:
                    node.children.append(child)
    else:
        node.text = _text(content).strip()


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = "" if value is None else str(value)
    if _NO_CHARACTER.search(text):
        raise Malformed("a character that XML does not know")
    return text


def to_json(root: Node) -> dict[str, Any]:
    """The document as JSON's values."""
    return {root.name.replace(":", ".", 1): _value(root)}


def _value(node: Node) -> Any:
    if node.name in _ARRAYS:
        inner = _object(node)
        if node.name == "common:messages":
            return [{"message": _object(message)} for message in node.children]
        return [inner] if inner else []
    if node.children or node.attributes:
        return _object(node)
    if node.text and (node.name in _NUMBERS or node.name in tables().number_names):
        return _number(node.text)
    return node.text


def _object(node: Node) -> dict[str, Any]:
    made: dict[str, Any] = {f"@{name.replace(':', '.', 1)}": value for name, value in node.attributes.items()}
    grouped: dict[str, list[Any]] = {}
    for child in node.children:
        grouped.setdefault(child.name.replace(":", ".", 1), []).append(_value(child))
    for name, values in grouped.items():
        made[name] = values[0] if len(values) == 1 and name not in _LISTS else values
    return made


def _number(text: str) -> int | float | str:
    try:
        value = Decimal(text)
    except ArithmeticError:
        return text
    return int(value) if value == value.to_integral_value() else float(value)
