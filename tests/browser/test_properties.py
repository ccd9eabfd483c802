"""An estate agent's day: a property is entered and mended, and who asks about it is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser import chromium
from tests.browser.conftest import Window
from tests.browser.shop import LogIn, SignedIn, Town, new_office
from tests.browser.test_pages import OVERFLOW, serious, settle

pytestmark = pytest.mark.xdist_group("browser")

FLAT: dict[str, Any] = {
    "reference": "FL-12",
    "kind": "flat",
    "marketing": "rent",
    "address": {"street": "Fährweg", "house_number": "12a", "postal_code": "28195", "city": "Bremen"},
    "areas": {"living_area": 84.5},
    "rooms": {"rooms": 3, "floor": 2},
    "prices": {"cold_rent": "1080.00", "service_charge": "190.00", "deposit": "3240.00"},
    "energy": {
        "state": "available",
        "kind": "demand",
        "value": 118.4,
        "energy_class": "D",
        "carrier": "Erdgas",
    },
    "texts": {"de": {"title": "Helle Wohnung am Fluss", "description": "Drei Zimmer, Südbalkon."}},
    "unknown": {"immobilie/freitexte/ampelfarbe": "grün"},
}


@dataclass(frozen=True, slots=True)
class Agency:
    """A business of its own with two properties."""

    log_in: LogIn
    office: SignedIn
    flat: str

    def hand_in(self, text: str, number: str, sender: str = "Nordportal <anfrage@portal.example>") -> None:
        """A mail as a mailbox's filter would hand it in."""
        message = EmailMessage()
        message["From"], message["Subject"] = sender, "Neue Anfrage"
        message["Message-ID"] = f"<{number}@portal.example>"
        message.set_content(text)
        file = ("anfrage.eml", message.as_bytes(), "message/rfc822")
        self.office.call("POST", "/enquiries/mails", files={"file": file})


@pytest.fixture(scope="module")
def agency(town: Town) -> Agency:
    """The estate agent."""
    log_in = new_office(town.tree, "Maklerei am Fluss")
    office = SignedIn(town.tree.web_url, log_in)
    flat = office.post("/properties", FLAT)
    like = {"reference": "FL-13", "texts": {"de": {"title": "Wohnung nebenan"}}, "unknown": {}}
    office.post("/properties", FLAT | like)
    return Agency(log_in, office, flat["id"])


def asks(name: str, number: str) -> str:
    """What a portal writes of a prospect."""
    return (
        f"Objekt-Nr.: {number}\nName: {name}\nE-Mail: ole@example.org\nNachricht: Ist die Wohnung noch frei?"
    )


def test_a_property_is_made_and_what_it_lacks_vanishes(window: Window, agency: Agency) -> None:
    page = window(agency.log_in)
    page.goto("/properties")
    page.get_by_role("link", name="Immobilie anlegen").click()
    page.get_by_label("Eigene Nummer").fill("HB-104")
    page.get_by_label("Ort", exact=True).fill("Bremen")
    page.get_by_role("button", name="Immobilie anlegen").click()
    expect(page.get_by_role("heading", name="Ohne Titel, HB-104", level=1)).to_be_visible()

    panel = page.get_by_role("complementary", name="Was fehlt")
    lacks = panel.get_by_text("Im Mietinserat muss die Miete stehen")
    expect(lacks).to_be_visible()
    panel.get_by_role("listitem").filter(has_text="die Miete stehen").get_by_role(
        "link", name="Zum Feld"
    ).click()
    rent = page.get_by_label("Kaltmiete", exact=True)
    expect(rent).to_be_focused()
    rent.fill("1.480")
    rent.blur()
    expect(lacks).to_have_count(0)
    expect(rent).to_have_value("1.480,00")
    expect(page.get_by_text("gespeichert")).to_be_visible()


def test_a_rent_is_changed_and_taken_back(window: Window, agency: Agency) -> None:
    page = window(agency.log_in)
    page.goto(f"/properties/{agency.flat}")
    rent = page.get_by_label("Kaltmiete", exact=True)
    expect(rent).to_have_value("1.080,00")
    rent.fill("sehr viel")
    rent.blur()
    expect(page.get_by_text("Das ist als Zahl nicht zu lesen")).to_be_visible()
    rent.fill("1.120,5")
    rent.blur()
    expect(rent).to_have_value("1.120,50")

    page.get_by_role("tab", name="Verlauf").click()
    newest = page.get_by_role("main").get_by_role("listitem").filter(has_text="Fassung").first
    expect(newest.locator("del")).to_contain_text("1.080,00")
    expect(newest.locator("ins")).to_contain_text("1.120,50")
    newest.get_by_role("button", name="Zurücknehmen").click()
    page.get_by_role("tab", name="Objekt").click()
    expect(rent).to_have_value("1.080,00")


