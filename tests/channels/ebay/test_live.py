"""What a listing should show and what eBay shows, field by field."""

from __future__ import annotations

from typing import Any

import pytest
from tests.channels.ebay.examples import addresses, group, single, variant

from kontor.channels.contract.values import GoodsOut, LiveState, VariantOut
from kontor.channels.ebay.mapping import goods, live
from kontor.channels.ebay.wire import inventory as wire


def shirt(size: str, **aspects: tuple[str, ...]) -> VariantOut:
    """One of a group, with attributes of its own."""
    return variant(f"SHIRT{size}", options={"Größe": size}, aspects=aspects)


def items(listing: GoodsOut) -> dict[str, wire.ItemRead]:
    """eBay's records after exactly what we send was stored."""
    return {
        each.sku: wire.ItemRead.model_validate(goods.item(listing, each, addresses(listing)).body())
        for each in listing.variants
    }


def offers(goods_out: GoodsOut, **changes: Any) -> dict[str, wire.OfferRead]:
    state = {"status": "PUBLISHED", "listing": {"listingId": "110", "listingStatus": "ACTIVE"}} | changes
    return {
        each.sku: wire.OfferRead.model_validate(
            goods.offer(goods_out, each).body() | {"offerId": "1"} | state
        )
        for each in goods_out.variants
    }


def group_record(listing: GoodsOut) -> wire.GroupRead:
    return wire.GroupRead.model_validate(goods.group(listing, addresses(listing)).body())


@pytest.mark.parametrize(
    "listing",
    [
        single(),
        single(variants=(variant("MUG1", gtin="036000291452"),)),
        single(brand="", aspects={}),
        group(),
        group(
            variants=(shirt("S", Muster=("Streifen",)), shirt("M", Muster=("Punkte",), Produktart=("Bluse",)))
        ),
        single(variants=(variant("MUG1", aspects={"Material": ("Porzellan",)}),)),
    ],
)
def test_what_was_sent_reads_back_equal(listing: GoodsOut) -> None:
    record = group_record(listing) if listing.is_group else None
    found = live.live_of(listing, items(listing), offers(listing), record)
    assert found.values == live.expected(listing)
    assert (found.state, found.external_id) == (LiveState.LIVE, "110")


def test_a_variant_that_ebay_left_out_is_seen() -> None:
    listing = group()
    dropped = offers(listing)
    dropped["SHIRTM"] = dropped["SHIRTM"].model_copy(update={"status": "UNPUBLISHED"})
    found = live.live_of(listing, items(listing), dropped, group_record(listing))
    different = {key for key, value in live.expected(listing).items() if found.values.get(key) != value}
    assert different == {"SHIRTM/listed"}


def test_a_variant_without_an_offer_is_missing_altogether() -> None:
    listing = group()
    some = {"SHIRTS": offers(listing)["SHIRTS"]}
    found = live.live_of(listing, items(listing), some, group_record(listing))
    assert "SHIRTM/price" not in found.values


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"listing": {"listingId": "110", "listingStatus": "OUT_OF_STOCK"}}, LiveState.OUT_OF_STOCK),
        ({"listing": {"listingId": "110", "listingStatus": "EBAY_ENDED"}}, LiveState.ENDED),
        ({"listing": {"listingId": "110", "listingStatus": "SOMETHING_NEW"}}, LiveState.LIVE),
        ({"status": "UNPUBLISHED", "listing": {}}, LiveState.ENDED),
    ],
)
def test_the_listings_state_is_ebays(changes: dict[str, Any], state: LiveState) -> None:
    listing = single()
    assert live.live_of(listing, items(listing), offers(listing, **changes), None).state is state


def test_nothing_there_is_absent() -> None:
    assert live.live_of(single(), {}, {}, None).state is LiveState.ABSENT


@pytest.mark.parametrize(
    ("field", "sent", "found", "reason"),
    [
        ("title", "Becher  groß", "Becher groß", "ebay.whitespace"),
        ("title", "Becher", "Tasse", ""),
        ("brand", "ADIDAS", "adidas", "ebay.brand.spelling"),
        ("MUG1/quantity", 5, 4, ""),
        ("aspect:EAN", None, "123", "ebay.aspect.added"),
    ],
)
def test_a_difference_is_explained_only_by_a_rule_of_ebays(
    field: str, sent: Any, found: Any, reason: str
) -> None:
    assert live.reason(field, sent, found) == reason
