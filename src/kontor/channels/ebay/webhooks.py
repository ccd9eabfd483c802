"""eBay's pushes: the handshake of an address, and the signature over the bytes that came."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from pydantic import ValidationError

from kontor.channels.contract.capabilities import NotAuthentic
from kontor.channels.contract.errors import Unreadable
from kontor.channels.contract.values import Notification
from kontor.channels.ebay.wire.notification import PublicKey, Push, Signature

KEY_SECONDS: Final = 3600
_KEYS_KEPT: Final = 64
_KEY_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,128}")
_DIGESTS: Final = {"SHA1": hashes.SHA1, "SHA256": hashes.SHA256}


def challenge(code: str, verification_token: str, endpoint: str) -> str:
    """The answer to `GET endpoint?challenge_code=…`: hex SHA-256 of code + token + endpoint, in this order.

    `endpoint` is the address as registered, never rebuilt from a request: behind a proxy its host is another.
    """
    return hashlib.sha256(f"{code}{verification_token}{endpoint}".encode()).hexdigest()


class KeyCache:
    """Public keys by key id, for an hour: one fetch serves every event in between. Safe between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._keys: dict[str, tuple[float, ec.EllipticCurvePublicKey]] = {}

    def get(self, key_id: str, fetch: Callable[[], PublicKey]) -> ec.EllipticCurvePublicKey:
        """The key, fetched where it is unknown or old. The lock makes parallel events fetch once."""
        with self._lock:
            known = self._keys.get(key_id)
            if known and self._clock() - known[0] < KEY_SECONDS:
                return known[1]
            key = _load(fetch())
            if len(self._keys) >= _KEYS_KEPT:
                self._keys.pop(min(self._keys, key=lambda each: self._keys[each][0]))
            self._keys[key_id] = (self._clock(), key)
            return key


def signature_of(headers: Mapping[str, str]) -> Signature:
    """What the signature header says of itself. Raises NotAuthentic for one that is missing or malformed."""
    value = next((value for name, value in headers.items() if name.lower() == "x-ebay-signature"), "")
    try:
        signature = Signature.model_validate(orjson.loads(base64.b64decode(value, validate=True)))
    except (binascii.Error, orjson.JSONDecodeError, ValidationError, ValueError) as error:
        raise NotAuthentic("The push carries no readable signature") from error
    # The key id becomes a part of an address that we call, so its form is checked before.
    if signature.alg.lower() != "ecdsa" or not _KEY_ID.fullmatch(signature.kid):
        raise NotAuthentic("The push is signed in a way that eBay does not use")
    return signature


def check(signature: Signature, key: ec.EllipticCurvePublicKey, body: bytes) -> None:
    """Verifies ECDSA over the raw bytes: parsing and writing JSON again would change them. Raises NotAuthentic."""
    digest = _DIGESTS.get(signature.digest.upper().replace("-", ""))
    if digest is None:
        raise NotAuthentic("The push is signed in a way that eBay does not use")
    try:
        key.verify(base64.b64decode(signature.signature, validate=True), body, ec.ECDSA(digest()))
    except (InvalidSignature, binascii.Error, ValueError) as error:
        raise NotAuthentic("The signature does not fit the push") from error


def notification_of(body: bytes) -> Notification:
    """A verified push as a hint, also one that we can't read: refused, eBay would send it for ever."""
    try:
        raw: dict[str, Any] = orjson.loads(body)
        push = Push.model_validate(raw)
    except (orjson.JSONDecodeError, ValidationError):
        push = None
    if push is None or not push.notification.notificationId:
        digest = hashlib.sha256(body).hexdigest()
        return Notification(digest, "", "", (), {"text": body.decode(errors="replace")}, is_readable=False)
    data = push.notification.data
    return Notification(
        external_id=push.notification.notificationId,
        topic=push.metadata.topic,
        account_id=_first(data, "userId", "sellerId", "sellerUserId"),
        resource_ids=tuple(_resources(data)),
        raw=raw,
    )


def _resources(data: Mapping[str, Any]) -> list[str]:
    """The orders that the push is about; their ids stand on its own level or one below."""
    levels = (data, *(value for value in data.values() if isinstance(value, dict)))
    return list(dict.fromkeys(str(level["orderId"]) for level in levels if level.get("orderId")))


def _first(data: Mapping[str, Any], *names: str) -> str:
    seller = data.get("seller")
    levels = (data, seller) if isinstance(seller, dict) else (data,)
    return next((str(level[name]) for level in levels for name in names if level.get(name)), "")


def _load(public_key: PublicKey) -> ec.EllipticCurvePublicKey:
    """eBay sends PEM in one line: it is wrapped anew."""
    middle = re.sub(r"-----[A-Z ]+-----|\s", "", public_key.key)
    lines = [middle[start : start + 64] for start in range(0, len(middle), 64)]
    pem = "\n".join(["-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""])
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Unreadable("eBay's public key can't be read") from error
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise Unreadable("eBay's public key is of another kind than its signature")
    return key
