"""Takes pictures of pages of a running Kontor: `shots.py BASE OUT NAME=PATH… [--scheme dark] [--phone] [--language fr]`."""

import argparse
import os
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
]  # fmt: skip


def sign_in(page: Page, base: str, email: str, password: str) -> None:
    page.goto(f"{base}/login")
    page.locator("input[type=email]").fill(email)
    page.locator("input[type=password]").fill(password)
    page.locator("button[type=submit]").click()
    page.wait_for_url(lambda url: "/login" not in url)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base")
    parser.add_argument("out", type=Path)
    parser.add_argument("pages", nargs="+", metavar="NAME=PATH")
    parser.add_argument("--scheme", choices=["light", "dark"], default="light")
    parser.add_argument("--phone", action="store_true")
    parser.add_argument("--language", choices=["de", "en", "fr"], default="de")
    options = parser.parse_args()
    email, password = os.environ.get("KONTOR_EMAIL"), os.environ.get("KONTOR_PASSWORD")
    size = {"width": 390, "height": 844} if options.phone else {"width": 1440, "height": 900}
    options.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        context = browser.new_context(
            viewport=size, color_scheme=options.scheme, reduced_motion="reduce", locale=options.language,
            is_mobile=options.phone, has_touch=options.phone,
        )  # fmt: skip
        page = context.new_page()
        page.on("pageerror", lambda error: print("ERROR", error))
        page.on("console", lambda line: print("console", line.text) if line.type == "error" else None)
        if email and password:
            sign_in(page, options.base, email, password)
        for entry in options.pages:
            name, path = entry.split("=", 1)
            page.goto(options.base + path)
            page.wait_for_load_state("networkidle")
            page.evaluate("document.fonts.ready")
            page.screenshot(path=options.out / f"{name}.png")
            wide = page.evaluate(
                "(() => { const m = document.querySelector('main'); return m ? m.scrollWidth - m.clientWidth : 0 })()"
            )
            if wide > 1:
                print(f"WIDE {name}: {wide}px")
        browser.close()


if __name__ == "__main__":
    main()
