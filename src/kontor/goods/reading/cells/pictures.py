"""Addresses of pictures, several in a cell."""

from __future__ import annotations

import re
from urllib.parse import urljoin

# A delimiter counts only where another address or the end follows: addresses hold commas themselves.
_BETWEEN_ADDRESSES = re.compile(r"[\n|]|[,;~](?=\s*(?:https?://|//|$))|\s(?=https?://)", re.IGNORECASE)
_BETWEEN_PATHS = re.compile(r"[\n|,;~]")
_SHOWN = 10
_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_SINGLE = re.compile(r"https?://[^\s|,;~]+")
_PATH = re.compile(r"[\w./\- ()%]+\.(?:jpe?g|png|webp|gif|tiff?|bmp)", re.IGNORECASE)


def read_pictures(text: str, base_address: str) -> tuple[list[str], list[str]]:
    """The http(s) addresses in a cell, in order and each once, and what is none (the first few).

    Paths and file names follow `base_address` where one is given.
    """
    if _SINGLE.fullmatch(text):
        return [text], []
    addresses: dict[str, None] = {}
    strange: list[str] = []
    for part in filter(None, (piece.strip() for piece in _split(text))):
        address = _address(part, base_address)
        if address is None:
            strange.append(part)
        else:
            addresses[address] = None
    return list(addresses), strange[:_SHOWN]


def looks_like_pictures(text: str) -> bool:
    """Whether a cell holds addresses or file names of pictures."""
    first = _split(text.strip())[0]
    return bool(_PATH.fullmatch(first) or (_ADDRESS.fullmatch(first) and _PATH.search(first)))


def _split(text: str) -> list[str]:
    is_address = text[:8].lower().startswith(("http://", "https://", "//"))
    return (_BETWEEN_ADDRESSES if is_address else _BETWEEN_PATHS).split(text)


def _address(part: str, base_address: str) -> str | None:
    if part.startswith("//"):
        part = "https:" + part
    if part.lower().startswith(("http://", "https://")):
        part = part.replace(" ", "%20")
        return part if _ADDRESS.fullmatch(part) else None
    if base_address and ":" not in part:
        return urljoin(base_address.rstrip("/") + "/", part.lstrip("/").replace(" ", "%20"))
    return None
