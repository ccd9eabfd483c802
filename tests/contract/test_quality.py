"""Each channel's `quality.toml` names real tests: a rule without one is only a wish."""

from __future__ import annotations

import ast
import functools
import importlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kontor.channels.registry import CHANNELS

TESTS = Path(__file__).resolve().parents[1]
NEEDED = {"account-proven", "exactly-once", "full-replace", "read-back", "refusal-outage-no", "preflight"}


@functools.cache
def functions_of(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text())
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def rules_of(channel_id: str) -> dict[str, Any]:
    package = importlib.import_module(f"kontor.channels.{channel_id}")
    assert package.__file__
    rules: dict[str, Any] = tomllib.loads((Path(package.__file__).parent / "quality.toml").read_text())[
        "rules"
    ]
    return rules


@pytest.mark.parametrize("channel_id", sorted(CHANNELS))
def test_every_rule_names_tests_that_exist(channel_id: str) -> None:
    for name, rule in rules_of(channel_id).items():
        if rule["status"] == "exempt":
            assert rule["reason"], name
            continue
        assert rule["status"] == "done", name
        assert rule["says"], name
        assert rule["tests"], name
        for test in rule["tests"]:
            file, _, function = test.partition("::")
            assert function in functions_of(file), f"{name}: {test}"


@pytest.mark.parametrize("channel_id", sorted(CHANNELS))
def test_the_rules_that_no_channel_may_lack_are_there(channel_id: str) -> None:
    assert set(rules_of(channel_id)) >= NEEDED
