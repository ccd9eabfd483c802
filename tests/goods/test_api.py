"""Products over HTTP, as the web UI and other programs use them."""

from __future__ import annotations

from typing import Any

from tests.plugins.api import Caller

APRON = {
    "reference": "WL-2210",
    "title": {"de": "Leinenschürze Hafen"},
    "description": {"de": "<p onclick='x()'>Leinen<script>alert(1)</script></p>"},
    "brand": "Hafenleinen",
    "option_names": ["Größe", "Farbe"],
    "variants": [
        {
            "sku": f"WL-2210-{colour}-{size}",
            "price": {"amount": "39.00", "currency": "EUR"},
            "quantity": 3,
            "options": {"Farbe": colour, "Größe": size},
        }
        for colour in ("Marine", "Sand")
        for size in ("S", "M")
    ],
}


def create(api: Caller, body: dict[str, Any] = APRON) -> dict[str, Any]:
    answer = api.post("/listings", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_a_product_comes_back_whole(api: Caller) -> None:
    made = create(api)
    answer = api.get(f"/listings/{made['id']}")
    product = answer.json()
    assert answer.headers["etag"] == '"1"'
    assert product == made
    assert product["description"]["de"] == "<p>Leinen</p>"
    assert product["variants"][0]["options"] == {"Größe": "S", "Farbe": "Marine"}
    assert list(product["variants"][0]["options"]) == ["Größe", "Farbe"]
    assert product["price"] == {"amount": "39.00", "minor": 3900, "currency": "EUR"}
    assert product["stock"] == 12
    assert product["brand"]["manufacturer_lacks"]
