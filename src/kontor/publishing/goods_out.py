"""What one listing should look like on one connection."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from kontor.catalog.gallery import PictureView
from kontor.channels.connections import pricing
from kontor.channels.connections.service import ConnectionView
from kontor.channels.contract.manifest import Marketplace
from kontor.channels.contract.values import (
    AspectRule,
    CategoryRules,
    Contact,
    GoodsOut,
    Picture,
    ProductSafety,
    VariantOut,
)
from kontor.core.errors import Problem
from kontor.core.money import Money
from kontor.goods import aspects as goods_aspects
from kontor.goods.aspects import Filled
from kontor.goods.defaults import Defaults
from kontor.goods.values import BrandView, ProductView, VariantView
from kontor.publishing.models import Publication


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A listing, the connection that it should be seen on, and all that decides how.

    `brand` is the product's own or the default that stands in for none; `maker` are that brand's data on product
    safety. `skus` lead from the merchant's to those fit for the channel.
    """

    view: ProductView
    connection: ConnectionView
    marketplace: Marketplace
    publication: Publication | None
    category_id: str
    rules: CategoryRules | None
    defaults: Defaults
    skus: Mapping[str, str]
    brand: str
    maker: BrandView | None

    @property
    def overrides(self) -> Mapping[str, Any]:
        """What this connection alone shows otherwise."""
        return self.publication.overrides if self.publication else {}

    @property
    def aspect_rules(self) -> tuple[AspectRule, ...]:
        """The category's, none while they are not looked up."""
        return self.rules.aspects if self.rules else ()

    @property
    def is_group(self) -> bool:
        """Whether it goes as a group of variants."""
        return len(self.view.variants) > 1

    def text(self, name: str) -> str:
        """Title or description in the marketplace's language."""
        return str(self.overrides.get(name) or self.view.text(name, self.marketplace.locale))


def of(subject: Subject) -> GoodsOut:
    """The whole listing for a connector."""
    view, publication = subject.view, subject.publication
    aspects = goods_aspects.fill(
        view, subject.aspect_rules, subject.defaults, subject.marketplace.locale, subject.category_id
    )
    condition = view.condition or subject.defaults.resolve("condition", subject.brand, subject.category_id)
    failed = (row.problem for row in view.pictures if row.state == "failed" and row.problem)
    return GoodsOut(
        publication_id=publication.id if publication else view.listing_id,
        generation=publication.wish if publication else 0,
        reference=subject.skus[view.reference],
        merchant_sku=view.reference,
        title=subject.text("title"),
        description_html=subject.text("description"),
        locale=subject.marketplace.locale,
        marketplace=subject.marketplace.id,
        condition=condition or "",
        category_id=subject.category_id,
        brand=subject.brand,
        aspects=aspects.filled,
        option_names=tuple(aspects.options[name] for name in view.option_names) if subject.is_group else (),
        variants=tuple(_variant(row, subject, aspects) for row in view.variants),
        pictures=_pictures(subject, ""),
        safety=_safety(subject.maker),
        settings=subject.connection.settings,
        bound=publication.bound if publication else {},
        source_currency=next((row.currency for row in view.variants if row.currency), ""),
        picture_problems=tuple(Problem(**problem) for problem in failed),
        rules=subject.rules,
    )


def _variant(row: VariantView, subject: Subject, aspects: Filled[AspectRule]) -> VariantOut:
    return VariantOut(
        sku=subject.skus[row.sku],
        merchant_sku=row.sku,
        price=_price(row, subject),
        quantity=max(row.quantity, 0),
        options=_options(row, subject.view, aspects) if subject.is_group else {},
        gtin=row.gtin,
        weight_g=row.weight_g,
        pictures=_pictures(subject, row.sku),
        aspects=goods_aspects.own(row, subject.view, subject.aspect_rules, aspects),
    )


def _price(row: VariantView, subject: Subject) -> Money | None:
    currency = subject.marketplace.currency
    own = subject.overrides.get("prices", {}).get(row.sku)
    if own is not None:
        return Money(int(own), currency)
    if row.price_minor is None:
        return None
    return pricing.apply(subject.connection.price_rule, Money(row.price_minor, row.currency), currency)


def _options(row: VariantView, view: ProductView, aspects: Filled[AspectRule]) -> dict[str, str]:
    """A variant's options under the names and values that the category knows them by."""
    return {
        aspects.options[name]: aspects.option_values.get((name, value), value)
        for name in view.option_names
        if (value := row.options.get(name))
    }


def _pictures(subject: Subject, variant_sku: str) -> tuple[Picture, ...]:
    """Those that we have, of one variant; of none: the product's."""
    return tuple(
        _picture(row)
        for row in subject.view.pictures
        if row.state == "stored" and row.variant_sku == variant_sku
    )


def _picture(row: PictureView) -> Picture:
    return Picture(
        sha256=row.sha256,
        content_type="image/jpeg",
        width=row.width,
        height=row.height,
        read=lambda: row.read("channel_1600"),
    )


def _safety(maker: BrandView | None) -> ProductSafety:
    """Product safety data belong to the brand, be it the product's own or the one that stands in for none."""
    if maker is None:
        return ProductSafety()
    return ProductSafety(_contact(maker.manufacturer), _contact(maker.responsible))


def _contact(row: Mapping[str, str]) -> Contact | None:
    names = {field.name for field in dataclasses.fields(Contact)}
    known = {key: value for key, value in row.items() if key in names and value}
    return Contact(**known) if known else None
