"""A list of goods as a German Excel saves it becomes listings, and can be taken back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Window
from tests.browser.goods import GOODS
from tests.browser.shop import Town, new_office

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def page(window: Window, town: Town) -> Page:
    """A desk in an office that has nothing yet."""
    return window(new_office(town.tree, "Küstenweber"))


def upload(page: Page) -> None:
    page.goto("/imports")
    file = {"name": "waren.csv", "mimeType": "text/csv", "buffer": GOODS.encode("cp1252")}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(page.get_by_role("heading", name="waren.csv", level=1)).to_be_visible()


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()


def test_from_file_to_listings_and_back(page: Page) -> None:
    upload(page)
    expect(page.get_by_text(re.compile("CP1252|Windows-1252"))).to_be_visible()
    expect(page.get_by_role("combobox", name="Bezeichnung wird zu")).to_have_value("Titel")
    expect(page.get_by_role("combobox", name="Vaterartikel wird zu")).to_have_value("Nummer der Hauptware")
    choose(page, "Grammatur wird zu", "Merkmal „Grammatur“")
    expect(page.get_by_text("von Ihnen gewählt")).to_be_visible()

    page.get_by_role("textbox", name="Bestand").fill("7")
    page.get_by_role("textbox", name="Bestand").blur()
    choose(page, "Währung", "EUR")
    choose(page, "Zustand", "Neu")
    page.get_by_role("button", name="5 Zeilen einlesen").click()

    figures = page.locator("dl")
    expect(figures).to_contain_text("neu angelegt2")
    expect(figures).to_contain_text("Zeilen zurückgewiesen1")
    refused = (
        page.get_by_role("table")
        .filter(has_text="auf Anfrage")
        .or_(page.get_by_label("Zurückgewiesene Zeilen").get_by_role("table"))
        .first.get_by_role("row")
    )
    expect(refused.nth(1)).to_contain_text("6")
    expect(refused.nth(1)).to_contain_text("Preis")
    expect(refused.nth(1)).to_contain_text("KR-3")
    with page.expect_download() as download:
        page.get_by_role("button", name="Nur diese Zeilen herunterladen").click()
    mend = download.value.path().read_bytes()
    assert download.value.suggested_filename == "waren-zu-verbessern.csv"
    assert b"auf Anfrage" in mend
    assert b"HS-1" not in mend

    page.get_by_role("link", name="Hemd Föhr aus Leinen").click()
    page.get_by_role("tab", name="Varianten").click()
    expect(page.get_by_label("Varianten, Preis und Bestand")).to_contain_text("1059,90")
    page.go_back()
    page.go_back()

    page.get_by_role("button", name="Einlesen zurücknehmen").click()
    expect(figures).to_contain_text("archiviert2")
    page.goto("/listings")
    expect(page.get_by_text("Noch keine Angebote")).to_be_visible()


def test_the_mapping_is_remembered(page: Page) -> None:
    upload(page)
    choose(page, "Grammatur wird zu", "Merkmal „Grammatur“")
    page.get_by_role("textbox", name="Bestand").fill("3")
    page.get_by_role("textbox", name="Bestand").blur()
    choose(page, "Währung", "EUR")
    choose(page, "Zustand", "Neu")
    page.get_by_role("button", name="5 Zeilen einlesen").click()
    expect(page.get_by_role("button", name="Einlesen zurücknehmen")).to_be_visible()
    upload(page)
    expect(page.get_by_text("vom letzten Mal übernommen")).to_be_visible()
    expect(page.get_by_role("combobox", name="Grammatur wird zu")).to_have_value("Merkmal „Grammatur“")
    expect(page.get_by_text(re.compile("Artikelnummern gibt es schon"))).to_be_visible()


def test_what_is_no_table_is_refused_with_a_reason(page: Page) -> None:
    page.goto("/imports")
    picture = {"name": "foto.csv", "mimeType": "text/csv", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(400)}
    page.locator("input[type=file]").set_input_files(picture)  # type: ignore[arg-type]
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page).to_have_url(re.compile("/imports$"))
