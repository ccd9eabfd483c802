"""Access tokens: signed by the present key, believed by the ones before it, and worth what their session is worth."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from tests.accounts.browser import Browser

from kontor.accounts import signing
from kontor.core.config import SettingsError, settings
from kontor.core.http import credentials

Use = Callable[..., None]
Private = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Iterator[Use]:
    """A function that restarts the installation with other JWT settings."""

    def restarted(**values: str) -> None:
        for name in ("ALGORITHM", "SECRET_KEY", "PRIVATE_KEY", "PREVIOUS_KEYS"):
            monkeypatch.delenv(f"JWT_{name}", raising=False)
        for name, value in values.items():
            monkeypatch.setenv(f"JWT_{name.upper()}", value)
        settings.cache_clear()
        credentials._known.clear()

    yield restarted
    monkeypatch.undo()
    settings.cache_clear()


def pem(key: Private) -> str:
    """The private key as an environment file has it: in one line."""
    raw = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return raw.decode().replace("\n", "\\n")


def public_pem(key: Private) -> str:
    """The public half."""
    raw = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return raw.decode()


def generated(algorithm: str) -> Private:
    """A key of the algorithm."""
    return (
        rsa.generate_private_key(65537, 2048)
        if algorithm == "RS256"
        else ed25519.Ed25519PrivateKey.generate()
    )


@pytest.mark.parametrize("algorithm", ["RS256", "EdDSA"])
def test_others_can_verify_what_a_private_key_signed(martina: Browser, use: Use, algorithm: str) -> None:
    use(algorithm=algorithm, private_key=pem(generated(algorithm)))
    martina.refresh()
    assert martina.get("/auth/me")["user"]["email"] == "martina@thomsen.example"
    (key,) = martina.get("/.well-known/jwks.json")["keys"]
    head = jwt.get_unverified_header(martina.token)
    assert (head["kid"], head["alg"], key["alg"], key["use"]) == (key["kid"], algorithm, algorithm, "sig")
    assert not {"d", "p", "q", "k"} & set(key), "only the public half"
    claims = jwt.decode(martina.token, jwt.PyJWK(key), audience="kontor-api", issuer="kontor")
    assert claims["scopes"] == ["admin", "read", "write"]
    assert claims["exp"] - claims["iat"] == 1800


def test_a_shared_secret_is_in_no_key_set(martina: Browser) -> None:
    assert martina.get("/.well-known/jwks.json") == {"keys": []}


def test_keys_change_without_logging_anybody_out(martina: Browser, use: Use) -> None:
    old_secret, new_secret, key = "o" * 40, "n" * 40, generated("EdDSA")
    use(secret_key=old_secret)
    martina.refresh()
    token_of_old = martina.token
    use(secret_key=new_secret, previous_keys=old_secret)
    martina.get("/auth/me")
    martina.refresh()
    assert jwt.get_unverified_header(martina.token) != jwt.get_unverified_header(token_of_old)
    use(algorithm="EdDSA", private_key=pem(key), previous_keys=f"{new_secret}, {old_secret}")
    martina.get("/auth/me")
    martina.token = token_of_old
    martina.get("/auth/me")
    use(secret_key=new_secret, previous_keys=public_pem(key))
    assert martina.send("GET", "/auth/me").status_code == 401, "the oldest is believed no longer"
    assert martina.said["params"]["reason"] == "invalid"
    martina.token = ""
    assert len(martina.get("/.well-known/jwks.json")["keys"]) == 1, "the public half of the one before"


def test_a_key_of_one_kind_is_not_believed_as_another(martina: Browser, use: Use) -> None:
    key = generated("RS256")
    use(algorithm="RS256", private_key=pem(key))
    martina.refresh()
    head, claims = (
        jwt.get_unverified_header(martina.token),
        jwt.decode(martina.token, options={"verify_signature": False}),
    )

    def part(value: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(value, default=str).encode()).decode().rstrip("=")

    signed = f"{part({**head, 'alg': 'HS256'})}.{part(claims)}"
    mac = hmac.digest(public_pem(key).encode(), signed.encode(), hashlib.sha256)
    forged = [
        f"{signed}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}",
        f"{part({**head, 'alg': 'none'})}.{part(claims)}.",
        jwt.encode(claims, generated("RS256"), algorithm="RS256", headers={"kid": head["kid"]}),  # type: ignore[arg-type]
        jwt.encode(claims, key, algorithm="RS256"),  # type: ignore[arg-type]
    ]
    for token in forged:
        martina.token = token
        assert martina.send("GET", "/auth/me").status_code == 401, token
        assert martina.said["params"]["reason"] == "invalid"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"algorithm": "RS256"}, "needs JWT_PRIVATE_KEY"),
        ({"algorithm": "EdDSA", "private_key": "nonsense"}, "JWT_PRIVATE_KEY is missing"),
        ({"algorithm": "EdDSA", "private_key": "-----BEGIN PRIVATE KEY-----\\nAA\\n-----END"}, "no PEM key"),
        (
            {"algorithm": "RS256", "private_key": pem(generated("EdDSA"))},
            "RS256 needs a private key of its kind",
        ),
        ({"algorithm": "RS256", "private_key": pem(rsa.generate_private_key(65537, 1024))}, "2048 bits"),
        ({"algorithm": "EdDSA", "private_key": pem(ec.generate_private_key(ec.SECP256R1()))}, "must be RSA"),
        ({"algorithm": "EdDSA", "private_key": public_pem(generated("EdDSA"))}, "EdDSA needs a private key"),
        ({"previous_keys": "short"}, "32 characters"),
    ],
)
def test_a_key_that_cannot_work_is_refused_with_a_sentence(
    use: Use, values: dict[str, str], words: str
) -> None:
    use(**values)
    with pytest.raises(SettingsError, match=words):
        signing.keys()
