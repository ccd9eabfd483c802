"""What an entry never shows, whoever recorded it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

HIDDEN = "•••"
SECRET_NAMES = re.compile(
    r"pass(word|wd|phrase)|secret|token|credential|api_?key|private|authorization|cookie|recovery|otp|signature",
    re.I,
)
MOST_TEXT = 2_000


def redacted(value: Any, name: str = "") -> Any:
    """A copy of JSON without the values of secret-looking names, and with long texts cut."""
    if name and SECRET_NAMES.search(name) and value not in (None, "", True, False):
        return HIDDEN
    if isinstance(value, Mapping):
        return {str(key): redacted(each, str(key)) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [redacted(each) for each in value]
    if isinstance(value, str):
        return value if len(value) <= MOST_TEXT else f"{value[:MOST_TEXT]}…"
    return value if value is None or isinstance(value, bool | int | float) else str(value)
