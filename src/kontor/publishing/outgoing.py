"""From the catalogue to what one connection should show: overrides, price rule, defaults, fit SKUs, cached rules.

No network. Query count does not grow with the number of listings.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from kontor.catalog.gallery import PictureView
from kontor.channels.connections import pricing
from kontor.channels.connections.service import ConnectionView
from kontor.channels.contract.values import (
    AspectRule,
    CategoryRules,
    Contact,
    GoodsOut,
    Picture,
    ProductSafety,
    VariantOut,
)
from kontor.channels.registry import channel
from kontor.channels.rules import service as rules_service
from kontor.core.errors import Problem
from kontor.core.money import Money
from kontor.goods import aspects as goods_aspects
from kontor.goods import brands
from kontor.goods import defaults as goods_defaults
from kontor.goods import service as goods
from kontor.goods.aspects import Filled
from kontor.goods.values import BrandView, ProductView, VariantView
from kontor.publishing.models import ChannelSku, Publication


@dataclasses.dataclass(frozen=True, slots=True)
class Outgoing:
    """A listing as it would leave now, and the cached rules that it must keep (None: not looked up yet)."""

    goods: GoodsOut
    rules: CategoryRules | None
    revision: int
    pictures_waiting: bool
    category_looked_up: bool
    skus: Mapping[str, str]  # merchant's SKU -> the one fit for the channel


def build(
    connection: ConnectionView, publications: Mapping[UUID, Publication], listing_ids: Sequence[UUID]
) -> dict[UUID, Outgoing]:
    """By listing id, for those that exist. `publications` are the stored ones among them, by listing id."""
    views = goods.views_for_publishing(listing_ids)
    marketplace = channel(connection.channel).manifest.marketplace(connection.marketplace)
    category_ids = {view.listing_id: _category(view, publications, marketplace.id) for view in views}
    rules = rules_service.many(connection.channel, marketplace.id, set(category_ids.values()) - {""})
    defaults = goods_defaults.load()
    skus = _fit_skus(connection, publications, views)
    brand_names = {
        view.listing_id: _brand_name(view, category_ids[view.listing_id], defaults) for view in views
    }
    makers = brands.named({brand_names[view.listing_id] for view in views if view.brand is None})
    return {
        view.listing_id: _one(
            view,
            connection,
            publications.get(view.listing_id),
            rules.get(category_ids[view.listing_id]),
            category_ids[view.listing_id],
            defaults,
            skus[view.listing_id],
            brand_names[view.listing_id],
            view.brand or makers.get(brand_names[view.listing_id]),
        )
        for view in views
    }


def keep_skus(connection_id: UUID, built: Mapping[UUID, Outgoing]) -> None:
    """Stores the SKUs that were made fit for these publications; those known already stay as they are."""
    ChannelSku.objects.bulk_create(
        (
            ChannelSku(
                publication_id=item.goods.publication_id,
                connection_id=connection_id,
                merchant_sku=merchant_sku,
                sku=sku,
            )
            for item in built.values()
            for merchant_sku, sku in item.skus.items()
        ),
        ignore_conflicts=True,
    )


def _fit_skus(
    connection: ConnectionView, publications: Mapping[UUID, Publication], views: Sequence[ProductView]
) -> dict[UUID, dict[str, str]]:
    """By listing: merchant's SKU -> the one fit for the channel. One made fit once is never made again."""
    fit = channel(connection.channel).fit_sku
    owners = {row.id: listing_id for listing_id, row in publications.items()}
    fitted: dict[UUID, dict[str, str]] = {view.listing_id: {} for view in views}
    for row in ChannelSku.objects.filter(publication_id__in=owners):
        if owners[row.publication_id] in fitted:
            fitted[owners[row.publication_id]][row.merchant_sku] = row.sku
    wanted = {
        (view.listing_id, sku)
        for view in views
        for sku in (view.reference, *(variant.sku for variant in view.variants))
        if sku not in fitted[view.listing_id]
    }
    if not wanted:
        return fitted
    first_choice = {fit(sku, frozenset()) for _, sku in wanted}
    taken = set(
        ChannelSku.objects.filter(connection_id=connection.id, sku__in=first_choice).values_list(
            "sku", flat=True
        )
    )
    for listing_id, sku in sorted(wanted):
        fitted[listing_id][sku] = fit(sku, frozenset(taken))
        taken.add(fitted[listing_id][sku])
    return fitted


def _category(view: ProductView, publications: Mapping[UUID, Publication], marketplace: str) -> str:
    publication = publications.get(view.listing_id)
    override = publication.overrides.get("category_id", "") if publication else ""
    return str(override or view.category.get(marketplace, {}).get("id", ""))


