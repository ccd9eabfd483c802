"""In and out: logging in, addresses that lead nowhere, languages, leaving."""

from __future__ import annotations

import re
import uuid

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Window
from tests.browser.shop import Shop, Town, new_office

pytestmark = pytest.mark.xdist_group("browser")


def test_logging_in_by_keyboard_alone(window: Window, town: Town) -> None:
    page = window()
    page.goto("/listings?view=drafts")
    expect(page).to_have_url(re.compile("/login"))
    page.get_by_label("E-Mail").focus()
    page.keyboard.type(town.demo.email)
    page.keyboard.press("Tab")
    page.keyboard.type(town.demo.password)
    page.keyboard.press("Enter")
    # In whatever language this person chose last: it goes with the person, not with the window.
    expect(
        page.get_by_role("heading", name=re.compile("Angebote|Annonces|Listings"), level=1)
    ).to_be_visible()
    expect(page).to_have_url(re.compile(r"/listings\?view=drafts"))  # on to where I wanted to go


def test_a_wrong_password_says_so_and_keeps_what_was_typed(window: Window, town: Town) -> None:
    page = window()
    page.goto("/login")
    page.get_by_label("E-Mail").fill(town.demo.email)
    page.get_by_label("Kennwort", exact=True).fill("Leinen-und-Meer")
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("alert")).to_contain_text("Kennwort")
    expect(page.get_by_label("E-Mail")).to_have_value(town.demo.email)


def test_the_log_in_page_speaks_three_languages(window: Window) -> None:
    page = window(language="fr-FR")
    page.goto("/login")
    expect(page.get_by_role("heading", level=1)).to_have_text("Connexion")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.get_by_text("English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_text("Deutsch").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anmelden")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anmelden")


def test_leaving_shuts_the_door(window: Window, town: Town) -> None:
    page = window(new_office(town.tree, "Brandt & Söhne"))
    page.goto("/today")
    page.get_by_role("button", name="Brandt & Söhne").click()
    page.get_by_role("menuitem", name="Abmelden").click()
    expect(page.get_by_role("heading", name="Anmelden", level=1)).to_be_visible()
    page.goto("/listings")
    expect(page).to_have_url(re.compile("/login"))


def test_an_address_that_leads_nowhere(window: Window, town: Town) -> None:
    page = window(town.demo)
    page.goto("/nirgends")
    expect(page.get_by_role("heading", name="Diese Seite gibt es nicht", level=1)).to_be_visible()
    page.get_by_role("link", name="Zu Heute").click()
    expect(page).to_have_url(re.compile("/today"))


@pytest.mark.parametrize("room", ["listings", "inbox", "imports"])
def test_what_is_not_there_is_said_in_words(window: Window, town: Town, room: str) -> None:
    page = window(town.demo)
    page.goto(f"/{room}/{uuid.UUID(int=7)}")
    expect(page.get_by_role("alert")).to_contain_text("not_found")


def test_another_business_sees_nothing_of_ours(window: Window, town: Town, shop: Shop) -> None:
    ours = shop.office.get("/listings")["items"][0]
    page = window(new_office(town.tree, "Fremdes Haus"))
    page.goto(f"/listings/{ours['id']}")
    expect(page.get_by_role("alert")).to_contain_text("not_found")
    expect(page.get_by_text(ours["title"])).to_have_count(0)
