"""Texts as eBay keeps them."""

from __future__ import annotations

import html
import re
from typing import Final

ITEM_DESCRIPTION_LENGTH: Final = 4_000
"""Of an item's own description; the listing shows the offer's or the group's, which may have 500,000."""

_TAG: Final = re.compile(r"<[^>]*>")
_BREAK: Final = re.compile(r"(?i)<br\s*/?>|</(p|div|li|h[1-6]|tr|ul|ol)>")
_SPACES: Final = re.compile(r"[ \t\u00a0]+")


def item_description(description_html: str) -> str:
    """The description of the item record: the whole of it where it fits, else its beginning as plain text."""
    if len(description_html) <= ITEM_DESCRIPTION_LENGTH:
        return description_html
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", description_html)))
    text = "\n".join(line for part in text.splitlines() if (line := _SPACES.sub(" ", part).strip()))
    if len(text) <= ITEM_DESCRIPTION_LENGTH:
        return text
    return text[: ITEM_DESCRIPTION_LENGTH - 1].rpartition(" ")[0] + "…"


def collapsed(text: str) -> str:
    """Runs of white space as one space: what eBay does to titles and attribute values."""
    return " ".join(text.split())
