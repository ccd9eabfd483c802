"""One running product and one browser for all tests of this folder; each test has a person's own window."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser import chromium
from tests.browser.shop import LogIn, Shop, Town, running

BUILT = Path(__file__).parents[2] / "web" / "dist" / "index.html"
SECONDS = 1000
expect.set_options(timeout=15 * SECONDS)

Window = Callable[..., Page]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, or a sentence about how to get it: a skip for a person, a failure where everything must be tested."""
    path = chromium.find()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(f"The browser tests can't run: {chromium.MISSING}.")
        pytest.skip(chromium.MISSING)
    if not BUILT.exists():
        pytest.fail("The web UI is not built: run `make web`.")
    with chromium.started(path) as browser:
        yield browser


@pytest.fixture(scope="package")
def town(browser: Browser) -> Iterator[Town]:
    """The product runs, with the demo's goods in it. After `browser`, so that nothing starts where there is none."""
    with running() as town:
        yield town


@pytest.fixture(scope="package")
def shop(town: Town) -> Shop:
    """The demo's shop, open: connected, with live listings and orders."""
    shop = Shop(town)
    shop.open()
    return shop


@pytest.fixture
def window(browser: Browser, town: Town) -> Iterator[Window]:
    """Opens a window for a person, signed in where a log-in is given. Errors of the page's scripts fail the test."""
    opened: list[BrowserContext] = []
    failures: list[str] = []

    def open_window(
        log_in: LogIn | None = None,
        *,
        language: str = "de-DE",
        scheme: str = "light",
        size: tuple[int, int] = chromium.DESKTOP,
    ) -> Page:
        context = chromium.person(browser, town.tree.web_url, language=language, scheme=scheme, size=size)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        if log_in:
            chromium.sign_in(page, log_in.email, log_in.password)
        return page

    yield open_window
    for context in opened:
        context.close()
    assert not failures, failures


@pytest.fixture
def page(window: Window, town: Town) -> Page:
    """A desk in the demo's shop, in German."""
    return window(town.demo)
