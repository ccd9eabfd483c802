"""Somebody buys: the order stands in the inbox without a reload, and eBay hears of the parcel."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser import chromium
from tests.browser.conftest import Window
from tests.browser.shop import Shop, Town

from kontor.demo.once.http import wait_until

pytestmark = pytest.mark.xdist_group("browser")


def test_an_order_arrives_while_i_look_and_is_shipped(page: Page, shop: Shop) -> None:
    page.goto("/inbox")
    orders = page.get_by_role("region", name="Bestellungen")
    expect(orders.get_by_role("listitem").first).to_be_visible()
    page.evaluate("window.neverReloaded = true")
    number = shop.buy(shop.for_sale()[0])
    arrived = orders.get_by_role("listitem").filter(has_text=number)
    expect(arrived).to_be_visible(timeout=30_000)
    assert page.evaluate("window.neverReloaded") is True

    arrived.get_by_role("link").click()
    detail = page.get_by_role("region", name="Bestellung", exact=True)
    expect(detail).to_contain_text(number)
    detail.get_by_label("Versender").fill("DHL")
    detail.get_by_label("Sendungsnummer").fill("00340434161094042557")
    detail.get_by_role("button", name="Versand melden").click()
    expect(detail.get_by_text("Dem Kanal gemeldet")).to_be_visible(timeout=30_000)
    history = detail.get_by_role("region", name="Verlauf").get_by_role("listitem")
    expect(history.filter(has_text="Versand vorgemerkt")).to_have_count(1)
    expect(history.filter(has_text="Bestellung gelesen")).to_have_count(1)

    def parcels() -> list[dict[str, str]]:
        known = {row["order_id"]: row["fulfilments"] for row in shop.street.seller()["orders"]}
        return list(known[number])

    assert len(wait_until("eBay to know the parcel", parcels, seconds=20)) == 1
    page.get_by_text(re.compile("^Versandt")).first.click()
    expect(orders.get_by_role("listitem").filter(has_text=number)).to_be_visible()


def test_shipping_without_a_number_says_what_is_missing(page: Page, shop: Shop) -> None:
    number = shop.buy(shop.for_sale()[1])
    page.goto(f"/inbox?q={number}")
    page.get_by_role("region", name="Bestellungen").get_by_role("link").filter(has_text=number).click(
        timeout=30_000
    )
    detail = page.get_by_role("region", name="Bestellung", exact=True)
    detail.get_by_role("button", name="Versand melden").click()
    expect(detail.get_by_text("Bitte eintragen")).to_have_count(2)


def test_shipping_works_on_a_phone(window: Window, town: Town, shop: Shop) -> None:
    page = window(town.demo, size=chromium.PHONE)
    number = shop.buy(shop.for_sale()[3])
    page.goto("/inbox")
    page.get_by_role("region", name="Bestellungen").get_by_role("link").filter(has_text=number).tap()
    page.get_by_role("combobox", name="Versender").tap()
    page.keyboard.type("DHL")
    page.get_by_role("textbox", name="Sendungsnummer").tap()
    page.keyboard.type("00340434161094042558")
    page.get_by_role("button", name="Versand melden").tap()
    expect(page.get_by_text("Dem Kanal gemeldet")).to_be_visible(timeout=30_000)


def test_what_is_not_paid_can_not_be_shipped(page: Page, shop: Shop) -> None:
    page.goto("/inbox?tab=unpaid")
    page.get_by_role("region", name="Bestellungen").get_by_role("listitem").first.get_by_role("link").click()
    detail = page.get_by_role("region", name="Bestellung", exact=True)
    expect(detail.get_by_role("heading", name="Noch nicht bezahlt")).to_be_visible()
    expect(detail.get_by_role("button", name="Versand melden")).to_have_count(0)


def test_todays_page_shows_an_arrival(page: Page, shop: Shop) -> None:
    page.goto("/today")
    expect(page.get_by_role("heading", name="Heute", level=1)).to_be_visible()
    arrivals = page.get_by_role("region", name=re.compile("Eing"))
    number = shop.buy(shop.for_sale()[2])
    expect(arrivals.or_(page.get_by_role("main")).get_by_text(number).first).to_be_visible(timeout=30_000)
