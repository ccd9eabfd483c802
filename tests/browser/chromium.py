"""The distribution's own Chromium: where it is, how it is started, and what is said where it is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

MISSING: Final = "there is no Chromium on this machine; get it with `apt install chromium`"
DESKTOP: Final = (1440, 900)
PHONE: Final = (390, 844)
_QUIET: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
)


def find() -> str | None:
    """Path of the browser, if this machine has one."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def started(path: str) -> Iterator[Browser]:
    """A browser without a window. Root has no use of its sandbox, and Chromium refuses to start with it."""
    flags = [*_QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


def person(
    browser: Browser,
    address: str,
    *,
    language: str = "de-DE",
    scheme: str = "light",
    size: tuple[int, int] = DESKTOP,
) -> BrowserContext:
    """A browser of one person: nobody is signed in, nothing is remembered."""
    context = browser.new_context(
        base_url=address,
        locale=language,
        timezone_id="Europe/Berlin",
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        viewport={"width": size[0], "height": size[1]},
        has_touch=size == PHONE,
    )
    context.set_default_timeout(15_000)
    context.set_default_navigation_timeout(30_000)
    return context


def sign_in(page: Page, email: str, password: str) -> None:
    """Asks for a session as the log-in page does; the cookie stays with the window. Where a page is open, it goes on.

    The person wants what this window is: its language, the theme of its system, and no tour.
    """
    answer = page.request.post("/api/v1/auth/login", data={"email": email, "password": password})
    if not answer.ok:
        raise RuntimeError(f"could not log in: {answer.status} {answer.text()}")
    wanted = {"language": page.evaluate("navigator.language")[:2], "theme": "system", "tour_done": True}
    token = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    answer = page.request.patch("/api/v1/me/preferences", data=wanted, headers=token)
    if not answer.ok:
        raise RuntimeError(f"could not say what I prefer: {answer.status} {answer.text()}")
    page.add_init_script("if (self === top) localStorage.setItem('kontor.signedIn', 'yes')")
