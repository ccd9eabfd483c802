"""From a selection to live listings, watched without a reload; and off again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.shop import Shop

pytestmark = pytest.mark.xdist_group("browser")

WOOL = ("Schal Deichgraf", "Strickmütze Boje", "Fingerhandschuhe Lotse")


def select(page: Page, *titles: str) -> None:
    for title in titles:
        page.get_by_role("checkbox", name=re.compile(f"^{title}.* wählen")).check()


def test_problems_are_mended_and_goods_go_live(page: Page, shop: Shop) -> None:
    page.goto("/listings?brand=Möwenwolle")
    page.goto("/listings?q=Möwenwolle")
    select(page, *WOOL)
    expect(page.get_by_role("toolbar")).to_contain_text("3 ausgewählt")
    page.keyboard.press("p")
    expect(page.get_by_role("heading", name="Veröffentlichen", level=1)).to_be_visible()
    grid = page.get_by_role("region", name="Angebote und Kanäle")
    for title in WOOL:
        expect(grid.get_by_role("button", name=re.compile(f"^{title}"))).to_contain_text("1 Problem")
    expect(page.get_by_role("button", name="0 senden")).to_be_disabled()

    grid.get_by_role("button", name=re.compile("^Schal Deichgraf")).click()
    inspector = page.get_by_role("complementary", name="Prüfung")
    expect(inspector).to_contain_text("Abteilung")
    expect(inspector).to_contain_text("ebay.aspect.missing")
    inspector.get_by_role("link", name="Zum Feld").click()
    expect(page.get_by_role("combobox", name="Abteilung")).to_be_focused()
    page.go_back()

    grid.get_by_role("button", name=re.compile("^Schal Deichgraf")).click()
    inspector.get_by_role("combobox", name="Vorgabe").or_(inspector.get_by_label("Vorgabe")).first.click()
    page.get_by_role("option", name="Unisex Erwachsene").click()
    inspector.get_by_role("button", name="Einsetzen").click()
    page.get_by_role("button", name="3 senden").click()
    for title in WOOL:
        live = page.get_by_role("button", name=re.compile(f"^{title}.*: Live, "))
        expect(live).to_be_visible(timeout=60_000)
    on_ebay = {row["title"] for row in shop.street.seller()["listings"] if row["status"] == "ACTIVE"}
    assert all(any(title.startswith(word) for title in on_ebay) for word in WOOL)

    page.goto("/jobs?tab=done")
    # The run looks after its goods now and then, so it ends a little after the last of them is live.
    page.get_by_role("button", name="3 Angebote veröffentlichen").first.click(timeout=60_000)
    aside = page.get_by_role("complementary", name="Zum gewählten Vorgang")
    expect(aside).to_contain_text("Marlene Thomsen")
    expect(aside).to_contain_text("Schal Deichgraf")


def test_withdrawn_by_key_and_seen_to_leave(page: Page, shop: Shop) -> None:
    row = next(row for row in shop.merchant.publications().values() if row["state"] == "live")
    title = shop.office.get(f"/listings/{row['listing_id']}")["headline"]
    page.goto(f"/listings?q={title}")
    page.get_by_role("checkbox", name=f"{title} wählen").check()
    page.keyboard.press("Shift+P")
    expect(page.get_by_text("1 Angebot wird zurückgezogen.")).to_be_visible()
    row_shown = page.get_by_role("row").filter(has_text=title)
    expect(row_shown.get_by_role("img", name=re.compile("Zurückgezogen"))).to_be_visible(timeout=30_000)
    page.goto(f"/listings/{row['listing_id']}")
    expect(page.get_by_role("complementary", name="Kanäle")).to_contain_text("Zurückgezogen")


def test_what_was_withdrawn_is_published_again_from_its_job(page: Page, shop: Shop) -> None:
    row = next(row for row in shop.merchant.publications().values() if row["state"] == "live")
    body = {"listing_ids": [row["listing_id"]], "connection_ids": [shop.merchant.connection_id]}
    asked = shop.office.post("/publications/withdraw", body)
    shop.merchant.wait_for_jobs(asked["job_ids"], seconds=60)
    page.goto("/jobs?tab=done")
    job = page.get_by_role("row").filter(has_text="1 Angebot zurückziehen").first
    job.get_by_role("button", name="Wieder veröffentlichen").click()
    expect(page.get_by_text("1 Angebot wird gesendet.")).to_be_visible()
    page.goto(f"/listings/{row['listing_id']}")
    expect(page.get_by_role("complementary", name="Kanäle")).to_contain_text("Live", timeout=60_000)
