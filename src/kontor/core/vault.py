"""Secrets at rest: AES-256-GCM, bound to what they belong to, under keys that can be changed one after another.

A sealed secret is `version, length of key id, key id, 12 random bytes, ciphertext and tag`. The associated data names
tenant and owner, so that a row copied to another connection opens nowhere. The first key seals, all keys open:
`VAULT_KEYS=new:…,old:…`, then reseal, then drop the old one.
"""

from __future__ import annotations

import base64
import binascii
import functools
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kontor.core.config import SettingsError, settings
from kontor.core.errors import KontorError

_VERSION = 1
_NONCE_BYTES = 12
_KEY_BYTES = 32
_KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,40}")


class VaultError(KontorError):
    """A sealed secret can't be opened: it belongs elsewhere, was changed, or is no sealed secret."""

    code, status, title = "vault.broken", 500, "A stored secret can't be opened"


class UnknownKey(VaultError):
    """Sealed with a key that is no longer among VAULT_KEYS; `params["key_id"]` names it."""

    code, title = "vault.unknown_key", "The key of a stored secret is missing"


class Vault:
    """Seals with the first key and opens with any. `keys` maps ids to 32 bytes, newest first."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        if not keys:
            raise SettingsError("VAULT_KEYS is empty: there is nothing to seal secrets with")
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._newest = next(iter(keys))

    def seal(self, secret: bytes, *, owner: str) -> bytes:
        """`owner` says whose it is (tenant and connection); the same words are needed to open it."""
        nonce, key_id = os.urandom(_NONCE_BYTES), self._newest.encode()
        head = bytes((_VERSION, len(key_id))) + key_id
        return head + nonce + self._ciphers[self._newest].encrypt(nonce, secret, head + owner.encode())

    def open(self, sealed: bytes, *, owner: str) -> bytes:
        """The secret. Raises UnknownKey, VaultError."""
        key_id, head, body = _parts(bytes(sealed))
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise UnknownKey(f"VAULT_KEYS has no key {key_id!r}", key_id=key_id)
        try:
            return cipher.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], head + owner.encode())
        except InvalidTag as error:
            raise VaultError from error

    def is_current(self, sealed: bytes) -> bool:
        """Whether the newest key sealed it; otherwise open and seal it again."""
        return _parts(bytes(sealed))[0] == self._newest


def _parts(sealed: bytes) -> tuple[str, bytes, bytes]:
    """Key id, the authenticated head, nonce with ciphertext."""
    if len(sealed) < 2 or sealed[0] != _VERSION or len(sealed) < 2 + sealed[1] + _NONCE_BYTES:
        raise VaultError("This is not a sealed secret")
    end = 2 + sealed[1]
    return sealed[2:end].decode("ascii", "replace"), sealed[:end], sealed[end:]


def vault() -> Vault:
    """The installation's vault, from VAULT_KEYS; the demo makes a key of its own and keeps it in the data folder."""
    configured = settings()
    if configured.vault_keys:
        return _vault(tuple(configured.vault_keys))
    if configured.environment == "production":
        raise SettingsError("VAULT_KEYS is empty: channel secrets could not be sealed")
    return _vault((_kept_key(configured.data_dir / "vault.key"),))


@functools.lru_cache(maxsize=4)
def _vault(rows: tuple[str, ...]) -> Vault:
    return Vault(read_keys(rows))


def read_keys(rows: tuple[str, ...]) -> Mapping[str, bytes]:
    """Keys from `id:base64` rows, in their order. Raises SettingsError with a sentence."""
    keys: dict[str, bytes] = {}
    for row in rows:
        key_id, separator, text = row.partition(":")
        try:
            key = base64.b64decode(text, altchars=b"-_" if set(text) & set("-_") else None, validate=True)
        except binascii.Error:
            key = b""
        if not separator or not _KEY_ID.fullmatch(key_id) or len(key) != _KEY_BYTES:
            raise SettingsError(
                "VAULT_KEYS: each key is `id:` and the base64 of 32 bytes; make one with `kontor vault-key`"
            )
        if key_id in keys:
            raise SettingsError(f"VAULT_KEYS: the key id {key_id!r} is there twice")
        keys[key_id] = key
    return MappingProxyType(keys)


def new_key() -> str:
    """A fresh `id:base64` row for VAULT_KEYS."""
    return f"k{secrets.token_hex(4)}:{base64.b64encode(os.urandom(_KEY_BYTES)).decode()}"


@functools.lru_cache(maxsize=4)
def _kept_key(path: Path) -> str:
    """The demo's key. Made once, whichever process comes first: a hard link is taken by one and refused to others."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".vault-")  # 0600 from its first moment
        try:
            with os.fdopen(handle, "w") as file:
                file.write(new_key())
                file.flush()
                os.fsync(file.fileno())
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(draft)
    return path.read_text().strip()
