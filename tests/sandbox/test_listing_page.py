"""A listing as its buyers see it."""

from __future__ import annotations

import pytest
from tests.sandbox.shop import Shop


@pytest.mark.parametrize(("accepted", "word"), [("de-DE", "Zustand"), ("en", "Condition"), ("fr", "État")])
def test_a_listing_shows_what_is_sold(ready_shop: Shop, accepted: str, word: str) -> None:
    described = "<p>Eiche <b>geölt</b></p><script>alert(1)</script>"
    product = {"title": "Regal <b>fett</b>", "description": described}
    _, listing_id = ready_shop.list_item("REGAL1", product=product)
    shown = ready_shop.listing(listing_id)
    page = ready_shop.http.get(
        f"/_hosts/www.ebay.de/itm/{listing_id}", headers={"accept-language": accepted}, follow_redirects=True
    )
    assert (page.status_code, page.url.path) == (200, f"/_sandbox/itm/{listing_id}")
    for text in (
        word,
        "Regal &lt;b&gt;fett&lt;/b&gt;",
        f"{float(shown['variations'][0]['price']):.2f} EUR",
        "REGAL1",
    ):
        assert text in page.text
    for name, values in shown["aspects"].items():
        assert f"<dt>{name}</dt><dd>{', '.join(values)}</dd>" in page.text
    assert '<iframe sandbox srcdoc="&lt;p&gt;Eiche &lt;b&gt;geölt' in page.text
    assert "<script>alert" not in page.text
    assert '<form id="buy"' in page.text


def test_an_ended_listing_can_no_longer_be_bought(ready_shop: Shop) -> None:
    offer_id, listing_id = ready_shop.list_item("REGAL1")
    ready_shop.good("POST", f"/sell/inventory/v1/offer/{offer_id}/withdraw", {})
    page = ready_shop.http.get(f"/_sandbox/itm/{listing_id}", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert "This listing has ended." in page.text
    assert '<form id="buy"' not in page.text


def test_a_listing_that_never_was_is_said(shop: Shop) -> None:
    page = shop.http.get("/_sandbox/itm/110000000001", headers={"accept-language": "de"})
    assert (page.status_code, "Dieses Angebot gibt es nicht" in page.text) == (404, True)
