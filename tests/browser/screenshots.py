"""`python -m tests.browser.screenshots [NAME…]`: the pictures in `docs/screenshots/`, taken from a demo shop at work."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser import chromium
from tests.browser.goods import GOODS
from tests.browser.shop import Shop, Town, running

FOLDER: Final = Path(__file__).parents[2] / "docs" / "screenshots"
MOST_BYTES: Final = 250_000
PHONES: Final = ("today", "listings", "product", "inbox", "channels", "login")


def addresses(shop: Shop) -> dict[str, str]:
    """Where each picture is taken."""
    order = next(row["id"] for row in shop.merchant.orders() if row["state"] == "to_ship")
    run = next(row["id"] for row in shop.office.get("/jobs", status="done", kind="publishing.run")["items"])
    file = {"file": ("waren-herbst.csv", GOODS.encode("cp1252"), "text/csv")}
    listing = shop.office.call("POST", "/imports", files=file)["id"]
    shop.office.put(
        f"/imports/{listing}/mapping", {"defaults": {"quantity": 5, "currency": "EUR", "condition": "new"}}
    )
    return {
        "today": "/today",
        "listings": "/listings",
        "product": f"/listings/{shop.merchant.listings()['WL-2210']}?tab=variants",
        "import": f"/imports/{listing}",
        "publish": "/publish",
        "channels": "/channels",
        "connect": "/channels?connect=ebay",
        "inbox": f"/inbox/{order}",
        "jobs": f"/jobs/{run}?tab=done",
    }


def take(page: Page, address: str, file: Path) -> None:
    """One picture, in a palette of 256 colours. Raises ValueError where it is too heavy for a repository."""
    page.goto(address)
    expect(page.locator("h1").first).to_be_attached()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.evaluate("document.querySelectorAll('img').forEach(image => { image.loading = 'eager' })")
    for picture in page.locator("img").all():
        expect(picture).to_have_js_property("complete", True)
    drawn = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    drawn.quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)
    if file.stat().st_size > MOST_BYTES:
        raise ValueError(f"{file.name} has {file.stat().st_size} bytes, and may have {MOST_BYTES}")


def windows(browser: Browser, town: Town) -> Iterator[tuple[str, Callable[[], BrowserContext]]]:
    """The three kinds of pictures, by the end of their name."""
    home = town.tree.web_url
    yield "light", lambda: chromium.person(browser, home)
    yield "dark", lambda: chromium.person(browser, home, scheme="dark")
    yield "phone", lambda: chromium.person(browser, home, size=chromium.PHONE)


def main(names: list[str]) -> None:
    """Takes all pictures, or those of the pages that are named."""
    path = chromium.find()
    if path is None:
        raise SystemExit(f"No pictures: {chromium.MISSING}.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running() as town, chromium.started(path) as browser:
        shop = Shop(town)
        shop.open()
        shop.meet_trouble()
        pages = {name: at for name, at in addresses(shop).items() if not names or name in names}
        for kind, window in windows(browser, town):
            with window() as stranger:
                if not names or "login" in names:
                    take(stranger.new_page(), "/login", FOLDER / f"login-{kind}.png")
            with window() as context:
                page = context.new_page()
                chromium.sign_in(page, town.demo.email, town.demo.password)
                for name, address in pages.items():
                    if kind != "phone" or name in PHONES:
                        take(page, address, FOLDER / f"{name}-{kind}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
