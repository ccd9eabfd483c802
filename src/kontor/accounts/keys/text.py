"""How a key reads: `kontor_<tenant>_<prefix>_<secret>`, so that leaks are recognised and the row is found under its policy."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import string
from typing import Final
from uuid import UUID

LETTERS: Final = string.ascii_letters + string.digits
PREFIX_LENGTH: Final = 8
SECRET_BYTES: Final = 32
_FORM: Final = re.compile(r"kontor_([A-Za-z0-9_-]{22})_([A-Za-z0-9]{8})_([A-Za-z0-9_-]{43})", re.ASCII)


def made(tenant_id: UUID) -> tuple[str, str]:
    """A new key and its prefix; 256 random bits are its secret."""
    prefix = "".join(secrets.choice(LETTERS) for _ in range(PREFIX_LENGTH))
    owner = base64.urlsafe_b64encode(tenant_id.bytes).decode().rstrip("=")
    return f"kontor_{owner}_{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}", prefix


def is_key(text: str) -> bool:
    """Whether it reads like one of ours."""
    return text.startswith("kontor_") and _FORM.fullmatch(text) is not None


def read(text: str) -> tuple[UUID, str]:
    """Tenant and prefix of what `is_key`."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError("not an API key")
    return UUID(bytes=base64.urlsafe_b64decode(found[1] + "==")), found[2]


def hashed(text: str) -> bytes:
    """What is kept of a key. Nobody can guess 256 random bits, so a quick hash is as good as a slow one."""
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()
