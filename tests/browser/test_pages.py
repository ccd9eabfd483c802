"""Every page, in both themes, for everybody: axe, three languages, a phone's width."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser import chromium
from tests.browser.conftest import Window
from tests.browser.shop import Shop, Town

pytestmark = pytest.mark.xdist_group("browser")

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
UNTRANSLATED = re.compile(r"\{\{\w+\}\}|\b(?:state|matrix|column|setup|need|jobKind)\.\w+")
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def _product(tab: str) -> Callable[[Shop], str]:
    return lambda shop: f"/listings/{shop.merchant.listings()['WL-2210']}{tab}"


def _order(shop: Shop) -> str:
    return f"/inbox/{next(row['id'] for row in shop.merchant.orders() if row['state'] == 'to_ship')}"


def _job(shop: Shop) -> str:
    return f"/jobs/{shop.office.get('/jobs', status='done')['items'][0]['id']}?tab=done"


def _at(address: str) -> Callable[[Shop], str]:
    return lambda _: address


PAGES: dict[str, Callable[[Shop], str]] = {
    "today": _at("/today"),
    "listings": _at("/listings"),
    "archive": _at("/listings?view=archived"),
    "new listing": _at("/listings/new"),
    "product": _product(""),
    "variants": _product("?tab=variants"),
    "pictures": _product("?tab=pictures"),
    "texts": _product("?tab=texts"),
    "history": _product("?tab=history"),
    "imports": _at("/imports"),
    "publish": _at("/publish"),
    "channels": _at("/channels"),
    "connect": _at("/channels?connect=ebay"),
    "inbox": _at("/inbox"),
    "order": _order,
    "jobs": _at("/jobs"),
    "job": _job,
    "planned jobs": _at("/jobs?tab=planned"),
    "more": _at("/more"),
    "states": _at("/states"),
    "lost": _at("/nirgends"),
}


def settle(page: Page) -> None:
    """Until the page shows its facts: a heading, and no skeleton (but the one that the page of states shows)."""
    expect(page.locator("h1").first).to_be_attached()
    expect(page.locator("[aria-busy=true]"), page.url).to_have_count(int(page.url.endswith("/states")))
    page.wait_for_load_state("networkidle")


def serious(page: Page) -> list[str]:
    """What axe holds against the page, as rule and place."""
    page.evaluate(
        AXE.read_text("utf-8")
    )  # not as a script of the page: its policy would refuse that, rightly
    found: list[dict[str, Any]] = page.evaluate("axe.run().then(result => result.violations)")
    return [
        f"{rule['id']} at {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"][:3]
    ]


@pytest.mark.parametrize(("scheme", "language"), [("light", "de-DE"), ("dark", "en-GB")])
def test_axe_finds_nothing_serious(
    window: Window, town: Town, shop: Shop, scheme: str, language: str
) -> None:
    page = window(town.demo, scheme=scheme, language=language)
    found = {}
    for name, address in PAGES.items():
        page.goto(address(shop))
        settle(page)
        if faults := serious(page):
            found[name] = faults
    assert not found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_before_the_door(window: Window, scheme: str) -> None:
    page = window(scheme=scheme)
    page.goto("/login")
    settle(page)
    assert not serious(page)


@pytest.mark.parametrize("language", ["de-DE", "fr-FR"])
def test_a_phone_shows_all_of_it_in_words(window: Window, town: Town, shop: Shop, language: str) -> None:
    page = window(town.demo, size=chromium.PHONE, language=language)
    wide, bare = {}, {}
    for name, address in PAGES.items():
        page.goto(address(shop))
        settle(page)
        if pixels := page.evaluate(OVERFLOW):
            wide[name] = pixels
        if keys := UNTRANSLATED.findall(page.locator("body").inner_text()):
            bare[name] = keys
    assert not wide
    assert not bare


def test_a_phone_has_its_rooms_at_the_foot(window: Window, town: Town) -> None:
    page = window(town.demo, size=chromium.PHONE)
    page.goto("/today")
    tabs = page.get_by_role("navigation", name="Hauptmenü")
    expect(tabs.get_by_role("link")).to_have_count(5)
    for name in ("Posteingang", "Angebote", "Kanäle", "Mehr", "Heute"):
        tabs.get_by_role("link", name=re.compile(f"^{name}")).tap()
        expect(page.get_by_role("heading", name=name, level=1)).to_be_attached()
    box = tabs.get_by_role("link").first.bounding_box()
    assert box
    assert box["height"] >= 40


@pytest.mark.parametrize(
    ("choice", "language", "words"),
    [
        ("English", "en", ["Listings", "Inbox", "Channels", "Jobs"]),
        ("Français", "fr", ["Annonces", "Canaux"]),
    ],
)
def test_the_language_changes_at_once_and_stays(
    page: Page, shop: Shop, choice: str, language: str, words: list[str]
) -> None:
    page.goto("/today")
    page.get_by_role("button", name="Hafenkontor Demo").click()
    page.get_by_role("menu").get_by_text(choice).click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.keyboard.press("Escape")
    for word in words:
        expect(page.get_by_role("link", name=re.compile(f"^{word}"))).not_to_have_count(0)
    page.goto("/listings")
    expect(page.locator("html")).to_have_attribute("lang", language)


def test_dark_is_chosen_and_kept(page: Page) -> None:
    page.goto("/today")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Hafenkontor Demo").click()
    page.get_by_role("menu").get_by_text("Dunkel").click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    assert page.evaluate(ground) != light
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