def _one(
    view: ProductView,
    connection: ConnectionView,
    publication: Publication | None,
    rules: CategoryRules | None,
    category_id: str,
    defaults: goods_defaults.Defaults,
    skus: Mapping[str, str],
    brand: str,
    maker: BrandView | None,
) -> Outgoing:
    manifest = channel(connection.channel).manifest
    marketplace = manifest.marketplace(connection.marketplace)
    overrides: Mapping[str, Any] = publication.overrides if publication else {}
    aspects = goods_aspects.fill(
        view, rules.aspects if rules else (), defaults, marketplace.locale, category_id
    )
    is_group = len(view.variants) > 1
    pictures = tuple(_picture(row) for row in view.pictures if row.state == "stored" and not row.variant_sku)
    result = GoodsOut(
        publication_id=publication.id if publication else view.listing_id,
        generation=publication.wish if publication else 0,
        reference=skus[view.reference],
        merchant_sku=view.reference,
        title=str(overrides.get("title") or view.text("title", marketplace.locale)),
        description_html=str(overrides.get("description") or view.text("description", marketplace.locale)),
        locale=marketplace.locale,
        marketplace=marketplace.id,
        condition=view.condition or defaults.resolve("condition", brand, category_id) or "",
        category_id=category_id,
        brand=brand,
        aspects=aspects.filled,
        option_names=tuple(aspects.options[name] for name in view.option_names) if is_group else (),
        variants=tuple(
            dataclasses.replace(
                _variant(
                    row, view, connection, skus, overrides, _options(row, view, aspects) if is_group else {}
                ),
                aspects=goods_aspects.own(row, view, rules.aspects if rules else (), aspects),
            )
            for row in view.variants
        ),
        pictures=pictures,
        safety=_safety(maker),
        settings=connection.settings,
        bound=publication.bound if publication else {},
        source_currency=next((row.currency for row in view.variants if row.currency), ""),
        picture_problems=tuple(
            Problem(**row.problem) for row in view.pictures if row.state == "failed" and row.problem
        ),
        rules=rules,
    )
    waiting = any(row.state == "waiting" for row in view.pictures)
    looked_up = bool(category_id) or marketplace.id in view.category
    return Outgoing(result, rules, view.revision, waiting, looked_up, skus)


def _variant(
    row: VariantView,
    view: ProductView,
    connection: ConnectionView,
    skus: Mapping[str, str],
    overrides: Mapping[str, Any],
    options: Mapping[str, str],
) -> VariantOut:
    marketplace = channel(connection.channel).manifest.marketplace(connection.marketplace)
    own_price = overrides.get("prices", {}).get(row.sku)
    price = None
    if own_price is not None:
        price = Money(int(own_price), marketplace.currency)
    elif row.price_minor is not None:
        price = pricing.apply(
            connection.price_rule, Money(row.price_minor, row.currency), marketplace.currency
        )
    return VariantOut(
        sku=skus[row.sku],
        merchant_sku=row.sku,
        price=price,
        quantity=max(row.quantity, 0),
        options=options,
        gtin=row.gtin,
        weight_g=row.weight_g,
        pictures=tuple(
            _picture(picture)
            for picture in view.pictures
            if picture.state == "stored" and picture.variant_sku == row.sku
        ),
    )


def _options(row: VariantView, view: ProductView, aspects: Filled[AspectRule]) -> dict[str, str]:
    """A variant's options under the names and values that the category knows them by."""
    return {
        aspects.options[name]: aspects.option_values.get((name, value), value)
        for name in view.option_names
        if (value := row.options.get(name))
    }


def _picture(row: PictureView) -> Picture:
    return Picture(
        sha256=row.sha256,
        content_type="image/jpeg",
        width=row.width,
        height=row.height,
        read=lambda: row.read("channel_1600"),
    )


def _brand_name(view: ProductView, category_id: str, defaults: goods_defaults.Defaults) -> str:
    return view.brand_name or defaults.resolve("brand", "", category_id) or ""


def _safety(maker: BrandView | None) -> ProductSafety:
    """Product safety data belong to the brand, be it the product's own or the one that stands in for none."""
    if maker is None:
        return ProductSafety()
    return ProductSafety(_contact(maker.manufacturer), _contact(maker.responsible))


def _contact(row: Mapping[str, str]) -> Contact | None:
    names = {field.name for field in dataclasses.fields(Contact)}
    known = {key: value for key, value in row.items() if key in names and value}
    return Contact(**known) if known else None
