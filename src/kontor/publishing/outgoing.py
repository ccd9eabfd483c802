"""From the catalogue to what one connection should show: overrides, price rule, defaults, fit SKUs, cached rules.

No network. Query count does not grow with the number of listings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from kontor.channels.connections.service import ConnectionView
from kontor.channels.contract.values import CategoryRules, GoodsOut
from kontor.channels.registry import channel
from kontor.channels.rules import service as rules_service
from kontor.goods import brands
from kontor.goods import defaults as goods_defaults
from kontor.goods import service as goods
from kontor.goods.values import ProductView
from kontor.publishing import goods_out
from kontor.publishing.goods_out import Subject
from kontor.publishing.models import ChannelSku, Publication


@dataclass(frozen=True, slots=True)
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
    subjects = (
        Subject(
            view=view,
            connection=connection,
            marketplace=marketplace,
            publication=publications.get(view.listing_id),
            category_id=category_ids[view.listing_id],
            rules=rules.get(category_ids[view.listing_id]),
            defaults=defaults,
            skus=skus[view.listing_id],
            brand=brand_names[view.listing_id],
            maker=view.brand or makers.get(brand_names[view.listing_id]),
        )
        for view in views
    )
    return {subject.view.listing_id: _outgoing(subject) for subject in subjects}


def keep_skus(connection_id: UUID, skus: Mapping[UUID, Mapping[str, str]]) -> None:
    """Stores what was made fit, by publication; SKUs that are known already stay as they are."""
    ChannelSku.objects.bulk_create(
        (
            ChannelSku(
                publication_id=publication_id,
                connection_id=connection_id,
                merchant_sku=merchant_sku,
                sku=sku,
            )
            for publication_id, fitted in skus.items()
            for merchant_sku, sku in fitted.items()
        ),
        ignore_conflicts=True,
    )


def _outgoing(subject: Subject) -> Outgoing:
    view = subject.view
    return Outgoing(
        goods_out.of(subject),
        subject.rules,
        view.revision,
        pictures_waiting=any(row.state == "waiting" for row in view.pictures),
        category_looked_up=bool(subject.category_id) or subject.marketplace.id in view.category,
        skus=subject.skus,
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


def _brand_name(view: ProductView, category_id: str, defaults: goods_defaults.Defaults) -> str:
    return view.brand_name or defaults.resolve("brand", "", category_id) or ""
