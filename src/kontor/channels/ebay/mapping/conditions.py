"""Conditions: our words, eBay's enum for writing, and eBay's numbers in a category's policy."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

#: conditionId of the Metadata API -> ConditionEnum of the Inventory API.
ENUM_OF_ID: Final = MappingProxyType(
    {
        "1000": "NEW",
        "1500": "NEW_OTHER",
        "1750": "NEW_WITH_DEFECTS",
        "2000": "CERTIFIED_REFURBISHED",
        "2010": "EXCELLENT_REFURBISHED",
        "2020": "VERY_GOOD_REFURBISHED",
        "2030": "GOOD_REFURBISHED",
        "2500": "SELLER_REFURBISHED",
        "2750": "LIKE_NEW",
        "2990": "PRE_OWNED_EXCELLENT",
        "3000": "USED_EXCELLENT",
        "3010": "PRE_OWNED_FAIR",
        "4000": "USED_VERY_GOOD",
        "5000": "USED_GOOD",
        "6000": "USED_ACCEPTABLE",
        "7000": "FOR_PARTS_OR_NOT_WORKING",
    }
)

#: Coarse words stand for several of eBay's; the first that the category allows is meant.
_COARSE: Final = MappingProxyType(
    {
        "used": ("USED_EXCELLENT", "USED_GOOD", "USED_VERY_GOOD", "PRE_OWNED_EXCELLENT", "USED_ACCEPTABLE"),
        "refurbished": (
            "SELLER_REFURBISHED",
            "GOOD_REFURBISHED",
            "VERY_GOOD_REFURBISHED",
            "EXCELLENT_REFURBISHED",
            "CERTIFIED_REFURBISHED",
        ),
        "open_box": ("NEW_OTHER",),
        "for_parts": ("FOR_PARTS_OR_NOT_WORKING",),
        "used_like_new": ("LIKE_NEW", "USED_EXCELLENT", "PRE_OWNED_EXCELLENT"),
        "used_fair": ("PRE_OWNED_FAIR", "USED_ACCEPTABLE", "USED_EXCELLENT"),
    }
)


def word_of(enum: str) -> str:
    """Our word of one of eBay's: the enum in lower case."""
    return enum.lower()


def candidates(word: str) -> tuple[str, ...]:
    """eBay's conditions that our word may mean, best first; empty for a word that means nothing to us."""
    known = word.strip().lower().replace(" ", "_").replace("-", "_")
    if known in _COARSE:
        return _COARSE[known]
    return (known.upper(),) if known.upper() in ENUM_OF_ID.values() else ()


def choose(word: str, allowed: Iterable[str] | None) -> str:
    """The ConditionEnum to send, or empty. `allowed` are our words of the category's policy, None where unknown."""
    possible = candidates(word)
    if allowed is not None and (words := {each.lower() for each in allowed}):
        possible = tuple(each for each in possible if word_of(each) in words)
    return possible[0] if possible else ""
