"""The program as a process: it starts, ends when asked, and forgets nothing when it is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx2
import pytest
from tests.sandbox.shop import INVENTORY, Shop

SOURCE = Path(__file__).resolve().parents[2] / "src"
START_SECONDS = 20


def launch(data: Path) -> tuple[subprocess.Popen[str], str]:
    """Start it and read its address from the line it prints."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kontor_sandbox", "--data", str(data), "--port-file", str(data / "port")],
        cwd=SOURCE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert "http://127.0.0.1:" in line
    url = next(word for word in line.split() if word.startswith("http"))
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            httpx2.get(f"{url}/_sandbox/api/health")
        except httpx2.TransportError:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        else:
            return process, url


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "sandbox"
    folder.mkdir()
    return folder


def test_it_ends_quickly_when_asked(data: Path) -> None:
    process, url = launch(data)
    assert (data / "port").read_text().strip() == url.rsplit(":", 1)[1]
    process.send_signal(signal.SIGTERM)
    assert process.wait(5) in (0, -signal.SIGTERM)


@pytest.mark.parametrize("round_", range(3))
def test_nothing_that_was_answered_is_lost_by_a_kill(data: Path, round_: int) -> None:
    process, url = launch(data)
    answered: dict[str, str] = {}
    bought: list[str] = []
    with Shop(url) as shop:
        shop.register()
        shop.connect()
        shop.set_up()
        shop.list_item("STAPEL", quantity=500)
        killer = threading.Timer(0.3 + 0.17 * round_, process.kill)
        killer.start()
        try:
            for number in range(10_000):
                sku = f"REGAL{number}"
                if shop.put_item(sku).status_code == 201:
                    answered[sku] = ""
                created = shop.call("POST", f"{INVENTORY}/offer", shop.offer(sku))
                answered[sku] = created.json()["offerId"]
                bought.append(shop.control("POST", "/purchases", {"lines": [{"sku": "STAPEL"}]})["order_id"])
        except httpx2.TransportError:
            pass
        process.wait(10)
        tokens = shop.access_token
    assert answered
    process, url = launch(data)
    try:
        with Shop(url) as shop:
            shop.access_token = tokens
            truth = shop.truth()
            assert set(answered) <= {row["sku"] for row in truth["items"]}
            kept = {row["sku"]: row["offer_id"] for row in truth["offers"]}
            assert all(kept[sku] == offer_id for sku, offer_id in answered.items() if offer_id)
            orders = [row["order_id"] for row in truth["orders"]]
            assert set(bought) <= set(orders)
            assert truth["listings"][0]["variations"][0]["quantity"] == 500 - len(orders)
            assert shop.call("GET", f"{INVENTORY}/inventory_item").status_code == 200
    finally:
        process.kill()
        process.wait(10)
