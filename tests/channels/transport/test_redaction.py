"""What is kept of a call may be read by anybody in the business, and by whoever helps them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.channels.transport.redaction import EXCERPT_BYTES, excerpt, path_with_query

JSON = "application/json; charset=utf-8"


def kept(value: Any) -> Any:
    return json.loads(excerpt(json.dumps(value).encode(), JSON))


@pytest.mark.parametrize(
    "name",
    ["access_token", "refreshToken", "client_secret", "password", "Authorization", "code", "code_verifier", "apiKey",
     "email", "eMail", "contactEmail", "phone", "phoneNumber", "buyer", "buyerRegistrationAddress", "shipTo", "fullName",
     "username", "addressLine1", "address"],
)  # fmt: skip
def test_secret_and_personal_values_are_hidden_wherever_they_stand(name: str) -> None:
    assert "Geheim" not in json.dumps(kept({"a": [{name: "Geheim"}], "b": {name: {"deep": ["Geheim"]}}}))


def test_what_explains_a_refusal_stays() -> None:
    body = {
        "errors": [
            {"errorId": 25002, "message": "Falscher Wert", "parameters": [{"name": "offerId", "value": "9"}]}
        ]
    }
    assert kept(body) == body
    listing = {"sku": "WL-1", "product": {"title": "Schürze", "aspects": {"Marke": ["Hafenleinen"]}}}
    assert kept(listing) == listing


def test_addresses_and_tokens_are_hidden_inside_texts() -> None:
    found = kept({"message": "Mail an kunde.a+b@mail.example.co.uk, Bearer abc.def oder v^1.1#i^1#p^3#x"})[
        "message"
    ]
    assert found == "Mail an [personal], [hidden] oder [hidden]"


def test_queries_are_judged_like_bodies() -> None:
    found = path_with_query(
        "/order?code=v%5E1.1", [("filter", "lastmodified:[2026..]"), ("buyerEmail", "a@b.de")]
    )
    assert found == "/order?code=[hidden]&filter=lastmodified:[2026..]&buyerEmail=[personal]"


def test_forms_and_pictures() -> None:
    form = excerpt(b"grant_type=refresh_token&refresh_token=abc", "application/x-www-form-urlencoded")
    assert form == "grant_type=refresh_token&refresh_token=[hidden]"
    assert excerpt(b"\xff\xd8\xff" * 10, "image/jpeg") == "[30 bytes of image/jpeg]"
    assert excerpt(b"", JSON) == ""


def test_json_that_is_cut_off_hides_what_whole_json_hides() -> None:
    found = excerpt(b'{"title": "Jacke", "access_token": "abc", "email": "x", "phone": "0451', JSON)
    assert "Jacke" in found
    assert not any(secret in found for secret in ("abc", '"x"', "0451"))


def test_long_lists_and_bodies_are_cut() -> None:
    rows = kept([{"n": number} for number in range(100)])
    assert rows[-1] == "[70 more]"
    assert len(excerpt(json.dumps({"text": "ä" * 9000}).encode(), JSON).encode()) <= EXCERPT_BYTES


@given(
    st.binary(max_size=6000),
    st.sampled_from([JSON, "text/html", "image/png", "", "application/x-www-form-urlencoded"]),
)
def test_any_answer_can_be_kept(content: bytes, kind: str) -> None:
    found = excerpt(content, kind)
    assert len(found.encode()) <= EXCERPT_BYTES
    assert "\x00" not in found
