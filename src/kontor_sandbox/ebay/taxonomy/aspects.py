"""Item specifics: names and values in three languages, and which of them a category demands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kontor_sandbox.ebay.taxonomy.tree import LANGUAGES, Category, _read

USAGES = ("required", "recommended", "optional")


@dataclass(frozen=True, slots=True)
class Aspect:
    """One item specific as a category and a language show it."""

    key: str
    name: str
    usage: str
    selection_only: bool
    multiple: bool
    for_variations: bool
    max_length: int
    data_type: str
    values: tuple[str, ...]
    required_from: str = ""

    @property
    def required(self) -> bool:
        """Whether a listing goes live without it."""
        return self.usage == "required"

    def wire(self) -> dict[str, Any]:
        """As the Taxonomy API shows it; a required one's usage says RECOMMENDED, as at eBay."""
        expected = {"expectedRequiredByDate": self.required_from}
        return {
            "localizedAspectName": self.name,
            "aspectConstraint": {
                "aspectDataType": self.data_type,
                "itemToAspectCardinality": "MULTI" if self.multiple else "SINGLE",
                "aspectMode": "SELECTION_ONLY" if self.selection_only else "FREE_TEXT",
                "aspectRequired": self.required,
                "aspectUsage": "OPTIONAL" if self.usage == "optional" else "RECOMMENDED",
                "aspectEnabledForVariations": self.for_variations,
                "aspectApplicableTo": ["PRODUCT"],
                "aspectMaxLength": self.max_length,
            }
            | (expected if self.required_from and not self.required else {}),
            "aspectValues": [{"localizedValue": value} for value in self.values],
        }


_DATA = _read("aspects.toml")["aspect"]


def _localized(text: str, language: str) -> str:
    """``Rot | Red | Rouge`` is written en | de | fr; one text alone serves all."""
    parts = [part.strip() for part in text.split("|")]
    return parts[LANGUAGES.index(language)] if len(parts) == len(LANGUAGES) else parts[0]


@lru_cache(maxsize=4096)
def _aspect(key: str, usage: str, language: str) -> Aspect:
    entry = _DATA[key]
    return Aspect(
        key=entry.get("key", key),
        name=_localized(entry["name"], language),
        usage=usage,
        selection_only=entry.get("selection_only", False),
        multiple=entry.get("multiple", False),
        for_variations=entry.get("for_variations", False),
        max_length=entry.get("max_length", 65),
        data_type=entry.get("data_type", "STRING"),
        values=tuple(_localized(value, language) for value in entry.get("values", ())),
        required_from=entry.get("required_from", ""),
    )


def aspects_of(category: Category, language: str) -> list[Aspect]:
    """The aspects of a category, required ones first."""
    profile = category.profile
    return [
        _aspect(key, usage, language)
        for usage, keys in zip(USAGES, (profile.required, profile.recommended, profile.optional), strict=True)
        for key in keys
    ]
