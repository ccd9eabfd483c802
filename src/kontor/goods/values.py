"""What goes into and comes out of the goods service. Plain frozen values; no ORM rows leave the service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum
from typing import Any, Final
from uuid import UUID

from kontor.catalog.gallery import PictureView
from kontor.core.errors import Problem
from kontor.core.money import Money


class Keep(Enum):
    """The one value that says "leave this as it is", where None and empty mean something of their own."""

    KEEP = "keep"


KEEP: Final = Keep.KEEP


@dataclass(frozen=True, slots=True)
class VariantInput:
    """A variant as a person or a file gives it. It is known by `id` where given, else by `sku`.

    `quantity` is the counted stock, KEEP where nobody counted. `price` None: no price. `mpn` and `aspects` are those
    in which it differs from its product.
    """

    sku: str
    id: UUID | None = None
    gtin: str | Keep = KEEP
    price: Money | Keep | None = KEEP
    quantity: int | Keep = KEEP
    weight_g: int | Keep | None = KEEP
    options: Mapping[str, str] | Keep = KEEP
    mpn: str | Keep = KEEP
    aspects: Mapping[str, tuple[str, ...]] | Keep = KEEP


@dataclass(frozen=True, slots=True)
class PictureInput:
    """A picture by address (fetched as a job) or one that is stored already. `variant_sku` ties it to a variant."""

    url: str = ""
    media_id: UUID | None = None
    variant_sku: str = ""


@dataclass(frozen=True, slots=True)
class ProductInput:
    """A draft. Every field that is KEEP stays as it is; on a new product it takes its empty value."""

    reference: str | Keep = KEEP
    title: Mapping[str, str] | Keep = KEEP  # {language: text}
    description: Mapping[str, str] | Keep = KEEP  # {language: HTML}, sanitised on the way in
    language: str | Keep = KEEP
    status: str | Keep = KEEP  # "draft" or "active"
    brand: str | Keep = KEEP
    mpn: str | Keep = KEEP
    condition: str | Keep = KEEP
    category_hint: str | Keep = KEEP
    category: Mapping[str, Mapping[str, Any]] | Keep = KEEP
    aspects: Mapping[str, tuple[str, ...]] | Keep = KEEP
    option_names: tuple[str, ...] | Keep = KEEP
    variants: tuple[VariantInput, ...] | Keep = KEEP
    pictures: tuple[PictureInput, ...] | Keep = KEEP


class Action(StrEnum):
    """What became of a draft."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one draft. `listing_id` is None where it was refused before anything existed.

    `revision_before` is 0 for a created one. Revisions are equal where only stock moved: `stock_moved` says so.
    """

    action: Action
    listing_id: UUID | None
    reference: str
    revision_before: int = 0
    revision_after: int = 0
    stock_moved: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class BrandView:
    """A brand with its product safety data; the two mappings have the keys of `Contact`, empty where unknown."""

    id: UUID
    name: str
    manufacturer: Mapping[str, str]
    responsible: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class VariantView:
    """A variant as it is kept."""

    id: UUID
    sku: str
    gtin: str
    price_minor: int | None
    currency: str
    weight_g: int | None
    options: Mapping[str, str]
    quantity: int
    mpn: str = ""
    aspects: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def price(self) -> Money | None:
        """The price as money, None where there is none."""
        return None if self.price_minor is None else Money(self.price_minor, self.currency)


@dataclass(frozen=True, slots=True)
class ProductView:
    """The whole aggregate, raw: no defaults, overrides or price rules are applied."""

    listing_id: UUID
    revision: int
    reference: str
    status: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    language: str
    brand_name: str
    brand: BrandView | None
    mpn: str
    condition: str
    category_hint: str
    category: Mapping[str, Mapping[str, Any]]
    aspects: Mapping[str, tuple[str, ...]]
    option_names: tuple[str, ...]
    variants: tuple[VariantView, ...]
    pictures: tuple[PictureView, ...]
    created_at: datetime
    updated_at: datetime
    updated_by: Mapping[str, Any] = field(default_factory=dict)

    def text(self, name: str, locale: str) -> str:
        """`title` or `description` in the language of a locale ("de_DE"), else in the product's own, else in any."""
        texts: Mapping[str, str] = getattr(self, name)
        wanted = locale.replace("-", "_").partition("_")[0].lower()
        return texts.get(wanted) or texts.get(self.language) or next(iter(texts.values()), "")

    @property
    def stock(self) -> int:
        """Pieces over all variants."""
        return sum(variant.quantity for variant in self.variants)
