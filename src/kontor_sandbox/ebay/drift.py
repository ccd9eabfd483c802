"""Faults that alter an answer that was given: unknown fields and values, and bodies that end too early."""

from __future__ import annotations

from typing import Any

from kontor_sandbox.ebay.operations import Call
from kontor_sandbox.exchange import Answer


def drifted(call: Call, answer: Answer) -> Answer:
    """The answer, altered where a fault wants it."""
    if call.fired is None or not isinstance(answer.body, dict) or answer.status >= 300:
        return answer
    if call.fired.name == "schema_drift":
        answer.body = _with_unknowns(answer.body)
    if call.fired.name == "truncated_page":
        whole = answer.encoded()
        answer.body = whole[: max(1, len(whole) * 2 // 3)]
    return answer


def _with_unknowns(body: dict[str, Any]) -> dict[str, Any]:
    changed = {name: _deeper(value) for name, value in body.items()}
    changed["sustainabilityInsight"] = {"grade": "LEAF_PLUS", "points": 7, "history": [{"at": None}]}
    if "soldFormat" in changed:
        changed["soldFormat"] = "LIVE_SHOW"
    if "paymentMethod" in changed:
        changed["paymentMethod"] = "EBAY_WALLET"
    return changed


def _deeper(value: Any) -> Any:
    if isinstance(value, list):
        return [
            _with_unknowns(entry) if isinstance(entry, dict) and _is_record(entry) else entry
            for entry in value
        ]
    return _with_unknowns(value) if isinstance(value, dict) and _is_record(value) else value


def _is_record(value: dict[str, Any]) -> bool:
    """Whether a dict is a record with fixed fields, not a map such as the aspects of a product."""
    return not all(isinstance(entry, list) for entry in value.values())
