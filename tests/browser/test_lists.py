"""The first page and the list of listings: figures, filters, columns, and what somebody sees who may only look."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser import chromium
from tests.browser.conftest import Window
from tests.browser.shop import Shop, Town

pytestmark = pytest.mark.xdist_group("browser")


def test_today_says_what_came_in_and_what_waits(page: Page, shop: Shop) -> None:
    page.goto("/today")
    figures = page.get_by_role("region", name="Kennzahlen")
    found = shop.office.get("/orders/figures", days=14, time_zone="Europe/Berlin")
    expect(figures).to_contain_text("Umsatz heute")
    expect(figures).to_contain_text("€")
    expect(figures.locator("div").filter(has_text="Zu versenden")).to_contain_text(str(found["to_ship"]))


def test_the_list_says_how_much_is_shown_and_keeps_its_columns(page: Page, shop: Shop) -> None:
    page.goto("/listings")
    expect(page.get_by_text(re.compile(r"^1 bis \d+ von \d+$"))).to_be_visible()
    page.get_by_role("button", name="Spalten wählen").click()
    page.get_by_role("checkbox", name="Nachgelesen").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("columnheader", name="Nachgelesen")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("columnheader", name="Geändert")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Nachgelesen")).to_have_count(0)


def test_a_phone_can_filter_too(window: Window, town: Town, shop: Shop) -> None:
    page = window(town.demo, size=chromium.PHONE)
    page.goto("/listings")
    expect(
        page.get_by_role("main").locator("a[href^='/listings/']").first
    ).to_be_visible()  # nothing moves any more
    page.get_by_role("button", name="Filter").tap()
    page.get_by_role("combobox", name="Marke").fill("Hafenleinen")
    page.get_by_role("option", name="Hafenleinen").tap()
    expect(page).to_have_url(re.compile("brand=Hafenleinen"))
    expect(page.get_by_role("button", name="Filter (1)")).to_be_visible()


def test_the_palette_begins_with_what_is_selected(page: Page, shop: Shop) -> None:
    page.goto("/listings")
    boxes = page.get_by_role("row").get_by_role("checkbox")
    boxes.nth(1).check()  # the first is the page's
    boxes.nth(2).check()
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog", name="Befehle und Suche")
    expect(palette).to_match_aria_snapshot("- text: Für 2 Ausgewählte")
    expect(palette).to_contain_text("Prüft zuerst, sendet dann")
    expect(palette.locator("[data-action][data-selected]")).to_contain_text("Veröffentlichen")