def test_two_people_at_one_rent_see_both_values(window: Window, agency: Agency) -> None:
    page = window(agency.log_in)
    page.goto(f"/properties/{agency.flat}")
    charge = page.get_by_label("Nebenkosten", exact=True)
    expect(charge).to_have_value("190,00")
    page.context.set_offline(True)  # so that the other's change is not seen before ours is typed
    now = agency.office.get(f"/properties/{agency.flat}")["revision"]
    theirs = {"prices": {"service_charge": "210.00"}}
    agency.office.patch(f"/properties/{agency.flat}", theirs, **{"If-Match": f'"{now}"'})
    charge.fill("200")
    page.context.set_offline(False)
    charge.blur()
    mine = page.get_by_role("button", name="Ihr Wert")
    expect(mine.or_(page.get_by_text(re.compile("^gespeichert"))).first).to_be_visible()
    if mine.is_visible():
        mine.click()
    expect(charge).to_have_value("200,00")


def test_the_list_is_narrowed_by_the_address(window: Window, agency: Agency) -> None:
    page = window(agency.log_in)
    page.goto("/properties?kind=flat&price_from=1000&price_to=1100&city=Bremen")
    rows = page.get_by_role("region", name="Immobilien").get_by_role("row")
    expect(rows.filter(has_text="Helle Wohnung am Fluss")).to_have_count(1)
    page.goto("/properties?price_from=5000")
    expect(page.get_by_text("Nichts passt zu diesen Filtern")).to_be_visible()
    page.get_by_role("button", name="Filter zurücksetzen").click()
    expect(rows.filter(has_text="Wohnung nebenan")).to_have_count(1)


def test_an_enquiry_arrives_by_itself_and_is_bound_and_settled(window: Window, agency: Agency) -> None:
    page = window(agency.log_in)
    page.goto("/enquiries")
    expect(page.get_by_text("Alles beantwortet")).to_be_visible()
    agency.hand_in(asks("Ole Boje", "XX-1"), "m-1")
    row = page.get_by_role("listitem").filter(has_text="Ole Boje")
    expect(row).to_be_visible()
    row.get_by_role("link").click()
    detail = page.get_by_role("region", name="Anfrage", exact=True)
    expect(detail).to_contain_text("Ist die Wohnung noch frei?")
    detail.get_by_label("Objekt suchen").fill("FL-12")
    detail.get_by_role("button", name="Helle Wohnung am Fluss zuordnen").click()
    expect(detail.get_by_role("link", name="Helle Wohnung am Fluss")).to_be_visible()
    detail.get_by_role("button", name="Erledigen").click()
    expect(row).to_have_count(0)

    page.goto(f"/properties/{agency.flat}?tab=enquiries")
    expect(page.get_by_role("region", name="Anfragen")).to_contain_text("Ole Boje")


def test_a_mail_that_nobody_could_read_is_kept_and_settled(window: Window, agency: Agency) -> None:
    page = window(agency.log_in)
    page.goto("/enquiries?tab=mails")
    agency.hand_in("Unser Newsletter im November", "m-2", "Blatt <blatt@news.example>")
    row = page.get_by_role("listitem").filter(has_text="Neue Anfrage")
    expect(row).to_be_visible()
    row.get_by_role("link").click()
    mail = page.get_by_role("region", name="E-Mail")
    expect(mail).to_contain_text("Nichts darin sagt, wer fragt")
    with page.expect_download() as saved:
        mail.get_by_role("button", name="E-Mail herunterladen").click()
    assert "Newsletter" in saved.value.path().read_text()
    mail.get_by_role("button", name="Erledigen").click()
    expect(row).to_have_count(0)


def test_a_shop_of_goods_alone_finds_properties_by_the_command_bar(page: Page) -> None:
    page.goto("/listings")
    menu = page.get_by_role("navigation", name="Hauptmenü")
    expect(menu.get_by_role("link", name="Angebote")).to_be_visible()
    expect(menu.get_by_role("link", name="Immobilien")).to_have_count(0)
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_role("textbox").fill("Immobilien")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Noch keine Immobilie")).to_be_visible()
    expect(menu.get_by_role("link", name="Immobilien")).to_be_visible()


@pytest.mark.parametrize(
    ("scheme", "language", "size"),
    [("light", "de-DE", chromium.DESKTOP), ("dark", "fr-FR", chromium.PHONE)],
)
def test_axe_finds_nothing_serious(
    window: Window, agency: Agency, scheme: str, language: str, size: tuple[int, int]
) -> None:
    agency.hand_in(asks("Mia Müßig", "FL-12"), "m-3")
    page = window(agency.log_in, scheme=scheme, language=language, size=size)
    page.goto("/enquiries")
    page.get_by_role("listitem").filter(has_text="Mia Müßig").get_by_role("link").click()
    addresses = [page.url, "/properties", "/properties/new", "/enquiries?tab=mails"]
    tabs = ("object", "pictures", "texts", "enquiries", "history")
    addresses += [f"/properties/{agency.flat}?tab={tab}" for tab in tabs]
    found = {}
    for address in addresses:
        page.goto(address)
        settle(page)
        if faults := [*serious(page), *([f"wide: {wide}"] if (wide := page.evaluate(OVERFLOW)) else [])]:
            found[address] = faults
    assert not found
