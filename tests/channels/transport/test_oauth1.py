"""Signatures as RFC 5849 prints them, and as a server checks them."""

from __future__ import annotations

import re
from urllib.parse import unquote

from authlib.oauth1.rfc5849 import signature  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from kontor.channels import ebay, immoscout24
from kontor.channels.transport.oauth1 import Signer, Token, authorization, base_string
from kontor.channels.transport.sending import Parcel

PRINTED = re.compile(r'(\w+)="([^"]*)"')


def _pairs(header: str) -> dict[str, str]:
    scheme, _, rest = header.partition(" ")
    assert scheme == "OAuth"
    return {name: unquote(value) for name, value in PRINTED.findall(rest)}


def test_the_first_leg_signs_the_callback_and_names_no_token() -> None:
    callback = ("oauth_callback", "http://printer.example.com/ready")
    address = "https://photos.example.net/initiate"
    header = Signer("dpf43f3p2l4k3l03", "kd94hf93k423kf44").header("POST", address, extra=(callback,))
    pairs = _pairs(header)
    told = pairs.pop("oauth_signature")
    assert "oauth_token" not in pairs
    assert pairs["oauth_callback"] == callback[1]
    base = base_string("POST", address, tuple(pairs.items()))
    assert signature.hmac_sha1_signature(base, "kd94hf93k423kf44", "") == told


def test_the_call_with_a_token_is_signed_as_the_rfc_prints_it() -> None:
    signer = Signer("dpf43f3p2l4k3l03", "kd94hf93k423kf44", Token("nnch734d00sl2jdk", "pfkkdhi9sl3r4s00"))
    header = signer.header(
        "GET",
        "http://photos.example.net/photos",
        (("file", "vacation.jpg"), ("size", "original")),
        nonce="chapoH",
        timestamp="137131202",
    )
    assert _pairs(header)["oauth_signature"] == "MdpQcU8iPSUjWoN/UDMsK2sui9I="


def test_the_base_string_is_the_one_that_the_rfc_prints() -> None:
    params = (
        ("b5", "=%3D"), ("a3", "a"), ("c@", ""), ("a2", "r b"), ("c2", ""), ("a3", "2 q"),
        ("oauth_consumer_key", "9djdj82h48djs9d2"), ("oauth_token", "kkk9d7dh3k39sjv7"),
        ("oauth_signature_method", "HMAC-SHA1"), ("oauth_timestamp", "137131201"), ("oauth_nonce", "7d8f3e4a"),
    )  # fmt: skip
    assert base_string("POST", "http://EXAMPLE.COM:80/request", params) == (
        "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540"
        "%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method"
        "%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
    )


def test_each_call_has_a_nonce_of_its_own() -> None:
    signer = Signer("key", "secret")
    nonces = {_pairs(signer.header("GET", "https://a.example/b"))["oauth_nonce"] for _ in range(50)}
    assert len(nonces) == 50


@given(
    token=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1), value=st.text(max_size=20)
)
def test_a_token_of_any_characters_arrives_and_verifies(token: str, value: str) -> None:
    held = Token(token, "a&b")
    header = Signer("key", "s/ecret", held).header("PUT", "https://a.example/b", (("q", value),))
    pairs = _pairs(header)
    assert pairs["oauth_token"] == token
    told = pairs.pop("oauth_signature")
    base = base_string("PUT", "https://a.example/b", (("q", value), *pairs.items()))
    assert signature.hmac_sha1_signature(base, "s/ecret", "a&b") == told


def test_secrets_do_not_show_in_what_is_printed() -> None:
    assert "hush" not in repr(Signer("key", "hush", Token("t", "hush")))


def test_a_token_is_kept_as_one_text() -> None:
    token = Token("a+b/c=", "s&t %")
    assert Token.from_text(token.as_text()) == token


def test_calls_are_signed_or_bear_a_token_as_the_channel_wants_it() -> None:
    parcel = Parcel("GET", "api", "https://a.example", "/restapi/ext-1%2F2", (("q", "1"),))
    assert authorization(ebay.CHANNEL.manifest, "t0ken", parcel) == "Bearer t0ken"
    pairs = _pairs(authorization(immoscout24.CHANNEL.manifest, Token("t", "s").as_text(), parcel))
    assert pairs["oauth_token"] == "t"
    assert pairs["oauth_signature_method"] == "HMAC-SHA1"
