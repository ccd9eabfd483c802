"""Is it schema valid? Elements, their order and their values, said in the words of the schema's validator."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from kontor_sandbox.is24.errors import invalid, schema_problem
from kontor_sandbox.is24.fields import ANY_ORDER, Field, Shape, attribute_only, tables
from kontor_sandbox.is24.nodes import Node

Check = Callable[..., None]
LAX_IN_JSON = frozenset({"showAddress", "courtage", "floorplan", "titlePicture"})
"""Required by the schema, and yet not missed in JSON."""
_WHOLE = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_GREATEST = {"int": 2**31, "long": 2**63, "double": 1e15}
_MARKUP = re.compile(r"<\s*/?\s*[A-Za-z]|<!\[CDATA\[")


def check_xml(node: Node, fields: Sequence[Field], *, any_order: bool = False) -> None:
    """Order, presence and values of an XML document; raises Refusal with the first problem."""
    if any_order:
        _check_any_order(node, fields)
    else:
        _check_order(node, fields)
    _check_values(node, fields, check_xml)


def check_json(node: Node, fields: Sequence[Field], *, any_order: bool = False) -> None:
    """Elements and values of a JSON document, which are then put in order; raises Refusal with the first problem."""
    places = {entry.name: place for place, entry in enumerate(fields)}
    for child in node.children:
        is_known = child.name in places
        if not is_known or (not fields[places[child.name]].many and len(node.all(child.name)) > 1):
            raise schema_problem(
                f"cvc-complex-type.2.4.a: Invalid content was found starting with element '{child.name}'."
                f" One of '{{{_expected(fields, 0)}}}' is expected."
            )
    for entry in fields:
        if entry.required and entry.name not in LAX_IN_JSON and node.child(entry.name) is None:
            raise invalid(f"field '{entry.name}' is required")
    node.children.sort(key=lambda child: places[child.name])
    _check_values(node, fields, check_json)


def _check_order(node: Node, fields: Sequence[Field]) -> None:
    at = 0
    seen_here = False
    for child in node.children:
        place = at
        if seen_here and fields[at - 1].many and child.name == fields[at - 1].name:
            continue
        while place < len(fields) and fields[place].name != child.name and not fields[place].required:
            place += 1
        if at == len(fields):
            raise schema_problem(
                f"cvc-complex-type.2.4.d: Invalid content was found starting with element '{child.name}'."
                " No child element is expected at this point."
            )
        if place == len(fields) or fields[place].name != child.name:
            raise schema_problem(
                f"cvc-complex-type.2.4.a: Invalid content was found starting with element '{child.name}'."
                f" One of '{{{_expected(fields, at)}}}' is expected."
            )
        at, seen_here = place + 1, True
    if any(entry.required for entry in fields[at:]):
        raise schema_problem(
            f"cvc-complex-type.2.4.b: The content of element '{node.name}' is not complete."
            f" One of '{{{_expected(fields, at)}}}' is expected."
        )


def _check_any_order(node: Node, fields: Sequence[Field]) -> None:
    left = {entry.name for entry in fields}
    for child in node.children:
        if child.name not in left:
            raise schema_problem(
                f"cvc-complex-type.2.4.a: Invalid content was found starting with element '{child.name}'."
                f" One of '{{{', '.join(entry.name for entry in fields if entry.name in left)}}}' is expected."
            )
        left.discard(child.name)


def _expected(fields: Sequence[Field], at: int) -> str:
    names = []
    for entry in fields[at:]:
        names.append(entry.name)
        if entry.required:
            break
    return ", ".join(names)


def _check_values(node: Node, fields: Sequence[Field], check: Check) -> None:
    known = {entry.name: entry for entry in fields}
    for child in node.children:
        shape = known[child.name].shape
        _check_form(child, shape)
        if shape.kind == "record" and shape.record in tables().records:
            check(child, tables().records[shape.record], any_order=shape.record in ANY_ORDER)
        elif shape.kind != "record" and not attribute_only(shape):
            check_value(child.name, child.text, shape)


def _check_form(node: Node, shape: Shape) -> None:
    if attribute_only(shape):
        return
    if shape.kind != "record" and node.children:
        raise schema_problem(
            f"cvc-type.3.1.2: Element '{node.name}' is a simple type, so it must have no element"
            " information item [children]."
        )
    if node.attributes:
        raise schema_problem(
            f"cvc-complex-type.3.2.2: Attribute '{next(iter(node.attributes))}' is not allowed to appear in"
            f" element '{node.name}'."
        )


def check_value(name: str, text: str, shape: Shape) -> None:
    """One value; raises Refusal."""
    if shape.kind == "choice" and text not in shape.values:
        raise schema_problem(
            f"cvc-enumeration-valid: Value '{text}' is not facet-valid with respect to enumeration"
            f" '[{', '.join(shape.values)}]'. It must be a value from the enumeration."
        )
    if shape.kind == "text":
        _check_text(name, text, shape)
    elif not _is_of_kind(text, shape.kind):
        raise schema_problem(f"cvc-datatype-valid.1.2.1: '{text}' is not a valid value for '{shape.kind}'.")
    elif shape.low is not None and float(text) < shape.low:
        raise schema_problem(
            f"cvc-minInclusive-valid: Value '{text}' is not facet-valid with respect to minInclusive '{shape.low}'."
        )
    elif shape.high is not None and float(text) > shape.high:
        raise schema_problem(
            f"cvc-maxInclusive-valid: Value '{text}' is not facet-valid with respect to maxInclusive '{shape.high}'."
        )


def _check_text(name: str, text: str, shape: Shape) -> None:
    if shape.longest is not None and len(text) > shape.longest:
        raise schema_problem(
            f"cvc-maxLength-valid: Value '{text}' with length = '{len(text)}' is not facet-valid"
            f" with respect to maxLength '{shape.longest}'."
        )
    if shape.pattern and not re.fullmatch(shape.pattern, text):
        raise schema_problem(
            f"cvc-pattern-valid: Value '{text}' is not facet-valid with respect to pattern '{shape.pattern}'."
        )
    if _MARKUP.search(text):
        raise invalid(f"field '{name}' must not contain markup")


def _is_of_kind(text: str, kind: str) -> bool:
    if kind in ("int", "long"):
        return len(text) < 20 and _WHOLE.fullmatch(text) is not None and abs(int(text)) < _GREATEST[kind]
    if kind == "double":
        return _DECIMAL.fullmatch(text) is not None and abs(float(text)) < _GREATEST[kind]
    if kind == "boolean":
        return text in ("true", "false", "1", "0")
    if kind == "date":
        try:
            date.fromisoformat(text[:10])
        except ValueError:
            return False
    return True
