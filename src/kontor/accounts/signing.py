"""The keys that access tokens are signed with, by key id: one signs, the ones before it are still believed.

To change a key, make the new one the present and name the old one among JWT_PREVIOUS_KEYS until the tokens that it
signed have run out (ACCESS_TOKEN_EXPIRE_MINUTES). A previous key may be of another algorithm than the present one.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from jwt.algorithms import OKPAlgorithm, RSAAlgorithm

from kontor.core.config import SettingsError, settings

RSA_BITS = 2048
SECRET_CHARACTERS = 32
Public = RSAPublicKey | Ed25519PublicKey
Private = RSAPrivateKey | Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class Key:
    """One key. `verifying` is the shared secret or the public half; only that half of a previous key is needed."""

    id: str
    algorithm: str
    verifying: str | Public
    signing: str | Private | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """The key that signs, and all that are believed, by id."""

    present: Key
    believed: Mapping[str, Key]

    def jwks(self) -> dict[str, Any]:
        """The public keys as a JSON Web Key Set (RFC 7517); shared secrets are in none."""
        return {"keys": [_jwk(key) for key in self.believed.values() if not isinstance(key.verifying, str)]}


def keys() -> Keys:
    """The installation's keys. Raises SettingsError with a sentence where one can't be used."""
    configured = settings()
    present = (
        configured.jwt_secret_key.get_secret_value()
        if configured.jwt_algorithm == "HS256"
        else configured.jwt_private_key.get_secret_value()
    )
    previous = tuple(configured.jwt_previous_keys.get_secret_value().split(","))
    return _keys(configured.jwt_algorithm, present, previous)


@functools.lru_cache(maxsize=4)
def _keys(algorithm: str, present: str, previous: tuple[str, ...]) -> Keys:
    first = _read(present, "JWT_SECRET_KEY" if algorithm == "HS256" else "JWT_PRIVATE_KEY")
    if first.algorithm != algorithm or first.signing is None:
        raise SettingsError(f"JWT_PRIVATE_KEY: {algorithm} needs a private key of its kind, in PEM")
    believed = [first, *(_read(text.strip(), "JWT_PREVIOUS_KEYS") for text in previous if text.strip())]
    return Keys(first, {key.id: key for key in believed})


def _read(text: str, name: str) -> Key:
    text = text.replace("\\n", "\n").strip()  # a PEM in one line of an environment file
    if "-----BEGIN" in text:
        return _from_pem(text.encode(), name)
    if name == "JWT_PRIVATE_KEY":
        raise SettingsError("JWT_PRIVATE_KEY is missing: give the private key in PEM")
    if len(text) < SECRET_CHARACTERS:
        raise SettingsError(f"{name}: a shared secret needs {SECRET_CHARACTERS} characters")
    return Key(_named(b"kontor.jwt" + text.encode()), "HS256", text, text)


def _from_pem(pem: bytes, name: str) -> Key:
    try:
        if b"PRIVATE KEY" in pem:
            private = serialization.load_pem_private_key(pem, password=None)
            public: object = private.public_key()
        else:
            private, public = None, serialization.load_pem_public_key(pem)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SettingsError(f"{name}: this is no PEM key without a password") from error
    if isinstance(public, RSAPublicKey) and public.key_size < RSA_BITS:
        raise SettingsError(f"{name}: an RSA key needs {RSA_BITS} bits")
    if not isinstance(public, Public):
        raise SettingsError(f"{name}: the key must be RSA (RS256) or Ed25519 (EdDSA)")
    raw = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    algorithm = "RS256" if isinstance(public, RSAPublicKey) else "EdDSA"
    return Key(_named(raw), algorithm, public, private if isinstance(private, Private) else None)


def _named(material: bytes) -> str:
    """Names a key without telling it."""
    return hashlib.sha256(material).hexdigest()[:16]


def _jwk(key: Key) -> dict[str, Any]:
    kind = RSAAlgorithm if isinstance(key.verifying, RSAPublicKey) else OKPAlgorithm
    found: dict[str, Any] = json.loads(kind.to_jwk(key.verifying))  # type: ignore[arg-type]
    found.pop("key_ops", None)  # says the same as `use`
    return {**found, "kid": key.id, "alg": key.algorithm, "use": "sig"}
