"""Primary keys: UUID version 7 (RFC 9562), so that rows made later sort later and indexes stay compact."""

from __future__ import annotations

import os
import time
import uuid


def uuid7() -> uuid.UUID:
    """48 bits of Unix milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | (random >> 68) << 64 | 0x2 << 62
    return uuid.UUID(int=value | random & (1 << 62) - 1)
