"""Every path by keys: the command bar, the keys of the page, and rows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.shop import Shop

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def listings(page: Page, shop: Shop) -> Page:
    """The list of listings, drawn."""
    page.goto("/listings")
    expect(page.get_by_role("row").nth(3)).to_be_visible()
    return page


def test_the_command_bar_goes_places(listings: Page) -> None:
    listings.keyboard.press("Control+k")
    search = listings.get_by_role("searchbox").or_(listings.get_by_placeholder("Suchen oder Befehl eingeben"))
    search.first.fill("Kanäle")
    listings.keyboard.press("Enter")
    expect(listings.get_by_role("heading", name="Kanäle", level=1)).to_be_visible()


def test_the_command_bar_finds_goods(listings: Page) -> None:
    listings.keyboard.press("Control+k")
    listings.get_by_placeholder("Suchen oder Befehl eingeben").fill("Teekanne")
    listings.get_by_role("dialog").get_by_text("Teekanne Holstentor, 1 Liter").click()
    expect(listings.get_by_role("heading", name="Teekanne Holstentor, 1 Liter", level=1)).to_be_visible()


@pytest.mark.parametrize(
    ("second", "heading"),
    [
        ("h", "Heute"),
        ("p", "Posteingang"),
        ("v", "Veröffentlichen"),
        ("k", "Kanäle"),
        ("j", "Vorgänge"),
        ("a", "Angebote"),
    ],
)
def test_g_and_a_letter_go(listings: Page, second: str, heading: str) -> None:
    listings.keyboard.press("g")
    listings.keyboard.press(second)
    expect(listings.get_by_role("heading", name=heading, level=1)).to_be_attached()


def test_the_question_mark_shows_all_keys(listings: Page) -> None:
    listings.keyboard.press("?")
    keys = listings.get_by_role("dialog", name="Alle Tasten")
    expect(keys).to_contain_text("Posteingang")
    expect(keys).to_contain_text("Nächste Zeile")
    listings.keyboard.press("Escape")
    expect(keys).to_have_count(0)


def test_single_keys_rest_where_they_are_switched_off(listings: Page) -> None:
    listings.keyboard.press("?")
    listings.get_by_role("dialog").get_by_role("switch", name="Einzelne Tasten benutzen").uncheck()
    listings.keyboard.press("Escape")
    expect(listings.get_by_role("dialog")).to_have_count(0)
    listings.keyboard.press("g")
    listings.keyboard.press("h")
    listings.keyboard.press("Control+k")
    expect(listings.get_by_placeholder("Suchen oder Befehl eingeben")).to_be_visible()
    expect(listings).to_have_url(re.compile("/listings"))


def test_rows_are_walked_picked_and_opened(listings: Page) -> None:
    listings.keyboard.press("j")
    listings.keyboard.press("j")
    listings.keyboard.press(" ")
    expect(listings.get_by_role("toolbar")).to_contain_text("1 ausgewählt")
    listings.keyboard.press("Escape")
    expect(listings.get_by_role("toolbar")).to_have_count(0)
    listings.keyboard.press("Enter")
    expect(listings).to_have_url(re.compile("/listings/[0-9a-f-]{36}"))
