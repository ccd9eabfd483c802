"""What a revision of a product remembers, as a pure value: to JSON and back, compared field by field.

Stock is not part of it (that is a ledger), and neither is whether a picture could be fetched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any
from uuid import UUID

from kontor.catalog import changes
from kontor.catalog.gallery import PictureSpec
from kontor.core.money import Money
from kontor.goods.values import ProductView

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class VariantContent:
    """One variant of a revision. Options are pairs in the order of the product's option names; `mpn` and `aspects` are
    those in which it differs from the product."""

    id: UUID
    sku: str
    gtin: str = ""
    price: Money | None = None
    weight_g: int | None = None
    options: tuple[tuple[str, str], ...] = ()
    mpn: str = ""
    aspects: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """JSON for a snapshot."""
        return {
            "id": str(self.id),
            "sku": self.sku,
            "gtin": self.gtin,
            "price": [self.price.minor, self.price.currency] if self.price else None,
            "weight_g": self.weight_g,
            "options": [list(pair) for pair in self.options],
            **({"mpn": self.mpn} if self.mpn else {}),
            **(
                {"aspects": {name: list(values) for name, values in self.aspects.items()}}
                if self.aspects
                else {}
            ),
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> VariantContent:
        """Reads `as_json` back."""
        return cls(
            UUID(row["id"]), row["sku"], row["gtin"], Money(*row["price"]) if row["price"] else None,
            row["weight_g"], tuple((name, value) for name, value in row["options"]), row.get("mpn", ""),
            {name: tuple(values) for name, values in row.get("aspects", {}).items()},
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProductContent:
    """One revision of a product, whole. Its mappings are never changed after they are made."""

    reference: str = ""
    status: str = "active"
    language: str = "de"
    title: Texts = field(default_factory=dict)
    description: Texts = field(default_factory=dict)
    brand: str = ""
    mpn: str = ""
    condition: str = ""
    category_hint: str = ""
    category: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    aspects: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    option_names: tuple[str, ...] = ()
    variants: tuple[VariantContent, ...] = ()
    pictures: tuple[PictureSpec, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The snapshot of a revision."""
        plain = {name: getattr(self, name) for name in _PLAIN}
        return plain | {
            "aspects": {name: list(values) for name, values in self.aspects.items()},
            "option_names": list(self.option_names),
            "variants": [variant.as_json() for variant in self.variants],
            "pictures": [picture.as_json() for picture in self.pictures],
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> ProductContent:
        """Reads `as_json` back; equal to what was written."""
        return cls(
            **{name: row[name] for name in _PLAIN},
            aspects={name: tuple(values) for name, values in row["aspects"].items()},
            option_names=tuple(row["option_names"]),
            variants=tuple(VariantContent.from_json(variant) for variant in row["variants"]),
            pictures=tuple(PictureSpec.from_json(picture) for picture in row["pictures"]),
        )

    @classmethod
    def of(cls, view: ProductView) -> ProductContent:
        """What a revision would remember of a product as it is."""
        return cls(
            **{name: getattr(view, name) for name in _PLAIN if name != "brand"},
            brand=view.brand_name,
            aspects=view.aspects,
            option_names=view.option_names,
            variants=tuple(
                VariantContent(
                    each.id,
                    each.sku,
                    each.gtin,
                    each.price,
                    each.weight_g,
                    tuple(each.options.items()),
                    each.mpn,
                    each.aspects,
                )
                for each in view.variants
            ),
            pictures=tuple(picture.spec for picture in view.pictures),
        )

    @property
    def headline(self) -> str:
        """The title in the product's own language, else in any."""
        return self.title.get(self.language) or next(iter(self.title.values()), "")

    def with_status(self, status: str) -> ProductContent:
        """The same in another state."""
        return replace(self, status=status)


_NESTED = frozenset({"aspects", "option_names", "variants", "pictures"})
_PLAIN = tuple(each.name for each in fields(ProductContent) if each.name not in _NESTED)
_VARIANT_FIELDS = ("sku", "gtin", "price", "weight_g", "options", "mpn", "aspects")


def changed_fields(before: ProductContent | None, after: ProductContent) -> tuple[str, ...]:
    """Names of the fields that differ: `title`, `variants.price`, `variants` (added, removed or moved) …"""
    if before is None:
        return ()
    names = [each.name for each in fields(ProductContent) if each.name != "variants"]
    found = [name for name in names if getattr(before, name) != getattr(after, name)]
    if [variant.id for variant in before.variants] != [variant.id for variant in after.variants]:
        found.append("variants")
    old = {variant.id: variant for variant in before.variants}
    for name in _VARIANT_FIELDS:
        if any(
            variant.id in old and getattr(old[variant.id], name) != getattr(variant, name)
            for variant in after.variants
        ):
            found.append(f"variants.{name}")
    return tuple(found)


def kinds_of_change(before: ProductContent | None, after: ProductContent) -> frozenset[str]:
    """What listeners hear of it: content, price, archived, restored. Empty where nothing differs."""
    found = set(changed_fields(before, after))
    kinds = set()
    if before is not None and before.status != after.status and "archived" in (before.status, after.status):
        kinds.add(changes.ARCHIVED if after.status == "archived" else changes.RESTORED)
        found.discard("status")
    if "variants.price" in found:
        kinds.add(changes.PRICE)
        found.discard("variants.price")
    if found or before is None:
        kinds.add(changes.CONTENT)
    return frozenset(kinds)
