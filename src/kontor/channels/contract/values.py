"""Values that cross the contract. Frozen; no identifier in them is a database key except where it says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from kontor.core.errors import Problem
from kontor.core.money import Money
from kontor.properties.choices import PictureGroup
from kontor.properties.content import PropertyContent


@dataclass(frozen=True, slots=True)
class Picture:
    """A stored picture. `sha256` is its identity; `read` yields the bytes of the rendition made for the channel."""

    sha256: str
    content_type: str
    width: int
    height: int
    read: Callable[[], bytes] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Contact:
    """A firm's address as EU product safety law wants it. Country is ISO 3166 alpha-2."""

    company_name: str = ""
    address_line1: str = ""
    address_line2: str = ""
    postal_code: str = ""
    city: str = ""
    state_or_province: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""
    contact_url: str = ""


@dataclass(frozen=True, slots=True)
class ProductSafety:
    """EU General Product Safety Regulation: who made it, and who answers for it inside the EU."""

    manufacturer: Contact | None = None
    responsible: Contact | None = None


@dataclass(frozen=True, slots=True)
class VariantOut:
    """One thing that can be bought. `sku` is fit for the channel, `merchant_sku` is the merchant's own."""

    sku: str
    merchant_sku: str
    price: Money | None  # already in the marketplace's currency; None: no rule leads there
    quantity: int
    options: Mapping[str, str]  # option name -> value, in the listing's order
    gtin: str = ""
    weight_g: int | None = None
    pictures: tuple[Picture, ...] = ()
    aspects: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # in which it differs from the listing


@dataclass(frozen=True, slots=True)
class GoodsOut:
    """A product as one connection should show it: overrides, price rule and defaults are applied already.

    One variant without options is a single item; several, or one with options, are a group. `bound` is what earlier
    publishes of this publication left behind (offer ids and the like), in the connector's own words.
    """

    publication_id: UUID
    generation: int
    reference: str  # channel-fit key of the group, or the single variant's sku
    merchant_sku: str
    title: str
    description_html: str
    locale: str
    marketplace: str
    condition: str
    category_id: str
    brand: str
    aspects: Mapping[str, tuple[str, ...]]  # names in the category's language
    option_names: tuple[str, ...]
    variants: tuple[VariantOut, ...]
    pictures: tuple[Picture, ...]
    safety: ProductSafety
    settings: Mapping[str, str]  # the connection's choices: policy ids, location key
    bound: Mapping[str, Any] = field(default_factory=dict)
    source_currency: str = ""
    picture_problems: tuple[Problem, ...] = ()
    rules: CategoryRules | None = None  # as cached; a coarse condition ("used") is decided by them

    @property
    def is_group(self) -> bool:
        """Whether the channel shows variants to choose from."""
        return len(self.variants) > 1 or any(variant.options for variant in self.variants)


@dataclass(frozen=True, slots=True)
class PropertyPicture:
    """A picture of a property in its place; the first of a property is its title picture."""

    picture: Picture
    title: str
    group: PictureGroup


@dataclass(frozen=True, slots=True)
class PropertyOut:
    """A property as one connection should show it: overrides and defaults are in `content` already.

    `reference` is the number that the channel knows it by, and never changes; `bound` is what earlier publishes of this
    publication left behind, in the connector's own words. Pictures stand in `pictures`, not in `content`.
    """

    publication_id: UUID
    generation: int
    reference: str
    content: PropertyContent
    pictures: tuple[PropertyPicture, ...]
    marketplace: str
    settings: Mapping[str, str]  # the connection's choices: contact, channels of publication
    bound: Mapping[str, Any] = field(default_factory=dict)
    picture_problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """What a publish left on the channel. `bound` comes back in the next `GoodsOut`."""

    external_id: str
    address: str
    bound: Mapping[str, Any]
    warnings: tuple[Problem, ...] = ()


class LiveState(StrEnum):
    """What a read-back found."""

    LIVE = "live"
    OUT_OF_STOCK = "out_of_stock"
    ENDED = "ended"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Live:
    """One listing as the channel shows it now. `values` has the same keys as `ReadsBack.expected` of it.

    A key is `field`, or `sku/field` where the part before the first slash is one of the listing's channel-fit SKUs.
    """

    state: LiveState
    external_id: str = ""
    address: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that reads otherwise than it was sent; `reason` is a code where the channel's own rule explains it."""

    sku: str
    field: str
    sent: Any
    found: Any
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PriceStock:
    """One variant's price and quantity, for the bulk call that touches nothing else."""

    publication_id: UUID
    generation: int
    sku: str
    price: Money
    quantity: int
    bound: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SetupItem:
    """Something that the account lacks before it may sell; `creatable` if we can make it at a press."""

    code: str  # "policies.fulfillment", "location", "program.policies", "registration"
    message: str
    creatable: bool
    choices: tuple[tuple[str, str], ...] = ()  # (id, name) where there are several to choose from
    setting: str = ""  # the key of the connection's settings that a choice goes into


@dataclass(frozen=True, slots=True)
class AccountReport:
    """The answer to a real authorised call: whose account this is, and what it lacks."""

    account_id: str
    account_name: str
    missing: tuple[SetupItem, ...]
    settings: Mapping[str, str]  # choices that the account itself decides: policy ids, location key
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AspectRule:
    """One attribute of a category. `values` are the allowed ones where `only_listed`, else suggestions."""

    name: str
    required: bool
    only_listed: bool
    multiple: bool
    for_variants: bool
    values: tuple[str, ...] = ()
    max_length: int = 65
    required_from: str = ""  # the day from which the channel means to require it, as 2027-03-31


@dataclass(frozen=True, slots=True)
class CategoryRules:
    """Everything that preflight needs to know about a category, cached from the channel."""

    category_id: str
    name: str
    path: tuple[str, ...]
    is_leaf: bool
    aspects: tuple[AspectRule, ...]
    conditions: tuple[str, ...]  # our condition words
    variations_allowed: bool
    safety_required: bool
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CategorySuggestion:
    """A leaf that the channel proposes for a title; the first is the best."""

    category_id: str
    name: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderLineIn:
    """One bought line. `sku` is the channel-fit one that we listed."""

    external_id: str
    sku: str
    title: str
    quantity: int
    unit_price: Money
    listing_id: str = ""


@dataclass(frozen=True, slots=True)
class OrderIn:
    """An order as the channel tells it now; the same order may come many times, in any order."""

    external_id: str
    placed_at: datetime
    changed_at: datetime
    payment: str  # "pending", "paid", "failed", "refunded", "partially_refunded"
    fulfilment: str  # "not_started", "in_progress", "fulfilled"
    cancel: str  # "none", "requested", "cancelled"
    lines: tuple[OrderLineIn, ...]
    total: Money
    buyer: Mapping[str, str]  # name, email, address lines ... whatever the channel gives
    raw: Mapping[str, Any]
    cancel_detail_needed: bool = False  # the list hides cancellations: ask for this order alone


@dataclass(frozen=True, slots=True)
class ShipmentOut:
    """What the merchant says when it leaves the house. `lines` maps the channel's line ids to quantities."""

    order_external_id: str
    carrier: str
    tracking: str
    shipped_at: datetime
    lines: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Notification:
    """A verified push: a hint that something changed. `external_id` is unique per event.

    `resource_ids` are those that the channel's own read takes (`BringsOrders.order`); empty where there is nothing to read.
    One that is not `is_readable` is kept for a person to see, its text in `raw`.
    """

    external_id: str
    topic: str
    account_id: str
    resource_ids: tuple[str, ...]
    raw: Mapping[str, Any]
    is_readable: bool = True
