"""Pushes: eBay's own published vectors, and what a forger could try."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import orjson
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.channels.ebay.specification import FOLDER

from kontor.channels.contract.capabilities import NotAuthentic
from kontor.channels.ebay import CHANNEL, webhooks
from kontor.channels.ebay.wire.notification import PublicKey

VECTORS = FOLDER / "_notification_test_vectors.json"
BODY = orjson.dumps(
    {
        "metadata": {"topic": "ORDER_CONFIRMATION"},
        "notification": {"notificationId": "n-1", "data": {"sellerId": "s-1", "order": {"orderId": "12-34"}}},
    }
)


def vectors() -> dict[str, Any]:
    if not VECTORS.is_file():
        pytest.skip("eBay's test vectors are not beside the repository")
    document: dict[str, Any] = orjson.loads(VECTORS.read_bytes())
    return document


class Signer:
    """Signs as eBay does: ECDSA P-256 over SHA-1, DER, described by base64 JSON."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.fetches = 0

    def header(self, body: bytes, **changes: str) -> dict[str, str]:
        signature = base64.b64encode(self.key.sign(body, ec.ECDSA(hashes.SHA1()))).decode()
        described = {"alg": "ecdsa", "kid": "k-1", "signature": signature, "digest": "SHA1"} | changes
        return {"X-EBAY-SIGNATURE": base64.b64encode(orjson.dumps(described)).decode()}

    def public(self) -> PublicKey:
        self.fetches += 1
        pem = self.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        return PublicKey(key=pem.replace("\n", ""), algorithm="ECDSA", digest="SHA1")


def verified(
    signer: Signer, body: bytes, headers: dict[str, str], cache: webhooks.KeyCache | None = None
) -> Any:
    signature = webhooks.signature_of(headers)
    key = (cache or webhooks.KeyCache()).get(signature.kid, signer.public)
    webhooks.check(signature, key, body)
    return webhooks.notification_of(body)


def test_ebays_valid_vector_is_believed() -> None:
    vector = vectors()["VALID"]
    body = orjson.dumps(vector["message"])
    signature = webhooks.signature_of({"x-ebay-signature": vector["signature"]})
    key = webhooks.KeyCache().get(signature.kid, lambda: PublicKey(**vector["response"]))
    webhooks.check(signature, key, body)
    assert webhooks.notification_of(body).account_id == "ma8vp1jySJC"


@pytest.mark.parametrize("name", ["INVALID", "SIGNATURE_MISMATCH"])
def test_ebays_invalid_vectors_are_not_believed(name: str) -> None:
    vector = vectors()[name]
    signature = webhooks.signature_of({"x-ebay-signature": vector["signature"]})
    key = webhooks.KeyCache().get(signature.kid, lambda: PublicKey(**vector["response"]))
    with pytest.raises(NotAuthentic):
        webhooks.check(signature, key, orjson.dumps(vector["message"]))


def test_a_signed_push_names_what_it_is_about() -> None:
    signer = Signer()
    push = verified(signer, BODY, signer.header(BODY))
    assert (push.external_id, push.topic, push.account_id) == ("n-1", "ORDER_CONFIRMATION", "s-1")
    assert push.resource_ids == ("12-34",)


def test_the_bytes_are_verified_and_not_their_meaning() -> None:
    signer = Signer()
    with_space = orjson.dumps(orjson.loads(BODY), option=orjson.OPT_INDENT_2)
    with pytest.raises(NotAuthentic):
        verified(signer, with_space, signer.header(BODY))


@pytest.mark.parametrize(
    "changes", [{"alg": "none"}, {"digest": "MD5"}, {"kid": "../config"}, {"signature": "!"}]
)
def test_a_signature_of_another_kind_is_refused(changes: dict[str, str]) -> None:
    signer = Signer()
    with pytest.raises(NotAuthentic):
        verified(signer, BODY, signer.header(BODY, **changes))


@pytest.mark.parametrize(
    "header", ["", "%%%", base64.b64encode(b"[]").decode(), base64.b64encode(b"{").decode()]
)
def test_a_header_that_says_nothing_is_refused(header: str) -> None:
    with pytest.raises(NotAuthentic):
        webhooks.signature_of({"x-ebay-signature": header})


def test_one_key_serves_a_hundred_pushes_for_an_hour() -> None:
    seconds = [0.0]
    signer, cache = Signer(), webhooks.KeyCache(clock=lambda: seconds[0])
    for _ in range(100):
        verified(signer, BODY, signer.header(BODY), cache)
    assert signer.fetches == 1
    seconds[0] = webhooks.KEY_SECONDS + 1
    verified(signer, BODY, signer.header(BODY), cache)
    assert signer.fetches == 2


@pytest.mark.parametrize("body", [b'{"metadata": {"topic": "X"}}', b"[]", b"{", b"\xff"])
def test_a_push_that_can_not_be_read_is_kept_as_it_came(body: bytes) -> None:
    found = webhooks.notification_of(body)
    assert not found.is_readable
    assert found.raw == {"text": body.decode(errors="replace")}
    assert found.external_id != webhooks.notification_of(body + b" ").external_id


def test_the_challenge_hashes_code_token_and_the_registered_address_in_this_order() -> None:
    assert CHANNEL.challenge is not None
    expected = hashlib.sha256(b"code" + b"token" + b"https://shop.example/hook").hexdigest()
    assert CHANNEL.challenge("code", "token", "https://shop.example/hook") == expected
