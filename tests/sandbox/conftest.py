"""A sandbox for these tests, spoken to over HTTP alone, as any eBay client would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sandbox.listener import Listener
from tests.sandbox.shop import Shop

import kontor_sandbox


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kontor_sandbox.RunningSandbox]:
    running = kontor_sandbox.start(tmp_path_factory.mktemp("sandbox"))
    yield running
    running.stop()


@pytest.fixture
def shop(sandbox: kontor_sandbox.RunningSandbox) -> Iterator[Shop]:
    """A consented seller on EBAY_DE in an empty sandbox, without policies and goods."""
    with Shop(sandbox.url) as opened:
        opened.control("POST", "/reset")
        opened.register()
        opened.connect()
        yield opened


@pytest.fixture
def ready_shop(shop: Shop) -> Shop:
    """A seller that could publish."""
    shop.set_up()
    return shop


@pytest.fixture
def listener() -> Iterator[Listener]:
    """An endpoint that takes notifications."""
    running = Listener()
    yield running
    running.server.shutdown()


@pytest.fixture(scope="session")
def specs() -> Path:
    """The marketplace's own descriptions, where somebody put them."""
    folder = Path(__file__).resolve().parents[2].parent / "shared" / "specs" / "ebay"
    if not folder.is_dir():
        pytest.skip(f"no OpenAPI files at {folder}")
    return folder
