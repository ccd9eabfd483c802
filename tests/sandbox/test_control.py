"""The control page."""

from __future__ import annotations

import pytest
from tests.sandbox.shop import Shop


@pytest.mark.parametrize(
    ("accepted", "words"),
    [("de-DE", "Bestellungen"), ("en", "Orders"), ("fr-FR", "Commandes"), ("", "Bestellungen")],
)
def test_the_page_speaks_three_languages(ready_shop: Shop, accepted: str, words: str) -> None:
    ready_shop.list_item("REGAL1", product={"title": "Regal <b>fett</b>"})
    ready_shop.control("POST", "/purchases", {"lines": [{"sku": "REGAL1"}], "paid": False})
    page = ready_shop.http.get("/_sandbox/", headers={"accept-language": accepted})
    assert page.status_code == 200
    assert words in page.text
    assert "Regal &lt;b&gt;fett&lt;/b&gt;" in page.text
    assert "PENDING" in page.text
    assert "answer_lost" in page.text


def test_listings_are_found_by_title(ready_shop: Shop) -> None:
    ready_shop.list_item("REGAL1", product={"title": "Regal aus Eiche"})
    ready_shop.list_item("REGAL2", product={"title": "Regal aus Buche"})
    page = ready_shop.http.get("/_sandbox/", params={"q": "Buche"}).text
    assert "Regal aus Buche" in page
    assert "Regal aus Eiche" not in page


def test_the_front_door_leads_to_the_page(shop: Shop) -> None:
    answer = shop.http.get("/")
    assert (answer.status_code, answer.headers["location"]) == (307, "/_sandbox/")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/purchases", {"lines": []}, 404),
        ("/purchases", {"lines": [{"sku": "NIRGENDS"}]}, 404),
        ("/orders/none/pay", {}, 404),
        ("/settings", {"gravity": 9}, 400),
        ("/settings", {"latency_ms": "long"}, 400),
        ("/settings", {"latency_ms": None}, 400),
        ("/settings", {"daily_limits": {"inventory": 3}}, 400),
        ("/settings", {"daily_limits": {"sell.inventory": "3"}}, 400),
        ("/settings", {"daily_limits": None}, 400),
    ],
)
def test_what_makes_no_sense_is_said(shop: Shop, path: str, body: dict[str, object], status: int) -> None:
    answer = shop.http.post(f"/_sandbox/api{path}", json=body)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_one_of_the_daily_limits_is_changed_and_the_others_stay(shop: Shop) -> None:
    before = shop.control("GET", "/settings")["daily_limits"]
    shop.control("POST", "/settings", {"daily_limits": {"sell.inventory": 3}})
    assert shop.control("GET", "/settings")["daily_limits"] == before | {"sell.inventory": 3}
    shown = shop.good("GET", "/developer/analytics/v1_beta/user_rate_limit/")["rateLimits"]
    assert len(shown) == len(before)


def test_applications_are_registered(shop: Shop) -> None:
    body = {
        "client_id": "Other-App",
        "client_secret": "x",
        "ru_name": "Other-RuName",
        "accepted_url": "http://127.0.0.1:1/other",
    }
    assert shop.control("POST", "/apps", body)["ru_name"] == "Other-RuName"
    back = shop.http.post(
        shop.authorize_url(client_id="Other-App", redirect_uri="Other-RuName"),
        data={"decision": "agree", "account": "atelier-lyon"},
    )
    assert back.headers["location"].startswith("http://127.0.0.1:1/other?state=s-1&code=")
    taken = shop.http.post("/_sandbox/api/apps", json=body | {"client_id": "Third"})
    assert taken.status_code == 409
