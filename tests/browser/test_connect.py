"""Connect eBay: its consent page, what the account lacks, and green only after a real call."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Window
from tests.browser.shop import Town, new_office

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def page(window: Window, town: Town) -> Page:
    """A desk in an office without any connection."""
    return window(new_office(town.tree, "Maison Brandt"))


def to_the_consent_page(page: Page) -> None:
    page.goto("/channels")
    expect(page.get_by_text("Noch kein Kanal verbunden")).to_be_visible()
    page.get_by_role("button", name="Kanal verbinden").first.click()
    drawer = page.get_by_role("dialog", name="Kanal verbinden")
    drawer.get_by_role("combobox", name="Marktplatz").click()
    page.get_by_role("option", name=re.compile("Frankreich")).click()
    drawer.get_by_role("button", name="Weiter zu eBay").click()
    expect(page.get_by_role("heading", name="Autoriser l'accès")).to_be_visible()


def test_from_connect_to_ready(page: Page) -> None:
    to_the_consent_page(page)
    page.get_by_label(re.compile("Atelier Lyon")).check()
    page.get_by_role("button", name="Accepter").click()

    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("atelier-lyon")
    ready = drawer.get_by_text("Einsatzbereit", exact=True)
    missing = drawer.get_by_role("button", name="Bei eBay anlegen")
    expect(ready.or_(missing).first).to_be_visible()
    expect(ready).to_have_count(0)  # agreed is not proven
    while left := missing.count():  # some are wanted only when another is there
        missing.first.click()
        expect(missing).not_to_have_count(left)
    expect(ready).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("row", name=re.compile("atelier-lyon"))).to_contain_text("Einsatzbereit")


def test_who_declines_comes_back_to_words(page: Page) -> None:
    to_the_consent_page(page)
    page.get_by_role("button", name="Refuser").click()
    expect(page.get_by_role("heading", name="Kanäle", level=1)).to_be_visible()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_text("Noch kein Kanal verbunden")).to_be_visible()


def test_a_price_rule_is_kept(window: Window, town: Town, shop: object) -> None:
    page = window(town.demo)
    page.goto("/channels")
    page.get_by_role("button", name="Öffnen").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("combobox", name="Kurs hinzufügen").click()
    page.get_by_role("option", name="USD").click()
    drawer.get_by_label("1 USD in EUR").fill("0,92")
    drawer.get_by_role("button", name="Preisregel speichern").click()
    expect(page.get_by_text("Die Preisregel gilt ab jetzt.")).to_be_visible()
    page.reload()
    expect(drawer.get_by_label("1 USD in EUR")).to_have_value("0,92")


def test_the_call_log_shows_what_was_said_and_no_secret(window: Window, town: Town, shop: object) -> None:
    page = window(town.demo)
    page.goto("/channels")
    page.get_by_role("button", name="Aufrufbuch").click()
    log = page.get_by_role("dialog", name="Aufrufbuch")
    call = log.get_by_role("listitem").filter(has_text="/sell/").first
    call.locator("summary").click()
    expect(call.get_by_role("region", name="Antwort")).to_be_visible()
    expect(log).not_to_contain_text("Bearer")
    log.get_by_role("button", name="Mehr laden").click()
    expect(log.get_by_role("listitem")).not_to_have_count(25)


def test_practising_needs_no_account_of_ones_own(page: Page) -> None:
    page.goto("/channels")
    page.get_by_role("region", name="Ohne Konto üben").get_by_role("button", name="Einschalten").click()
    expect(page.get_by_label(re.compile("Werkhof Berlin|werkhof-berlin"))).to_be_visible()
