"""One product: its variants as a spreadsheet, its history, and the way back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.shop import Shop

pytestmark = pytest.mark.xdist_group("browser")


def open_product(page: Page, shop: Shop, reference: str, tab: str = "") -> None:
    listing_id = shop.merchant.listings()[reference]
    page.goto(f"/listings/{listing_id}" + (f"?tab={tab}" if tab else ""))


def test_a_price_is_changed_by_keys_alone(page: Page, shop: Shop) -> None:
    open_product(page, shop, "WL-2210", "variants")
    matrix = page.get_by_label("Varianten, Preis und Bestand")
    cells = matrix.locator("tbody td[tabindex]")
    cells.first.click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    changed = matrix.locator("td:focus")
    before = changed.inner_text()
    page.keyboard.type("45,50")
    page.keyboard.press("Enter")
    expect(page.get_by_text("gespeichert")).to_be_visible()
    expect(matrix.get_by_text("45,50")).to_have_count(1)
    assert before != "45,50"

    page.get_by_role("tab", name="Verlauf").click()
    newest = (
        page.get_by_role("tabpanel")
        .or_(page.get_by_role("main"))
        .get_by_role("listitem")
        .filter(has_text="Fassung")
    )
    expect(newest.first).to_contain_text("Marlene Thomsen")
    newest.first.get_by_role("button", name="Zurücknehmen").click()
    page.get_by_role("tab", name="Varianten").click()
    expect(matrix.get_by_text("45,50")).to_have_count(0)


def test_escape_discards_what_was_typed(page: Page, shop: Shop) -> None:
    open_product(page, shop, "WL-2214", "variants")
    matrix = page.get_by_label("Varianten, Preis und Bestand")
    first = matrix.locator("tbody td[tabindex]").first
    before = first.inner_text()
    first.click()
    page.keyboard.type("99")
    page.keyboard.press("Escape")
    expect(first).to_have_text(before)
    expect(page.get_by_text("gespeichert")).to_have_count(0)


def test_a_title_is_saved_on_leaving_the_field(page: Page, shop: Shop) -> None:
    open_product(page, shop, "PS-7130")
    title = page.get_by_label("Titel", exact=True)
    title.fill("Stiftebecher Kajüte aus Kork")
    title.blur()
    expect(page.get_by_role("heading", name="Stiftebecher Kajüte aus Kork", level=1)).to_be_visible()
    expect(page.get_by_text("gespeichert")).to_be_visible()


def test_two_people_at_one_field_see_both_values(page: Page, shop: Shop) -> None:
    open_product(page, shop, "KK-8120")
    expect(page.get_by_role("heading", level=1)).to_have_text("Teedose Ostindien, 250 g")
    listing = shop.office.get(f"/listings/{shop.merchant.listings()['KK-8120']}")
    page.context.set_offline(True)  # so that the other's change is not seen before ours is typed
    shop.office.patch(
        f"/listings/{listing['id']}", {"mpn": "von drüben"}, **{"If-Match": f'"{listing["revision"]}"'}
    )
    number = page.get_by_label("Herstellernummer")
    number.fill("von hier")
    page.context.set_offline(False)
    number.blur()
    conflict = page.get_by_role("button", name=re.compile("^Ihr Wert von hier"))
    expect(conflict.or_(page.get_by_text("gespeichert")).first).to_be_visible()


def test_the_channels_stand_beside_the_form(page: Page, shop: Shop) -> None:
    row = next(row for row in shop.merchant.publications().values() if row["state"] == "live")
    page.goto(f"/listings/{row['listing_id']}")
    panel = page.get_by_role("complementary", name="Kanäle")
    expect(panel).to_contain_text("Live")
    page.get_by_role("tab", name="Verlauf").click()
    expect(page.get_by_text(f"online als {row['external_id']}")).to_be_visible()


def test_the_history_shows_both_values_and_leads_back(page: Page, shop: Shop) -> None:
    open_product(page, shop, "TH-5110")
    number = page.get_by_label("Herstellernummer")
    before = number.input_value()
    number.fill("TH-NEU-1")
    number.blur()
    expect(page.get_by_text("gespeichert")).to_be_visible()

    page.get_by_role("tab", name="Verlauf").click()
    newest = page.get_by_role("main").get_by_role("listitem").filter(has_text="Fassung").first
    expect(newest.locator("del")).to_have_text(before or "leer")
    expect(newest.locator("ins")).to_have_text("TH-NEU-1")
    older = page.get_by_role("main").get_by_role("button", name="Auf diese Fassung zurück")
    older.first.click()
    page.get_by_role("tab", name="Ware").click()
    expect(number).to_have_value(before)


def test_a_category_is_searched_by_words_and_picked(page: Page, shop: Shop) -> None:
    open_product(page, shop, "PS-7130")
    sheet = page.get_by_role("region", name="Kategorien")
    sheet.get_by_role("button", name="suchen").click()
    sheet.get_by_label("Kategorie auf DE suchen").fill("Kochschürze")
    found = sheet.get_by_label("Gefundene Kategorien").get_by_role("button", name="wählen").first
    name = (found.get_attribute("aria-label") or "").removesuffix(" wählen")
    found.click()
    expect(sheet.get_by_text("von Ihnen gewählt")).to_be_visible()
    expect(sheet.get_by_text(name, exact=True)).to_be_visible()
    expect(sheet.get_by_label("Gefundene Kategorien")).to_have_count(0)


def test_attributes_follow_a_newly_picked_category(page: Page, shop: Shop) -> None:
    open_product(page, shop, "KK-8110")
    attributes = page.get_by_role("region", name="Merkmale")
    asked = attributes.get_by_text(re.compile("eBay DE (verlangt es|nimmt es an)"))
    expect(asked.first).to_be_visible()
    attributes.get_by_role("button", name=re.compile("weitere.* der Kategorie")).click()
    labels = attributes.locator("label")
    before = labels.all_inner_texts()

    sheet = page.get_by_role("region", name="Kategorien")
    sheet.get_by_role("button", name="suchen").click()
    sheet.get_by_label("Kategorie auf DE suchen").fill("Gürtel")
    sheet.get_by_label("Gefundene Kategorien").get_by_role("button", name="wählen").first.click()
    expect(sheet.get_by_text("von Ihnen gewählt")).to_be_visible()
    expect(labels).not_to_have_text(before)
    expect(asked.first).to_be_visible()


def test_what_the_channels_show_follows_the_cell(page: Page, shop: Shop) -> None:
    open_product(page, shop, "WL-2214", "variants")
    shows = page.get_by_role("region", name=re.compile("^Was die Kanäle zeigen"))
    expect(shows.get_by_role("heading")).to_contain_text("Marine")
    expect(shows.get_by_role("row").nth(1)).to_contain_text("18,50")
    matrix = page.get_by_label("Varianten, Preis und Bestand")
    matrix.locator("tbody tr").nth(1).locator("td").first.click()
    expect(shows.get_by_role("heading")).to_contain_text("Ziegel")


def test_prices_change_by_a_percentage_and_back(page: Page, shop: Shop) -> None:
    open_product(page, shop, "WL-2214", "variants")
    matrix = page.get_by_label("Varianten, Preis und Bestand")
    matrix.locator("tbody tr").first.locator("td").first.click()
    page.keyboard.press("Shift+ArrowDown")
    expect(page.get_by_text("2 Preise gewählt:")).to_be_visible()
    page.get_by_role("button", name="Um % ändern").click()
    page.get_by_label("Änderung in %").fill("10")
    page.get_by_role("button", name="Anwenden").click()
    expect(matrix.get_by_text("20,35")).to_have_count(2)
    page.get_by_role("button", name="Rückgängig").click()
    expect(matrix.get_by_text("20,35")).to_have_count(0)
