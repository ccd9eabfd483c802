"""Consent, codes and tokens (T6's left side)."""

from __future__ import annotations

import pytest
from tests.sandbox.shop import RU_NAME, SCOPE, Shop, error_ids

PRIVILEGE = "/sell/account/v1/privilege"


@pytest.mark.parametrize(
    ("language", "words"), [("de-DE,de;q=0.9", "Zustimmen"), ("fr", "Accepter"), ("en-GB", "Agree")]
)
def test_a_person_sees_the_page_in_their_language(shop: Shop, language: str, words: str) -> None:
    page = shop.http.get(shop.authorize_url(), headers={"accept-language": language})
    assert page.status_code == 200
    assert words in page.text
    assert "werkhof-berlin" in page.text


def test_the_code_comes_encoded_and_works_once(shop: Shop) -> None:
    answer = shop.http.post(shop.authorize_url(), data={"decision": "agree", "account": "werkhof-berlin"})
    location = answer.headers["location"]
    assert location.startswith("http://127.0.0.1:1/callback?state=s-1&code=v%5E1.1%23")
    code = shop.consent()["code"]
    assert "^" in code
    assert "#" in code
    first = shop.token(grant_type="authorization_code", code=code, redirect_uri=RU_NAME)
    assert first.status_code == 200
    assert first.json()["token_type"] == "User Access Token"
    second = shop.token(grant_type="authorization_code", code=code, redirect_uri=RU_NAME)
    assert (second.status_code, second.json()["error"]) == (400, "invalid_grant")


def test_the_redirect_uri_is_the_ru_name(shop: Shop) -> None:
    code = shop.consent()["code"]
    refused = shop.token(
        grant_type="authorization_code", code=code, redirect_uri="http://127.0.0.1:1/callback"
    )
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_request")


def test_a_code_grows_old(shop: Shop) -> None:
    code = shop.consent()["code"]
    shop.control("POST", "/clock", {"advance_seconds": 301})
    refused = shop.token(grant_type="authorization_code", code=code, redirect_uri=RU_NAME)
    assert refused.json()["error"] == "invalid_grant"


def test_the_wrong_secret_is_an_invalid_client(shop: Shop) -> None:
    refused = shop.token(secret="wrong", grant_type="client_credentials", scope=SCOPE)
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")
    assert "errors" not in refused.json()


def test_refreshing_gives_no_new_refresh_token_and_the_old_one_stays_good(shop: Shop) -> None:
    for _ in range(2):
        answer = shop.token(grant_type="refresh_token", refresh_token=shop.refresh_token)
        assert answer.status_code == 200
        assert "refresh_token" not in answer.json()
    assert shop.call("GET", PRIVILEGE, token=answer.json()["access_token"]).status_code == 200


def test_an_access_token_grows_old_and_a_missing_scope_is_forbidden(shop: Shop) -> None:
    assert shop.call("GET", PRIVILEGE).status_code == 200
    narrow = shop.token(
        grant_type="refresh_token", refresh_token=shop.refresh_token, scope=f"{SCOPE}/sell.inventory"
    ).json()["access_token"]
    forbidden = shop.call("GET", PRIVILEGE, token=narrow)
    assert (forbidden.status_code, error_ids(forbidden)) == (403, [1100])
    shop.control("POST", "/clock", {"advance_seconds": 7201})
    old = shop.call("GET", PRIVILEGE)
    assert (old.status_code, error_ids(old)) == (401, [1001])


def test_a_seller_who_takes_consent_back_is_gone_until_the_next_consent(shop: Shop) -> None:
    shop.control("DELETE", "/consents", {"account": "werkhof-berlin"})
    assert error_ids(shop.call("GET", PRIVILEGE)) == [1001]
    refused = shop.token(grant_type="refresh_token", refresh_token=shop.refresh_token)
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")
    shop.connect()
    assert shop.call("GET", PRIVILEGE).status_code == 200


def test_declining_brings_an_error_back(shop: Shop) -> None:
    answer = shop.http.post(shop.authorize_url(), data={"decision": "decline", "account": "werkhof-berlin"})
    assert "error=access_denied" in answer.headers["location"]
    assert "code=" not in answer.headers["location"]


def test_an_application_token_is_no_sellers_token(shop: Shop) -> None:
    token = shop.application_token(SCOPE)
    assert shop.call("GET", PRIVILEGE, token=token).status_code == 403
    tree = "/commerce/taxonomy/v1/get_default_category_tree_id"
    assert shop.good("GET", tree, token=token, marketplace_id="EBAY_DE")["categoryTreeId"] == "77"


def test_an_unknown_ru_name_stops_at_the_page(shop: Shop) -> None:
    assert shop.http.get(shop.authorize_url(redirect_uri="Somebody-Else")).status_code == 400


def test_the_control_api_plays_the_person(shop: Shop) -> None:
    played = shop.control(
        "POST", "/consents", {"authorize_url": shop.authorize_url(), "account": "atelier-lyon"}
    )
    assert played["redirect_url"].startswith("http://127.0.0.1:1/callback?state=s-1&code=")
