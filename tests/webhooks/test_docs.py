"""The example of docs/webhooks.md takes what Kontor sends and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.plugins.api import Caller
from tests.webhooks.conftest import Receiver

from kontor.core.config import settings
from kontor.core.tenancy import tenant
from kontor.live import events
from kontor.webhooks import deliveries, sending, signing
from kontor.webhooks.endpoints import MOST

WORDS = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text()


@pytest.fixture(scope="module")
def is_from_kontor() -> Callable[..., bool]:
    """The function as the page has it."""
    (code,) = re.findall(r"```python\n(.*?)```", WORDS, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    found: Callable[..., bool] = names["is_from_kontor"]
    return found


def test_the_example_verifies(
    api: Caller,
    tenant_a: UUID,
    receiver: Receiver,
    drain: Callable[..., int],
    is_from_kontor: Callable[..., bool],
) -> None:
    made = api.post("/webhooks/endpoints", json={"url": receiver.url, "types": ["order.received"]}).json()
    with tenant(tenant_a):
        events.record("order.changed", "order", uuid4(), payload={"new": True, "number": "Größe"})
    drain(["webhooks.deliver"])
    (heard,) = receiver.heard
    assert is_from_kontor(made["secret"], heard.headers, heard.body)
    assert not is_from_kontor(signing.new_secret(), heard.headers, heard.body)
    assert not is_from_kontor(made["secret"], heard.headers, heard.body.replace(b"26", b"27") + b" ")
    old = {**heard.headers, "webhook-timestamp": str(int(heard.headers["webhook-timestamp"]) - 301)}
    assert not is_from_kontor(made["secret"], old, heard.body)


def test_the_page_names_the_figures_of_the_code() -> None:
    assert [str(pause) for pause in deliveries.PAUSES] == [
        "0:00:05", "0:05:00", "0:30:00", "2:00:00", "5:00:00", "10:00:00", "14:00:00", "20:00:00", "1 day, 0:00:00",
    ]  # fmt: skip
    assert f"within {sending.TOTAL_SECONDS:.0f} seconds" in WORDS
    assert f"({settings().webhook_give_up_days})" in WORDS
    assert f"({settings().keep_deliveries_days})" in WORDS


def test_a_business_has_so_many_endpoints_and_no_more(api: Caller, receiver: Receiver) -> None:
    body = {"url": receiver.url, "types": ["order.received"]}
    codes = [api.post("/webhooks/endpoints", json=body).status_code for _ in range(MOST + 1)]
    assert codes == [201] * MOST + [409]
